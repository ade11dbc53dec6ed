//! Colours that are known from an earlier run.
//!
//! Input: code, its language, and what an earlier run found. Output: the same HTML that highlighting
//! would give. Responsibility: a memory that may come from a file that anybody could have written is
//! believed about nothing but which words have which colour.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::spans::colours_only;

/// Highlighted code by the hash of its language and text, in hexadecimal digits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownCode(pub BTreeMap<String, Arc<str>>);

/// What is known, and what of it was needed.
#[derive(Debug, Default)]
pub struct HighlightMemo {
    known: KnownCode,
    needed: Option<Mutex<KnownCode>>,
}

impl HighlightMemo {
    /// Uses what is known, and notes all that is needed.
    #[must_use]
    pub fn new(known: KnownCode) -> Self {
        Self { known, needed: Some(Mutex::default()) }
    }

    /// What was needed; the rest belongs to code that is no more.
    #[must_use]
    pub fn into_needed(self) -> KnownCode {
        let needed = self.needed.unwrap_or_default();
        needed.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// The HTML of a block; `escaped` is its code as text of HTML.
    pub(super) fn html(
        &self,
        code: &str,
        language: usize,
        escaped: &str,
        highlight: impl FnOnce() -> Option<String>,
    ) -> Option<String> {
        let Some(needed) = &self.needed else { return highlight() };
        let mut hasher = blake3::Hasher::new();
        hasher.update(&language.to_le_bytes());
        hasher.update(code.as_bytes());
        let key = hasher.finalize().to_hex()[..32].to_owned();
        let known = self.known.0.get(&key).filter(|html| colours_only(html, escaped));
        let html: Arc<str> = match known {
            Some(html) => Arc::clone(html),
            None => highlight()?.into(),
        };
        let mut needed = needed.lock().unwrap_or_else(PoisonError::into_inner);
        needed.0.insert(key, Arc::clone(&html));
        Some(html.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::highlight::{Colours, highlight, highlight_with};

    const CODE: &str = "fn main() {\n    let a = \"<b>\"; // note\n}\n";

    #[test]
    fn what_is_known_is_not_found_out_again() {
        let memo = HighlightMemo::new(KnownCode::default());
        let first = highlight_with(CODE, "rust", &memo);
        assert_eq!(first, highlight(CODE, "rust"));
        assert_eq!(first.colours, Colours::Applied);
        let known = memo.into_needed();
        assert_eq!(known.0.len(), 1);
        // One colour is another, so that its source shows.
        let other = |html: &str| html.replacen("\"k\"", "\"u\"", 1);
        let marked = known.0.iter().map(|(key, html)| (key.clone(), other(html).into())).collect();
        let memo = HighlightMemo::new(KnownCode(marked));
        assert_eq!(highlight_with(CODE, "rust", &memo).html, other(&first.html));
        let _ = highlight_with("let b = 1;", "rust", &memo);
        assert_eq!(memo.into_needed().0.len(), 2);
    }

    #[test]
    fn a_memory_cannot_say_anything_else() {
        let honest = highlight(CODE, "rust").html;
        let memo = HighlightMemo::new(KnownCode::default());
        let _ = highlight_with(CODE, "rust", &memo);
        let key = memo.into_needed().0.into_keys().next().expect("one block");
        for forged in [
            String::new(),
            honest.replace("note", "other"),
            honest.replace("<span", "<script"),
            honest.replacen("</span>", "", 1),
            honest.replacen("</span>", "</span></span>", 1),
            honest.replacen("\"k\"", "\"k\" onclick=\"x()\"", 1),
            honest.replacen("\"k\"", "\"unknown\"", 1),
            honest.replacen("&lt;", "<", 1),
            format!("{honest}<script>x()</script>"),
            format!("<span class=\"k\">{honest}</span>"),
        ] {
            let known = KnownCode(BTreeMap::from([(key.clone(), forged.clone().into())]));
            let memo = HighlightMemo::new(known);
            assert_eq!(highlight_with(CODE, "rust", &memo).html, honest, "{forged}");
            assert_eq!(*memo.into_needed().0[&key], *honest, "it is mended");
        }
    }
}
