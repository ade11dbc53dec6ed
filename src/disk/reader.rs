//! Files that are read again and again.
//!
//! Input: paths. Output: bytes. Responsibility: a file is read when it may have changed since the
//! last time, and not otherwise.
#![expect(clippy::disallowed_methods, reason = "what a file's time says depends on the clock")]

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::listing::Walks;

/// A file that was written so shortly before it was read may be written once more without showing
/// another time: the coarsest file systems count in steps of two seconds. Git calls such a file
/// «racily clean» (its `racy-git` notes).
const UNSURE: Duration = Duration::from_secs(3);

/// What was read before, by name.
#[derive(Debug, Default)]
pub struct Reader {
    pub(super) known: BTreeMap<Arc<str>, Known>,
    /// Where files were found.
    pub(super) walks: Walks,
}

/// A file as it was when it was read.
#[derive(Debug)]
pub(super) struct Known {
    stamp: Option<Stamp>,
    pub(super) bytes: Arc<[u8]>,
}

/// What the machine says of a file or folder that was not touched for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    size: u64,
    modified: SystemTime,
    node: Node,
}

/// Which file it is, and when anything about it changed, its times included.
#[cfg(unix)]
type Node = (u64, u64, i64, i64);
#[cfg(not(unix))]
type Node = ();

#[cfg(unix)]
fn node(metadata: &Metadata) -> Node {
    use std::os::unix::fs::MetadataExt as _;
    (metadata.dev(), metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn node(_: &Metadata) -> Node {}

impl Stamp {
    /// `None` where another write might not be told from this one.
    pub(super) fn of(metadata: &Metadata) -> Option<Self> {
        let modified = metadata.modified().ok()?;
        let age = SystemTime::now().duration_since(modified).ok()?;
        let node = node(metadata);
        (age > UNSURE).then_some(Self { size: metadata.len(), modified, node })
    }
}

impl Reader {
    /// The bytes of a file, from memory where it is as it was.
    pub(super) fn read(&self, name: &str, path: &Path, metadata: &Metadata) -> io::Result<Known> {
        let stamp = Stamp::of(metadata);
        if let Some(known) = self.known.get(name)
            && stamp.is_some()
            && known.stamp == stamp
        {
            return Ok(Known { stamp, bytes: Arc::clone(&known.bytes) });
        }
        let bytes = fs::read(path)?;
        Ok(Known { stamp, bytes: self.same_or(name, bytes) })
    }

    /// The bytes that are held already, where they are the same.
    fn same_or(&self, name: &str, bytes: Vec<u8>) -> Arc<[u8]> {
        match self.known.get(name) {
            Some(known) if *known.bytes == *bytes => Arc::clone(&known.bytes),
            _ => bytes.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(reader: &mut Reader, path: &Path) -> Arc<[u8]> {
        let metadata = fs::metadata(path).expect("it is there");
        let known = reader.read("a", path, &metadata).expect("it can be read");
        let bytes = Arc::clone(&known.bytes);
        reader.known.insert("a".into(), known);
        bytes
    }

    #[test]
    fn a_file_is_read_when_it_may_have_changed() {
        let folder = tempfile::tempdir().expect("there is a folder for temporary files");
        let path = folder.path().join("a");
        let mut reader = Reader::default();
        let old = SystemTime::now() - Duration::from_secs(60);
        let age = |time| {
            let file = fs::File::options().write(true).open(&path).expect("it can be opened");
            file.set_modified(time).expect("its time can be set");
        };
        fs::write(&path, "one").expect("it can be written");
        let first = look(&mut reader, &path);
        // Of the same length and the same instant, as far as a coarse clock tells.
        fs::write(&path, "two").expect("it can be written");
        assert_eq!(&*look(&mut reader, &path), b"two");
        assert_eq!(&*first, b"one");
        age(old);
        let settled = look(&mut reader, &path);
        assert!(Arc::ptr_eq(&settled, &look(&mut reader, &path)));
        fs::write(&path, "six").expect("it can be written");
        assert_eq!(&*look(&mut reader, &path), b"six");
        // A copy may bring its time with it.
        age(old);
        look(&mut reader, &path);
        let other = folder.path().join("b");
        fs::write(&other, "ten").expect("it can be written");
        let file = fs::File::options().write(true).open(&other).expect("it can be opened");
        file.set_modified(old).expect("its time can be set");
        fs::rename(&other, &path).expect("it can be renamed");
        if cfg!(unix) {
            assert_eq!(&*look(&mut reader, &path), b"ten");
        }
    }

    #[test]
    fn memory_is_not_read() {
        let folder = tempfile::tempdir().expect("there is a folder for temporary files");
        let path = folder.path().join("a");
        fs::write(&path, "one").expect("it can be written");
        let file = fs::File::options().write(true).open(&path).expect("it can be opened");
        let old = SystemTime::now() - Duration::from_secs(60);
        file.set_modified(old).expect("its time can be set");
        let mut reader = Reader::default();
        let metadata = fs::metadata(&path).expect("it is there");
        let known = reader.read("a", &path, &metadata).expect("it can be read");
        reader.known.insert("a".into(), known);
        fs::remove_file(&path).expect("it can be removed");
        let known = reader.read("a", &path, &metadata).expect("nothing has to be read");
        assert_eq!(&*known.bytes, b"one");
    }
}
