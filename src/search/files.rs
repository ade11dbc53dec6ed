//! The files of the index.
//!
//! Input: entries and their vocabulary. Output: classic scripts by path. Responsibility: their
//! shape (`client/CONTRACT.md` of the theme describes it) and their size: a small site is one
//! file, a large one is cut so that a query needs few and small ones.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;
use serde_json::{Value, json};

use super::entry::{Entry, EntryKind, Part, PartKind};
use super::postings::{Stem, Vocabulary};
use super::stem::Stems;
use super::stop;
use crate::link::Linked;
use crate::snapshot::PIECE;

/// Up to this size everything is one file.
const SMALL: usize = 128 << 10;
/// The size of a range of the vocabulary, and of what is known of words.
const RANGE: usize = 32 << 10;
/// The size of a chunk of texts: a query needs those of several pages, each in another chunk.
const TEXTS: usize = 12 << 10;
/// Up to this size of all texts they are kept whole.
const WHOLE: usize = 8 << 20;
/// Characters of a text where texts are not kept whole.
const BRIEF: usize = 64;
/// Characters of code kept for excerpts.
const CODE: usize = 600;

/// How much of a page's text is kept for excerpts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// All of it.
    Whole,
    /// The beginning, and the headings.
    Brief,
}

/// All scripts by path.
pub(super) fn scripts(
    linked: &Linked,
    stems: Stems,
    entries: &[Entry],
    vocabulary: &Vocabulary,
) -> BTreeMap<String, Vec<u8>> {
    let (words, postings): (Vec<String>, Vec<String>) = vocabulary
        .par_iter()
        .map(|(stem, known)| (word_line(stem, known), posting_line(known)))
        .unzip();
    let texts: Vec<String> = {
        let parts = entries.iter().flat_map(|entry| &entry.parts);
        let size: usize = parts.map(|part| part.label.len() + part.text.len()).sum();
        let detail = if size <= WHOLE { Detail::Whole } else { Detail::Brief };
        entries.par_iter().with_max_len(PIECE).map(|entry| record(entry, detail)).collect()
    };
    let in_order: Vec<&String> = vocabulary.keys().collect();
    let word_ranges = ranges(&words, RANGE);
    let posting_ranges = ranges(&postings, RANGE);
    let text_ranges = ranges(&texts, TEXTS);
    let first_words: Vec<&String> = word_ranges.iter().map(|range| in_order[range.start]).collect();
    let starts = |ranges: &[std::ops::Range<usize>]| -> Vec<usize> {
        ranges.iter().map(|range| range.start).collect()
    };
    let core = json!({
        "format": 1,
        "language": linked.curriculum.config.language,
        "stems": stems.names(),
        "kinds": kinds(entries),
        "stop": stop::WORDS.join(" "),
        "names": names(linked, entries),
        "words": first_words,
        "terms": starts(&word_ranges),
        "postings": starts(&posting_ranges),
        "texts": starts(&text_ranges),
    });
    let lines = |kind: &str, no: usize, lines: &[String]| {
        let name = format!("search-{kind}-{no}");
        let value = json!([no, lines.join("\n")]);
        (name, script(&format!("search-{kind}"), &value))
    };
    let records = |no: usize, records: &[String]| {
        let value = format!("[{no},[{}]]", records.join(","));
        (format!("search-texts-{no}"), raw_script("search-texts", value))
    };
    let mut files = vec![("search".to_owned(), script("search", &core))];
    let ranges = word_ranges.into_par_iter().enumerate();
    files.par_extend(ranges.map(|(no, range)| lines("words", no, &words[range])));
    let ranges = posting_ranges.into_par_iter().enumerate();
    files.par_extend(ranges.map(|(no, range)| lines("postings", no, &postings[range])));
    let ranges = text_ranges.into_par_iter().enumerate();
    files.par_extend(ranges.map(|(no, range)| records(no, &texts[range])));
    if files.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() <= SMALL {
        let all = files.into_iter().flat_map(|(_, bytes)| bytes).collect();
        files = vec![("search".to_owned(), all)];
    }
    files.into_iter().map(|(name, bytes)| (format!("data/{name}.js"), bytes)).collect()
}

fn script(kind: &str, value: &Value) -> Vec<u8> {
    raw_script(kind, value.to_string())
}

/// One call that works whichever script comes first, safe inside HTML as well.
fn raw_script(kind: &str, json: String) -> Vec<u8> {
    let unsafe_signs =
        [("</", "<\\/"), ("<!--", "<\\u0021--"), ("\u{2028}", "\\u2028"), ("\u{2029}", "\\u2029")];
    let json = unsafe_signs.into_iter().fold(json, |json, (sign, safe)| {
        if json.contains(sign) { json.replace(sign, safe) } else { json }
    });
    format!("(self.roadbookSupply=self.roadbookSupply||[]).push([\"{kind}\",{json}]);\n")
        .into_bytes()
}

