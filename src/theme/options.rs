//! What a site may choose of a theme.
//!
//! Input: the `[options]` of a theme and its parents, and `[theme.options]` of `book.toml`. Output:
//! the value of each option, design tokens as CSS, and diagnostics. Responsibility: nothing
//! that is no colour, length or font reaches the stylesheet.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::colour::{Colour, READABLE, contrast};
use super::manifest::Renamed;
use crate::diagnostic::{Code, Diagnostic, Span, nearest};
use crate::node::{Asked, Entry, Extra, Fields, Node, Shape, Value};

/// An option that a theme declares.
#[derive(Debug, Clone)]
pub struct ThemeOption {
    /// What it may be.
    pub kind: OptionKind,
    /// What it does.
    pub description: Option<String>,
    /// Its value where a site gives none.
    pub default: Option<OptionValue>,
    /// The custom property of CSS that carries it.
    pub token: Option<String>,
    /// The option whose colour it must be readable on.
    pub readable_on: Option<String>,
    /// Its value on this site.
    pub value: Option<OptionValue>,
    /// Where the site gives it.
    given: Option<Span>,
}

/// What an option may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OptionKind {
    /// A text.
    Text,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// One of a few words.
    Choice(Vec<String>),
    /// A colour, or one for each of both schemes.
    Color,
    /// A length of CSS.
    Length,
    /// Names of fonts, the first first.
    Font,
}

/// The value of an option.
#[derive(Debug, Clone, PartialEq)]
pub enum OptionValue {
    /// A text, a word or a length.
    Text(String),
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A colour for each scheme.
    Color {
        /// On a light page.
        light: Colour,
        /// On a dark page.
        dark: Colour,
    },
    /// Names of fonts.
    Fonts(Vec<String>),
}

/// All options of a theme with its parents, by name.
pub type Options = BTreeMap<String, ThemeOption>;

/// The words for the kinds, as `type` in `theme.toml` has them.
const KINDS: [(&str, Kind); 7] = [
    ("text", Kind::Text),
    ("boolean", Kind::Boolean),
    ("integer", Kind::Integer),
    ("choice", Kind::Choice),
    ("color", Kind::Color),
    ("length", Kind::Length),
    ("font", Kind::Font),
];

#[derive(Debug, Clone, Copy)]
enum Kind {
    Text,
    Boolean,
    Integer,
    Choice,
    Color,
    Length,
    Font,
}

/// Adds a theme's declarations; a child may give another default to what its parent declares.
pub(super) fn declare(options: &mut Options, entries: &[Entry], diagnostics: &mut Vec<Diagnostic>) {
    for entry in entries {
        let Value::Table(keys) = &entry.value.value else {
            diagnostics.push(Diagnostic::new(
                Code::WrongType,
                entry.value.span.clone(),
                format!("the option `{}` must be declared by keys with values", entry.key),
                format!("write `[options.{}]` and below it `type = \"color\"`", entry.key),
            ));
            continue;
        };
        let inherited = options.remove(&entry.key);
        let (declared, _) = read(entry, keys, inherited, diagnostics);
        if let Some(declared) = declared {
            options.insert(entry.key.clone(), declared);
        }
    }
}

