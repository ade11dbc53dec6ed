//! The lock: which permanent id belongs to which item, as it was last seen.
//!
//! Input: the text of `progress.lock`. Output: [`Lock`] and back to text. Responsibility: the
//! file's format, so that it survives merges, hands and versions; what the ids *mean* for the
//! present content is decided by `identity`.
//!
//! ```text
//! roadbook-lock 1
//! [stage:linux]
//! page: stage:linux
//! url: stages/linux/index.html Компьютерная грамотность и Linux
//! was: stages/unix/index.html
//! anchor: stage:linux#недели-1-2 <- недели-1
//! a2b3c4d5 Понимание файловой системы
//! b3c4d5e6 ~ Архивы и пакеты -> e5f6a7b8, f6a7b8c9
//! backup-script Скрипт резервного копирования == c4d5e6f7
//! e5f6a7b8 Архивы <- b3c4d5e6
//! end: stage:linux
//! ```
//!
//! Every line of a section is found in no other section, since it names the page, an address or
//! an id. Git therefore sees no common line in two sections that two branches add at the same
//! place, and `merge=union` keeps each of them whole. The lines `page:` and `end:` never change,
//! so that changes at the end of one section, between sections and at the beginning of the next
//! one never touch.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::kind::{ItemKind, PageKey, PageKind};

mod escape;
mod id;
mod parse;
mod print;
mod resolve;

pub use id::{ItemId, Wording};
pub use resolve::resolve;

/// The version of the format that this program writes, and the newest that it reads.
pub const VERSION: u32 = 1;

/// Texts kept of one id beside the first. Two branches make one; the bound keeps a hostile file
/// from costing more than its length.
const MAX_VARIANTS: usize = 16;

/// Everything that a later build must know about an earlier one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    /// Each page that ever existed, also those that are gone. They are shared between locks, so
    /// that the next lock of an unchanged curriculum costs nothing.
    pub pages: BTreeMap<PageKey, Arc<LockedPage>>,
}

/// A page as it was last seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LockedPage {
    /// Its title.
    pub title: String,
    /// Its address from the root of the site: `stages/linux/index.html`.
    pub url: String,
    /// Addresses it had under earlier ids, which must go on leading to it.
    pub former_urls: BTreeSet<String>,
    /// Its headings, in order of the page.
    pub headings: Vec<LockedHeading>,
    /// Its items, living and retired.
    pub items: BTreeMap<ItemId, LockedItem>,
}

/// A heading as it was last seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockedHeading {
    /// Its anchor.
    pub anchor: String,
    /// Anchors it had before, to which it goes on answering.
    pub formers: BTreeSet<String>,
}

/// An item as it was last seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockedItem {
    /// Which items it can continue as.
    pub family: Family,
    /// Whether the content still has it.
    pub state: State,
    /// Its text as written, links included.
    pub text: Arc<str>,
    /// Other texts under the same id: only after a merge of branches that reworded it differently,
    /// until the next build sees which of them the content has.
    pub variants: Vec<Arc<str>>,
    /// Which one it is among the items of its page with the same text, from 1.
    pub occurrence: u32,
    /// The items into which it was split or merged when it was retired.
    pub replaced_by: BTreeSet<ItemId>,
    /// The living item from which it was split off.
    pub split_from: Option<ItemId>,
    /// Ids it had before it was given a name: never minted again, and known to the browser.
    pub aliases: BTreeSet<ItemId>,
    /// The hash of the wording that learners know, where only spelling has changed since.
    pub wording: Option<Wording>,
}

impl LockedItem {
    /// A living item without a past.
    #[must_use]
    pub fn new(family: Family, text: impl Into<Arc<str>>) -> Self {
        Self {
            family,
            state: State::Living,
            text: text.into(),
            variants: Vec::new(),
            occurrence: 1,
            replaced_by: BTreeSet::new(),
            split_from: None,
            aliases: BTreeSet::new(),
            wording: None,
        }
    }

