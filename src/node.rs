//! Structured text with the place of every value.
//!
//! Input: trees built by the YAML and TOML readers. Output: typed values with spans and
//! diagnostics. Responsibility: one way of reading keys, so that front matter and `book.toml`
//! complain alike.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostic::{Code, Diagnostic, Span, nearest};
use crate::time::{self, TimeSpan, Unit};

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The bytes of the value.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// What a node holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// `null`, or a key without a value.
    Null,
    /// A single value as written; `quoted` ones are always text.
    Scalar {
        /// Its text, quotes and escapes resolved.
        text: String,
        /// Whether it was quoted.
        quoted: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// Keys with values, in the order of the file.
    Table(Vec<Entry>),
}

/// A free value from `extra:` in front matter or from a theme's options.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Extra {
    /// Nothing was written.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Anything else that is a single value.
    Text(String),
    /// A list.
    List(Vec<Extra>),
    /// Keys with values, in order of key.
    Table(BTreeMap<String, Extra>),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// What it says.
    pub value: Node,
}

/// A value that was read, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

impl Node {
    fn describe(&self) -> &'static str {
        match &self.value {
            Value::Null => "nothing",
            Value::Scalar { .. } => "a single value",
            Value::List(_) => "a list",
            Value::Table(_) => "keys with values",
        }
    }

    /// The value as a theme may see it.
    #[must_use]
    pub fn to_extra(&self) -> Extra {
        match &self.value {
            Value::Null => Extra::Null,
            Value::Scalar { text, quoted: true } => Extra::Text(text.clone()),
            Value::Scalar { text, quoted: false } => match text.as_str() {
                "true" => Extra::Bool(true),
                "false" => Extra::Bool(false),
                other => {
                    other.parse().map_or_else(|_| Extra::Text(other.to_owned()), Extra::Integer)
                }
            },
            Value::List(items) => Extra::List(items.iter().map(Self::to_extra).collect()),
            Value::Table(entries) => Extra::Table(
                entries.iter().map(|entry| (entry.key.clone(), entry.value.to_extra())).collect(),
            ),
        }
    }
}

/// A key that was asked for: what a schema says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The key.
    pub key: &'static str,
    /// What its value may be.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
}

