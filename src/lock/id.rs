//! The permanent id of an item, and the hash of its wording.
//!
//! Input: text, or what an item was when it was first seen. Output: [`ItemId`], [`Wording`].
//! Responsibility: which strings are ids, and minting new ones.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::kind::PageKey;

/// Letters of minted ids: those that no digit or other letter looks like.
const LETTERS: &[u8; 23] = b"abcdefghjkmnpqrstuvwxyz";
/// Letters and digits of minted ids after the first letter.
const SIGNS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";
/// Length of a minted id.
const LENGTH: usize = 8;
/// Longest id that is kept in place.
const FEW: usize = 14;
/// Longest name that an author may give.
const LONGEST: usize = 40;

/// What names an item for ever: minted from a hash, or a name that the author gave.
#[derive(Debug, Clone)]
pub struct ItemId(Letters);

/// Hundreds of thousands of ids are compared and copied in every build, so a minted one stands in
/// its place and not behind a pointer.
#[derive(Debug, Clone)]
enum Letters {
    Few { length: u8, signs: [u8; FEW] },
    Many(Arc<str>),
}

impl ItemId {
    /// The id with this text, unless no id can be written so: `[a-z][a-z0-9-]{1,39}`.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let mut bytes = text.bytes();
        let valid = (2..=LONGEST).contains(&text.len())
            && bytes.next().is_some_and(|first| first.is_ascii_lowercase())
            && bytes.all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'-');
        valid.then(|| Self::of(text))
    }

    /// Mints the id of an item first seen on this page with this text.
    ///
    /// `occurrence` counts the items of the page with the same text, from 0. `round` counts the
    /// attempts: it takes the next value as long as the id is known already. `None` where the
    /// round's id would have no digit and could thus be mistaken for a word.
    #[must_use]
    pub fn mint(page: &PageKey, text: &str, occurrence: u32, round: u32) -> Option<Self> {
        let mut hasher = blake3::Hasher::new();
        for part in [page.kind.name(), &page.id, text] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        hasher.update(&occurrence.to_le_bytes());
        hasher.update(&round.to_le_bytes());
        let mut bits = [0; 8];
        bits.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
        let mut rest = u64::from_le_bytes(bits);
        let mut text = String::with_capacity(LENGTH);
        for place in 0..LENGTH {
            let signs: &[u8] = if place == 0 { LETTERS } else { SIGNS };
            let base = signs.len() as u64;
            text.push(char::from(signs[(rest % base) as usize]));
            rest /= base;
        }
        text.bytes().any(|sign| sign.is_ascii_digit()).then(|| Self::of(&text))
    }

    /// Whether it looks like a minted id, so that nobody chose it for its meaning.
    #[must_use]
    pub fn is_minted(&self) -> bool {
        let text = self.as_str();
        text.len() == LENGTH
            && text.bytes().all(|sign| SIGNS.contains(&sign))
            && text.bytes().any(|sign| sign.is_ascii_digit())
    }

    /// The id as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            // Ids are made of ASCII letters, so that this cannot fail.
            Letters::Few { length, signs } => {
                std::str::from_utf8(&signs[..usize::from(*length)]).unwrap_or_default()
            }
            Letters::Many(text) => text,
        }
    }

    fn of(text: &str) -> Self {
        let mut signs = [0; FEW];
        match (signs.get_mut(..text.len()), u8::try_from(text.len())) {
            (Some(place), Ok(length)) => {
                place.copy_from_slice(text.as_bytes());
                Self(Letters::Few { length, signs })
            }
            _ => Self(Letters::Many(Arc::from(text))),
        }
    }
}

impl PartialEq for ItemId {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for ItemId {}

impl PartialOrd for ItemId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ItemId {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl Hash for ItemId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The hash of an item's text without regard to case, punctuation, `ё` and markup. The browser
/// announces an item as reworded when it changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wording(pub(crate) u32);

impl Wording {
    /// The hash of a text that is already normalised.
    #[must_use]
    pub fn of_normalised(text: &str) -> Self {
        let hash = blake3::hash(text.as_bytes());
        let mut bits = [0; 4];
        bits.copy_from_slice(&hash.as_bytes()[..4]);
        Self(u32::from_be_bytes(bits))
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        let digits =
            text.len() == 8 && text.bytes().all(|sign| matches!(sign, b'0'..=b'9' | b'a'..=b'f'));
        digits.then(|| u32::from_str_radix(text, 16).ok().map(Self)).flatten()
    }
}

impl fmt::Display for Wording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}
