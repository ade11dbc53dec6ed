//! A page of any kind from any bytes. The first byte chooses the kind.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use roadbook::kind::PageKind;
use roadbook::parse::parse;
use roadbook::snapshot::Snapshot;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let kind = PageKind::ALL[usize::from(*first) % PageKind::ALL.len()];
    let parsed = parse(&Arc::from("content/a.md"), bytes, kind, "a");
    let snapshot = Snapshot::of([("content/a.md", bytes)]);
    roadbook_fuzz::check(&parsed.diagnostics, &snapshot);
});
