//! Where everything stands, and the paths of lines.
//!
//! Input: ordered [`Rows`]. Output: left edge and width of each item, and [`Line`]s.
//! Responsibility: nothing overlaps and nothing leaves the sheet, however full a row is.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::graph::{Direction, Edge, Item, Rows};
use super::{Line, Sheet, units};

/// Between two boxes, and between a box and a lane.
const BETWEEN_BOXES: i32 = 16;
const BESIDE_BOX: i32 = 4;
/// The narrowest box; a row that is too full narrows its lanes instead.
const NARROWEST: i32 = 96;
/// How often rows follow their neighbours.
const ROUNDS: usize = 6;
/// Between two arrows that end at one box.
const PORT: i32 = 16;

/// Left edge and width.
type Span = (i32, i32);

/// Places the items of each row.
pub(super) fn place(rows: &Rows, sheet: Sheet, padding: i32) -> Vec<Vec<Span>> {
    let inner = sheet.width - 2 * padding;
    let mut spans: Vec<Vec<Span>> = rows
        .rows
        .iter()
        .map(|row| {
            let boxes = units(row.items.iter().filter(|item| item.stop().is_some()).count());
            let lanes = units(row.items.len()) - boxes;
            let gaps = pack(&row.items, &vec![0; row.items.len()]).1;
            let box_width = if boxes == 0 {
                0
            } else {
                ((inner - gaps - lanes * sheet.lane) / boxes).clamp(NARROWEST, sheet.widest)
            };
            let lane = if lanes == 0 {
                0
            } else {
                ((inner - gaps - boxes * box_width) / lanes).clamp(1, sheet.lane)
            };
            let width_of = |item: &Item| if item.stop().is_some() { box_width } else { lane };
            let widths: Vec<i32> = row.items.iter().map(width_of).collect();
            let (offsets, total) = pack(&row.items, &widths);
            let shift = padding + (inner - total).max(0) / 2;
            offsets.iter().map(|x| x + shift).zip(widths).collect()
        })
        .collect();
    let count = rows.rows.len();
    for round in 0..ROUNDS {
        for step in 1..count {
            let (row, other) =
                if round % 2 == 0 { (step, step - 1) } else { (count - 1 - step, count - step) };
            follow(rows, &mut spans, row, other, padding, inner);
        }
    }
    spans
}

/// Moves a row's items towards what they are connected with in another row, as far as their order
/// and their distances allow: the least sum of squares.
fn follow(
    rows: &Rows,
    spans: &mut [Vec<Span>],
    row: usize,
    other: usize,
    padding: i32,
    inner: i32,
) {
    let items = &rows.rows[row].items;
    if items.is_empty() {
        return;
    }
    let widths: Vec<i32> = spans[row].iter().map(|(_, width)| *width).collect();
    let (offsets, total) = pack(items, &widths);
    let upper = row.min(other);
    let mut wishes: Vec<(i64, i64)> = vec![(0, 0); items.len()];
    for edge in rows.edges.iter().filter(|edge| edge.leaves(upper)) {
        let (here, there) = (at(rows, edge, row), at(rows, edge, other));
        let (left, width) = spans[other][there];
        // A lane that goes on as a lane is best straight.
        let both = items[here].stop().is_none() && rows.rows[other].items[there].stop().is_none();
        let weight = if both { 16 } else { 4 };
        wishes[here].0 += i64::from(left + width / 2) * weight;
        wishes[here].1 += weight;
    }
    let middle = i64::from(padding + inner / 2);
    // Sum, weight and number of the items that stand as close as they may.
    let mut blocks: Vec<(i64, i64, usize)> = Vec::new();
    for (no, width) in widths.iter().enumerate() {
        let offset = i64::from(offsets[no] + width / 2);
        // What follows nothing asks for the middle, a little.
        let (sum, weight) = if wishes[no].1 == 0 { (middle, 1) } else { wishes[no] };
        let mut block = (sum - offset * weight, weight, 1);
        // Blocks whose wishes cross share their mean.
        while let Some(last) = blocks.last() {
            if last.0 * block.1 <= block.0 * last.1 {
                break;
            }
            block = (block.0 + last.0, block.1 + last.1, block.2 + last.2);
            blocks.pop();
        }
        blocks.push(block);
    }
    let most = (padding + inner - total).max(padding);
    let starts = blocks.iter().flat_map(|(sum, weight, count)| {
        std::iter::repeat_n(sum.div_euclid(*weight) as i32, *count)
    });
    spans[row] = starts
        .zip(offsets)
        .zip(widths)
        .map(|((start, offset), width)| (start.clamp(padding, most) + offset, width))
        .collect();
}

