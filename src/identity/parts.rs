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
/// Least share of a whole that its pieces make up together: two of three.
const LEAST_COVER: i64 = 650;
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

/// Finds wholes and the pieces that make them up, in both directions: former items that were
/// merged into one are retired in its favour; of a former item that fell apart the clearly closest
/// piece goes on as it, if there is one, and the others record where they came from.
pub(super) fn claim_unions(ground: &mut Ground, parts: &Parts) -> Spent {
    let best_of_row = greatest(&parts.edges, |edge| edge.row);
    let best_of_column = greatest(&parts.edges, |edge| edge.column);
    let mut spent = Spent::default();
    for (column, edges) in by(&parts.edges, |edge| edge.column) {
        let whole = &parts.after[column];
        let is_piece = |edge: &&Edge| {
            best_of_row.get(&edge.row) == Some(&edge.value)
                && contained(parts.former(edge), &whole.words) >= LEAST_PIECE
        };
        let pieces: Vec<&Edge> =
            edges.into_iter().filter(|edge| !spent.touches(edge)).filter(is_piece).collect();
        let words: Vec<&Words> = pieces.iter().map(|edge| parts.former(edge)).collect();
        let making = make_up(&whole.words, &words);
        if making.len() >= 2 {
            let rows: Vec<usize> = making.into_iter().map(|at| pieces[at].row).collect();
            merge(ground, whole.item, rows.iter().map(|&row| parts.before[row].item));
            spent.columns.insert(column);
            spent.rows.extend(rows);
        }
    }
    for (row, edges) in by(&parts.edges, |edge| edge.row) {
        let whole = &parts.before[row];
        let is_piece = |edge: &&Edge| {
            best_of_column.get(&edge.column) == Some(&edge.value)
                && contained(parts.present(edge), &whole.words) >= LEAST_PIECE
        };
        let pieces: Vec<&Edge> =
            edges.into_iter().filter(|edge| !spent.touches(edge)).filter(is_piece).collect();
        let words: Vec<&Words> = pieces.iter().map(|edge| parts.present(edge)).collect();
        let mut making: Vec<&Edge> =
            make_up(&whole.words, &words).into_iter().map(|at| pieces[at]).collect();
        if making.len() < 2 {
            continue;
        }
        making.sort_by_key(|edge| std::cmp::Reverse(edge.value));
        let keeper = (making[0].value >= making[1].value + MARGIN).then(|| making[0].column);
        if let Some(keeper) = keeper {
            ground.claim(parts.after[keeper].item, whole.item);
        }
        for edge in &making {
            if Some(edge.column) != keeper {
                ground.claims[parts.after[edge.column].item].split_from = Some(whole.item);
            }
            spent.columns.insert(edge.column);
        }
        spent.rows.insert(row);
    }
    spent
}

fn greatest(edges: &[Edge], side: impl Fn(&Edge) -> usize) -> BTreeMap<usize, i64> {
    let mut best: BTreeMap<usize, i64> = BTreeMap::new();
    for edge in edges {
        let value = best.entry(side(edge)).or_default();
        *value = edge.value.max(*value);
    }
    best
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
        let found = if special.len() >= 2 {
            special
        } else if pieces.len() >= 2 {
            // Others may have grown beyond their piece.
            let words: Vec<&Words> = edges.iter().map(|edge| parts.present(edge)).collect();
            make_up(&whole.words, &words).into_iter().map(|at| edges[at]).collect()
        } else {
            Vec::new()
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
    // The largest first; each of the others must bring something that is not there yet, a second
    // «сети» too where the whole has two.
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(pieces[at].content()), at));
    let mut left: Vec<usize> = (0..whole.list.len()).collect();
    let mut chosen = Vec::new();
    let mut made: BTreeSet<usize> = BTreeSet::new();
    for at in order {
        let rest = whole.only(&left);
        let own: BTreeSet<usize> =
            content_places(&rest, pieces[at]).into_iter().map(|place| left[place]).collect();
        if !own.is_empty() {
            left.retain(|place| !own.contains(place));
            made.extend(own);
            chosen.push(at);
        }
    }
    chosen.sort_unstable();
    let weight = |place: usize| whole.list[place].role.weight();
    let content = |&place: &usize| whole.list[place].role.is_content();
    let total: i64 = (0..whole.list.len()).filter(content).map(weight).sum();
    let made: i64 = made.into_iter().map(weight).sum();
    if total > 0 && made * FULL / total >= LEAST_COVER { chosen } else { Vec::new() }
}

/// The places of words of content that the whole shares with a part.
fn content_places(whole: &Words, part: &Words) -> BTreeSet<usize> {
    let mut places = covered(whole, part);
    places.retain(|&place| whole.list[place].role.is_content());
    places
}
