//! Any roadmap to a curriculum.
//!
//! Input: a document, or a folder of Markdown. Output: the files of a curriculum, and a [`Report`] of
//! what became what. Responsibility: to recognise the shape; nothing of the text is lost. Whatever the
//! shape, it becomes one kind of outline, which `write` turns into files.

use std::collections::BTreeMap;

use crate::bundle::unbundled;

mod document;
mod folder;
mod lines;
mod outline;
mod repair;
mod section;
mod table;
mod words;
mod write;

/// The most bytes that are read of a document or a folder.
pub const LARGEST: usize = 64 << 20;

/// Whether misread text is repaired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repair {
    /// It is, where it is recognised.
    Yes,
    /// It is only said.
    No,
}

/// What is imported.
#[derive(Debug)]
pub enum Input {
    /// One document.
    Document(String),
    /// Files by their path in a folder, with `/`.
    Folder(BTreeMap<String, String>),
}

/// A new curriculum.
#[derive(Debug)]
pub struct Imported {
    /// Its files by path.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What became what.
    pub report: Report,
}

/// What became what.
#[derive(Debug, Default)]
pub struct Report {
    /// Line, what it became, and its text, in order.
    pub placed: Vec<(usize, &'static str, String)>,
    /// What can be ticked.
    pub topics: usize,
    /// Lines that found no place of their own; they stand in the nearest page.
    pub kept: Vec<(usize, String)>,
    /// Titles whose id was told apart from another's, and the id.
    pub renamed: Vec<(String, String)>,
    /// Topics that were made of headings, since nothing could be ticked.
    pub made: Vec<String>,
    /// The code page that the text was misread in, and whether that was mended.
    pub misread: Option<(&'static str, Repair)>,
}

impl Report {
    fn place(&mut self, line: usize, what: &'static str, text: &str) {
        self.placed.push((line, what, text.to_owned()));
    }

    fn keep(&mut self, line: usize, text: &str) {
        self.kept.push((line, text.to_owned()));
    }

    fn task(&mut self) {
        self.topics += 1;
    }

    fn rename(&mut self, title: &str, id: &str) {
        self.renamed.push((title.to_owned(), id.to_owned()));
    }

    fn make(&mut self, title: &str) {
        self.made.push(title.to_owned());
    }
}

/// Makes a curriculum; `id` is its permanent id, `name` its title where the input has none.
#[must_use]
pub fn import(input: Input, id: &str, name: &str, repair: Repair) -> Imported {
    let mut report = Report::default();
    let outline = match input {
        Input::Document(text) => {
            let text = mended(&text, repair, &mut report);
            if let Some(files) = unbundled(&text) {
                return Imported { files, report };
            }
            let (text, escape_html) = section::portable(&text, &|_| None);
            let mut outline = document::outline(section::sections(&text), name, &mut report);
            outline.escape_html = escape_html;
            outline
        }
        Input::Folder(files) => {
            let files = files
                .into_iter()
                .map(|(path, text)| (path, mended(&text, repair, &mut report)))
                .collect();
            folder::outline(&files, name, &mut report)
        }
    };
    let files = write::files(&outline, id, &mut report);
    Imported { files, report }
}

fn mended(text: &str, repair: Repair, report: &mut Report) -> String {
    let text = text.trim_start_matches('\u{feff}').to_owned();
    match repair::repaired(&text) {
        Some((found, page)) => {
            report.misread = Some((page, repair));
            if repair == Repair::Yes { found } else { text }
        }
        None => text,
    }
}