/// Where items begin that stand as close as they may, and how wide they are together.
fn pack(items: &[Item], widths: &[i32]) -> (Vec<i32>, i32) {
    let mut x = 0;
    let mut offsets = Vec::with_capacity(items.len());
    for (at, width) in widths.iter().enumerate() {
        let boxes = |at: usize| items.get(at).is_some_and(|item| item.stop().is_some());
        x += match (at > 0 && boxes(at - 1), boxes(at)) {
            (true, true) => BETWEEN_BOXES,
            (true, false) => BESIDE_BOX,
            (false, true) if at > 0 => BESIDE_BOX,
            _ => 0,
        };
        offsets.push(x);
        x += width;
    }
    (offsets, x)
}

fn at(rows: &Rows, edge: &Edge, row: usize) -> usize {
    let item = edge.item(row);
    rows.rows[row].items.iter().position(|other| *other == item).unwrap_or_default()
}

/// The paths of all lines. `edges` are the upper and lower edge of each row; lines change lanes in
/// the `gap` below a row.
pub(super) fn lines(rows: &Rows, spans: &[Vec<Span>], edges: &[(i32, i32)], gap: i32) -> Vec<Line> {
    let middle = |row: usize, edge: &Edge| {
        let (left, width) = spans[row][at(rows, edge, row)];
        left + width / 2
    };
    // Arrivals at a box side by side, in the order of where they come from.
    let mut arrivals: BTreeMap<usize, Vec<(i32, Item)>> = BTreeMap::new();
    for edge in &rows.edges {
        let row = edge.lower_row - 1;
        let arrival = (middle(row, edge), edge.item(row));
        let found = arrivals.entry(edge.lower).or_default();
        if !found.contains(&arrival) {
            found.push(arrival);
        }
    }
    for found in arrivals.values_mut() {
        found.sort_unstable();
    }
    rows.edges
        .iter()
        .map(|edge| {
            let mut x = middle(edge.upper_row, edge);
            let mut path = String::new();
            let top = edges[edge.upper_row].1;
            let _ = write!(path, "M{x} {top}");
            for row in edge.upper_row..edge.lower_row {
                let bottom = edges[row].1;
                if row > edge.upper_row {
                    let _ = write!(path, "V{bottom}");
                }
                let next = if row + 1 == edge.lower_row {
                    let (left, width) = spans[row + 1][at(rows, edge, row + 1)];
                    let found = &arrivals[&edge.lower];
                    let own = (middle(row, edge), edge.item(row));
                    let place = found.iter().position(|other| *other == own).unwrap_or_default();
                    let count = units(found.len());
                    let step = PORT.min((width - 16) / count.max(1));
                    left + width / 2 + (2 * units(place) - (count - 1)) * step / 2
                } else {
                    middle(row + 1, edge)
                };
                let end = bottom + gap - 8;
                if next != x {
                    let half = bottom + (gap - 8) / 2;
                    let _ = write!(path, "C{x} {half} {next} {half} {next} {end}");
                }
                x = next;
            }
            let end = edges[edge.lower_row].0;
            let (from, to, head) = match edge.direction {
                Direction::Down => {
                    let _ = write!(path, "V{}", end - 6);
                    (edge.upper, edge.lower, arrow(x, end, -8))
                }
                Direction::Up => {
                    let _ = write!(path, "V{end}");
                    (edge.lower, edge.upper, arrow(middle(edge.upper_row, edge), top, 8))
                }
            };
            Line { from, to, path, head }
        })
        .collect()
}

fn arrow(x: i32, y: i32, back: i32) -> String {
    format!("{x},{y} {},{} {},{}", x - 5, y + back, x + 5, y + back)
}
