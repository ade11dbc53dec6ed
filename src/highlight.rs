//! Colours for code, decided while the site is built.
//!
//! Input: a code block's text and the language that the author named. Output: [`Highlighted`], the
//! HTML inside `<code>`. Responsibility: everything between a fence and its colours; no other
//! module names `syntect`, `two-face` or `onig`.
//!
//! # What a theme styles
//!
//! Each span has exactly one of these classes ([`CLASSES`]):
//!
//! | class | meaning | class | meaning |
//! |-------|---------|-------|---------|
//! | `k` | keyword | `c` | comment |
//! | `t` | type, where it is named or built in | `m` | annotation, macro or preprocessor line |
//! | `f` | function, where it is named | `h` | heading or section |
//! | `v` | variable inside a command or string | `em` | emphasis |
//! | `p` | key or property | `st` | strong emphasis |
//! | `a` | attribute's name | `u` | link |
//! | `g` | tag's name | `x` | label, anchor or alias |
//! | `s` | string | `di` | inserted line |
//! | `e` | character entity or escape | `dd` | deleted line |
//! | `r` | regular expression | `dh` | head of a change: files, line numbers |
//! | `n` | number | `l` | constant of the language: true, null |
//!
//! # What a span promises
//!
//! Spans are not nested and do not cross a line, so that lines can be marked or numbered later.
//! They neither begin nor end with space. Neighbours of one class share a span, also across a
//! comma in a list of strings or numbers.
//!
//! # What it weighs
//!
//! A span costs 23 bytes, as much as the line it colours. Names, calls, operators and brackets have
//! none. Where the HTML would still be twice as long as plain code, the whole block does without
//! classes of the [second rank](SECOND_RANK), one after the other. The rest stays, so that a block
//! of nothing but keys may weigh more; a test holds the weight of a curriculum's usual blocks.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

mod beginning;
mod classes;
#[cfg(test)]
mod comparison;
#[cfg(test)]
mod corpus;
mod grammar;
mod languages;
mod memo;
mod spans;
mod walk;

use classes::OpenScopes;
use grammar::grammars;
use languages::{LANGUAGES, opening};
pub use memo::{HighlightMemo, KnownCode};
use spans::{Spans, escaped};
use walk::Walk;

/// The longest block that gets colours, in bytes. A longer one is data rather than an example.
pub const MAX_BYTES: usize = 100_000;

/// The longest line that gets colours, in characters. Grammars search the rest of a line again and
/// again: 10,000 times `a` take seconds in some, 2,000 times a tenth of one.
pub const MAX_LINE: usize = 2_000;

/// Every class that a span can have, and its meaning.
pub const CLASSES: [(&str, &str); 22] = [
    ("k", "keyword"),
    ("t", "type, where it is named or built in"),
    ("f", "function, where it is named"),
    ("v", "variable inside a command or string"),
    ("p", "key or property"),
    ("a", "attribute's name"),
    ("g", "tag's name"),
    ("s", "string"),
    ("e", "character entity or escape"),
    ("r", "regular expression"),
    ("n", "number"),
    ("l", "constant of the language: true, null"),
    ("c", "comment"),
    ("m", "annotation, macro or preprocessor line"),
    ("h", "heading or section"),
    ("em", "emphasis"),
    ("st", "strong emphasis"),
    ("u", "link"),
    ("x", "label, anchor or alias"),
    ("di", "inserted line"),
    ("dd", "deleted line"),
    ("dh", "head of a change: files, line numbers"),
];

/// The classes that a dense block does without, the first one first: their text is short and tells
/// what it is.
pub const SECOND_RANK: [&str; 3] = ["n", "t", "a"];

/// A code block, ready for the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Highlighted {
    /// What goes inside `<code>`: escaped text with spans. Lines end in `\n` alone.
    pub html: String,
    /// Whether there are colours, and why not.
    pub colours: Colours,
}

