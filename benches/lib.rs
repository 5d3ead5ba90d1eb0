//! Nothing to call: `cargo bench -p onrecord-benches` runs `whole_path.rs` (speed, memory, peers) and `copies.rs` (the cache of windows).
