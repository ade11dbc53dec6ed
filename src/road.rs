//! The road as a drawing.
//!
//! Input: bands (levels) and stops (stages) with what each requires. Output: a [`Drawing`]: boxes,
//! lines of text and paths in whole units, for a sheet of a given width. Responsibility: a picture
//! that reads from top to bottom with few crossings, whatever the graph; it knows nothing of pages.
//!
//! Stops of a band stand in rows by what they require within it. A line that passes a row takes a
//! lane there, shared by all lines from one stop. Rows are ordered by sweeps that keep the order
//! with the fewest crossings.

use serde::Serialize;

mod graph;
mod order;
mod place;
mod text;
mod timeline;

pub use text::{Weight, width, wrap};
pub use timeline::{Bar, Stretch, Tick, Timeline, month_of, timeline};

/// A stop as it comes in.
#[derive(Debug, Clone)]
pub struct Stop {
    /// The number of its band; bands follow each other.
    pub band: usize,
    /// Its number as readers see it, or nothing.
    pub number: String,
    /// Its title.
    pub title: String,
    /// A few words beside the number, such as its duration.
    pub fact: String,
    /// The stops to pass before.
    pub requires: Vec<usize>,
}

/// What is drawn on.
#[derive(Debug, Clone, Copy)]
pub struct Sheet {
    /// Its name, for a class.
    pub name: &'static str,
    /// Its width.
    pub width: i32,
    /// The most stops in a row.
    pub columns: usize,
    /// The widest box.
    pub widest: i32,
    /// The room that a passing line takes.
    pub lane: i32,
    /// Space around the words of a box.
    pub inside: i32,
    /// The size of titles.
    pub size: i32,
}

/// For phones.
pub const NARROW: Sheet =
    Sheet { name: "narrow", width: 328, columns: 2, widest: 152, lane: 8, inside: 8, size: 13 };
/// For everything wider.
pub const WIDE: Sheet =
    Sheet { name: "wide", width: 720, columns: 4, widest: 190, lane: 12, inside: 10, size: 14 };

/// The finished picture. All numbers are units of its own width and height.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Drawing {
    /// `narrow` or `wide`.
    pub name: &'static str,
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
    /// The bands from top to bottom.
    pub bands: Vec<BandBox>,
    /// The stops in the order they came in.
    pub stops: Vec<StopBox>,
    /// The lines between them.
    pub lines: Vec<Line>,
}

/// A band.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BandBox {
    /// Its upper edge.
    pub y: i32,
    /// Its height.
    pub height: i32,
    /// Its title, a line each.
    pub text: Vec<TextLine>,
    /// The area of its title, which no line shows through.
    pub label: Area,
}

/// A part of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Area {
    /// Its left edge.
    pub x: i32,
    /// Its upper edge.
    pub y: i32,
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
}

/// A stop.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StopBox {
    /// Its left edge.
    pub x: i32,
    /// Its upper edge.
    pub y: i32,
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
    /// Where its words begin.
    pub left: i32,
    /// Where the fact ends.
    pub right: i32,
    /// The base line of number and fact.
    pub head: i32,
    /// The fact, if it fits beside the number.
    pub fact: String,
    /// Its title, a line each.
    pub text: Vec<TextLine>,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TextLine {
    /// Its base line.
    pub y: i32,
    /// What it says.
    pub text: String,
}

/// A line from a stop to one that requires it. What follows from other lines is not drawn.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Line {
    /// The stop to pass before.
    pub from: usize,
    /// The stop that requires it.
    pub to: usize,
    /// An SVG path.
    pub path: String,
    /// The head of its arrow, as points of a polygon.
    pub head: String,
}

/// Between two base lines.
const LEADING: i32 = 17;
/// From a row to the next: room for the lines to change lanes.
const GAP: i32 = 44;
/// A band's inner space.
const PADDING: i32 = 12;
/// Between two bands.
const BETWEEN: i32 = 10;
const BAND_SIZE: i32 = 15;
/// The most lines of a title; the link's name has all of it.
const MOST_LINES: usize = 6;

