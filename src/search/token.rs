//! Text to the words that can be searched for.
//!
//! Input: text. Output: normalised words. Responsibility: what a word is. `C++`, `CI/CD`, `HTTP/2`
//! and `.env` are words, and so are their parts. `search/token.ts` of the theme says the same for
//! queries; a test compares both over the whole vocabulary.

/// The most characters of a word; what is longer is no word that anyone types.
const LONGEST: usize = 40;
/// The most parts of a word that is itself kept whole.
const MOST_PARTS: usize = 4;

/// What joins the parts of a word, the loosest first.
const JOINERS: [char; 5] = ['-', '/', '.', '_', '+'];

/// Calls `found` with each word of `text`: a joined one first, its parts after it.
pub(super) fn words(text: &str, found: &mut dyn FnMut(&str)) {
    let mut chunk = String::new();
    let mut signs = false;
    for c in text.chars().chain([' ']) {
        if c.is_alphanumeric() {
            push_normal(&mut chunk, c);
        } else if is_sign(c) {
            signs = true;
            chunk.push(c);
        } else if c == '\u{ad}' || ('\u{300}'..'\u{370}').contains(&c) {
            // Soft hyphens and marks of stress are not typed.
        } else if !chunk.is_empty() {
            if signs {
                joined(&chunk, found);
            } else if chunk.chars().count() <= LONGEST {
                found(&chunk);
            }
            chunk.clear();
            signs = false;
        }
    }
}

/// Whether a sign may be part of a word.
fn is_sign(c: char) -> bool {
    JOINERS.contains(&c) || c == '#'
}

fn push_normal(out: &mut String, c: char) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    for lower in c.to_lowercase() {
        // A capital İ becomes an i and a mark.
        if !('\u{300}'..'\u{370}').contains(&lower) {
            out.push(if lower == 'ё' { 'е' } else { lower });
        }
    }
}

/// A chunk between blanks, and the parts of it.
fn joined(chunk: &str, found: &mut dyn FnMut(&str)) {
    let word = trimmed(chunk);
    if word.is_empty() {
        return;
    }
    if let Some(name) = word.strip_prefix('.') {
        whole(word, found);
        joined(name, found);
        return;
    }
    let joiner = JOINERS.into_iter().find(|joiner| inner(word).contains(*joiner));
    let Some(joiner) = joiner else {
        whole(word, found);
        // The language is found by `c` and by `c++`.
        if inner(word).len() < word.len() {
            whole(inner(word), found);
        }
        return;
    };
    whole(word, found);
    if word.chars().all(|c| c.is_ascii_digit() || c == '.') {
        // An address or a version is not its numbers.
        return;
    }
    for part in word.split(joiner).filter(|part| !part.is_empty()) {
        joined(part, found);
    }
}

fn whole(word: &str, found: &mut dyn FnMut(&str)) {
    let parts = word.split(JOINERS).filter(|part| !part.is_empty()).count();
    if parts <= MOST_PARTS && word.chars().count() <= LONGEST {
        found(word);
    }
}

/// Without the signs at its ends that are no part of it: `.env` keeps its dot, `c++` and `c#` keep
/// their signs.
fn trimmed(chunk: &str) -> &str {
    let start = chunk.trim_start_matches(is_sign);
    if start.is_empty() {
        return start;
    }
    let before = &chunk[..chunk.len() - start.len()];
    let dotted = before.ends_with('.') && start.starts_with(char::is_alphabetic);
    let from = before.len() - usize::from(dotted);
    let bare = start.trim_end_matches(is_sign);
    let signs = &start[bare.len()..];
    let kept = match signs {
        _ if !bare.ends_with(char::is_alphabetic) => 0,
        _ if signs.starts_with("++") => 2,
        _ if signs.starts_with('#') => 1,
        _ => 0,
    };
    &chunk[from..before.len() + bare.len() + kept]
}

/// A word without the signs at its end.
fn inner(word: &str) -> &str {
    word.trim_end_matches(['+', '#'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> String {
        let mut out: Vec<String> = Vec::new();
        words(text, &mut |word| out.push(word.to_owned()));
        out.join(" ")
    }

    #[test]
    fn terms_keep_their_signs() {
        for (text, expected) in [
            ("Пишем на C++, C# и C.", "пишем на c++ c c# c и c"),
            ("CI/CD", "ci/cd ci cd"),
            ("CI/CD-шаблоны", "ci/cd-шаблоны ci/cd ci cd шаблоны"),
            ("HTTP/1.1, HTTP/2", "http/1.1 http 1.1 http/2 http 2"),
            ("Файл `.env.example`.", "файл .env.example env.example env example"),
            (".gitignore", ".gitignore gitignore"),
            ("N+1 и 50+", "n+1 n 1 и 50"),
            ("pg_dump --format=c", "pg_dump pg dump format c"),
            ("Ёлка все-таки ещё", "елка все-таки все таки еще"),
            ("10.0.1.2 ... - / #1", "10.0.1.2 1"),
            ("e\u{301}tude сло\u{ad}во", "etude слово"),
            ("https://a.example/b/c/d", "https a.example a example b c d"),
        ] {
            assert_eq!(all(text), expected, "{text}");
        }
    }

    #[test]
    fn what_nobody_types_is_no_word() {
        assert_eq!(all(&"x".repeat(41)), "");
        assert_eq!(all("a/b/c/d/e"), "a b c d e");
    }
}
