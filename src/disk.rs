//! Folders to snapshots, and sites to folders.
//!
//! Input: paths. Output: a [`Snapshot`]; files written. Responsibility: the only module that
//! reads and writes files, and the promises about them: nothing outside the folder is followed,
//! no file is ever half written, no folder is emptied that the tool did not make.
#![expect(clippy::disallowed_methods, reason = "this module is the core's way to the files")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::compile::LOCK;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::parse::config;
use crate::snapshot::{Overrides, Site, Snapshot};
use crate::text::is_inside;

mod cache;
mod listing;
mod reader;
pub use cache::Cache;
use listing::{Listing, Walks, Wanted};
use reader::Known;
pub use reader::Reader;

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: u64 = 64 << 20;

/// The most files and folders that are read.
pub const MOST_ENTRIES: usize = 200_000;

/// The most links that are followed. A few folders that link one another twice each make more paths
/// than any machine can walk.
pub const MOST_LINKS: usize = 1_000;

/// The most bytes that the files of a curriculum may have together.
pub const LARGEST_FOLDER: u64 = 4 << 30;

/// Lists what the tool wrote into an output folder; its presence says that the folder is ours.
const MANIFEST: &str = ".roadbook";

/// Holds new files in an output folder until each takes its place.
const STAGING: &str = ".roadbook-new";

/// Why work on files could not be done.
#[derive(Debug)]
pub enum DiskError {
    /// The machine said no.
    Io(PathBuf, io::Error),
    /// The output folder holds files that the tool did not write.
    Foreign(PathBuf),
    /// The folder for a new curriculum holds something already.
    Occupied(PathBuf),
    /// Another build writes into the same folder.
    Busy(PathBuf),
    /// A file of the site would lie outside the output folder.
    Outside(String),
}

impl std::fmt::Display for DiskError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Io(path, error) if error.kind() == io::ErrorKind::StorageFull => write!(
                f,
                "the disk is full, so {} could not be written; what was there is as it was",
                path.display()
            ),
            Self::Io(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Foreign(path) => write!(
                f,
                "the folder {} holds files that roadbook did not write; choose another with --out, \
                 or empty it yourself",
                path.display()
            ),
            Self::Occupied(path) => {
                write!(f, "the folder {} is not empty; name a new one", path.display())
            }
            Self::Busy(path) => {
                write!(f, "another build is writing into {}; wait for it", path.display())
            }
            Self::Outside(path) => {
                write!(f, "{path:?} leads out of the output folder, so nothing was written")
            }
        }
    }
}

impl std::error::Error for DiskError {}

fn at(path: &Path) -> impl FnOnce(io::Error) -> DiskError + '_ {
    move |error| DiskError::Io(path.to_owned(), error)
}

/// Reads a curriculum's folder.
///
/// # Errors
/// Where the folder itself cannot be read. Single files that cannot be read are diagnostics.
pub fn read(folder: &Path, overrides: Overrides) -> Result<(Snapshot, Vec<Diagnostic>), DiskError> {
    read_again(folder, overrides, &mut Reader::default())
}

