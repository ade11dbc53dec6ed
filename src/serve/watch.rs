//! When files may have changed.
//!
//! Input: a curriculum's folder. Output: a wake-up. Responsibility: the only module that names
//! `notify`. What an event says is not believed: editors save in many ways, and a folder may go and
//! come back. Whoever is woken looks at the files themselves.
#![expect(clippy::disallowed_methods, reason = "watching looks at folders")]

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::{Config, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher as _};

/// How long nothing may happen before the files are looked at: an editor's save is several steps.
const QUIET: Duration = Duration::from_millis(8);
/// How long a stream of changes can put off the look.
const LONGEST: Duration = Duration::from_millis(200);
/// How often files are looked at where the machine tells nothing.
const POLL: Duration = Duration::from_secs(1);

/// What is watched in the curriculum's folder, besides its own files.
const FOLDERS: [&str; 3] = ["content", "static", "themes"];

enum Machine {
    Told(RecommendedWatcher),
    Polled(PollWatcher),
    /// Neither works: look each time that [`POLL`] has passed.
    Blind,
}

impl Machine {
    fn watch(&mut self, path: &Path, mode: RecursiveMode) -> notify::Result<()> {
        match self {
            Self::Told(watcher) => watcher.watch(path, mode),
            Self::Polled(watcher) => watcher.watch(path, mode),
            Self::Blind => Ok(()),
        }
    }

    fn unwatch(&mut self, path: &Path) {
        // It may be gone, and its watch with it.
        let _ = match self {
            Self::Told(watcher) => watcher.unwatch(path),
            Self::Polled(watcher) => watcher.unwatch(path),
            Self::Blind => Ok(()),
        };
    }
}

/// A watch over a curriculum's folder.
pub(super) struct Watcher {
    root: PathBuf,
    machine: Machine,
    events: Receiver<Vec<PathBuf>>,
    reason: Option<String>,
}

/// Watches the files that `disk::read` reads.
pub(super) fn watch(root: &Path) -> Watcher {
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let (sender, events) = channel();
    let hear = {
        let sender = sender.clone();
        move |event: notify::Result<notify::Event>| {
            // Reading is no change; without this each look would cause the next one.
            let paths = match event {
                Ok(event) if event.kind.is_access() => return,
                Ok(event) => event.paths,
                Err(error) => error.paths,
            };
            let _ = sender.send(paths);
        }
    };
    let mut reason = None;
    let mut machine = match RecommendedWatcher::new(hear.clone(), Config::default()) {
        Ok(watcher) => Machine::Told(watcher),
        Err(error) => {
            reason = Some(error.to_string());
            polled(hear.clone())
        }
    };
    if let Err(error) = watch_all(&mut machine, &root) {
        reason = Some(error.to_string());
        machine = polled(hear);
        if watch_all(&mut machine, &root).is_err() {
            machine = Machine::Blind;
        }
    }
    Watcher { root, machine, events, reason }
}

fn polled(hear: impl Fn(notify::Result<notify::Event>) + Send + 'static) -> Machine {
    let config = Config::default().with_poll_interval(POLL);
    PollWatcher::new(hear, config).map_or(Machine::Blind, Machine::Polled)
}

/// The folder itself without what is below it, where a site or a repository may lie.
fn watch_all(machine: &mut Machine, root: &Path) -> notify::Result<()> {
    machine.watch(root, RecursiveMode::NonRecursive)?;
    for folder in FOLDERS.map(|name| root.join(name)) {
        if folder.is_dir() {
            machine.watch(&folder, RecursiveMode::Recursive)?;
        }
    }
    Ok(())
}

impl Watcher {
    /// Why files are only looked at now and then, where it is so.
    pub(super) fn polling(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// Returns when something may have changed and a short time has passed without more.
    pub(super) fn wait(&mut self) {
        let first = match self.machine {
            Machine::Blind => None,
            _ => self.events.recv().ok(),
        };
        let Some(mut paths) = first else {
            std::thread::sleep(POLL);
            return;
        };
        let start = Instant::now();
        while start.elapsed() < LONGEST {
            match self.events.recv_timeout(QUIET) {
                Ok(more) => paths.extend(more),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
        self.renew(&paths);
    }

    /// A folder that went and came back is a new one, of which the machine tells nothing yet.
    fn renew(&mut self, paths: &[PathBuf]) {
        for folder in FOLDERS.map(|name| self.root.join(name)) {
            if paths.contains(&folder) {
                self.machine.unwatch(&folder);
                if folder.is_dir() {
                    let _ = self.machine.watch(&folder, RecursiveMode::Recursive);
                }
            }
        }
    }
}
