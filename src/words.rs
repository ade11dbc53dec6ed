//! The words of the interface.
//!
//! Input: Fluent sources of a theme and its parents. Output: [`Words`] and diagnostics.
//! Responsibility: the only module that knows Fluent.

use std::collections::BTreeMap;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
};
use icu_decimal::input::Decimal;
use icu_decimal::options::DecimalFormatterOptions;
use icu_decimal::{DecimalFormatter, DecimalFormatterPreferences};
use icu_locale_core::Locale;
use intl_memoizer::Memoizable;
use intl_memoizer::concurrent::IntlLangMemoizer;
use serde_json::{Map, Value, json};
use unic_langid::LanguageIdentifier;

use crate::diagnostic::{Code, Diagnostic, Span};

/// A file of words.
#[derive(Debug, Clone)]
pub struct WordSource<'a> {
    /// Where it stands.
    pub path: Arc<str>,
    /// Its language.
    pub language: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// How deep braces may be nested. The parser calls itself for each, so that a file of nothing but
/// braces would end it.
const DEEPEST: usize = 32;

/// The first brace that is nested too deep. An entry begins where a line does not begin with a
/// blank, and what is open there is closed by it.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut line_begins = true;
    for (at, byte) in text.bytes().enumerate() {
        if line_begins && (byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'#')) {
            depth = 0;
        }
        line_begins = byte == b'\n';
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Some(at);
        }
    }
    None
}

/// Where a word was found.
#[derive(Debug)]
struct Place {
    /// In the site's own language, not only in English.
    in_own: bool,
    /// The file that has it first.
    path: Arc<str>,
}

/// Words that the core itself writes into pages, beside those that templates ask for.
const NEEDED: [&str; 9] = [
    "admonition-caution",
    "admonition-important",
    "admonition-note",
    "admonition-tip",
    "admonition-warning",
    "index-projects",
    "index-topics",
    "level-number",
    "stage-number",
];

/// English stands in for words that a language lacks, and the author is told.
fn report_missing(
    language: &str,
    ids: &BTreeMap<String, Place>,
    has_own: bool,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for id in NEEDED.iter().filter(|id| !ids.is_empty() && !ids.contains_key(**id)) {
        diagnostics.push(Diagnostic::new(
            Code::MissingWord,
            Span::file("book.toml"),
            format!("the theme has no word `{id}`"),
            format!("add `{id} = …` to its `locales/en.ftl`, and to those of its other languages"),
        ));
    }
    let mut missing: BTreeMap<&Arc<str>, Vec<&str>> = BTreeMap::new();
    for (id, place) in ids.iter().filter(|(_, place)| !place.in_own) {
        missing.entry(&place.path).or_default().push(id);
    }
    for (path, ids) in missing {
        let help = |path: &str| format!("add `{} = …` to `{path}`", ids[0]);
        if !has_own {
            diagnostics.push(Diagnostic::new(
                Code::MissingTranslation,
                Span::file("book.toml"),
                format!("the theme has no words in `{language}`; English stands in for them"),
                help(&format!("themes/site/locales/{language}.ftl")),
            ));
            return;
        }
        let beside = path.strip_suffix("en.ftl").unwrap_or(path);
        diagnostics.push(Diagnostic::new(
            Code::MissingTranslation,
            Span::new(path, 0, 0),
            format!("words missing in `{language}`: {}", ids.join(", ")),
            help(&format!("{beside}{language}.ftl")),
        ));
    }
}

/// A theme's words in one language.
pub struct Words {
    bundle: FluentBundle<FluentResource>,
    /// Messages without variables, ready.
    plain: BTreeMap<String, String>,
    /// Messages as the browser's scripts read them.
    scripts: BTreeMap<String, Value>,
}

/// A value that a message may need.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument<'a> {
    /// A number; it chooses the plural form.
    Number(i64),
    /// A text.
    Text(&'a str),
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").field("messages", &self.plain.len()).finish_non_exhaustive()
    }
}

impl Words {
    /// Reads sources in the order of rising precedence: the parents' first, English before the
    /// site's own language, so that a missing word falls back to English.
    #[must_use]
    pub fn new(
        language: &str,
        sources: &[WordSource<'_>],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let identifier = language.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(large_number));
        let mut ids: BTreeMap<String, Place> = BTreeMap::new();
        let mut scripts = BTreeMap::new();
        let mut has_own = false;
        for WordSource { path, language: of, text } in sources {
            let is_own = *of != "en" || language.starts_with("en");
            has_own |= is_own;
            if let Some(at) = too_deep(text) {
                diagnostics.push(Diagnostic::new(
                    Code::TooLarge,
                    Span::new(path, at, at + 1),
                    format!("braces are nested more than {DEEPEST} deep"),
                    "close each `{` with `}`",
                ));
                continue;
            }
            let resource = match FluentResource::try_new((*text).to_owned()) {
                Ok(resource) => resource,
                Err((resource, errors)) => {
                    for error in errors {
                        // The parser counts on from where a sign is missing, into the next one.
                        let boundary = |mut at: usize| {
                            at = at.min(text.len());
                            while !text.is_char_boundary(at) {
                                at -= 1;
                            }
                            at
                        };
                        diagnostics.push(Diagnostic::new(
                            Code::MissingWord,
                            Span::new(path, boundary(error.pos.start), boundary(error.pos.end)),
                            format!("a word cannot be read: {}", error.kind),
                            "see https://projectfluent.org for the form `id = text`",
                        ));
                    }
                    resource
                }
            };
            for entry in resource.entries() {
                if let Entry::Message(message) = entry {
                    let place = ids
                        .entry(message.id.name.to_owned())
                        .or_insert_with(|| Place { in_own: false, path: Arc::clone(path) });
                    place.in_own |= is_own;
                    if let Some(pattern) = &message.value {
                        scripts.insert(message.id.name.to_owned(), compiled(pattern));
                    }
                }
            }
            bundle.add_resource_overriding(resource);
        }
        report_missing(language, &ids, has_own, diagnostics);
        let mut words = Self { bundle, plain: BTreeMap::new(), scripts };
        for id in ids.into_keys() {
            if let Some(text) = words.format_plain(&id) {
                words.plain.insert(id, text);
            }
        }
        words
    }

    fn format_plain(&self, id: &str) -> Option<String> {
        let pattern = self.bundle.get_message(id)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, None, &mut errors).into_owned();
        errors.is_empty().then_some(text)
    }