/// Reads one declaration; returns also which keys there are.
fn read(
    entry: &Entry,
    entries: &[Entry],
    inherited: Option<ThemeOption>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Option<ThemeOption>, Vec<Asked>) {
    let span = entry.key_span.clone();
    let mut keys = Fields::new(entries, span.clone(), "an option of theme.toml", diagnostics);
    let kind = keys.choice("type", &KINDS);
    let choices: Vec<String> = keys.texts("choices").into_iter().map(|word| word.value).collect();
    let kind = match kind {
        Some(Kind::Text) => Some(OptionKind::Text),
        Some(Kind::Boolean) => Some(OptionKind::Boolean),
        Some(Kind::Integer) => Some(OptionKind::Integer),
        Some(Kind::Choice) => Some(OptionKind::Choice(choices)),
        Some(Kind::Color) => Some(OptionKind::Color),
        Some(Kind::Length) => Some(OptionKind::Length),
        Some(Kind::Font) => Some(OptionKind::Font),
        None => inherited.as_ref().map(|option| option.kind.clone()),
    };
    let description = keys.text("description").map(|text| text.value);
    let token = keys.text("token");
    let readable_on = keys.text("readable_on").map(|text| text.value);
    let _ = keys.node("default", Shape::Any);
    let Some(kind) = kind else {
        keys.report(Diagnostic::new(
            Code::MissingKey,
            span,
            format!("the option `{}` needs `type`", entry.key),
            format!("write `type = \"…\"`: {}", KINDS.map(|(word, _)| word).join(", ")),
        ));
        let asked = keys.finish();
        return (None, asked);
    };
    if let Some(token) = &token
        && !(is_token(&token.value) && kind.has_token())
    {
        keys.report(Diagnostic::new(
            Code::WrongType,
            token.span.clone(),
            format!("`{}` cannot carry the option `{}`", token.value, entry.key),
            "a token is a custom property such as `--accent`, and carries a color, length, font, \
             integer or choice",
        ));
    }
    let asked = keys.finish();
    let token = token.map(|token| token.value).filter(|token| is_token(token) && kind.has_token());
    let before = inherited.filter(|option| option.kind == kind);
    let default = entries.iter().find(|key| key.key == "default");
    let default = default.and_then(|key| kind.value(&entry.key, &key.value, diagnostics));
    let before = before.unwrap_or(ThemeOption {
        kind: kind.clone(),
        description: None,
        default: None,
        token: None,
        readable_on: None,
        value: None,
        given: None,
    });
    let default = default.or(before.default);
    let option = ThemeOption {
        kind,
        description: description.or(before.description),
        value: default.clone(),
        default,
        token: token.or(before.token),
        readable_on: readable_on.or(before.readable_on),
        given: None,
    };
    (Some(option), asked)
}

/// The keys of an option's declaration, as the reader asks for them.
pub(super) fn keys() -> Vec<Asked> {
    let span = Span::file("");
    let value = Node { span: span.clone(), value: Value::Null };
    let entry = Entry { key: String::new(), key_span: span, value };
    read(&entry, &[], None, &mut Vec::new()).1
}

/// Takes a site's values.
pub(super) fn choose(
    options: &mut Options,
    entries: &[Entry],
    renamed: &Renamed,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for entry in entries {
        let Some(option) = options.get_mut(&entry.key) else {
            diagnostics.push(unknown(options, entry, renamed));
            continue;
        };
        option.given = Some(entry.value.span.clone());
        if let Some(value) = option.kind.value(&entry.key, &entry.value, diagnostics) {
            option.value = Some(value);
        }
    }
    for (name, option) in &*options {
        let ground = option.readable_on.as_ref().and_then(|ground| options.get(ground));
        if let Some(ground) = ground {
            unreadable(name, option, ground, diagnostics);
        }
    }
}

fn unknown(options: &Options, entry: &Entry, renamed: &Renamed) -> Diagnostic {
    let names: Vec<&str> = options.keys().map(String::as_str).collect();
    let successor = renamed.options.get(&entry.key).map(String::as_str);
    let near = nearest(&entry.key, names.iter().copied());
    let help = match (successor, near) {
        (Some(successor), _) => format!("it is called `{successor}` now"),
        (None, Some(near)) => format!("did you mean `{near}`? there are: {}", names.join(", ")),
        (None, None) if names.is_empty() => "the theme has no options".to_owned(),
        (None, None) => format!("there are: {}", names.join(", ")),
    };
    let diagnostic = Diagnostic::new(
        Code::UnknownKey,
        entry.key_span.clone(),
        format!("the theme has no option `{}`", entry.key),
        help,
    );
    match successor.or(near) {
        Some(name) => diagnostic.with_fix(entry.key_span.clone(), name),
        None => diagnostic,
    }
}

