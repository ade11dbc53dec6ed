//! The HTML that templates and Markdown write, read without a tokenizer.
//!
//! Input: HTML. Output: a [`Scanned`], or `None` where the HTML is written in any other way: names in
//! lower case (but for those of SVG's attributes, such as `viewBox`), values in double quotes,
//! nothing left open. Responsibility: speed, and never a
//! result that the tokenizer would not have; a test compares both.

use std::borrow::Cow;

use super::{Scanned, matters};

/// Reads a page, if it is plain.
pub(super) fn scan(html: &str) -> Option<Scanned<'_>> {
    let mut page = Scanned::default();
    let mut attributes = Vec::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        rest = &rest[open + 1..];
        match rest.as_bytes().first()? {
            b'a'..=b'z' => {
                let tag = take(&mut rest, is_name);
                attributes.clear();
                read_attributes(&mut rest, &mut attributes)?;
                page.add(tag.as_bytes(), &attributes);
            }
            b'/' => {
                rest = &rest[1..];
                if take(&mut rest, is_name).is_empty() {
                    return None;
                }
                rest = rest.strip_prefix('>')?;
            }
            b'!' => rest = after_declaration(rest)?,
            b'A'..=b'Z' | b'?' | 0 => return None,
            // A sign of the text.
            _ => {}
        }
    }
    Some(page)
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b':' | b'_')
}

/// A name at the beginning of `rest`, which then begins behind it.
fn take<'h>(rest: &mut &'h str, is_part: fn(u8) -> bool) -> &'h str {
    let end = rest.bytes().position(|byte| !is_part(byte)).unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    *rest = after;
    name
}

/// The attributes of a start tag up to its end, of which those are kept that matter.
fn read_attributes<'h>(
    rest: &mut &'h str,
    attributes: &mut Vec<(&'h [u8], Cow<'h, str>)>,
) -> Option<()> {
    loop {
        let blanks = rest.bytes().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\t')).count();
        *rest = &rest[blanks..];
        if let Some(after) = rest.strip_prefix('>').or_else(|| rest.strip_prefix("/>")) {
            *rest = after;
            return Some(());
        }
        // Attributes stand apart.
        if blanks == 0 {
            return None;
        }
        let name = take(rest, |byte| is_name(byte) || byte.is_ascii_uppercase());
        let capital = name.bytes().any(|byte| byte.is_ascii_uppercase());
        if name.is_empty() || (capital && matters(name.to_ascii_lowercase().as_bytes())) {
            return None;
        }
        let value = if let Some(after) = rest.strip_prefix("=\"") {
            let (value, after) = after.split_once('"')?;
            *rest = after;
            value
        } else if rest.starts_with([' ', '\n', '\t', '>', '/']) {
            ""
        } else {
            return None;
        };
        if matters(name.as_bytes()) {
            if value.contains(['&', '\0', '\r']) {
                return None;
            }
            attributes.push((name.as_bytes(), Cow::Borrowed(value)));
        }
    }
}

/// What follows a comment or the declaration of the document's type.
fn after_declaration(rest: &str) -> Option<&str> {
    if let Some(comment) = rest.strip_prefix("!--") {
        let (inside, after) = comment.split_once("-->")?;
        let plain = !inside.starts_with('>') && !inside.starts_with("->") && !inside.contains("--");
        return plain.then_some(after);
    }
    let kind = rest.get(..13)?;
    kind.eq_ignore_ascii_case("!doctype html").then(|| rest[13..].strip_prefix('>'))?
}