/// Reads a curriculum's folder, of which `reader` holds what an earlier look has read.
///
/// # Errors
/// As [`read`].
pub fn read_again(
    folder: &Path,
    overrides: Overrides,
    reader: &mut Reader,
) -> Result<(Snapshot, Vec<Diagnostic>), DiskError> {
    let root = folder.canonicalize().map_err(at(folder))?;
    let mut diagnostics = Vec::new();
    let mut listing = Listing::new(&root, &reader.walks);
    for name in [config::PATH, LOCK] {
        listing.file(name, &mut diagnostics);
    }
    for name in ["content", "static", "themes"] {
        if root.join(name).is_dir() {
            listing.folder(name, &mut diagnostics);
        }
    }
    let (before, walks) = (&*reader, listing.walks);
    let read: Vec<Result<File, Diagnostic>> =
        listing.wanted.into_par_iter().map(|wanted| read_file(wanted, before)).collect();
    let mut snapshot = Snapshot { overrides, ..Snapshot::default() };
    let mut known = BTreeMap::new();
    for file in read {
        match file {
            Ok((name, file)) => {
                snapshot.files.insert(Arc::clone(&name), Arc::clone(&file.bytes));
                known.insert(name, file);
            }
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    *reader = Reader { known, walks };
    Ok((snapshot, diagnostics))
}

/// What is to become a curriculum.
#[derive(Debug)]
pub enum Found {
    /// One document.
    File(String),
    /// Markdown and its settings by path, with `/`.
    Folder(BTreeMap<String, String>),
    /// What cannot be read, and why.
    Nothing(String),
}

/// Reads a document, or a folder's Markdown with `book.toml`, of up to `largest` bytes together.
///
/// # Errors
/// Where there is nothing at the path, or the machine refuses.
pub fn documents(path: &Path, largest: usize) -> Result<Found, DiskError> {
    let real = path.canonicalize().map_err(at(path))?;
    if real.is_file() {
        let size = fs::metadata(&real).map_err(at(path))?.len();
        if size > largest as u64 {
            return Ok(Found::Nothing(format!("it has {size} bytes, more than {largest}")));
        }
        return Ok(match String::from_utf8(fs::read(&real).map_err(at(path))?) {
            Ok(text) => Found::File(text),
            Err(_) => Found::Nothing("it is not UTF-8; save it as UTF-8".to_owned()),
        });
    }
    let mut problems = Vec::new();
    let nothing = Walks::new();
    let mut listing = Listing::new(&real, &nothing);
    listing.folder("", &mut problems);
    let mut files = BTreeMap::new();
    let mut size = 0;
    for wanted in listing.wanted {
        let name = &*wanted.name;
        if !(name.ends_with(".md") || name.ends_with(".markdown") || name == config::PATH) {
            continue;
        }
        match read_file(wanted, &Reader::default()) {
            Ok((name, file)) => match std::str::from_utf8(&file.bytes) {
                Ok(text) => {
                    size += text.len();
                    files.insert(name.to_string(), text.to_owned());
                }
                Err(_) => return Ok(Found::Nothing(format!("`{name}` is not UTF-8"))),
            },
            Err(problem) => problems.push(problem),
        }
    }
    if let Some(problem) = problems.first() {
        return Ok(Found::Nothing(format!("`{}`: {}", problem.span.path, problem.message)));
    }
    if size > largest {
        return Ok(Found::Nothing(format!("it has more than {largest} bytes of Markdown")));
    }
    if files.is_empty() {
        return Ok(Found::Nothing("there is no Markdown in it".to_owned()));
    }
    Ok(Found::Folder(files))
}

type File = (Arc<str>, Known);

fn read_file(wanted: Wanted, reader: &Reader) -> Result<File, Diagnostic> {
    let Wanted { name, path, metadata } = wanted;
    let metadata = metadata.map_or_else(|| fs::metadata(&path), Ok);
    let read = metadata.and_then(|metadata| {
        let small = metadata.len() <= LARGEST_FILE;
        if small { reader.read(&name, &path, &metadata).map(Ok) } else { Ok(Err(metadata.len())) }
    });
    match read {
        Ok(Ok(file)) => Ok((name, file)),
        Ok(Err(size)) => Err(Diagnostic::new(
            Code::TooLarge,
            Span::file(&name),
            format!("the file has {size} bytes, more than {LARGEST_FILE}"),
            "publish large files elsewhere and link them",
        )),
        Err(error) => Err(Diagnostic::new(
            Code::Unreadable,
            Span::file(&name),
            format!("cannot be read: {error}"),
            "check the file's permissions",
        )),
    }
}

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

/// Writes a site: only the bytes that differ, each file at once, and removes what an earlier
/// build wrote and this one did not.
///
/// # Errors
/// Where the folder is not ours, is in use, or the machine refuses.
pub fn write(folder: &Path, site: &Site) -> Result<Written, DiskError> {
    // Whatever went wrong before, no byte goes elsewhere.
    if let Some(path) = site.files.keys().find(|path| !is_inside(path)) {
        return Err(DiskError::Outside(path.clone()));
    }
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty());
    if let Some(parent) = parent {
        fs::create_dir_all(parent).map_err(at(parent))?;
    }
    let _guard = Guard::take(folder)?;
    if is_vacant(folder)? {
        return write_fresh(folder, site);
    }
    match fs::read_to_string(folder.join(MANIFEST)) {
        Ok(before) => update(folder, &before, site),
        Err(_) => Err(DiskError::Foreign(folder.to_owned())),
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

/// A hidden path beside a folder: `.site.roadbook-lock`.
fn sibling(folder: &Path, purpose: &str) -> PathBuf {
    let name = folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().into());
    folder.with_file_name(format!(".{name}.roadbook-{purpose}"))
}

fn is_vacant(folder: &Path) -> Result<bool, DiskError> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(DiskError::Io(folder.to_owned(), error)),
    }
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

fn create_folders(folder: &Path, site: &Site) -> Result<(), DiskError> {
    for path in folders(site) {
        let path = folder.join(path);
        fs::create_dir_all(&path).map_err(at(&path))?;
    }
    Ok(())
}

/// The folders that hold files of the site.
fn folders(site: &Site) -> BTreeSet<&str> {
    site.files.keys().filter_map(|path| Some(path.rsplit_once('/')?.0)).collect()
}

/// Removes a folder that a build of our own left, or a link in its place.
fn clear(path: &Path) -> Result<(), DiskError> {
    let removed = if path.is_symlink() { fs::remove_file(path) } else { fs::remove_dir_all(path) };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(DiskError::Io(path.to_owned(), error))
        }
        _ => Ok(()),
    }
}

