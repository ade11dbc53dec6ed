//! Sites to folders.
//!
//! Input: pages as they are made, and the rest of a [`Site`]. Output: a folder that holds just
//! these files. Responsibility: the promises about it: until all is there nothing of the former
//! site changes, each file takes its place in one step, and no folder is touched that the tool did
//! not make.
#![expect(clippy::disallowed_methods, reason = "this module is the core's way to the files")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rayon::prelude::*;

use super::{DiskError, at, clear, is_vacant, sibling};
use crate::snapshot::{PIECE, Site, Store};
use crate::text::{folders_of, is_inside};

/// Lists what the tool wrote into an output folder; its presence says that the folder is ours.
const MANIFEST: &str = ".roadbook";

/// Holds new files in an output folder until each takes its place.
const STAGING: &str = ".roadbook-new";

/// What writing a site did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that were written.
    pub written: usize,
    /// Files that were as they should be.
    pub unchanged: usize,
    /// Files that an earlier build had written and this one does not have.
    pub removed: usize,
}

/// The hash of each file of a site, in hexadecimal digits, by its path.
pub type Hashes = BTreeMap<String, String>;

/// A site that is being written: only the bytes that differ, each file at once; what an earlier
/// build wrote and this one did not is removed. What was taken goes again unless it is finished.
pub struct Output {
    folder: PathBuf,
    hashed: bool,
    /// The folder is not looked at before there is something to write.
    opened: OnceLock<Result<Opened, DiskError>>,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    files: BTreeMap<String, Placed>,
    failure: Option<DiskError>,
}

/// A file that was taken.
struct Placed {
    /// The number of its new bytes among those that wait; `None` where they lie at their place.
    waits: Option<usize>,
    hash: Option<String>,
}

impl Output {
    /// Nothing happens to the folder before a file is taken. Each is `hashed` if somebody asks for
    /// that in the end.
    #[must_use]
    pub fn new(folder: &Path, hashed: bool) -> Self {
        let (opened, taken) = (OnceLock::new(), Mutex::default());
        Self { folder: folder.to_owned(), hashed, opened, taken }
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes what of the site was not taken yet, and puts all into place.
    ///
    /// # Errors
    /// Where the folder is not ours, is in use, or the machine refuses, now or before.
    pub fn finish(mut self, site: &Site) -> Result<(Written, Hashes), DiskError> {
        // Whatever went wrong before, no byte goes elsewhere.
        if let Some(path) = site.files.keys().find(|path| !is_inside(path)) {
            return Err(DiskError::Outside(path.clone()));
        }
        let files: Vec<(&String, &Arc<[u8]>)> = site.files.iter().collect();
        files.into_par_iter().with_max_len(PIECE).for_each(|(path, bytes)| self.put(path, bytes));
        let opened = self.opened.take().unwrap_or_else(|| Opened::open(&self.folder))?;
        let taken = self.taken.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(failure) = taken.failure {
            return Err(failure);
        }
        let written = opened.finish(&taken.files)?;
        let hashes = taken.files.into_iter().filter_map(|(path, file)| Some((path, file.hash?)));
        Ok((written, hashes.collect()))
    }
}

impl Store for Output {
    fn put(&self, path: &str, bytes: &[u8]) {
        let opened = self.opened.get_or_init(|| Opened::open(&self.folder));
        let Ok(opened) = opened else { return };
        if self.taken().failure.is_some() {
            return;
        }
        let placed = opened.place(path, bytes);
        let hash = self.hashed.then(|| hash(bytes));
        let mut taken = self.taken();
        match placed {
            Ok(waits) => drop(taken.files.insert(path.to_owned(), Placed { waits, hash })),
            Err(error) => drop(taken.failure.get_or_insert(error)),
        }
    }
}

/// An output folder that nobody else writes into.
struct Opened {
    folder: PathBuf,
    staging: PathBuf,
    way: Way,
    done: bool,
    _guard: Guard,
}

enum Way {
    /// Files go into a folder beside the final one, which takes its place in one step.
    Fresh {
        /// Whether an empty folder was removed for it.
        emptied: bool,
    },
    /// Files that differ wait inside the folder, numbered, until the former site can be changed: so
    /// a full disk changes nothing.
    Over {
        /// The list of the former build.
        before: String,
        waiting: AtomicUsize,
    },
}

impl Opened {
    fn open(folder: &Path) -> Result<Self, DiskError> {
        let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty());
        if let Some(parent) = parent {
            fs::create_dir_all(parent).map_err(at(parent))?;
        }
        let guard = Guard::take(folder)?;
        let over = |before: String| Way::Over { before, waiting: AtomicUsize::new(0) };
        let way = if is_vacant(folder)? {
            let emptied = folder.exists();
            // A folder that cannot be removed, such as a disk of its own, is filled file by file.
            let stays = emptied && fs::remove_dir(folder).is_err();
            if stays { over(String::new()) } else { Way::Fresh { emptied } }
        } else {
            match fs::read_to_string(folder.join(MANIFEST)) {
                Ok(before) => over(before),
                Err(_) => return Err(DiskError::Foreign(folder.to_owned())),
            }
        };
        let staging = match way {
            Way::Fresh { .. } => sibling(folder, "new"),
            Way::Over { .. } => folder.join(STAGING),
        };
        let opened = Self { folder: folder.to_owned(), staging, way, done: false, _guard: guard };
        clear(&opened.staging)?;
        fs::create_dir(&opened.staging).map_err(at(&opened.staging))?;
        Ok(opened)
    }

