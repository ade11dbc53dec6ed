//! What a build costs, for curricula of growing size.
//!
//! Input: sizes as arguments. Output: a table of times, on the standard output. Responsibility:
//! measuring; nothing here fails because something was slow, only because it was wrong.
//!
//! `cargo bench --bench cold -- [--projects] [STAGES]…` measures, and
//! `cargo bench --bench cold -- [--projects] --write DIR STAGES` writes a generated curriculum.
#![expect(clippy::disallowed_methods, reason = "a benchmark works on real folders")]
#![expect(clippy::print_stdout, reason = "the standard output is the record")]

use std::path::{Path, PathBuf};

use roadbook::compile::{self, Compiled, LOCK, Memo, Phase, compile_watched};
use roadbook::disk::{self, Output};
use roadbook::snapshot::{Overrides, Purpose, Snapshot, Store};

mod generator;
mod times;

use generator::{Plan, Projects, edited, retitled, with_theme, write_to};
use times::{Rows, Time, Watch};

/// Sizes where no argument names one.
const USUAL_SIZES: [usize; 2] = [100, 1_000];
/// From this size on, fewer runs are made.
const LARGE: usize = 10_000;

/// What the arguments ask for.
struct Wanted {
    sizes: Vec<usize>,
    projects: Projects,
    write: Option<PathBuf>,
    /// `cargo test --benches` asks only whether a benchmark runs.
    rehearsal: bool,
}

fn main() {
    let wanted = arguments();
    if let Some(folder) = &wanted.write {
        for stages in &wanted.sizes {
            let plan = Plan { stages: *stages, projects: wanted.projects };
            write_to(&plan.snapshot(), folder).expect("the curriculum can be written");
        }
        return;
    }
    // Everything is removed at the end only: a file system may be slow at making files where it has
    // just removed some.
    let temporary = tempfile::tempdir().expect("there is a folder for temporary files");
    println!("{} threads; medians, and the least of all runs", rayon::current_num_threads());
    let mut before: Option<Measured> = None;
    for stages in wanted.sizes {
        let runs = match stages {
            _ if wanted.rehearsal => 1,
            LARGE.. => 3,
            _ => 5,
        };
        let plan = Plan { stages, projects: wanted.projects };
        let measured = Measured::new(plan, runs, &temporary.path().join(stages.to_string()));
        measured.print(before.as_ref());
        before = Some(measured);
    }
}

fn arguments() -> Wanted {
    let mut wanted =
        Wanted { sizes: Vec::new(), projects: Projects::None, write: None, rehearsal: true };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            // Cargo's own mark of `cargo bench`.
            "--bench" => wanted.rehearsal = false,
            "--projects" => wanted.projects = Projects::OnePerStage,
            "--write" => {
                let folder = arguments.next().expect("`--write` is followed by a folder");
                wanted.write = Some(folder.into());
            }
            // Cargo's options for its own harness mean nothing here.
            option if option.starts_with('-') => {}
            stages => {
                let stages = stages.replace('_', "").parse();
                wanted.sizes.push(stages.expect("a size is a number of stages"));
            }
        }
    }
    if wanted.sizes.is_empty() {
        wanted.sizes = if wanted.rehearsal { vec![40] } else { USUAL_SIZES.to_vec() };
    }
    wanted
}

/// One size and what it took.
struct Measured {
    stages: usize,
    runs: usize,
    pages: usize,
    site_bytes: usize,
    content_bytes: usize,
    wholes: Rows,
    /// The phases of cold builds in order.
    phases: Rows,
    /// The phases of a build after a new title, in order.
    title_phases: Rows,
}

impl Measured {
    fn new(plan: Plan, runs: usize, folder: &Path) -> Self {
        let snapshot = plan.snapshot();
        let source = folder.join("curriculum");
        write_to(&snapshot, &source).expect("the curriculum can be written");
        let mut measured = Self {
            stages: plan.stages,
            runs,
            pages: 0,
            site_bytes: 0,
            content_bytes: snapshot.files.values().map(|bytes| bytes.len()).sum(),
            wholes: Rows::default(),
            phases: Rows::default(),
            title_phases: Rows::default(),
        };
        let mut lock = String::new();
        for run in 0..runs {
            lock = measured.cold_build(&source, &folder.join(format!("site-{run}")));
        }
        let locked = with_lock(&snapshot, &lock);
        measured.recompile(&locked, plan);
        measured
    }

