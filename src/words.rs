//! The words of the interface.
//!
//! Input: Fluent sources of a theme and its parents. Output: [`Words`] and diagnostics.
//! Responsibility: the only module that knows Fluent.

use std::collections::BTreeMap;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::Entry;

use crate::diagnostic::{Code, Diagnostic, Span};

/// A theme's words in one language.
pub struct Words {
    bundle: FluentBundle<FluentResource>,
    /// Messages without variables, ready.
    plain: BTreeMap<String, String>,
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
        sources: &[(Arc<str>, &str)],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let identifier = language.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
        bundle.set_use_isolating(false);
        let mut ids = Vec::new();
        for (path, source) in sources {
            let resource = match FluentResource::try_new((*source).to_owned()) {
                Ok(resource) => resource,
                Err((resource, errors)) => {
                    for error in errors {
                        diagnostics.push(Diagnostic::new(
                            Code::MissingWord,
                            Span::new(path, error.pos.start, error.pos.end),
                            format!("a word cannot be read: {}", error.kind),
                            "see https://projectfluent.org for the form `id = text`",
                        ));
                    }
                    resource
                }
            };
            for entry in resource.entries() {
                if let Entry::Message(message) = entry {
                    ids.push(message.id.name.to_owned());
                }
            }
            bundle.add_resource_overriding(resource);
        }
        let mut words = Self { bundle, plain: BTreeMap::new() };
        for id in ids {
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
