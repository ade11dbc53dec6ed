//! Ids for items never seen before.
//!
//! Input: [`Ground`] after all matching. Output: an id for every present item. Responsibility:
//! that an id is never given twice, and is the same on every machine.

use std::collections::{BTreeMap, BTreeSet};

use super::ground::Ground;
use crate::kind::PageKey;
use crate::lock::{Family, ItemId};

/// Gives every present item its id: the stated one, that of the former item, or a minted one.
pub(super) fn ids(ground: &Ground) -> Vec<ItemId> {
    let mut minted: BTreeSet<ItemId> = BTreeSet::new();
    let mut ids = Vec::with_capacity(ground.items.len());
    for present in &ground.pages {
        let mut occurrences = None;
        for item in present.items.clone() {
            let claim = &ground.claims[item];
            let known = claim
                .stated
                .clone()
                .or_else(|| claim.former.map(|former| ground.formers[former].id.clone()));
            ids.push(known.unwrap_or_else(|| {
                let occurrences = occurrences
                    .get_or_insert_with(|| occurrences_of(ground, present.items.clone()));
                let occurrence = occurrences[item - present.items.start] - 1;
                let text = &ground.items[item].item.text;
                let taken = |id: &ItemId| ground.is_known(id) || minted.contains(id);
                let id = first_free(&present.page.key, text, occurrence, taken);
                minted.insert(id.clone());
                id
            }));
        }
    }
    ids
}

/// An id that this item could be given as a new one.
pub(super) fn free_id(ground: &Ground, item: usize) -> ItemId {
    let present = &ground.pages[ground.items[item].page];
    let text = &ground.items[item].item.text;
    let like = |at: &usize| {
        let other = &ground.items[*at];
        other.family == ground.items[item].family && other.item.text == *text
    };
    let before = (present.items.start..item).filter(like).count();
    let occurrence = u32::try_from(before).unwrap_or(u32::MAX);
    first_free(&present.page.key, text, occurrence, |id| ground.is_known(id))
}

/// Which one each of these items is among those with its text, from 1.
pub(super) fn occurrences_of(ground: &Ground, items: std::ops::Range<usize>) -> Vec<u32> {
    let mut counts: BTreeMap<(Family, &str), u32> = BTreeMap::new();
    items
        .map(|at| {
            let item = &ground.items[at];
            let count = counts.entry((item.family, item.item.text.as_str())).or_default();
            *count += 1;
            *count
        })
        .collect()
}

fn first_free(
    page: &PageKey,
    text: &str,
    occurrence: u32,
    taken: impl Fn(&ItemId) -> bool,
) -> ItemId {
    (0..=u32::MAX)
        .filter_map(|round| ItemId::mint(page, text, occurrence, round))
        .find(|id| !taken(id))
        .expect("there are more ids than any curriculum has items")
}
