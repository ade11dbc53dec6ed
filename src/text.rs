//! Small rules about text that several phases share.
//!
//! Input: strings. Output: slugs, plain forms, escaped forms. Responsibility: one rule for each,
//! so that a heading's anchor and a link to it can never disagree.

use std::collections::BTreeMap;

/// A heading's anchor after GitHub's rule: lower-case, letters and digits of any alphabet, `-`
/// and `_` kept, blanks to hyphens, everything else dropped.
#[must_use]
pub fn anchor(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if c.is_alphanumeric() || c == '-' || c == '_' {
            out.extend(c.to_lowercase());
        } else if c.is_whitespace() {
            out.push('-');
        }
    }
    out
}

/// Tells equal anchors of one page apart as GitHub does: `a`, `a-1`, `a-2`.
#[derive(Debug, Default)]
pub struct Anchors {
    used: BTreeMap<String, usize>,
}

impl Anchors {
    /// The anchor for a heading with this text.
    pub fn claim(&mut self, text: &str) -> String {
        let base = anchor(text);
        let base = if base.is_empty() { "section".to_owned() } else { base };
        let mut candidate = base.clone();
        while let Some(count) = self.used.get(&candidate).copied() {
            self.used.insert(candidate, count);
            let next = self.used.entry(base.clone()).or_insert(0);
            *next += 1;
            candidate = format!("{base}-{next}");
        }
        self.used.insert(candidate.clone(), 0);
        candidate
    }
}

/// An id for a file or folder of this name: Latin lower-case letters, digits and hyphens.
/// Other alphabets are transliterated.
#[must_use]
pub fn slug(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in deunicode::deunicode(name).chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if c != '\'' && !out.ends_with('-') && !out.is_empty() {
            // An apostrophe stands for a soft sign, or within a word.
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

/// Whether `id` can stand in an address as it is.
#[must_use]
pub fn is_id(id: &str) -> bool {
    let bytes = id.as_bytes();
    !bytes.is_empty()
        && bytes.len() <= 80
        && bytes.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-')
        && !id.starts_with('-')
        && !id.ends_with('-')
}

/// Whether a text is an absolute address of the web, which no browser takes for anything else.
#[must_use]
pub fn is_web_address(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
        && rest.starts_with(|c: char| c.is_alphanumeric() || c == '[')
}

/// Whether Windows keeps the name for a device, so that no file or folder can be called so.
#[must_use]
pub fn is_device(name: &str) -> bool {
    matches!(name, "con" | "prn" | "aux" | "nul")
        || matches!(
            name.as_bytes(),
            [b'c', b'o', b'm', b'0'..=b'9'] | [b'l', b'p', b't', b'0'..=b'9']
        )
}

/// A file's or folder's name split into its number and the rest: `10-linux` is `(10, "linux")`.
/// A name without a number comes after all that have one.
#[must_use]
pub fn split_prefix(name: &str) -> (u64, &str) {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &name[digits..];
    match (name[..digits].parse(), rest.strip_prefix(['-', '_', '.', ' '])) {
        (Ok(number), Some(rest)) if !rest.is_empty() => (number, rest),
        _ => (u64::MAX, name),
    }
}

/// Runs of blanks and line breaks become one blank each; none at the ends.
#[must_use]
pub fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Appends `text` to `out` with the signs escaped that HTML gives a meaning to; right both in
/// text and in double-quoted attributes.
pub fn escape_into(out: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(entity);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// `text` with the signs escaped that HTML gives a meaning to.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape_into(&mut out, text);
    out
}

/// The language of `text` where it differs from the site's: `en` for text with Latin letters and
/// no letter of the site's own script. A Russian voice cannot read an English term.
///
/// Only languages that are not written in Latin letters can be told apart by script, so a site
/// in such a language never marks anything.
#[must_use]
pub fn foreign(text: &str, site_language: &str) -> Option<&'static str> {
    let primary = site_language.split(['-', '_']).next().unwrap_or(site_language);
    let own: fn(char) -> bool = match primary {
        "ru" | "uk" | "be" | "bg" | "sr" | "mk" | "kk" | "ky" | "mn" | "tg" => {
            |c| ('\u{400}'..='\u{52f}').contains(&c)
        }
        "el" => |c| ('\u{370}'..='\u{3ff}').contains(&c),
        "he" | "yi" => |c| ('\u{590}'..='\u{5ff}').contains(&c),
        "ar" | "fa" | "ur" => |c| ('\u{600}'..='\u{6ff}').contains(&c),
        "hi" | "mr" | "ne" => |c| ('\u{900}'..='\u{97f}').contains(&c),
        "ka" => |c| ('\u{10a0}'..='\u{10ff}').contains(&c),
        "hy" => |c| ('\u{530}'..='\u{58f}').contains(&c),
        "zh" | "ja" | "ko" => |c| c >= '\u{1100}' && c.is_alphabetic(),
        _ => return None,
    };
    let mut latin = false;
    for c in text.chars() {
        if own(c) {
            return None;
        }
        latin |= c.is_ascii_alphabetic();
    }
    latin.then_some("en")
}

/// The path of `target` as seen from the file `from`, both from the same root, with `/` between
/// parts: `("stages/linux/index.html", "levels/a/index.html")` is `../../levels/a/index.html`.
#[must_use]
pub fn relative_path(from: &str, target: &str) -> String {
    let from_folders: Vec<&str> = from.split('/').collect();
    let from_folders = &from_folders[..from_folders.len() - 1];
    let target_parts: Vec<&str> = target.split('/').collect();
    let common = from_folders
        .iter()
        .zip(&target_parts[..target_parts.len() - 1])
        .take_while(|(a, b)| a == b)
        .count();
    let mut out = "../".repeat(from_folders.len() - common);
    out.push_str(&target_parts[common..].join("/"));
    out
}

/// Joins the folder of `from` and a relative path, taking `.` and `..` into account. `None` where
/// the result would leave the root.
#[must_use]
pub fn join_path(from: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    if let Some(absolute) = relative.strip_prefix('/') {
        parts.clear();
        parts.extend(absolute.split('/'));
        return Some(parts.join("/"));
    }
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            other => parts.push(other),
        }
    }
    Some(parts.join("/"))
}

