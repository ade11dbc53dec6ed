//! The visible text, code and links of an item as it is written in Markdown.
//!
//! Input: one line of Markdown. Output: [`Inline`]. Responsibility: telling what a reader sees
//! from where it leads. It need not agree with a Markdown parser in every corner: it must only
//! treat the same line the same way in every build.

use std::collections::BTreeSet;

use super::words::is_letter;

/// A line of Markdown taken apart.
#[derive(Debug, Default)]
pub(super) struct Inline {
    /// Stretches of visible text, in order, each with whether it is code.
    pub(super) runs: Vec<(String, Script)>,
    /// Where its links lead, normalised.
    pub(super) links: BTreeSet<String>,
}

/// What a stretch of visible text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// Prose.
    Prose,
    /// Code between backticks.
    Code,
}

impl Inline {
    /// Takes a line apart.
    pub(super) fn read(line: &str) -> Self {
        let mut inline = Self::default();
        inline.text(line, 0);
        inline
    }

    fn text(&mut self, line: &str, depth: usize) {
        let mut prose = String::new();
        let mut rest = line;
        while let Some(sign) = rest.chars().next() {
            let taken = match sign {
                '\\' => {
                    prose.push(' ');
                    1
                }
                '`' => self.code(rest, &mut prose),
                '<' => self.angle(rest),
                '[' if depth < 4 => self.bracket(rest, &mut prose, depth),
                'h' | 'H' | 'w' if !prose.ends_with(is_letter) => self.bare(rest),
                _ => 0,
            };
            if taken > 0 {
                rest = &rest[taken..];
                continue;
            }
            // Signs of emphasis vanish, so that `**a**b` stays one word; one inside a word does
            // not, so that snake_case stays one too.
            let vanishes = match sign {
                '*' | '~' => true,
                '_' => !(prose.ends_with(is_letter) && rest[1..].starts_with(is_letter)),
                _ => false,
            };
            if !vanishes {
                prose.push(sign);
            }
            rest = &rest[sign.len_utf8()..];
        }
        self.flush(&mut prose);
    }

    fn flush(&mut self, prose: &mut String) {
        if !prose.trim().is_empty() {
            self.runs.push((std::mem::take(prose), Script::Prose));
        }
    }

    fn code(&mut self, rest: &str, prose: &mut String) -> usize {
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        let mut at = ticks;
        while let Some(found) = rest[at..].find('`') {
            let start = at + found;
            let run = rest[start..].len() - rest[start..].trim_start_matches('`').len();
            if run == ticks {
                self.flush(prose);
                self.runs.push((rest[ticks..start].to_owned(), Script::Code));
                return start + run;
            }
            at = start + run;
        }
        0
    }

    fn angle(&mut self, rest: &str) -> usize {
        let Some(end) = rest.find('>') else { return 0 };
        let inside = &rest[1..end];
        if inside.contains("://") && !inside.contains(char::is_whitespace) {
            self.links.insert(normalised_link(inside));
            end + 1
        } else {
            0
        }
    }

    /// `[text](target)`, `![alt](target)` behind its `!`, `[[id|text]]`.
    fn bracket(&mut self, rest: &str, prose: &mut String, depth: usize) -> usize {
        if let Some(inside) = rest.strip_prefix("[[")
            && let Some(end) = inside.find("]]")
        {
            let inner = &inside[..end];
            let (target, text) = inner.split_once('|').unwrap_or((inner, inner));
            self.links.insert(format!("[[{}]]", target.trim()));
            self.flush(prose);
            self.runs.push((text.to_owned(), Script::Prose));
            return end + 4;
        }
        let Some(close) = closing(rest, '[', ']') else {
            return 0;
        };
        let behind = &rest[close + 1..];
        let Some(end) = behind.starts_with('(').then(|| closing(behind, '(', ')')).flatten() else {
            return 0;
        };
        let target = behind[1..end].trim();
        let target = target.strip_prefix('<').map_or_else(
            || target.split_whitespace().next().unwrap_or_default(),
            |inside| inside.split('>').next().unwrap_or_default(),
        );
        if !target.is_empty() {
            self.links.insert(normalised_link(target));
        }
        self.flush(prose);
        self.text(&rest[1..close], depth + 1);
        close + 1 + end + 1
    }

