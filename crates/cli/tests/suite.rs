//! The literate end-to-end cases under `tests/suite`: every `console` block is run, and its output compared.
//!
//! To take new output after reading it: `TRYCMD=overwrite cargo test -p onrecord-cli --test suite`.

#[test]
fn suite() {
    trycmd::TestCases::new()
        .register_bin("onrecord", std::path::Path::new(env!("CARGO_BIN_EXE_onrecord")))
        .env("NO_COLOR", "1")
        .case("../../tests/suite/*.md")
        .run();
}
