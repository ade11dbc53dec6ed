//! [`Tree`] to [`Identified`]: every page and item has its permanent id.
//!
//! Input: a [`Tree`] and the [`Lock`]. Output: [`Identified`], the next [`Lock`], what changed, and
//! diagnostics. Responsibility: what of a tree is an item; the matching itself is `identity`'s.

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::document::Task;
use crate::identity::{
    Changes, ExplicitId, ItemIdentity, ObservedItem, ObservedPage, RetiredItem, Stated, identify,
};
use crate::kind::{ItemKind, PageKind};
use crate::lock::Lock;
use crate::tree::{Tree, TreePage};

/// A tree whose pages and items are known by their permanent ids.
#[derive(Debug)]
pub struct Identified {
    /// The tree.
    pub tree: Tree,
    /// For each page its identity.
    pub pages: Vec<PageIdentity>,
    /// Items that are no more, in order of id.
    pub retired: Vec<RetiredItem>,
}

/// The permanent ids of a page's items, and its former addresses.
#[derive(Debug)]
pub struct PageIdentity {
    /// The page itself as an item: projects only.
    pub own: Option<ItemIdentity>,
    /// One for each task of the document; empty on pages whose tasks cannot be ticked.
    pub tasks: Vec<ItemIdentity>,
    /// Anchors that its headings had, each with the anchor that it now means.
    pub former_anchors: Vec<(String, String)>,
    /// Addresses that must lead to the page, as files from the site's root.
    pub former_urls: Vec<String>,
}

/// Finds every item and gives it its id.
pub fn identified(
    tree: Tree,
    lock: &Lock,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Identified, Lock, Changes) {
    let observed: Vec<ObservedPage> = tree.pages.par_iter().map(observe).collect();
    let identity = identify(&observed, lock);
    diagnostics.extend(identity.diagnostics);
    let pages = identity
        .pages
        .into_iter()
        .zip(&tree.pages)
        .map(|(page, tree_page)| {
            let mut items = page.items.into_iter();
            let own = if tree_page.key.kind == PageKind::Project { items.next() } else { None };
            PageIdentity {
                own,
                tasks: items.collect(),
                former_anchors: page.former_anchors,
                former_urls: page.former_urls,
            }
        })
        .collect();
    let identified = Identified { tree, pages, retired: identity.retired };
    (identified, identity.lock, identity.changes)
}

/// The kind of a page's tasks; `None` where they cannot be ticked.
fn task_kind(kind: PageKind) -> Option<ItemKind> {
    match kind {
        PageKind::Stage => Some(ItemKind::Topic),
        PageKind::Project => Some(ItemKind::Step),
        PageKind::Tracking => Some(ItemKind::Entry),
        PageKind::Home
        | PageKind::Level
        | PageKind::Source
        | PageKind::Page
        | PageKind::Glossary => None,
    }
}

fn observe(page: &TreePage) -> ObservedPage {
    let draft = &page.draft;
    let title = &draft.front.title;
    let own = (page.key.kind == PageKind::Project).then(|| ObservedItem {
        kind: ItemKind::Project,
        text: title.value.clone(),
        explicit: None,
        span: title.span.clone(),
    });
    let tasks = task_kind(page.key.kind)
        .into_iter()
        .flat_map(|kind| draft.document.tasks.iter().map(move |task| observe_task(kind, task)));
    ObservedPage {
        key: page.key.clone(),
        title: title.value.clone(),
        url: page.key.url(),
        // The link phase writes the redirects of aliases, where it can point at a bad one.
        aliases: Vec::new(),
        anchors: draft.document.headings.iter().map(|heading| heading.anchor.clone()).collect(),
        items: own.into_iter().chain(tasks).collect(),
        span: title.span.clone(),
    }
}

fn observe_task(kind: ItemKind, task: &Task) -> ObservedItem {
    let stated = |text: &Option<String>| {
        text.as_ref().map(|text| Stated {
            text: text.clone(),
            span: task.explicit.as_ref().map_or_else(|| task.span.clone(), |e| e.span.clone()),
        })
    };
    ObservedItem {
        kind,
        text: task.text.clone(),
        explicit: task
            .explicit
            .as_ref()
            .map(|explicit| ExplicitId { id: stated(&explicit.id), was: stated(&explicit.was) }),
        span: task.span.clone(),
    }
}