    /// An address that stands in the text as it is.
    fn bare(&mut self, rest: &str) -> usize {
        let head = rest.get(..8).or_else(|| rest.get(..7)).unwrap_or(rest).to_ascii_lowercase();
        let known = ["https://", "http://", "www."].iter().any(|scheme| head.starts_with(scheme));
        if !known {
            return 0;
        }
        let end = rest
            .find(|sign: char| sign.is_whitespace() || matches!(sign, '<' | '>' | '"' | '`' | ']'))
            .unwrap_or(rest.len());
        let mut address = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*']);
        if address.ends_with(')') && !address.contains('(') {
            address = address.trim_end_matches(')');
        }
        self.links.insert(normalised_link(address));
        address.len()
    }
}

/// Where the bracket that opens the text is closed.
fn closing(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, sign) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if sign == '\\' {
            escaped = true;
        } else if sign == open {
            depth += 1;
        } else if sign == close {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(at);
            }
        }
        if at > 4_000 {
            return None;
        }
    }
    None
}

/// The same form for addresses that lead to the same place: without scheme, `www.` and a slash at
/// the end, with one form for the addresses of one video, and paths in the content without the
/// prefixes that only give an order.
pub(super) fn normalised_link(target: &str) -> String {
    let target = target.trim();
    let lower = target.to_ascii_lowercase();
    let scheme = ["https://", "http://", "//", "www."].iter().find(|it| lower.starts_with(**it));
    let Some(scheme) = scheme else {
        return normalised_path(target);
    };
    let mut rest = &target[if *scheme == "www." { 0 } else { scheme.len() }..];
    if rest.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("www.")) {
        rest = &rest[4..];
    }
    let host_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = rest[..host_end].to_ascii_lowercase();
    let host = host.strip_prefix("m.").unwrap_or(&host);
    let path = rest[host_end..].trim_end_matches('/');
    if let Some(video) = video(host, path) {
        return format!("youtube.com/watch?v={video}");
    }
    format!("{host}{path}")
}

fn video<'a>(host: &str, path: &'a str) -> Option<&'a str> {
    let id = match host {
        "youtu.be" => path.strip_prefix('/')?,
        "youtube.com" => {
            let query = path.strip_prefix("/watch?")?;
            query.split('&').find_map(|part| part.strip_prefix("v="))?
        }
        _ => return None,
    };
    id.split(['?', '&', '#', '/']).next().filter(|id| !id.is_empty())
}

fn normalised_path(target: &str) -> String {
    let (path, anchor) = target.split_once('#').map_or((target, None), |(p, a)| (p, Some(a)));
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        let digits = part.len() - part.trim_start_matches(|sign: char| sign.is_ascii_digit()).len();
        let ordered = digits > 0 && part[digits..].starts_with('-');
        let part = if ordered { &part[digits + 1..] } else { part };
        let part = part.strip_suffix(".md").unwrap_or(part);
        // Whatever folder it moved to, a page is known by its name.
        if !matches!(part, "" | "." | ".." | "README" | "index" | "index.html") {
            parts.push(part);
        }
    }
    let mut link = parts.pop().unwrap_or_default().to_owned();
    if let Some(anchor) = anchor {
        link.push('#');
        link.push_str(anchor);
    }
    link
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_place_are_equal() {
        for (one, other) in [
            ("https://www.example.org/a/", "http://example.org/a"),
            ("https://youtu.be/abc?t=3", "https://www.youtube.com/watch?v=abc&list=x"),
            ("../20-networks/README.md", "../../10-base/networks/"),
            ("www.Example.org", "https://example.org/"),
        ] {
            assert_eq!(normalised_link(one), normalised_link(other));
        }
    }

    #[test]
    fn a_line_is_taken_apart() {
        let inline =
            Inline::read("**Read** [the `ls` page](x.md \"t\"), https://e.org/a. <http://b.c>");
        let links: Vec<&str> = inline.links.iter().map(String::as_str).collect();
        assert_eq!(links, ["b.c", "e.org/a", "x"]);
        assert!(inline.runs.iter().any(|(text, script)| text == "ls" && *script == Script::Code));
    }
}
