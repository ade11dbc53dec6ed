//! Folders of seeded mistakes: each is told in one run, on the right file, line and column.
//!
//! `tests/mistakes/wrong` is a little curriculum with mistakes of nearly every kind, and
//! `tests/mistakes/right` its clean twin. Some mistakes keep the others from being looked for (a
//! `book.toml` that cannot be read, a lock, a page that cannot be rendered); these have small
//! folders of their own, `wrong-*`. `expected.txt` in each folder holds what is told of it, in the
//! form of `--message-format short`; `RECORD=1 cargo test mistakes` writes it anew.
//!
//! Codes that no checked-in folder shows:
//!
//! | code | why | where it is tested |
//! | --- | --- | --- |
//! | `oversized-asset` | needs megabytes | below, in a copy of the twin: `made.txt` |
//! | `unreadable` | needs links, which not every system has | below, in the same copy |
//! | `lock-outdated` | only `build --locked` tells it | `build::locked_build_refuses_to_change_the_lock` |

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use roadbook::diagnostic::Code;

/// Codes that only the command line tells; see the table above.
const ELSEWHERE: [Code; 1] = [Code::LockOutdated];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes")
}

/// The folders with mistakes, in order of name.
fn wrong_folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(root())
        .expect("the folders can be listed")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| {
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("wrong"))
        })
        .collect();
    folders.sort();
    folders
}

/// What `check` tells of a folder, one line each, and its exit code.
fn check(folder: &Path) -> (Vec<String>, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_roadbook"))
        .env("XDG_CACHE_HOME", crate::build::NO_CACHE)
        .arg("check")
        .arg(folder)
        .args(["--message-format", "short", "--deny-warnings"])
        .output()
        .expect("the binary runs");
    let text = String::from_utf8(output.stderr).expect("messages are UTF-8");
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    // The last line is the count.
    lines.pop();
    (lines, output.status.code())
}

/// The lines that are expected, or, with `RECORD`, those that came.
fn expected(file: &Path, actual: &[String]) -> Vec<String> {
    if std::env::var_os("RECORD").is_some() {
        let text: String = actual.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
        fs::write(file, text).expect("the expectation can be written");
    }
    let text = fs::read_to_string(file).expect("a folder with mistakes has its `expected.txt`");
    text.lines().map(str::to_owned).collect()
}

#[test]
fn every_mistake_is_told_in_one_run_at_its_place() {
    for folder in wrong_folders() {
        let (actual, status) = check(&folder);
        let expected = expected(&folder.join("expected.txt"), &actual);
        let name = folder.display();
        assert_eq!(status, Some(1), "{name}");
        let missing: Vec<&String> = expected.iter().filter(|line| !actual.contains(line)).collect();
        let more: Vec<&String> = actual.iter().filter(|line| !expected.contains(line)).collect();
        assert!(
            missing.is_empty() && more.is_empty(),
            "{name}: not told: {missing:#?}, told: {more:#?}"
        );
        assert_eq!(actual, expected, "{name}: the order");
    }
}

#[test]
fn the_twin_has_no_mistake() {
    let (lines, status) = check(&root().join("right"));
    assert_eq!(lines, Vec::<String>::new());
    assert_eq!(status, Some(0));
}

#[test]
fn the_twin_with_what_no_folder_can_hold() {
    let copy = tempfile::tempdir().expect("a folder can be made");
    for (path, bytes) in crate::build::files(&root().join("right")) {
        let path = copy.path().join(path);
        fs::create_dir_all(path.parent().expect("it has a parent")).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }
    for (name, size) in [
        ("static/фото 📷.JPG", (1 << 20) + 1),
        ("content/10-osnovy/10-linux/big.png", 3 << 20),
        ("static/fits.png", 1 << 20),
        ("static/lecture.mp4", (8 << 20) + 1),
    ] {
        let file = fs::File::create(copy.path().join(name)).expect("a file can be made");
        file.set_len(size).expect("a file can be made long");
    }
    #[cfg(unix)]
    for (name, target) in [
        ("content/pages/наружу.md", "/etc/hostname"),
        ("content/pages/дом", "/"),
        ("content/pages/круг", ".."),
        ("static/nowhere", "nothing/at/all"),
    ] {
        std::os::unix::fs::symlink(target, copy.path().join(name)).expect("a link can be made");
    }
    let (actual, _) = check(copy.path());
    let mut expected = expected(&root().join("made.txt"), &actual);
    if cfg!(not(unix)) {
        expected.retain(|line| !line.contains("[unreadable]"));
    }
    assert_eq!(actual, expected);
}

/// The lines of every folder, each with the folder that it is told of.
fn all_lines() -> Vec<(PathBuf, String)> {
    let read = |folder: PathBuf, file: &Path| -> Vec<(PathBuf, String)> {
        let text = fs::read_to_string(file).expect("the expectation is there");
        text.lines().map(|line| (folder.clone(), line.to_owned())).collect()
    };
    let mut lines: Vec<(PathBuf, String)> = wrong_folders()
        .into_iter()
        .flat_map(|folder| {
            let file = folder.join("expected.txt");
            read(folder, &file)
        })
        .collect();
    lines.extend(read(root().join("right"), &root().join("made.txt")));
    lines
}

#[test]
fn every_code_is_shown_at_least_twice() {
    let lines = all_lines();
    let mut rare = Vec::new();
    for code in Code::ALL.iter().filter(|code| !ELSEWHERE.contains(code)) {
        let count = lines.iter().filter(|(_, line)| line.contains(&format!("[{code}]"))).count();
        if count < 2 {
            rare.push(format!("{code}: {count}"));
        }
    }
    assert!(rare.is_empty(), "{}", rare.join(", "));
}

/// What makes a place hard to count: whether any of it stands before the mistake on its line.
#[test]
fn mistakes_share_files_and_stand_behind_what_is_hard_to_count() {
    let mut by_file: BTreeMap<PathBuf, usize> = BTreeMap::new();
    let mut behind: BTreeMap<&str, usize> = BTreeMap::new();
    for (folder, line) in all_lines() {
        let mut parts = line.splitn(4, ':');
        let mut part = || parts.next().expect("path, line, column and message");
        let (path, number, column) = (folder.join(part()), part(), part());
        *by_file.entry(path.clone()).or_default() += 1;
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let number: usize = number.parse().expect("a number of a line");
        let column: usize = column.parse().expect("a column");
        let Some(source) = text.split('\n').nth(number - 1) else { continue };
        let before: String =
            source.trim_start_matches('\u{feff}').chars().take(column - 1).collect();
        let signs = [
            ("Cyrillic", before.contains(|c| ('а'..='я').contains(&c))),
            ("an emoji", before.contains(|c| c >= '\u{2600}')),
            ("a tab", before.contains('\t')),
            ("a carriage return", text.contains("\r\n")),
            ("a byte-order mark", text.starts_with('\u{feff}')),
        ];
        for (sign, found) in signs {
            *behind.entry(sign).or_default() += usize::from(found);
        }
    }
    let sharing: usize = by_file.values().filter(|count| **count > 1).sum();
    assert!(sharing >= 15, "only {sharing} share a file with another");
    let least = [
        ("Cyrillic", 15),
        ("an emoji", 8),
        ("a tab", 5),
        ("a carriage return", 5),
        ("a byte-order mark", 3),
    ];
    for (sign, least) in least {
        let count = behind.get(sign).copied().unwrap_or_default();
        assert!(count >= least, "only {count} stand behind {sign}");
    }
}
