//! What is to be matched with what.
//!
//! Input: the present pages and the lock. Output: [`Ground`], flat tables of both, and the claims
//! that matching makes on them. Responsibility: that one id is claimed by one item at most.
#![expect(clippy::disallowed_types, reason = "looked up, never walked: no order can leave them")]

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

use super::observed::{ObservedItem, ObservedPage};
use super::settled::{Known, Settler, all_distinct};
use crate::kind::PageKey;
use crate::lock::{Family, ItemId, Lock, LockedItem, LockedPage, State};

/// Present and former items in flat tables. Pages are in order of key, so that nothing depends on
/// the order in which they were given.
pub(super) struct Ground<'a> {
    /// Everything that ever was.
    pub(super) lock: &'a Lock,
    /// The present pages.
    pub(super) pages: Vec<Present<'a>>,
    /// The present items of pages on which anything changed, page by page.
    pub(super) items: Vec<PresentItem<'a>>,
    /// The former pages.
    pub(super) former_pages: Vec<Former<'a>>,
    /// Where former items stood, page by page; of pages on which nothing changed only the retired
    /// ones.
    pub(super) places: Vec<Place<'a>>,
    /// The former items, one for each id.
    pub(super) formers: Vec<FormerItem<'a>>,
    /// All places of those former items that a merge left on several pages.
    scattered: BTreeMap<usize, Vec<usize>>,
    /// The former item that has an id or had it before.
    by_id: HashMap<&'a ItemId, usize>,
    /// Every id that the author states somewhere.
    pub(super) stated: BTreeSet<ItemId>,
    /// Every id that ever was; filled when the first id is minted.
    every_id: OnceLock<HashSet<&'a ItemId>>,
    /// What became of each present item.
    pub(super) claims: Vec<Claim>,
    /// What became of each former item.
    pub(super) fates: Vec<Fate>,
}

/// A present page.
pub(super) struct Present<'a> {
    pub(super) page: &'a ObservedPage,
    /// Its place in the input.
    pub(super) input: usize,
    /// Its items in the table.
    pub(super) items: Range<usize>,
    /// The former page that it continues.
    pub(super) former: Option<usize>,
    /// What the lock knows of its items, if nothing at all changed; then none of them is in the
    /// tables.
    pub(super) settled: Option<Vec<Known<'a>>>,
}

/// A present item.
pub(super) struct PresentItem<'a> {
    pub(super) item: &'a ObservedItem,
    pub(super) page: usize,
    pub(super) family: Family,
}

/// A former page.
pub(super) struct Former<'a> {
    pub(super) key: &'a PageKey,
    pub(super) page: &'a LockedPage,
    /// Where its items stood, in the table of places.
    pub(super) places: Range<usize>,
    /// The present page that continues it.
    pub(super) present: Option<usize>,
}

/// Where a former item stood.
pub(super) struct Place<'a> {
    pub(super) former: usize,
    pub(super) page: usize,
    pub(super) item: &'a LockedItem,
}

/// A former item.
pub(super) struct FormerItem<'a> {
    pub(super) id: &'a ItemId,
    /// Its first place in the table; a living one if there is any.
    pub(super) place: usize,
}

/// What a present item is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Claim {
    /// The former item that it continues.
    pub(super) former: Option<usize>,
    /// The id that the author gave it.
    pub(super) stated: Option<ItemId>,
    /// Former items that the author declared part of it.
    pub(super) absorbed: Vec<usize>,
    /// Ids that it answers to besides those of former items.
    pub(super) aliases: Vec<ItemId>,
    /// Whether the author said that it continues nothing unless its text is known.
    pub(super) fresh: bool,
    /// Former items that were merged into it.
    pub(super) merged_from: Vec<usize>,
    /// The former item of which it is a part.
    pub(super) split_from: Option<usize>,
    /// Whether it could not be decided which item it is.
    pub(super) open: bool,
}

/// What became of a former item.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Fate {
    /// No present item continues it.
    #[default]
    Free,
    /// This one does, or took it in.
    Taken(usize),
    /// It could not be decided.
    Open,
}

impl<'a> Ground<'a> {
    /// Lays out the tables; nothing is claimed yet.
    pub(super) fn new(pages: &'a [ObservedPage], lock: &'a Lock) -> Self {
        let mut ground = Self {
            lock,
            pages: Vec::with_capacity(pages.len()),
            items: Vec::new(),
            former_pages: Vec::with_capacity(lock.pages.len()),
            places: Vec::new(),
            formers: Vec::new(),
            scattered: BTreeMap::new(),
            by_id: HashMap::new(),
            stated: BTreeSet::new(),
            every_id: OnceLock::new(),
            claims: Vec::new(),
            fates: Vec::new(),
        };
        ground.pair_by_key(pages, lock);
        ground.lay_formers();
        ground.lay_present();
        ground
    }

