//! Folders to snapshots, and sites to folders.
//!
//! Input: paths. Output: a [`Snapshot`]; files written. Responsibility: the only module that
//! reads and writes files, and the promises about them: nothing outside the folder is followed,
//! and no file is ever half written.
#![expect(clippy::disallowed_methods, reason = "this module is the core's way to the files")]

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::compile::LOCK;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::parse::config;
use crate::snapshot::{Overrides, PIECE, Snapshot};

mod cache;
mod listing;
mod output;
mod reader;
pub use cache::Cache;
use listing::{Listing, Walks, Wanted};
pub use output::{Hashes, Output, Written, is_current};
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
    let read: Vec<Result<File, Diagnostic>> = listing
        .wanted
        .into_par_iter()
        .with_max_len(PIECE)
        .map(|wanted| read_file(wanted, before))
        .collect();
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
