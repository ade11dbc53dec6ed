//! What a command leaves for the next one.
//!
//! Input: `--cache`, `--no-cache`, a snapshot. Output: colours of code that are known, and whether a
//! site is what it would become. Responsibility: which parts of the work are worth keeping: a cache
//! never changes a byte of a site, only how long it takes.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use serde::{Deserialize, Serialize};

use crate::compile::{LOCK, Memo, Stats};
use crate::disk::{self, Cache, Hashes};
use crate::highlight::KnownCode;
use crate::snapshot::Snapshot;

/// Two programs that could disagree differ in this.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "-", env!("ROADBOOK_SOURCE"));
/// The names of what is kept.
const COLOURS: &str = "colours";
const BUILT: &str = "built";

#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct CacheArguments {
    /// Where work is kept for the next run [default: the machine's folder for caches].
    #[arg(long, value_name = "DIR", conflicts_with = "no_cache")]
    cache: Option<PathBuf>,
    /// Keep nothing, and use nothing that was kept.
    #[arg(long)]
    no_cache: bool,
}

impl CacheArguments {
    /// The cache of a curriculum, if there is to be one.
    pub(super) fn open(&self, curriculum: &Path) -> Option<Cache> {
        if self.no_cache {
            return None;
        }
        let usual = || {
            let machine = etcetera::choose_base_strategy().ok()?;
            Some(machine.cache_dir().join("roadbook"))
        };
        Some(Cache::new(self.cache.clone().or_else(usual)?, curriculum, VERSION))
    }
}

/// A memo that knows what the last run left.
pub(super) fn memo(cache: Option<&Cache>) -> Memo {
    let Some(cache) = cache else { return Memo::default() };
    let known = cache.read(COLOURS).and_then(|bytes| serde_json::from_slice(&bytes).ok());
    Memo::knowing(known.unwrap_or_default())
}

/// Leaves what a memo knows.
pub(super) fn keep(cache: Option<&Cache>, memo: Memo) {
    let Some(cache) = cache else { return };
    let known: KnownCode = memo.into_known();
    if let Ok(bytes) = serde_json::to_vec(&known) {
        cache.write(COLOURS, &bytes);
    }
}

/// A build without any diagnostic.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Built {
    /// The hash of all that it was made from.
    from: String,
    /// How much there was of what.
    pub(super) stats: Stats,
    /// Whether the site knows its address.
    pub(super) addressed: bool,
    /// The hash of each file.
    files: Hashes,
}

impl Built {
    /// Notes a build of these files. With the lock that it made, another comes to the same.
    pub(super) fn new(
        snapshot: &Snapshot,
        lock: Option<&str>,
        files: Hashes,
        stats: Stats,
        addressed: bool,
    ) -> Self {
        let mut snapshot = snapshot.clone();
        if let Some(lock) = lock {
            snapshot.files.insert(LOCK.into(), lock.as_bytes().into());
        }
        Self { from: hash(&snapshot), stats, addressed, files }
    }

    /// How many files it has.
    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    /// Leaves it for the next run.
    pub(super) fn keep(&self, cache: &Cache) {
        if let Ok(bytes) = serde_json::to_vec(self) {
            cache.write(BUILT, &bytes);
        }
    }

    /// The last build, if this snapshot would become the same and the folder holds it already.
    pub(super) fn current(cache: &Cache, snapshot: &Snapshot, out: &Path) -> Option<Self> {
        let built: Self = serde_json::from_slice(&cache.read(BUILT)?).ok()?;
        let current = built.from == hash(snapshot) && disk::is_current(out, &built.files);
        current.then_some(built)
    }
}

/// The hash of all that a build is made from.
fn hash(snapshot: &Snapshot) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut add = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    add(format!("{:?}", snapshot.overrides).as_bytes());
    for (path, bytes) in &snapshot.files {
        add(path.as_bytes());
        add(bytes);
    }
    hasher.finalize().to_hex().to_string()
}
