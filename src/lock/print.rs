//! The lock as text.
//!
//! Input: [`Lock`]. Output: its canonical text. Responsibility: one text for one lock, on every
//! machine.

use std::fmt::{self, Display, Formatter, Write};

use super::escape::{escaped, word};
use super::{Family, ItemId, Lock, LockedItem, LockedPage, State, VERSION};
use crate::kind::PageKey;

impl Display for Lock {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "roadbook-lock {VERSION}")?;
        let mut pages: Vec<(&PageKey, &LockedPage)> =
            self.pages.iter().map(|(key, page)| (key, &**page)).collect();
        // By name of the kind, as anyone who sorts the sections of a text would have it.
        pages.sort_by_key(|(key, _)| (key.kind.name(), key.id.as_str()));
        pages.into_iter().try_for_each(|(key, page)| print_page(f, key, page))
    }
}

fn print_page(f: &mut Formatter<'_>, key: &PageKey, page: &LockedPage) -> fmt::Result {
    let name = format!("{}:{}", key.kind.name(), word(&key.id));
    writeln!(f, "[{name}]")?;
    writeln!(f, "page: {name}")?;
    if !page.url.is_empty() || !page.title.is_empty() {
        write!(f, "url: {}", word(&page.url))?;
        print_text(f, &page.title)?;
        f.write_char('\n')?;
    }
    for url in &page.former_urls {
        writeln!(f, "was: {}", word(url))?;
    }
    for heading in &page.headings {
        write!(f, "anchor: {name}#{}", word(&heading.anchor))?;
        print_list(f, "<-", heading.formers.iter().map(|former| word(former)))?;
        f.write_char('\n')?;
    }
    for (id, item) in &page.items {
        print_item(f, key, id, item)?;
    }
    writeln!(f, "end: {name}")
}

fn print_item(f: &mut Formatter<'_>, key: &PageKey, id: &ItemId, item: &LockedItem) -> fmt::Result {
    for text in item.texts() {
        f.write_str(id.as_str())?;
        if item.state == State::Retired {
            f.write_str(" ~")?;
        }
        if item.family != Family::usual(key.kind) {
            f.write_str(match item.family {
                Family::Project => " *project",
                Family::Task => " *task",
                Family::Entry => " *entry",
            })?;
        }
        if item.occurrence > 1 {
            write!(f, " #{}", item.occurrence)?;
        }
        print_text(f, text)?;
        print_list(f, "->", item.replaced_by.iter())?;
        print_list(f, "<-", item.split_from.iter())?;
        print_list(f, "==", item.aliases.iter())?;
        print_list(f, "~=", item.wording.iter())?;
        f.write_char('\n')?;
    }
    Ok(())
}

fn print_text(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    if text.is_empty() { Ok(()) } else { write!(f, " {}", escaped(text)) }
}

fn print_list<T: Display>(
    f: &mut Formatter<'_>,
    mark: &str,
    words: impl Iterator<Item = T>,
) -> fmt::Result {
    for (at, word) in words.enumerate() {
        if at == 0 {
            write!(f, " {mark} {word}")?;
        } else {
            write!(f, ", {word}")?;
        }
    }
    Ok(())
}
