//! Which scope of a grammar becomes which class of the theme.
//!
//! Input: the scopes that a grammar opens and closes. Output: the class of the text between two
//! such changes. Responsibility: the one table from the grammars' hundreds of scopes to
//! [`CLASSES`](super::CLASSES), and looking it up without comparing strings.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use syntect::parsing::{ClearAmount, Scope};

/// `(class, prefixes of scopes)`. The longest prefix of a scope decides; a scope without one has
/// the class of what it lies in.
///
/// [`NO_CLASS`] takes a class away: what is interpolated into a string is no string. [`WORD`] is
/// a keyword where it is a word (`and`, `new`), and nothing of its own where it is a sign (`=>`).
///
/// Plain names, calls, operators and brackets are left alone. They are most of the tokens, a span
/// costs 23 bytes, and only what stays uncoloured lets the rest be seen.
#[rustfmt::skip]
const RULES: &[(&str, &[&str])] = &[
    ("k", &["keyword", "constant.language.sql", "storage.type.sql", "storage.modifier.sql"]),
    (WORD, &["keyword.operator", "storage"]),
    ("t", &[
        "entity.name.class", "entity.name.enum", "entity.name.impl", "entity.name.interface",
        "entity.name.message", "entity.name.scalar", "entity.name.struct", "entity.name.trait",
        "entity.name.type", "entity.name.union", "entity.other.inherited-class",
        "storage.type.buildin", "storage.type.generic", "storage.type.go", "storage.type.numeric",
        "storage.type.primitive", "storage.type.proto", "support.type",
    ]),
    ("f", &["entity.name.function"]),
    ("v", &[
        "keyword.other.block", "meta.group.expansion.parameter",
        "variable.other.nginx", "variable.other.normal.shell", "variable.other.readwrite.shell",
        "variable.parameter.makefile", "variable.parameter.template",
    ]),
    ("p", &[
        "constant.other.object.key", "entity.name.key", "entity.name.tag.toml",
        "entity.name.tag.yaml", "keyword.name.ini", "keyword.other.http-header",
        "meta.mapping.key.json", "string.unquoted.key", "string.unquoted.label",
        "support.type.custom-property", "support.type.property-name",
        "variable.declaration.terraform", "variable.other.env",
    ]),
    ("a", &["entity.other.attribute-name"]),
    ("g", &["entity.name.tag"]),
    ("s", &["string", "keyword.control.heredoc-token", "storage.type.string"]),
    ("e", &["constant.character"]),
    ("r", &["source.regexp", "string.regexp"]),
    ("n", &["constant.numeric", "constant.other.color", "keyword.other.unit", "string.ipaddress"]),
    ("l", &["constant.language", "support.constant"]),
    ("c", &["comment"]),
    ("m", &[
        "entity.name.macro", "meta.annotation", "meta.preprocessor", "support.macro",
        "variable.annotation",
    ]),
    ("h", &[
        "entity.name.section", "entity.name.table", "markup.heading", "meta.tag.section",
        "meta.tag.table", "punctuation.definition.table.array",
        "punctuation.definition.table.begin.toml", "punctuation.definition.table.end.toml",
    ]),
    ("em", &["markup.italic"]),
    ("st", &["markup.bold"]),
    ("u", &["markup.underline"]),
    ("x", &[
        "entity.name.label", "entity.name.other.anchor", "keyword.control.flow.alias",
        "keyword.control.property.anchor", "variable.other.alias",
    ]),
    ("di", &["markup.inserted"]),
    ("dd", &["markup.deleted"]),
    ("dh", &["meta.diff.header", "meta.diff.index", "meta.diff.range"]),
    (NO_CLASS, &[
        "constant.language.protocol-version", "entity.name.enum.tag-digest",
        "entity.name.function.sql", "keyword.control.conditional.patterns",
        "keyword.control.flow.block-scalar",
        "keyword.operator.assignment.terraform", "keyword.other.interpolation",
        "meta.annotation.arguments", "meta.annotation.parameters",
        "meta.group.expansion.command", "meta.interpolation", "meta.template.expression",
        "punctuation.section.arguments", "punctuation.separator.decimal", "source",
        "storage.modifier.required", "string.name.value.ini", "string.unquoted.http-header",
        "string.unquoted.java-props", "string.unquoted.makefile", "string.unquoted.plain",
        "support.constant.property-value", "support.constant.terraform",
        "support.type.property-name.media", "support.type.rust",
    ]),
];

