//! A live preview: compiled into memory, served from memory, renewed as files are saved.
//!
//! Input: a curriculum's folder. Output: pages at `http://127.0.0.1:PORT/`, until the program is
//! ended. Responsibility: the loop from a saved file to a renewed page; it writes nothing, neither
//! the site nor the lock. The compiler is the one that `build` runs: a memo saves work and never
//! changes a byte.
#![expect(clippy::disallowed_methods, reason = "the author is told how long a build took")]

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use crate::compile::{Compiled, Memo, Phase, Watch, compile_watched};
use crate::diagnostic::settle;
use crate::disk::{self, DiskError, Reader};
use crate::snapshot::{Overrides, Purpose, Site, Snapshot};

mod live;
mod problems;
mod server;
mod watch;

use live::Live;
use problems::Problem;

/// The first port that is tried where none is asked for.
pub const PORT: u16 = 3030;
/// How many ports after the first are tried.
const MORE_PORTS: u16 = 50;

/// How long the rest of a site waits after its pages are there.
const FIRST_LOOK: Duration = Duration::from_millis(80);

/// What a preview is made of.
#[derive(Debug, Clone)]
pub struct Options {
    /// The curriculum's folder.
    pub dir: PathBuf,
    /// The first port to try.
    pub port: u16,
    /// What the command line sets over `book.toml`. Without an address of the site, its own is
    /// used.
    pub overrides: Overrides,
    /// How an editor is asked to open a place: an address with `{file}`, `{line}` and `{column}`.
    pub editor: String,
}

/// What happened, for whoever tells the author.
#[derive(Debug)]
pub enum Event<'a> {
    /// Pages are served at this address. The second value is the port that was busy, if any.
    Serving(&'a str, Option<u16>),
    /// A compilation ended: how it went, the files that it was made from, and how long it took.
    Compiled(&'a Compiled, &'a Snapshot, Duration),
    /// The compiler failed at something that it should have reported; the last site stands.
    Panicked,
    /// The folder could not be read; the last site stands.
    Unreadable(&'a DiskError),
    /// The machine tells nothing of changes, so that files are looked at each second.
    Polling(&'a str),
}

/// Serves a curriculum until the program ends.
///
/// # Errors
/// Where no port is free, or the folder cannot be read at the start.
pub fn serve(options: &Options, tell: &mut dyn FnMut(Event<'_>)) -> Result<(), DiskError> {
    let (listener, port) = listen(options.port)
        .map_err(|error| DiskError::Io(PathBuf::from(format!("port {}", options.port)), error))?;
    let address = format!("http://127.0.0.1:{port}/");
    let mut overrides = options.overrides.clone();
    overrides.site_url.get_or_insert_with(|| address.clone());
    overrides.purpose = Purpose::Preview;

    // From before the first look, so that nothing is missed between the two.
    let watcher = watch::watch(&options.dir);
    let live = Arc::new(Live::new(milliseconds()));
    let mut previewer = Previewer {
        options,
        overrides,
        reader: Reader::default(),
        memo: Memo::default(),
        last: None,
        live: Arc::clone(&live),
    };
    previewer.refresh(tell)?;
    server::start(listener, port, live);
    tell(Event::Serving(&address, (port != options.port).then_some(options.port)));
    let mut watcher = watcher;
    if let Some(reason) = watcher.polling() {
        tell(Event::Polling(reason));
    }
    loop {
        watcher.wait();
        if let Err(error) = previewer.refresh(tell) {
            previewer.live.fail(Problem::unreadable(&error));
            tell(Event::Unreadable(&error));
        }
    }
}

/// A listener on the first free port. Only this machine can reach it.
fn listen(first: u16) -> std::io::Result<(TcpListener, u16)> {
    let mut port = first;
    loop {
        match TcpListener::bind(("127.0.0.1", port)) {
            Ok(listener) => {
                // With port 0 the machine chooses.
                let port = listener.local_addr()?.port();
                return Ok((listener, port));
            }
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
                match port.checked_add(1) {
                    Some(next) if next - first <= MORE_PORTS => port = next,
                    _ => return Err(error),
                }
            }
            Err(error) => return Err(error),
        }
    }
}

/// Since 1970; 0 where the machine's clock is wrong.
fn milliseconds() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(0)
}

/// Shows what readers see before the rest of a site is made.
struct Early<'a> {
    live: Option<&'a Live>,
    shown: bool,
}

impl Early<'_> {
    /// Lets the browser have the processor, of which the rest of the site would take much.
    fn give_way(&mut self) {
        if !self.shown {
            std::thread::sleep(FIRST_LOOK);
        }
        self.shown = true;
    }
}

impl Watch for Early<'_> {
    fn ended(&mut self, _: Phase, _: usize) {}

    fn open(&self) -> Vec<String> {
        self.live.map_or_else(Vec::new, Live::open)
    }

    fn first(&mut self, pages: BTreeMap<String, Arc<[u8]>>) {
        if let Some(live) = self.live {
            live.show_first(pages);
            self.give_way();
        }
    }

    fn shown(&mut self, site: Site) {
        if let Some(live) = self.live {
            live.show_early(site);
            self.give_way();
        }
    }
}

struct Previewer<'a> {
    options: &'a Options,
    overrides: Overrides,
    reader: Reader,
    memo: Memo,
    /// The files of the last compilation.
    last: Option<Snapshot>,
    live: Arc<Live>,
}

impl Previewer<'_> {
    /// Compiles, if a file differs from the last time, and shows what came of it.
    fn refresh(&mut self, tell: &mut dyn FnMut(Event<'_>)) -> Result<(), DiskError> {
        let start = Instant::now();
        let overrides = self.overrides.clone();
        let (snapshot, mut found) =
            disk::read_again(&self.options.dir, overrides, &mut self.reader)?;
        if found.is_empty() && self.last.as_ref() == Some(&snapshot) {
            return Ok(());
        }
        let memo = &mut self.memo;
        let good = self.live.site();
        // What is wrong with the folder itself is told before anything of it is shown.
        let mut early = Early { live: found.is_empty().then_some(&self.live), shown: false };
        let compiled =
            catch_unwind(AssertUnwindSafe(|| compile_watched(&snapshot, memo, &mut early)));
        let back = early.shown.then_some(good);
        let Ok(mut compiled) = compiled else {
            // Half of it may belong to the run that failed.
            self.memo = Memo::default();
            self.live.show(back, vec![Problem::panic()]);
            tell(Event::Panicked);
            self.last = Some(snapshot);
            return Ok(());
        };
        compiled.diagnostics.append(&mut found);
        settle(&mut compiled.diagnostics);
        if crate::diagnostic::has_errors(&compiled.diagnostics) {
            compiled.site = None;
        }
        let problems =
            problems::of(&compiled.diagnostics, &snapshot, &self.options.dir, &self.options.editor);
        let site = compiled.site.take().map(Arc::new);
        self.live.show(site.or(back), problems);
        tell(Event::Compiled(&compiled, &snapshot, start.elapsed()));
        self.last = Some(snapshot);
        Ok(())
    }
}
