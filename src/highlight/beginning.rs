//! What text a match of a grammar's pattern can begin with.
//!
//! Input: a pattern as Oniguruma reads it. Output: [`Beginning`]. Responsibility: saying "no" to
//! most places of a text without asking the engine. It says "no" only where it is sure: whatever
//! is not understood here may begin with anything.

use std::iter::Peekable;
use std::str::Chars;

mod course;
mod set;

use course::{Course, Draft, Way};
pub(super) use set::END;
use set::{Signs, is_word_sign, letter_signs};

/// How deep groups may lie in one another.
const MAX_DEPTH: usize = 100;

/// What a match can begin with.
#[derive(Debug)]
pub(super) struct Beginning {
    /// The first byte at its place, whether it takes in that byte or only looks at it.
    signs: Signs,
    /// The bytes that must follow; `None` where nothing need follow.
    course: Option<Course>,
    /// Whether a word must begin here: a word's sign follows, and none goes before.
    at_word: bool,
    /// Whether a line must begin here.
    at_line: bool,
    /// Whether the pattern asks where the search began. Nothing else is known then.
    pub(super) asks_for_start: bool,
}

impl Beginning {
    /// Of the matches of `pattern`.
    pub(super) fn of(pattern: &str) -> Self {
        // The more of it is followed, the more places it rules out; long lists of words need much
        // room already for their first letters.
        let (mut beginning, mut room) = Self::within(usize::MAX, pattern);
        for limit in [6, 4, 3, 2, 1] {
            if room {
                break;
            }
            (beginning, room) = Self::within(limit, pattern);
        }
        beginning
    }

    /// The same, where of each sequence so many parts are followed; whether there was room.
    fn within(limit: usize, pattern: &str) -> (Self, bool) {
        let mut reader = Reader {
            rest: pattern.chars().peekable(),
            draft: Draft::new(limit),
            depth: 0,
            lost: false,
            asked: false,
        };
        let whole = reader.alternatives(Mode::default());
        // A bracket without its partner: this is not what the engine reads.
        let asks_for_start = reader.asked;
        let sure = !reader.lost && !asks_for_start && reader.rest.peek().is_none();
        let whole = if sure { whole } else { Part::UNKNOWN };
        let signs = whole.taken.or(whole.passed);
        let at_word = whole.at_border && signs.is_within(Signs::of(is_word_sign));
        let room = reader.draft.has_room();
        let course = reader.draft.finish(whole.way);
        (Self { signs, course, at_word, at_line: whole.at_line, asks_for_start }, room)
    }

    /// Whether a match may begin before `sign` and after what `before` says.
    pub(super) fn may_begin(&self, before: Before, sign: usize) -> bool {
        self.signs.has(sign)
            && !(self.at_word && before == Before::Word)
            && !(self.at_line && before != Before::Line)
    }

    /// Whether a match may begin at `at`, a place between two characters of `text`.
    pub(super) fn fits(&self, text: &[u8], at: usize) -> bool {
        self.may_begin(Before::of(text, at), text.get(at).map_or(END, |byte| usize::from(*byte)))
            && self.course.as_ref().is_none_or(|course| course.fits(text, at))
    }
}

/// What stands before a place of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// Nothing: a line begins.
    Line,
    /// A sign of a word.
    Word,
    /// Any other sign.
    Other,
}

impl Before {
    pub(super) const ALL: [Self; 3] = [Self::Line, Self::Word, Self::Other];

    pub(super) fn of(text: &[u8], at: usize) -> Self {
        match at.checked_sub(1).map(|before| text[before]) {
            None | Some(b'\n') => Self::Line,
            Some(byte) if is_word_sign(byte) => Self::Word,
            Some(_) => Self::Other,
        }
    }
}

/// A part of a pattern, seen from where it begins.
#[derive(Debug, Clone, Copy)]
struct Part {
    /// What the first byte that it takes in can be.
    taken: Signs,
    /// What can follow where it takes in nothing; no sign where it always takes in something.
    passed: Signs,
    /// Whether it stands only where a word begins or ends.
    at_border: bool,
    /// Whether it stands only where a line begins.
    at_line: bool,
    way: Way,
}

impl Part {
    /// Takes in nothing and asks for nothing.
    const NOTHING: Self = Self {
        taken: Signs::NONE,
        passed: Signs::ALL,
        at_border: false,
        at_line: false,
        way: Way::NOTHING,
    };
    /// May be anything.
    const UNKNOWN: Self = Self { taken: Signs::ALL, ..Self::NOTHING };

