//! YAML to [`Node`]s, and front matter back to YAML.
//!
//! Input: the text between the `---` lines. Output: a [`Node`] with spans into the whole file, or
//! a syntax diagnostic. Responsibility: the only module that knows YAML. The events of a parser
//! keep the place of every key, which `serde_yaml` does not; it serves where front matter is
//! written.

use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle, Span as EventSpan};

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::node::{Entry, Node, Value};

/// The greatest number of values in one front matter, aliases expanded.
pub(super) const MOST_NODES: usize = 10_000;
/// The deepest nesting of lists and keys.
pub(super) const DEEPEST: usize = 16;

/// Reads one YAML document that begins at byte `offset` of the file at `path`.
///
/// # Errors
/// One diagnostic, where the text is no YAML or exceeds a bound.
pub(super) fn read(yaml: &str, path: &Arc<str>, offset: usize) -> Result<Node, Diagnostic> {
    let mut positions: Vec<usize> = yaml.char_indices().map(|(at, _)| at + offset).collect();
    positions.push(yaml.len() + offset);
    let mut reader = Reader {
        parser: Parser::new_from_str(yaml),
        yaml,
        path,
        positions,
        anchors: Vec::new(),
        nodes: 0,
        end: yaml.len() + offset,
    };
    let mut root = Node { span: Span::new(path, offset, offset), value: Value::Null };
    loop {
        let (event, span) = reader.next()?;
        match event {
            Event::StreamEnd => return Ok(root),
            Event::DocumentStart(_) => {
                let (event, span) = reader.next()?;
                root = reader.node(event, span, 0)?;
            }
            Event::DocumentEnd | Event::StreamStart | Event::Nothing => {}
            _ => return Err(reader.bound(span, "more than one document")),
        }
    }
}

/// Writes front matter: keys in the given order, quoted where YAML needs it.
///
/// # Panics
/// Never: what JSON can hold, YAML can.
#[must_use]
pub fn write(front_matter: &serde_json::Map<String, serde_json::Value>) -> String {
    serde_yaml::to_string(front_matter).expect("plain JSON values are valid YAML")
}

struct Reader<'a> {
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    yaml: &'a str,
    path: &'a Arc<str>,
    /// Byte of the file for each character of the YAML.
    positions: Vec<usize>,
    anchors: Vec<(usize, Node)>,
    nodes: usize,
    end: usize,
}

impl<'a> Reader<'a> {
    fn byte(&self, character: usize) -> usize {
        self.positions.get(character).copied().unwrap_or(self.end)
    }

    fn span(&self, span: EventSpan) -> Span {
        Span::new(self.path, self.byte(span.start.index()), self.byte(span.end.index()))
    }

