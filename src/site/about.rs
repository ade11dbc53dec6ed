//! What a card says of the page or the term that a link leads to.
//!
//! Input: [`Linked`] and the interface's words. Output: entries by address, dealt out to scripts of
//! bounded size. Responsibility: a reader who rests on a link learns where it leads; a page loads
//! the one script that knows, however many pages there are.

use serde_json::{Map, Value, json};

use crate::document::plain_blocks;
use crate::kind::PageKind;
use crate::link::Linked;
use crate::model::{Page, description};
use crate::words::{Argument, Words};

/// How many entries a script holds, about.
const ENTRIES: usize = 48;

/// The scripts' contents in order. The script that knows an address is the one at [`place`].
pub(super) fn scripts(linked: &Linked, words: &Words) -> Vec<Value> {
    let mut entries = pages(linked, words);
    entries.extend(terms(linked, words));
    let mut dealt = vec![Map::new(); entries.len().div_ceil(ENTRIES).max(1)];
    let count = dealt.len();
    for (address, entry) in entries {
        dealt[place(&address, count)].insert(address, entry);
    }
    dealt.into_iter().map(Value::Object).collect()
}

/// Which of so many scripts knows the address. The client computes the same: FNV-1a of 32 bits.
fn place(address: &str, count: usize) -> usize {
    let hash = address
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash as usize % count
}

fn pages(linked: &Linked, words: &Words) -> Vec<(String, Value)> {
    let curriculum = &linked.curriculum;
    let mut levels = vec![None; curriculum.pages.len()];
    let mut kickers: Vec<Option<String>> = vec![None; curriculum.pages.len()];
    let numbered = |id: &str, page: &Page| {
        let number = page.number.as_deref()?;
        Some(words.get(id, &[("number", Argument::Text(number))]))
    };
    for level in &curriculum.levels {
        let page = &curriculum.pages[level.page];
        levels[level.page] = Some(page);
        kickers[level.page] = numbered("level-number", page);
        for stage in &curriculum.stages[level.stages.clone()] {
            levels[stage.page] = Some(page);
            kickers[stage.page] = numbered("stage-number", &curriculum.pages[stage.page]);
            for project in &curriculum.projects[stage.projects.clone()] {
                levels[project.page] = Some(page);
                let kind = words.get(&format!("kind-{}", project.fields.kind.name()), &[]);
                let number = curriculum.pages[stage.page].number.as_deref();
                kickers[project.page] = Some(match number {
                    Some(number) => words.get(
                        "project-of-stage",
                        &[("kind", Argument::Text(&kind)), ("number", Argument::Text(number))],
                    ),
                    None => kind,
                });
            }
        }
    }
    let pages = curriculum.pages.iter().zip(levels).zip(kickers);
    pages
        .map(|((page, level), kicker)| {
            let mut entry = Map::new();
            let kicker = match page.key.kind {
                PageKind::Source => Some(words.get("source", &[])),
                _ => kicker,
            };
            if let Some(kicker) = kicker {
                entry.insert("above".into(), json!(kicker));
            }
            entry.insert("title".into(), json!(page.title));
            if let Some(text) = description(&page.draft) {
                entry.insert("text".into(), json!(text));
            }
            if let Some(level) = level {
                entry.insert("level".into(), json!(level.key.id));
                entry.insert("scope".into(), json!(page.key.to_string()));
            }
            (page.key.url(), Value::Object(entry))
        })
        .collect()
}

fn terms(linked: &Linked, words: &Words) -> Vec<(String, Value)> {
    let curriculum = &linked.curriculum;
    let Some(glossary) = &curriculum.glossary else { return Vec::new() };
    let page = &curriculum.pages[glossary.page];
    let document = &page.draft.document;
    glossary
        .terms
        .iter()
        .enumerate()
        .map(|(section, term)| {
            let address = format!("{}#{}", page.key.url(), document.headings[term.heading].anchor);
            let entry = json!({
                "above": words.get("term", &[]),
                "title": term.title,
                "text": plain_blocks(document.below(section)),
            });
            (address, entry)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_what_the_client_computes() {
        // The same values stand in the client's test of `about.ts`.
        assert_eq!(place("stages/linux/index.html", 1000), 907);
        assert_eq!(place("glossary/index.html#миграция", 1000), 845);
    }
}