    /// Takes a file, and returns its number if it waits.
    fn place(&self, path: &str, bytes: &[u8]) -> Result<Option<usize>, DiskError> {
        if !is_inside(path) {
            return Err(DiskError::Outside(path.to_owned()));
        }
        match &self.way {
            Way::Fresh { .. } => {
                let new = self.staging.join(path);
                let mut wrote = fs::write(&new, bytes);
                if wrote.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
                    let parent = new.parent().unwrap_or(&self.staging);
                    fs::create_dir_all(parent).map_err(at(parent))?;
                    wrote = fs::write(&new, bytes);
                }
                wrote.map_err(at(&new))?;
                Ok(None)
            }
            Way::Over { .. } if is_same(&self.folder.join(path), bytes) => Ok(None),
            Way::Over { waiting, .. } => {
                let number = waiting.fetch_add(1, Ordering::Relaxed);
                let new = self.staging.join(number.to_string());
                fs::write(&new, bytes).map_err(at(&new))?;
                Ok(Some(number))
            }
        }
    }

    fn finish(mut self, files: &BTreeMap<String, Placed>) -> Result<Written, DiskError> {
        let written = match &self.way {
            Way::Fresh { .. } => {
                staged_list(&self.staging, MANIFEST, &manifest(files.keys().map(String::as_str)))?;
                fs::rename(&self.staging, &self.folder).map_err(at(&self.folder))?;
                Written { written: files.len(), ..Written::default() }
            }
            Way::Over { before, .. } => self.replace(before, files)?,
        };
        self.done = true;
        Ok(written)
    }

    /// Puts what waits into the place of what was there.
    fn replace(
        &self,
        before: &str,
        files: &BTreeMap<String, Placed>,
    ) -> Result<Written, DiskError> {
        let Self { folder, staging, .. } = self;
        let linked: BTreeSet<&str> = before
            .lines()
            .chain(files.keys().map(String::as_str))
            .flat_map(folders_of)
            .collect::<BTreeSet<&str>>()
            .into_iter()
            .filter(|path| folder.join(path).is_symlink())
            .collect();
        // Through a link in the place of a folder a file would lie somewhere else.
        let leads_away = |path: &str| folders_of(path).any(|part| linked.contains(part));
        if let Some(path) = files.keys().find(|path| leads_away(path)) {
            return Err(DiskError::Outside(folder.join(path).display().to_string()));
        }
        let before: BTreeSet<&str> = before
            .lines()
            .filter(|line| !line.starts_with('#') && is_inside(line) && !leads_away(line))
            .collect();
        let present: BTreeSet<&str> = files.keys().map(String::as_str).collect();
        // Until the end the list names the files of both builds, should this one be cut short.
        let both = staged_list(staging, "both", &manifest(before.union(&present).copied()))?;
        let after = staged_list(staging, "after", &manifest(present.iter().copied()))?;
        let list = folder.join(MANIFEST);
        fs::rename(&both, &list).map_err(at(&list))?;

        let strays: Vec<&str> = before.difference(&present).copied().collect();
        let needed: BTreeSet<&str> =
            files.keys().filter_map(|path| Some(path.rsplit_once('/')?.0)).collect();
        // A file where a folder must be, or the other way round, has to go first.
        let in_the_way = |stray: &&&str| {
            let becomes_folder = || {
                let below = format!("{stray}/");
                needed.contains(**stray)
                    || needed
                        .range(below.as_str()..)
                        .next()
                        .is_some_and(|path| path.starts_with(&below))
            };
            folders_of(stray).any(|folder| present.contains(folder)) || becomes_folder()
        };
        let mut removed = 0;
        for stray in strays.iter().filter(in_the_way) {
            removed += remove_stray(folder, stray);
        }
        for path in &needed {
            let path = folder.join(path);
            fs::create_dir_all(&path).map_err(at(&path))?;
        }
        let changed: Vec<(&String, usize)> =
            files.iter().filter_map(|(path, file)| Some((path, file.waits?))).collect();
        changed.par_iter().try_for_each(|(path, number)| {
            let path = folder.join(path);
            fs::rename(staging.join(number.to_string()), &path).map_err(at(&path))
        })?;
        for stray in strays {
            removed += remove_stray(folder, stray);
        }
        fs::rename(&after, &list).map_err(at(&list))?;
        let written = changed.len();
        Ok(Written { written, unchanged: files.len() - written, removed })
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        match self.way {
            Way::Fresh { .. } if self.done => {}
            Way::Fresh { emptied } => {
                let _ = clear(&self.staging);
                if emptied {
                    let _ = fs::create_dir(&self.folder);
                }
            }
            Way::Over { .. } => drop(clear(&self.staging)),
        }
    }
}