    /// Its text and the variants of it.
    pub fn texts(&self) -> impl Iterator<Item = &Arc<str>> {
        std::iter::once(&self.text).chain(&self.variants)
    }

    /// Takes in what another branch knows of the same item; this side's text stays the first.
    pub(crate) fn unite(&mut self, other: Self) {
        if self.state == State::Retired && other.state == State::Living {
            self.state = State::Living;
            self.variants.insert(0, std::mem::replace(&mut self.text, Arc::clone(&other.text)));
        }
        for text in std::iter::once(other.text).chain(other.variants) {
            let room = self.variants.len() < MAX_VARIANTS;
            if room && !self.texts().any(|known| *known == text) {
                self.variants.push(text);
            }
        }
        let known = Arc::clone(&self.text);
        self.variants.retain(|text| *text != known);
        self.replaced_by.extend(other.replaced_by);
        self.aliases.extend(other.aliases);
        self.split_from = self.split_from.take().or(other.split_from);
        self.wording = self.wording.or(other.wording);
    }
}

/// Whether the content has an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It did when it was last seen.
    Living,
    /// It does not; its id waits for its text to reappear and is never given to another.
    Retired,
}

/// Which items an item can continue as.
///
/// A topic may become a step and the reverse: a learner who has done it has done it. An entry of a
/// tracking list is ticked once per period, which no topic is; a project is its page, whatever its
/// text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// A topic or a step.
    Task,
    /// An entry of a tracking list.
    Entry,
    /// A project as a whole.
    Project,
}

impl Family {
    /// The family of items of this kind.
    #[must_use]
    pub fn of(kind: ItemKind) -> Self {
        match kind {
            ItemKind::Topic | ItemKind::Step => Self::Task,
            ItemKind::Entry => Self::Entry,
            ItemKind::Project => Self::Project,
        }
    }

    /// The family of an unmarked line in the section of a page of this kind.
    pub(crate) fn usual(kind: PageKind) -> Self {
        if kind == PageKind::Tracking { Self::Entry } else { Self::Task }
    }
}

impl LockedPage {
    /// Takes in what another branch knows of the same page; this side's title stays.
    pub(crate) fn unite(&mut self, other: Self) {
        self.unite_place(other.url, other.title);
        self.former_urls.extend(other.former_urls);
        self.headings.extend(other.headings);
        self.unite_headings();
        for (id, item) in other.items {
            self.add_item(id, item);
        }
    }

    pub(crate) fn unite_place(&mut self, url: String, title: String) {
        if self.title.is_empty() {
            self.title = title;
        }
        if self.url.is_empty() {
            self.url = url;
        } else if self.url != url && !url.is_empty() {
            self.former_urls.insert(url);
        }
    }

    /// Makes one heading of those with the same anchor; the first place counts.
    pub(crate) fn unite_headings(&mut self) {
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut united: Vec<LockedHeading> = Vec::with_capacity(self.headings.len());
        for heading in std::mem::take(&mut self.headings) {
            if let Some(&place) = places.get(&heading.anchor) {
                united[place].formers.extend(heading.formers);
            } else {
                places.insert(heading.anchor.clone(), united.len());
                united.push(heading);
            }
        }
        self.headings = united;
    }

    pub(crate) fn add_item(&mut self, id: ItemId, item: LockedItem) {
        match self.items.get_mut(&id) {
            Some(known) => known.unite(item),
            None => {
                self.items.insert(id, item);
            }
        }
    }
}

impl Lock {
    /// Whether nothing was ever locked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// Both locks in one: no id of either is lost, and where they differ both texts are kept.
    #[must_use]
    pub fn united(mut self, other: Self) -> Self {
        for (key, page) in other.pages {
            match self.pages.get_mut(&key) {
                Some(known) => Arc::make_mut(known).unite(Arc::unwrap_or_clone(page)),
                None => {
                    self.pages.insert(key, page);
                }
            }
        }
        self
    }
}
