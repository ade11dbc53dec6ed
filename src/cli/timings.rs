//! How long each phase took, and how much memory the whole.
//!
//! Input: the ends of phases as they come. Output: a table or JSON. Responsibility: measuring,
//! from the first day, so that every change sees its cost.
#![expect(clippy::disallowed_methods, reason = "measuring needs a clock")]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use super::progress::{Progress, Talk};
use crate::compile::Stats;

/// How timings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum TimingFormat {
    /// A table.
    Human,
    /// One JSON object.
    Json,
}

/// A stop-watch with a lap for each phase.
pub(super) struct Timings {
    last: Instant,
    laps: Vec<(&'static str, Duration)>,
    progress: Progress,
}

impl Timings {
    pub(super) fn start(talk: Talk) -> Self {
        Self { last: Instant::now(), laps: Vec::new(), progress: Progress::new(talk) }
    }

    /// A phase has ended and made `count` of what `counted` names.
    pub(super) fn ended(&mut self, phase: &'static str, count: usize, counted: &str) {
        let now = Instant::now();
        let time = now - self.last;
        self.laps.push((phase, time));
        self.last = now;
        self.progress.ended(phase, time, count, counted);
    }

    /// Makes room for other text on the terminal.
    pub(super) fn clear(&self) {
        self.progress.clear();
    }

    fn total(&self) -> Duration {
        self.laps.iter().map(|(_, time)| *time).sum()
    }

    pub(super) fn human(&self, stats: &Stats) -> String {
        let mut out = String::new();
        let total = self.total().as_secs_f64().max(f64::EPSILON);
        for (phase, time) in &self.laps {
            let share = time.as_secs_f64() / total * 100.0;
            let _ = writeln!(out, "{phase:>10} {:9.1} ms {share:5.1} %", time.as_secs_f64() * 1e3);
        }
        let _ = writeln!(out, "{:>10} {:9.1} ms", "total", total * 1e3);
        let _ = writeln!(
            out,
            "{} pages, {} rendered, {} files, {} KB",
            stats.pages,
            stats.rendered,
            stats.files,
            stats.bytes / 1024
        );
        if let Some(peak) = peak_memory() {
            let _ = writeln!(out, "peak memory {} MB", peak >> 20);
        }
        out
    }

    pub(super) fn json(&self, stats: &Stats) -> String {
        let phases: serde_json::Map<String, serde_json::Value> = self
            .laps
            .iter()
            .map(|(phase, time)| ((*phase).to_owned(), (time.as_secs_f64() * 1e3).into()))
            .collect();
        let object = serde_json::json!({
            "phases_ms": phases,
            "total_ms": self.total().as_secs_f64() * 1e3,
            "pages": stats.pages,
            "rendered": stats.rendered,
            "files": stats.files,
            "bytes": stats.bytes,
            "peak_memory_bytes": peak_memory(),
        });
        format!("{object}\n")
    }
}

/// The most memory that this process has had, in bytes, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = crate::disk::read_text(std::path::Path::new("/proc/self/status")).ok()??;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024)
}
