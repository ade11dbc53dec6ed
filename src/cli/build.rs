//! `roadbook build`.
//!
//! Input: a curriculum's folder. Output: the site in its folder, the lock, and what it came to.
//! Responsibility: what is written when, and the last words of a build.
#![expect(clippy::disallowed_methods, reason = "the command line may look at a clock")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use super::cache::Built;
use super::lock::{changed_lock, outdated};
use super::timings::{TimingFormat, Timings};
use super::{Common, Follow, changes, compile_read, load, say, show};
use crate::compile::{LOCK, Stats};
use crate::disk::{self, DiskError, Output, Written};
use crate::identity::Changes;
use crate::report::Format;

#[derive(Debug, clap::Args)]
pub(super) struct BuildArguments {
    #[command(flatten)]
    common: Common,
    /// Where the site goes [default: `site` in the curriculum's folder].
    #[arg(long, value_name = "OUT")]
    out: Option<PathBuf>,
    /// Fail if `progress.lock` would change.
    #[arg(long)]
    locked: bool,
    /// Show how long each phase took.
    #[arg(long, value_enum, value_name = "FORMAT", num_args = 0..=1, default_missing_value = "human")]
    timings: Option<TimingFormat>,
}

pub(super) fn build(arguments: &BuildArguments) -> Result<ExitCode, DiskError> {
    let common = &arguments.common;
    let start = Instant::now();
    let mut timings = Timings::start(common.talk());
    let out = arguments.out.clone().unwrap_or_else(|| common.dir.join("site"));
    let (snapshot, diagnostics) = load(common)?;
    timings.ended("read", snapshot.files.len(), "files");
    let cache = common.cache.open(&common.dir);
    if diagnostics.is_empty()
        && let Some(cache) = &cache
        && let Some(built) = Built::current(cache, &snapshot, &out)
    {
        timings.ended("compare", built.len(), "files");
        let written = Written { unchanged: built.len(), ..Written::default() };
        let stats = Stats { rendered: 0, ..built.stats };
        let done = Done { stats: &stats, lock: None, addressed: built.addressed, written };
        tell(arguments, &done, &out, &timings, start);
        return Ok(ExitCode::SUCCESS);
    }
    let output = Output::new(&out, cache.is_some());
    let follow = Follow { timings: &mut timings, store: Some(&output) };
    let mut compiled = compile_read(&snapshot, diagnostics, cache.as_ref(), follow);
    let lock = changed_lock(&snapshot, &compiled);
    if arguments.locked && lock.is_some() && compiled.site.is_some() {
        compiled.diagnostics.push(outdated(&compiled));
    }
    let usable = show(common, &snapshot, &compiled.diagnostics);
    let (Some(site), true) = (&compiled.site, usable) else { return Ok(ExitCode::FAILURE) };
    let (written, hashes) = output.finish(site)?;
    if let Some(lock) = &lock {
        disk::replace(&common.dir.join(LOCK), lock.as_bytes())?;
    }
    timings.ended("write", written.written, "files written");
    let addressed = compiled
        .linked
        .as_ref()
        .is_some_and(|(linked, _)| linked.curriculum.config.site_url.is_some());
    let stats = &compiled.stats;
    if let Some(cache) = &cache
        && compiled.diagnostics.is_empty()
    {
        Built::new(&snapshot, lock.as_deref(), hashes, *stats, addressed).keep(cache);
    }
    let changed = lock.map(|_| &*compiled.changes);
    tell(arguments, &Done { stats, lock: changed, addressed, written }, &out, &timings, start);
    // To take it apart takes longer than to end with it.
    std::mem::forget((snapshot, compiled));
    Ok(ExitCode::SUCCESS)
}

/// What a build came to.
struct Done<'a> {
    stats: &'a Stats,
    /// What changed in the lock, if anything did.
    lock: Option<&'a Changes>,
    /// Whether the site knows its address.
    addressed: bool,
    written: Written,
}

/// Tells what a build came to, and how long it took.
fn tell(
    arguments: &BuildArguments,
    done: &Done<'_>,
    out: &Path,
    timings: &Timings,
    start: Instant,
) {
    if arguments.common.message_format != Format::Json {
        say(&summary_of(done, out, start));
    }
    match arguments.timings {
        Some(TimingFormat::Human) => say(&timings.human(done.stats)),
        Some(TimingFormat::Json) => say(&timings.json(done.stats)),
        None => {}
    }
}

fn summary_of(done: &Done<'_>, out: &Path, start: Instant) -> String {
    let Done { stats, written, .. } = done;
    let mut text = format!(
        "{} pages: {} levels, {} stages, {} topics, {} projects, {} sources\n",
        stats.pages, stats.levels, stats.stages, stats.topics, stats.projects, stats.sources
    );
    if let Some(changes) = done.lock {
        let _ = writeln!(text, "{LOCK}: {}", changes::in_short(changes));
    }
    if !done.addressed {
        text.push_str("no `[site] url`: without sitemap.xml, robots.txt and pictures for links\n");
    }
    let _ = writeln!(
        text,
        "{}: {} written, {} unchanged, {} removed\nDone in {} ms",
        out.display(),
        written.written,
        written.unchanged,
        written.removed,
        start.elapsed().as_millis()
    );
    text
}
