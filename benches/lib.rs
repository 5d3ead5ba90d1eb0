//! Nothing to call: `cargo bench -p onrecord-benches` runs `whole_path.rs`.
