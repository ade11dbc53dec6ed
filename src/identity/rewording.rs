//! Items whose text changed.
//!
//! Input: [`Ground`] after everything exact. Output: claims of reworded items; splits, merges; an
//! error where it cannot be decided. Responsibility: within one page, which unmatched former item
//! is which unmatched present one.

use std::collections::{BTreeMap, BTreeSet};

use super::assign::{Edge, assign};
use super::ground::Ground;
use super::likeness::{Likeness, Surroundings, likeness};
use super::parts::{Parts, claim_splits, claim_unions, record_split_off};
use super::words::{Words, lower_case_words};
use crate::diagnostic::Diagnostic;
use crate::lock::{Family, State};

/// Sides up to which every pair is compared. Above, only pairs with a rare word in common are, so
/// that the work grows with the number of items and not with its square. As many of each side are
/// looked at as neighbours.
const MAX_DENSE: usize = 300;
/// A word that more items have is not rare.
const MAX_POSTINGS: usize = 8;
/// Candidates for one item among more than [`MAX_DENSE`].
const MAX_CANDIDATES: usize = 32;

/// An unmatched item and its words.
pub(super) struct Side {
    /// In the table of former or present items.
    pub(super) item: usize,
    pub(super) family: Family,
    pub(super) words: Words,
    /// Other texts of the same id, after a merge.
    variants: Vec<Words>,
}

/// Claims the reworded items of every page.
pub(super) fn claim_reworded(ground: &mut Ground, diagnostics: &mut Vec<Diagnostic>) {
    for page in 0..ground.pages.len() {
        reword_page(ground, page, diagnostics);
    }
}

fn reword_page(ground: &mut Ground, page: usize, diagnostics: &mut Vec<Diagnostic>) {
    let Some((before, after, around)) = unmatched(ground, page) else {
        return;
    };
    let mut edges = equal_but_for_spelling(&before, &after);
    let (rows, columns): (BTreeSet<usize>, BTreeSet<usize>) =
        edges.iter().map(|edge| (edge.row, edge.column)).unzip();
    for (row, column) in candidates(&before, &after) {
        if rows.contains(&row) || columns.contains(&column) {
            continue;
        }
        let (one, other) = (&before[row], &after[column]);
        if one.family != other.family {
            continue;
        }
        let value = std::iter::once(&one.words)
            .chain(&one.variants)
            .filter_map(|words| match likeness(words, &other.words, &around) {
                Likeness::Close(value) => Some(value),
                Likeness::Apart => None,
            })
            .max();
        edges.extend(value.map(|value| Edge { row, column, value }));
    }
    let parts = Parts::new(&before, &after, edges);
    let united = claim_unions(ground, &parts);
    let open: Vec<Edge> =
        parts.edges.iter().filter(|edge| !united.touches(edge)).copied().collect();
    let assignment = assign(open);
    for &(row, column) in &assignment.pairs {
        ground.claim(after[column].item, before[row].item);
    }
    record_split_off(ground, &parts, &assignment.pairs);
    let open = claim_splits(ground, &parts, assignment.open);
    super::ambiguity::report(ground, &parts, &open, diagnostics);
}

/// The unmatched items of a page, former and present, and what surrounds them.
fn unmatched(ground: &Ground, page: usize) -> Option<(Vec<Side>, Vec<Side>, Surroundings)> {
    let present = &ground.pages[page];
    let former = &ground.former_pages[present.former?];
    let after: Vec<usize> = present
        .items
        .clone()
        .filter(|&at| {
            ground.is_unmatched(at)
                && !ground.claims[at].fresh
                && ground.items[at].family != Family::Project
        })
        .collect();
    let living = |place: &&super::ground::Place| {
        place.item.state == State::Living && place.item.family != Family::Project
    };
    let before: Vec<&super::ground::Place> = ground.places[former.places.clone()]
        .iter()
        .filter(living)
        .filter(|place| ground.is_free(place.former))
        .collect();
    if after.is_empty() || before.is_empty() {
        return None;
    }
    let mut common = BTreeSet::new();
    for at in present.items.clone() {
        lower_case_words(&ground.items[at].item.text, &mut common);
    }
    for place in &before {
        lower_case_words(&place.item.text, &mut common);
    }
    let read = |text: &str| Words::read(text, &common);
    let before: Vec<Side> = before
        .into_iter()
        .map(|place| Side {
            item: place.former,
            family: place.item.family,
            words: read(&place.item.text),
            variants: place.item.variants.iter().map(|text| read(text)).collect(),
        })
        .collect();
    let siblings: Vec<Words> =
        present.items.clone().map(|at| read(&ground.items[at].item.text)).collect();
    let after: Vec<Side> = after
        .into_iter()
        .map(|item| Side {
            item,
            family: ground.items[item].family,
            words: siblings[item - present.items.start].clone(),
            variants: Vec::new(),
        })
        .collect();
    let mut around = Surroundings {
        common_before: common_words(&before),
        common_after: common_words(&after),
        telling_links: BTreeSet::new(),
        siblings,
    };
    let former_links = ground.places[former.places.clone()]
        .iter()
        .filter(living)
        .flat_map(|place| super::inline::Inline::read(&place.item.text).links);
    let present_links = around.siblings.iter().flat_map(|words| words.links.iter().cloned());
    let once = found_once(present_links);
    around.telling_links = found_once(former_links).intersection(&once).cloned().collect();
    around.siblings.truncate(MAX_DENSE);
    around.siblings.extend(before.iter().take(MAX_DENSE).map(|side| side.words.clone()));
    Some((before, after, around))
}

