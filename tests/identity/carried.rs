//! Histories as curricula on disk, for the test that carries a learner's ticks through them in a
//! browser.
//!
//! Input: a history after each revision. Output: a folder a revision, with `book.toml`, content, the
//! lock, and `truth.json`: which item stands where, what was split and merged so far.
//! Responsibility: the browser's test judges by what was stated, not by what the matcher found.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::history::{History, Meaning};

/// Writes one history, revision by revision.
pub(crate) struct Writer {
    folder: PathBuf,
    revision: usize,
    splits: BTreeMap<String, String>,
    merged: BTreeMap<String, Vec<String>>,
}

impl Writer {
    pub(crate) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            revision: 0,
            splits: BTreeMap::new(),
            merged: BTreeMap::new(),
        }
    }

    pub(crate) fn write(&mut self, history: &History, meanings: &BTreeMap<String, Meaning>) {
        for (name, meaning) in meanings {
            match meaning {
                Meaning::Split(parts) => {
                    self.splits.extend(parts.iter().map(|part| (part.clone(), name.clone())));
                }
                Meaning::Merged(whole) => {
                    self.merged.entry(whole.clone()).or_default().push(name.clone());
                }
                _ => {}
            }
        }
        let folder = self.folder.join(format!("{:03}", self.revision));
        self.revision += 1;
        let put = |path: &str, text: &str| {
            let file = folder.join(path);
            fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder");
            fs::write(file, text).expect("a file");
        };
        // Each revision is to be seen at once.
        let settings = "id = \"carried\"\ntitle = \"Carried\"\nlanguage = \"ru\"";
        let book = format!("[curriculum]\n{settings}\n[offline]\nenabled = false\n");
        put("book.toml", &book);
        put("content/README.md", "---\ntitle: Carried\n---\n");
        put("content/10-all/README.md", "---\ntitle: All\n---\n");
        let mut pages: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (at, page) in history.pages.iter().enumerate() {
            let mut text = format!("---\ntitle: {:?}\n---\n\n## All\n\n", page.title);
            for item in &page.items {
                let _ = writeln!(text, "- [ ] {}", item.text);
            }
            put(&format!("content/10-all/{}-{}/README.md", 10 + at, page.id), &text);
            pages.insert(&page.id, page.items.iter().map(|item| item.name.as_str()).collect());
        }
        put("progress.lock", &history.lock.to_string());
        let truth =
            serde_json::json!({ "pages": pages, "splits": self.splits, "merged": self.merged });
        put("truth.json", &truth.to_string());
    }
}
