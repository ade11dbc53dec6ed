//! One file = one little site and what is expected of it.
//!
//! ```text
//! What the case is about.
//! -- content/10-a/README.md --
//! …
//! == diagnostics ==
//! content/10-a/README.md:2:1: error[unknown-key]: …
//! == main stages/linux/index.html ==
//! …
//! ```
//!
//! `--` opens a file of the site, `==` an expectation. Without a `book.toml` a default one is
//! taken. `RECORD=1 cargo test` writes the expectations anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use roadbook::snapshot::Snapshot;

/// A parsed archive.
pub(crate) struct Archive {
    pub(crate) path: PathBuf,
    intro: String,
    pub(crate) files: Vec<(String, String)>,
    pub(crate) expected: Vec<(String, String)>,
}

const BOOK: &str = "[curriculum]\nid = \"case\"\ntitle = \"Case\"\n";

impl Archive {
    pub(crate) fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).expect("a case can be read");
        let mut archive =
            Self { path: path.to_owned(), intro: String::new(), files: vec![], expected: vec![] };
        let mut current: Option<(bool, String, String)> = None;
        for line in text.split_inclusive('\n') {
            let marker = line.trim_end();
            let opened = [("-- ", " --", true), ("== ", " ==", false)].into_iter().find_map(
                |(open, close, file)| {
                    let name = marker.strip_prefix(open)?.strip_suffix(close)?;
                    Some((file, name.to_owned(), String::new()))
                },
            );
            match (&mut current, opened) {
                (current, Some(opened)) => archive.push(current.replace(opened)),
                (Some((_, _, body)), None) => body.push_str(line),
                (None, None) => archive.intro.push_str(line),
            }
        }
        archive.push(current);
        archive
    }

    fn push(&mut self, section: Option<(bool, String, String)>) {
        match section {
            Some((true, name, body)) => self.files.push((name, body)),
            Some((false, name, body)) => self.expected.push((name, body)),
            None => {}
        }
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        let mut files: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
        files.insert("book.toml", BOOK.into());
        for (path, text) in &self.files {
            files.insert(path, unescape(text));
        }
        Snapshot::of(files)
    }

    pub(crate) fn record(&self, actual: &[(String, String)]) {
        let mut text = self.intro.clone();
        for (path, body) in &self.files {
            let _ = write!(text, "-- {path} --\n{body}");
        }
        for (name, body) in actual {
            let _ = write!(text, "== {name} ==\n{body}");
        }
        std::fs::write(&self.path, text).expect("a case can be written");
    }
}

/// `\xNN` at the beginning of a line's escape stands for a byte that a text file cannot hold;
/// `\r` for a carriage return, `\ufeff` for a byte-order mark. Only in lines that begin with `\\`.
fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for line in text.split_inclusive('\n') {
        let Some(line) = line.strip_prefix("\\\\") else {
            bytes.extend_from_slice(line.as_bytes());
            continue;
        };
        let mut rest = line;
        while let Some(at) = rest.find('\\') {
            bytes.extend_from_slice(&rest.as_bytes()[..at]);
            let escape = &rest[at + 1..];
            if let Some(hex) = escape.strip_prefix('x') {
                bytes.push(u8::from_str_radix(&hex[..2], 16).expect("two hexadecimal digits"));
                rest = &hex[2..];
            } else if let Some(after) = escape.strip_prefix("ufeff") {
                bytes.extend_from_slice("\u{feff}".as_bytes());
                rest = after;
            } else if let Some(after) = escape.strip_prefix('r') {
                bytes.push(b'\r');
                rest = after;
            } else {
                bytes.push(b'\\');
                rest = escape;
            }
        }
        bytes.extend_from_slice(rest.as_bytes());
    }
    bytes
}

/// Every archive below `tests/cases`, in order of path.
pub(crate) fn all() -> Vec<Archive> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut paths: Vec<PathBuf> = walkdir::WalkDir::new(root)
        .into_iter()
        .map(|entry| entry.expect("cases can be listed").into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    paths.iter().map(|path| Archive::read(path)).collect()
}