/// Words that at least half of the items have, and at least three.
fn common_words(sides: &[Side]) -> BTreeSet<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for side in sides {
        let keys: BTreeSet<&str> = side.words.list.iter().map(|word| word.key.as_str()).collect();
        for key in keys {
            *counts.entry(key).or_default() += 1;
        }
    }
    let least = sides.len().div_ceil(2).max(3);
    counts.into_iter().filter(|&(_, count)| count >= least).map(|(key, _)| key.to_owned()).collect()
}

fn found_once(links: impl Iterator<Item = String>) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for link in links {
        *counts.entry(link).or_default() += 1;
    }
    counts.into_iter().filter(|&(_, count)| count == 1).map(|(link, _)| link).collect()
}

/// Pairs that differ in case, punctuation and markup alone, if both are unique. They need no
/// comparing, which keeps a page reformatted as a whole fast.
fn equal_but_for_spelling(before: &[Side], after: &[Side]) -> Vec<Edge> {
    type Key<'a> = (Family, String, &'a BTreeSet<String>);
    fn key(side: &Side) -> Key<'_> {
        (side.family, side.words.normalised(), &side.words.links)
    }
    let mut by_key: BTreeMap<Key, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (row, side) in before.iter().enumerate() {
        by_key.entry(key(side)).or_default().0.push(row);
    }
    for (column, side) in after.iter().enumerate() {
        by_key.entry(key(side)).or_default().1.push(column);
    }
    by_key
        .into_iter()
        .filter(|((_, text, links), _)| !text.is_empty() || !links.is_empty())
        .filter_map(|(_, sides)| match (&sides.0[..], &sides.1[..]) {
            (&[row], &[column]) => Some(Edge { row, column, value: super::likeness::FULL }),
            _ => None,
        })
        .collect()
}

/// The pairs worth comparing.
fn candidates(before: &[Side], after: &[Side]) -> Vec<(usize, usize)> {
    if before.len() <= MAX_DENSE && after.len() <= MAX_DENSE {
        let columns = 0..after.len();
        return (0..before.len())
            .flat_map(|row| columns.clone().map(move |at| (row, at)))
            .collect();
    }
    let mut columns_of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (column, side) in after.iter().enumerate() {
        for sign in signs(&side.words) {
            columns_of.entry(sign).or_default().push(column);
        }
    }
    let mut pairs = Vec::new();
    for (row, side) in before.iter().enumerate() {
        let mut found: BTreeMap<usize, usize> = BTreeMap::new();
        for sign in signs(&side.words) {
            let columns = columns_of.get(sign).map_or(&[][..], Vec::as_slice);
            if columns.len() <= MAX_POSTINGS {
                for &column in columns {
                    *found.entry(column).or_default() += 1;
                }
            }
        }
        let mut found: Vec<(usize, usize)> = found.into_iter().collect();
        found.sort_by_key(|&(column, count)| (std::cmp::Reverse(count), column));
        pairs.extend(found.into_iter().take(MAX_CANDIDATES).map(|(column, _)| (row, column)));
    }
    pairs
}

/// What pairs are found by: the words of content, in the form that all their forms share, and
/// links.
fn signs(words: &Words) -> BTreeSet<&str> {
    let content = words.list.iter().filter(|word| word.role.is_content());
    content.map(super::words::Word::stem).chain(words.links.iter().map(String::as_str)).collect()
}
