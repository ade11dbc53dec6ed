//! Which characters a part of a pattern stands for.
//!
//! Input: escapes and sets such as `[^a-z_]`. Output: [`Set`]s of characters, and [`Signs`], the
//! bytes that characters begin with. Responsibility: never to miss a character; of those beyond
//! ASCII it only knows whether there are any.

use super::{MAX_DEPTH, Mode, Reader};

/// Bytes, and the end of the text as one sign more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::highlight) struct Signs([u64; 5]);

/// The sign that stands for the end of the text.
pub(in crate::highlight) const END: usize = 256;

impl Signs {
    pub(super) const NONE: Self = Self([0; 5]);
    pub(super) const ALL: Self = Self([u64::MAX, u64::MAX, u64::MAX, u64::MAX, 1]);
    pub(super) const BYTES: Self = Self([u64::MAX, u64::MAX, u64::MAX, u64::MAX, 0]);
    /// The bytes of characters beyond ASCII.
    const BEYOND: Self = Self([0, 0, u64::MAX, u64::MAX, 0]);

    pub(in crate::highlight) fn has(self, sign: usize) -> bool {
        self.0[sign / 64] >> (sign % 64) & 1 == 1
    }

    pub(super) fn add(&mut self, sign: usize) {
        self.0[sign / 64] |= 1 << (sign % 64);
    }

    pub(super) fn of(test: impl Fn(u8) -> bool) -> Self {
        let mut signs = Self::NONE;
        (0..=127).filter(|byte| test(*byte)).for_each(|byte| signs.add(byte.into()));
        signs
    }

    pub(super) fn or(self, other: Self) -> Self {
        let mut both = self;
        both.0.iter_mut().zip(other.0).for_each(|(mine, theirs)| *mine |= theirs);
        both
    }

    pub(super) fn and(self, other: Self) -> Self {
        let mut both = self;
        both.0.iter_mut().zip(other.0).for_each(|(mine, theirs)| *mine &= theirs);
        both
    }

    pub(super) fn but(self, other: Self) -> Self {
        let mut rest = self;
        rest.0.iter_mut().zip(other.0).for_each(|(mine, theirs)| *mine &= !theirs);
        rest
    }

    /// The other signs of ASCII.
    fn ascii_but(self) -> Self {
        Self([!self.0[0], !self.0[1], 0, 0, 0])
    }

    pub(super) fn is_within(self, other: Self) -> bool {
        self.and(other) == self
    }
}

/// The first bytes of a character.
pub(super) fn letter_signs(letter: char, mode: Mode) -> Signs {
    let mut signs = Signs::NONE;
    signs.add(usize::from(letter.encode_utf8(&mut [0; 4]).as_bytes()[0]));
    if mode.any_case && letter.is_alphabetic() {
        if !letter.is_ascii() {
            return Signs::ALL;
        }
        signs.add(letter.to_ascii_lowercase() as usize);
        signs.add(letter.to_ascii_uppercase() as usize);
        // `K` is also the sign of Kelvin, and `ss` a letter of German.
        signs = signs.or(Signs::BEYOND);
    }
    signs
}

/// The characters of a set: those of ASCII, and whether there may be others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Set {
    ascii: Signs,
    beyond: bool,
    /// Whether `ascii` holds no sign too many.
    exact: bool,
    /// The only character, if it was written as one.
    single: Option<char>,
}

impl Set {
    const EMPTY: Self = Self { ascii: Signs::NONE, beyond: false, exact: true, single: None };
    const UNKNOWN: Self = Self {
        ascii: Signs([u64::MAX, u64::MAX, 0, 0, 0]),
        beyond: true,
        exact: false,
        single: None,
    };

    fn class(test: impl Fn(u8) -> bool) -> Self {
        Self { ascii: Signs::of(test), beyond: true, exact: true, single: None }
    }

    fn letter(letter: char, mode: Mode) -> Self {
        let signs = letter_signs(letter, mode);
        let ascii = Signs([signs.0[0], signs.0[1], 0, 0, 0]);
        let exact = !mode.any_case || letter.is_ascii();
        Self { ascii, beyond: signs.and(Signs::BEYOND) != Signs::NONE, exact, single: Some(letter) }
    }

