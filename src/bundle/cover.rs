//! The cover of the book.
//!
//! Input: the settings. Output: a drawing. Responsibility: the title in lines that fit.

use std::fmt::Write as _;

use super::xhtml::escape_xml;
use crate::parse::config::Config;

/// The cover as SVG.
pub(super) fn svg(config: &Config) -> String {
    let lines = lines(&config.title, 20);
    let size = if lines.len() > 5 { 80 } else { 104 };
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"1600\" viewBox=\"0 0 1200 1600\">\n\
         <rect width=\"1200\" height=\"1600\" fill=\"#22345e\"/>\n\
         <path d=\"M120 1480V1240h220v-170h240V900h240V740h260\" fill=\"none\" stroke=\"#9ebdff\" stroke-width=\"12\" stroke-linejoin=\"round\" opacity=\".55\"/>\n",
    );
    for (x, y, colour) in [
        (120, 1480, "#84d2a5"),
        (340, 1240, "#69cee6"),
        (580, 1070, "#96c0fe"),
        (820, 900, "#c5b0f6"),
        (1080, 740, "#efa3c7"),
    ] {
        let _ = writeln!(out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"26\" fill=\"{colour}\"/>");
    }
    out.push_str("<g fill=\"#ffffff\" font-family=\"sans-serif\" font-weight=\"bold\">\n");
    let mut write = |x: u32, y: usize, size: usize, text: &str| {
        let _ = write!(out, "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\">");
        escape_xml(&mut out, text);
        out.push_str("</text>\n");
    };
    for (at, line) in lines.iter().enumerate().take(7) {
        write(110, 240 + at * size * 6 / 5, size, line);
    }
    if !config.authors.is_empty() {
        write(400, 1500, 44, &config.authors.join(", "));
    }
    out.push_str("</g>\n</svg>\n");
    out
}

/// Text in lines of about this many letters; words are never divided.
fn lines(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
