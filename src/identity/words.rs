//! The words of an item, and what each says about which item it is.
//!
//! Input: an item's text. Output: [`Words`], and its [`Wording`] for the browser.
//! Responsibility: what counts as a name, a number, code, or a word like any other.

use std::collections::BTreeSet;

use super::inline::{Inline, Script};
use super::lexicon::{
    is_action, is_cyrillic, is_generic, is_ordinary, is_polarity, is_stop, number_word, stem,
};
use crate::lock::Wording;

/// What a word says about which item it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// A name, a number or code: another one in its place makes another item.
    Atom,
    /// A word that turns the sentence round.
    Polarity,
    /// A word like any other.
    Plain,
    /// A word at the head that names what is done with the subject.
    Action,
    /// A head of phrases that any item could have.
    Generic,
    /// A word that only joins others.
    Stop,
}

impl Role {
    /// What the word counts in comparisons, in hundredths of a plain word.
    pub(super) fn weight(self) -> i64 {
        match self {
            Self::Atom | Self::Plain | Self::Polarity => 100,
            Self::Action => 60,
            Self::Generic => 30,
            Self::Stop => 10,
        }
    }

    /// Whether it helps to say what the item is about.
    pub(super) fn is_content(self) -> bool {
        matches!(self, Self::Atom | Self::Plain | Self::Action)
    }
}

/// One word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// In lower case, with `е` for `ё`; of a number word only the number.
    pub(super) key: String,
    /// What it says.
    pub(super) role: Role,
    /// The length of its stem in bytes.
    stem: usize,
}

impl Word {
    fn new(key: &str, role: Role) -> Self {
        Self { stem: stem(key).len(), key: key.to_owned(), role }
    }

    /// The part that all forms of the word share, roughly.
    pub(super) fn stem(&self) -> &str {
        &self.key[..self.stem]
    }
}

/// An item's words and links.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// The visible words, in order.
    pub(super) list: Vec<Word>,
    /// Where its links lead, normalised.
    pub(super) links: BTreeSet<String>,
    /// Bits of the first two letters of the words: texts without a common bit have no
    /// word in common.
    pub(super) signature: u64,
}

impl Words {
    /// Reads a text. `common` holds words that stand in lower case elsewhere on the page, so that
    /// a capital does not make a name of them.
    pub(super) fn read(text: &str, common: &BTreeSet<String>) -> Self {
        let inline = Inline::read(text);
        let tokens = tokens(&inline);
        let cyrillic = tokens.iter().filter(|token| is_cyrillic(&token.key)).count();
        let shape =
            Shape { cyrillic: cyrillic > 0, title_case: cyrillic == 0 && is_title_case(&tokens) };
        let mut words = tokens
            .iter()
            .map(|token| {
                let number = number_word(&token.key).filter(|_| !token.code);
                let role = if number.is_some() { Role::Atom } else { role(token, shape, common) };
                Word::new(number.unwrap_or(&token.key), role)
            })
            .collect::<Vec<_>>();
        // Where nothing but the head of a phrase is there, it is the subject.
        if !words.iter().any(|word| word.role.is_content()) {
            for word in words.iter_mut().filter(|word| word.role == Role::Generic) {
                word.role = Role::Plain;
            }
        }
        let signature = words
            .iter()
            .filter(|word| word.role != Role::Stop)
            .fold(0, |bits, word| bits | signature_bit(&word.key));
        Self { list: words, links: inline.links, signature }
    }

    /// The visible words, one blank between them.
    pub(super) fn normalised(&self) -> String {
        let keys: Vec<&str> = self.list.iter().map(|word| word.key.as_str()).collect();
        keys.join(" ")
    }

    /// The words at these places alone.
    pub(super) fn only(&self, places: &[usize]) -> Self {
        Self {
            list: places.iter().map(|&place| self.list[place].clone()).collect(),
            ..self.clone()
        }
    }

    /// How many words help to say what the item is about.
    pub(super) fn content(&self) -> usize {
        self.list.iter().filter(|word| word.role.is_content()).count()
    }
}

fn signature_bit(key: &str) -> u64 {
    let letters = key.chars().take(2);
    1 << (letters.fold(0, |hash, letter| hash * 31 + u32::from(letter)) % 64)
}

