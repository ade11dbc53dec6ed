//! A file of the site that is done.
//!
//! Input: its bytes. Output: [`File`]. Responsibility: what the rest of the compiler asks of a
//! file, found while its bytes are at hand, so that a page need not stay in memory once a
//! [`Store`] has taken it.

use std::sync::Arc;

use crate::snapshot::Store;

mod hypertext;
mod scan;
pub use hypertext::Hypertext;

/// A file of the site.
#[derive(Debug, Clone)]
pub struct File {
    body: Body,
    hypertext: Option<Arc<Hypertext>>,
    fingerprint: Option<Arc<str>>,
}

#[derive(Debug, Clone)]
enum Body {
    Here(Arc<[u8]>),
    /// Its length.
    Stored(u64),
}

impl<B: Into<Arc<[u8]>>> From<B> for File {
    fn from(bytes: B) -> Self {
        Self { body: Body::Here(bytes.into()), hypertext: None, fingerprint: None }
    }
}

impl File {
    /// A page that was just rendered, which goes to `store` if there is one.
    #[must_use]
    pub fn page(
        path: &str,
        html: &[u8],
        fingerprint: Option<String>,
        store: Option<&dyn Store>,
    ) -> Self {
        let body = match store {
            Some(store) => {
                store.put(path, html);
                Body::Stored(html.len() as u64)
            }
            None => Body::Here(html.into()),
        };
        let hypertext = std::str::from_utf8(html).ok().map(|html| Arc::new(Hypertext::of(html)));
        Self { body, hypertext, fingerprint: fingerprint.map(Arc::from) }
    }

    /// Its bytes, unless they were stored.
    #[must_use]
    pub fn bytes(&self) -> Option<&Arc<[u8]>> {
        match &self.body {
            Body::Here(bytes) => Some(bytes),
            Body::Stored(_) => None,
        }
    }

    /// How many bytes it has.
    #[must_use]
    pub fn size(&self) -> u64 {
        match &self.body {
            Body::Here(bytes) => bytes.len() as u64,
            Body::Stored(size) => *size,
        }
    }

    /// What it offers and asks for as a page; `None` where it is no text.
    #[must_use]
    pub fn hypertext(&self) -> Option<Arc<Hypertext>> {
        if let Some(known) = &self.hypertext {
            return Some(Arc::clone(known));
        }
        let html = std::str::from_utf8(self.bytes()?).ok()?;
        Some(Arc::new(Hypertext::of(html)))
    }

    /// Its fingerprint, where it was taken when the file was made.
    #[must_use]
    pub fn fingerprint(&self) -> Option<&str> {
        self.fingerprint.as_deref()
    }
}
