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
use walkdir::WalkDir;

use crate::compile::LOCK;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::parse::config;
use crate::snapshot::{Overrides, Site, Snapshot};

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: u64 = 64 << 20;

/// Lists what the tool wrote into an output folder; its presence says that the folder is ours.
const MANIFEST: &str = ".roadbook";

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
}

impl std::fmt::Display for DiskError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
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
    let root = folder.canonicalize().map_err(at(folder))?;
    let mut diagnostics = Vec::new();
    let mut wanted: Vec<(Arc<str>, PathBuf)> = Vec::new();
    for name in [config::PATH, LOCK] {
        let path = root.join(name);
        if path.is_file() {
            wanted.push((Arc::from(name), path));
        }
    }
    for name in ["content", "static", "themes"] {
        let folder = root.join(name);
        if folder.is_dir() {
            list(&root, &folder, &mut wanted, &mut diagnostics);
        }
    }
    let read: Vec<Result<File, Diagnostic>> =
        wanted.into_par_iter().map(|(name, path)| read_file(name, &path)).collect();
    let mut snapshot = Snapshot { overrides, ..Snapshot::default() };
    for file in read {
        match file {
            Ok((name, bytes)) => {
                snapshot.files.insert(name, bytes);
            }
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    Ok((snapshot, diagnostics))
}

fn list(
    root: &Path,
    folder: &Path,
    wanted: &mut Vec<(Arc<str>, PathBuf)>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let name_of = |path: &Path| -> Option<String> {
        let relative = path.strip_prefix(root).ok()?;
        Some(relative.to_str()?.replace('\\', "/"))
    };
    // Links are followed inside the folder only; a loop of links is an error of the walk.
    let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    let walk = walk.filter_entry(|entry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
    });
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let name = error.path().and_then(name_of).unwrap_or_default();
                diagnostics.push(Diagnostic::new(
                    Code::Unreadable,
                    Span::file(&name),
                    format!("cannot be read: {error}"),
                    "mend the link or the permissions",
                ));
                continue;
            }
        };
        if !entry.file_type().is_file() {
            continue;
        }
        let Some(name) = name_of(entry.path()) else {
            diagnostics.push(Diagnostic::new(
                Code::Unreadable,
                Span::file(&entry.path().to_string_lossy()),
                "the file's name is not UTF-8",
                "rename the file",
            ));
            continue;
        };
        let inside = entry.path().canonicalize().is_ok_and(|real| real.starts_with(root));
        if !inside {
            diagnostics.push(Diagnostic::new(
                Code::Unreadable,
                Span::file(&name),
                "a link leads out of the curriculum's folder",
                "copy the file instead of linking it",
            ));
            continue;
        }
        wanted.push((Arc::from(name), entry.into_path()));
    }
}

type File = (Arc<str>, Arc<[u8]>);

fn read_file(name: Arc<str>, path: &Path) -> Result<File, Diagnostic> {
    let size = fs::metadata(path).map(|metadata| metadata.len());
    if let Ok(size) = size
        && size > LARGEST_FILE
    {
        return Err(Diagnostic::new(
            Code::TooLarge,
            Span::file(&name),
            format!("the file has {size} bytes, more than {LARGEST_FILE}"),
            "publish large files elsewhere and link them",
        ));
    }
    match fs::read(path) {
        Ok(bytes) => Ok((name, bytes.into())),
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
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty());
    if let Some(parent) = parent {
        fs::create_dir_all(parent).map_err(at(parent))?;
    }
    let _guard = Guard::take(folder)?;
    if is_vacant(folder)? { write_fresh(folder, site) } else { update(folder, site) }
}

/// Keeps two builds from writing into one folder.
struct Guard {
    path: PathBuf,
    file: fs::File,
}

impl Guard {
    fn take(folder: &Path) -> Result<Self, DiskError> {
        let path = sibling(folder, "lock");
        let file = fs::File::create(&path).map_err(at(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { path, file }),
            Err(fs::TryLockError::WouldBlock) => Err(DiskError::Busy(folder.to_owned())),
            Err(fs::TryLockError::Error(error)) => Err(DiskError::Io(path, error)),
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // The file goes while it is still locked, so nobody can hold a lock on a removed one
        // while another holds one on its successor.
        let _ = fs::remove_file(&self.path);
        let _ = self.file.unlock();
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

fn manifest(site: &Site) -> String {
    let mut text =
        "# Written by roadbook; it removes these files when a build no longer has them.\n"
            .to_owned();
    for path in site.files.keys() {
        text.push_str(path);
        text.push('\n');
    }
    text
}

fn create_folders(folder: &Path, site: &Site) -> Result<(), DiskError> {
    let folders: BTreeSet<&str> =
        site.files.keys().filter_map(|path| Some(path.rsplit_once('/')?.0)).collect();
    for path in folders {
        let path = folder.join(path);
        fs::create_dir_all(&path).map_err(at(&path))?;
    }
    Ok(())
}

/// Into a folder beside the final one, which then takes its place in one step.
fn write_fresh(folder: &Path, site: &Site) -> Result<Written, DiskError> {
    let staging = sibling(folder, "new");
    if staging.exists() {
        fs::remove_dir_all(&staging).map_err(at(&staging))?;
    }
    fs::create_dir_all(&staging).map_err(at(&staging))?;
    create_folders(&staging, site)?;
    site.files.par_iter().try_for_each(|(path, bytes)| {
        let path = staging.join(path);
        fs::write(&path, bytes).map_err(at(&path))
    })?;
    let list = staging.join(MANIFEST);
    fs::write(&list, manifest(site)).map_err(at(&list))?;
    if folder.exists() {
        fs::remove_dir(folder).map_err(at(folder))?;
    }
    fs::rename(&staging, folder).map_err(at(folder))?;
    Ok(Written { written: site.files.len(), ..Written::default() })
}

fn update(folder: &Path, site: &Site) -> Result<Written, DiskError> {
    let list = folder.join(MANIFEST);
    let Ok(before) = fs::read_to_string(&list) else {
        return Err(DiskError::Foreign(folder.to_owned()));
    };
    create_folders(folder, site)?;
    let written = site
        .files
        .par_iter()
        .map(|(path, bytes)| -> Result<usize, DiskError> {
            let path = folder.join(path);
            if is_same(&path, bytes) {
                return Ok(0);
            }
            replace(&path, bytes)?;
            Ok(1)
        })
        .try_reduce(|| 0, |a, b| Ok(a + b))?;
    let mut removed = 0;
    for path in before.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let stays_inside =
            path.split('/').all(|part| !matches!(part, "" | "." | "..")) && !path.contains('\\');
        if stays_inside && !site.files.contains_key(path) {
            let path = folder.join(path);
            if fs::remove_file(&path).is_ok() {
                removed += 1;
            }
            remove_empty_folders(folder, &path);
        }
    }
    let text = manifest(site);
    if text != before {
        replace(&list, text.as_bytes())?;
    }
    Ok(Written { written, unchanged: site.files.len() - written, removed })
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
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        fs::create_dir_all(parent).map_err(at(parent))?;
    }
    let staging = sibling(path, &std::process::id().to_string());
    fs::write(&staging, bytes).map_err(at(&staging))?;
    fs::rename(&staging, path).map_err(|error| {
        let _ = fs::remove_file(&staging);
        DiskError::Io(path.to_owned(), error)
    })
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
