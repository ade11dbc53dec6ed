//! Pages on which nothing changed.
//!
//! Input: a present page and its section of the lock. Output: what the lock knows of its items, if
//! the section would be written again as it is. Responsibility: the cost of an unchanged page, which is that
//! of reading each text once.

use super::anchors;
use super::observed::ObservedPage;
use crate::lock::{Family, ItemId, LockedItem, LockedPage, State};

/// Compares pages with their sections; keeps its memory from one to the next.
#[derive(Default)]
pub(super) struct Settler<'a> {
    present: Vec<(u64, usize)>,
    former: Vec<(u64, u32, Known<'a>)>,
    known: Vec<Option<Known<'a>>>,
}

/// An item of the lock and its id.
pub(super) type Known<'a> = (&'a ItemId, &'a LockedItem);

impl<'a> Settler<'a> {
    /// The page's items in the lock, in order of the page, if nothing at all changed.
    pub(super) fn settle(
        &mut self,
        page: &ObservedPage,
        former: &'a LockedPage,
    ) -> Option<Vec<Known<'a>>> {
        let anchors = former.headings.iter().map(|heading| &heading.anchor);
        let same = page.title == former.title
            && page.url == former.url
            && !former.former_urls.contains(&page.url)
            && page.anchors.iter().eq(anchors)
            && page.items.iter().all(|item| item.explicit.is_none());
        if !same {
            return None;
        }
        // A lock that a merge left behind may be in another form than the next one.
        let formers = former.headings.iter().any(|heading| !heading.formers.is_empty());
        if formers && anchors::follow(&former.headings, &page.anchors) != former.headings {
            return None;
        }
        self.former.clear();
        for (id, item) in &former.items {
            if !item.variants.is_empty() {
                return None;
            }
            if item.state == State::Living {
                if !item.replaced_by.is_empty() || item.aliases.contains(id) {
                    return None;
                }
                self.former.push((mixed(&item.text), item.occurrence, (id, item)));
            }
        }
        if self.former.len() != page.items.len() {
            return None;
        }
        self.former.sort_unstable_by_key(|&(hash, occurrence, _)| (hash, occurrence));
        self.present.clear();
        let hashes = page.items.iter().enumerate().map(|(at, item)| (mixed(&item.text), at));
        self.present.extend(hashes);
        self.present.sort_unstable();
        self.known.clear();
        self.known.resize(page.items.len(), None);
        let (mut last, mut occurrence) = (None, 0);
        for (&(hash, at), &(former_hash, number, known)) in self.present.iter().zip(&self.former) {
            occurrence = if last == Some(hash) { occurrence + 1 } else { 1 };
            last = Some(hash);
            let item = &page.items[at];
            let equal = hash == former_hash
                && number == occurrence
                && *item.text == *known.1.text
                && Family::of(item.kind) == known.1.family;
            if !equal {
                return None;
            }
            self.known[at] = Some(known);
        }
        self.known.iter().copied().collect()
    }
}

/// Whether no id stands in two sections, as only a merge leaves it.
pub(super) fn all_distinct<'a>(ids: impl Iterator<Item = &'a ItemId>) -> bool {
    let mut seen: Vec<u64> = ids.map(|id| mixed(id.as_str())).collect();
    seen.sort_unstable();
    // Two ids of one hash are taken for one: then everything is compared, which is only slower.
    seen.windows(2).all(|pair| pair[0] != pair[1])
}

/// A quick hash. Texts are compared where hashes are equal, so nothing but speed rests on it.
fn mixed(text: &str) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut hash = text.len() as u64;
    let mut chunks = text.as_bytes().chunks_exact(8);
    for chunk in &mut chunks {
        let bits = u64::from_le_bytes(chunk.try_into().expect("chunks have eight bytes"));
        hash = (hash.rotate_left(23) ^ bits).wrapping_mul(FACTOR);
    }
    for &byte in chunks.remainder() {
        hash = (hash.rotate_left(23) ^ u64::from(byte)).wrapping_mul(FACTOR);
    }
    hash ^ (hash >> 29)
}
