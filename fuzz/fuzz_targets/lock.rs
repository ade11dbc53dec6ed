//! A lock from any text, printed and read again; and conflicts resolved.
#![no_main]

use libfuzzer_sys::fuzz_target;
use roadbook::diagnostic::has_errors;
use roadbook::lock::{Lock, resolve};
use roadbook::snapshot::Snapshot;

fuzz_target!(|text: &str| {
    let (lock, diagnostics) = Lock::parse("progress.lock", text);
    let snapshot = Snapshot::of([("progress.lock", text.as_bytes())]);
    roadbook_fuzz::check(&diagnostics, &snapshot);
    let printed = lock.to_string();
    let (again, problems) = Lock::parse("progress.lock", &printed);
    assert!(!has_errors(&problems), "what was printed cannot be read: {printed:?}");
    assert_eq!(again, lock, "{printed:?}");
    match resolve("progress.lock", text) {
        Ok(resolved) => {
            let (_, problems) = Lock::parse("progress.lock", &resolved);
            assert!(!has_errors(&problems), "{resolved:?}");
        }
        Err(problems) => roadbook_fuzz::check(&problems, &snapshot),
    }
});
