//! What stands behind a code fence.
//!
//! Input: `rust {2,4-6} title="src/main.rs"`. Output: a [`Fence`]. Responsibility: the attributes
//! of code blocks, and the lines of finished code that they mark.

/// The words behind a fence.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Fence {
    /// The language, or nothing.
    pub(super) language: String,
    /// The marked lines, counted from 1, from first to last.
    pub(super) marks: Vec<(usize, usize)>,
    /// What the block is called.
    pub(super) title: Option<String>,
    /// What is not understood, as written.
    pub(super) unknown: Vec<String>,
}

/// The most ranges of marked lines in a block.
const MOST_MARKS: usize = 100;

/// Reads what stands behind a fence.
pub(super) fn read(words: &str) -> Fence {
    let end = words.find([' ', ',', '{', '\t']).unwrap_or(words.len());
    let mut fence = Fence { language: words[..end].to_owned(), ..Fence::default() };
    let mut rest = words[end..].trim_start_matches([' ', ',', '\t']);
    while !rest.is_empty() {
        let length = length_of_part(rest);
        let (part, after) = rest.split_at(length);
        rest = after.trim_start_matches([' ', ',', '\t']);
        let braces = part.strip_prefix('{').and_then(|part| part.strip_suffix('}'));
        if let Some(marks) = braces.and_then(read_marks) {
            fence.marks.extend(marks);
        } else if let Some(title) = part.strip_prefix("title=") {
            let title = title.trim_matches('"').trim();
            fence.title = (!title.is_empty()).then(|| title.to_owned());
        } else {
            fence.unknown.push(part.to_owned());
        }
    }
    fence
}

/// Up to the next blank outside of quotes and braces.
fn length_of_part(text: &str) -> usize {
    let mut quoted = false;
    let mut inside = false;
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '{' if !quoted => inside = true,
            '}' if !quoted => return at + 1,
            ' ' | '\t' if !quoted && !inside => return at,
            _ => {}
        }
    }
    text.len()
}

/// `2,4-6`
fn read_marks(text: &str) -> Option<Vec<(usize, usize)>> {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    if parts.len() > MOST_MARKS {
        return None;
    }
    let number = |text: &str| text.trim().parse::<usize>().ok().filter(|line| *line > 0);
    parts
        .into_iter()
        .map(|part| match part.split_once(['-', '–']) {
            Some((from, to)) => Some((number(from)?, number(to)?)).filter(|(from, to)| from <= to),
            None => number(part).map(|line| (line, line)),
        })
        .collect()
}

/// Marks lines of finished code, in which no span crosses a line.
pub(super) fn mark(html: &str, marks: &[(usize, usize)]) -> String {
    if marks.is_empty() {
        return html.to_owned();
    }
    let mut out = String::with_capacity(html.len());
    for (no, line) in html.split_inclusive('\n').enumerate() {
        if marks.iter().any(|(from, to)| (*from..=*to).contains(&(no + 1))) {
            out.push_str("<mark>");
            out.push_str(line);
            out.push_str("</mark>");
        } else {
            out.push_str(line);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_marks_and_title_are_read() {
        let fence = read("rust {2, 4-6} title=\"src/main.rs, the \\ end\"");
        assert_eq!(fence.language, "rust");
        assert_eq!(fence.marks, [(2, 2), (4, 6)]);
        assert_eq!(fence.title.as_deref(), Some("src/main.rs, the \\ end"));
        assert!(fence.unknown.is_empty());
        assert_eq!(read("python{1}").marks, [(1, 1)]);
        assert_eq!(read(""), Fence::default());
    }

    #[test]
    fn what_is_not_understood_is_kept_for_the_message() {
        let fence = read("rust {6-2} linenos titel=\"x y\" {0}");
        assert_eq!(fence.unknown, ["{6-2}", "linenos", "titel=\"x y\"", "{0}"]);
    }

    #[test]
    fn whole_lines_are_marked() {
        assert_eq!(mark("a\nb\nc", &[(2, 9)]), "a\n<mark>b\n</mark><mark>c</mark>");
    }
}
