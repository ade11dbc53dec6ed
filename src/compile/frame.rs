//! What stands while only the texts of pages change.
//!
//! Input: a compilation that went well, and a later snapshot. Output: how far what differs can
//! reach. Responsibility: to be sure of that. An author mostly edits a paragraph, and now and then a
//! title: ids, numbers and links are then what they were, and finding them out again is most of
//! what a compilation of a large curriculum takes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Compiled, Ground};
use crate::draft::{Difference, Draft};
use crate::kind::PageKind;
use crate::model::{description, news};
use crate::snapshot::{Overrides, Site, Snapshot};
use crate::tree::PageNo;

/// The most pages whose texts may differ; beyond that all is compiled.
const MOST_CHANGED: usize = 64;

/// A compilation that went well.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) files: BTreeMap<Arc<str>, Arc<[u8]>>,
    pub(super) overrides: Overrides,
    /// Whoever compiles next may put new drafts into it, unless somebody else still holds it.
    pub(super) ground: Ground,
    pub(super) site: Site,
    /// Paths of the search's index in the site.
    pub(super) index: BTreeSet<String>,
    /// All else that came of it, with the diagnostics of all phases behind the parser.
    pub(super) known: Compiled,
    /// How many of these are of the ground.
    pub(super) grounded: usize,
}

/// How far what differs can reach.
#[derive(Debug)]
pub(super) enum Reach {
    /// These pages show it, documents for paper and the search's index.
    Pages(Vec<PageNo>),
    /// Any page may show it, but it changes no id, number or link.
    Shown,
    /// Anything.
    All,
}

impl Frame {
    /// Whether a later snapshot differs in nothing but content.
    pub(super) fn has_the_same_around_content(&self, snapshot: &Snapshot) -> bool {
        let is_around = |(path, _): &(&Arc<str>, &Arc<[u8]>)| !path.starts_with("content/");
        self.overrides == snapshot.overrides
            && self.files.iter().filter(is_around).eq(snapshot.files.iter().filter(is_around))
    }

    /// Takes over the drafts of a later snapshot, unless they may change more than is shown.
    pub(super) fn adopt(&mut self, snapshot: &Snapshot, drafts: &[Arc<Draft>]) -> Reach {
        self.adopted(snapshot, drafts).unwrap_or(Reach::All)
    }

    fn adopted(&mut self, snapshot: &Snapshot, drafts: &[Arc<Draft>]) -> Option<Reach> {
        let paths = snapshot.files.keys();
        if self.overrides != snapshot.overrides || !self.files.keys().eq(paths) {
            return None;
        }
        let differing: BTreeSet<&str> = snapshot
            .files
            .iter()
            .zip(self.files.values())
            .filter(|((_, now), before)| now != before)
            .map(|((path, _), _)| &**path)
            .collect();
        let named = |path: &&str| self.known.diagnostics.iter().any(|found| found.names(path));
        if differing.len() > MOST_CHANGED || differing.iter().any(named) {
            return None;
        }
        let changed: Vec<&Arc<Draft>> =
            drafts.iter().filter(|draft| differing.contains(&*draft.path)).collect();
        if changed.len() != differing.len() {
            return None;
        }
        let ground = &mut self.ground;
        let linked = Arc::get_mut(&mut ground.linked)?;
        let news = news(&linked.curriculum);
        let pages = &mut linked.curriculum.pages;
        let mut replaced: Vec<(PageNo, Arc<Draft>)> = Vec::with_capacity(changed.len());
        let mut elsewhere = false;
        for later in changed {
            let no = pages.iter().position(|page| page.draft.path == later.path)?;
            let draft = &pages[no].draft;
            match draft.difference(later) {
                Difference::Text => {
                    // The feed and the cards of terms show the texts of these two.
                    let shown = news == Some(no) || draft.kind == PageKind::Glossary;
                    elsewhere |= shown || description(draft) != description(later);
                }
                // A project is an item, which its title names.
                Difference::Title if draft.kind == PageKind::Project || ground.titles_tell => {
                    return None;
                }
                Difference::Title => elsewhere = true,
                Difference::More => return None,
            }
            replaced.push((no, Arc::clone(later)));
        }
        let numbers = replaced.iter().map(|(no, _)| *no).collect();
        for (no, draft) in replaced {
            let page = &mut pages[no];
            let title = &draft.front.title.value;
            if page.title != *title {
                page.title.clone_from(title);
                let lock = Arc::make_mut(self.known.lock.as_mut()?);
                Arc::make_mut(lock.pages.get_mut(&page.key)?).title.clone_from(title);
            }
            page.draft = draft;
        }
        self.files.clone_from(&snapshot.files);
        Some(if elsewhere { Reach::Shown } else { Reach::Pages(numbers) })
    }
}
