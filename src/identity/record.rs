//! The outcome of matching, and the lock for the next build.
//!
//! Input: [`Ground`] after all matching, and every present item's id. Output: [`Identity`].
//! Responsibility: that whatever was in the lock is in the next one, living or retired.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::anchors;
use super::ground::{Fate, Ground, Place};
use super::likeness::is_respelt;
use super::mint::{ids, occurrences_of};
use super::outcome::{
    Changes, Depth, Identity, ItemIdentity, Move, PageIdentity, RetiredItem, Rewording,
};
use super::pages::{FormerUrls, former_urls};
use super::settled::Known;
use super::words::{Words, wording};
use crate::diagnostic::Diagnostic;
use crate::kind::PageKey;
use crate::lock::{ItemId, Lock, LockedHeading, LockedItem, LockedPage, State};

/// Draws up what matching found.
pub(super) fn record(ground: &Ground, diagnostics: Vec<Diagnostic>) -> Identity {
    let ids = ids(ground);
    let mut recorder = Recorder {
        ground,
        ids: &ids,
        lock: Lock::default(),
        changes: Changes::default(),
        pages: vec![None; ground.pages.len()],
    };
    recorder.keep_gone_pages();
    let urls = former_urls(ground);
    for (at, urls) in urls.into_iter().enumerate() {
        recorder.record_page(at, urls);
    }
    recorder.record_formers();
    recorder.finish(diagnostics)
}

struct Recorder<'a, 'g> {
    ground: &'g Ground<'a>,
    /// The id of each present item.
    ids: &'g [ItemId],
    lock: Lock,
    changes: Changes,
    /// In the order of the input.
    pages: Vec<Option<PageIdentity>>,
}

impl Recorder<'_, '_> {
    /// A page that is gone stays in the lock without items, should it come back.
    fn keep_gone_pages(&mut self) {
        for former in &self.ground.former_pages {
            if former.present.is_none() {
                let page = LockedPage {
                    title: former.page.title.clone(),
                    url: former.page.url.clone(),
                    former_urls: former.page.former_urls.clone(),
                    headings: former.page.headings.clone(),
                    items: BTreeMap::new(),
                };
                self.lock.pages.insert(former.key.clone(), Arc::new(page));
            }
        }
    }

    /// The lock takes an unchanged page over as it is.
    fn record_settled(&mut self, at: usize, known: &[Known], urls: FormerUrls) {
        let ground = self.ground;
        let present = &ground.pages[at];
        let Some(page) = ground.lock.pages.get(&present.page.key) else { return };
        self.changes.kept += known.len();
        self.pages[present.input] = Some(PageIdentity {
            items: known.iter().map(|(id, item)| item_identity(id, item)).collect(),
            former_anchors: former_anchors(&page.headings),
            former_urls: urls.redirects.into_iter().collect(),
        });
        self.lock.pages.insert(present.page.key.clone(), Arc::clone(page));
    }

    fn record_page(&mut self, at: usize, urls: FormerUrls) {
        let ground = self.ground;
        let present = &ground.pages[at];
        if let Some(known) = &present.settled {
            return self.record_settled(at, known, urls);
        }
        let former = present.former.map(|former| &ground.former_pages[former]);
        if let Some(former) = former
            && *former.key != present.page.key
        {
            self.changes.renamed_pages.push((former.key.clone(), present.page.key.clone()));
        }
        let before = former.map_or(&[][..], |former| &former.page.headings);
        let headings = anchors::follow(before, &present.page.anchors);
        let occurrences = occurrences_of(ground, present.items.clone());
        let mut items = Vec::with_capacity(present.items.len());
        let mut locked_items = Vec::with_capacity(present.items.len());
        for (item, occurrence) in present.items.clone().zip(occurrences) {
            let locked = LockedItem { occurrence, ..self.record_item(item) };
            items.push(item_identity(&self.ids[item], &locked));
            // Of an undecided item nothing is known that a later build could rely on.
            if !ground.claims[item].open {
                locked_items.push((self.ids[item].clone(), locked));
            }
        }
        locked_items.sort_by(|one, other| one.0.cmp(&other.0));
        let page = Arc::make_mut(self.lock.pages.entry(present.page.key.clone()).or_default());
        page.title.clone_from(&present.page.title);
        page.url.clone_from(&present.page.url);
        page.former_urls = urls.locked;
        let former_anchors = former_anchors(&headings);
        page.headings = headings;
        page.items.extend(locked_items);
        self.pages[present.input] = Some(PageIdentity {
            items,
            former_anchors,
            former_urls: urls.redirects.into_iter().collect(),
        });
    }

