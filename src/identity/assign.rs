//! Which pairs of a set of possible pairs are beyond doubt.
//!
//! Input: possible pairs of rows and columns, each with a value. Output: [`Assignment`].
//! Responsibility: choosing globally, and telling a clear choice from a guess.
//!
//! Pairs that are each other's best, ahead of the second by [`MARGIN`] on both sides, are taken,
//! which may make others clear, and so on. Of what is left, the assignment of greatest total value
//! is computed (Kuhn 1955, Munkres 1957, in the form with potentials, O(n³)), and those of its
//! pairs are taken that are each other's best and without which every other assignment would be
//! worse by the margin. Components of more than [`MAX_COMPONENT`] rows or columns are left to the
//! first step alone, so the work is bounded.

use std::collections::{BTreeMap, BTreeSet};

/// How far the best must be ahead, in thousandths of full likeness.
pub(super) const MARGIN: i64 = 100;
/// Largest side of a component for which the best assignment is computed.
pub(super) const MAX_COMPONENT: usize = 300;
/// Rounds of taking mutual bests; each is linear in the number of possible pairs.
const MAX_ROUNDS: usize = 64;

/// A possible pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge {
    /// Of the first side.
    pub(super) row: usize,
    /// Of the second side.
    pub(super) column: usize,
    /// Greater is better; always positive.
    pub(super) value: i64,
}

/// What became of the possible pairs.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Assignment {
    /// The pairs beyond doubt.
    pub(super) pairs: Vec<(usize, usize)>,
    /// Possible pairs between rows and columns that are in no clear pair.
    pub(super) open: Vec<Edge>,
}

/// Decides what can be decided. Each row and column is in at most one pair.
pub(super) fn assign(mut edges: Vec<Edge>) -> Assignment {
    edges.sort_unstable();
    edges.dedup_by_key(|edge| (edge.row, edge.column));
    let mut pairs = Vec::new();
    loop {
        let before = pairs.len();
        take_mutual_bests(&mut edges, &mut pairs);
        for component in components(&edges) {
            take_best_assignment(&component, &mut pairs);
        }
        if pairs.len() == before {
            break;
        }
        drop_taken(&mut edges, &pairs[before..]);
    }
    pairs.sort_unstable();
    Assignment { pairs, open: edges }
}

/// The best and the second value at one row or column.
#[derive(Default, Clone, Copy)]
struct Top {
    best: i64,
    second: i64,
    partner: usize,
}

impl Top {
    fn see(&mut self, value: i64, partner: usize) {
        if value > self.best {
            (self.second, self.best, self.partner) = (self.best, value, partner);
        } else {
            self.second = self.second.max(value);
        }
    }

    fn is_clear(self) -> bool {
        self.best >= self.second + MARGIN
    }
}

fn tops(edges: &[Edge]) -> (BTreeMap<usize, Top>, BTreeMap<usize, Top>) {
    let (mut rows, mut columns) = (BTreeMap::new(), BTreeMap::new());
    for edge in edges {
        rows.entry(edge.row).or_insert_with(Top::default).see(edge.value, edge.column);
        columns.entry(edge.column).or_insert_with(Top::default).see(edge.value, edge.row);
    }
    (rows, columns)
}

fn take_mutual_bests(edges: &mut Vec<Edge>, pairs: &mut Vec<(usize, usize)>) {
    for _ in 0..MAX_ROUNDS {
        let (rows, columns) = tops(edges);
        let before = pairs.len();
        pairs.extend(rows.iter().filter(|(_, top)| top.is_clear()).filter_map(|(&row, top)| {
            let back = columns.get(&top.partner)?;
            (back.partner == row && back.is_clear()).then_some((row, top.partner))
        }));
        if pairs.len() == before {
            return;
        }
        drop_taken(edges, &pairs[before..]);
    }
}

fn drop_taken(edges: &mut Vec<Edge>, pairs: &[(usize, usize)]) {
    let rows: BTreeSet<usize> = pairs.iter().map(|pair| pair.0).collect();
    let columns: BTreeSet<usize> = pairs.iter().map(|pair| pair.1).collect();
    edges.retain(|edge| !rows.contains(&edge.row) && !columns.contains(&edge.column));
}

/// The connected sets of possible pairs, in order of their first row.
pub(super) fn components(edges: &[Edge]) -> Vec<Vec<Edge>> {
    let mut by_row: BTreeMap<usize, Vec<Edge>> = BTreeMap::new();
    let mut by_column: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for edge in edges {
        by_row.entry(edge.row).or_default().push(*edge);
        by_column.entry(edge.column).or_default().push(edge.row);
    }
    let mut components = Vec::new();
    while let Some((&first, _)) = by_row.first_key_value() {
        let mut component = Vec::new();
        let mut waiting = vec![first];
        while let Some(row) = waiting.pop() {
            for edge in by_row.remove(&row).unwrap_or_default() {
                component.push(edge);
                waiting.extend(by_column.remove(&edge.column).unwrap_or_default());
            }
        }
        component.sort_unstable();
        components.push(component);
    }
    components
}