    /// The messages whose id begins with `prefix`, without it, for scripts: a text with `{$name}`,
    /// or a list of such texts and choices `{"sel": name, "*": default, variant: pattern}`.
    #[must_use]
    pub fn script_messages(&self, prefix: &str) -> Map<String, Value> {
        self.scripts
            .iter()
            .filter_map(|(id, value)| Some((id.strip_prefix(prefix)?.to_owned(), value.clone())))
            .collect()
    }

    /// Whether there is such a message.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    /// The message in the site's language; its id where there is none.
    #[must_use]
    pub fn get(&self, id: &str, arguments: &[(&str, Argument<'_>)]) -> String {
        if arguments.is_empty()
            && let Some(text) = self.plain.get(id)
        {
            return text.clone();
        }
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            return id.to_owned();
        };
        let mut values = FluentArgs::with_capacity(arguments.len());
        for (name, argument) in arguments {
            values.set(
                (*name).to_owned(),
                match argument {
                    Argument::Number(number) => FluentValue::from(*number),
                    Argument::Text(text) => FluentValue::from((*text).to_owned()),
                },
            );
        }
        let mut errors = Vec::new();
        self.bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned()
    }
}

/// A number of four digits or more as the language writes it: `1 200`, `1,200`. Smaller ones are
/// written alike everywhere.
fn large_number(value: &FluentValue<'_>, memo: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    if number.value.abs() < 1_000.0 || number.value.fract() != 0.0 {
        return None;
    }
    let number = Decimal::from(number.value as i64);
    let written = |Language(locale): &Language| {
        let preferences = DecimalFormatterPreferences::from(locale);
        let numbers = DecimalFormatter::try_new(preferences, DecimalFormatterOptions::default());
        numbers.ok().map(|numbers| numbers.format(&number).to_string())
    };
    memo.with_try_get::<Language, _, _>((), written).ok().flatten()
}

/// The language of the words, as the formatter of numbers knows it.
struct Language(Locale);

impl Memoizable for Language {
    type Args = ();
    type Error = icu_locale_core::ParseError;

    fn construct(language: LanguageIdentifier, (): ()) -> Result<Self, Self::Error> {
        language.to_string().parse().map(Self)
    }
}

/// A message for scripts. What they cannot do (terms, functions) is left out of the text.
fn compiled(pattern: &Pattern<&str>) -> Value {
    let mut parts: Vec<Value> = Vec::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => push_text(&mut parts, value),
            PatternElement::Placeable { expression } => match expression {
                Expression::Inline(inline) => push_text(&mut parts, &inline_text(inline)),
                Expression::Select { selector, variants } => {
                    let InlineExpression::VariableReference { id } = selector else { continue };
                    let mut choice = Map::new();
                    choice.insert("sel".to_owned(), json!(id.name));
                    for variant in variants {
                        let key = match &variant.key {
                            VariantKey::Identifier { name } => *name,
                            VariantKey::NumberLiteral { value } => *value,
                        };
                        choice.insert(key.to_owned(), compiled(&variant.value));
                        if variant.default {
                            choice.insert("*".to_owned(), json!(key));
                        }
                    }
                    parts.push(Value::Object(choice));
                }
            },
        }
    }
    match parts.as_slice() {
        [] => json!(""),
        [Value::String(text)] => json!(text),
        _ => Value::Array(parts),
    }
}

fn push_text(parts: &mut Vec<Value>, text: &str) {
    match parts.last_mut() {
        Some(Value::String(before)) => before.push_str(text),
        _ if text.is_empty() => {}
        _ => parts.push(json!(text)),
    }
}

fn inline_text(inline: &InlineExpression<&str>) -> String {
    match inline {
        InlineExpression::VariableReference { id } => format!("{{${}}}", id.name),
        InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => {
            (*value).to_owned()
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_plural_forms_are_those_of_the_language() {
        let text = "count-topics = { $count ->\n    [one] { $count } one\n    [few] { $count } few\n   \
            *[other] { $count } other\n}\n";
        let said = |language: &'static str, count| {
            let source = WordSource { path: Arc::from("x.ftl"), language, text };
            let words = Words::new(language, &[source], &mut Vec::new());
            words.get("count-topics", &[("count", Argument::Number(count))])
        };
        assert_eq!(said("ru", 1), "1 one");
        assert_eq!(said("ru", 3), "3 few");
        assert_eq!(said("ru", 1_234_562), "1\u{a0}234\u{a0}562 few");
        assert_eq!(said("en", 1_200), "1,200 other");
        assert_eq!(said("de", 1_200), "1.200 other");
        assert_eq!(said("es", 1_200), "1200 other", "Spanish divides from five digits on");
        assert_eq!(said("xx", 12), "12 other");
    }
}
