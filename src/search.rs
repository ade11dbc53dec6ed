//! The search index.
//!
//! Input: [`Linked`]. Output: classic scripts by path, since from disk nothing else can be loaded.
//! Responsibility: what can be found where. A query needs a few of the files: the ranges of the
//! vocabulary that its words fall into, what is known of those words, and the texts of the pages
//! that came first.

use std::collections::BTreeMap;

use crate::link::Linked;

mod entry;
mod files;
mod postings;
mod stem;
mod stop;
mod token;

/// All scripts of the index by path.
#[must_use]
pub fn search(linked: &Linked) -> BTreeMap<String, Vec<u8>> {
    let config = &linked.curriculum.config;
    let stems = stem::Stems::new(&config.language);
    let entries = entry::entries(linked);
    let vocabulary = postings::vocabulary(&entries, stems);
    files::scripts(linked, stems, &entries, &vocabulary)
}
