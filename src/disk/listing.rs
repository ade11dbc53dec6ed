//! Which files a folder has.
//!
//! Input: a folder, and what an earlier walk found. Output: the files to be read. Responsibility:
//! links are followed inside the folder only and never in a circle, and no folder, however it is
//! linked, makes a walk endless. A folder is listed again when its entries may have changed: looking
//! at its times costs a fraction, and wakes nobody who watches it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::reader::Stamp;
use super::{LARGEST_FOLDER, MOST_ENTRIES, MOST_LINKS};
use crate::diagnostic::{Code, Diagnostic, Span};

/// The files of a curriculum's folder.
pub(super) struct Listing<'a> {
    root: &'a Path,
    before: &'a Walks,
    pub(super) wanted: Vec<Wanted>,
    /// For the next listing.
    pub(super) walks: Walks,
    counts: Counts,
}

/// What was found below folders, by their paths.
pub(super) type Walks = BTreeMap<PathBuf, Walk>;

/// What was found below a folder that has no links in it and nothing wrong.
#[derive(Debug)]
pub(super) struct Walk {
    /// The folder and those below it, as they were when they were listed.
    folders: Vec<(PathBuf, Stamp)>,
    files: Vec<(Arc<str>, PathBuf)>,
    /// Files and folders.
    entries: usize,
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
    /// How to find the same again, if there is a way.
    again: Option<Walk>,
}

impl<'a> Listing<'a> {
    pub(super) fn new(root: &'a Path, before: &'a Walks) -> Self {
        let (wanted, walks) = (Vec::new(), Walks::new());
        Self { root, before, wanted, walks, counts: Counts::default() }
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
        let below: Vec<Walked> = folders.par_iter().map(|folder| self.walk_again(folder)).collect();
        diagnostics.append(&mut top.diagnostics);
        self.wanted.append(&mut top.wanted);
        if self.counts.are_too_much() {
            // Who came how far is chance.
            diagnostics.push(too_much(folder));
            return;
        }
        for (folder, mut walked) in folders.into_iter().zip(below) {
            self.wanted.append(&mut walked.wanted);
            diagnostics.append(&mut walked.diagnostics);
            if let Some(again) = walked.again {
                self.walks.insert(folder, again);
            }
        }
    }

    /// Finds what is below a folder, by looking only at times where nothing came or went.
    fn walk_again(&self, start: &Path) -> Walked {
        let known = self.before.get(start).and_then(|before| self.same(before));
        known.unwrap_or_else(|| self.walk(start, usize::MAX))
    }

    fn same(&self, before: &Walk) -> Option<Walked> {
        let stands = |(path, stamp): &(PathBuf, Stamp)| {
            fs::metadata(path).is_ok_and(|now| now.is_dir() && Stamp::of(&now) == Some(*stamp))
        };
        if !before.folders.iter().all(stands) {
            return None;
        }
        let mut walked = Walked::default();
        let mut bytes = 0;
        for (name, path) in &before.files {
            let metadata = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
            bytes += metadata.len();
            let (name, path) = (Arc::clone(name), path.clone());
            walked.wanted.push(Wanted { name, path, metadata: Some(metadata) });
        }
        self.counts.entries.fetch_add(before.entries, Relaxed);
        self.counts.bytes.fetch_add(bytes, Relaxed);
        let (folders, files) = (before.folders.clone(), before.files.clone());
        walked.again = Some(Walk { folders, files, entries: before.entries });
        Some(walked)
    }

    /// What is in a folder, so many levels deep. Links are followed inside the root only, so that no
    /// walk leaves it.
    fn walk(&self, start: &Path, depth: usize) -> Walked {
        let mut walked = Walked::default();
        let stamped = |path: &Path| {
            let stamp = fs::metadata(path).ok().and_then(|metadata| Stamp::of(&metadata))?;
            Some((path.to_owned(), stamp))
        };
        let mut folders = vec![stamped(start)];
        let (mut entries, mut links) = (0, start.is_symlink());
        let mut walk = WalkDir::new(start)
            .min_depth(1)
            .max_depth(depth)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter();
        while let Some(entry) = walk.next() {
            self.counts.entries.fetch_add(1, Relaxed);
            entries += 1;
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
            links |= entry.path_is_symlink();
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
                } else {
                    folders.push(stamped(entry.path()));
                }
            } else if wanted && entry.file_type().is_file() {
                let name = Arc::from(self.name_of(entry.path()).expect("checked above"));
                let metadata = entry.metadata().ok();
                let size = metadata.as_ref().map_or(0, fs::Metadata::len);
                self.counts.bytes.fetch_add(size, Relaxed);
                walked.wanted.push(Wanted { name, path: entry.into_path(), metadata });
            }
        }
        if !links && walked.diagnostics.is_empty() {
            let files =
                walked.wanted.iter().map(|file| (Arc::clone(&file.name), file.path.clone()));
            let files = files.collect();
            let folders: Option<Vec<_>> = folders.into_iter().collect();
            walked.again = folders.map(|folders| Walk { folders, files, entries });
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

#[cfg(all(test, unix))]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;

    /// As if nobody had touched these folders for a while.
    fn rest(root: &Path) {
        for folder in ["a", "a/b", "a/b/c"].map(|name| root.join(name)) {
            let old = SystemTime::now() - Duration::from_secs(60);
            let folder = fs::File::open(folder).expect("it is there");
            folder.set_modified(old).expect("its time can be set");
        }
    }

    #[test]
    fn folders_are_listed_again_where_something_came_or_went() {
        let folder = tempfile::tempdir().expect("there is a folder for temporary files");
        let root = folder.path().canonicalize().expect("it is there");
        fs::create_dir_all(root.join("a/b/c")).expect("it can be made");
        let write = |name: &str| fs::write(root.join(name), "text").expect("it can be written");
        for name in ["a/one", "a/b/two", "a/b/c/three", "outside"] {
            write(name);
        }
        let mut walks = Walks::new();
        let mut names: Vec<Arc<str>> = Vec::new();
        // The names, and how many of them were known.
        let mut look = || {
            let mut listing = Listing::new(&root, &walks);
            listing.folder("a", &mut Vec::new());
            let found: Vec<_> = listing.wanted.iter().map(|file| Arc::clone(&file.name)).collect();
            let known = |name: &&Arc<str>| names.iter().any(|other| Arc::ptr_eq(name, other));
            let count = found.iter().filter(known).count();
            let text = found.join(" ");
            (walks, names) = (listing.walks, found);
            (text, count)
        };
        let three = "a/one a/b/c/three a/b/two";
        rest(&root);
        assert_eq!(look(), (three.into(), 0));
        assert_eq!(look(), (three.into(), 2));
        write("a/b/c/four");
        assert_eq!(look(), ("a/one a/b/c/four a/b/c/three a/b/two".into(), 0));
        assert_eq!(look().1, 0, "more may have come in the same moment");
        rest(&root);
        look();
        assert_eq!(look().1, 3);
        fs::remove_file(root.join("a/b/c/four")).expect("it is there");
        rest(&root);
        assert_eq!(look(), (three.into(), 0), "times can be set, but not all");
        assert_eq!(look().1, 2);
        fs::remove_file(root.join("a/b/two")).expect("it is there");
        std::os::unix::fs::symlink(root.join("outside"), root.join("a/b/two")).expect("a link");
        rest(&root);
        assert_eq!(look(), (three.into(), 0));
        assert_eq!(look().1, 0, "what holds links is listed each time");
    }
}