    fn or(self, other: Self) -> Self {
        Self {
            taken: self.taken.or(other.taken),
            passed: self.passed.or(other.passed),
            at_border: self.at_border && other.at_border,
            at_line: self.at_line && other.at_line,
            way: self.way.or(other.way),
        }
    }

    fn optional(self) -> Self {
        self.or(Self::NOTHING)
    }
}

/// The options that change what signs mean.
#[derive(Debug, Clone, Copy, Default)]
struct Mode {
    any_case: bool,
    spaced: bool,
}

struct Reader<'p> {
    rest: Peekable<Chars<'p>>,
    draft: Draft,
    depth: usize,
    /// Whether brackets are not where this reader thought them to be.
    lost: bool,
    /// Whether there is a `\G`.
    asked: bool,
}

impl Reader<'_> {
    fn takes(&mut self, sign: char) -> bool {
        self.rest.next_if_eq(&sign).is_some()
    }

    /// Whether `word` comes next, which is then read.
    fn takes_word(&mut self, word: &str) -> bool {
        let mut ahead = self.rest.clone();
        let found = word.chars().all(|sign| ahead.next() == Some(sign));
        if found {
            self.rest = ahead;
        }
        found
    }

    /// A part that is one of these signs.
    fn one_of(&mut self, taken: Signs) -> Part {
        let way = self.draft.one_of(taken);
        Part { taken, passed: Signs::NONE, way, ..Part::NOTHING }
    }

    /// A part that takes in nothing and stands before one of these signs.
    fn before(&mut self, passed: Signs) -> Part {
        let way = self.draft.before(passed);
        Part { passed, way, ..Part::NOTHING }
    }

    /// A part of which nothing is known.
    fn anything(&mut self) -> Part {
        let way = self.draft.before(Signs::ALL);
        Part { way, ..Part::UNKNOWN }
    }

    fn then(&mut self, part: Part, next: Part) -> Part {
        // What follows stands at the same place only if nothing was taken in before.
        let here = part.taken == Signs::NONE;
        Part {
            taken: part.taken.or(part.passed.and(next.taken)),
            passed: part.passed.and(next.passed),
            at_border: part.at_border || (here && next.at_border),
            at_line: part.at_line || (here && next.at_line),
            way: self.draft.then(part.way, next.way),
        }
    }

    /// Everything up to the end or the bracket that closes this group.
    fn alternatives(&mut self, mode: Mode) -> Part {
        let mut all = self.sequence(mode);
        while self.takes('|') {
            all = all.or(self.sequence(mode));
        }
        all
    }

    fn sequence(&mut self, mode: Mode) -> Part {
        let mut whole = Part::NOTHING;
        let mut taken = 0;
        let mut full = false;
        self.skip_space(mode);
        while let Some(sign) = self.rest.next_if(|sign| !matches!(sign, '|' | ')')) {
            let part = self.part(sign, mode);
            let mut part = self.repeated(part, mode);
            let ends = matches!(self.rest.peek(), None | Some('|' | ')'));
            if part.at_border && ends && self.draft.ends_in_word(whole.way) {
                part.way = self.draft.before(Signs::ALL.but(Signs::of(is_word_sign)));
            }
            whole = self.then(whole, part);
            taken += usize::from(!part.way.empty);
            if taken >= self.draft.limit && !full && !ends {
                full = true;
                whole.way = self.draft.stop(whole.way);
            }
        }
        if full {
            self.draft.resume();
        }
        whole
    }

    /// Skips blanks and comments where they mean nothing.
    fn skip_space(&mut self, mode: Mode) {
        if !mode.spaced {
            return;
        }
        loop {
            if self.takes('#') {
                while self.rest.next_if(|sign| *sign != '\n').is_some() {}
            } else if self.rest.next_if(char::is_ascii_whitespace).is_none() {
                return;
            }
        }
    }

    /// The part that begins with `sign`, which is read already.
    fn part(&mut self, sign: char, mode: Mode) -> Part {
        match sign {
            '(' => self.group(mode),
            '[' => {
                let set = self.set(mode);
                self.one_of(set.signs())
            }
            '\\' => self.escape(mode),
            '.' => self.one_of(Signs::BYTES),
            '^' => Part { at_line: true, ..Part::NOTHING },
            '$' => {
                let mut line_end = Signs::NONE;
                line_end.add(b'\n'.into());
                line_end.add(END);
                self.before(line_end)
            }
            '*' | '?' | '+' => {
                self.lost = true;
                Part::UNKNOWN
            }
            letter => self.one_of(letter_signs(letter, mode)),
        }
    }

    /// `part` with the signs of repetition behind it.
    fn repeated(&mut self, mut part: Part, mode: Mode) -> Part {
        loop {
            self.skip_space(mode);
            let Some(&sign) = self.rest.peek() else { return part };
            match sign {
                '*' | '?' | '+' => {
                    self.rest.next();
                    if sign != '?' {
                        self.draft.again(part.way);
                    }
                    if sign != '+' {
                        part = part.optional();
                    }
                    // Lazy or possessive: both begin as the plain one does.
                    let _ = self.takes('?') || self.takes('+');
                }
                '{' => {
                    let Some(least) = self.least_count() else { return part };
                    self.draft.again(part.way);
                    if least == 0 {
                        part = part.optional();
                    }
                }
                _ => return part,
            }
        }
    }

    /// The first number of `{2,3}`, if that comes next; it is then read.
    fn least_count(&mut self) -> Option<u32> {
        let mut ahead = self.rest.clone();
        ahead.next();
        let mut counts = String::new();
        while let Some(sign) = ahead.next_if(|sign| sign.is_ascii_digit() || *sign == ',') {
            counts.push(sign);
        }
        ahead.next_if_eq(&'}')?;
        let (least, most) = counts.split_once(',').unwrap_or((&counts, &counts));
        if least.is_empty() && most.is_empty() {
            return None;
        }
        self.rest = ahead;
        Some(least.parse().unwrap_or(0))
    }

    /// What stands in brackets, the first of which is read already.
    fn group(&mut self, mode: Mode) -> Part {
        if self.depth == MAX_DEPTH {
            self.rest = "".chars().peekable();
            self.lost = true;
            return Part::UNKNOWN;
        }
        self.depth += 1;
        let part = self.group_inside(mode);
        self.depth -= 1;
        part
    }

    fn group_inside(&mut self, mode: Mode) -> Part {
        if !self.takes('?') {
            // `(*` calls out of the pattern.
            self.lost |= self.rest.peek() == Some(&'*');
            let inside = self.alternatives(mode);
            return self.closed(inside);
        }
        if self.takes('#') {
            while self.rest.next_if(|sign| *sign != ')').is_some() {}
            return self.closed(Part::NOTHING);
        }
        let ahead = self.takes('=');
        let beside = !ahead && (self.takes('!') || self.takes_word("<=") || self.takes_word("<!"));
        if ahead || beside {
            let inside = self.alternatives(mode);
            let part = if ahead {
                let passed = inside.taken.or(inside.passed);
                Part { passed, way: self.draft.ahead(inside.way), ..Part::NOTHING }
            } else {
                Part::NOTHING
            };
            return self.closed(part);
        }
        if self.takes(':') || self.takes('>') {
            let inside = self.alternatives(mode);
            return self.closed(inside);
        }
        if self.takes('<') {
            while self.rest.next_if(|sign| *sign != '>').is_some() {}
            self.takes('>');
            let inside = self.alternatives(mode);
            return self.closed(inside);
        }
        self.options(mode)
    }

    /// `(?i)`, which counts to the end of the group around it, and `(?i:…)`.
    fn options(&mut self, mut mode: Mode) -> Part {
        let mut on = true;
        while let Some(sign) = self.rest.next_if(|sign| !matches!(sign, ':' | ')')) {
            match sign {
                '-' => on = false,
                'i' => mode.any_case = on,
                'x' => mode.spaced = on,
                'm' | 's' => {}
                _ => self.lost = true,
            }
        }
        if self.takes(':') {
            let inside = self.alternatives(mode);
            return self.closed(inside);
        }
        self.takes(')');
        self.alternatives(mode)
    }

    fn closed(&mut self, part: Part) -> Part {
        self.lost |= !self.takes(')');
        part
    }

    /// What follows a backslash outside sets.
    fn escape(&mut self, mode: Mode) -> Part {
        let Some(sign) = self.rest.next() else { return self.anything() };
        match sign {
            'b' => Part { at_border: true, ..Part::NOTHING },
            'A' => Part { at_line: true, ..Part::NOTHING },
            'B' => Part::NOTHING,
            'G' => {
                self.asked = true;
                Part::NOTHING
            }
            'z' | 'Z' => {
                let mut text_end = Signs::NONE;
                text_end.add(b'\n'.into());
                text_end.add(END);
                self.before(text_end)
            }
            'R' | 'N' | 'O' | 'X' => self.one_of(Signs::BYTES),
            // References and calls to groups, and whatever is not known here.
            '0'..='9' | 'k' | 'g' | 'K' | 'y' | 'Y' => {
                self.named('<', '>');
                self.anything()
            }
            sign => {
                let set = self.escaped(sign, mode);
                self.one_of(set.signs())
            }
        }
    }

    /// Reads `<…>` or `{…}` where it comes next.
    fn named(&mut self, open: char, close: char) {
        if self.takes(open) {
            while self.rest.next_if(|sign| *sign != close).is_some() {}
            self.takes(close);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails unless matches of `pattern` can begin with these signs of a keyboard alone; `$` at
    /// the end of `expected` stands for the end of the text.
    fn check(pattern: &str, expected: &str, at_word: bool) {
        let beginning = Beginning::of(pattern);
        let signs: String = (32..127_u8)
            .filter(|byte| beginning.signs.has(usize::from(*byte)))
            .map(char::from)
            .chain(beginning.signs.has(END).then_some('¶'))
            .collect();
        assert_eq!(signs, expected, "{pattern}");
        assert_eq!(beginning.at_word, at_word, "{pattern}");
    }

    #[test]
    fn beginnings_of_patterns() {
        check("abc", "a", false);
        check(r"\b(?:if|else)\b", "ei", true);
        check(r"(?i)\b(if|else)\b", "EIei", false);
        check(r"\bx*y", "xy", true);
        check(r"a?b*[c-e]{1,2}f", "abcde", false);
        check("a{0,1}b", "ab", false);
        check("(a|b)?(?=c)", "abc", false);
        check("(?!x)y", "y", false);
        check(r"(?<=x)\.", ".", false);
        check("$", "¶", false);
        check(r"[\w&&[^\d]&&[^_a-zA-Y]]", "Z", false);
        check(r"[^\x00-\x7A]", "{|}~", false);
        check(r"[]a]", "]a", false);
        check("(?x) a # b\n | c", "ac", false);
        check("(?x) a # b\n ? c", "ac", false);
        check("a(?i)b|c", "a", false);
        check("(?i:b)|c", "Bbc", false);
        check(r"[[:digit:]-]", "-0123456789", false);
        check(r"\{", "{", false);
        check(r"\p{Nd}|[\p{Pc}]", "0123456789_", false);
        check(r"[\p{Lu}&&[^B-Z]]|\p{Mn}x", "A", false);
        check(r"[\p{^Word}&&[*-9]]", "*+,-./", false);
        check(r"[^\P{Lower}c-z]", "ab", false);
        check(r"(?i)[\p{Lu}&&[^b-z]]", "Aa", false);
        check("a{b", "a", false);
    }

    /// Fails unless a match of `pattern` may begin at the beginning of each text of `fitting`,
    /// and of none of `others`.
    fn check_course(pattern: &str, fitting: &[&str], others: &[&str]) {
        let beginning = Beginning::of(pattern);
        for text in fitting {
            assert!(beginning.fits(text.as_bytes(), 0), "{pattern}: {text}");
        }
        for text in others {
            assert!(!beginning.fits(text.as_bytes(), 0), "{pattern}: {text}");
        }
    }

    #[test]
    fn courses_of_patterns() {
        check_course(
            r"\b(?:if|elif)\b",
            &["if x", "elif", "if", "ifé"],
            &["i", "ifs", "elf", "elifx"],
        );
        check_course(r"\w+\s*\(", &["f(", "foo  ("], &["foo", "foo .", "  (", "f f("]);
        check_course(r"\s*(#)", &["#", "  #"], &["", "  a"]);
        check_course("(?:ab)+c?$", &["ab", "ababc", "ab\nx"], &["aba", "abd", "abc "]);
        check_course("a{2,3}b", &["aab", "aaab"], &["b", "ac", "aac"]);
        check_course("a(?=b|$)", &["ab", "a"], &["ac", "ba"]);
        check_course("a(?!b)(?<=a)c", &["ac"], &["ab", "a"]);
        check_course("aéb", &["aéb", "aé"], &["ab"]);
        check_course(r"(a)\1b", &["aab", "ax"], &["b"]);
        let words: Vec<String> = (10..40).map(|number| format!("word{number}")).collect();
        check_course(&words.join("|"), &["word23"], &["worm", "lord"]);
        check_course(&["x", &words.join("|")].concat(), &["xword10", "word23"], &["y", "worm"]);
    }

    #[test]
    fn what_is_not_understood_may_begin_with_anything() {
        for pattern in [r"\1a", r"\k<x>a", "(?(1)a|b)", "(?~a)b", "a)b", "(a", "(?<x>a|)\\g<x>"] {
            assert_eq!(Beginning::of(pattern).signs, Signs::ALL, "{pattern}");
        }
        assert!(Beginning::of(&"(".repeat(100_000)).signs.has(END));
        assert!(Beginning::of(&"[".repeat(100_000)).signs.has(usize::from(b'a')));
    }
}
