//! Which word stands where, and how much it says there.
//!
//! Input: [`Entry`]s. Output: the vocabulary: for each stem the forms that occur, and the entries
//! with a weight. Responsibility: the weight, after BM25F: a word in a title says more than one in
//! the body, and saying it often says it no better. All numbers are integers, so that every machine
//! comes to the same.
#![expect(clippy::disallowed_types, reason = "looked up, or put in order before anybody walks it")]

use std::collections::{BTreeMap, BTreeSet, HashMap};

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

/// How often words of one stem stand where.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Occurrences {
    /// The weights of those in titles, labels and headings, added up: they weigh the same in every
    /// entry.
    fixed: u32,
    /// How many stand in notes.
    notes: u32,
    /// How many stand in the body.
    body: u32,
    /// How many stand in code.
    code: u32,
}

/// Reads entries in order into a vocabulary of them.
struct Reader {
    stems: Stems,
    forms: HashMap<Box<str>, Form>,
    numbers: HashMap<String, usize>,
    known: Vec<Stem>,
    /// Of each stem in the entry that is being read.
    occurrences: Vec<Occurrences>,
    /// The stems of that entry.
    found: Vec<usize>,
    /// How many words of prose it has.
    length: u32,
}

impl Reader {
    fn new(stems: Stems) -> Self {
        Self {
            stems,
            forms: HashMap::new(),
            numbers: HashMap::new(),
            known: Vec::new(),
            occurrences: Vec::new(),
            found: Vec::new(),
            length: 0,
        }
    }

    fn vocabulary(mut self) -> Vocabulary {
        let take = |(stem, no): (String, usize)| (stem, std::mem::take(&mut self.known[no]));
        self.numbers.into_iter().map(take).collect()
    }

    fn field(&mut self, text: &str, weight: u32) {
        words(text, &mut |word| {
            let Form::Stemmed(stem) = self.form(word) else { return };
            self.length = self.length.saturating_add(1);
            let of = self.occurrence(stem);
            match weight {
                weight::NOTE => of.notes = of.notes.saturating_add(1),
                weight::BODY => of.body = of.body.saturating_add(1),
                _ => of.fixed = of.fixed.saturating_add(weight),
            }
        });
    }

    fn code(&mut self, text: &str) {
        words(text, &mut |word| {
            // Numbers in code are examples, and so are names with long ones.
            if is_example(word) {
                return;
            }
            let Form::Stemmed(stem) = self.form(word) else { return };
            let of = self.occurrence(stem);
            of.code = of.code.saturating_add(1);
        });
    }

    fn occurrence(&mut self, stem: usize) -> &mut Occurrences {
        let of = &mut self.occurrences[stem];
        if *of == Occurrences::default() {
            self.found.push(stem);
        }
        of
    }

    /// Reads the entry with this number.
    fn read(&mut self, no: u32, entry: &Entry) {
        self.length = 0;
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
        for stem in self.found.drain(..) {
            let sum = std::mem::take(&mut self.occurrences[stem]).sum(self.length);
            let heavy = u64::from(HEAVIEST) * u64::from(sum) / u64::from(sum.saturating_add(HALF));
            self.known[stem].entries.push((no, heavy.max(1) as u8));
        }
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
                self.occurrences.push(Occurrences::default());
                self.known.len() - 1
            });
            self.known[no].forms.insert(form.to_owned());
            Form::Stemmed(no)
        };
        self.forms.insert(form.into(), kind);
        kind
    }
}

impl Occurrences {
    /// What they weigh together in an entry with so many words of prose.
    fn sum(self, length: u32) -> u32 {
        [(self.notes, weight::NOTE), (self.body, weight::BODY), (self.code, weight::CODE)]
            .map(|(count, weight)| count.saturating_mul(normal(weight, length)))
            .into_iter()
            .fold(self.fixed, u32::saturating_add)
    }
}

fn is_example(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    digits > 2 || word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// A word of the body says less in a long one.
fn normal(weight: u32, length: u32) -> u32 {
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
