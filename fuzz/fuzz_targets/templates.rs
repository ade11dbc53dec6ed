//! A theme's template, words, styles or settings from any bytes. The first byte chooses the file.
#![no_main]

use libfuzzer_sys::fuzz_target;

const FILES: [&str; 6] = [
    "themes/mine/templates/page.html",
    "themes/mine/templates/stage.html",
    "themes/mine/templates/nav.html",
    "themes/mine/locales/en.ftl",
    "themes/mine/static/a.css",
    "themes/mine/theme.toml",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let path = FILES[usize::from(*first) % FILES.len()];
    let page = b"---\ntitle: T\n---\n\ntext\n";
    roadbook_fuzz::build(&[(path, bytes), ("content/pages/p.md", page)]);
});
