//! Style sheets as they are published.
//!
//! Input: a style sheet as its author wrote it. Output: the same without its comments.
//! Responsibility: comments are for who writes a theme; readers need not load them.

/// The style sheet without comments; one that begins with `/*!`, as licences do, stays, and so does
/// one that nothing blank stands before, since it keeps two words apart.
///
/// What is a comment is decided as in CSS Syntax Module Level 3, section 4: inside strings and
/// unquoted `url(…)` there is none.
pub(super) fn without_comments(css: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(css.len());
    let mut at = 0;
    while at < css.len() {
        let rest = &css[at..];
        let end = if rest.starts_with(b"/*") {
            let end = find(&rest[2..], b"*/").map_or(rest.len(), |end| end + 4);
            if !rest.starts_with(b"/*!") && out.last().is_none_or(u8::is_ascii_whitespace) {
                at += end;
                continue;
            }
            end
        } else if let [quote @ (b'"' | b'\''), ..] = rest {
            string(rest, *quote)
        } else if rest.len() >= 4 && rest[..4].eq_ignore_ascii_case(b"url(") {
            rest.iter().position(|byte| matches!(byte, b')' | b'"' | b'\'')).unwrap_or(rest.len())
        } else {
            1
        };
        out.extend_from_slice(&rest[..end]);
        at += end;
    }
    out
}

/// Where the string ends that begins here.
fn string(css: &[u8], quote: u8) -> usize {
    let mut at = 1;
    while at < css.len() {
        match css[at] {
            b'\\' => at += 2,
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    css.len()
}

fn find(text: &[u8], sought: &[u8]) -> Option<usize> {
    text.windows(sought.len()).position(|window| window == sought)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_nothing_else() {
        let check = |css: &str, expected: &str| {
            assert_eq!(String::from_utf8_lossy(&without_comments(css.as_bytes())), expected);
        };
        check("/* a */\np { /* b\n*/ color: red; }", "\np {  color: red; }");
        check("/*! licence */\np {}", "/*! licence */\np {}");
        check("a/* b */.c {}", "a/* b */.c {}");
        check("p { content: \" /* \\\" */ \"; }", "p { content: \" /* \\\" */ \"; }");
        check("p { background: url( /*a*/ ); }", "p { background: url( /*a*/ ); }");
        check("p {} /* open", "p {} ");
        check("p { content: 'open", "p { content: 'open");
        check("я /* б */ {}", "я  {}");
    }
}
