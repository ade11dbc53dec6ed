//! The ground state: what the compiler starts from and ends with.
//!
//! Input: none. Output: [`Snapshot`], [`Site`], [`Store`]. Responsibility: files in memory, ordered
//! by path, so that nothing behind this line touches the machine.

use std::collections::BTreeMap;
use std::sync::Arc;

/// How many pages a thread takes at once. Rayon cuts a list into few pieces, and one that is begun
/// is not cut any more: at the end of each phase all threads would wait for the last one.
pub const PIECE: usize = 8;

/// The curriculum's folder in memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// Path from the curriculum's folder, with `/`, to the file's bytes: `book.toml`,
    /// `progress.lock`, and everything below `content/`, `static/` and `themes/`.
    pub files: BTreeMap<Arc<str>, Arc<[u8]>>,
    /// What the command line sets over `book.toml`.
    pub overrides: Overrides,
}

/// What the command line sets over `book.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Overrides {
    /// `--site-url`.
    pub site_url: Option<String>,
    /// `--repository`.
    pub repository: Option<String>,
    /// What the site is made for.
    pub purpose: Purpose,
}

/// What a site is made for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// To be read by learners.
    #[default]
    Publish,
    /// To be looked at while it is written: nothing of it may stay in a browser.
    Preview,
}

impl Snapshot {
    /// A snapshot of these files, for tests and tools.
    pub fn of<P: Into<Arc<str>>, B: Into<Arc<[u8]>>>(
        files: impl IntoIterator<Item = (P, B)>,
    ) -> Self {
        Self {
            files: files.into_iter().map(|(path, bytes)| (path.into(), bytes.into())).collect(),
            overrides: Overrides::default(),
        }
    }

    /// The files below a folder, in order of path.
    pub fn below<'a>(
        &'a self,
        folder: &'a str,
    ) -> impl Iterator<Item = (&'a Arc<str>, &'a Arc<[u8]>)> {
        self.files
            .range::<str, _>((std::ops::Bound::Included(folder), std::ops::Bound::Unbounded))
            .take_while(move |(path, _)| path.starts_with(folder))
    }
}

/// The finished site, in order of path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// Path from the site's root, with `/`, to the file's bytes.
    pub files: BTreeMap<String, Arc<[u8]>>,
    /// Pages that a [`Store`] has taken, with their lengths in bytes; no path is in both.
    pub stored: BTreeMap<String, u64>,
}

impl Site {
    /// A site all of which is in memory.
    #[must_use]
    pub fn of(files: BTreeMap<String, Arc<[u8]>>) -> Self {
        Self { files, stored: BTreeMap::new() }
    }
}

/// Takes pages as soon as they are made, on several threads. All pages of a large site together
/// are most of what would have to be in memory. Whether there is a site is not known before the
/// end: who stores pages must be able to give them up.
pub trait Store: Sync {
    /// Takes a page. What goes wrong here is told by whoever stores, when all is over.
    fn put(&self, path: &str, bytes: &[u8]);
}
