//! What the present content shows.
//!
//! Input: nothing. Output: [`ObservedPage`], [`ObservedItem`], [`ExplicitId`]. Responsibility: the
//! little that matching needs to know of a page, whatever the content is written in.

use crate::diagnostic::Span;
use crate::kind::{ItemKind, PageKey};

/// A page of the present content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObservedPage {
    /// Its kind and id.
    pub key: PageKey,
    /// Its title.
    pub title: String,
    /// Its address from the root of the site: `stages/linux/index.html`.
    pub url: String,
    /// Former addresses that its front matter states.
    pub aliases: Vec<String>,
    /// The anchors of its headings, in order and each only once.
    pub anchors: Vec<String>,
    /// Its items, in order.
    pub items: Vec<ObservedItem>,
    /// Where diagnostics about the page point to.
    pub span: Span,
}

/// An item of the present content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObservedItem {
    /// What it is.
    pub kind: ItemKind,
    /// Its text as written, links included, soft wraps and runs of blanks made one blank, the
    /// comment with its id removed. For a project the title.
    pub text: String,
    /// The id that the author stated.
    pub explicit: Option<ExplicitId>,
    /// Where diagnostics about it point to.
    pub span: Span,
}

/// What a comment `<!-- id: a1b2c3d4 was: e5f6a7b8 -->` states; either part may be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExplicitId {
    /// The id that the item has from now on; `new` says that it continues no other.
    pub id: Option<Stated>,
    /// The id that it had before.
    pub was: Option<Stated>,
}

/// An id as the author wrote it, right or wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// The word.
    pub text: String,
    /// Its place.
    pub span: Span,
}

impl ExplicitId {
    /// Reads a comment, `<!--` and `-->` included; `None` where it is some other comment.
    ///
    /// A comment is one about the id where it begins with `id:` or `was:`; whatever else stands in
    /// it is kept as part of the id before it, so that the mistake is seen.
    #[must_use]
    pub fn parse(comment: &str, span: &Span) -> Option<Self> {
        let inside = comment.strip_prefix("<!--")?.strip_suffix("-->")?;
        let first = inside.trim_start();
        if !first.starts_with("id:") && !first.starts_with("was:") {
            return None;
        }
        let id_at = key_at(inside, "id:");
        let was_at = key_at(inside, "was:");
        let value = |at: Option<usize>, key: &str, other: Option<usize>| {
            let start = at? + key.len();
            let end = other.filter(|&end| end >= start).unwrap_or(inside.len());
            let text = inside[start..end].trim();
            let offset = span.start + "<!--".len() + start;
            let blanks = inside[start..end].len() - inside[start..end].trim_start().len();
            let start = offset + blanks;
            Some(Stated {
                text: text.to_owned(),
                span: Span::new(&span.path, start, start + text.len()),
            })
        };
        Some(Self { id: value(id_at, "id:", was_at), was: value(was_at, "was:", id_at) })
    }
}

/// Where a key stands as a word of its own.
fn key_at(inside: &str, key: &str) -> Option<usize> {
    inside.match_indices(key).map(|(at, _)| at).find(|&at| {
        at == 0 || inside[..at].ends_with(|sign: char| sign.is_whitespace() || sign == ',')
    })
}
