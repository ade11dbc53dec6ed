//! Words to their stems.
//!
//! Input: a normalised word. Output: its stem. Responsibility: the only home of `frostem`; a word's
//! language is told by its script, so that mixed pages need no setting.

use std::borrow::Cow;

use frostem::Stemmer;

/// The stemmers of one site: one for each script.
#[derive(Clone, Copy)]
pub(super) struct Stems {
    latin: Stemmer,
    cyrillic: Stemmer,
}

/// Languages written in Cyrillic that have a stemmer of their own.
const CYRILLIC: [&str; 2] = ["ru", "uk"];

impl Stems {
    /// The site's language stems the script that it is written in; English and Russian the other.
    pub(super) fn new(language: &str) -> Self {
        let primary = language.split(['-', '_']).next().unwrap_or(language);
        let english = Stemmer::new(frostem::Algorithm::English);
        let russian = Stemmer::new(frostem::Algorithm::Russian);
        match Stemmer::try_from_name(primary) {
            Ok(own) if CYRILLIC.contains(&primary) => Self { latin: english, cyrillic: own },
            Ok(own) => Self { latin: own, cyrillic: russian },
            Err(_) => Self { latin: english, cyrillic: russian },
        }
    }

    /// The algorithms for Latin and for Cyrillic letters, by their published names.
    pub(super) fn names(self) -> [&'static str; 2] {
        [self.latin.algorithm().name(), self.cyrillic.algorithm().name()]
    }

    /// The stem of a word; anything but letters of one script stays as it is.
    pub(super) fn stem(self, word: &str) -> Cow<'_, str> {
        if word.chars().all(|c| ('а'..='я').contains(&c) || "іїєґ".contains(c)) {
            self.cyrillic.stem(word)
        } else if word.chars().all(|c| c.is_alphabetic() && c < '\u{250}') {
            self.latin.stem(word)
        } else {
            Cow::Borrowed(word)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_words_language_is_told_by_its_script() {
        let stems = Stems::new("ru");
        for (word, stem) in [
            ("сетями", "сет"),
            ("сеть", "сет"),
            ("migrations", "migrat"),
            ("http2", "http2"),
            ("дом42", "дом42"),
        ] {
            assert_eq!(stems.stem(word), stem);
        }
        assert_eq!(Stems::new("de-AT").stem("automaten"), "automat");
        assert_eq!(Stems::new("de").stem("сетями"), "сет");
        assert_eq!(Stems::new("tlh").stem("migrations"), "migrat");
    }
}
