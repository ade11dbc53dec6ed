//! Builds that are cut short: killed, run twice at once, or without room on the disk. At every
//! moment each file of the output is whole, and the next build mends the rest.
//!
//! Twenty moments are tried in every run; `ROADBOOK_KILLS=200` tries more.
#![cfg(unix)]
#![expect(clippy::print_stderr, reason = "figures for whoever tries many moments")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::build::files;

type Files = BTreeMap<PathBuf, Vec<u8>>;

fn command(road: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_roadbook"));
    command.arg("build").arg("--no-cache").arg(road).stdin(Stdio::null());
    command
}

fn build(road: &Path, out: &Path) -> Output {
    command(road).arg("--out").arg(out).output().expect("the binary runs")
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("it has a parent")).expect("a folder can be made");
    fs::write(path, text).expect("a file can be written");
}

/// A curriculum of some sixty pages; every page differs between two editions, some are in one
/// edition only, and a folder of the one is a file of the other.
fn curriculum(road: &Path, edition: &str) {
    write(road, "book.toml", &format!("[curriculum]\nid = \"c\"\ntitle = \"{edition}\"\n"));
    for level in 1..=3 {
        write(
            road,
            &format!("content/{level}0-level-{level}/README.md"),
            &format!("---\ntitle: Level {level}, {edition}\n---\n"),
        );
        for stage in 1..=6 {
            let folder = format!("content/{level}0-level-{level}/{stage}0-stage-{level}-{stage}");
            let mut text = format!("---\ntitle: Stage {stage}, {edition}\n---\n\n## Week 1\n\n");
            for topic in 0..20 {
                let _ = writeln!(text, "- [ ] Topic {topic} of stage {level}.{stage}");
            }
            write(road, &format!("{folder}/README.md"), &text);
            for project in 1..=2 {
                let name = format!("{folder}/{project}0-project-{level}-{stage}-{project}.md");
                write(road, &name, &format!("---\ntitle: {edition}\n---\n\n- [ ] Step\n"));
            }
        }
    }
    for number in 0..4 {
        let name = format!("content/pages/{edition}-{number}.md");
        write(road, &name, &format!("---\ntitle: Only in {edition}\n---\n"));
    }
    let (file, folder) = if edition == "old" { ("one", "two/x") } else { ("two", "one/x") };
    write(road, &format!("static/{file}"), edition);
    write(road, &format!("static/{folder}"), edition);
    write(road, "static/large.txt", &edition.repeat(100_000));
}

/// Two editions, each with its site.
struct Editions {
    around: tempfile::TempDir,
    old: Files,
    new: Files,
}

impl Editions {
    fn make() -> Self {
        let around = tempfile::tempdir().expect("a folder can be made");
        let mut sites = ["old", "new"].map(|edition| {
            let road = around.path().join(edition);
            curriculum(&road, edition);
            let out = around.path().join(format!("{edition}-site"));
            let output = build(&road, &out);
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            files(&out)
        });
        let [old, new] = &mut sites;
        assert!(old.len() > 60, "{} files", old.len());
        Self { around, old: std::mem::take(old), new: std::mem::take(new) }
    }

    fn road(&self, edition: &str) -> PathBuf {
        self.around.path().join(edition)
    }

    /// Where the builds go that are cut short.
    fn out(&self) -> PathBuf {
        self.around.path().join("work/site")
    }

    /// Puts the old site into the output folder, and nothing else beside it.
    fn reset(&self) {
        let work = self.around.path().join("work");
        if work.exists() {
            fs::remove_dir_all(&work).expect("it can be removed");
        }
        for (path, bytes) in &self.old {
            let path = self.out().join(path);
            fs::create_dir_all(path.parent().expect("it has a parent")).expect("a folder");
            fs::write(path, bytes).expect("a file can be written");
        }
    }

    /// Every file is of the old or of the new site, and whole; what both have is there.
    fn check_whole(&self, moment: &str) {
        let present = files(&self.out());
        for (path, bytes) in &present {
            let name = path.to_string_lossy();
            if name.starts_with(".roadbook") {
                continue;
            }
            let whole = [&self.old, &self.new].iter().any(|site| site.get(path) == Some(bytes));
            assert!(whole, "{moment}: {name} is not whole ({} bytes)", bytes.len());
        }
        for path in self.old.keys().filter(|path| self.new.contains_key(*path)) {
            assert!(present.contains_key(path), "{moment}: {} is missing", path.display());
        }
        self.check_beside(moment, |name| name.starts_with(".site.roadbook-"));
    }