/// Into a folder beside the final one, which then takes its place in one step.
fn write_fresh(folder: &Path, site: &Site) -> Result<Written, DiskError> {
    // A folder that cannot be removed, such as a disk of its own, is filled file by file.
    if folder.exists() && fs::remove_dir(folder).is_err() {
        return update(folder, "", site);
    }
    let staging = sibling(folder, "new");
    clear(&staging)?;
    let fill = || -> Result<(), DiskError> {
        fs::create_dir_all(&staging).map_err(at(&staging))?;
        create_folders(&staging, site)?;
        site.files.par_iter().try_for_each(|(path, bytes)| {
            let path = staging.join(path);
            fs::write(&path, bytes).map_err(at(&path))
        })?;
        let list = staging.join(MANIFEST);
        fs::write(&list, manifest(site.files.keys().map(String::as_str))).map_err(at(&list))?;
        fs::rename(&staging, folder).map_err(at(folder))
    };
    fill().inspect_err(|_| {
        let _ = clear(&staging);
    })?;
    Ok(Written { written: site.files.len(), ..Written::default() })
}

/// The hash of each file of a site, in hexadecimal digits, by its path.
#[must_use]
pub fn hashes(site: &Site) -> BTreeMap<String, String> {
    let hash = |(path, bytes): (&String, &Arc<[u8]>)| (path.clone(), hash(bytes));
    site.files.par_iter().map(hash).collect()
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

/// Over an older site. Everything that differs is written beside it before the first file changes,
/// so that a full disk changes nothing; then each file takes its place in one step.
fn update(folder: &Path, before: &str, site: &Site) -> Result<Written, DiskError> {
    let staging = folder.join(STAGING);
    clear(&staging)?;
    let outcome = update_through(&staging, folder, before, site);
    let _ = clear(&staging);
    outcome
}

fn update_through(
    staging: &Path,
    folder: &Path,
    before: &str,
    site: &Site,
) -> Result<Written, DiskError> {
    let linked: BTreeSet<&str> = before
        .lines()
        .chain(site.files.keys().map(String::as_str))
        .flat_map(folders_of)
        .collect::<BTreeSet<&str>>()
        .into_iter()
        .filter(|path| folder.join(path).is_symlink())
        .collect();
    // Through a link in the place of a folder a file would lie somewhere else.
    let leads_away = |path: &str| folders_of(path).any(|part| linked.contains(part));
    if let Some(path) = site.files.keys().find(|path| leads_away(path)) {
        return Err(DiskError::Outside(folder.join(path).display().to_string()));
    }
    let before: BTreeSet<&str> = before
        .lines()
        .filter(|line| !line.starts_with('#') && is_inside(line) && !leads_away(line))
        .collect();
    fs::create_dir(staging).map_err(at(staging))?;
    let files: Vec<(&String, &Arc<[u8]>)> = site.files.iter().collect();
    let changed: Vec<(usize, &String)> = files
        .into_par_iter()
        .enumerate()
        .map(|(number, (path, bytes))| {
            if is_same(&folder.join(path), bytes) {
                return Ok(None);
            }
            let new = staging.join(number.to_string());
            fs::write(&new, bytes).map_err(at(&new))?;
            Ok(Some((number, path)))
        })
        .filter_map(Result::transpose)
        .collect::<Result<_, DiskError>>()?;
    let present: BTreeSet<&str> = site.files.keys().map(String::as_str).collect();
    // Until the end the list names the files of both builds, should this one be cut short.
    let both = staged_list(staging, "both", &manifest(before.union(&present).copied()))?;
    let after = staged_list(staging, "after", &manifest(present.iter().copied()))?;
    let list = folder.join(MANIFEST);
    fs::rename(&both, &list).map_err(at(&list))?;

    let strays: Vec<&str> = before.difference(&present).copied().collect();
    let needed = folders(site);
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
    create_folders(folder, site)?;
    changed.par_iter().try_for_each(|(number, path)| {
        let path = folder.join(path);
        fs::rename(staging.join(number.to_string()), &path).map_err(at(&path))
    })?;
    for stray in strays {
        removed += remove_stray(folder, stray);
    }
    fs::rename(&after, &list).map_err(at(&list))?;
    let written = changed.len();
    Ok(Written { written, unchanged: site.files.len() - written, removed })
}

/// The folders on the way to a file, from the outermost.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
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

/// Writes a file so that a reader sees either the old bytes or the new ones.
///
/// # Errors
/// Where the machine refuses.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    use std::io::Write as _;
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        fs::create_dir_all(parent).map_err(at(parent))?;
    }
    sweep(path);
    let staging = sibling(path, &std::process::id().to_string());
    let write = || -> io::Result<()> {
        // Never through a link that somebody else put there.
        let mut file = fs::OpenOptions::new().write(true).create_new(true).open(&staging)?;
        file.lock()?;
        file.write_all(bytes)?;
        fs::rename(&staging, path)
    };
    write().map_err(|error| {
        let _ = fs::remove_file(&staging);
        DiskError::Io(path.to_owned(), error)
    })
}

