//! The HTML that templates and Markdown write, read without a tokenizer.
//!
//! Input: HTML. Output: a [`Scanned`], or `None` where the HTML is written in any other way: names in
//! lower case (but for those of SVG's attributes, such as `viewBox`), values in double quotes,
//! nothing left open. Responsibility: speed, and never a
//! result that the tokenizer would not have; a test compares both.

use std::borrow::Cow;

use memchr::{memchr, memchr3};

use super::{Scanned, matters};

/// Reads a page, if it is plain.
pub(super) fn scan(html: &str) -> Option<Scanned<'_>> {
    let mut page = Scanned::default();
    let mut attributes = Vec::new();
    let mut reader = Reader { html, at: 0 };
    while let Some(open) = memchr(b'<', reader.rest()) {
        reader.at += open + 1;
        match reader.rest().first()? {
            b'a'..=b'z' => {
                let tag = reader.take(NAME);
                attributes.clear();
                reader.attributes(&mut attributes)?;
                page.add(tag.as_bytes(), &attributes);
            }
            b'/' => {
                reader.at += 1;
                if reader.take(NAME).is_empty() || !reader.takes(b">") {
                    return None;
                }
            }
            b'!' => reader.declaration()?,
            b'A'..=b'Z' | b'?' | 0 => return None,
            // A sign of the text.
            _ => {}
        }
    }
    Some(page)
}

/// Kinds of bytes, as bits of [`KINDS`].
const NAME: u8 = 1;
const CAPITAL: u8 = 2;
const BLANK: u8 = 4;

const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'a'..=b'z' | b'0'..=b'9' | b'-' | b':' | b'_' => NAME,
            b'A'..=b'Z' => CAPITAL,
            b' ' | b'\n' | b'\t' => BLANK,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

/// A page, and how far it is read: always between two characters, since what is passed is ASCII or
/// ends with it.
struct Reader<'h> {
    html: &'h str,
    at: usize,
}

impl<'h> Reader<'h> {
    fn rest(&self) -> &'h [u8] {
        &self.html.as_bytes()[self.at..]
    }

    /// The bytes of these kinds that come next.
    fn take(&mut self, kinds: u8) -> &'h str {
        let start = self.at;
        let bytes = self.html.as_bytes();
        while bytes.get(self.at).is_some_and(|byte| KINDS[usize::from(*byte)] & kinds != 0) {
            self.at += 1;
        }
        &self.html[start..self.at]
    }

    fn takes(&mut self, text: &[u8]) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    /// The attributes of a start tag up to its end, of which those are kept that matter.
    fn attributes(&mut self, attributes: &mut Vec<(&'h [u8], Cow<'h, str>)>) -> Option<()> {
        loop {
            let apart = !self.take(BLANK).is_empty();
            if self.takes(b">") || self.takes(b"/>") {
                return Some(());
            }
            // Attributes stand apart.
            if !apart {
                return None;
            }
            let name = self.take(NAME | CAPITAL);
            let capital = || name.bytes().any(|byte| byte.is_ascii_uppercase());
            if name.is_empty() || (capital() && matters(name.to_ascii_lowercase().as_bytes())) {
                return None;
            }
            let value = if self.takes(b"=\"") {
                let start = self.at;
                let end = start + memchr(b'"', self.rest())?;
                self.at = end + 1;
                &self.html[start..end]
            } else if matches!(self.rest().first()?, b' ' | b'\n' | b'\t' | b'>' | b'/') {
                ""
            } else {
                return None;
            };
            if matters(name.as_bytes()) {
                if memchr3(b'&', b'\0', b'\r', value.as_bytes()).is_some() {
                    return None;
                }
                attributes.push((name.as_bytes(), Cow::Borrowed(value)));
            }
        }
    }

    /// A comment or the declaration of the document's type.
    fn declaration(&mut self) -> Option<()> {
        if self.takes(b"!--") {
            let inside = &self.html[self.at..];
            let inside = &inside[..inside.find("-->")?];
            self.at += inside.len() + "-->".len();
            let plain =
                !inside.starts_with('>') && !inside.starts_with("->") && !inside.contains("--");
            return plain.then_some(());
        }
        let kind = self.html.get(self.at..self.at + "!doctype html".len())?;
        self.at += kind.len();
        (kind.eq_ignore_ascii_case("!doctype html") && self.takes(b">")).then_some(())
    }
}
