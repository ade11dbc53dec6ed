//! A curriculum from any document.
#![no_main]

use libfuzzer_sys::fuzz_target;
use roadbook::import::{Input, Repair, import};
use roadbook::text::is_inside;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let made = import(Input::Document(text.to_owned()), "case", "Case", Repair::Yes);
    for path in made.files.keys() {
        assert!(is_inside(path), "{path}");
    }
});
