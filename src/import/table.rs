//! Tables as entries: courses with their time, or rows that can be ticked.
//!
//! Input: the lines of tables. Output: [`Course`]s, or lines with tasks. Responsibility: which column
//! says what, by its heading.

use super::section::{Line, is_row};
use super::words::{DURATIONS, REQUIRED};
use crate::time;

/// A row of a table of courses.
#[derive(Debug)]
pub(super) struct Course {
    pub(super) line: usize,
    pub(super) title: String,
    pub(super) url: Option<String>,
    pub(super) duration: Option<String>,
    /// Titles of others.
    pub(super) requires: Vec<String>,
    /// What the other columns say.
    pub(super) facts: String,
}

/// The courses of a section whose tables have a column for their time.
pub(super) fn courses(lines: &[Line]) -> Option<Vec<Course>> {
    let rows: Vec<&Line> = lines.iter().filter(|line| is_row(line)).collect();
    let head = cells(&rows.first()?.text);
    let column = |words: &[&str]| {
        head.iter().position(|cell| words.iter().any(|word| cell.to_lowercase().contains(word)))
    };
    let (duration, before) = (column(&DURATIONS)?, column(&REQUIRED));
    let found = rows
        .iter()
        .skip(2)
        .filter_map(|row| {
            let cells = cells(&row.text);
            let (title, url) = linked(cells.first()?);
            let cell = |at: usize| cells.get(at).map(|cell| linked(cell).0);
            let span = cell(duration).filter(|text| time::read(text, None).is_some());
            let requires = before.and_then(cell).unwrap_or_default();
            let requires = requires.split([',', ';']).map(|name| name.trim().to_owned());
            let facts: Vec<String> = head
                .iter()
                .zip(&cells)
                .enumerate()
                .skip(1)
                .filter(|(at, (_, cell))| !cell.is_empty() && (*at != duration || span.is_none()))
                .map(|(_, (name, cell))| format!("- {name}: {cell}\n"))
                .collect();
            let facts =
                if facts.is_empty() { String::new() } else { format!("{}\n", facts.concat()) };
            let requires = requires.filter(|name| !name.is_empty()).collect();
            Some(Course { line: row.no, title, url, duration: span, requires, facts })
        })
        .collect();
    Some(found)
}

/// Each row as a task whose note says what stands in the other columns.
pub(super) fn entries(rows: &[Line]) -> Vec<Line> {
    let [head, _, rest @ ..] = rows else { return rows.to_vec() };
    let names = cells(&head.text);
    let mut out = Vec::new();
    for row in rest {
        let cells = cells(&row.text);
        let Some((first, others)) = cells.split_first() else { continue };
        out.push(Line { text: format!("- [ ] {first}"), ..row.clone() });
        for (name, cell) in names.iter().skip(1).zip(others).filter(|(_, cell)| !cell.is_empty()) {
            out.push(Line { text: format!("  - {name}: {cell}"), ..row.clone() });
        }
    }
    out.push(Line { text: String::new(), ..head.clone() });
    out
}

fn cells(row: &str) -> Vec<String> {
    let row = row.trim().trim_start_matches('|');
    let row = row.strip_suffix('|').unwrap_or(row);
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for sign in row.chars() {
        if sign == '|' && !escaped {
            cells.push(String::new());
        } else if let Some(cell) = cells.last_mut() {
            if sign == '|' {
                cell.pop();
            }
            cell.push(sign);
        }
        escaped = sign == '\\' && !escaped;
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

/// The words of a cell, and the address of the link that it is.
fn linked(cell: &str) -> (String, Option<String>) {
    let link = cell.strip_prefix('[').and_then(|text| text.split_once("]("));
    match link.and_then(|(name, rest)| Some((name, rest.split_once(')')?))) {
        Some((name, (url, rest))) => {
            let url = url.trim_matches(['<', '>']).to_owned();
            (format!("{name}{rest}"), Some(url))
        }
        None => (cell.to_owned(), None),
    }
}
