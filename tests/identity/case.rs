//! Cases of identity as text: what the content was, what it is, which item is which.
//!
//! Input: a file of cases. Output: a failure that names the case and the line. Responsibility:
//! the notation, so that a case is written without touching the API.
//!
//! ```text
//! === what the case shows
//! @ stage:linux | Title | anchors: a b | aliases: stages/old/ | item: p
//! a: text of an item that is called `a` in this case
//! ---
//! @ stage:linux
//! a: another text of the same item
//! +b: a new item
//! ?c: an item that cannot be decided
//! ! errors: ambiguous-rewording
//! ! split: a -> b, c
//! ! merge: a, b -> c
//! ! changes: 1 reworded, 1 new
//! ! aliases: a = old-name
//! ! anchors: old -> new
//! ! urls: stages/old/index.html
//! ```
//!
//! Revisions are separated by `---`. `{a}` stands for the id of `a`, and `{?b}` for the one
//! that was proposed for `?b` in the revision before. A name that is missing from a revision must be retired in its lock. `! help:` demands a part of
//! an error's help.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;

use roadbook::diagnostic::{Severity, Span};
use roadbook::identity::{ExplicitId, Identity, ObservedItem, ObservedPage, identify};
use roadbook::kind::{ItemKind, PageKey, PageKind};
use roadbook::lock::{Lock, LockedItem, State};

/// One item's line.
struct Line {
    /// `+`, `?` or nothing.
    mark: &'static str,
    name: String,
    number: usize,
}

/// One revision of the content.
#[derive(Default)]
struct Revision {
    pages: Vec<ObservedPage>,
    /// The names of each page's items.
    names: Vec<Vec<Line>>,
    expectations: Vec<(usize, String)>,
}

/// Runs every case of a file; returns how many there were.
pub(crate) fn run(file: &str, text: &str) -> usize {
    let mut failures = String::new();
    let mut count = 0;
    let mut starts: Vec<usize> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| line.starts_with("=== "))
        .map(|(number, _)| number)
        .collect();
    let lines: Vec<&str> = text.lines().collect();
    starts.push(lines.len());
    for range in starts.windows(2) {
        count += 1;
        if let Err(failure) = run_case(&lines, range[0] + 1, range[1]) {
            let _ = writeln!(failures, "{file}: {}\n    {failure}", lines[range[0]]);
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
    count
}

fn run_case(lines: &[&str], start: usize, end: usize) -> Result<(), String> {
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    let mut lock = Lock::default();
    for (at, range) in lines[start..end].split(|line| *line == "---").enumerate() {
        let offset = range.as_ptr() as usize - lines.as_ptr() as usize;
        let first = offset / size_of::<&str>() + 1;
        let revision = revision(range, first, &ids);
        let outcome = identify(&revision.pages, &lock);
        check(&revision, &outcome, &mut ids)
            .map_err(|failure| format!("revision {}: {failure}", at + 1))?;
        check_laws(&revision.pages, &outcome)?;
        lock = outcome.lock;
    }
    Ok(())
}

fn revision(lines: &[&str], first: usize, ids: &BTreeMap<String, String>) -> Revision {
    let mut revision = Revision::default();
    for (at, line) in lines.iter().enumerate() {
        let number = first + at;
        if let Some(header) = line.strip_prefix("@ ") {
            let (page, own) = page(header, number);
            revision.pages.push(page);
            revision.names.push(own.into_iter().collect());
        } else if let Some(expectation) = line.strip_prefix("! ") {
            revision.expectations.push((number, expectation.to_owned()));
        } else if !line.trim().is_empty() && !line.starts_with('#') {
            let page = revision.pages.last_mut().expect("a page before its items");
            let (name, text) = line.split_once(": ").expect("`name: text`");
            let (mark, name) = marked(name);
            revision.names.last_mut().expect("as many as pages").push(Line { mark, name, number });
            let kind = match page.key.kind {
                PageKind::Tracking => ItemKind::Entry,
                PageKind::Project => ItemKind::Step,
                _ => ItemKind::Topic,
            };
            page.items.push(item(kind, &with_ids(text, ids), number));
        }
    }
    revision
}

fn marked(name: &str) -> (&'static str, String) {
    match name.strip_prefix('+') {
        Some(name) => ("+", name.to_owned()),
        None => match name.strip_prefix('?') {
            Some(name) => ("?", name.to_owned()),
            None => ("", name.to_owned()),
        },
    }
}

fn with_ids(text: &str, ids: &BTreeMap<String, String>) -> String {
    ids.iter().fold(text.to_owned(), |text, (name, id)| text.replace(&format!("{{{name}}}"), id))
}

fn span(number: usize) -> Span {
    Span::new(&Arc::from("content/case.md"), number * 1000, number * 1000)
}

fn item(kind: ItemKind, text: &str, number: usize) -> ObservedItem {
    let (text, comment) = match text.find("<!--") {
        Some(at) => (text[..at].trim_end(), Some(&text[at..])),
        None => (text, None),
    };
    let explicit = comment.and_then(|comment| ExplicitId::parse(comment, &span(number)));
    ObservedItem { kind, text: text.to_owned(), explicit, span: span(number) }
}

fn page(header: &str, number: usize) -> (ObservedPage, Option<Line>) {
    let mut parts = header.split(" | ");
    let name = parts.next().expect("a page's key");
    let (kind, id) = name.split_once(':').expect("`kind:id`");
    let kind = PageKind::from_name(kind).expect("a kind of page");
    let mut page = ObservedPage {
        key: PageKey::new(kind, id),
        title: id.to_owned(),
        url: format!("{}s/{id}/index.html", kind.name()),
        aliases: Vec::new(),
        anchors: Vec::new(),
        items: Vec::new(),
        span: span(number),
    };
    let mut own = None;
    for part in parts {
        let words = |list: &str| list.split_whitespace().map(str::to_owned).collect();
        if let Some(list) = part.strip_prefix("anchors: ") {
            page.anchors = words(list);
        } else if let Some(list) = part.strip_prefix("aliases: ") {
            page.aliases = words(list);
        } else if let Some(name) = part.strip_prefix("item: ") {
            let (mark, name) = marked(name);
            own = Some(Line { mark, name, number });
        } else {
            part.clone_into(&mut page.title);
        }
    }
    if own.is_some() {
        page.items.push(item(ItemKind::Project, &page.title, number));
    }
    (page, own)
}

/// Finds an item in a lock.
pub(crate) fn find<'a>(lock: &'a Lock, id: &str) -> Option<&'a LockedItem> {
    lock.pages
        .values()
        .flat_map(|page| &page.items)
        .find(|(known, _)| known.as_str() == id)
        .map(|(_, item)| item)
}

