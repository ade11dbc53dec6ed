//! Runs every archive of `tests/cases`.

use std::collections::BTreeSet;

use roadbook::compile::{Compiled, Memo, compile};
use roadbook::diagnostic::Code;
use roadbook::report::{Colour, Format, report};
use roadbook::snapshot::Snapshot;

use crate::archive::{Archive, all};

/// Codes that no archive shows: they belong to the folder or the command line and are tested in
/// `build`, or need a file that is too large for a text.
const NOT_IN_AN_ARCHIVE: [Code; 3] = [Code::Unreadable, Code::LockOutdated, Code::OversizedAsset];

#[test]
fn every_case_is_as_expected() {
    let record = std::env::var_os("RECORD").is_some();
    let mut failures = Vec::new();
    for archive in all() {
        let snapshot = archive.snapshot();
        let compiled = compile(&snapshot, &mut Memo::default());
        let actual: Vec<(String, String)> = archive
            .expected
            .iter()
            .map(|(name, _)| (name.clone(), observe(name, &snapshot, &compiled)))
            .collect();
        if record {
            archive.record(&actual);
            continue;
        }
        assert!(!archive.expected.is_empty(), "{} expects nothing", archive.path.display());
        for ((name, expected), (_, actual)) in archive.expected.iter().zip(&actual) {
            if expected != actual {
                failures.push(format!(
                    "{} == {name} ==\n--- expected\n{expected}--- actual\n{actual}",
                    archive.path.display()
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn observe(name: &str, snapshot: &Snapshot, compiled: &Compiled) -> String {
    let diagnostics = |format| report(&compiled.diagnostics, snapshot, format, Colour::Off);
    let file = |path: &str| {
        let site = compiled.site.as_ref();
        let bytes = site.and_then(|site| site.files.get(path));
        bytes.map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    };
    let text = match name.split_once(' ').unwrap_or((name, "")) {
        ("diagnostics", "") => diagnostics(Format::Short),
        ("human", "") => diagnostics(Format::Human),
        ("lock", "") => compiled.lock.as_ref().map(ToString::to_string).unwrap_or_default(),
        ("changes", "") => compiled.changes.to_string(),
        ("files", "") => compiled.site.as_ref().map_or_else(String::new, |site| {
            site.files
                .keys()
                .filter(|path| !path.starts_with("assets/"))
                .flat_map(|path| [path.as_str(), "\n"])
                .collect()
        }),
        ("file", path) => file(path).unwrap_or_else(|| "(no such file)".into()),
        ("end", path) => file(path).map_or_else(String::new, |text| end_of(&text)),
        ("json", path) => {
            let text = file(path).expect("the file is there");
            let value: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
            serde_json::to_string_pretty(&value).expect("it was JSON")
        }
        ("main", path) => main_of(&file(path).unwrap_or_else(|| "(no such page)".into())),
        ("shared", path) => shared_of(&file(path).unwrap_or_else(|| "(no such page)".into())),
        _ => panic!("unknown expectation {name}"),
    };
    if text.is_empty() || text.ends_with('\n') { text } else { text + "\n" }
}

/// What other sites and search engines read in the head.
fn shared_of(html: &str) -> String {
    let head = html.split("</head>").next().unwrap_or_default();
    let signs = ["\"og:", "\"twitter:", "\"canonical\"", "ld+json", "\"robots\""];
    let lines = head.lines().filter(|line| signs.iter().any(|sign| line.contains(sign)));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The last line of a file.
fn end_of(text: &str) -> String {
    text.trim_end().rsplit('\n').next().unwrap_or_default().to_owned()
}

/// What stands inside `<main>`.
fn main_of(html: &str) -> String {
    let inner = html
        .split_once("<main")
        .and_then(|(_, rest)| rest.split_once('>'))
        .and_then(|(_, rest)| rest.split_once("</main>"))
        .map_or(html, |(main, _)| main);
    let lines = inner.lines().map(str::trim_end).filter(|line| !line.trim().is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[test]
fn every_code_has_a_case() {
    let mut seen: BTreeSet<&str> = NOT_IN_AN_ARCHIVE.iter().map(|code| code.name()).collect();
    let archives: Vec<Archive> = all();
    for (name, text) in archives.iter().flat_map(|archive| &archive.expected) {
        if name == "diagnostics" {
            for code in Code::ALL {
                if text.contains(&format!("[{code}]")) {
                    seen.insert(code.name());
                }
            }
        }
    }
    let missing: Vec<&str> =
        Code::ALL.iter().map(|code| code.name()).filter(|name| !seen.contains(name)).collect();
    assert!(missing.is_empty(), "no case shows {}", missing.join(", "));
}

#[test]
fn large_files_are_told() {
    let page = "---\ntitle: Home\n---\n";
    let snapshot = Snapshot::of([
        ("book.toml", b"[curriculum]\nid = \"c\"\ntitle = \"C\"\n".to_vec()),
        ("content/README.md", page.into()),
        ("content/photo.JPG", vec![0; (1 << 20) + 1]),
        ("content/data.csv", vec![0; 1 << 20]),
        ("content/pages/long.md", format!("{page}{}", "x".repeat(5 << 20)).into()),
    ]);
    let compiled = compile(&snapshot, &mut Memo::default());
    let lines = report(&compiled.diagnostics, &snapshot, Format::Short, Colour::Off);
    assert_eq!(
        lines,
        "content/pages/long.md:1:1: error[too-large]: the file has 5242900 bytes, more than 4194304\n"
    );
    let mut files = snapshot.files.clone();
    files.remove("content/pages/long.md");
    let snapshot = Snapshot { files, ..Snapshot::default() };
    let compiled = compile(&snapshot, &mut Memo::default());
    let lines = report(&compiled.diagnostics, &snapshot, Format::Short, Colour::Off);
    assert_eq!(
        lines,
        "content/photo.JPG:1:1: warning[oversized-asset]: the file has 1024 KB, more than 1024 KB\n"
    );
    assert!(compiled.site.is_some(), "a warning keeps no site from being built");
}

#[test]
fn every_code_has_a_page() {
    for code in Code::ALL {
        let lines: Vec<&str> = code.page().lines().collect();
        assert!(lines.len() >= 3, "{code} needs more than a headline");
        let page = code.page();
        assert!(page.contains("Wrong:") && page.contains("Right:"), "{code} has no example");
        assert_eq!(Code::from_name(code.name()), Some(*code));
    }
}