    /// What lies beside the output folder.
    fn check_beside(&self, moment: &str, allowed: impl Fn(&str) -> bool) {
        for (folder, known) in
            [("", &["old", "new", "old-site", "new-site", "work"][..]), ("work", &["site"])]
        {
            for entry in fs::read_dir(self.around.path().join(folder)).expect("it can be listed") {
                let name = entry.expect("it can be read").file_name();
                let name = name.to_string_lossy();
                let expected = known.contains(&&*name) || folder == "work" && allowed(&name);
                assert!(expected, "{moment}: {folder}/{name} was left");
            }
        }
    }

    /// The next build makes the new site of whatever is there, and tidies up.
    fn check_mended(&self, moment: &str) {
        let output = build(&self.road("new"), &self.out());
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{moment}: {text}");
        let mended = files(&self.out());
        let differs = |path: &&PathBuf| mended.get(*path) != self.new.get(*path);
        let wrong: Vec<&PathBuf> = mended.keys().chain(self.new.keys()).filter(differs).collect();
        assert!(wrong.is_empty(), "{moment}: not mended: {wrong:?}");
        self.check_beside(moment, |_| false);
        let lock = files(&self.road("new"));
        let left = lock.keys().find(|path| path.to_string_lossy().contains("roadbook-"));
        assert_eq!(left, None, "{moment}: a file was left in the curriculum");
    }
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    /// Less than `most`.
    fn time(&mut self, most: Duration) -> Duration {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let share = u32::try_from(self.0 >> 44).expect("twenty bits");
        most * share / (1 << 20)
    }
}

fn spawn(editions: &Editions) -> Child {
    command(&editions.road("new"))
        .arg("--out")
        .arg(editions.out())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary runs")
}

/// Waits for a file or folder; `false` where the build ends before.
fn appears(path: &Path, build: &mut Child) -> bool {
    loop {
        if path.exists() {
            return true;
        }
        if build.try_wait().expect("it can be asked").is_some() {
            return false;
        }
        std::thread::sleep(Duration::from_micros(20));
    }
}

fn moments() -> usize {
    std::env::var("ROADBOOK_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(20)
}

#[test]
fn a_build_that_is_killed_over_an_older_site() {
    let editions = Editions::make();
    editions.reset();
    let start = Instant::now();
    assert!(spawn(&editions).wait().expect("it ends").success());
    let whole = start.elapsed();
    // How long the part takes in which files are written.
    editions.reset();
    let mut build = spawn(&editions);
    appears(&editions.out().join(".roadbook-new"), &mut build);
    let start = Instant::now();
    assert!(build.wait().expect("it ends").success());
    let writing = start.elapsed();

    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let (mut untouched, mut mixed, mut done) = (0, 0, 0);
    for number in 0..moments() {
        editions.reset();
        let mut build = spawn(&editions);
        // Writing is a small part of a build, and putting files into their places a small part of
        // writing, so most moments are looked for there.
        let delay = match number % 4 {
            0 => dice.time(whole),
            1 => {
                appears(&editions.out().join(".roadbook-new"), &mut build);
                dice.time(writing)
            }
            _ => {
                // Written last, and moved first.
                let last = editions.out().join(".roadbook-new/both");
                if appears(&last, &mut build) {
                    while last.exists() {}
                }
                dice.time(writing / 10)
            }
        };
        std::thread::sleep(delay);
        let _ = build.kill();
        build.wait().expect("it ends");
        let moment = format!("moment {number}, after {delay:?}");
        editions.check_whole(&moment);
        let is_of = |site: &Files| {
            let present = files(&editions.out());
            site.iter().all(|(path, bytes)| {
                path.to_string_lossy().starts_with(".roadbook") || present.get(path) == Some(bytes)
            })
        };
        match (is_of(&editions.old), is_of(&editions.new)) {
            (true, false) => untouched += 1,
            (false, true) => done += 1,
            _ => mixed += 1,
        }
        editions.check_mended(&moment);
    }
    eprintln!("{untouched} left the old site, {mixed} a mixture, {done} the new one");
}

#[test]
fn a_first_build_that_is_killed() {
    let editions = Editions::make();
    let mut dice = Dice(99);
    let staging = editions.around.path().join("work/.site.roadbook-new");
    for number in 0..moments().div_ceil(4) {
        editions.reset();
        fs::remove_dir_all(editions.out()).expect("it is there");
        let mut build = spawn(&editions);
        appears(&staging, &mut build);
        let delay = dice.time(Duration::from_millis(20));
        std::thread::sleep(delay);
        let _ = build.kill();
        build.wait().expect("it ends");
        let moment = format!("first build {number}, after {delay:?}");
        if editions.out().exists() {
            assert!(files(&editions.out()) == editions.new, "{moment}: half a site");
        }
        editions.check_mended(&moment);
    }
}

#[test]
fn a_lock_that_a_killed_build_left_half_written() {
    let editions = Editions::make();
    editions.reset();
    // What a process leaves that is killed between writing and renaming: no one holds its lock.
    write(&editions.road("new"), ".progress.lock.roadbook-4000000000", "roadbook-lock 1\n[sta");
    fs::remove_file(editions.road("new").join("progress.lock")).expect("it was built");
    editions.check_mended("a lock half written");
    assert!(editions.road("new").join("progress.lock").is_file());
}

#[test]
fn two_builds_at_once() {
    let editions = Editions::make();
    let mut refused = 0;
    for round in 0..6 {
        editions.reset();
        let start = |edition: &str| {
            command(&editions.road(edition))
                .arg("--out")
                .arg(editions.out())
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .expect("the binary runs")
        };
        let builds = ["old", "new", "new"].map(start);
        let mut good = 0;
        for build in builds {
            let output = build.wait_with_output().expect("it ends");
            let text = String::from_utf8_lossy(&output.stderr);
            if output.status.success() {
                good += 1;
            } else {
                assert!(text.contains("another build is writing"), "round {round}: {text}");
                assert_eq!(output.status.code(), Some(1));
                refused += 1;
            }
        }
        assert!(good > 0, "round {round}: every build was refused");
        let site = files(&editions.out());
        assert!(site == editions.old || site == editions.new, "round {round}: a mixture");
        editions.check_mended(&format!("round {round}"));
    }
    eprintln!("{refused} of 18 builds were refused");
}

/// A limit on the size of files does what a full disk does, and needs no rights.
#[test]
fn a_file_that_the_machine_refuses_to_write() {
    let editions = Editions::make();
    editions.reset();
    let limited = |road: &Path, out: &Path| {
        Command::new("sh")
            .arg("-c")
            // Without the trap the signal would end the process before it can say anything.
            .arg("trap '' XFSZ; ulimit -f 100; exec \"$0\" build --no-cache \"$1\" --out \"$2\"")
            .arg(env!("CARGO_BIN_EXE_roadbook"))
            .args([road, out])
            .output()
            .expect("a shell runs")
    };
    let output = limited(&editions.road("new"), &editions.out());
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.starts_with("error: ") && text.contains("File too large"), "{text}");
    assert!(files(&editions.out()) == editions.old, "the last good site was touched");
    editions.check_beside("a refused file", |_| false);

    let fresh = editions.around.path().join("work/site/fresh");
    let output = limited(&editions.road("new"), &fresh);
    assert_eq!(output.status.code(), Some(1));
    assert!(!fresh.exists(), "half a site was left");
    editions.check_mended("a refused file");
}

