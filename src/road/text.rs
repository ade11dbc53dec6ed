//! How wide words are, about.
//!
//! Input: text and a size. Output: a width, or lines that fit one. Responsibility: an estimate for
//! any system font, rather too wide than too narrow, since SVG does not wrap text by itself.

/// How heavy letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Usual.
    Normal,
    /// Semibold and heavier.
    Bold,
}

/// The width of a text in units of its size.
#[must_use]
pub fn width(text: &str, size: i32, weight: Weight) -> i32 {
    let thousandths: i32 = text.chars().map(thousandths).sum();
    let heavier = match weight {
        Weight::Normal => 1_000,
        Weight::Bold => 1_060,
    };
    (i64::from(thousandths) * i64::from(size) * heavier / 1_000_000) as i32 + 1
}

/// The widths of the widest usual system fonts, in thousandths of the size.
fn thousandths(letter: char) -> i32 {
    match letter {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '·' | 'ї' | 'і' => {
            310
        }
        ' ' | '\u{a0}' | 'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '/' | '-' | '"' | '*' => 380,
        'm' | 'w' | 'ж' | 'м' | 'ш' | 'щ' | 'ю' | 'ф' | 'ы' | '—' => 880,
        'M' | 'W' | '@' | '%' | 'Ж' | 'М' | 'Ш' | 'Щ' | 'Ю' | 'Ф' | 'Ы' | '→' => 1_000,
        'г' | 'т' | 'с' | 'з' | 'к' | 'у' | 'х' | 'ч' | 'э' => 540,
        'a'..='z' | 'а'..='я' | 'ё' | '0'..='9' | '–' => 610,
        'A'..='Z' => 720,
        'А'..='Я' | 'Ё' => 740,
        // Marks that stand above or below another letter, and joiners.
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' => 0,
        letter if letter < '\u{250}' => 680,
        letter if letter < '\u{1100}' => 760,
        _ => 1_100,
    }
}

/// Breaks a text into at most `most` lines that fit a width; what does not fit ends in `…`.
#[must_use]
pub fn wrap(text: &str, fits: i32, size: i32, weight: Weight, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&longer, size, weight) <= fits {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for part in pieces(word, fits, size, weight) {
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line = part;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while width(&format!("{last}…"), size, weight) > fits && last.pop().is_some() {}
            last.push('…');
        }
    }
    lines
}

/// A word that is too long for a line is broken behind a hyphen or slash, else anywhere.
fn pieces(word: &str, fits: i32, size: i32, weight: Weight) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    for letter in word.chars() {
        // Room for the hyphen that shows the break.
        let hyphen = if piece.ends_with(['-', '/']) { "" } else { "-" };
        if !piece.is_empty() && width(&format!("{piece}{letter}{hyphen}"), size, weight) > fits {
            let mark = piece.rfind(['-', '/']).map(|at| at + 1);
            if let Some(at) = mark.filter(|at| *at > 1 && *at < piece.len()) {
                let rest = piece.split_off(at);
                pieces.push(std::mem::replace(&mut piece, rest));
            } else {
                // One or two letters are no line of their own.
                let letters = piece.chars().count();
                let kept = letters.min(word.chars().count().saturating_sub(3).max(1));
                let rest = if pieces.is_empty() && kept < letters {
                    let at = piece.char_indices().nth(kept).map_or(piece.len(), |(at, _)| at);
                    piece.split_off(at)
                } else {
                    String::new()
                };
                piece.push_str(hyphen);
                pieces.push(std::mem::replace(&mut piece, rest));
            }
        }
        piece.push(letter);
    }
    pieces.push(piece);
    pieces
}
