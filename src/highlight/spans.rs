//! Text with classes as HTML with as few spans as possible.
//!
//! Input: pieces of text in order, each with its class. Output: HTML. Responsibility: what spans
//! promise: they are never nested or empty, never cross a line, and never begin or end with space.

/// How many characters of punctuation a span takes in to reach the next piece of its class.
const MAX_BRIDGE: usize = 2;

/// HTML in the making.
#[derive(Default)]
pub(super) struct Spans {
    html: String,
    /// The class of the span that is open.
    open: Option<&'static str>,
    /// Text after the open span's last piece, which belongs to the span only if it goes on.
    pending: String,
}

impl Spans {
    /// Adds a piece of text.
    pub(super) fn push(&mut self, text: &str, class: Option<&'static str>) {
        for line in text.split_inclusive('\n') {
            let inner = line.trim_end_matches('\n');
            self.push_in_line(inner, class);
            if inner.len() < line.len() {
                self.close();
                self.html.push('\n');
            }
        }
    }

    /// The HTML of all that was added.
    pub(super) fn into_html(mut self) -> String {
        self.close();
        self.html
    }

    fn push_in_line(&mut self, text: &str, class: Option<&'static str>) {
        let inner = text.trim();
        if class.is_none() || inner.is_empty() {
            self.pending.push_str(text);
            return;
        }
        let (before, after) = text.split_once(inner).expect("trimming takes away the ends only");
        self.pending.push_str(before);
        if class == self.open && self.bridges() {
            push_escaped(&mut self.html, &std::mem::take(&mut self.pending));
        } else {
            self.close();
            if let Some(name) = class {
                self.html.push_str(r#"<span class=""#);
                self.html.push_str(name);
                self.html.push_str(r#"">"#);
            }
            self.open = class;
        }
        push_escaped(&mut self.html, inner);
        self.pending.push_str(after);
    }

    /// Whether the pending text can join the open span to the piece that follows.
    fn bridges(&self) -> bool {
        let mut signs = self.pending.chars().filter(|c| !c.is_whitespace());
        match self.open {
            // `else {` and the next keyword are two things, `12, 2` is a list of numbers.
            Some("n" | "s" | "t") => {
                signs.by_ref().take(MAX_BRIDGE).all(|c| c.is_ascii_punctuation())
                    && signs.next().is_none()
            }
            _ => signs.next().is_none(),
        }
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.html.push_str("</span>");
        }
        push_escaped(&mut self.html, &std::mem::take(&mut self.pending));
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
    while let Some(at) = rest.find(['&', '<', '>']) {
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