/// Keeps two builds from writing into one folder.
struct Guard {
    path: PathBuf,
    file: fs::File,
}

impl Guard {
    fn take(folder: &Path) -> Result<Self, DiskError> {
        let path = sibling(folder, "lock");
        loop {
            if path.is_symlink() {
                return Err(DiskError::Outside(path.display().to_string()));
            }
            let open = fs::OpenOptions::new().write(true).create(true).truncate(false).open(&path);
            let file = open.map_err(at(&path))?;
            match file.try_lock() {
                // Its last owner may have removed it between the two lines above.
                Ok(()) if is_at(&file, &path) => return Ok(Self { path, file }),
                Ok(()) => {}
                Err(fs::TryLockError::WouldBlock) => {
                    return Err(DiskError::Busy(folder.to_owned()));
                }
                Err(fs::TryLockError::Error(error)) => return Err(DiskError::Io(path, error)),
            }
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // The file goes while it is still locked; whoever waits for it sees that it is gone.
        let _ = fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}

/// Whether the open file is still the one at the path.
#[cfg(unix)]
fn is_at(file: &fs::File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let place = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    let (Ok(open), Ok(there)) = (file.metadata(), fs::metadata(path)) else { return false };
    place(open) == place(there)
}

/// Elsewhere an open file cannot be replaced.
#[cfg(not(unix))]
fn is_at(_: &fs::File, _: &Path) -> bool {
    true
}

fn manifest<'a>(paths: impl IntoIterator<Item = &'a str>) -> String {
    let mut text =
        "# Written by roadbook; it removes these files when a build no longer has them.\n"
            .to_owned();
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    text
}

fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// Whether a build that makes exactly these files would find nothing to write in the folder. Every
/// byte is looked at.
#[must_use]
pub fn is_current(folder: &Path, files: &BTreeMap<String, String>) -> bool {
    let paths = files.keys().map(String::as_str);
    let list = fs::read_to_string(folder.join(MANIFEST));
    if !list.is_ok_and(|list| list == manifest(paths.clone())) {
        return false;
    }
    let folders: BTreeSet<&str> = paths.flat_map(folders_of).collect();
    folders.iter().all(|path| !folder.join(path).is_symlink())
        && files.par_iter().all(|(path, expected)| {
            let path = folder.join(path);
            let plain = fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_file());
            plain && fs::read(&path).is_ok_and(|bytes| hash(&bytes) == *expected)
        })
}

fn staged_list(staging: &Path, name: &str, list: &str) -> Result<PathBuf, DiskError> {
    let path = staging.join(name);
    fs::write(&path, list).map_err(at(&path))?;
    Ok(path)
}

/// Removes a file of an earlier build and the folders that it leaves empty; how many files went.
fn remove_stray(folder: &Path, path: &str) -> usize {
    let path = folder.join(path);
    let removed = fs::remove_file(&path).is_ok();
    remove_empty_folders(folder, &path);
    usize::from(removed)
}

fn remove_empty_folders(root: &Path, path: &Path) {
    let mut folder = path.parent();
    while let Some(path) = folder.filter(|path| *path != root) {
        if fs::remove_dir(path).is_err() {
            return;
        }
        folder = path.parent();
    }
}

fn is_same(path: &Path, bytes: &[u8]) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.len() == bytes.len() as u64)
        && fs::read(path).is_ok_and(|old| old == bytes)
}