/// Whether a block has colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colours {
    /// Its language's grammar decided them.
    Applied,
    /// Its language is known to have no grammar, or the grammar contradicted itself.
    NoGrammar,
    /// Its language is not among [`known_names`].
    UnknownLanguage,
    /// It is longer than [`MAX_BYTES`] or has a line longer than [`MAX_LINE`].
    TooLarge,
}

/// The block `code` in the language that the author called `language`, in any case of letters.
///
/// The same input gives the same output; no input makes it fail.
#[must_use]
pub fn highlight(code: &str, language: &str) -> Highlighted {
    highlight_with(code, language, &HighlightMemo::default())
}

/// The same as [`highlight`], faster where `memo` knows it.
#[must_use]
pub fn highlight_with(code: &str, language: &str, memo: &HighlightMemo) -> Highlighted {
    let code = with_plain_newlines(code);
    let plain = escaped(&code);
    let Some(language) = language_number(language) else {
        return Highlighted { html: plain, colours: Colours::UnknownLanguage };
    };
    if LANGUAGES[language].1.is_empty() {
        return Highlighted { html: plain, colours: Colours::NoGrammar };
    }
    if !fits(&code) {
        return Highlighted { html: plain, colours: Colours::TooLarge };
    }
    let coloured = || Some(with_spans(&code, &tokens(&code, language)?, plain.len()));
    match memo.html(&code, language, &plain, coloured) {
        Some(html) => Highlighted { html, colours: Colours::Applied },
        None => Highlighted { html: plain, colours: Colours::NoGrammar },
    }
}

/// Whether a block may be in `language`, in any case of letters.
#[must_use]
pub fn is_known(language: &str) -> bool {
    language_number(language).is_some()
}

/// Every name that an author may give, synonyms side by side and the preferred one first.
pub fn known_names() -> impl Iterator<Item = &'static str> {
    LANGUAGES.iter().flat_map(|(names, _)| names.split_whitespace())
}

