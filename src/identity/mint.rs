//! Ids for items never seen before.
//!
//! Input: [`Ground`] after all matching. Output: an id for every present item. Responsibility:
//! that an id is never given twice, and is the same on every machine.
#![expect(clippy::disallowed_types, reason = "looked up, never walked: no order can leave it")]

use std::collections::{BTreeMap, HashSet};

use rayon::prelude::*;

use super::ground::{Ground, Present};
use crate::kind::PageKey;
use crate::lock::{Family, ItemId};

/// What an item is called, as far as that can be told without the other pages.
enum Name {
    Known(ItemId),
    New {
        /// Which one it is among the items of its page with its text, from 0.
        occurrence: u32,
        /// The id that it gets if nothing else has it.
        first: Option<ItemId>,
    },
}

/// Gives every present item its id: the stated one, that of the former item, or a minted one.
pub(super) fn ids(ground: &Ground) -> Vec<ItemId> {
    let names: Vec<Vec<Name>> = ground.pages.par_iter().map(|page| names(ground, page)).collect();
    let mut minted: HashSet<ItemId> = HashSet::new();
    let mut ids = Vec::with_capacity(ground.items.len());
    for (present, names) in ground.pages.iter().zip(names) {
        for (item, name) in present.items.clone().zip(names) {
            ids.push(match name {
                Name::Known(id) => id,
                Name::New { occurrence, first } => {
                    let taken = |id: &ItemId| ground.is_known(id) || minted.contains(id);
                    let id = first.filter(|id| !taken(id)).unwrap_or_else(|| {
                        let text = &ground.items[item].item.text;
                        first_free(&present.page.key, text, occurrence, taken)
                    });
                    minted.insert(id.clone());
                    id
                }
            });
        }
    }
    ids
}

fn names(ground: &Ground, present: &Present) -> Vec<Name> {
    let mut occurrences = None;
    let name = |item: usize| {
        let claim = &ground.claims[item];
        let former = || claim.former.map(|former| ground.formers[former].id.clone());
        if let Some(known) = claim.stated.clone().or_else(former) {
            return Name::Known(known);
        }
        let occurrences =
            occurrences.get_or_insert_with(|| occurrences_of(ground, present.items.clone()));
        let occurrence = occurrences[item - present.items.start] - 1;
        let text = &ground.items[item].item.text;
        Name::New { occurrence, first: ItemId::mint(&present.page.key, text, occurrence, 0) }
    };
    present.items.clone().map(name).collect()
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
