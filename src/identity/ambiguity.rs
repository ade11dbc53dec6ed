//! Rewordings that cannot be decided.
//!
//! Input: possible pairs of one page of which none is clear. Output: an error for each knot of
//! them, with the line to paste. Responsibility: asking the author one question that they can
//! answer at sight.

use std::collections::BTreeSet;

use super::assign::{Edge, components};
use super::ground::{Fate, Ground};
use super::mint::free_id;
use super::parts::Parts;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::lock::ItemId;

/// Former items that one question names; the others come up once these are settled.
const MAX_NAMED: usize = 3;
/// Letters of a text that a question quotes.
const MAX_QUOTED: usize = 60;

/// Asks about every knot of possible pairs, and takes its items out of any further matching.
pub(super) fn report(
    ground: &mut Ground,
    parts: &Parts,
    open: &[Edge],
    diagnostics: &mut Vec<Diagnostic>,
) {
    for component in components(open) {
        let rows: BTreeSet<usize> = component.iter().map(|edge| edge.row).collect();
        let columns: BTreeSet<usize> = component.iter().map(|edge| edge.column).collect();
        for &row in &rows {
            ground.fates[parts.before[row].item] = Fate::Open;
        }
        let items: BTreeSet<usize> =
            columns.iter().map(|&column| parts.after[column].item).collect();
        for &item in &items {
            ground.claims[item].open = true;
        }
        let formers: Vec<usize> = rows.iter().map(|&row| parts.before[row].item).collect();
        diagnostics.extend(question(ground, &formers, &items));
    }
}

fn question(ground: &Ground, formers: &[usize], items: &BTreeSet<usize>) -> Option<Diagnostic> {
    let first = *items.first()?;
    let text = |former: usize| quoted(&ground.last_seen(former).text);
    let named: Vec<String> =
        formers.iter().take(MAX_NAMED).map(|&former| format!("`{}`", text(former))).collect();
    let message = if items.len() == 1 {
        format!("this item could be the former {}", named.join(" or "))
    } else {
        format!("this item or {} could be the former {}", other_lines(items), named.join(" or "))
    };
    let ids: Vec<String> = formers
        .iter()
        .take(MAX_NAMED)
        .map(|&former| match formers {
            [_] => format!("`<!-- id: {} -->`", ground.formers[former].id),
            _ => format!("`<!-- id: {} -->` (`{}`)", ground.formers[former].id, text(former)),
        })
        .collect();
    let new = free_id(ground, first);
    let help = format!(
        "append {} to the line that continues it, or `<!-- id: {new} -->` to this line if it is new",
        ids.join(" or ")
    );
    let mut diagnostic = Diagnostic::new(
        Code::AmbiguousRewording,
        ground.items[first].item.span.clone(),
        message,
        help,
    );
    for &item in items.iter().take(MAX_NAMED) {
        for &former in formers.iter().take(MAX_NAMED) {
            let meaning = format!("if this line continues `{}`", text(former));
            diagnostic = with_comment(diagnostic, ground, item, meaning, ground.formers[former].id);
        }
    }
    diagnostic = with_comment(diagnostic, ground, first, "if this line is new".to_owned(), &new);
    for &item in items.iter().skip(1) {
        diagnostic = diagnostic
            .with_related(ground.items[item].item.span.clone(), "or this one could be".to_owned());
    }
    Some(diagnostic)
}

/// The choice of a comment at the end of an item.
fn with_comment(
    diagnostic: Diagnostic,
    ground: &Ground,
    item: usize,
    meaning: String,
    id: &ItemId,
) -> Diagnostic {
    let span = &ground.items[item].item.span;
    let end = Span::new(&span.path, span.end, span.end);
    diagnostic.with_choice(meaning, end, format!(" <!-- id: {id} -->"))
}

fn other_lines(items: &BTreeSet<usize>) -> String {
    match items.len() {
        2 => "another one".to_owned(),
        more => format!("one of {} others", more - 1),
    }
}

fn quoted(text: &str) -> String {
    if text.chars().count() <= MAX_QUOTED {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(MAX_QUOTED).collect();
    short.push('…');
    short
}
