//! The order within rows.
//!
//! Input and output: [`Rows`]. Responsibility: few crossings. Sweeps put each item near what it
//! hangs on, exchanges of neighbours finish; the best order that was seen stays.

use super::graph::{Item, Rows};

/// Enough for graphs of a hundred stops to come to rest.
const SWEEPS: usize = 8;

/// Orders all rows.
pub(super) fn settle(rows: &mut Rows) {
    let mut table = Table::new(rows);
    let mut best = table.order.clone();
    let mut fewest = table.crossings();
    let count = table.order.len();
    for sweep in 0..SWEEPS {
        if fewest == 0 {
            break;
        }
        for step in 1..count {
            if sweep % 2 == 0 {
                table.sort(step, Side::Above);
            } else {
                table.sort(count - 1 - step, Side::Below);
            }
        }
        for row in 0..count {
            table.exchange(row);
        }
        let found = table.crossings();
        if found < fewest {
            fewest = found;
            best.clone_from(&table.order);
        }
    }
    for (row, order) in rows.rows.iter_mut().zip(best) {
        row.items = order.iter().map(|item| row.items[*item]).collect();
    }
}

/// How often lines cross in the whole drawing.
#[cfg(test)]
pub(super) fn crossings(rows: &Rows) -> usize {
    Table::new(rows).crossings()
}

#[derive(Clone, Copy)]
enum Side {
    Above,
    Below,
}

/// Rows as numbers: items are known by where they stood at first.
struct Table {
    /// For each row its items from left to right.
    order: Vec<Vec<usize>>,
    /// For each row and item its place from the left.
    place: Vec<Vec<usize>>,
    /// For each row and item what it is connected with in the row above.
    above: Vec<Vec<Vec<usize>>>,
    /// The same in the row below.
    below: Vec<Vec<Vec<usize>>>,
}

impl Table {
    fn new(rows: &Rows) -> Self {
        let blank: Vec<Vec<Vec<usize>>> =
            rows.rows.iter().map(|row| vec![Vec::new(); row.items.len()]).collect();
        let order: Vec<Vec<usize>> =
            rows.rows.iter().map(|row| (0..row.items.len()).collect()).collect();
        let (mut above, mut below) = (blank.clone(), blank);
        let number = |row: usize, item: Item| {
            rows.rows[row].items.iter().position(|other| *other == item).unwrap_or_default()
        };
        for edge in &rows.edges {
            for row in edge.upper_row..edge.lower_row {
                let (upper, lower) =
                    (number(row, edge.item(row)), number(row + 1, edge.item(row + 1)));
                // Lines that share a lane count once.
                if !below[row][upper].contains(&lower) {
                    below[row][upper].push(lower);
                    above[row + 1][lower].push(upper);
                }
            }
        }
        Self { place: order.clone(), order, above, below }
    }

    fn neighbours(&self, row: usize, item: usize, side: Side) -> &[usize] {
        match side {
            Side::Above => &self.above[row][item],
            Side::Below => &self.below[row][item],
        }
    }

    /// The places of what an item is connected with.
    fn places(&self, row: usize, item: usize, side: Side) -> impl Iterator<Item = usize> {
        let other = match side {
            Side::Above => row.saturating_sub(1),
            Side::Below => row + 1,
        };
        self.neighbours(row, item, side).iter().map(move |no| self.place[other][*no])
    }

    fn crossings(&self) -> usize {
        let mut count = 0;
        for (row, order) in self.order.iter().enumerate() {
            for (at, left) in order.iter().enumerate() {
                for right in &order[at + 1..] {
                    count += self.inverted(row, *left, *right, Side::Below);
                }
            }
        }
        count
    }

    /// Crossings of the lines of two items, the first of which stands left.
    fn inverted(&self, row: usize, left: usize, right: usize, side: Side) -> usize {
        self.places(row, left, side)
            .map(|a| self.places(row, right, side).filter(|b| a > *b).count())
            .sum()
    }

    /// Sorts a row by the mean place of what each item is connected with on one side.
    fn sort(&mut self, row: usize, side: Side) {
        let other = match side {
            Side::Above => row - 1,
            Side::Below => row + 1,
        };
        let (own, count) = (self.order[row].len(), self.order[other].len().max(1));
        let mut keyed: Vec<(usize, usize)> = self.order[row]
            .iter()
            .enumerate()
            .map(|(at, item)| {
                let (sum, links) =
                    self.places(row, *item, side).fold((0, 0), |(sum, links), place| {
                        (sum + (2 * place + 1) * 1_000 / count, links + 1)
                    });
                // What hangs on nothing stays about where it is.
                let stays = (2 * at + 1) * 1_000 / own;
                let key = usize::checked_div(sum, links).unwrap_or(stays);
                (key, *item)
            })
            .collect();
        keyed.sort_by_key(|(key, _)| *key);
        self.order[row] = keyed.into_iter().map(|(_, item)| item).collect();
        self.settle_places(row);
    }

    fn settle_places(&mut self, row: usize) {
        for (at, item) in self.order[row].iter().enumerate() {
            self.place[row][*item] = at;
        }
    }

    /// Exchanges neighbours where that saves a crossing.
    fn exchange(&mut self, row: usize) {
        for at in 1..self.order[row].len() {
            let (left, right) = (self.order[row][at - 1], self.order[row][at]);
            let cost = |a: usize, b: usize| {
                let above = if row > 0 { self.inverted(row, a, b, Side::Above) } else { 0 };
                above + self.inverted(row, a, b, Side::Below)
            };
            if cost(right, left) < cost(left, right) {
                self.order[row].swap(at - 1, at);
                self.settle_places(row);
            }
        }
    }
}
