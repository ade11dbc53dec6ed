//! Texts inside the lock's lines.
//!
//! Input: any text. Output: a text of one line that is read back unchanged, and can be told from
//! the marks around it. Responsibility: the escapes.

use std::borrow::Cow;
use std::fmt::Write;

/// Signs that begin a mark before a text.
const LEADING: [char; 3] = ['~', '*', '#'];
/// Marks behind a text, each between blanks.
pub(super) const TRAILING: [&str; 4] = ["->", "<-", "==", "~="];

/// Writes a text such that [`unescaped`] gives it back.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    let plain = !text.starts_with(LEADING)
        && !text.starts_with(' ')
        && !text.ends_with(' ')
        && !text.contains(|sign: char| sign == '\\' || is_special(sign))
        && !TRAILING.iter().any(|mark| text.contains(mark));
    if plain {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len() + 8);
    for (at, sign) in text.char_indices() {
        let edge = at == 0 || at + 1 == text.len();
        match sign {
            '\\' => line.push_str("\\\\"),
            '\n' => line.push_str("\\n"),
            ' ' if edge => line.push_str("\\s"),
            _ if is_special(sign) => {
                push_code_point(&mut line, sign);
            }
            _ => {
                let mark = TRAILING.iter().any(|mark| text[at..].starts_with(mark));
                if mark || at == 0 && LEADING.contains(&sign) {
                    line.push('\\');
                }
                line.push(sign);
            }
        }
    }
    Cow::Owned(line)
}

/// Reads what [`escaped`] wrote; an escape that it does not write stands for itself.
pub(super) fn unescaped(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(sign) = rest.chars().next() else {
            text.push('\\');
            break;
        };
        rest = &rest[sign.len_utf8()..];
        match sign {
            'n' => text.push('\n'),
            's' => text.push(' '),
            'u' => match code_point(rest) {
                Some((sign, length)) => {
                    text.push(sign);
                    rest = &rest[length..];
                }
                None => text.push_str("\\u"),
            },
            _ => text.push(sign),
        }
    }
    text.push_str(rest);
    text
}

/// Where the first mark behind the text begins: the byte of the blank before it.
pub(super) fn text_end(line: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in line.bytes().enumerate() {
        if byte == b' ' && !escaped {
            let rest = &line[at + 1..];
            if TRAILING
                .iter()
                .any(|mark| rest.strip_prefix(mark).is_some_and(|behind| behind.starts_with(' ')))
            {
                return at;
            }
        }
        escaped = byte == b'\\' && !escaped;
    }
    line.len()
}

fn push_code_point(text: &mut String, sign: char) {
    write!(text, "\\u{{{:x}}}", u32::from(sign)).expect("a string takes any text");
}

fn code_point(rest: &str) -> Option<(char, usize)> {
    let inside = rest.strip_prefix('{')?;
    let end = inside.bytes().take(7).position(|byte| byte == b'}')?;
    let sign = char::from_u32(u32::from_str_radix(&inside[..end], 16).ok()?)?;
    Some((sign, end + 2))
}

/// Signs that would break a line, or that editors change or hide.
fn is_special(sign: char) -> bool {
    sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// Writes an address or anchor as one word.
pub(super) fn word(text: &str) -> Cow<'_, str> {
    let separates =
        |sign: char| sign.is_whitespace() || is_special(sign) || matches!(sign, ',' | '\\');
    if !text.contains(separates) && !text.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut word = String::with_capacity(text.len() + 8);
    for sign in text.chars() {
        if separates(sign) {
            push_code_point(&mut word, sign);
        } else {
            word.push(sign);
        }
    }
    if word.is_empty() {
        // An empty word would vanish between the blanks around it.
        word.push_str("\\e");
    }
    Cow::Owned(word)
}

/// Reads what [`word`] wrote.
pub(super) fn unword(word: &str) -> String {
    if word == "\\e" { String::new() } else { unescaped(word) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_is_read_back() {
        for text in [
            "",
            " ",
            "  ",
            "~ a",
            "* a",
            "#2 a",
            "a -> b",
            "a->b",
            "a <- b == c ~= d",
            "===",
            "\\",
            "\\n",
            "\n",
            "a\r",
            "\u{2028}x\u{feff}",
            "[x]",
            "->",
            " -> ",
            "\\->",
            "a \\ -> b",
            "é ",
        ] {
            let line = escaped(text);
            assert!(!line.contains('\n'), "{text:?}");
            assert_eq!(text_end(&line), line.len(), "{text:?} as {line:?}");
            assert_eq!(unescaped(&line), text, "as {line:?}");
            assert_eq!(unword(&word(text)), text);
        }
    }
}
