//! What one page offers and asks for.
//!
//! Input: what was read in its HTML. Output: [`Hypertext`]. Responsibility: to hold it in little
//! room, since a build holds it for every page of the site.

use std::borrow::Cow;

use super::scan::{Scanned, scan};

/// What one page offers and asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hypertext {
    /// All texts in one: the ids, the links, what is fetched; each group in order, each text once.
    texts: Box<str>,
    /// Where each of them ends.
    ends: Box<[u32]>,
    ids: usize,
    links: usize,
    twice: Option<Box<str>>,
}

impl Hypertext {
    /// Reads a page.
    #[must_use]
    pub fn of(html: &str) -> Self {
        Self::from(scan(html))
    }

    /// The ids of its elements.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        (0..self.ids).map(|no| self.text(no))
    }

    /// Addresses that a reader may follow.
    pub fn links(&self) -> impl Iterator<Item = &str> {
        (self.ids..self.ids + self.links).map(|no| self.text(no))
    }

    /// Addresses that the browser fetches by itself.
    pub fn fetched(&self) -> impl Iterator<Item = &str> {
        (self.ids + self.links..self.ends.len()).map(|no| self.text(no))
    }

    /// The first id that an element has after another has it already.
    #[must_use]
    pub fn twice(&self) -> Option<&str> {
        self.twice.as_deref()
    }

    /// Whether an element has this id.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        let (mut from, mut to) = (0, self.ids);
        while from < to {
            let middle = usize::midpoint(from, to);
            match self.text(middle).cmp(id) {
                std::cmp::Ordering::Equal => return true,
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
            }
        }
        false
    }

    fn text(&self, no: usize) -> &str {
        let start = if no == 0 { 0 } else { self.ends[no - 1] as usize };
        &self.texts[start..self.ends[no] as usize]
    }
}

impl From<Scanned<'_>> for Hypertext {
    fn from(scanned: Scanned<'_>) -> Self {
        let Scanned { ids, mut links, mut fetched } = scanned;
        let mut ids: Vec<(Cow<'_, str>, usize)> = ids.into_iter().zip(0..).collect();
        ids.sort_unstable();
        let twice = ids.windows(2).filter(|pair| pair[0].0 == pair[1].0).map(|pair| &pair[1]);
        let twice = twice.min_by_key(|(_, at)| *at).map(|(id, _)| Box::from(&**id));
        ids.dedup_by(|one, other| one.0 == other.0);
        for addresses in [&mut links, &mut fetched] {
            addresses.sort_unstable();
            addresses.dedup();
        }
        let all = || ids.iter().map(|(id, _)| id).chain(&links).chain(&fetched);
        let mut texts = String::with_capacity(all().map(|text| text.len()).sum());
        let ends = all().map(|text| {
            texts.push_str(text);
            // No page has 4 GB.
            u32::try_from(texts.len()).unwrap_or(u32::MAX)
        });
        let ends = ends.collect();
        Self { texts: texts.into(), ends, ids: ids.len(), links: links.len(), twice }
    }
}
