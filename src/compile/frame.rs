//! What stands while only the texts of pages change.
//!
//! Input: a compilation that went well, and a later snapshot. Output: the pages whose texts differ,
//! if nothing else does. Responsibility: to be sure of that. An author mostly edits a paragraph;
//! ids, numbers, links, navigation and data are then what they were, and finding them out again is
//! most of what a compilation of a large curriculum takes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{PageItems, Stats};
use crate::diagnostic::Diagnostic;
use crate::draft::Draft;
use crate::identity::Changes;
use crate::kind::PageKind;
use crate::link::Linked;
use crate::model::{description, news};
use crate::render::Templates;
use crate::snapshot::{Overrides, Site, Snapshot};
use crate::theme::Theme;
use crate::tree::PageNo;
use crate::words::Words;

/// The most pages whose texts may differ; beyond that all is compiled.
const MOST_CHANGED: usize = 64;

/// A compilation that went well.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) files: BTreeMap<Arc<str>, Arc<[u8]>>,
    pub(super) overrides: Overrides,
    /// Whoever compiles next may put new drafts into it, unless somebody else still holds it.
    pub(super) linked: Arc<Linked>,
    pub(super) words: Arc<Words>,
    pub(super) theme: Theme,
    pub(super) templates: Templates,
    pub(super) site: Site,
    /// Paths of the search's index in the site.
    pub(super) index: BTreeSet<String>,
    pub(super) lock: String,
    pub(super) changes: Changes,
    pub(super) items: Arc<[PageItems]>,
    pub(super) stats: Stats,
    /// Those of all phases behind the parser.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Frame {
    /// Takes over the drafts of a later snapshot and returns their pages, if it differs from this
    /// one in the texts of some pages alone, and only these pages show them.
    pub(super) fn adopt(
        &mut self,
        snapshot: &Snapshot,
        drafts: &[Arc<Draft>],
    ) -> Option<Vec<PageNo>> {
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
        let named = |path: &&str| self.diagnostics.iter().any(|found| found.names(path));
        if differing.len() > MOST_CHANGED || differing.iter().any(named) {
            return None;
        }
        let changed: Vec<&Arc<Draft>> =
            drafts.iter().filter(|draft| differing.contains(&*draft.path)).collect();
        if changed.len() != differing.len() {
            return None;
        }
        let linked = Arc::get_mut(&mut self.linked)?;
        let news = news(&linked.curriculum);
        let pages = &mut linked.curriculum.pages;
        let mut replaced: Vec<(PageNo, Arc<Draft>)> = Vec::with_capacity(changed.len());
        for later in changed {
            let no = pages.iter().position(|page| page.draft.path == later.path)?;
            let draft = &pages[no].draft;
            // The feed and the cards of terms show the texts of these two.
            let shown_elsewhere = news == Some(no) || draft.kind == PageKind::Glossary;
            let told_elsewhere = description(draft) != description(later);
            if shown_elsewhere || told_elsewhere || !draft.differs_in_text_only(later) {
                return None;
            }
            replaced.push((no, Arc::clone(later)));
        }
        let numbers = replaced.iter().map(|(no, _)| *no).collect();
        for (no, draft) in replaced {
            pages[no].draft = draft;
        }
        self.files.clone_from(&snapshot.files);
        Some(numbers)
    }
}