    /// Reads a folder, compiles it with an empty memo and no lock, and writes a folder that is not
    /// there yet. Returns the lock.
    fn cold_build(&mut self, source: &Path, out: &Path) -> String {
        let watch = Watch::start();
        let (snapshot, found) =
            disk::read(source, Overrides::default()).expect("the curriculum can be read");
        let read = watch.time();
        assert!(found.is_empty(), "{found:?}");

        let (_, cold, _) = timed_compile(&snapshot, &mut Memo::default(), None);
        let output = Output::new(out, false);
        let (compiled, build, phases) =
            timed_compile(&snapshot, &mut Memo::default(), Some(&output));
        let site = compiled.site.expect("a curriculum without diagnostics has a site");
        let watch = Watch::start();
        output.finish(&site).expect("the site can be written");
        let write = watch.time();

        (self.pages, self.site_bytes) = (compiled.stats.pages, compiled.stats.bytes);
        self.wholes.add("cold", cold);
        self.wholes.add("build", read.and(build).and(write));
        self.phases.add("read", read);
        for (phase, time) in phases {
            self.phases.add(phase, time);
        }
        self.phases.add("write", write);
        compiled.lock.expect("a curriculum without diagnostics has a lock").to_string()
    }

    /// Compiles again what has a lock by now: without a memo, unchanged, and with one edit.
    fn recompile(&mut self, locked: &Snapshot, plan: Plan) {
        let mut memo = Memo::default();
        for _ in 0..self.runs {
            memo = Memo::default();
            let (_, time, _) = timed_compile(locked, &mut memo, None);
            self.wholes.add("locked", time);
        }
        for _ in 0..self.runs {
            let (compiled, time, _) = timed_compile(locked, &mut memo, None);
            assert_eq!(compiled.stats.rendered, 0, "an unchanged page is rendered again");
            self.wholes.add("warm", time);
        }
        let mut preview = locked.clone();
        preview.overrides.purpose = Purpose::Preview;
        timed_compile(&preview, &mut memo, None);
        let (edited, retitled) = (edited(&preview, plan), retitled(&preview, plan));
        for (name, other) in [("edit", &edited), ("title", &retitled)] {
            for run in 0..self.runs {
                // To undo an edit is one edit more.
                let next = if run % 2 == 0 { other } else { &preview };
                let (compiled, time, phases) = timed_compile(next, &mut memo, None);
                assert!(compiled.stats.rendered > 0, "an edited page is not rendered again");
                self.wholes.add(name, time);
                for (phase, time) in phases.into_iter().filter(|_| name == "title") {
                    self.title_phases.add(phase, time);
                }
            }
        }
        for run in 0..self.runs {
            let (compiled, time, _) = timed_compile(&with_theme(locked, run), &mut memo, None);
            assert_eq!(compiled.stats.rendered, self.pages, "a page keeps its former theme");
            self.wholes.add("theme", time);
        }
    }

    fn print(&self, before: Option<&Self>) {
        println!(
            "\n{} stages: {} pages from {:.1} MB, {:.1} MB of site, {} runs",
            self.stages,
            self.pages,
            megabytes(self.content_bytes),
            megabytes(self.site_bytes),
            self.runs
        );
        println!(
            "{:>10} {:>10} {:>10} {:>10} {:>7} {:>10} {:>7}",
            "", "wall ms", "least ms", "cpu ms", "busy", "cpu µs/st.", "growth"
        );
        self.wholes.print(self.stages, before.map(|size| (&size.wholes, size.stages)));
        println!("    phases of a cold build");
        self.phases.print(self.stages, before.map(|size| (&size.phases, size.stages)));
        println!("    phases after a new title");
        self.title_phases.print(self.stages, before.map(|size| (&size.title_phases, size.stages)));
    }
}

#[expect(clippy::cast_precision_loss, reason = "one place behind the point is shown")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

fn with_lock(snapshot: &Snapshot, lock: &str) -> Snapshot {
    let mut locked = snapshot.clone();
    locked.files.insert(LOCK.into(), lock.as_bytes().into());
    locked
}

/// Notes how long each phase takes.
struct Phases<'a> {
    ended: Vec<(&'static str, Time)>,
    lap: Watch,
    store: Option<&'a dyn Store>,
}

impl compile::Watch for Phases<'_> {
    fn ended(&mut self, phase: Phase, _: usize) {
        self.ended.push((phase.name(), self.lap.time()));
        self.lap = Watch::start();
    }

    fn store(&self) -> Option<&dyn Store> {
        self.store
    }
}

/// Compiles, and says how long the whole and each phase took.
fn timed_compile(
    snapshot: &Snapshot,
    memo: &mut Memo,
    store: Option<&dyn Store>,
) -> (Compiled, Time, Vec<(&'static str, Time)>) {
    let mut phases = Phases { ended: Vec::new(), lap: Watch::start(), store };
    let whole = Watch::start();
    let compiled = compile_watched(snapshot, memo, &mut phases);
    let whole = whole.time();
    assert!(compiled.diagnostics.is_empty(), "{:#?}", compiled.diagnostics);
    (compiled, whole, phases.ended)
}