    /// The item for the next lock, and what changed about it.
    fn record_item(&mut self, item: usize) -> LockedItem {
        let ground = self.ground;
        let claim = &ground.claims[item];
        let id = &self.ids[item];
        let present = &ground.items[item];
        let text = &present.item.text;
        let Some(former) = claim.former else {
            return self.record_new(item);
        };
        let before = ground.last_seen(former);
        let former_id = ground.formers[former].id;
        // Sharing the text keeps the lock of an unchanged curriculum cheap.
        let known = before.texts().find(|known| ***known == **text);
        let mut locked = LockedItem {
            family: present.family,
            state: State::Living,
            text: known.map_or_else(|| Arc::from(text.as_str()), Arc::clone),
            variants: Vec::new(),
            occurrence: 1,
            replaced_by: BTreeSet::new(),
            split_from: before.split_from.clone(),
            aliases: before.aliases.clone(),
            wording: before.wording,
        };
        let mut kept = true;
        for place in ground.scattered(former) {
            locked.aliases.extend(place.item.aliases.iter().cloned());
        }
        for &absorbed in &claim.absorbed {
            locked.aliases.insert(ground.formers[absorbed].id.clone());
            locked.aliases.extend(ground.last_seen(absorbed).aliases.iter().cloned());
            kept = false;
        }
        locked.aliases.extend(claim.aliases.iter().cloned());
        if former_id != id {
            locked.aliases.insert(former_id.clone());
            self.changes.renamed.push((former_id.clone(), id.clone()));
            kept = false;
        }
        locked.aliases.remove(id);
        if known.is_none() {
            let empty = BTreeSet::new();
            let (one, other) = (Words::read(&before.text, &empty), Words::read(text, &empty));
            let depth = if is_respelt(&one, &other) { Depth::Spelling } else { Depth::Words };
            let (was, is) = (wording(&before.text), wording(text));
            let announced = before.wording.unwrap_or(was);
            locked.wording = (depth == Depth::Spelling && announced != is).then_some(announced);
            self.changes.reworded.push(Rewording {
                id: id.clone(),
                before: Arc::clone(&before.text),
                after: Arc::clone(&locked.text),
                depth,
            });
            kept = false;
        }
        let to = &ground.pages[present.page].page.key;
        if ground.present_page_of(former) != Some(present.page) && before.state == State::Living {
            let from = ground.former_pages[ground.places[ground.formers[former].place].page].key;
            // After a merge an item can stand on two pages of the lock; either is where it was.
            let stood_here = ground
                .scattered(former)
                .any(|place| ground.former_pages[place.page].present == Some(present.page));
            if !stood_here {
                self.changes.moved.push(Move {
                    id: id.clone(),
                    from: from.clone(),
                    to: to.clone(),
                });
                kept = false;
            }
        }
        if before.state == State::Retired {
            self.changes.revived.push(id.clone());
            kept = false;
        }
        self.changes.kept += usize::from(kept);
        locked
    }

    fn record_new(&mut self, item: usize) -> LockedItem {
        let ground = self.ground;
        let claim = &ground.claims[item];
        let mut locked =
            LockedItem::new(ground.items[item].family, ground.items[item].item.text.as_str());
        locked.aliases.extend(claim.aliases.iter().cloned());
        // Of a whole that is gone its own line says what became of it.
        locked.split_from = claim.split_from.and_then(|former| match ground.fates[former] {
            Fate::Taken(keeper) => Some(self.ids[keeper].clone()),
            _ => None,
        });
        if !claim.open {
            self.changes.new.push(self.ids[item].clone());
        }
        if !claim.merged_from.is_empty() {
            let formers = claim.merged_from.iter();
            let formers = formers.map(|&former| ground.formers[former].id.clone()).collect();
            self.changes.merged.push((self.ids[item].clone(), formers));
        }
        locked
    }

