//! The Content-Security-Policy of a page.
//!
//! Input: a finished page. Output: the page with the hashes of its inline scripts in its policy.
//! Responsibility: what a page may fetch and run: the site's own files, and inline scripts only by
//! their hash. No hash stands for an external script, since from disk that would block it.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

/// The policy of a page without inline scripts.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; media-src 'self'; \
frame-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'";

/// The SHA-256 of a file in base64url: the one hash that browsers can compute as well.
#[must_use]
pub fn fingerprint(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(bytes))
}

const OWN_SCRIPTS: &str = "script-src 'self'";
const OPEN: &str = "<script>";
const CLOSE: &str = "</script>";
const HEAD_END: &[u8] = b"</head>";

/// Allows the inline scripts that a page's own template wrote above its body; scripts in content
/// have no hash and so do not run.
pub(super) fn allow_inline_scripts(html: &mut Vec<u8>) {
    let end = html.windows(HEAD_END.len()).position(|place| place == HEAD_END);
    let Some(Ok(head)) = end.map(|end| std::str::from_utf8(&html[..end])) else { return };
    let mut hashes = String::new();
    let mut rest = head;
    while let Some((_, after)) = rest.split_once(OPEN) {
        let Some((script, after)) = after.split_once(CLOSE) else { break };
        let _ = write!(hashes, " '{}'", source_hash(script));
        rest = after;
    }
    if let Some(at) = head.find(OWN_SCRIPTS) {
        let at = at + OWN_SCRIPTS.len();
        html.splice(at..at, hashes.bytes());
    }
}

/// Bytes as text, for files inside addresses.
#[must_use]
pub fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The source expression that allows one inline script or style.
#[must_use]
pub fn source_hash(code: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(code.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_scripts_of_the_head_are_allowed() {
        let page = |head: &str| {
            format!("<meta content=\"script-src 'self'\">{head}</head><script>evil()</script>")
        };
        let allowed = |head: &str| {
            let mut html = page(head).into_bytes();
            allow_inline_scripts(&mut html);
            String::from_utf8(html).expect("it was text")
        };
        assert_eq!(allowed(""), page(""));
        let allowed = allowed("<script>alert(1)</script>");
        // The example of the specification "Content Security Policy Level 3" for this script.
        let hash = "sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=";
        assert!(allowed.contains(&format!("script-src 'self' '{hash}'\"")), "{allowed}");
        assert_eq!(allowed.matches("sha256").count(), 1);
    }
}