const NO_CLASS: &str = "";
const WORD: &str = "word";
const KEYWORD: &str = "k";

/// What a scope makes of the text in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Class {
    /// The name for text that starts with a letter.
    word: Option<&'static str>,
    /// The name for any other text.
    sign: Option<&'static str>,
}

impl Class {
    /// The name of the class of `text`, one of [`CLASSES`](super::CLASSES).
    pub(super) fn name(self, text: &str) -> Option<&'static str> {
        if text.trim_start().starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.word
        } else {
            self.sign
        }
    }

    /// The class of text to which `rule` applies and that lies in text of this class.
    fn inner(self, rule: &'static str) -> Self {
        match rule {
            _ if self.word.is_some_and(|outer| absorbs(outer, rule)) => self,
            NO_CLASS => Self::default(),
            WORD => Self { word: Some(KEYWORD), sign: self.sign },
            name => Self { word: Some(name), sign: Some(name) },
        }
    }
}

/// Whether text of the class `outer` stays in one piece around text to which `rule` applies.
fn absorbs(outer: &str, rule: &str) -> bool {
    match outer {
        // A comment is a comment, whatever it mentions.
        "c" | "r" | "n" | "h" | "di" | "dd" | "dh" => true,
        // Only variables and interpolated code stand out from a string.
        "s" => !matches!(rule, "v" | NO_CLASS),
        // A quoted key is a key, and an expansion may hold a default.
        "p" | "v" => matches!(rule, "s" | WORD),
        _ => false,
    }
}

/// [`RULES`], ready to be asked.
pub(super) struct Table {
    /// The rules by the number of their prefix's first part, longest prefix first.
    rules: BTreeMap<u16, Vec<(Scope, &'static str)>>,
}

impl Table {
    /// Reads [`RULES`].
    pub(super) fn new() -> Self {
        let mut rules: BTreeMap<u16, Vec<(Scope, &'static str)>> = BTreeMap::new();
        for &(rule, prefixes) in RULES {
            for prefix in prefixes {
                let prefix = Scope::new(prefix).expect("a prefix has fewer than eight parts");
                rules.entry(prefix.atom_at(0)).or_default().push((prefix, rule));
            }
        }
        for rules in rules.values_mut() {
            rules.sort_by_key(|(prefix, _)| Reverse(prefix.len()));
        }
        Self { rules }
    }

    /// What a scope makes of the text in it.
    pub(super) fn mark(&self, scope: Scope) -> Mark {
        let rules = self.rules.get(&scope.atom_at(0)).map_or(&[][..], Vec::as_slice);
        Mark(rules.iter().find(|(prefix, _)| prefix.is_prefix_of(scope)).map(|(_, rule)| *rule))
    }
}

/// What a scope makes of the text in it: one of the names in [`RULES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark(Option<&'static str>);

/// What happens to the open scopes at one place of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// One more opens.
    Open(Mark),
    /// So many close.
    Close(usize),
    /// Some do not count until the next [`Change::Restore`].
    Clear(ClearAmount),
    /// Those that the last [`Change::Clear`] took away count again.
    Restore,
}

/// Every class that a scope can have.
#[cfg(test)]
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|(rule, _)| *rule).filter(|rule| ![NO_CLASS, WORD].contains(rule))
}

/// The scopes that are open at one place of the text, and the class of each.
#[derive(Default)]
pub(super) struct OpenScopes {
    open: Vec<(Mark, Class)>,
    cleared: Vec<Vec<(Mark, Class)>>,
}

impl OpenScopes {
    /// The class of text in all of them.
    pub(super) fn class(&self) -> Class {
        self.open.last().map(|(_, class)| *class).unwrap_or_default()
    }

    /// Opens and closes scopes; `None` where the grammar contradicts itself.
    pub(super) fn apply(&mut self, change: Change) -> Option<()> {
        match change {
            Change::Open(mark) => self.push(mark),
            Change::Close(count) => self.open.truncate(self.open.len().saturating_sub(count)),
            Change::Clear(amount) => {
                let left = match amount {
                    ClearAmount::TopN(count) => self.open.len().saturating_sub(count),
                    ClearAmount::All => 0,
                };
                self.cleared.push(self.open.split_off(left));
            }
            Change::Restore => {
                for (mark, _) in self.cleared.pop()? {
                    self.push(mark);
                }
            }
        }
        Some(())
    }

    fn push(&mut self, mark: Mark) {
        let outer = self.class();
        self.open.push((mark, mark.0.map_or(outer, |rule| outer.inner(rule))));
    }
}
