//! Which files a folder has.
//!
//! Input: a folder. Output: the files to be read. Responsibility: links are followed inside the
//! folder only and never in a circle, and no folder, however it is linked, makes a walk endless.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::{LARGEST_FOLDER, MOST_ENTRIES, MOST_LINKS};
use crate::diagnostic::{Code, Diagnostic, Span};

/// The files of a curriculum's folder.
pub(super) struct Listing<'a> {
    root: &'a Path,
    pub(super) wanted: Vec<Wanted>,
    counts: Counts,
}

/// A file to be read, and what the machine says of it, if the walk asked.
pub(super) struct Wanted {
    pub(super) name: Arc<str>,
    pub(super) path: PathBuf,
    pub(super) metadata: Option<fs::Metadata>,
}

/// How much was seen, by all who walk.
#[derive(Default)]
struct Counts {
    /// Files and folders.
    entries: AtomicUsize,
    /// Links among them.
    links: AtomicUsize,
    /// The bytes of files.
    bytes: AtomicU64,
}

impl Counts {
    fn are_too_much(&self) -> bool {
        self.entries.load(Relaxed) > MOST_ENTRIES
            || self.links.load(Relaxed) > MOST_LINKS
            || self.bytes.load(Relaxed) > LARGEST_FOLDER
    }
}

/// What one walk found.
#[derive(Default)]
struct Walked {
    wanted: Vec<Wanted>,
    diagnostics: Vec<Diagnostic>,
    /// Folders that were not entered.
    folders: Vec<PathBuf>,
}

impl<'a> Listing<'a> {
    pub(super) fn new(root: &'a Path) -> Self {
        Self { root, wanted: Vec::new(), counts: Counts::default() }
    }

    /// A single file of the folder itself.
    pub(super) fn file(&mut self, name: &str, diagnostics: &mut Vec<Diagnostic>) {
        let path = self.root.join(name);
        if !path.is_file() {
            return;
        }
        if self.is_inside(&path) {
            self.wanted.push(Wanted { name: Arc::from(name), path, metadata: None });
        } else {
            diagnostics.push(leads_out(name));
        }
    }

    fn is_inside(&self, path: &Path) -> bool {
        path.canonicalize().is_ok_and(|real| real.starts_with(self.root))
    }

    fn name_of(&self, path: &Path) -> Option<String> {
        let relative = path.strip_prefix(self.root).ok()?;
        // On Windows a backslash stands between the parts; elsewhere it belongs to a name.
        Some(relative.to_str()?.replace(std::path::MAIN_SEPARATOR, "/"))
    }

    /// All files of a folder; the folders in it are walked side by side.
    pub(super) fn folder(&mut self, folder: &str, diagnostics: &mut Vec<Diagnostic>) {
        let start = self.root.join(folder);
        if start.is_symlink() && !self.is_inside(&start) {
            diagnostics.push(leads_out(folder));
            return;
        }
        let mut top = self.walk(&start, 1);
        let folders = std::mem::take(&mut top.folders);
        let below: Vec<Walked> =
            folders.par_iter().map(|folder| self.walk(folder, usize::MAX)).collect();
        diagnostics.append(&mut top.diagnostics);
        self.wanted.append(&mut top.wanted);
        if self.counts.are_too_much() {
            // Who came how far is chance.
            diagnostics.push(too_much(folder));
            return;
        }
        for mut walked in below {
            self.wanted.append(&mut walked.wanted);
            diagnostics.append(&mut walked.diagnostics);
        }
    }

    /// What is in a folder, so many levels deep. Links are followed inside the root only, so that no
    /// walk leaves it.
    fn walk(&self, start: &Path, depth: usize) -> Walked {
        let mut walked = Walked::default();
        let mut walk = WalkDir::new(start)
            .min_depth(1)
            .max_depth(depth)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter();
        while let Some(entry) = walk.next() {
            self.counts.entries.fetch_add(1, Relaxed);
            if self.counts.are_too_much() {
                break;
            }
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let name = error.path().and_then(|path| self.name_of(path)).unwrap_or_default();
                    walked.diagnostics.push(unwalkable(&name, &error));
                    continue;
                }
            };
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            let wanted = !hidden
                && match self.check(&entry, start) {
                    Ok(()) => true,
                    Err(diagnostic) => {
                        walked.diagnostics.push(*diagnostic);
                        false
                    }
                };
            if entry.file_type().is_dir() {
                if !wanted {
                    walk.skip_current_dir();
                } else if entry.depth() == depth {
                    walked.folders.push(entry.into_path());
                }
            } else if wanted && entry.file_type().is_file() {
                let name = Arc::from(self.name_of(entry.path()).expect("checked above"));
                let metadata = entry.metadata().ok();
                let size = metadata.as_ref().map_or(0, fs::Metadata::len);
                self.counts.bytes.fetch_add(size, Relaxed);
                walked.wanted.push(Wanted { name, path: entry.into_path(), metadata });
            }
        }
        walked
    }

    /// Whether a file or folder may be read, by its name and by where it leads from a walk that began
    /// at `start`.
    fn check(&self, entry: &walkdir::DirEntry, start: &Path) -> Result<(), Box<Diagnostic>> {
        let Some(name) = self.name_of(entry.path()) else {
            return Err(Box::new(bad_name(&entry.path().to_string_lossy(), "is not UTF-8")));
        };
        if name.contains(|c: char| c == '\\' || c.is_control()) {
            return Err(Box::new(bad_name(&name, "holds a backslash or a control character")));
        }
        if !entry.path_is_symlink() {
            return Ok(());
        }
        self.counts.links.fetch_add(1, Relaxed);
        match entry.path().canonicalize() {
            // The walk itself sees no further up than where it began.
            Ok(real) if real.starts_with(self.root) && start.starts_with(&real) => {
                Err(Box::new(circle(&name)))
            }
            Ok(real) if real.starts_with(self.root) => Ok(()),
            _ => Err(Box::new(leads_out(&name))),
        }
    }
}

fn circle(name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::Unreadable,
        Span::file(name),
        "a link leads back to a folder that holds it",
        "remove the link",
    )
}

fn leads_out(name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::Unreadable,
        Span::file(name),
        "a link leads out of the curriculum's folder",
        "copy the file instead of linking it",
    )
}

fn bad_name(name: &str, what: &str) -> Diagnostic {
    Diagnostic::new(
        Code::Unreadable,
        Span::file(name),
        format!("the file's name {what}"),
        "rename the file",
    )
}

fn too_much(folder: &str) -> Diagnostic {
    Diagnostic::new(
        Code::TooLarge,
        Span::file(folder),
        format!(
            "`{folder}` holds more than {MOST_ENTRIES} files and folders, more than {MOST_LINKS} \
             links, or more than {} MB",
            LARGEST_FOLDER >> 20
        ),
        "links that lead to the same folder again and again count each time",
    )
}

/// The machine's own words without the path, which is where the message is shown.
fn unwalkable(name: &str, error: &walkdir::Error) -> Diagnostic {
    if error.loop_ancestor().is_some() {
        return circle(name);
    }
    let message = match error.io_error() {
        Some(error) => format!("cannot be read: {error}"),
        None => "cannot be read".to_owned(),
    };
    let help = "mend the link or the permissions";
    Diagnostic::new(Code::Unreadable, Span::file(name), message, help)
}
