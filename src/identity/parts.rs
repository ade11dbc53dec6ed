//! Items that were split, and items that were merged.
//!
//! Input: the possible pairs of one page. Output: merges before pairs are chosen, splits after.
//! Responsibility: seeing the parts of a whole, so that nobody's tick is given to more than was
//! done.
//!
//! Parts of a whole are either pieces that together make it up («A и B» of «A», «B») or special
//! cases that each hold all of it («Implementation» of «Implementation (C)», «(Python)»).

use std::collections::{BTreeMap, BTreeSet};

use super::assign::{Edge, MARGIN};
use super::ground::{Fate, Ground};
use super::likeness::{FULL, contained, covered};
use super::rewording::Side;
use super::words::Words;

/// Least share of a piece that is found in its whole.
const LEAST_PIECE: i64 = 850;
/// Least share of a whole that its pieces make up together.
const LEAST_COVER: i64 = 750;
/// Parts of one whole; more are no split.
const MAX_PARTS: usize = 12;

/// The possible pairs of one page.
pub(super) struct Parts<'a> {
    pub(super) before: &'a [Side],
    pub(super) after: &'a [Side],
    pub(super) edges: Vec<Edge>,
}

/// Rows and columns that are spoken for.
#[derive(Default)]
pub(super) struct Spent {
    rows: BTreeSet<usize>,
    columns: BTreeSet<usize>,
}

impl Spent {
    /// Whether a pair has a side that is spoken for.
    pub(super) fn touches(&self, edge: &Edge) -> bool {
        self.rows.contains(&edge.row) || self.columns.contains(&edge.column)
    }
}

impl<'a> Parts<'a> {
    pub(super) fn new(before: &'a [Side], after: &'a [Side], mut edges: Vec<Edge>) -> Self {
        edges.sort_unstable();
        Self { before, after, edges }
    }

    fn former(&self, edge: &Edge) -> &'a Words {
        &self.before[edge.row].words
    }

    fn present(&self, edge: &Edge) -> &'a Words {
        &self.after[edge.column].words
    }
}

/// Finds items that are made of several former ones, and retires those in their favour.
pub(super) fn claim_merges(ground: &mut Ground, parts: &Parts) -> Spent {
    let mut best: BTreeMap<usize, i64> = BTreeMap::new();
    for edge in &parts.edges {
        let value = best.entry(edge.row).or_default();
        *value = edge.value.max(*value);
    }
    let mut spent = Spent::default();
    for (column, edges) in by(&parts.edges, |edge| edge.column) {
        let pieces: Vec<&Edge> = edges
            .into_iter()
            .filter(|edge| {
                !spent.touches(edge)
                    && best.get(&edge.row) == Some(&edge.value)
                    && contained(parts.former(edge), parts.present(edge)) >= LEAST_PIECE
            })
            .collect();
        let whole = &parts.after[column];
        let words: Vec<&Words> = pieces.iter().map(|edge| parts.former(edge)).collect();
        let making = make_up(&whole.words, &words);
        if making.len() < 2 {
            continue;
        }
        let rows: Vec<usize> = making.into_iter().map(|at| pieces[at].row).collect();
        merge(ground, whole.item, rows.iter().map(|&row| parts.before[row].item));
        spent.columns.insert(column);
        spent.rows.extend(rows);
    }
    spent
}

/// Records which new items are parts of former ones that go on as another part.
pub(super) fn record_split_off(ground: &mut Ground, parts: &Parts, pairs: &[(usize, usize)]) {
    let keepers: BTreeMap<usize, usize> = pairs.iter().copied().collect();
    let mut origins: BTreeMap<usize, (i64, usize)> = BTreeMap::new();
    for edge in &parts.edges {
        let Some(&keeper) = keepers.get(&edge.row) else {
            continue;
        };
        if !ground.is_unmatched(parts.after[edge.column].item) {
            continue;
        }
        let (whole, part) = (parts.former(edge), parts.present(edge));
        let kept = &parts.after[keeper].words;
        let is_part = if contained(whole, part) >= FULL {
            // One special case among others; but a mere addition where the whole stayed whole.
            contained(whole, kept) >= FULL && contained(kept, whole) < FULL
        } else if contained(part, whole) >= LEAST_PIECE {
            let left = content_places(whole, part);
            left.difference(&content_places(whole, kept)).next().is_some()
        } else {
            false
        };
        if is_part {
            let origin = origins.entry(edge.column).or_insert((0, edge.row));
            if edge.value > origin.0 {
                *origin = (edge.value, edge.row);
            }
        }
    }
    for (column, (_, row)) in origins {
        ground.claims[parts.after[column].item].split_from = Some(parts.before[row].item);
    }
}

