//! `book.toml` from any bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use roadbook::diagnostic::has_errors;
use roadbook::parse::config;
use roadbook::snapshot::Snapshot;

fuzz_target!(|bytes: &[u8]| {
    let (config, diagnostics) = config::read(bytes);
    assert!(config.is_some() || has_errors(&diagnostics), "nothing is said of what is wrong");
    roadbook_fuzz::check(&diagnostics, &Snapshot::of([("book.toml", bytes)]));
});
