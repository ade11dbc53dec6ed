//! What long work shows while it runs.
//!
//! Input: the ends of phases as they come. Output: a bar on a terminal, or a line for each phase
//! where `--verbose` asks for it; nothing at all in a pipe. Responsibility: that nobody who waits
//! wonders whether anything happens, and that nothing of it stays behind.

use std::io::{IsTerminal as _, Write as _};
use std::time::Duration;

/// How talkative a command is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Talk {
    /// Shows a bar where someone watches.
    Usual,
    /// Tells of each phase.
    Verbose,
}

/// The phases in order, and how much of a build's time each usually takes, in percent.
const SHARES: &[(&str, usize)] = &[
    ("read", 3),
    ("parse", 20),
    ("assemble", 1),
    ("identity", 4),
    ("model", 1),
    ("link", 4),
    ("view", 3),
    ("render", 22),
    ("site", 6),
    ("print", 10),
    ("search", 11),
    ("check", 8),
    ("write", 7),
];

/// How many signs the bar is wide.
const WIDTH: usize = 30;

/// Below this number of files everything is over before one could read it.
const FEW_FILES: usize = 100;

/// What is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Nothing,
    Bar,
    Lines,
}

/// Shows how far the work is.
pub(super) struct Progress {
    shown: Shown,
    few: bool,
}

impl Progress {
    pub(super) fn new(talk: Talk) -> Self {
        let watched = || {
            std::io::stderr().is_terminal()
                && std::env::var_os("TERM").is_none_or(|terminal| terminal != "dumb")
        };
        let shown = match talk {
            Talk::Verbose => Shown::Lines,
            Talk::Usual if watched() => Shown::Bar,
            Talk::Usual => Shown::Nothing,
        };
        Self { shown, few: true }
    }

    /// A phase has ended after `time` and made `count` of what `counted` names.
    pub(super) fn ended(&mut self, phase: &str, time: Duration, count: usize, counted: &str) {
        if phase == "read" {
            self.few = count < FEW_FILES;
        }
        match self.shown {
            Shown::Nothing => {}
            Shown::Bar if self.few => {}
            Shown::Bar => tell(&format!("\r\x1b[2K{}", bar(phase).unwrap_or_default())),
            Shown::Lines => {
                let seconds = time.as_secs_f64();
                tell(&format!("{phase:>10} {seconds:8.3} s  {count} {counted}\n"));
            }
        }
    }

    /// Makes room for other text.
    pub(super) fn clear(&self) {
        if self.shown == Shown::Bar && !self.few {
            tell("\r\x1b[2K");
        }
    }
}

/// A closed terminal is no reason to stop.
fn tell(text: &str) {
    let mut terminal = std::io::stderr().lock();
    let _ = terminal.write_all(text.as_bytes()).and_then(|()| terminal.flush());
}

/// The bar after `phase` has ended, with the name of the next; none after the last.
fn bar(phase: &str) -> Option<String> {
    let at = SHARES.iter().position(|(name, _)| *name == phase)?;
    let (next, _) = SHARES.get(at + 1)?;
    let done: usize = SHARES[..=at].iter().map(|(_, share)| share).sum();
    let full = done * WIDTH / 100;
    Some(format!("[{}{}] {done:3} % {next}", "█".repeat(full), "░".repeat(WIDTH - full)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_grows_to_its_end() {
        assert_eq!(SHARES.iter().map(|(_, share)| share).sum::<usize>(), 100);
        let bars: Vec<String> = SHARES.iter().filter_map(|(name, _)| bar(name)).collect();
        assert_eq!(bars.len() + 1, SHARES.len());
        assert!(bars.iter().all(|bar| bar.chars().filter(|c| "█░".contains(*c)).count() == WIDTH));
        assert_eq!(bars[1], format!("[{}{}]  23 % assemble", "█".repeat(6), "░".repeat(24)));
        assert_eq!(bar("write"), None);
    }
}