    /// Keeps every former item that is not among the living.
    fn record_formers(&mut self) {
        let ground = self.ground;
        let mut replaced_by: BTreeMap<usize, BTreeSet<ItemId>> = BTreeMap::new();
        for (item, claim) in ground.claims.iter().enumerate() {
            let origins = claim.merged_from.iter().chain(&claim.split_from);
            for &former in origins.filter(|_| claim.former.is_none()) {
                replaced_by.entry(former).or_default().insert(self.ids[item].clone());
            }
        }
        let absorbed: BTreeSet<usize> =
            ground.claims.iter().flat_map(|claim| claim.absorbed.iter().copied()).collect();
        let mut split: BTreeMap<ItemId, Vec<ItemId>> = BTreeMap::new();
        for (&former, parts) in &replaced_by {
            let merged = matches!(ground.fates[former], Fate::Taken(item)
                if ground.claims[item].merged_from.contains(&former));
            if !merged {
                let whole = match ground.fates[former] {
                    Fate::Taken(item) => &self.ids[item],
                    _ => ground.formers[former].id,
                };
                split.entry(whole.clone()).or_default().extend(parts.iter().cloned());
            }
        }
        self.changes.split.extend(split);
        for (former, fate) in ground.fates.iter().enumerate() {
            let lives_on = match *fate {
                Fate::Taken(item) => ground.claims[item].former == Some(former),
                Fate::Free | Fate::Open => false,
            };
            let place = &ground.places[ground.formers[former].place];
            let elsewhere = lives_on || absorbed.contains(&former);
            if elsewhere && self.is_settled(place) {
                // It was revived on another page; the section is no longer as it was.
                if let Some(page) = self.lock.pages.get_mut(ground.former_pages[place.page].key) {
                    Arc::make_mut(page).items.remove(ground.formers[former].id);
                }
            }
            if !elsewhere {
                let parts = replaced_by.remove(&former).unwrap_or_default();
                self.retire(former, *fate, parts);
            }
        }
    }

    /// Whether a former item stood on a page on which nothing changed.
    fn is_settled(&self, place: &Place) -> bool {
        let present = self.ground.former_pages[place.page].present;
        present.is_some_and(|at| self.ground.pages[at].settled.is_some())
    }

    fn retire(&mut self, former: usize, fate: Fate, replaced_by: BTreeSet<ItemId>) {
        let ground = self.ground;
        let place = &ground.places[ground.formers[former].place];
        let id = ground.formers[former].id;
        if self.is_settled(place) {
            // It is retired in the section already.
            return;
        }
        let mut locked = place.item.clone();
        if fate != Fate::Open {
            if locked.state == State::Living {
                self.changes.retired.push(id.clone());
            }
            locked.state = State::Retired;
            locked.variants.clear();
            locked.wording = None;
        }
        for other in ground.scattered(former) {
            locked.aliases.extend(other.item.aliases.iter().cloned());
            locked.replaced_by.extend(other.item.replaced_by.iter().cloned());
        }
        locked.replaced_by.extend(replaced_by);
        let former_page = &ground.former_pages[place.page];
        let key: &PageKey =
            former_page.present.map_or(former_page.key, |at| &ground.pages[at].page.key);
        let page = Arc::make_mut(self.lock.pages.entry(key.clone()).or_default());
        page.items.insert(id.clone(), locked);
    }

    fn finish(mut self, mut diagnostics: Vec<Diagnostic>) -> Identity {
        let mut names: BTreeMap<&ItemId, &ItemId> = BTreeMap::new();
        for page in self.lock.pages.values() {
            for (id, item) in &page.items {
                names.extend(item.aliases.iter().map(|alias| (alias, id)));
            }
        }
        let mut retired: Vec<RetiredItem> = self
            .lock
            .pages
            .values()
            .flat_map(|page| &page.items)
            .filter(|(_, item)| item.state == State::Retired)
            .map(|(id, item)| RetiredItem {
                id: id.clone(),
                text: Arc::clone(&item.text),
                replaced_by: item
                    .replaced_by
                    .iter()
                    .map(|part| (*names.get(part).unwrap_or(&part)).clone())
                    .collect(),
            })
            .collect();
        retired.sort_by(|one, other| one.id.cmp(&other.id));
        self.changes.retired.sort_unstable();
        crate::diagnostic::settle(&mut diagnostics);
        Identity {
            pages: self
                .pages
                .into_iter()
                .map(|page| page.expect("every page of the input was recorded"))
                .collect(),
            lock: self.lock,
            changes: self.changes,
            diagnostics,
            retired,
        }
    }
}

fn item_identity(id: &ItemId, item: &LockedItem) -> ItemIdentity {
    ItemIdentity {
        id: id.clone(),
        aliases: item.aliases.iter().cloned().collect(),
        split_from: item.split_from.clone(),
        known_wording: item.wording,
    }
}

fn former_anchors(headings: &[LockedHeading]) -> Vec<(String, String)> {
    let mut anchors: Vec<(String, String)> = headings
        .iter()
        .flat_map(|heading| {
            heading.formers.iter().map(|former| (former.clone(), heading.anchor.clone()))
        })
        .collect();
    anchors.sort_unstable();
    anchors
}