fn check(
    revision: &Revision,
    outcome: &Identity,
    ids: &mut BTreeMap<String, String>,
) -> Result<(), String> {
    let said: Vec<String> = outcome
        .diagnostics
        .iter()
        .map(|it| format!("{}: {} ({})", it.code, it.message, it.help))
        .collect();
    ids.retain(|name, _| !name.starts_with('?'));
    let mut present = BTreeSet::new();
    let mut undecided = false;
    let known: BTreeSet<String> = ids.values().cloned().collect();
    for (page, names) in revision.names.iter().enumerate() {
        for (at, line) in names.iter().enumerate() {
            let id = outcome.pages[page].items[at].id.to_string();
            let text = &revision.pages[page].items[at].text;
            let place = format!("line {}, `{}: {text}`", line.number, line.name);
            match line.mark {
                "" if !ids.contains_key(&line.name) && known.is_empty() => {
                    ids.insert(line.name.clone(), id);
                }
                "" => {
                    let expected = ids.get(&line.name).ok_or(format!("{place}: unknown name"))?;
                    if *expected != id {
                        let other = ids.iter().find(|(_, known)| **known == id);
                        let other = other.map_or("a new item", |(name, _)| name);
                        return Err(format!("{place} is {other}; {said:?}"));
                    }
                }
                mark => {
                    if let Some((name, _)) = ids.iter().find(|(_, known)| **known == id) {
                        return Err(format!("{place} is {name}; {said:?}"));
                    }
                    undecided |= mark == "?";
                    let name = &line.name;
                    let name = if mark == "?" { format!("?{name}") } else { name.clone() };
                    ids.insert(name, id);
                }
            }
            present.insert(line.name.clone());
        }
    }
    let mut expected_errors = String::new();
    for (number, expectation) in &revision.expectations {
        let (key, value) = expectation.split_once(": ").unwrap_or((expectation, ""));
        if key == "errors" {
            value.clone_into(&mut expected_errors);
        } else {
            check_expectation(key, value, outcome, ids)
                .map_err(|failure| format!("line {number}: {failure}"))?;
        }
    }
    let codes: Vec<&str> = outcome
        .diagnostics
        .iter()
        .filter(|it| it.severity() == Severity::Error)
        .map(|it| it.code.name())
        .collect();
    if codes.join(", ") != expected_errors {
        return Err(format!("errors `{expected_errors}` expected, but: {said:?}"));
    }
    if undecided {
        return Ok(());
    }
    let aliases: BTreeSet<&str> = outcome
        .pages
        .iter()
        .flat_map(|page| &page.items)
        .flat_map(|item| item.aliases.iter().map(roadbook::lock::ItemId::as_str))
        .collect();
    for (name, id) in ids.iter().filter(|(name, _)| !present.contains(*name)) {
        let retired = find(&outcome.lock, id).is_some_and(|it| it.state == State::Retired);
        if !retired && !aliases.contains(id.as_str()) {
            return Err(format!("`{name}` is not retired"));
        }
    }
    Ok(())
}

