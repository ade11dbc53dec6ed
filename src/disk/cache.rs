//! What one run leaves for the next.
//!
//! Input: a folder for caches, and a curriculum's folder. Output: bytes that an earlier run of the
//! same program left for the same curriculum. Responsibility: nothing is believed of a file but that
//! it is whole and of this program; a damaged or foreign one counts as none. A cache that cannot be
//! read or written costs time and nothing else, so no problem with it is reported.
#![expect(clippy::disallowed_methods, reason = "this module is a cache's way to the files")]

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::replace;

/// The largest file of a cache, in bytes.
const LARGEST: u64 = 128 << 20;
/// The most bytes that all files of a folder for caches may have; the oldest go first.
const MOST: u64 = 512 << 20;
/// How each file begins.
const MAGIC: &[u8] = b"roadbook cache\n";
/// The length of a hash in bytes.
const HASH: usize = 32;
/// How the name of each file ends.
const ENDING: &str = ".roadbook-cache";

/// The cache of one curriculum.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    /// The curriculum, as a part of the files' names.
    name: String,
    version: &'static str,
}

impl Cache {
    /// The cache of the curriculum at `curriculum` in a folder that need not be there yet.
    /// `version` is what another program would not say of itself.
    #[must_use]
    pub fn new(folder: PathBuf, curriculum: &Path, version: &'static str) -> Self {
        let place = curriculum.canonicalize().unwrap_or_else(|_| curriculum.to_owned());
        let hash = blake3::hash(place.as_os_str().as_encoded_bytes()).to_hex();
        Self { folder, name: hash[..24].to_owned(), version }
    }

    fn path(&self, kind: &str) -> PathBuf {
        self.folder.join(format!("{}-{kind}{ENDING}", self.name))
    }

    fn hash(&self, content: &[u8]) -> [u8; HASH] {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.version.as_bytes());
        hasher.update(&[0]);
        hasher.update(content);
        *hasher.finalize().as_bytes()
    }

    /// What the last run left under this name.
    #[must_use]
    pub fn read(&self, kind: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let file = fs::File::open(self.path(kind)).ok()?;
        file.take(LARGEST + 1).read_to_end(&mut bytes).ok()?;
        let (hash, content) = bytes.strip_prefix(MAGIC)?.split_at_checked(HASH)?;
        let whole = bytes.len() as u64 <= LARGEST && hash == self.hash(content);
        whole.then(|| content.to_vec())
    }

    /// Leaves something for the next run. Nothing is written where it is there already.
    pub fn write(&self, kind: &str, content: &[u8]) {
        if content.len() as u64 > LARGEST - (MAGIC.len() + HASH) as u64 {
            let _ = fs::remove_file(self.path(kind));
            return;
        }
        if self.read(kind).is_some_and(|before| before == content) {
            return;
        }
        let bytes = [MAGIC, &self.hash(content), content].concat();
        if fs::create_dir_all(&self.folder).is_ok() && replace(&self.path(kind), &bytes).is_ok() {
            self.shrink(MOST);
        }
    }

    /// Removes the oldest files of any curriculum until all together have at most `most` bytes.
    fn shrink(&self, most: u64) {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut files: Vec<(SystemTime, u64, PathBuf)> = entries
            .filter(|entry| entry.file_name().to_string_lossy().ends_with(ENDING))
            .filter_map(|entry| {
                let metadata = entry.metadata().ok().filter(fs::Metadata::is_file)?;
                Some((metadata.modified().ok()?, metadata.len(), entry.path()))
            })
            .collect();
        files.sort();
        let mut bytes: u64 = files.iter().map(|(_, size, _)| size).sum();
        for (_, size, path) in files {
            if bytes <= most {
                break;
            }
            let _ = fs::remove_file(path);
            bytes -= size;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache(folder: &Path, curriculum: &str, version: &'static str) -> Cache {
        Cache::new(folder.to_owned(), Path::new(curriculum), version)
    }

    #[test]
    fn only_what_the_same_program_left_for_the_same_curriculum_is_read() {
        let folder = tempfile::tempdir().expect("there is a folder for temporary files");
        let folder = folder.path().join("made/when/needed");
        let one = cache(&folder, "/one", "1");
        assert_eq!(one.read("a"), None);
        one.write("a", b"text");
        assert_eq!(one.read("a").as_deref(), Some(&b"text"[..]));
        assert_eq!(one.read("b"), None);
        assert_eq!(cache(&folder, "/two", "1").read("a"), None);
        assert_eq!(cache(&folder, "/one", "2").read("a"), None);
        one.write("a", b"other");
        assert_eq!(one.read("a").as_deref(), Some(&b"other"[..]));
    }

    #[test]
    fn what_is_damaged_is_nothing_and_is_written_anew() {
        let folder = tempfile::tempdir().expect("there is a folder for temporary files");
        let cache = cache(folder.path(), "/one", "1");
        cache.write("a", b"text");
        let path = cache.path("a");
        let whole = fs::read(&path).expect("it is there");
        for length in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[length] ^= 1;
            for damaged in [&whole[..length], &flipped] {
                fs::write(&path, damaged).expect("it can be written");
                assert_eq!(cache.read("a"), None);
            }
        }
        cache.write("a", b"text");
        assert_eq!(fs::read(&path).expect("it is there"), whole);
    }

    #[test]
    fn the_oldest_files_go_and_foreign_ones_stay() {
        let folder = tempfile::tempdir().expect("there is a folder for temporary files");
        fs::write(folder.path().join("foreign"), [0; 1_000]).expect("it can be written");
        let caches = ["/one", "/two", "/three"].map(|place| cache(folder.path(), place, "1"));
        for (age, cache) in caches.iter().enumerate() {
            cache.write("a", &[0; 100]);
            let file = fs::File::options().write(true).open(cache.path("a")).expect("it is there");
            let time = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(age as u64);
            file.set_modified(time).expect("its time can be set");
        }
        caches[0].shrink(300);
        let left = caches.each_ref().map(|cache| cache.read("a").is_some());
        assert_eq!(left, [false, true, true]);
        assert!(folder.path().join("foreign").exists());
    }
}
