//! The whole site as one file.
//!
//! Input: a [`Whole`]. Output: the file's bytes. Responsibility: which forms there are. Each is made
//! from the same finished pages that the site has, so no form can say something else, and the same
//! site gives the same bytes; only Markdown is made from the pages' own text.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::link::Linked;
use crate::snapshot::{Site, Snapshot};
use crate::words::Words;

mod archive;
mod contents;
mod cover;
mod epub;
mod html;
mod markdown;
mod single;
mod tree;
mod xhtml;

/// A form of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A book for reading systems.
    Epub,
    /// The site as an archive.
    Zip,
    /// The site as one HTML file.
    Html,
    /// The curriculum as one Markdown file.
    Markdown,
}

impl Form {
    /// The ending of its file's name.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Epub => "epub",
            Self::Zip => "zip",
            Self::Html => "html",
            Self::Markdown => "md",
        }
    }
}

/// What a bundle is made of.
#[derive(Debug, Clone, Copy)]
pub struct Whole<'a> {
    /// The curriculum's own files.
    pub snapshot: &'a Snapshot,
    /// The finished site.
    pub site: &'a Site,
    /// What the site was made from.
    pub linked: &'a Linked,
    /// The words of its interface.
    pub words: &'a Words,
    /// The lock that belongs to it.
    pub lock: &'a str,
}

/// Makes the file; `None` where the theme has no home page with a `main`.
#[must_use]
pub fn bundle(form: Form, whole: &Whole<'_>) -> Option<Vec<u8>> {
    let Whole { snapshot, site, linked, words, lock } = *whole;
    match form {
        Form::Epub => Some(epub::epub(site, linked, words)),
        Form::Zip => Some(zip(site, linked)),
        Form::Html => single::single(site, linked, words),
        Form::Markdown => Some(markdown::write(snapshot, linked, lock).into_bytes()),
    }
}

/// The curriculum's files that a Markdown bundle holds, by path; `None` for any other text.
#[must_use]
pub fn unbundled(text: &str) -> Option<BTreeMap<String, Vec<u8>>> {
    markdown::is_whole(text).then(|| markdown::files(text))
}

/// The site in a folder named after the curriculum, so that it unpacks into one place.
fn zip(site: &Site, linked: &Linked) -> Vec<u8> {
    let folder = &linked.curriculum.config.id;
    let mut archive = archive::Archive::new();
    for (path, bytes) in &site.files {
        archive.add(&format!("{folder}/{path}"), Arc::as_ref(bytes));
    }
    archive.finish()
}