/// The place of a language in [`LANGUAGES`].
fn language_number(name: &str) -> Option<usize> {
    static NUMBERS: OnceLock<BTreeMap<&str, usize>> = OnceLock::new();
    let numbers = NUMBERS.get_or_init(|| {
        let names = |(number, (names, _)): (usize, &(&'static str, _))| {
            names.split_whitespace().map(move |name| (name, number))
        };
        LANGUAGES.iter().enumerate().flat_map(names).collect()
    });
    numbers.get(name.to_ascii_lowercase().as_str()).copied()
}

/// `code` as a browser reads it, to which every kind of line end is `\n`.
fn with_plain_newlines(code: &str) -> Cow<'_, str> {
    if code.contains('\r') {
        Cow::Owned(code.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(code)
    }
}

fn fits(code: &str) -> bool {
    // Most lines are short enough in bytes, which need no counting.
    let short = |line: &str| line.len() <= MAX_LINE || line.chars().count() <= MAX_LINE;
    code.len() <= MAX_BYTES && code.lines().all(short)
}

/// Where a piece of the code ends, and its class. No piece crosses a line.
type Token = (usize, Option<&'static str>);

/// The pieces of `code`, in order; `None` where the grammar contradicts itself.
fn tokens(code: &str, language: usize) -> Option<Vec<Token>> {
    let mut walk = Walk::new(grammars(), grammars().start(language)?);
    let mut open = OpenScopes::default();
    if let Some(line) = opening(LANGUAGES[language].1, code) {
        for (_, change) in walk.line(line).ok()? {
            open.apply(*change)?;
        }
    }
    let mut tokens = Vec::new();
    let mut before = 0;
    for line in code.split_inclusive('\n') {
        let mut done = 0;
        for (at, change) in walk.line(line).ok()? {
            // Grammars do go back at times; the first to claim a piece keeps it.
            if *at > done {
                let class = open.class().name(line.get(done..*at)?);
                tokens.push((before + at, class));
                done = *at;
            }
            open.apply(*change)?;
        }
        let class = open.class().name(line.get(done..)?);
        before += line.len();
        tokens.push((before, class));
    }
    Some(tokens)
}

/// The tokens as HTML, where plain HTML would have `plain` bytes.
fn with_spans(code: &str, tokens: &[Token], plain: usize) -> String {
    let mut html = with_spans_but(&[], code, tokens);
    for rank in 1..=SECOND_RANK.len() {
        if html.len() < 2 * plain {
            break;
        }
        html = with_spans_but(&SECOND_RANK[..rank], code, tokens);
    }
    html
}

/// The tokens as HTML without the classes `hidden`.
fn with_spans_but(hidden: &[&str], code: &str, tokens: &[Token]) -> String {
    let mut spans = Spans::new(code);
    for (end, class) in tokens {
        spans.push(*end, class.filter(|class| !hidden.contains(class)));
    }
    spans.into_html()
}

/// Numbers that look random and are the same each time.
#[cfg(test)]
fn noise() -> impl FnMut() -> usize {
    let mut state = 0x9E37_79B9_u32;
    move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as usize
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::thread;

    use super::corpus::BLOCKS;
    use super::*;

    /// Fails unless `code` with the classes of both ranks is `expected`, where `⟨k let⟩` stands
    /// for `<span class="k">let</span>`.
    fn check(language: &str, code: &str, expected: &str) {
        let language = language_number(language).expect("the case names a known language");
        let tokens = tokens(code, language).expect("the grammar is sound");
        let html = with_spans_but(&[], code, &tokens);
        let brief = html.replace("<span class=\"", "⟨").replace("\">", " ").replace("</span>", "⟩");
        assert_eq!(brief, expected, "{language}: {code:?}");
    }

    /// Fails unless `html` is `code` with spans that keep their promises.
    fn check_spans(html: &str, code: &str) {
        let mut text = String::new();
        for line in html.split_inclusive('\n') {
            let mut rest = line;
            while let Some((before, after)) = rest.split_once("<span class=\"") {
                let (class, after) = after.split_once("\">").expect("a span's tag ends");
                let (inner, after) = after.split_once("</span>").expect("a span ends in its line");
                assert!(CLASSES.iter().any(|(name, _)| *name == class), "{class} in {line}");
                assert!(!inner.is_empty() && inner.trim() == inner, "{inner:?} in {line}");
                assert!(!inner.contains('<') && !before.contains('<'), "nested in {line}");
                text.extend([before, inner]);
                rest = after;
            }
            assert!(!rest.contains('<'), "{line}");
            text.push_str(rest);
        }
        let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        assert_eq!(text, code);
    }

    #[test]
    fn everyday_code_has_the_expected_classes() {
        check("bash", "echo \"$HOME\" # hi", "echo ⟨s \"⟩⟨v $HOME⟩⟨s \"⟩ ⟨c # hi⟩");
        check("sh", "if x; then rm \"$(ls)\"", "⟨k if⟩ x; ⟨k then⟩ rm ⟨s \"⟩$(ls)⟨s \"⟩");
        check("python", "x = not None and f(1, 2.5)", "x = ⟨k not⟩ ⟨l None⟩ ⟨k and⟩ f(⟨n 1, 2.5⟩)");
        check("python", "async def f(a: int): pass", "⟨k async def⟩ ⟨f f⟩(a: ⟨t int⟩): ⟨k pass⟩");
        check("python", "f\"a {b + 1} c\"", "⟨s f\"a⟩ {b + ⟨n 1⟩} ⟨s c\"⟩");
        check("sql", "SELECT 'it''s' -- no", "⟨k SELECT⟩ ⟨s 'it''s'⟩ ⟨c -- no⟩");
        check("yaml", "key: \"v\" # c\nm: 1.5", "⟨p key⟩: ⟨s \"v\"⟩ ⟨c # c⟩\n⟨p m⟩: ⟨n 1.5⟩");
        check("json", r#"{"a": [true, "b", "c"]}"#, r#"{⟨p "a"⟩: [⟨l true⟩, ⟨s "b", "c"⟩]}"#);
        check("toml", "[a.b]\nc = 'd'", "⟨h [a.b]⟩\n⟨p c⟩ = ⟨s 'd'⟩");
        check("dockerfile", "FROM a:1 AS b\nUSER c", "⟨k FROM⟩ a:1 ⟨k AS⟩ b\n⟨k USER⟩ c");
        check("dockerfile", "RUN a && \"$B\"", "⟨k RUN⟩ a &amp;&amp; ⟨s \"⟩⟨v $B⟩⟨s \"⟩");
        check("php", "return 'a';", "⟨k return⟩ ⟨s 'a'⟩;");
        check("yaml", "a: &b c\nd: *b", "⟨p a⟩: ⟨x &amp;b⟩ c\n⟨p d⟩: ⟨x *b⟩");
        check("toml", "[[a.b]]", "⟨h [[a.b]]⟩");
        check("rust", "let y = x && 'a';", "⟨k let⟩ y = x &amp;&amp; ⟨s 'a'⟩;");
        check("ts", "const x = `a ${b}`", "⟨k const⟩ x = ⟨s `a⟩ ${b}⟨s `⟩");
        check("html", "<p id=\"a\">&amp;", "&lt;⟨g p⟩ ⟨a id⟩=⟨s \"a\"⟩&gt;⟨e &amp;amp;⟩");
        check("diff", "@@ -1 +1 @@\n-a\n+b\n c", "⟨dh @@ -1 +1 @@⟩\n⟨dd -a⟩\n⟨di +b⟩\n c");
        check("markdown", "# A *b*\n\n**c**\n", "⟨h # A *b*⟩\n\n⟨st **c**⟩\n");
    }

    #[test]
    fn what_spans_lines_keeps_its_class_and_no_span_crosses_a_line() {
        check("python", "'''a\n\n  b'''\nc", "⟨c '''a⟩\n\n  ⟨c b'''⟩\nc");
        check("bash", "cat <<E\n if x\nE\nif", "cat ⟨s &lt;&lt;E⟩\n ⟨s if x⟩\n⟨s E⟩\n⟨k if⟩");
        check("c", "/* a\n * b */ x", "⟨c /* a⟩\n ⟨c * b */⟩ x");
        check("yaml", "a: |\n  b: c\nd: 1", "⟨p a⟩: |\n  ⟨s b: c⟩\n⟨p d⟩: ⟨n 1⟩");
        check("rust", "\"a\nb", "⟨s \"a⟩\n⟨s b⟩");
    }

    #[test]
    fn a_corpus_keeps_its_text_and_stays_under_twice_its_bytes() {
        let languages: BTreeSet<&str> = BLOCKS.iter().map(|(language, _)| *language).collect();
        assert!(BLOCKS.len() >= 25 && languages.len() >= 15);
        let (mut coloured, mut plain) = (0, 0);
        for (language, code) in BLOCKS {
            let block = highlight(code, language);
            assert_eq!(block.colours, Colours::Applied, "{language}");
            check_spans(&block.html, code);
            let bytes = escaped(code).len();
            assert!(block.html.len() * 2 < bytes * 5, "{language} weighs too much: {code}");
            coloured += block.html.len();
            plain += bytes;
        }
        assert!(coloured < 2 * plain, "{coloured} bytes instead of {plain}");
    }

    #[test]
    fn a_dense_block_does_without_the_second_rank() {
        let check = |code: &str, expected: &str| {
            let html = highlight(code, "java").html;
            assert!(html.replace("<span class=", "").contains(expected), "{html}");
        };
        check(
            "// A comment that is so long that it outweighs the rest of the code.\nint a = 1;",
            "\"n\">1",
        );
        check(
            "// A comment that is of some middling length, no more.\nint a = 1;",
            "\"t\">int</span> a = 1;",
        );
        check("if (int a = 1)", "\"k\">if</span> (int a = 1)");
    }

    #[test]
    fn what_cannot_be_coloured_is_escaped() {
        let check = |code: &str, language: &str, colours: Colours| {
            let block = highlight(code, language);
            assert_eq!(block.colours, colours, "{language}");
            assert_eq!(block.html, escaped(code));
        };
        check("if a < b && c > d", "text", Colours::NoGrammar);
        check("$ ls <dir>", "console", Colours::NoGrammar);
        check("12:00 ERROR a < b", "log", Colours::NoGrammar);
        check("rate(http[5m]) > 0.1", "promql", Colours::NoGrammar);
        check("a < b", "klingon", Colours::UnknownLanguage);
        check("a < b", "", Colours::UnknownLanguage);
        check(&"x = 1\n".repeat(MAX_BYTES / 6 + 1), "python", Colours::TooLarge);
        check(&"é".repeat(MAX_LINE + 1), "python", Colours::TooLarge);
        assert_eq!(highlight(&"é".repeat(MAX_LINE), "python").colours, Colours::Applied);
    }

    #[test]
    fn every_kind_of_line_end_is_one() {
        for (language, code) in BLOCKS {
            let unix = highlight(code, language);
            assert_eq!(highlight(&code.replace('\n', "\r\n"), language), unix, "{language}");
            assert_eq!(highlight(&code.replace('\n', "\r"), language), unix, "{language}");
        }
        assert_eq!(highlight("a\r\n\r\nb\r", "text").html, "a\n\nb\n");
        assert_eq!(highlight("", "bash").html, "");
    }

    #[test]
    fn no_input_fails() {
        // Another grammar for JavaScript never returns from these.
        check("js", "x /*", "x ⟨c /*⟩");
        check("js", "x = y /* a\n*/;", "x = y ⟨c /* a⟩\n⟨c */⟩;");
        let mut random = noise();
        let signs = "\" ' ` \"\"\" /* <<E ${ {{ ( \\ < é \0 \u{85} \n a";
        let signs: Vec<&str> = signs.split(' ').collect();
        for (names, _) in LANGUAGES {
            let language = names.split_whitespace().next().expect("a language has a name");
            let bytes: Vec<u8> = (0..200).map(|_| random().to_le_bytes()[1]).collect();
            let soup: String = (0..40).map(|_| signs[random() % signs.len()]).collect();
            let (_, code) = BLOCKS[random() % BLOCKS.len()];
            let cut = code.char_indices().nth(random() % 190).map_or(0, |(at, _)| at);
            for code in [&String::from_utf8_lossy(&bytes), soup.as_str(), &code[..cut]] {
                check_spans(&highlight(code, language).html, &with_plain_newlines(code));
            }
        }
    }

    #[test]
    fn every_name_is_known_once_and_every_grammar_exists() {
        let names: Vec<&str> = known_names().collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
        for name in names {
            assert!(is_known(name) && is_known(&name.to_uppercase()), "{name}");
            assert_eq!(name, name.to_lowercase());
        }
        assert!(!is_known("pyhton") && !is_known(""));
        for (number, (names, grammar)) in LANGUAGES.iter().enumerate() {
            assert_eq!(grammars().start(number).is_none(), grammar.is_empty(), "{names}");
        }
    }

    #[test]
    fn threads_agree() {
        let all = || -> Vec<Highlighted> {
            BLOCKS.iter().map(|(language, code)| highlight(code, language)).collect()
        };
        let expected = all();
        thread::scope(|scope| {
            for thread in [scope.spawn(all), scope.spawn(all), scope.spawn(all)] {
                assert_eq!(thread.join().expect("highlighting does not fail"), expected);
            }
        });
    }

    #[test]
    fn the_table_for_themes_is_complete() {
        let documentation = include_str!("highlight.rs");
        for (class, meaning) in CLASSES {
            let cells = format!("| `{class}` | {meaning} |");
            assert!(documentation.contains(&cells), "{cells}");
        }
        let used: BTreeSet<&str> = classes::names().collect();
        assert_eq!(used, CLASSES.iter().map(|(class, _)| *class).collect());
    }
}