    fn pair_by_key(&mut self, pages: &'a [ObservedPage], lock: &'a Lock) {
        for (key, page) in &lock.pages {
            self.former_pages.push(Former { key, page, places: 0..0, present: None });
        }
        let former_at: BTreeMap<&PageKey, usize> =
            self.former_pages.iter().enumerate().map(|(at, former)| (former.key, at)).collect();
        let mut order: Vec<usize> = (0..pages.len()).collect();
        order.sort_by_key(|&at| (&pages[at].key, &pages[at].span));
        let stated: BTreeSet<&str> = pages
            .iter()
            .flat_map(|page| &page.items)
            .filter_map(|item| item.explicit.as_ref())
            .flat_map(|explicit| explicit.id.iter().chain(&explicit.was))
            .map(|stated| stated.text.as_str())
            .collect();
        // What an author says may concern the items of any page.
        let is_stated = |page: &LockedPage| {
            let known = |id: &ItemId| stated.contains(id.as_str());
            !stated.is_empty()
                && page.items.iter().any(|(id, item)| known(id) || item.aliases.iter().any(known))
        };
        let ids = lock.pages.values().flat_map(|page| page.items.keys());
        let mut settler = all_distinct(ids).then(Settler::default);
        for input in order {
            let page = &pages[input];
            // Two pages with one key are an error elsewhere; here the first continues.
            let former = former_at
                .get(&page.key)
                .copied()
                .filter(|&former| self.former_pages[former].present.is_none());
            let mut settled = None;
            if let Some(former) = former {
                let former = &mut self.former_pages[former];
                former.present = Some(self.pages.len());
                if !is_stated(former.page) {
                    settled = settler.as_mut().and_then(|it| it.settle(page, former.page));
                }
            }
            self.pages.push(Present { page, input, items: 0..0, former, settled });
        }
    }

    fn lay_formers(&mut self) {
        for page_at in 0..self.former_pages.len() {
            let start = self.places.len();
            let Former { page, present, .. } = self.former_pages[page_at];
            let settled = present.is_some_and(|at| self.pages[at].settled.is_some());
            for (id, item) in &page.items {
                // What is retired can be revived on any page.
                if settled && item.state == State::Living {
                    continue;
                }
                let place = self.places.len();
                let former = *self.by_id.entry(id).or_insert(self.formers.len());
                if former == self.formers.len() {
                    self.formers.push(FormerItem { id, place });
                } else {
                    let known = &mut self.formers[former];
                    self.scattered.entry(former).or_insert_with(|| vec![known.place]).push(place);
                    if item.state == State::Living
                        && self.places[known.place].item.state == State::Retired
                    {
                        known.place = place;
                    }
                }
                self.places.push(Place { former, page: page_at, item });
            }
            self.former_pages[page_at].places = start..self.places.len();
        }
        for place in &self.places {
            for alias in &place.item.aliases {
                self.by_id.entry(alias).or_insert(place.former);
            }
        }
        self.fates = vec![Fate::Free; self.formers.len()];
    }

    fn lay_present(&mut self) {
        for (at, present) in self.pages.iter_mut().enumerate() {
            let start = self.items.len();
            if present.settled.is_none() {
                self.items.extend(present.page.items.iter().map(|item| PresentItem {
                    item,
                    page: at,
                    family: Family::of(item.kind),
                }));
            }
            present.items = start..self.items.len();
        }
        self.claims = vec![Claim::default(); self.items.len()];
    }

    /// The former item that has this id or had it before.
    pub(super) fn former_with(&self, id: &ItemId) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Whether an id must not be minted: all that ever were, and all that the author states.
    pub(super) fn is_known(&self, id: &ItemId) -> bool {
        let all = self.every_id.get_or_init(|| {
            let items = self.lock.pages.values().flat_map(|page| &page.items);
            items.flat_map(|(id, item)| std::iter::once(id).chain(&item.aliases)).collect()
        });
        all.contains(id) || self.stated.contains(id)
    }

    /// The item as it was last seen.
    pub(super) fn last_seen(&self, former: usize) -> &'a LockedItem {
        self.places[self.formers[former].place].item
    }

    /// Everything that the lock says of an item that a merge left on several pages; nothing of
    /// others.
    pub(super) fn scattered(&self, former: usize) -> impl Iterator<Item = &Place<'a>> {
        self.scattered.get(&former).into_iter().flatten().map(|&place| &self.places[place])
    }

    /// The present page on which a former item stood, if the page still exists.
    pub(super) fn present_page_of(&self, former: usize) -> Option<usize> {
        self.former_pages[self.places[self.formers[former].place].page].present
    }

    /// Whether an item may still be matched by its text.
    pub(super) fn is_unmatched(&self, item: usize) -> bool {
        let claim = &self.claims[item];
        claim.former.is_none() && !claim.open && claim.merged_from.is_empty()
    }

    /// Whether a former item may still be matched.
    pub(super) fn is_free(&self, former: usize) -> bool {
        self.fates[former] == Fate::Free
    }

    /// Says that a present item continues a former one.
    pub(super) fn claim(&mut self, item: usize, former: usize) {
        debug_assert!(self.is_free(former) && self.claims[item].former.is_none());
        self.claims[item].former = Some(former);
        self.fates[former] = Fate::Taken(item);
    }
}
