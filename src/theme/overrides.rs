//! Whether what a theme overrides is there to be overridden.
//!
//! Input: a [`Theme`]. Output: diagnostics. Responsibility: an override must not lose its effect
//! in silence when the parent changes.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Theme;
use crate::diagnostic::{Code, Diagnostic, Span, nearest};

/// Checks each template that extends another of the same chain.
pub(super) fn check(theme: &Theme, diagnostics: &mut Vec<Diagnostic>) {
    for (_, path, text) in &theme.templates {
        let Some(parent) = tags(text, "extends").next().and_then(|(_, name)| find(theme, name))
        else {
            continue;
        };
        let mut known: BTreeSet<&str> = BTreeSet::new();
        let mut above = Some(parent);
        let mut steps = 0;
        while let Some((_, _, text)) = above.filter(|_| steps < 32) {
            known.extend(tags(text, "block").map(|(_, name)| name));
            above = tags(text, "extends").next().and_then(|(_, name)| find(theme, name));
            steps += 1;
        }
        for (at, name) in tags(text, "block") {
            // A block inside an overridden one is the override's own.
            let inside = is_nested(text, at);
            if !inside && !known.contains(name) {
                diagnostics.push(unused(path, at, name, &known));
            }
        }
    }
}

fn unused(path: &Arc<str>, at: usize, name: &str, known: &BTreeSet<&str>) -> Diagnostic {
    let near = nearest(name, known.iter().copied());
    let names: Vec<&str> = known.iter().copied().collect();
    Diagnostic::new(
        Code::UnusedOverride,
        Span::new(path, at, at + name.len()),
        format!("the parent template has no block `{name}`"),
        match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it has: {}", names.join(", ")),
        },
    )
}

type Template = (String, Arc<str>, String);

/// A template by the name that `extends` gives: with its theme, or the first of the chain.
fn find<'a>(theme: &'a Theme, name: &str) -> Option<&'a Template> {
    theme.templates.iter().find(|(full, ..)| full == name).or_else(|| {
        theme.chain.iter().find_map(|prefix| {
            let full = format!("{prefix}/{name}");
            theme.templates.iter().find(|(other, ..)| *other == full)
        })
    })
}

/// The names behind `{% KEYWORD`, with their places.
fn tags<'a>(text: &'a str, keyword: &'a str) -> impl Iterator<Item = (usize, &'a str)> {
    text.match_indices("{%").filter_map(move |(at, _)| {
        let inside = &text[at + 2..];
        let inside = inside.strip_prefix('-').unwrap_or(inside);
        let word = inside.trim_start().strip_prefix(keyword)?;
        let name = word.trim_start().trim_start_matches('"');
        if name.len() == word.len() {
            return None;
        }
        let end = name.find(|c: char| c.is_whitespace() || c == '"' || c == '%')?;
        let begin = text.len() - name.len();
        Some((begin, &text[begin..begin + end]))
    })
}

/// Whether the place is inside another block.
fn is_nested(text: &str, at: usize) -> bool {
    let before = &text[..at];
    let opened = tags(before, "block").count();
    let closed = before.matches("endblock").count();
    opened > closed
}
