//! Times and what they come to.
//!
//! Input: moments. Output: rows of a table. Responsibility: how time is measured and summed up.
#![expect(clippy::disallowed_methods, reason = "measuring needs a clock")]
#![expect(clippy::print_stdout, reason = "the standard output is the record")]

use std::time::{Duration, Instant};

/// How long something took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Time {
    /// By the clock on the wall.
    wall: Duration,
    /// What all threads together computed, where the system tells: unlike the clock it hardly
    /// minds what else the machine is doing.
    cpu: Option<Duration>,
}

impl Time {
    /// One after the other.
    pub(crate) fn and(self, other: Self) -> Self {
        let cpu = self.cpu.zip(other.cpu).map(|(one, two)| one + two);
        Self { wall: self.wall + other.wall, cpu }
    }
}

/// A stop-watch.
pub(crate) struct Watch {
    wall: Instant,
    cpu: Option<Duration>,
}

impl Watch {
    pub(crate) fn start() -> Self {
        Self { cpu: computed(), wall: Instant::now() }
    }

    pub(crate) fn time(&self) -> Time {
        let wall = self.wall.elapsed();
        Time { wall, cpu: self.cpu.zip(computed()).map(|(start, now)| now.saturating_sub(start)) }
    }
}

/// What the threads of this process have computed so far; Linux counts it in nanoseconds.
fn computed() -> Option<Duration> {
    let mut sum = Duration::ZERO;
    for thread in std::fs::read_dir("/proc/self/task").ok()? {
        let counted = std::fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        sum += Duration::from_nanos(counted.split_whitespace().next()?.parse().ok()?);
    }
    Some(sum)
}

/// Named times in the order in which the names came first.
#[derive(Default)]
pub(crate) struct Rows(Vec<(&'static str, Vec<Time>)>);

impl Rows {
    /// One more time of what is called `name`.
    pub(crate) fn add(&mut self, name: &'static str, time: Time) {
        match self.0.iter_mut().find(|(other, _)| *other == name) {
            Some((_, times)) => times.push(time),
            None => self.0.push((name, vec![time])),
        }
    }

    /// A line for each name. `before` holds the rows of a smaller size and its stages: the growth
    /// is what a stage costs here over what it cost there.
    pub(crate) fn print(&self, stages: usize, before: Option<(&Self, usize)>) {
        for (row, (name, times)) in self.0.iter().enumerate() {
            let summary = Summary::of(times);
            let growth = before
                .map(|(rows, count)| Summary::of(&rows.0[row].1).per_stage(count))
                // Linux counts in steps of some milliseconds.
                .filter(|smaller| *smaller > 0.0)
                .map(|smaller| format!("×{:.2}", summary.per_stage(stages) / smaller))
                .unwrap_or_default();
            println!(
                "{name:>10} {:10.1} {:10.1} {:>10} {:>7} {:10.1} {growth:>7}",
                summary.wall,
                summary.least,
                summary.cpu.map(|cpu| format!("{cpu:.1}")).unwrap_or_default(),
                summary.cpu.map(|cpu| format!("{:.2}", cpu / summary.wall)).unwrap_or_default(),
                summary.per_stage(stages)
            );
        }
    }
}

/// What several times come to, in milliseconds.
struct Summary {
    wall: f64,
    least: f64,
    cpu: Option<f64>,
}

impl Summary {
    fn of(times: &[Time]) -> Self {
        let wall = sorted(times.iter().map(|time| time.wall));
        let cpu: Option<Vec<Duration>> = times.iter().map(|time| time.cpu).collect();
        Self {
            wall: wall[wall.len() / 2],
            least: wall[0],
            cpu: cpu.map(sorted).map(|cpu| cpu[cpu.len() / 2]),
        }
    }

    /// Microseconds.
    #[expect(clippy::cast_precision_loss, reason = "numbers of stages are small")]
    fn per_stage(&self, stages: usize) -> f64 {
        self.cpu.unwrap_or(self.wall) * 1e3 / stages as f64
    }
}

fn sorted(times: impl IntoIterator<Item = Duration>) -> Vec<f64> {
    let mut times: Vec<f64> = times.into_iter().map(|time| time.as_secs_f64() * 1e3).collect();
    times.sort_by(f64::total_cmp);
    times
}