/// Draws the road.
#[must_use]
pub fn draw(bands: &[String], stops: &[Stop], sheet: Sheet) -> Drawing {
    let requires = graph::reduced(stops);
    let mut rows = graph::rows(stops, &requires, bands.len(), sheet.columns);
    order::settle(&mut rows);
    let spans = place::place(&rows, sheet, PADDING);

    let mut drawing = Drawing {
        name: sheet.name,
        width: sheet.width,
        height: 0,
        bands: Vec::with_capacity(bands.len()),
        stops: vec![NOWHERE; stops.len()],
        lines: Vec::new(),
    };
    // Upper and lower edge of each row.
    let mut edges = Vec::with_capacity(rows.rows.len());
    let mut y = 0;
    for (band, title) in bands.iter().enumerate() {
        let top = y;
        let (text, label, below) = heading(title, y, sheet);
        y = below;
        for (row, spans) in rows.rows.iter().zip(&spans).filter(|(row, _)| row.band == band) {
            let boxes: Vec<(usize, StopBox)> = row
                .items
                .iter()
                .zip(spans)
                .filter_map(|(item, span)| {
                    Some((item.stop()?, boxed(&stops[item.stop()?], *span, y, sheet)))
                })
                .collect();
            let height = boxes.iter().map(|(_, stop)| stop.height).max().unwrap_or(0);
            for (no, stop) in boxes {
                drawing.stops[no] = StopBox { height, ..stop };
            }
            edges.push((y, y + height));
            y += height + GAP;
        }
        if band + 1 == bands.len() {
            y -= GAP - PADDING;
        }
        drawing.bands.push(BandBox { y: top, height: y - top, text, label });
        y += BETWEEN;
    }
    drawing.height = (y - BETWEEN).max(0);
    drawing.lines = place::lines(&rows, &spans, &edges, GAP);
    drawing
}

/// A count as a number of units.
fn units(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

const NOWHERE: StopBox = StopBox {
    x: 0,
    y: 0,
    width: 0,
    height: 0,
    left: 0,
    right: 0,
    head: 0,
    fact: String::new(),
    text: Vec::new(),
};

fn boxed(stop: &Stop, (x, width): (i32, i32), y: i32, sheet: Sheet) -> StopBox {
    let inside = sheet.inside;
    let inner = width - 2 * inside;
    let head = y + inside + 11;
    let beside = text::width(&stop.number, 13, Weight::Bold) + 8;
    let fits = beside + text::width(&stop.fact, 12, Weight::Normal) <= inner;
    let lines = text_lines(&stop.title, inner, sheet.size, head + 3);
    let last = lines.last().map_or(head, |line| line.y);
    StopBox {
        x,
        y,
        width,
        height: last + inside + 1 - y,
        left: x + inside,
        right: x + width - inside,
        head,
        fact: if fits { stop.fact.clone() } else { String::new() },
        text: lines,
    }
}

/// The title of a band that begins at `top`: its lines, their area, and where the band goes on.
fn heading(title: &str, top: i32, sheet: Sheet) -> (Vec<TextLine>, Area, i32) {
    let text = text_lines(title, sheet.width - 2 * PADDING, BAND_SIZE, top + PADDING);
    let height = units(text.len()) * LEADING;
    let label = label(&text, top + PADDING, height);
    (text, label, top + PADDING + height + PADDING)
}

/// The area of a band's title, a little wider than its words.
fn label(lines: &[TextLine], top: i32, height: i32) -> Area {
    let widest = lines.iter().map(|line| width(&line.text, BAND_SIZE, Weight::Bold)).max();
    Area { x: PADDING / 2, y: top, width: widest.unwrap_or(0) + PADDING, height: height + 4 }
}

fn text_lines(text: &str, width: i32, size: i32, top: i32) -> Vec<TextLine> {
    text::wrap(text, width, size, Weight::Bold, MOST_LINES)
        .into_iter()
        .enumerate()
        .map(|(no, text)| TextLine { y: top + LEADING * (units(no) + 1), text })
        .collect()
}

#[cfg(test)]
mod tests;