/// The text without regard to case, punctuation, `ё`, markup and where its links lead.
#[must_use]
pub fn normalised(text: &str) -> String {
    let keys: Vec<String> =
        tokens(&Inline::read(text)).into_iter().map(|token| token.key).collect();
    keys.join(" ")
}

/// The hash of the [`normalised`] text: what the browser compares.
#[must_use]
pub fn wording(text: &str) -> Wording {
    Wording::of_normalised(&normalised(text))
}

/// The words of a text that are written in lower case, for [`Words::read`].
pub(super) fn lower_case_words(text: &str, into: &mut BTreeSet<String>) {
    for token in tokens(&Inline::read(text)) {
        if token.case == Case::Lower && !token.code && !is_cyrillic(&token.key) {
            into.insert(token.key);
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Lower,
    /// A capital first.
    Title,
    /// Capitals elsewhere, or nothing but capitals.
    Name,
}

struct Token {
    key: String,
    case: Case,
    code: bool,
    /// Whether a sentence or a part of one begins with it, so that a capital means nothing.
    first: bool,
    has_digit: bool,
}

#[derive(Clone, Copy)]
struct Shape {
    /// Latin words in Cyrillic text are names of things.
    cyrillic: bool,
    title_case: bool,
}

fn role(token: &Token, shape: Shape, common: &BTreeSet<String>) -> Role {
    let latin = !is_cyrillic(&token.key);
    if token.code || token.has_digit {
        return Role::Atom;
    }
    let single = token.key.chars().count() == 1;
    if is_polarity(&token.key) && token.case != Case::Name {
        return Role::Polarity;
    }
    if is_stop(&token.key) && (token.case == Case::Lower || token.first && token.key != "i") {
        return Role::Stop;
    }
    if token.case == Case::Name || single && token.case == Case::Title && latin {
        return Role::Atom;
    }
    if is_generic(&token.key) {
        return Role::Generic;
    }
    let name = match (latin, token.case) {
        (true, _) if shape.cyrillic => true,
        (true, Case::Title) => {
            let known = common.contains(&token.key) || is_ordinary(&token.key);
            // Of a first word or a title in capitals only unknown words are taken for names.
            !known || !token.first && !shape.title_case && !common.contains(&token.key)
        }
        (false, Case::Title) => !token.first,
        _ => false,
    };
    if name {
        Role::Atom
    } else if token.first && is_action(&token.key) {
        Role::Action
    } else {
        Role::Plain
    }
}

fn is_title_case(tokens: &[Token]) -> bool {
    let mut words = tokens.iter().filter(|token| !is_stop(&token.key) && !token.code).peekable();
    words.peek().is_some() && words.all(|token| token.case != Case::Lower)
}

fn tokens(inline: &Inline) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut first = true;
    for (run, script) in &inline.runs {
        read_run(run, *script, &mut first, &mut tokens);
    }
    tokens
}

fn read_run(run: &str, script: Script, first: &mut bool, tokens: &mut Vec<Token>) {
    if script == Script::Code {
        // Operators are all that tells `>` from `>>`.
        let signs = |word: &&str| !word.contains(char::is_alphanumeric);
        tokens.extend(run.split_whitespace().filter(signs).map(|word| Token {
            key: word.to_owned(),
            case: Case::Lower,
            code: true,
            first: false,
            has_digit: false,
        }));
    }
    let signs: Vec<char> = run.chars().collect();
    let mut at = 0;
    while at < signs.len() {
        if !is_letter(signs[at]) {
            // What follows such a sign begins with a capital anyway.
            *first |=
                matches!(signs[at], '.' | ':' | '!' | '?' | '—' | '–' | '→' | '(' | '«' | '"');
            at += 1;
            continue;
        }
        let start = at;
        while at < signs.len() && (is_letter(signs[at]) || joins(&signs, at)) {
            at += 1;
        }
        // `C++`, `C#`.
        while at < signs.len() && at - start <= 3 && matches!(signs[at], '+' | '#') {
            at += 1;
        }
        tokens.push(token(&signs[start..at], script, *first));
        *first = false;
    }
}

/// Whether a sign is a letter or a digit; the tables of all scripts are asked last.
pub(super) fn is_letter(sign: char) -> bool {
    matches!(sign, 'а'..='я' | 'А'..='Я' | 'a'..='z' | 'A'..='Z' | '0'..='9')
        || !sign.is_ascii() && sign.is_alphanumeric()
}

/// Whether a sign between two others makes one word of them.
fn joins(signs: &[char], at: usize) -> bool {
    let (Some(&before), Some(&after)) =
        (at.checked_sub(1).and_then(|at| signs.get(at)), signs.get(at + 1))
    else {
        return false;
    };
    match signs[at] {
        '\'' | '’' => before.is_alphabetic() && after.is_alphabetic(),
        '_' => before.is_alphanumeric() && after.is_alphanumeric(),
        // `1.1`, `Node.js`.
        '.' => before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric(),
        // `HTTP/2`.
        '/' => before.is_ascii_alphabetic() && after.is_ascii_digit(),
        // Accents that stand behind their letter.
        sign => matches!(sign, '\u{300}'..='\u{36f}'),
    }
}

fn token(signs: &[char], script: Script, first: bool) -> Token {
    let mixed = signs.iter().any(|sign| sign.is_ascii_alphabetic() || matches!(sign, '+' | '#'))
        && signs.iter().any(|sign| matches!(sign, '\u{400}'..='\u{52f}'));
    let mut key = String::with_capacity(signs.len() * 2);
    for &sign in signs {
        match sign {
            // `Й` and `ё` may be written with an accent behind them.
            '\u{306}' if key.ends_with('и') => {
                key.pop();
                key.push('й');
            }
            '\u{300}'..='\u{36f}' => {}
            '’' => key.push('\''),
            _ => key.extend(sign.to_lowercase().map(|sign| fold(sign, mixed))),
        }
    }
    let letters = || signs.iter().filter(|sign| sign.is_alphabetic());
    let capitals = letters().filter(|sign| sign.is_uppercase()).count();
    let case = if capitals == 0 {
        Case::Lower
    } else if capitals == 1 && signs[0].is_uppercase() {
        Case::Title
    } else {
        Case::Name
    };
    Token {
        key,
        case,
        code: script == Script::Code,
        first,
        has_digit: signs.iter().any(char::is_ascii_digit),
    }
}

/// One letter for those that spelling or a keyboard confuses.
fn fold(sign: char, mixed: bool) -> char {
    match sign {
        'ё' => 'е',
        'а' if mixed => 'a',
        'с' if mixed => 'c',
        'е' if mixed => 'e',
        'о' if mixed => 'o',
        'р' if mixed => 'p',
        'х' if mixed => 'x',
        'у' if mixed => 'y',
        'к' if mixed => 'k',
        'м' if mixed => 'm',
        'т' if mixed => 't',
        'н' if mixed => 'h',
        'в' if mixed => 'b',
        _ => sign,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn atoms(text: &str) -> Vec<String> {
        let words = Words::read(text, &BTreeSet::new()).list;
        words.into_iter().filter(|word| word.role == Role::Atom).map(|word| word.key).collect()
    }

    #[test]
    fn names_numbers_and_code_are_atoms() {
        assert_eq!(atoms("HTTP/1.1: методы"), ["http/1.1"]);
        assert_eq!(atoms("Настройка nginx и С++"), ["nginx", "c++"]);
        assert_eq!(atoms("Установить Docker Compose"), ["docker", "compose"]);
        assert_eq!(atoms("Dynamic programming III"), ["iii"]);
        assert_eq!(atoms("Install Docker on the server"), ["docker"]);
        assert_eq!(atoms("Поиск (`find`, `grep -r`)"), ["find", "grep", "r"]);
        assert_eq!(atoms("Learn recursion"), Vec::<String>::new());
        assert_eq!(atoms("Теорема Байеса"), ["байеса"]);
    }

    #[test]
    fn spelling_case_and_markup_leave_the_wording() {
        let one = normalised("**Счётчик** запросов, [Nginx](https://nginx.org/)!");
        assert_eq!(one, normalised("счетчик запросов nginx"));
        assert_ne!(one, normalised("счетчик ответов nginx"));
    }
}
