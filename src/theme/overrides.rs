//! Whether what a theme overrides is there to be overridden.
//!
//! Input: a [`Theme`]. Output: diagnostics. Responsibility: an override must not lose its effect
//! in silence when the parent changes.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Renamed, Theme};
use crate::diagnostic::{Code, Diagnostic, Span, nearest};

/// Checks each template that extends another of the same chain.
pub(super) fn check(theme: &Theme, renamed: &Renamed, diagnostics: &mut Vec<Diagnostic>) {
    for template in &theme.templates {
        let (_, path, text) = template;
        let Some((at, parent)) = tags(text, "extends").next() else { continue };
        let Some(parent) = find(theme, parent) else { continue };
        if std::ptr::eq(parent, template) {
            diagnostics.push(own_parent(theme, template, at));
            continue;
        }
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
                let span = Span::new(path, at, at + name.len());
                diagnostics.push(unknown_block(span, name, &known, renamed));
            }
        }
    }
    unused_templates(theme, diagnostics);
    unused_words(theme, renamed, diagnostics);
}

fn unknown_block(span: Span, name: &str, known: &BTreeSet<&str>, renamed: &Renamed) -> Diagnostic {
    let successor = renamed.blocks.get(name);
    let help = match (successor, nearest(name, known.iter().copied())) {
        (Some(successor), _) => format!("it is called `{successor}` now"),
        (None, Some(near)) => format!("did you mean `{near}`?"),
        (None, None) => {
            let names: Vec<&str> = known.iter().copied().collect();
            format!("it has: {}", names.join(", "))
        }
    };
    let message = format!("the parent template has no block `{name}`");
    Diagnostic::new(Code::UnusedOverride, span, message, help)
}

/// `{% extends "stage.html" %}` in `stage.html` finds itself first.
fn own_parent(theme: &Theme, (full, path, _): &Template, at: usize) -> Diagnostic {
    let file = full.split_once('/').map_or(full.as_str(), |(_, file)| file);
    let other =
        theme.chain.iter().map(|prefix| format!("{prefix}/{file}")).find(|name| {
            name != full && theme.templates.iter().any(|(template, ..)| template == name)
        });
    Diagnostic::new(
        Code::UnusedOverride,
        Span::new(path, at, at + file.len()),
        format!("the template `{file}` extends itself"),
        match &other {
            Some(other) => format!("write `{{% extends \"{other}\" %}}`"),
            None => "remove `extends`, or name a template of a parent".to_owned(),
        },
    )
}

/// A template of a child that no page uses: its name is mistyped, or the parent renamed its own.
fn unused_templates(theme: &Theme, diagnostics: &mut Vec<Diagnostic>) {
    let Some(last) = theme.chain.last() else { return };
    let used: BTreeSet<&str> = theme
        .templates
        .iter()
        .flat_map(|(_, _, text)| {
            ["extends", "include", "import"].into_iter().flat_map(|keyword| tags(text, keyword))
        })
        .map(|(_, name)| name)
        .collect();
    let of_last: BTreeSet<&str> = theme
        .templates
        .iter()
        .filter_map(|(full, ..)| full.strip_prefix(last.as_str())?.strip_prefix('/'))
        .collect();
    for (full, path, text) in &theme.templates {
        let Some((prefix, file)) = full.split_once('/') else { continue };
        let named = used.contains(full.as_str()) || used.contains(file);
        let defines = tags(text, "component").next().is_some();
        if prefix == last || of_last.contains(file) || named || defines {
            continue;
        }
        let help = match nearest(file, of_last.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "call it like the template that it is to replace, or remove it".to_owned(),
        };
        diagnostics.push(Diagnostic::new(
            Code::UnusedOverride,
            Span::new(path, 0, 0),
            format!("no page and no other template uses the template `{file}`"),
            help,
        ));
    }
}

/// A word of a child that no parent has and no template asks for: its name is mistyped, or the
/// parent has another name for it now.
fn unused_words(theme: &Theme, renamed: &Renamed, diagnostics: &mut Vec<Diagnostic>) {
    for link in &theme.chain[..theme.chain.len().saturating_sub(1)] {
        let folder = format!("themes/{link}/");
        let (own, others): (Vec<_>, Vec<_>) =
            theme.locales.iter().partition(|(path, ..)| path.starts_with(&folder));
        let known: BTreeSet<&str> =
            others.iter().flat_map(|(_, _, text)| words(text)).map(|(_, id)| id).collect();
        for (path, _, text) in own {
            for (at, id) in words(text) {
                if known.contains(id) || is_asked_for(theme, id) {
                    continue;
                }
                let successor = renamed.words.get(id).map(String::as_str);
                let near = nearest(id, known.iter().copied());
                let help = match (successor, near) {
                    (Some(successor), _) => format!("it is called `{successor}` now"),
                    (None, Some(near)) => format!("did you mean `{near}`?"),
                    // Scripts of the theme's own may ask for it.
                    (None, None) if id.starts_with("client-") => continue,
                    (None, None) => "remove it".to_owned(),
                };
                let span = Span::new(path, at, at + id.len());
                let message = format!("no template asks for the word `{id}`");
                let diagnostic = Diagnostic::new(Code::UnusedWord, span.clone(), message, help);
                diagnostics.push(match successor.or(near) {
                    Some(name) => diagnostic.with_fix(span, name),
                    None => diagnostic,
                });
            }
        }
    }
}

/// The ids of a file of words, with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n')
        .scan(0, |at, line| {
            let begin = *at;
            *at += line.len();
            Some((begin, line))
        })
        .filter_map(|(at, line)| {
            let (id, _) = line.split_once('=')?;
            let id = id.trim_end();
            let valid = id.starts_with(|c: char| c.is_ascii_alphabetic())
                && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
            valid.then_some((at, id))
        })
}

/// Whether a template names the word, or begins a name that is put together with what it begins
/// with: `"kind-" ~ …`.
fn is_asked_for(theme: &Theme, id: &str) -> bool {
    let beginnings = id.match_indices('-').map(|(at, _)| &id[..=at]);
    let quoted: Vec<String> = beginnings.chain([id]).map(|name| format!("\"{name}\"")).collect();
    theme.templates.iter().any(|(_, _, text)| quoted.iter().any(|name| text.contains(name)))
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
pub(super) fn tags<'a>(text: &'a str, keyword: &'a str) -> impl Iterator<Item = (usize, &'a str)> {
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
