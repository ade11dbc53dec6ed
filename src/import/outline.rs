//! What a document was understood to be, whatever its shape was.
//!
//! Input: none; built by `document` and `folder`. Output: [`Outline`]. Responsibility: the parts of a
//! curriculum before they have ids and places.

use std::collections::BTreeMap;

use crate::node::Extra;

/// A curriculum without ids.
#[derive(Debug, Clone, Default)]
pub(super) struct Outline {
    pub(super) home: Head,
    /// Markdown.
    pub(super) intro: String,
    pub(super) levels: Vec<Level>,
    pub(super) sources: Vec<Source>,
    pub(super) tracking: Vec<Tracking>,
    pub(super) pages: Vec<Article>,
    /// Whether raw HTML in it has to become text.
    pub(super) escape_html: bool,
}

/// What stands in a heading.
#[derive(Debug, Clone, Default)]
pub(super) struct Head {
    pub(super) title: String,
    pub(super) icon: Option<String>,
    /// As it is written.
    pub(super) duration: Option<String>,
    /// The file that it comes from, where there are several.
    pub(super) origin: Option<String>,
    /// Keys of that file's front matter that mean nothing here.
    pub(super) extra: BTreeMap<String, Extra>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Level {
    pub(super) head: Head,
    pub(super) goal: Option<String>,
    pub(super) body: String,
    pub(super) stages: Vec<Stage>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Stage {
    pub(super) head: Head,
    pub(super) goal: Option<String>,
    pub(super) body: String,
    /// Titles of other stages.
    pub(super) requires: Vec<String>,
    pub(super) sources: Vec<Use>,
    pub(super) blocks: Vec<Part>,
    pub(super) projects: Vec<Project>,
}

/// A source and the part of it that is meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Use {
    pub(super) name: String,
    pub(super) part: Option<String>,
}

/// A block of a stage's program, or a section of text.
#[derive(Debug, Clone, Default)]
pub(super) struct Part {
    pub(super) head: Head,
    pub(super) sources: Vec<Use>,
    /// Markdown; topics are its tasks.
    pub(super) body: String,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Project {
    pub(super) head: Head,
    /// As front matter has it.
    pub(super) kind: &'static str,
    pub(super) summary: Option<String>,
    pub(super) body: String,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Source {
    pub(super) name: String,
    pub(super) url: Option<String>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Tracking {
    pub(super) head: Head,
    pub(super) cadence: &'static str,
    pub(super) body: String,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Article {
    pub(super) head: Head,
    pub(super) body: String,
}
