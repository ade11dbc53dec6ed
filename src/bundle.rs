//! The whole site as one file.
//!
//! Input: the finished [`Site`], [`Linked`] and the interface's words. Output: the file's bytes.
//! Responsibility: which forms there are. Each is made from the same finished pages that the site
//! has, so no form can say something else, and the same site gives the same bytes.

use std::sync::Arc;

use crate::link::Linked;
use crate::snapshot::Site;
use crate::words::Words;

mod archive;
mod contents;
mod cover;
mod epub;
mod html;
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
}

impl Form {
    /// The ending of its file's name.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Epub => "epub",
            Self::Zip => "zip",
            Self::Html => "html",
        }
    }
}

/// Makes the file; `None` where the theme has no home page with a `main`.
#[must_use]
pub fn bundle(form: Form, site: &Site, linked: &Linked, words: &Words) -> Option<Vec<u8>> {
    match form {
        Form::Epub => Some(epub::epub(site, linked, words)),
        Form::Zip => Some(zip(site, linked)),
        Form::Html => single::single(site, linked, words),
    }
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