fn check_expectation(
    key: &str,
    value: &str,
    outcome: &Identity,
    ids: &BTreeMap<String, String>,
) -> Result<(), String> {
    let id = |name: &str| ids.get(name).cloned().unwrap_or_else(|| name.to_owned());
    let list = |names: &str| -> BTreeSet<String> { names.split(", ").map(id).collect() };
    let actual: String = match key {
        "changes" => outcome.changes.to_string(),
        "anchors" => {
            let formers = outcome.pages.iter().flat_map(|page| &page.former_anchors);
            let pairs: Vec<String> =
                formers.map(|(former, anchor)| format!("{former} -> {anchor}")).collect();
            pairs.join(", ")
        }
        "urls" => {
            let urls: Vec<&str> = outcome
                .pages
                .iter()
                .flat_map(|page| page.former_urls.iter().map(String::as_str))
                .collect();
            urls.join(", ")
        }
        "help" => {
            let value = with_ids(value, ids);
            let found = outcome.diagnostics.iter().any(|it| it.help.contains(&value));
            let said = || outcome.diagnostics.iter().map(|it| it.help.clone()).collect::<String>();
            return if found { Ok(()) } else { Err(format!("no help with `{value}`: {}", said())) };
        }
        "aliases" => {
            let (name, expected) = value.split_once(" = ").expect("`name = aliases`");
            let item = outcome
                .pages
                .iter()
                .flat_map(|page| &page.items)
                .find(|item| item.id.as_str() == id(name))
                .ok_or(format!("no item `{name}`"))?;
            let actual: BTreeSet<String> = item.aliases.iter().map(ToString::to_string).collect();
            let expected = list(expected);
            return if actual == expected { Ok(()) } else { Err(format!("aliases {actual:?}")) };
        }
        "split" => {
            let (whole, parts) = value.split_once(" -> ").expect("`whole -> parts`");
            let (whole, parts) = (id(whole), list(parts));
            let found = outcome.changes.split.iter().any(|(from, into)| {
                from.as_str() == whole
                    && into.iter().map(ToString::to_string).collect::<BTreeSet<_>>() == parts
            });
            let recorded = parts.iter().all(|part| {
                let from = find(&outcome.lock, part).and_then(|it| it.split_from.as_ref());
                let left = find(&outcome.lock, &whole)
                    .is_some_and(|it| it.replaced_by.iter().any(|other| other.as_str() == part));
                from.is_some_and(|from| from.as_str() == whole) || left
            });
            let changes = &outcome.changes.split;
            return if found && recorded { Ok(()) } else { Err(format!("split: {changes:?}")) };
        }
        "merge" => {
            let (parts, whole) = value.split_once(" -> ").expect("`parts -> whole`");
            let (parts, whole) = (list(parts), id(whole));
            let recorded = parts.iter().all(|part| {
                find(&outcome.lock, part).is_some_and(|it| {
                    it.state == State::Retired
                        && it.replaced_by.iter().map(ToString::to_string).eq([whole.clone()])
                })
            });
            let changes = &outcome.changes.merged;
            return if recorded { Ok(()) } else { Err(format!("merge: {changes:?}")) };
        }
        _ => panic!("unknown expectation `{key}`"),
    };
    if actual == value { Ok(()) } else { Err(format!("{key} `{actual}`, not `{value}`")) }
}

/// What holds after any identification.
pub(crate) fn check_laws(pages: &[ObservedPage], outcome: &Identity) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for id in outcome.pages.iter().flat_map(|page| &page.items).map(|item| &item.id) {
        if !seen.insert(id) {
            return Err(format!("{id} is given to two items"));
        }
    }
    let text = outcome.lock.to_string();
    let (read, problems) = Lock::parse("progress.lock", &text);
    if read != outcome.lock || !problems.is_empty() || read.to_string() != text {
        return Err(format!("the lock is not read back: {problems:?}\n{text}"));
    }
    let mut ids = BTreeSet::new();
    for id in read.pages.values().flat_map(|page| page.items.keys()) {
        if !ids.insert(id) {
            return Err(format!("{id} is twice in the lock"));
        }
    }
    // With errors the lock is not written, so it need not be the last word.
    if roadbook::diagnostic::has_errors(&outcome.diagnostics) {
        return Ok(());
    }
    let again = identify(pages, &outcome.lock);
    if again.lock != outcome.lock || again.pages != outcome.pages || !again.changes.is_empty() {
        return Err(format!("a second time brings {}:\n{text}\n{}", again.changes, again.lock));
    }
    Ok(())
}