/// Finds, among what could not be decided, former items of which no part is clearly the closest,
/// and former items that became one more general. Returns what is still undecided.
pub(super) fn claim_splits(ground: &mut Ground, parts: &Parts, open: Vec<Edge>) -> Vec<Edge> {
    let mut spent = Spent::default();
    let by_column = by(&open, |edge| edge.column);
    let by_row = by(&open, |edge| edge.row);
    for (&row, edges) in &by_row {
        let whole = &parts.before[row];
        let special: Vec<&Edge> = edges
            .iter()
            .filter(|edge| contained(&whole.words, parts.present(edge)) >= FULL)
            .copied()
            .collect();
        let pieces: Vec<&Edge> = edges
            .iter()
            .filter(|edge| contained(parts.present(edge), &whole.words) >= LEAST_PIECE)
            .copied()
            .collect();
        let words: Vec<&Words> = pieces.iter().map(|edge| parts.present(edge)).collect();
        let making = make_up(&whole.words, &words);
        let found: Vec<&Edge> = if making.len() >= 2 {
            making.into_iter().map(|at| pieces[at]).collect()
        } else {
            special
        };
        let best = edges.iter().map(|edge| edge.value).max().unwrap_or_default();
        let complete =
            edges.iter().filter(|edge| edge.value > best - MARGIN).all(|edge| found.contains(edge));
        // Another former item that one of the parts could be makes it a guess again.
        let unrivalled = found.iter().all(|edge| {
            let rivals = by_column.get(&edge.column).map_or(&[][..], Vec::as_slice);
            rivals.iter().all(|rival| rival.row == row || rival.value <= edge.value - MARGIN)
        });
        if (2..=MAX_PARTS).contains(&found.len()) && complete && unrivalled {
            for edge in found {
                ground.claims[parts.after[edge.column].item].split_from = Some(whole.item);
                spent.columns.insert(edge.column);
            }
            spent.rows.insert(row);
        }
    }
    for (&column, edges) in &by_column {
        let whole = &parts.after[column];
        let general = edges.iter().all(|edge| {
            !spent.touches(edge) && contained(&whole.words, parts.former(edge)) >= FULL
        });
        // A former item that could be something else too is not known to have come to this.
        let only = edges.iter().all(|edge| by_row.get(&edge.row).is_some_and(|row| row.len() == 1));
        if (2..=MAX_PARTS).contains(&edges.len()) && general && only {
            merge(ground, whole.item, edges.iter().map(|edge| parts.before[edge.row].item));
            spent.columns.insert(column);
            spent.rows.extend(edges.iter().map(|edge| edge.row));
        }
    }
    open.into_iter().filter(|edge| !spent.touches(edge)).collect()
}

fn merge(ground: &mut Ground, item: usize, formers: impl Iterator<Item = usize>) {
    let formers: Vec<usize> = formers.collect();
    for &former in &formers {
        ground.fates[former] = Fate::Taken(item);
    }
    ground.claims[item].merged_from = formers;
}

fn by(edges: &[Edge], side: impl Fn(&Edge) -> usize) -> BTreeMap<usize, Vec<&Edge>> {
    let mut groups: BTreeMap<usize, Vec<&Edge>> = BTreeMap::new();
    for edge in edges {
        groups.entry(side(edge)).or_default().push(edge);
    }
    groups
}

/// Those pieces that make up the whole together, each with something that no other has; none if
/// they do not.
fn make_up(whole: &Words, pieces: &[&Words]) -> Vec<usize> {
    if pieces.len() < 2 || pieces.len() > MAX_PARTS {
        return Vec::new();
    }
    let places: Vec<BTreeSet<usize>> =
        pieces.iter().map(|piece| content_places(whole, piece)).collect();
    let mut chosen: Vec<usize> = (0..pieces.len()).collect();
    // The smallest first, since a larger one may hold all of it.
    let mut order = chosen.clone();
    order.sort_by_key(|&at| (places[at].len(), at));
    for at in order {
        let others: BTreeSet<usize> = chosen
            .iter()
            .filter(|&&other| other != at)
            .flat_map(|&other| places[other].iter().copied())
            .collect();
        if places[at].is_subset(&others) {
            chosen.retain(|&other| other != at);
        }
    }
    let weight = |place: usize| whole.list[place].role.weight();
    let content = |&place: &usize| whole.list[place].role.is_content();
    let total: i64 = (0..whole.list.len()).filter(content).map(weight).sum();
    let made: BTreeSet<usize> = chosen.iter().flat_map(|&at| places[at].iter().copied()).collect();
    let made: i64 = made.into_iter().map(weight).sum();
    if total > 0 && made * FULL / total >= LEAST_COVER { chosen } else { Vec::new() }
}

/// The places of words of content that the whole shares with a part.
fn content_places(whole: &Words, part: &Words) -> BTreeSet<usize> {
    let mut places = covered(whole, part);
    places.retain(|&place| whole.list[place].role.is_content());
    places
}