/// What the value of a key may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A text.
    Text,
    /// A list of texts, or a single one.
    Texts,
    /// A whole number from the first to the second.
    Integer(u8, u8),
    /// A length of time; with a unit of its own, or in this one.
    Duration(Option<Unit>),
    /// One of these words.
    Choice(Vec<&'static str>),
    /// A list of these words.
    Choices(Vec<&'static str>),
    /// Keys with values that are told elsewhere.
    Table,
    /// Whatever somebody else understands.
    Free,
    /// Ids, or tables of an id and a part.
    SourceUses,
    /// A value of the type that a theme's option has.
    Any,
}

/// Reads the keys of one table; what nobody asked for is unknown in the end.
pub struct Fields<'a> {
    entries: BTreeMap<&'a str, &'a Entry>,
    asked: Vec<Asked>,
    missing: Vec<&'static str>,
    place: &'static str,
    span: Span,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    /// Begins to read a table. `place` says in messages where it stands: "a stage's front
    /// matter". Duplicate keys are reported here.
    pub fn new(
        entries: &'a [Entry],
        span: Span,
        place: &'static str,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        let mut by_key: BTreeMap<&str, &Entry> = BTreeMap::new();
        for entry in entries {
            if let Some(first) = by_key.get(entry.key.as_str()) {
                diagnostics.push(
                    Diagnostic::new(
                        Code::DuplicateKey,
                        entry.key_span.clone(),
                        format!("key `{}` is written twice", entry.key),
                        "remove one of the two",
                    )
                    .with_related(first.key_span.clone(), "first written here"),
                );
            } else {
                by_key.insert(&entry.key, entry);
            }
        }
        Self { entries: by_key, asked: Vec::new(), missing: Vec::new(), place, span, diagnostics }
    }

    /// The raw value of a key; a key without a value counts as absent.
    pub fn node(&mut self, key: &'static str, shape: Shape) -> Option<&'a Node> {
        self.asked.push(Asked { key, shape, required: false });
        self.entries.get(key).map(|entry| &entry.value).filter(|node| node.value != Value::Null)
    }

    fn wrong(&mut self, key: &str, node: &Node, expected: &str) {
        self.diagnostics.push(Diagnostic::new(
            Code::WrongType,
            node.span.clone(),
            format!("`{key}` must be {expected}, not {}", node.describe()),
            format!("give `{key}` {expected}"),
        ));
    }

    fn scalar(
        &mut self,
        key: &'static str,
        shape: Shape,
        expected: &str,
    ) -> Option<(&'a str, &'a Node)> {
        let node = self.node(key, shape)?;
        if let Value::Scalar { text, .. } = &node.value {
            return Some((text, node));
        }
        self.wrong(key, node, expected);
        None
    }

    /// A text; blanks are collapsed.
    pub fn text(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let (text, node) = self.scalar(key, Shape::Text, "a text")?;
        let value = crate::text::collapse(text);
        (!value.is_empty()).then(|| Spanned { value, span: node.span.clone() })
    }

    /// An address of the web. Any other scheme might run a script where a page links it.
    pub fn address(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let text = self.text(key)?;
        if crate::text::is_web_address(&text.value) {
            return Some(text);
        }
        self.diagnostics.push(Diagnostic::new(
            Code::UnsafeLink,
            text.span,
            format!("`{key}` is no address of the web: `{}`", text.value),
            "write an address that begins with `https://`",
        ));
        None
    }

    /// A text that must be there.
    pub fn required_text(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let before = self.diagnostics.len();
        let text = self.text(key);
        if let Some(asked) = self.asked.last_mut() {
            asked.required = true;
        }
        if text.is_none() && self.diagnostics.len() == before {
            self.missing.push(key);
        }
        text
    }

    /// A list of texts; a single text counts as a list of one.
    pub fn texts(&mut self, key: &'static str) -> Vec<Spanned<String>> {
        let Some(node) = self.node(key, Shape::Texts) else { return Vec::new() };
        let items = match &node.value {
            Value::List(items) => items.as_slice(),
            Value::Scalar { .. } => std::slice::from_ref(node),
            _ => {
                self.wrong(key, node, "a list of texts");
                return Vec::new();
            }
        };
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            if let Value::Scalar { text, .. } = &item.value {
                texts.push(Spanned { value: crate::text::collapse(text), span: item.span.clone() });
            } else {
                self.wrong(key, item, "a list of texts");
            }
        }
        texts
    }

    /// A whole number within bounds.
    pub fn integer(&mut self, key: &'static str, least: u8, most: u8) -> Option<u8> {
        let expected = format!("a whole number from {least} to {most}");
        let (text, node) = self.scalar(key, Shape::Integer(least, most), &expected)?;
        let number = text.parse().ok().filter(|number| (least..=most).contains(number));
        if number.is_none() {
            self.diagnostics.push(Diagnostic::new(
                Code::WrongType,
                node.span.clone(),
                format!("`{key}` must be {expected}, not `{text}`"),
                format!("write `{key}: {least}` or another number up to {most}"),
            ));
        }
        number
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, key: &'static str) -> Option<bool> {
        self.choice(key, &[("true", true), ("false", false)])
    }

    /// A length of time.
    pub fn duration(&mut self, key: &'static str, default_unit: Option<Unit>) -> Option<TimeSpan> {
        let (text, node) = self.scalar(key, Shape::Duration(default_unit), "a length of time")?;
        let span = time::read(text, default_unit);
        if span.is_none() {
            let help = match default_unit {
                Some(Unit::Hours) => format!("write a number of hours or a range: `{key}: 8-12`"),
                _ => format!("write a number or a range, and a unit: `{key}: 6-8 weeks`"),
            };
            self.diagnostics.push(Diagnostic::new(
                Code::BadDuration,
                node.span.clone(),
                format!("`{text}` is no length of time"),
                help,
            ));
        }
        span
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&mut self, key: &'static str, words: &[(&'static str, T)]) -> Option<T> {
        let valid: Vec<&'static str> = words.iter().map(|(word, _)| *word).collect();
        let expected = format!("one of {}", valid.join(", "));
        let (_, node) = self.scalar(key, Shape::Choice(valid), &expected)?;
        self.chosen(key, node, words)
    }

    /// A list of some of a few words; `None` where the key is not written.
    pub fn choices<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&'static str, T)],
    ) -> Option<Vec<T>> {
        let valid = words.iter().map(|(word, _)| *word).collect();
        let node = self.node(key, Shape::Choices(valid))?;
        let Value::List(items) = &node.value else {
            self.wrong(key, node, "a list of words");
            return None;
        };
        Some(items.iter().filter_map(|item| self.chosen(key, item, words)).collect())
    }

    fn chosen<T: Copy>(&mut self, key: &str, node: &Node, words: &[(&str, T)]) -> Option<T> {
        let Value::Scalar { text, quoted } = &node.value else {
            self.wrong(key, node, "a word");
            return None;
        };
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
            return Some(*value);
        }
        let valid: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let near = nearest(text, valid.iter().copied());
        let mut diagnostic = Diagnostic::new(
            Code::WrongType,
            node.span.clone(),
            format!("`{key}` cannot be `{text}`"),
            match near {
                Some(near) => format!("did you mean `{near}`? valid: {}", valid.join(", ")),
                None => format!("valid: {}", valid.join(", ")),
            },
        );
        if let Some(near) = near {
            // TOML needs the quotes, and they are part of the place.
            let written = if *quoted { format!("\"{near}\"") } else { near.to_owned() };
            diagnostic = diagnostic.with_fix(node.span.clone(), written);
        }
        self.diagnostics.push(diagnostic);
        None
    }

    /// A table's entries below a key.
    pub fn table(&mut self, key: &'static str) -> Option<(&'a [Entry], Span)> {
        self.entries_of(key, Shape::Table)
    }

    /// Keys that are not known here, with their places.
    pub fn free(&mut self, key: &'static str) -> &'a [Entry] {
        self.entries_of(key, Shape::Free).map_or(&[], |(entries, _)| entries)
    }

    fn entries_of(&mut self, key: &'static str, shape: Shape) -> Option<(&'a [Entry], Span)> {
        let node = self.node(key, shape)?;
        if let Value::Table(entries) = &node.value {
            return Some((entries, node.span.clone()));
        }
        self.wrong(key, node, "keys with values");
        None
    }

    /// Free keys for theme authors.
    pub fn extra(&mut self, key: &'static str) -> BTreeMap<String, Extra> {
        self.free(key).iter().map(|entry| (entry.key.clone(), entry.value.to_extra())).collect()
    }

    /// Where a problem of several keys together is reported.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Ends the reading: keys that nobody asked for are unknown. A key that is missing because it
    /// was misspelt is reported as misspelt only. Returns what was asked for.
    #[must_use]
    pub fn finish(mut self) -> Vec<Asked> {
        let keys: Vec<&'static str> = self.asked.iter().map(|asked| asked.key).collect();
        for entry in self.entries.values() {
            if keys.contains(&entry.key.as_str()) {
                continue;
            }
            let near = nearest(&entry.key, keys.iter().copied());
            let valid = keys.join(", ");
            let mut diagnostic = Diagnostic::new(
                Code::UnknownKey,
                entry.key_span.clone(),
                format!("unknown key `{}` in {}", entry.key, self.place),
                match near {
                    Some(near) => format!("did you mean `{near}`? valid keys: {valid}"),
                    None => format!("valid keys: {valid}"),
                },
            );
            if let Some(near) = near {
                diagnostic = diagnostic.with_fix(entry.key_span.clone(), near);
                self.missing.retain(|key| *key != near);
            }
            self.diagnostics.push(diagnostic);
        }
        for key in self.missing {
            self.diagnostics.push(Diagnostic::new(
                Code::MissingKey,
                self.span.clone(),
                format!("{} needs `{key}`", self.place),
                format!("add `{key}` with a text"),
            ));
        }
        self.asked
    }
}