/// Tells of colours that cannot be read on each other, where the site chose one of the two.
fn unreadable(
    name: &str,
    option: &ThemeOption,
    ground: &ThemeOption,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(span) = option.given.as_ref().or(ground.given.as_ref()) else { return };
    let (
        Some(OptionValue::Color { light, dark }),
        Some(OptionValue::Color { light: light_ground, dark: dark_ground }),
    ) = (&option.value, &ground.value)
    else {
        return;
    };
    let low = [("light", light, light_ground), ("dark", dark, dark_ground)]
        .into_iter()
        .find(|(_, colour, ground)| contrast(colour, ground) < READABLE);
    let Some((scheme, colour, on)) = low else { return };
    diagnostics.push(Diagnostic::new(
        Code::LowContrast,
        span.clone(),
        format!(
            "`{name}` is hard to read in the {scheme} scheme: {} on {} has a contrast of {:.1} : 1, \
             less than {READABLE} : 1",
            colour.hex(),
            on.hex(),
            contrast(colour, on)
        ),
        format!(
            "write `{name} = {{ light = \"{}\", dark = \"{}\" }}`",
            light.readable_on(light_ground).hex(),
            dark.readable_on(dark_ground).hex()
        ),
    ));
}

/// The tokens as a rule of CSS; empty where there are none.
pub(super) fn css(options: &Options) -> String {
    let mut css = String::new();
    for option in options.values() {
        let (Some(token), Some(value)) = (&option.token, &option.value) else { continue };
        let _ = match value {
            OptionValue::Text(text) => write!(css, "{token}:{text};"),
            OptionValue::Integer(number) => write!(css, "{token}:{number};"),
            OptionValue::Boolean(_) => Ok(()),
            OptionValue::Color { light, dark } => {
                write!(css, "{token}-light:{};{token}-dark:{};", light.hex(), dark.hex())
            }
            OptionValue::Fonts(names) => {
                let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
                write!(css, "{token}:{};", names.join(","))
            }
        };
    }
    if css.is_empty() { css } else { format!("\n:root{{{}}}\n", css.trim_end_matches(';')) }
}

/// The values as templates see them.
pub(super) fn values(options: &Options) -> BTreeMap<String, Extra> {
    let text = |colour: &Colour| Extra::Text(colour.hex());
    options
        .iter()
        .map(|(name, option)| {
            let value = match &option.value {
                None => Extra::Null,
                Some(OptionValue::Text(text)) => Extra::Text(text.clone()),
                Some(OptionValue::Boolean(value)) => Extra::Bool(*value),
                Some(OptionValue::Integer(number)) => Extra::Integer(*number),
                Some(OptionValue::Color { light, dark }) => Extra::Table(
                    [("light".to_owned(), text(light)), ("dark".to_owned(), text(dark))].into(),
                ),
                Some(OptionValue::Fonts(names)) => {
                    Extra::List(names.iter().cloned().map(Extra::Text).collect())
                }
            };
            (name.clone(), value)
        })
        .collect()
}

impl OptionKind {
    fn has_token(&self) -> bool {
        !matches!(self, Self::Text | Self::Boolean)
    }

    /// What it may be, in words, with an example.
    fn expected(&self) -> (String, String) {
        let (what, example) = match self {
            Self::Text => ("a text", "\"…\""),
            Self::Boolean => ("true or false", "true"),
            Self::Integer => ("a whole number", "3"),
            Self::Color => {
                ("a colour", "\"#0a7d5a\"` or `{ light = \"#0a7d5a\", dark = \"#7fd6b4\" }")
            }
            Self::Length => ("a length of CSS", "\"1.5rem\""),
            Self::Font => ("names of fonts", "\"Georgia, serif\""),
            Self::Choice(words) => {
                let example = words.first().map_or_else(|| "…".to_owned(), Clone::clone);
                return (format!("one of {}", words.join(", ")), format!("\"{example}\""));
            }
        };
        (what.to_owned(), example.to_owned())
    }

