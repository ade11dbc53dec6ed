//! Text that was UTF-8 and was read as something else.
//!
//! Input: text. Output: the text that was meant. Responsibility: to recognise the code pages by which
//! Russian text is spoilt, line by line, and to leave every other line as it is; the only home of
//! `encoding_rs`.

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1251, WINDOWS_1252};

/// The code pages, by the names that people know.
const PAGES: [(&str, &Encoding); 3] =
    [("Mac Roman", MACINTOSH), ("Windows-1252", WINDOWS_1252), ("Windows-1251", WINDOWS_1251)];

/// The text as it was meant, and the code page that it was misread in; `None` where it was not.
pub(super) fn repaired(text: &str) -> Option<(String, &'static str)> {
    let suspects = text.lines().filter(|line| !line.is_ascii()).count();
    let (count, name, page) = PAGES
        .iter()
        .map(|(name, page)| {
            (text.lines().filter(|line| meant(line, page).is_some()).count(), *name, *page)
        })
        .max_by_key(|(count, ..)| *count)?;
    // A line or two may look like it by chance.
    if count == 0 || count * 2 < suspects {
        return None;
    }
    let lines = text.split_inclusive('\n').map(|line| {
        let (body, end) = line.strip_suffix('\n').map_or((line, ""), |body| (body, "\n"));
        format!("{}{end}", meant(body, page).unwrap_or_else(|| body.to_owned()))
    });
    Some((lines.collect(), name))
}

/// A line as it was meant.
fn meant(line: &str, page: &'static Encoding) -> Option<String> {
    if line.is_ascii() {
        return None;
    }
    let (bytes, _, unknown) = page.encode(line);
    if unknown {
        return None;
    }
    let meant = String::from_utf8(bytes.into_owned()).ok()?;
    (meant.chars().count() < line.chars().count()).then_some(meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misread_text_is_recognised_and_repaired() {
        let text = "# Полная карта: «основы» — 2–3 года\n\n- [ ] Linux 🐧\n- [ ] Сети\n";
        for (name, page) in PAGES {
            let (spoilt, _) = page.decode_without_bom_handling(text.as_bytes());
            let (found, by) = repaired(&spoilt).expect("it is recognised");
            assert_eq!((found.as_str(), by), (text, name));
        }
    }

    #[test]
    fn text_that_is_as_it_was_meant_stays() {
        for text in ["Полная карта", "Café à la crème", "ASCII", "Ёлки «и» палки — да"]
        {
            assert_eq!(repaired(text), None, "{text}");
        }
    }
}