/// Lines in order, cut so that a range has about `size` bytes.
fn ranges(lines: &[String], size: usize) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    let mut bytes = 0;
    for (no, line) in lines.iter().enumerate() {
        if bytes > 0 && bytes + line.len() > size {
            ranges.push(start..no);
            (start, bytes) = (no, 0);
        }
        bytes += line.len() + 1;
    }
    if start < lines.len() {
        ranges.push(start..lines.len());
    }
    ranges
}

/// Each kind that there is, and the number of its first entry.
fn kinds(entries: &[Entry]) -> Value {
    let first = |kind: EntryKind| entries.iter().position(|entry| entry.kind == kind);
    let found = EntryKind::ALL.into_iter().filter_map(|kind| Some((kind.name(), first(kind)?)));
    let mut kinds: Vec<Value> = found.map(|(name, first)| json!([name, first])).collect();
    kinds.push(json!(["", entries.len()]));
    json!(kinds)
}

/// Names of one thing, from the glossary and from `book.toml`.
fn names(linked: &Linked, entries: &[Entry]) -> Vec<Vec<String>> {
    let terms = entries.iter().filter(|entry| entry.kind == EntryKind::Term);
    let terms = terms.map(|term| {
        std::iter::once(&term.title).chain(&term.names).cloned().collect::<Vec<String>>()
    });
    terms
        .filter(|names| names.len() > 1)
        .chain(linked.curriculum.config.synonyms.iter().cloned())
        .collect()
}

/// `stem count form,form`: a form is what follows the stem, after a `~` for each letter that the
/// stem loses.
fn word_line(stem: &str, known: &Stem) -> String {
    let mut line = format!("{stem} {} ", known.entries.len());
    for (no, form) in known.forms.iter().enumerate() {
        if no > 0 {
            line.push(',');
        }
        let common: usize = stem
            .chars()
            .zip(form.chars())
            .take_while(|(a, b)| a == b)
            .map(|(c, _)| c.len_utf8())
            .sum();
        for _ in stem[common..].chars() {
            line.push('~');
        }
        line.push_str(&form[common..]);
    }
    line
}

/// The signs of numbers: 64 of them, none with a meaning in JSON or HTML.
const SIGNS: &[u8; 64] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";

/// The distances between the entries, each in digits of 32 with the upper 32 signs for «goes on»,
/// then a blank, then their weights.
fn posting_line(known: &Stem) -> String {
    let mut line = String::with_capacity(known.entries.len() * 2 + 1);
    let mut before = None;
    for (no, _) in &known.entries {
        let mut distance = before.map_or(*no, |before: u32| no - before - 1);
        before = Some(*no);
        while distance >= 32 {
            line.push(char::from(SIGNS[(32 + distance % 32) as usize]));
            distance /= 32;
        }
        line.push(char::from(SIGNS[distance as usize]));
    }
    line.push(' ');
    for (_, weight) in &known.entries {
        line.push(char::from(SIGNS[usize::from(*weight)]));
    }
    line
}

/// What is shown of an entry: title, number, address, stage, level, summary, names, and its parts:
/// kind, anchor, label, text.
fn record(entry: &Entry, detail: Detail) -> String {
    let parts: Vec<(u8, &str, &str, Cow<'_, str>)> = entry
        .parts
        .iter()
        .enumerate()
        .filter(|(no, part)| detail == Detail::Whole || *no == 0 || part.kind == PartKind::Section)
        .map(|(no, part)| {
            let text = match detail {
                Detail::Whole => excerpt(part),
                Detail::Brief if no == 0 => cut(&part.text, BRIEF).into(),
                Detail::Brief => "".into(),
            };
            let kind = match part.kind {
                PartKind::Page => 0,
                PartKind::Section => 1,
                PartKind::Item => 2,
            };
            (kind, part.anchor.as_str(), part.label.as_str(), text)
        })
        .collect();
    let record = (
        &entry.title,
        entry.number.as_deref().unwrap_or_default(),
        &entry.url,
        entry.stage.map_or(-1, |stage| i64::try_from(stage).unwrap_or(-1)),
        entry.level.as_deref().unwrap_or_default(),
        &entry.summary,
        entry.names.join(", "),
        parts,
    );
    // Strings and numbers always become JSON.
    serde_json::to_string(&record).unwrap_or_default()
}

/// The text, and behind it the code.
fn excerpt(part: &Part) -> Cow<'_, str> {
    if part.code.is_empty() {
        return part.text.as_str().into();
    }
    format!("{} {}", part.text, cut(&part.code, CODE)).into()
}

fn cut(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(at, _)| &text[..at])
}
