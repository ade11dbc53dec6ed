//! The bytes that a match of a pattern goes through, one after the other.
//!
//! Input: the parts of a pattern as they are read. Output: [`Course`]. Responsibility: ruling out a
//! place by the bytes that follow, not the first one alone. A course knows nothing of what a
//! pattern remembers or looks back at, so where it holds, a match is possible and no more.

use std::sync::OnceLock;

use super::set::{END, Signs, is_word_sign};

/// How many signs of a pattern are followed.
const MOST: usize = 128;

/// The bytes that a match goes through.
#[derive(Debug)]
pub(super) struct Course {
    /// What each place of the pattern takes in.
    signs: Vec<Signs>,
    /// The places that may come after each place, as bits.
    after: Vec<u128>,
    /// The places where a match begins.
    first: u128,
    /// The places after which nothing more is known to be needed.
    last: u128,
    /// The places that take in each sign of ASCII, [`BEYOND`] and [`AT_END`].
    takers: OnceLock<Box<[u128; 130]>>,
}

/// Where `takers` tells of all bytes beyond ASCII.
const BEYOND: usize = 128;
/// Where it tells of the end of the text.
const AT_END: usize = 129;

impl Course {
    /// Whether `text` may hold a match that begins at `at`.
    pub(super) fn fits(&self, text: &[u8], at: usize) -> bool {
        let takers = self.takers.get_or_init(|| self.takers());
        let mut open = self.first;
        for byte in &text[at..] {
            let taken = open & takers[usize::from(*byte).min(BEYOND)];
            // Of characters beyond ASCII only the first byte is known.
            if taken & self.last != 0 || (taken != 0 && !byte.is_ascii()) {
                return true;
            }
            open = self.after(taken);
            if open == 0 {
                return false;
            }
        }
        open & takers[AT_END] & self.last != 0
    }

    fn after(&self, mut places: u128) -> u128 {
        let mut after = 0;
        while places != 0 {
            after |= self.after[places.trailing_zeros() as usize];
            places &= places - 1;
        }
        after
    }

    fn takers(&self) -> Box<[u128; 130]> {
        let mut takers = Box::new([0; 130]);
        for (place, signs) in self.signs.iter().enumerate() {
            for sign in 0..=END {
                if signs.has(sign) {
                    let at = if sign == END { AT_END } else { sign.min(BEYOND) };
                    takers[at] |= 1 << place;
                }
            }
        }
        takers
    }
}

/// The places of a part of a pattern.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way {
    first: u128,
    last: u128,
    /// Whether it may take in nothing.
    pub(super) empty: bool,
}

impl Way {
    pub(super) const NOTHING: Self = Self { first: 0, last: 0, empty: true };

    pub(super) fn or(self, other: Self) -> Self {
        Self {
            first: self.first | other.first,
            last: self.last | other.last,
            empty: self.empty || other.empty,
        }
    }
}

/// A course in the making.
pub(super) struct Draft {
    signs: Vec<Signs>,
    after: Vec<u128>,
    last: u128,
    /// How many parts of a sequence are followed.
    pub(super) limit: usize,
    /// In how many sequences no more parts are followed.
    stopped: usize,
    full: bool,
}

impl Draft {
    pub(super) fn new(limit: usize) -> Self {
        Self { signs: Vec::new(), after: Vec::new(), last: 0, limit, stopped: 0, full: false }
    }

    /// One place, for one of these signs.
    pub(super) fn one_of(&mut self, signs: Signs) -> Way {
        if self.stopped > 0 {
            return Way { empty: false, ..Way::NOTHING };
        }
        if self.signs.len() == MOST {
            self.full = true;
            return Way::NOTHING;
        }
        let place = 1 << self.signs.len();
        self.signs.push(signs);
        self.after.push(0);
        Way { first: place, last: place, empty: false }
    }

    /// A look at the next sign, behind which nothing is followed.
    pub(super) fn before(&mut self, signs: Signs) -> Way {
        let way = self.one_of(signs);
        self.ahead(way)
    }

    /// A look at what follows, behind which nothing is followed.
    pub(super) fn ahead(&mut self, way: Way) -> Way {
        if way.empty {
            return Way::NOTHING;
        }
        self.last |= way.last;
        Way { last: 0, ..way }
    }

    pub(super) fn then(&mut self, way: Way, next: Way) -> Way {
        self.join(way.last, next.first);
        Way {
            first: way.first | if way.empty { next.first } else { 0 },
            last: next.last | if next.empty { way.last } else { 0 },
            empty: way.empty && next.empty,
        }
    }

    /// A part may come again after itself.
    pub(super) fn again(&mut self, way: Way) {
        self.join(way.last, way.first);
    }

    fn join(&mut self, mut from: u128, to: u128) {
        while from != 0 {
            self.after[from.trailing_zeros() as usize] |= to;
            from &= from - 1;
        }
    }

    /// Whether a part always ends with a sign of a word.
    pub(super) fn ends_in_word(&self, way: Way) -> bool {
        let word = Signs::of(is_word_sign);
        let mut signs = (0..).zip(&self.signs);
        !way.empty
            && way.last != 0
            && signs.all(|(place, signs)| way.last >> place & 1 == 0 || signs.is_within(word))
    }

    /// Follows nothing of this sequence any more.
    pub(super) fn stop(&mut self, way: Way) -> Way {
        self.stopped += 1;
        self.ahead(way)
    }

    /// The sequence is over.
    pub(super) fn resume(&mut self) {
        self.stopped -= 1;
    }

    pub(super) fn has_room(&self) -> bool {
        !self.full
    }

    /// The course of a whole pattern; `None` where nothing need follow.
    pub(super) fn finish(self, whole: Way) -> Option<Course> {
        let Self { signs, after, last, full, .. } = self;
        (!full && !whole.empty).then(|| Course {
            signs,
            after,
            first: whole.first,
            last: last | whole.last,
            takers: OnceLock::new(),
        })
    }
}