    fn next(&mut self) -> Result<(Event<'a>, EventSpan), Diagnostic> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => {
                let mut index = error.marker().index();
                // The parser points at the value before it and not at the tab itself.
                if error.info().ends_with("found a tab") {
                    let tab = self.yaml.chars().skip(index).position(|c| c == '\t');
                    index += tab.unwrap_or_default();
                }
                let at = self.byte(index);
                let help = if error.info().contains("quoted scalar") {
                    "close the quote; a quote within it is written twice, or as `\\\"`"
                } else {
                    "quote values that hold `: ` or `#`, and indent with blanks"
                };
                Err(Diagnostic::new(
                    Code::Syntax,
                    Span::new(self.path, at, at),
                    format!("the front matter is no valid YAML: {}", error.info()),
                    help,
                ))
            }
            None => Ok((Event::StreamEnd, EventSpan::default())),
        }
    }

    fn bound(&self, span: EventSpan, what: &str) -> Diagnostic {
        Diagnostic::new(
            Code::TooLarge,
            self.span(span),
            format!("the front matter holds {what}"),
            format!("at most {MOST_NODES} values, {DEEPEST} levels deep, in one document"),
        )
    }

    fn count(&mut self, span: EventSpan, more: usize) -> Result<(), Diagnostic> {
        self.nodes = self.nodes.saturating_add(more);
        if self.nodes > MOST_NODES {
            return Err(self.bound(span, "too many values"));
        }
        Ok(())
    }

    fn node(
        &mut self,
        event: Event<'a>,
        span: EventSpan,
        depth: usize,
    ) -> Result<Node, Diagnostic> {
        if depth > DEEPEST {
            return Err(self.bound(span, "too many levels"));
        }
        self.count(span, 1)?;
        let (anchor, node) = match event {
            Event::Scalar(text, style, anchor, _) => {
                let quoted = style != ScalarStyle::Plain;
                let value = if !quoted && matches!(&*text, "" | "~" | "null" | "Null" | "NULL") {
                    Value::Null
                } else {
                    Value::Scalar { text: text.into_owned(), quoted }
                };
                (anchor, Node { span: self.span(span), value })
            }
            Event::SequenceStart(anchor, _) => {
                let mut items = Vec::new();
                let end = loop {
                    match self.next()? {
                        (Event::SequenceEnd, end) => break end,
                        (event, span) => items.push(self.node(event, span, depth + 1)?),
                    }
                };
                (anchor, Node { span: self.join(span, end), value: Value::List(items) })
            }
            Event::MappingStart(anchor, _) => {
                let mut entries = Vec::new();
                let end = loop {
                    let (event, key_span) = self.next()?;
                    if event == Event::MappingEnd {
                        break key_span;
                    }
                    let key = self.node(event, key_span, depth + 1)?;
                    let (event, span) = self.next()?;
                    let value = self.node(event, span, depth + 1)?;
                    let Value::Scalar { text, .. } = key.value else {
                        return Err(Diagnostic::new(
                            Code::WrongType,
                            key.span,
                            "a key must be a single word",
                            "write `key: value`",
                        ));
                    };
                    entries.push(Entry { key: text, key_span: key.span, value });
                };
                (anchor, Node { span: self.join(span, end), value: Value::Table(entries) })
            }
            Event::Alias(id) => {
                let Some((_, node)) = self.anchors.iter().find(|(anchor, _)| *anchor == id) else {
                    return Err(self.bound(span, "an alias without its anchor"));
                };
                let node = Node { span: self.span(span), value: node.value.clone() };
                self.count(span, size(&node))?;
                (0, node)
            }
            _ => return Err(self.bound(span, "an unfinished value")),
        };
        if anchor > 0 {
            self.anchors.push((anchor, node.clone()));
        }
        Ok(node)
    }

    fn join(&self, start: EventSpan, end: EventSpan) -> Span {
        Span::new(self.path, self.byte(start.start.index()), self.byte(end.end.index()))
    }
}

fn size(node: &Node) -> usize {
    match &node.value {
        Value::Null | Value::Scalar { .. } => 1,
        Value::List(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Table(entries) => 1 + entries.iter().map(|entry| size(&entry.value)).sum::<usize>(),
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    fn entries(yaml: &str) -> Vec<(String, usize, usize)> {
        let Ok(Node { value: Value::Table(entries), .. }) = read(yaml, &Arc::from("a.md"), 4)
        else {
            return Vec::new();
        };
        entries
            .iter()
            .map(|entry| (entry.key.clone(), entry.key_span.start, entry.value.span.start))
            .collect()
    }

    #[test]
    fn places_are_bytes_of_the_file() {
        assert_eq!(
            entries("title: Сети\nid: net\n"),
            [("title".to_owned(), 4, 11), ("id".to_owned(), 20, 24)]
        );
        // A list in column 0 and a quote over two lines do not shift what follows.
        let yaml = "a:\n- 1\nb: \"x\n  y\"\nc: 3\n";
        assert_eq!(entries(yaml)[2], ("c".to_owned(), 4 + 18, 4 + 21));
    }

    #[test]
    fn alias_bombs_are_refused() {
        let mut yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..9 {
            let before = level - 1;
            let aliases = vec![format!("*a{before}"); 10].join(", ");
            writeln!(yaml, "a{level}: &a{level} [{aliases}]").expect("memory is no file");
        }
        let error = read(&yaml, &Arc::from("a.md"), 0).expect_err("too large");
        assert_eq!(error.code, Code::TooLarge);
    }
}
