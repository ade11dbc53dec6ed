//! Which word stands where, and how much it says there.
//!
//! Input: [`Entry`]s. Output: the vocabulary: for each stem the forms that occur, and the entries
//! with a weight. Responsibility: the weight, after BM25F: a word in a title says more than one in
//! the body, and saying it often says it no better. All numbers are integers, so that every machine
//! comes to the same.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::entry::{Entry, PartKind};
use super::stem::Stems;
use super::stop::is_stop;
use super::token::words;

/// The greatest weight of a word in an entry.
pub(super) const HEAVIEST: u32 = 31;

/// Stems in order.
pub(super) type Vocabulary = BTreeMap<String, Stem>;

/// What is known of a stem.
#[derive(Debug, Default)]
pub(super) struct Stem {
    /// The words that have it.
    pub(super) forms: BTreeSet<String>,
    /// Entries in order, each with a weight of 1 to [`HEAVIEST`].
    pub(super) entries: Vec<(u32, u8)>,
}

/// Weights of fields in sixteenths.
mod weight {
    pub(super) const TITLE: u32 = 160;
    pub(super) const NAME: u32 = 96;
    pub(super) const SUMMARY: u32 = 80;
    pub(super) const HEADING: u32 = 56;
    pub(super) const ITEM: u32 = 56;
    pub(super) const NOTE: u32 = 28;
    pub(super) const BODY: u32 = 16;
    pub(super) const CODE: u32 = 8;
}

/// A weight of this size is worth half of the greatest.
const HALF: u32 = 64;
/// So many words of a body are usual; in a longer one each says less.
const USUAL_LENGTH: u32 = 400;

/// Entries are read in parts of this many, so that threads share the work.
const AT_ONCE: usize = 256;

/// The vocabulary of all entries.
pub(super) fn vocabulary(entries: &[Entry], stems: Stems) -> Vocabulary {
    let parts: Vec<Vocabulary> = entries
        .par_chunks(AT_ONCE)
        .enumerate()
        .map(|(chunk, entries)| {
            let mut vocabulary = Vocabulary::new();
            for (no, entry) in entries.iter().enumerate() {
                add(&mut vocabulary, (chunk * AT_ONCE + no) as u32, entry, stems);
            }
            vocabulary
        })
        .collect();
    let mut parts = parts.into_iter();
    let mut vocabulary = parts.next().unwrap_or_default();
    for part in parts {
        for (stem, found) in part {
            match vocabulary.get_mut(&stem) {
                Some(known) => {
                    known.forms.extend(found.forms);
                    known.entries.extend(found.entries);
                }
                None => {
                    vocabulary.insert(stem, found);
                }
            }
        }
    }
    vocabulary
}

fn add(vocabulary: &mut Vocabulary, no: u32, entry: &Entry, stems: Stems) {
    let mut found: Vec<(String, u32)> = Vec::new();
    let mut field = |text: &str, weight: u32| {
        words(text, &mut |word| {
            if !is_stop(word) {
                found.push((word.to_owned(), weight));
            }
        });
    };
    field(&entry.title, weight::TITLE);
    for name in &entry.names {
        field(name, weight::NAME);
    }
    field(&entry.summary, weight::SUMMARY);
    for part in &entry.parts {
        let (label, text) = match part.kind {
            PartKind::Item => (weight::ITEM, weight::NOTE),
            PartKind::Section | PartKind::Page => (weight::HEADING, weight::BODY),
        };
        field(&part.label, label);
        field(&part.text, text);
    }
    let prose = found.len();
    for part in &entry.parts {
        words(&part.code, &mut |word| {
            // Numbers in code are examples, and so are names with long ones.
            if !is_stop(word) && !is_example(word) {
                found.push((word.to_owned(), weight::CODE));
            }
        });
    }
    found.sort_unstable();
    let length = u32::try_from(prose).unwrap_or(u32::MAX);
    let mut at = 0;
    let mut by_stem: Vec<(String, u32)> = Vec::new();
    while at < found.len() {
        let form = &found[at].0;
        let same = found[at..].iter().take_while(|(word, _)| word == form);
        let (count, sum) = same.fold((0, 0_u32), |(count, sum), (_, weight)| {
            (count + 1, sum.saturating_add(normal(*weight, length)))
        });
        let stem = stemmed(form, stems);
        let known = vocabulary.entry(stem.clone()).or_default();
        if !known.forms.contains(form) {
            known.forms.insert(form.clone());
        }
        by_stem.push((stem, sum));
        at += count;
    }
    by_stem.sort_unstable();
    for group in by_stem.chunk_by(|a, b| a.0 == b.0) {
        let sum = group.iter().fold(0_u32, |sum, (_, weight)| sum.saturating_add(*weight));
        let heavy = u64::from(HEAVIEST) * u64::from(sum) / u64::from(sum.saturating_add(HALF));
        if let Some(known) = vocabulary.get_mut(&group[0].0) {
            known.entries.push((no, heavy.max(1) as u8));
        }
    }
}

fn is_example(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    digits > 2 || word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// A word of the body says less in a long one.
fn normal(weight: u32, length: u32) -> u32 {
    if weight > weight::NOTE {
        return weight;
    }
    // From twice the weight in nothing to a half and less in what is long.
    (weight * 2 * USUAL_LENGTH / (USUAL_LENGTH + length.min(USUAL_LENGTH * 20))).max(1)
}

/// The stem of a word; of a joined one the stems of its parts, joined.
pub(super) fn stemmed(form: &str, stems: Stems) -> String {
    let is_letter = |c: char| c.is_alphanumeric();
    if form.chars().all(is_letter) {
        return stems.stem(form).into_owned();
    }
    let mut out = String::with_capacity(form.len());
    let mut rest = form;
    while !rest.is_empty() {
        let end = rest.find(|c| !is_letter(c)).unwrap_or(rest.len());
        out.push_str(&stems.stem(&rest[..end]));
        let signs = rest[end..].find(is_letter).map_or(rest.len(), |length| end + length);
        out.push_str(&rest[end..signs]);
        rest = &rest[signs..];
    }
    out
}
