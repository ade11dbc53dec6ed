//! Text with classes as HTML with as few spans as possible.
//!
//! Input: a text and where its pieces end, in order, each with its class. Output: HTML.
//! Responsibility: what spans promise: they are never nested or empty, never cross a line, and never
//! begin or end with space.

/// How many characters of punctuation a span takes in to reach the next piece of its class.
const MAX_BRIDGE: usize = 2;

/// HTML in the making.
pub(super) struct Spans<'c> {
    code: &'c str,
    html: String,
    /// The class of the span that is open.
    open: Option<&'static str>,
    /// How much of the code is in the HTML. What was added after it belongs to the open span only
    /// if that goes on.
    written: usize,
    /// How much of the code was added.
    added: usize,
}

impl<'c> Spans<'c> {
    /// Nothing of `code` yet.
    pub(super) fn new(code: &'c str) -> Self {
        let html = String::with_capacity(code.len() * 2);
        Self { code, html, open: None, written: 0, added: 0 }
    }

    /// Adds the code up to `end`, which is no more than what remains of a line.
    pub(super) fn push(&mut self, end: usize, class: Option<&'static str>) {
        let piece = &self.code[self.added..end];
        let inner = piece.trim_end();
        let inner_end = self.added + inner.len();
        let inner_start = inner_end - inner.trim_start().len();
        self.added = end;
        if let Some(name) = class.filter(|_| inner_start < inner_end) {
            if class != self.open || !self.bridges(inner_start) {
                self.close(inner_start);
                self.open = class;
                for part in ["<span class=\"", name, "\">"] {
                    self.html.push_str(part);
                }
            }
            self.write(inner_end);
        }
        if piece.ends_with('\n') {
            self.close(end);
        }
    }

    /// The HTML of all that was added.
    pub(super) fn into_html(mut self) -> String {
        self.close(self.added);
        self.html
    }

    /// Whether what is not written yet can join the open span to the piece that begins at `start`.
    fn bridges(&self, start: usize) -> bool {
        let pending = &self.code[self.written..start];
        let mut signs = pending.chars().filter(|c| !c.is_whitespace());
        match self.open {
            // `else {` and the next keyword are two things, `12, 2` is a list of numbers.
            Some("n" | "s" | "t") => {
                signs.by_ref().take(MAX_BRIDGE).all(|c| c.is_ascii_punctuation())
                    && signs.next().is_none()
            }
            _ => signs.next().is_none(),
        }
    }

    /// Closes the open span and writes what comes after it, up to `end`.
    fn close(&mut self, end: usize) {
        if self.open.take().is_some() {
            self.html.push_str("</span>");
        }
        self.write(end);
    }

    fn write(&mut self, end: usize) {
        push_escaped(&mut self.html, &self.code[self.written..end]);
        self.written = end;
    }
}

/// `code` as the text of an element.
pub(super) fn escaped(code: &str) -> String {
    let mut html = String::with_capacity(code.len() + code.len() / 8);
    push_escaped(&mut html, code);
    html
}

/// Whether `html` is the text `escaped` with spans of known classes, none within another.
pub(super) fn colours_only(html: &str, escaped: &str) -> bool {
    const START: &str = "<span class=\"";
    const END: &str = "</span>";
    let (mut html, mut text, mut open) = (html, escaped, false);
    while let Some(at) = html.find('<') {
        let Some(rest) = text.strip_prefix(&html[..at]) else { return false };
        (html, text) = (&html[at..], rest);
        if let Some(after) = html.strip_prefix(END).filter(|_| open) {
            (html, open) = (after, false);
        } else if let Some((class, after)) =
            html.strip_prefix(START).filter(|_| !open).and_then(|rest| rest.split_once("\">"))
            && super::CLASSES.iter().any(|(known, _)| *known == class)
        {
            (html, open) = (after, true);
        } else {
            return false;
        }
    }
    html == text && !open
}

fn push_escaped(html: &mut String, text: &str) {
    let mut rest = text;
    // Bytes are faster to compare than characters, and these three stand for themselves alone.
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'>')) {
        html.push_str(&rest[..at]);
        html.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            _ => "&gt;",
        });
        rest = &rest[at + 1..];
    }
    html.push_str(rest);
}
