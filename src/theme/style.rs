//! Style sheets as they are published.
//!
//! Input: a style sheet as its author wrote it. Output: the same without its comments, and one blank
//! where several stood. Responsibility: what is for who writes a theme, readers need not load.

/// The style sheet without comments and indentation. A comment that begins with `/*!`, as licences
/// do, stays, and so does one that nothing blank stands before, since it keeps two words apart.
///
/// What is a comment and what a blank is decided as in CSS Syntax Module Level 3, section 4: inside
/// strings and unquoted `url(…)` there is none, and the blank that ends an escape belongs to it.
pub(super) fn condensed(css: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(css.len());
    let mut at = 0;
    let mut after_blank = true;
    while at < css.len() {
        let rest = &css[at..];
        let is_blank = rest[0].is_ascii_whitespace();
        let end = if rest.starts_with(b"/*") {
            let end = find(&rest[2..], b"*/").map_or(rest.len(), |end| end + 4);
            if !rest.starts_with(b"/*!") && after_blank {
                at += end;
                continue;
            }
            end
        } else if is_blank && after_blank {
            at += 1;
            continue;
        } else if rest[0] == b'\\' {
            escape(rest)
        } else if let [quote @ (b'"' | b'\''), ..] = rest {
            string(rest, *quote)
        } else if rest.len() >= 4 && rest[..4].eq_ignore_ascii_case(b"url(") {
            rest.iter().position(|byte| matches!(byte, b')' | b'"' | b'\'')).unwrap_or(rest.len())
        } else {
            1
        };
        out.extend_from_slice(&rest[..end]);
        at += end;
        // A blank behind these says nothing either.
        after_blank = is_blank || matches!(rest[0], b'{' | b'}' | b';' | b',');
    }
    out
}

/// Where the escape ends that begins here: after up to six hexadecimal digits one blank is part of it.
fn escape(css: &[u8]) -> usize {
    let digits = css[1..].iter().take(6).take_while(|byte| byte.is_ascii_hexdigit()).count();
    match css.get(1 + digits) {
        Some(byte) if digits == 0 || byte.is_ascii_whitespace() => digits + 2,
        _ => digits + 1,
    }
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
    fn comments_and_indentation_go_and_nothing_else() {
        let check = |css: &str, expected: &str| {
            assert_eq!(String::from_utf8_lossy(&condensed(css.as_bytes())), expected);
        };
        check("/* a */\np { /* b\n*/ color: red; }", "p {color: red;}");
        check("/*! licence */\np {}", "/*! licence */\np {}");
        check("p, a { --dark: ; }\n\n/* b */ a {}", "p,a {--dark: ;}a {}");
        check("a/* b */.c {}", "a/* b */.c {}");
        check("p { content: \" /* \\\" */ \"; }", "p {content: \" /* \\\" */ \";}");
        check("p { background: url( /*a*/ ); }", "p {background: url( /*a*/ );}");
        check("p {} /* open", "p {}");
        check("p { content: 'open", "p {content: 'open");
        check("я /* б */ {}", "я {}");
        check("a {\n\tb: c\n\t\td;\n}\n", "a {b: c\nd;}");
        check("p { content: 'a  b'; }", "p {content: 'a  b';}");
        check(".\\26  b {}", ".\\26  b {}");
        check(".\\  b\\", ".\\  b\\");
    }
}
