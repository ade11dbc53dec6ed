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

/// Entries are read in parts of at least this many, so that threads share the work.
const AT_ONCE: usize = 64;
/// The most parts: each has a vocabulary of its own, which has to be united with the others.
const MOST_PARTS: usize = 16;

/// The vocabulary of all entries.
pub(super) fn vocabulary(entries: &[Entry], stems: Stems) -> Vocabulary {
    let at_once = entries.len().div_ceil(MOST_PARTS).max(AT_ONCE);
    let parts: Vec<Vocabulary> = entries
        .par_chunks(at_once)
        .with_max_len(1)
        .enumerate()
        .map(|(chunk, entries)| {
            let mut reader = Reader::new(stems);
            for (no, entry) in entries.iter().enumerate() {
                reader.read((chunk * at_once + no) as u32, entry);
            }
            reader.vocabulary()
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

/// What a form is; found out once, since texts say the same words again and again.
#[derive(Clone, Copy)]
enum Form {
    Stop,
    /// The number of its stem.
    Stemmed(usize),
}

/// Reads entries in order into a vocabulary of them.
struct Reader {
    stems: Stems,
    forms: BTreeMap<Box<str>, Form>,
    numbers: BTreeMap<String, usize>,
    known: Vec<Stem>,
    /// The words of the entry that is being read, one behind the other.
    text: String,
    found: Vec<Occurrence>,
}

/// A word in [`Reader::text`].
struct Occurrence {
    /// Its first bytes as a number, which mostly tells which of two words comes first.
    start: u64,
    range: std::ops::Range<usize>,
    weight: u32,
}

impl Reader {
    fn new(stems: Stems) -> Self {
        Self {
            stems,
            forms: BTreeMap::new(),
            numbers: BTreeMap::new(),
            known: Vec::new(),
            text: String::new(),
            found: Vec::new(),
        }
    }

    fn vocabulary(mut self) -> Vocabulary {
        let take = |(stem, no): (String, usize)| (stem, std::mem::take(&mut self.known[no]));
        self.numbers.into_iter().map(take).collect()
    }

    fn field(&mut self, text: &str, weight: u32) {
        words(text, &mut |word| self.note(word, weight));
    }

    fn code(&mut self, text: &str) {
        words(text, &mut |word| {
            // Numbers in code are examples, and so are names with long ones.
            if !is_example(word) {
                self.note(word, weight::CODE);
            }
        });
    }

    fn note(&mut self, word: &str, weight: u32) {
        let mut first = [0; 8];
        let length = word.len().min(first.len());
        first[..length].copy_from_slice(&word.as_bytes()[..length]);
        let range = self.text.len()..self.text.len() + word.len();
        self.text.push_str(word);
        self.found.push(Occurrence { start: u64::from_be_bytes(first), range, weight });
    }

    /// Reads the entry with this number.
    fn read(&mut self, no: u32, entry: &Entry) {
        self.text.clear();
        self.found.clear();
        self.field(&entry.title, weight::TITLE);
        for name in &entry.names {
            self.field(name, weight::NAME);
        }
        self.field(&entry.summary, weight::SUMMARY);
        for part in &entry.parts {
            let (label, text) = match part.kind {
                PartKind::Item => (weight::ITEM, weight::NOTE),
                PartKind::Section | PartKind::Page => (weight::HEADING, weight::BODY),
            };
            self.field(&part.label, label);
            self.field(&part.text, text);
            self.code(&part.code);
        }
        for (stem, sum) in self.sums() {
            let heavy = u64::from(HEAVIEST) * u64::from(sum) / u64::from(sum.saturating_add(HALF));
            self.known[stem].entries.push((no, heavy.max(1) as u8));
        }
    }

    /// Each stem of the entry with the sum of its words' weights.
    fn sums(&mut self) -> Vec<(usize, u32)> {
        let mut found = std::mem::take(&mut self.found);
        let text = std::mem::take(&mut self.text);
        let word = |found: &Occurrence| &text.as_bytes()[found.range.clone()];
        found.sort_unstable_by(|a, b| a.start.cmp(&b.start).then_with(|| word(a).cmp(word(b))));
        let same = |a: &Occurrence, b: &Occurrence| a.start == b.start && word(a) == word(b);
        let mut stemmed: Vec<(usize, &[Occurrence])> = Vec::new();
        for group in found.chunk_by(same) {
            if let Form::Stemmed(stem) = self.form(&text[group[0].range.clone()]) {
                stemmed.push((stem, group));
            }
        }
        let occurrences = stemmed.iter().flat_map(|(_, group)| group.iter());
        let prose = occurrences.filter(|word| word.weight != weight::CODE).count();
        let length = u32::try_from(prose).unwrap_or(u32::MAX);
        let sum = |group: &[Occurrence]| {
            let weights = group.iter().map(|word| normal(word.weight, length));
            weights.fold(0_u32, u32::saturating_add)
        };
        let mut sums: Vec<(usize, u32)> =
            stemmed.iter().map(|(stem, group)| (*stem, sum(group))).collect();
        sums.sort_unstable();
        sums.dedup_by(|next, first| {
            let one = next.0 == first.0;
            if one {
                first.1 = first.1.saturating_add(next.1);
            }
            one
        });
        (self.found, self.text) = (found, text);
        sums
    }

    fn form(&mut self, form: &str) -> Form {
        if let Some(known) = self.forms.get(form) {
            return *known;
        }
        let kind = if is_stop(form) {
            Form::Stop
        } else {
            let stem = stemmed(form, self.stems);
            let no = *self.numbers.entry(stem).or_insert_with(|| {
                self.known.push(Stem::default());
                self.known.len() - 1
            });
            self.known[no].forms.insert(form.to_owned());
            Form::Stemmed(no)
        };
        self.forms.insert(form.into(), kind);
        kind
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