    /// The value that a site or a theme gives to the option `name`.
    fn value(
        &self,
        name: &str,
        node: &Node,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<OptionValue> {
        let value = self.understood(node);
        if value.is_none() {
            let (what, example) = self.expected();
            diagnostics.push(Diagnostic::new(
                Code::WrongType,
                node.span.clone(),
                format!("the theme's option `{name}` must be {what}"),
                format!("write `{name} = {example}`"),
            ));
        }
        value
    }

    fn understood(&self, node: &Node) -> Option<OptionValue> {
        let (text, quoted) = match &node.value {
            Value::Scalar { text, quoted } => (text.as_str(), *quoted),
            Value::Table(entries) if *self == Self::Color => return both_schemes(entries),
            _ => return None,
        };
        match self {
            Self::Text if quoted => Some(OptionValue::Text(text.to_owned())),
            Self::Boolean if !quoted => Some(OptionValue::Boolean(text.parse().ok()?)),
            Self::Integer if !quoted => Some(OptionValue::Integer(text.parse().ok()?)),
            Self::Choice(words) => {
                words.iter().any(|word| word == text).then(|| OptionValue::Text(text.to_owned()))
            }
            Self::Color if quoted => {
                let colour = Colour::read(text)?;
                Some(OptionValue::Color { light: colour.clone(), dark: colour })
            }
            Self::Length if quoted => is_length(text).then(|| OptionValue::Text(text.to_owned())),
            Self::Font if quoted => fonts(text).map(OptionValue::Fonts),
            _ => None,
        }
    }
}

fn both_schemes(entries: &[Entry]) -> Option<OptionValue> {
    let colour = |key: &str| {
        let entry = entries.iter().find(|entry| entry.key == key)?;
        match &entry.value.value {
            Value::Scalar { text, quoted: true } => Colour::read(text),
            _ => None,
        }
    };
    if entries.len() != 2 {
        return None;
    }
    Some(OptionValue::Color { light: colour("light")?, dark: colour("dark")? })
}

/// `--accent`.
fn is_token(token: &str) -> bool {
    token.strip_prefix("--").is_some_and(|name| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    })
}

/// `1.5rem`, `72ch`, `0`.
fn is_length(text: &str) -> bool {
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = &text[..text.len() - unit.len()];
    let is_number = number.parse::<f32>().is_ok();
    let units = ["px", "rem", "em", "ch", "ex", "pt", "mm", "cm", "vw", "vh", "%"];
    is_number && (units.contains(&unit) || (unit.is_empty() && number == "0"))
}

/// The names of a list such as `Georgia, "PT Serif", serif`.
fn fonts(text: &str) -> Option<Vec<String>> {
    text.split(',')
        .map(|name| {
            let name = name.trim().trim_matches(['"', '\'']);
            let valid = !name.is_empty()
                && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.'));
            valid.then(|| name.to_owned())
        })
        .collect()
}

/// Families that CSS knows by a word, which loses its meaning in quotes.
const GENERIC: [&str; 14] = [
    "serif",
    "sans-serif",
    "monospace",
    "cursive",
    "fantasy",
    "system-ui",
    "ui-serif",
    "ui-sans-serif",
    "ui-monospace",
    "ui-rounded",
    "math",
    "emoji",
    "-apple-system",
    "BlinkMacSystemFont",
];

fn quoted(name: &str) -> String {
    if GENERIC.contains(&name) { name.to_owned() } else { format!("\"{name}\"") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_else_reaches_the_stylesheet() {
        for bad in ["1rem;color:red", "calc(1px)", "", "1", "-1px", "1rem}", "1.2.3em", "red"] {
            assert!(!is_length(bad), "{bad}");
        }
        for good in ["0", "1.5rem", ".75rem", "72ch", "100%"] {
            assert!(is_length(good), "{good}");
        }
        for bad in ["", "a,", "a;b", "url(x)", "a\"}", "a\\b"] {
            assert_eq!(fonts(bad), None, "{bad}");
        }
        let names = fonts("-apple-system, \"PT Serif\", serif").expect("these are names");
        let written: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        assert_eq!(written.join(","), "-apple-system,\"PT Serif\",serif");
        for bad in ["--", "accent", "--a b", "--a:b"] {
            assert!(!is_token(bad), "{bad}");
        }
    }
}