/// Removes what processes that were killed left beside a file; who still writes holds a lock.
fn sweep(path: &Path) {
    let beginning = sibling(path, "");
    let Some(beginning) = beginning.file_name().and_then(|name| name.to_str()) else { return };
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let Ok(entries) = fs::read_dir(parent.unwrap_or(Path::new("."))) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let process = name.to_str().and_then(|name| name.strip_prefix(beginning));
        let ours = process.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
        let dead = || fs::File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok());
        if ours && (entry.path().is_symlink() || dead()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// A text file, or `None` where there is none.
///
/// # Errors
/// Where it is there and cannot be read.
pub fn read_text(path: &Path) -> Result<Option<String>, DiskError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(DiskError::Io(path.to_owned(), error)),
    }
}

/// Appends to a file, which is made where it is not there.
///
/// # Errors
/// Where the machine refuses.
pub fn append(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    use std::io::Write as _;
    let mut file = fs::OpenOptions::new().append(true).create(true).open(path).map_err(at(path))?;
    file.write_all(bytes).map_err(at(path))
}

/// Writes files into a new or empty folder.
///
/// # Errors
/// Where the folder holds anything already, or the machine refuses.
pub fn create(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), DiskError> {
    if !is_vacant(folder)? {
        return Err(DiskError::Occupied(folder.to_owned()));
    }
    for (path, bytes) in files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(at(parent))?;
        }
        fs::write(&path, bytes).map_err(at(&path))?;
    }
    Ok(())
}
