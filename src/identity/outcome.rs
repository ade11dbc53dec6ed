//! What identifying the content found out.
//!
//! Input: nothing. Output: [`Identity`] and its parts. Responsibility: the shape in which the rest
//! of the program and the author learn of ids and of what changed.

use std::fmt;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::kind::PageKey;
use crate::lock::{ItemId, Lock, Wording};

/// The permanent ids of the present content, and everything that follows from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Each page's part, in the order of the input.
    pub pages: Vec<PageIdentity>,
    /// The lock for the next build. Not to be written where there are errors.
    pub lock: Lock,
    /// What became of the items since the lock was written.
    pub changes: Changes,
    /// Ids that contradict one another, rewordings that cannot be decided.
    pub diagnostics: Vec<Diagnostic>,
    /// Every item that ever was and is no more, in order of id.
    pub retired: Vec<RetiredItem>,
}

/// What belongs to one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageIdentity {
    /// Its items, in the order of the input.
    pub items: Vec<ItemIdentity>,
    /// Anchors that its headings had, each with the anchor that it now means; sorted.
    pub former_anchors: Vec<(String, String)>,
    /// Addresses that must lead to the page: from the lock and from its front matter, as files
    /// (`stages/old/index.html`), sorted; never that of a present page.
    pub former_urls: Vec<String>,
}

/// The identity of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemIdentity {
    /// Its permanent id, also its anchor.
    pub id: ItemId,
    /// Ids that it had before it was given a name: progress under them is its own.
    pub aliases: Vec<ItemId>,
    /// The living item from which it was split off: a learner who ticked that one is asked.
    pub split_from: Option<ItemId>,
    /// The hash of the wording that learners know, where only spelling has changed since; else
    /// that of its text, see [`ItemIdentity::wording`].
    pub known_wording: Option<Wording>,
}

impl ItemIdentity {
    /// The hash by which the browser sees that the item, which has this text, was reworded beyond
    /// spelling. It is computed only here, since an unchanged curriculum has no need of it.
    #[must_use]
    pub fn wording(&self, text: &str) -> Wording {
        self.known_wording.unwrap_or_else(|| super::words::wording(text))
    }
}

/// An item that the content no longer has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetiredItem {
    /// Its id, never given to another.
    pub id: ItemId,
    /// Its last text.
    pub text: Arc<str>,
    /// One id where it was merged into another item, several where it was split.
    pub replaced_by: Vec<ItemId>,
}

/// What became of the items since the lock was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// How many items are what and where they were.
    pub kept: usize,
    /// Items with another text.
    pub reworded: Vec<Rewording>,
    /// Items on another page. One can be reworded and moved.
    pub moved: Vec<Move>,
    /// Items never seen before.
    pub new: Vec<ItemId>,
    /// Items that are gone.
    pub retired: Vec<ItemId>,
    /// Items that were gone and are back.
    pub revived: Vec<ItemId>,
    /// Items of which parts became items of their own, with these parts.
    pub split: Vec<(ItemId, Vec<ItemId>)>,
    /// Items made of several, with the several.
    pub merged: Vec<(ItemId, Vec<ItemId>)>,
    /// Items with another id than before, first the former.
    pub renamed: Vec<(ItemId, ItemId)>,
    /// Pages with another id than before, first the former.
    pub renamed_pages: Vec<(PageKey, PageKey)>,
}

/// An item that has another text than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewording {
    /// Which item.
    pub id: ItemId,
    /// Its text in the lock.
    pub before: Arc<str>,
    /// Its text in the content.
    pub after: Arc<str>,
    /// Whether learners are told of it.
    pub depth: Depth,
}

/// How deep a rewording goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Depth {
    /// Spelling, case, punctuation, links: not announced.
    Spelling,
    /// Other words: announced.
    Words,
}

/// An item that is on another page than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Which item.
    pub id: ItemId,
    /// The page it was on.
    pub from: PageKey,
    /// The page it is on.
    pub to: PageKey,
}

impl Changes {
    /// Whether every item is what and where it was.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self { kept: self.kept, ..Self::default() }
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [
            (self.reworded.len(), "reworded"),
            (self.moved.len(), "moved"),
            (self.new.len(), "new"),
            (self.retired.len(), "retired"),
            (self.revived.len(), "revived"),
            (self.split.len(), "split"),
            (self.merged.len(), "merged"),
            (self.renamed.len() + self.renamed_pages.len(), "renamed"),
        ];
        let mut separator = "";
        for (count, word) in counts.into_iter().filter(|&(count, _)| count > 0) {
            write!(f, "{separator}{count} {word}")?;
            separator = ", ";
        }
        if separator.is_empty() { f.write_str("nothing changed") } else { Ok(()) }
    }
}
