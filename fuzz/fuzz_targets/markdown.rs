//! Markdown to a site, and a second build with the lock of the first. The first byte chooses the
//! page that has the text.
#![no_main]

use libfuzzer_sys::fuzz_target;

const PAGES: [&str; 8] = [
    "content/10-a/10-b/README.md",
    "content/10-a/10-b/10-c.md",
    "content/glossary.md",
    "content/README.md",
    "content/sources/linux.md",
    "content/tracking/weekly.md",
    "content/pages/p.md",
    "content/10-a/README.md",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, body)) = bytes.split_first() else { return };
    let path = PAGES[usize::from(*first) % PAGES.len()];
    let text = [b"---\ntitle: T\n---\n\n", body].concat();
    let (snapshot, compiled) = roadbook_fuzz::build(&[(path, &text)]);
    roadbook_fuzz::build_again(&snapshot, &compiled);
});
