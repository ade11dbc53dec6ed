//! What stands in which row, and what passes it.
//!
//! Input: stops. Output: [`Rows`]. Responsibility: lines that follow from others are left out; a
//! circle, which the model reports as an error, ends nothing here.

use super::Stop;

/// The rows from top to bottom.
pub(super) struct Rows {
    pub(super) rows: Vec<Row>,
    /// The lines to draw.
    pub(super) edges: Vec<Edge>,
}

/// A row.
pub(super) struct Row {
    /// The band it belongs to.
    pub(super) band: usize,
    /// What stands in it, from left to right.
    pub(super) items: Vec<Item>,
}

/// What stands in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Item {
    /// A stop.
    Stop(usize),
    /// A lane for all lines in this direction that hang on this stop above.
    Lane(usize, Direction),
}

impl Item {
    pub(super) fn stop(self) -> Option<usize> {
        match self {
            Self::Stop(stop) => Some(stop),
            Self::Lane(..) => None,
        }
    }
}

/// Whether the stop above is required, as the road goes, or is what requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Direction {
    Down,
    Up,
}

/// A line between two rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub(super) upper: usize,
    pub(super) upper_row: usize,
    pub(super) lower: usize,
    pub(super) lower_row: usize,
    pub(super) direction: Direction,
}

impl Edge {
    /// What the line touches in a row between its ends, or at them.
    pub(super) fn item(&self, row: usize) -> Item {
        if row == self.upper_row {
            Item::Stop(self.upper)
        } else if row == self.lower_row {
            Item::Stop(self.lower)
        } else {
            Item::Lane(self.upper, self.direction)
        }
    }

    /// Whether it goes from this row to the next.
    pub(super) fn leaves(&self, row: usize) -> bool {
        self.upper_row <= row && row < self.lower_row
    }
}

/// For each stop what it requires and does not follow from what else it requires.
pub(super) fn reduced(stops: &[Stop]) -> Vec<Vec<usize>> {
    let before: Vec<Vec<bool>> = (0..stops.len()).map(|stop| all_before(stops, stop)).collect();
    stops
        .iter()
        .map(|stop| {
            let implied = |required: usize| {
                stop.requires.iter().any(|other| {
                    *other != required && before[*other][required] && !before[required][*other]
                })
            };
            stop.requires.iter().copied().filter(|required| !implied(*required)).collect()
        })
        .collect()
}

fn all_before(stops: &[Stop], stop: usize) -> Vec<bool> {
    let mut before = vec![false; stops.len()];
    let mut waiting = stops[stop].requires.clone();
    while let Some(next) = waiting.pop() {
        if !std::mem::replace(&mut before[next], true) {
            waiting.extend(&stops[next].requires);
        }
    }
    before
}

/// Puts stops into rows, and lanes where lines pass.
pub(super) fn rows(stops: &[Stop], requires: &[Vec<usize>], bands: usize, columns: usize) -> Rows {
    let depths = depths(stops, requires);
    let mut rows: Vec<Row> = Vec::new();
    for band in 0..bands {
        let deepest = stops
            .iter()
            .zip(&depths)
            .filter(|(stop, _)| stop.band == band)
            .map(|(_, depth)| *depth)
            .max();
        for depth in 0..=deepest.unwrap_or_default() {
            let members: Vec<Item> = (0..stops.len())
                .filter(|no| stops[*no].band == band && depths[*no] == depth)
                .map(Item::Stop)
                .collect();
            if members.is_empty() {
                continue;
            }
            // Four in rows of three are two and two.
            let count = members.len().div_ceil(columns);
            let size = members.len().div_ceil(count);
            rows.extend(members.chunks(size).map(|part| Row { band, items: part.to_vec() }));
        }
    }
    let mut row_of = vec![0; stops.len()];
    for (no, row) in rows.iter().enumerate() {
        for stop in row.items.iter().filter_map(|item| item.stop()) {
            row_of[stop] = no;
        }
    }
    let mut edges = Vec::new();
    for (to, required) in requires.iter().enumerate() {
        for from in required {
            let (upper, lower, direction) = match row_of[*from].cmp(&row_of[to]) {
                std::cmp::Ordering::Less => (*from, to, Direction::Down),
                std::cmp::Ordering::Greater => (to, *from, Direction::Up),
                std::cmp::Ordering::Equal => continue,
            };
            let (upper_row, lower_row) = (row_of[upper], row_of[lower]);
            edges.push(Edge { upper, upper_row, lower, lower_row, direction });
            for row in &mut rows[upper_row + 1..lower_row] {
                let lane = Item::Lane(upper, direction);
                if !row.items.contains(&lane) {
                    row.items.push(lane);
                }
            }
        }
    }
    Rows { rows, edges }
}

/// How many stops of its own band come one after the other before each.
fn depths(stops: &[Stop], requires: &[Vec<usize>]) -> Vec<usize> {
    let mut depths = vec![0; stops.len()];
    // As many rounds as a path can be long; in a circle the rounds end it.
    for _ in 0..stops.len() {
        let mut changed = false;
        for (no, stop) in stops.iter().enumerate() {
            let same_band = requires[no].iter().filter(|other| stops[**other].band == stop.band);
            let depth = same_band.map(|other| depths[*other] + 1).max().unwrap_or(0);
            if depth > depths[no] && depth < stops.len() {
                depths[no] = depth;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    depths
}