fn take_best_assignment(component: &[Edge], pairs: &mut Vec<(usize, usize)>) {
    let rows: Vec<usize> =
        component.iter().map(|edge| edge.row).collect::<BTreeSet<_>>().into_iter().collect();
    let columns: Vec<usize> =
        component.iter().map(|edge| edge.column).collect::<BTreeSet<_>>().into_iter().collect();
    let size = rows.len().max(columns.len());
    if rows.len() < 2 || columns.len() < 2 || size > MAX_COMPONENT {
        return;
    }
    // A square table: rows and columns that are left over meet at nothing.
    let mut values = vec![vec![0; size]; size];
    for edge in component {
        let row = rows.partition_point(|&row| row < edge.row);
        let column = columns.partition_point(|&column| column < edge.column);
        values[row][column] = edge.value;
    }
    let chosen = best_assignment(&values);
    let gaps = gaps(&values, &chosen);
    for (row, &column) in chosen.iter().enumerate() {
        let value = values[row][column];
        let best_in_row = values[row].iter().all(|&other| other <= value);
        let best_in_column = values.iter().all(|other| other[column] <= value);
        if value > 0 && gaps[row] >= MARGIN && best_in_row && best_in_column {
            pairs.push((rows[row], columns[column]));
        }
    }
}

/// For each row the column it gets when the sum of values is greatest.
fn best_assignment(values: &[Vec<i64>]) -> Vec<usize> {
    let size = values.len();
    // Shortest augmenting paths with potentials; rows and columns count from 1, 0 is outside.
    let mut row_potential = vec![0; size + 1];
    let mut column_potential = vec![0; size + 1];
    let mut row_of = vec![0; size + 1];
    for row in 1..=size {
        row_of[0] = row;
        let mut column = 0;
        let mut least = vec![i64::MAX; size + 1];
        let mut way = vec![0; size + 1];
        let mut seen = vec![false; size + 1];
        while row_of[column] != 0 {
            seen[column] = true;
            let here = row_of[column];
            let (mut step, mut next) = (i64::MAX, 0);
            for other in 1..=size {
                if seen[other] {
                    continue;
                }
                let cost =
                    -values[here - 1][other - 1] - row_potential[here] - column_potential[other];
                if cost < least[other] {
                    (least[other], way[other]) = (cost, column);
                }
                if least[other] < step {
                    (step, next) = (least[other], other);
                }
            }
            for other in 0..=size {
                if seen[other] {
                    row_potential[row_of[other]] += step;
                    column_potential[other] -= step;
                } else {
                    least[other] = least[other].saturating_sub(step);
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[way[column]];
            column = way[column];
        }
    }
    let mut chosen = vec![0; size];
    for column in 1..=size {
        chosen[row_of[column] - 1] = column - 1;
    }
    chosen
}

/// For each row how much the sum of values falls at least when it must not have its column: the
/// cheapest exchange of columns in a ring through that row (all pairs by Floyd and Warshall).
fn gaps(values: &[Vec<i64>], chosen: &[usize]) -> Vec<i64> {
    let size = values.len();
    let mut loss: Vec<Vec<i64>> = (0..size)
        .map(|row| {
            let own = values[row][chosen[row]];
            chosen.iter().map(|&other| own - values[row][other]).collect()
        })
        .collect();
    for via in 0..size {
        for from in 0..size {
            for to in 0..size {
                if from != to && via != from && via != to {
                    loss[from][to] = loss[from][to].min(loss[from][via] + loss[via][to]);
                }
            }
        }
    }
    (0..size)
        .map(|row| {
            let rings = (0..size).filter(|&other| other != row);
            rings.map(|other| loss[row][other] + loss[other][row]).min().unwrap_or(i64::MAX)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(values: &[&[i64]], expected: &[(usize, usize)]) {
        let edges = values
            .iter()
            .enumerate()
            .flat_map(|(row, line)| {
                line.iter().enumerate().map(move |(column, &value)| Edge { row, column, value })
            })
            .filter(|edge| edge.value > 0)
            .collect();
        assert_eq!(assign(edges).pairs, expected, "{values:?}");
    }

    #[test]
    fn clear_pairs_are_taken() {
        check(&[&[900, 600], &[600, 900]], &[(0, 0), (1, 1)]);
        // The first choice makes the second clear.
        check(&[&[900, 0], &[700, 650]], &[(0, 0), (1, 1)]);
    }

    #[test]
    fn a_whole_can_be_clearer_than_its_parts() {
        check(&[&[800, 740, 740], &[740, 800, 740], &[740, 740, 800]], &[(0, 0), (1, 1), (2, 2)]);
    }

    #[test]
    fn guesses_are_not_made() {
        check(&[&[800, 780]], &[]);
        check(&[&[800], &[780]], &[]);
        check(&[&[800, 800], &[800, 800]], &[]);
        // The greatest sum would give both rows their second choice.
        check(&[&[800, 760], &[760, 0]], &[]);
    }

    #[test]
    fn the_assignment_is_the_best_one() {
        let values = [vec![7, 4, 3], vec![6, 8, 5], vec![9, 4, 4]];
        assert_eq!(best_assignment(&values), [2, 1, 0].map(|column| column));
        let sum: i64 = best_assignment(&values)
            .iter()
            .enumerate()
            .map(|(row, &column)| values[row][column])
            .sum();
        assert_eq!(sum, 20);
    }
}