    fn single(self) -> Option<char> {
        self.single
    }

    fn or(self, other: Self) -> Self {
        Self {
            ascii: self.ascii.or(other.ascii),
            beyond: self.beyond || other.beyond,
            exact: self.exact && other.exact,
            single: None,
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            ascii: self.ascii.and(other.ascii),
            beyond: self.beyond && other.beyond,
            exact: self.exact && other.exact,
            single: None,
        }
    }

    /// All other characters.
    fn but(self) -> Self {
        if !self.exact {
            return Self::UNKNOWN;
        }
        Self { ascii: self.ascii.ascii_but(), beyond: true, exact: true, single: None }
    }

    pub(super) fn signs(self) -> Signs {
        if self.beyond { self.ascii.or(Signs::BEYOND) } else { self.ascii }
    }
}

impl Reader<'_> {
    /// The signs of an escape that may stand in sets too; `sign` is what follows the backslash.
    pub(super) fn escaped(&mut self, sign: char, mode: Mode) -> Set {
        match sign {
            'w' => Set::class(is_word_sign),
            'W' => Set::class(is_word_sign).but(),
            'd' => Set::class(|byte| byte.is_ascii_digit()),
            'D' => Set::class(|byte| byte.is_ascii_digit()).but(),
            's' => Set::class(is_space),
            'S' => Set::class(is_space).but(),
            'h' => Set::class(|byte| byte.is_ascii_hexdigit()),
            'H' => Set::class(|byte| byte.is_ascii_hexdigit()).but(),
            'n' => Set::letter('\n', mode),
            't' => Set::letter('\t', mode),
            'r' => Set::letter('\r', mode),
            'f' => Set::letter('\x0C', mode),
            'v' => Set::letter('\x0B', mode),
            'a' => Set::letter('\x07', mode),
            'e' => Set::letter('\x1B', mode),
            'x' => {
                let braced = self.takes('{');
                let most = if braced { 8 } else { 2 };
                let letter = self.hexadecimal(most);
                if braced && !self.takes('}') {
                    return Set::UNKNOWN;
                }
                letter.map_or(Set::UNKNOWN, |letter| Set::letter(letter, mode))
            }
            'u' => self.hexadecimal(4).map_or(Set::UNKNOWN, |letter| Set::letter(letter, mode)),
            'p' | 'P' => self.property(sign == 'P', mode),
            sign if sign.is_ascii_alphanumeric() => Set::UNKNOWN,
            sign => Set::letter(sign, mode),
        }
    }

    /// `\p{Lu}`, of which `\p` is read already: what Unicode says of a character.
    fn property(&mut self, mut negated: bool, mode: Mode) -> Set {
        if !self.takes('{') {
            return Set::UNKNOWN;
        }
        negated ^= self.takes('^');
        let mut name = String::new();
        while let Some(letter) = self.rest.next_if(|sign| *sign != '}') {
            if !matches!(letter, ' ' | '-' | '_') {
                name.push(letter.to_ascii_lowercase());
            }
        }
        if !self.takes('}') {
            self.lost = true;
            return Set::UNKNOWN;
        }
        let set = match name.as_str() {
            "l" | "letter" | "alpha" => Set::class(|byte| byte.is_ascii_alphabetic()),
            // Where case does not count, each may mean both.
            "lu" | "upper" | "ll" | "lower" if mode.any_case => {
                Set { exact: false, ..Set::class(|byte| byte.is_ascii_alphabetic()) }
            }
            "lu" | "upper" => Set::class(|byte| byte.is_ascii_uppercase()),
            "ll" | "lower" => Set::class(|byte| byte.is_ascii_lowercase()),
            "n" | "nd" | "digit" => Set::class(|byte| byte.is_ascii_digit()),
            "alnum" => Set::class(|byte| byte.is_ascii_alphanumeric()),
            "word" => Set::class(is_word_sign),
            "pc" => Set::class(|byte| byte == b'_'),
            "lt" | "lm" | "lo" | "m" | "mn" | "mc" | "me" | "nl" | "no" => Set::class(|_| false),
            _ => Set::UNKNOWN,
        };
        if negated { set.but() } else { set }
    }

    fn hexadecimal(&mut self, most: usize) -> Option<char> {
        let mut digits = String::new();
        while digits.len() < most
            && let Some(digit) = self.rest.next_if(char::is_ascii_hexdigit)
        {
            digits.push(digit);
        }
        // Two digits beyond ASCII are a byte rather than a character.
        let code = u32::from_str_radix(&digits, 16).ok()?;
        char::from_u32(code).filter(|_| code < 128 || most > 2)
    }

    /// A set of signs, the first bracket of which is read already.
    pub(super) fn set(&mut self, mode: Mode) -> Set {
        if self.depth == MAX_DEPTH {
            self.rest = "".chars().peekable();
            self.lost = true;
            return Set::UNKNOWN;
        }
        self.depth += 1;
        let set = self.set_inside(mode);
        self.depth -= 1;
        set
    }

    fn set_inside(&mut self, mode: Mode) -> Set {
        let negated = self.takes('^');
        let mut both: Option<Set> = None;
        let mut found = Set::EMPTY;
        let mut first = true;
        loop {
            let Some(sign) = self.rest.next() else {
                self.lost = true;
                return Set::UNKNOWN;
            };
            match sign {
                ']' if !first => break,
                '&' if self.takes('&') => {
                    both = Some(both.map_or(found, |both| both.and(found)));
                    found = Set::EMPTY;
                }
                '[' if self.takes(':') => found = found.or(self.posix()),
                '[' => found = found.or(self.set(mode)),
                sign => found = found.or(self.range(sign, mode)),
            }
            first = false;
        }
        let found = both.map_or(found, |both| both.and(found));
        if negated { found.but() } else { found }
    }

    /// `a`, `\n` or `a-z`.
    fn range(&mut self, sign: char, mode: Mode) -> Set {
        let mut letter = sign;
        if sign == '\\' {
            let Some(escaped) = self.rest.next() else { return Set::UNKNOWN };
            let set = self.escaped(escaped, mode);
            let Some(single) = set.single() else { return set };
            letter = single;
        }
        let mut ahead = self.rest.clone();
        if ahead.next() != Some('-') || matches!(ahead.peek(), None | Some(']' | '[')) {
            return Set::letter(letter, mode);
        }
        self.rest = ahead;
        let Some(mut last) = self.rest.next() else { return Set::UNKNOWN };
        if last == '\\' {
            let Some(escaped) = self.rest.next() else { return Set::UNKNOWN };
            let set = self.escaped(escaped, mode);
            let Some(single) = set.single() else { return Set::UNKNOWN };
            last = single;
        }
        if !letter.is_ascii() {
            return Set::letter(letter, mode);
        }
        let mut set = Set::letter(last, mode);
        for letter in letter..=last.min('\x7F') {
            set = set.or(Set::letter(letter, mode));
        }
        set.single = None;
        set
    }

    /// `[:alpha:]`, of which `[:` is read already.
    fn posix(&mut self) -> Set {
        let negated = self.takes('^');
        let mut name = String::new();
        while let Some(letter) = self.rest.next_if(char::is_ascii_alphabetic) {
            name.push(letter);
        }
        if !self.takes_word(":]") {
            self.lost = true;
            return Set::UNKNOWN;
        }
        let set = match name.as_str() {
            "alpha" => Set::class(|byte| byte.is_ascii_alphabetic()),
            "alnum" => Set::class(|byte| byte.is_ascii_alphanumeric()),
            "digit" => Set::class(|byte| byte.is_ascii_digit()),
            // Where case does not count, each means both.
            "lower" | "upper" => {
                Set { exact: false, ..Set::class(|byte| byte.is_ascii_alphabetic()) }
            }
            "xdigit" => Set::class(|byte| byte.is_ascii_hexdigit()),
            "word" => Set::class(is_word_sign),
            "space" => Set::class(is_space),
            "blank" => Set::class(|byte| matches!(byte, b' ' | b'\t')),
            _ => Set::UNKNOWN,
        };
        if negated { set.but() } else { set }
    }
}

pub(super) fn is_word_sign(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}