/// A disk of its own, where the tests may make one.
struct Disk(PathBuf);

impl Disk {
    fn mount(at: &Path, size: &str) -> Option<Self> {
        fs::create_dir_all(at).expect("a folder can be made");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(at)
            .stderr(Stdio::null())
            .status();
        mounted.is_ok_and(|status| status.success()).then(|| Self(at.to_owned()))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_is_said_and_harms_nothing() {
    let editions = Editions::make();
    let work = editions.around.path().join("work");
    let Some(disk) = Disk::mount(&work, "4m") else {
        eprintln!("no disk could be mounted here; the limit on files stands in for it");
        return;
    };
    let out = editions.out();
    assert!(build(&editions.road("old"), &out).status.success());
    assert!(files(&out) == editions.old);
    // Twice the site does not fit, and neither does a second copy of what differs.
    fs::write(work.join("ballast"), vec![0; 1 << 20]).expect("there is room for it");
    let ballast = |size: usize| fs::write(work.join("ballast"), vec![0; size]);
    for size in [2 << 20, 5 << 19, 11 << 18] {
        if ballast(size).is_err() {
            break;
        }
        let output = build(&editions.road("new"), &out);
        let text = String::from_utf8_lossy(&output.stderr);
        if output.status.success() {
            assert!(files(&out) == editions.new);
            assert!(build(&editions.road("old"), &out).status.success());
            continue;
        }
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert!(text.starts_with("error: the disk is full"), "{text}");
        assert!(files(&out) == editions.old, "the last good site was touched");
    }
    let _ = ballast(4 << 20);
    let output = build(&editions.road("new"), &work.join("fresh"));
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.starts_with("error: the disk is full"), "{text}");
    assert!(!work.join("fresh").exists(), "half a site was left");
    assert!(files(&out) == editions.old);
    fs::remove_file(work.join("ballast")).expect("it is there");
    assert!(build(&editions.road("new"), &out).status.success());
    assert!(files(&out) == editions.new);

    // The root of a disk cannot be replaced by another folder, so it is filled file by file.
    drop(disk);
    let disk = Disk::mount(&work, "8m").expect("it could be mounted before");
    assert!(build(&editions.road("old"), &work).status.success());
    assert!(build(&editions.road("new"), &work).status.success());
    assert!(files(&work) == editions.new);
    drop(disk);
}