/// The folders on the way to a file, from the outermost.
pub fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// Whether a path names a file below the folder it is joined to, on every machine.
#[must_use]
pub fn is_inside(path: &str) -> bool {
    !path.contains(|c: char| c == '\\' || c.is_control())
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
        // `C:` is a drive on Windows.
        && path.as_bytes().get(1) != Some(&b':')
}

/// Decodes `%41` forms of a link's path. `None` where the result is not UTF-8.
#[must_use]
pub fn percent_decode(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_owned());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first == b'%'
            && let [high, low, after @ ..] = tail
            && let (Some(high), Some(low)) =
                ((*high as char).to_digit(16), (*low as char).to_digit(16))
        {
            bytes.push((high * 16 + low) as u8);
            rest = after;
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).ok()
}

/// Whether an address leads away from the site: it names a scheme or a host.
#[must_use]
pub fn is_absolute(address: &str) -> bool {
    address.starts_with("//")
        || address.split_once(':').is_some_and(|(scheme, _)| {
            !scheme.is_empty()
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c))
        })
}

/// Encodes a path of the site for an attribute: letters of any alphabet stay readable, blanks and
/// signs with a meaning in addresses are encoded.
#[must_use]
pub fn encode_path(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        if c.is_alphanumeric() || "-_./~".contains(c) {
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                out.push('%');
                for nibble in [byte >> 4, byte & 15] {
                    out.push(char::from(b"0123456789ABCDEF"[usize::from(nibble)]));
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_follow_github() {
        let cases = [
            ("Этап 2-3", "этап-2-3"),
            ("Фаза 2: Backend-технологии", "фаза-2-backend-технологии"),
            ("CI/CD & more", "cicd--more"),
            ("  Ёлка_1 ", "ёлка_1"),
        ];
        for (text, expected) in cases {
            assert_eq!(anchor(text), expected);
        }
    }

    #[test]
    fn equal_anchors_are_told_apart() {
        let mut anchors = Anchors::default();
        let claimed: Vec<String> =
            ["A", "A", "A-1", "A"].iter().map(|text| anchors.claim(text)).collect();
        assert_eq!(claimed, ["a", "a-1", "a-1-1", "a-2"]);
    }

    #[test]
    fn prefixes_are_numbers() {
        assert_eq!(split_prefix("10-linux"), (10, "linux"));
        assert_eq!(split_prefix("9_git.md"), (9, "git.md"));
        assert_eq!(split_prefix("linux"), (u64::MAX, "linux"));
        assert_eq!(split_prefix("2024"), (u64::MAX, "2024"));
    }

    #[test]
    fn paths_stay_inside() {
        assert_eq!(join_path("a/b/c.md", "../d.md").as_deref(), Some("a/d.md"));
        assert_eq!(join_path("a.md", "../d.md"), None);
        assert_eq!(relative_path("stages/a/index.html", "stages/b/index.html"), "../b/index.html");
        assert_eq!(relative_path("index.html", "stages/b/index.html"), "stages/b/index.html");
        for path in
            ["", "/etc/passwd", "../x", "a/../b", "a//b", "a/", "./a", "a\\..\\b", "C:/x", "a\nb"]
        {
            assert!(!is_inside(path), "{path}");
        }
        assert!(is_inside("stages/b/index.html") && is_inside("Ёлка и \"кавычки\".svg"));
    }

    #[test]
    fn languages_are_told_by_script() {
        assert_eq!(foreign("Event sourcing", "ru"), Some("en"));
        assert_eq!(foreign("Alembic миграции", "ru"), None);
        assert_eq!(foreign("Event sourcing", "en"), None);
        assert_eq!(foreign("2024", "ru"), None);
    }
}
