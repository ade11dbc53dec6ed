//! The command line against real folders.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The folder for caches of tests that do not ask for one: nothing can be written there.
pub(crate) const NO_CACHE: &str = "/dev/null";

fn roadbook(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_roadbook"))
        .args(arguments)
        .env_remove("NO_COLOR")
        .env("XDG_CACHE_HOME", NO_CACHE)
        .output()
        .expect("the binary runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A small curriculum in a fresh folder.
fn curriculum() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder can be made");
    write(dir.path(), "book.toml", "[curriculum]\nid = \"small\"\ntitle = \"Small\"\n");
    write(dir.path(), "content/10-one/README.md", "---\ntitle: One\n---\n");
    write(
        dir.path(),
        "content/10-one/10-first/README.md",
        "---\ntitle: First\nduration: 2 weeks\n---\n\n## Weeks 1-2: Begin\n\n- [ ] Read a file\n- [ ] Write a file\n",
    );
    dir
}

fn write(dir: &Path, path: &str, text: &str) {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().expect("it has a parent")).expect("a folder can be made");
    fs::write(path, text).expect("a file can be written");
}

/// Every file below a folder, by path.
pub(crate) fn files(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    walkdir::WalkDir::new(dir)
        .into_iter()
        .map(|entry| entry.expect("the folder can be listed").into_path())
        .filter(|path| path.is_file())
        .map(|path| {
            let bytes = fs::read(&path).expect("a file can be read");
            (path.strip_prefix(dir).expect("below the folder").to_owned(), bytes)
        })
        .collect()
}

fn path(dir: &Path) -> &str {
    dir.to_str().expect("a test's folder is UTF-8")
}

#[test]
fn build_writes_site_and_lock_and_then_nothing() {
    let dir = curriculum();
    let cache = dir.path().join("cache");
    let build = |more: &[&str]| {
        let output = roadbook(&[&["build", path(dir.path()), "--verbose"], more].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        (text(&output.stdout), text(&output.stderr))
    };
    let (said, _) = build(&["--cache", path(&cache)]);
    assert!(said.contains("progress.lock: 2 new"), "{said}");
    assert!(dir.path().join("site/stages/first/index.html").is_file());
    assert!(dir.path().join("progress.lock").is_file());

    let (said, phases) = build(&["--locked", "--no-cache"]);
    assert!(said.contains(" 0 written") && phases.contains("parse"), "{said}{phases}");
    // The first build noted what it wrote, and the lock that it made.
    let (said, phases) = build(&["--locked", "--cache", path(&cache)]);
    assert!(said.contains(" 0 written") && !phases.contains("parse"), "{said}{phases}");
}

#[test]
fn two_processes_and_a_copy_elsewhere_give_the_same_bytes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let elsewhere = tempfile::tempdir().expect("a folder can be made");
    let copy = elsewhere.path().join("копия папки");
    for name in ["content", "static", "book.toml", "progress.lock"] {
        if root.join(name).exists() {
            copy_tree(&root.join(name), &copy.join(name));
        }
    }
    let mut sites = Vec::new();
    for (from, out) in [(root, "a"), (root, "b"), (copy.as_path(), "c")] {
        let out = elsewhere.path().join(out);
        let output = roadbook(&["build", path(from), "--out", path(&out), "--locked"]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        sites.push(files(&out));
    }
    assert!(sites[0].len() > 100, "the whole roadmap was built");
    assert!(sites[0] == sites[1], "two processes differ");
    assert!(sites[0] == sites[2], "a copy elsewhere differs");
}

fn copy_tree(from: &Path, to: &Path) {
    if from.is_file() {
        fs::create_dir_all(to.parent().expect("it has a parent")).expect("a folder can be made");
        fs::copy(from, to).expect("a file can be copied");
        return;
    }
    for (name, bytes) in files(from) {
        let to = to.join(name);
        fs::create_dir_all(to.parent().expect("it has a parent")).expect("a folder can be made");
        fs::write(to, bytes).expect("a file can be written");
    }
}

#[test]
fn locked_build_refuses_to_change_the_lock() {
    let dir = curriculum();
    let output = roadbook(&["build", path(dir.path()), "--locked", "--message-format", "short"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("error[lock-outdated]"), "{}", text(&output.stderr));
    assert!(!dir.path().join("site").exists(), "nothing is written");
    assert!(!dir.path().join("progress.lock").exists(), "nothing is written");
}

#[test]
fn reworded_topic_keeps_its_id_on_disk() {
    let dir = curriculum();
    assert!(roadbook(&["build", path(dir.path())]).status.success());
    let ids = text(&roadbook(&["ids", "first", path(dir.path())]).stdout);
    let stage = "content/10-one/10-first/README.md";
    let before = fs::read_to_string(dir.path().join(stage)).expect("it is there");
    write(dir.path(), stage, &before.replace("Read a file", "Read a whole file"));
    let output = roadbook(&["lock", path(dir.path())]);
    assert!(text(&output.stdout).contains("1 reworded"), "{}", text(&output.stdout));
    assert!(roadbook(&["lock", path(dir.path()), "--update"]).status.success());
    let after = text(&roadbook(&["ids", "first", path(dir.path())]).stdout);
    assert_eq!(ids.replace("Read a file", "Read a whole file"), after);
}

#[test]
fn a_lock_that_only_a_title_changes_says_so() {
    let dir = curriculum();
    assert!(roadbook(&["build", path(dir.path())]).status.success());
    write(dir.path(), "content/10-one/README.md", "---\ntitle: Another\n---\n");
    let told = text(&roadbook(&["lock", path(dir.path())]).stdout);
    assert_eq!(
        told,
        "no item changed, but titles, addresses or headings of pages did; \
         `roadbook lock --update` writes it\n"
    );
    assert!(roadbook(&["lock", path(dir.path()), "--update"]).status.success());
    let after = text(&roadbook(&["lock", path(dir.path())]).stdout);
    assert_eq!(after, "progress.lock is up to date\n");
}

#[test]
fn errors_leave_the_last_good_site_whole() {
    let dir = curriculum();
    assert!(roadbook(&["build", path(dir.path())]).status.success());
    let site = dir.path().join("site");
    let good = files(&site);
    write(dir.path(), "content/10-one/10-first/README.md", "---\ntitel: First\n---\n");
    let output = roadbook(&["build", path(dir.path()), "--message-format", "short"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).contains("content/10-one/10-first/README.md:2:1: error[unknown-key]"),
        "{}",
        text(&output.stderr)
    );
    assert!(files(&site) == good, "the last good site was touched");
}

/// Pages are written as they are made, long before the last mistake can be found.
#[test]
fn a_late_mistake_leaves_nothing_that_was_written() {
    let dir = curriculum();
    let page = "content/10-one/10-first/README.md";
    let good = fs::read_to_string(dir.path().join(page)).expect("it is there");
    let bad = format!("{good}\n<a href=\"#nowhere\">away</a>\n");
    let entries = |folder: &Path| {
        let entries = fs::read_dir(folder).expect("it can be listed");
        let names = entries.map(|entry| entry.expect("it can be read").file_name());
        names.collect::<BTreeSet<_>>()
    };
    let [fresh, empty, old] = ["fresh", "empty", "site"].map(|name| dir.path().join(name));
    fs::create_dir(&empty).expect("a folder can be made");
    assert!(roadbook(&["build", path(dir.path())]).status.success());
    let (site, around) = (files(&old), entries(dir.path()));
    write(dir.path(), page, &bad);
    for out in [&fresh, &empty, &old] {
        let output = roadbook(&["build", path(dir.path()), "--out", path(out)]);
        assert_eq!(output.status.code(), Some(1));
        assert!(text(&output.stderr).contains("#nowhere"), "{}", text(&output.stderr));
        assert_eq!(entries(dir.path()), around, "{}", out.display());
        assert!(files(&old) == site && entries(&empty).is_empty());
    }
    write(dir.path(), page, &good);
    for out in [&fresh, &empty, &old] {
        assert!(roadbook(&["build", path(dir.path()), "--out", path(out)]).status.success());
        assert!(files(out) == site, "{}", out.display());
    }
}

#[test]
fn foreign_folder_is_refused_and_untouched() {
    let dir = curriculum();
    write(dir.path(), "elsewhere/letter.txt", "Dear diary");
    let out = dir.path().join("elsewhere");
    let output = roadbook(&["build", path(dir.path()), "--out", path(&out)]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("did not write"), "{}", text(&output.stderr));
    assert_eq!(files(&out).len(), 1);
}

#[test]
fn strays_of_an_earlier_build_go_and_other_files_stay() {
    let dir = curriculum();
    write(
        dir.path(),
        "content/10-one/20-second/README.md",
        "---\ntitle: Second\n---\n\n## Begin\n\n- [ ] Open a socket\n",
    );
    assert!(roadbook(&["build", path(dir.path())]).status.success());
    let site = dir.path().join("site");
    assert!(site.join("stages/second/index.html").is_file());
    write(&site, "own.txt", "mine");
    fs::remove_dir_all(dir.path().join("content/10-one/20-second")).expect("it is there");
    assert!(roadbook(&["build", path(dir.path())]).status.success());
    assert!(!site.join("stages/second").exists(), "a stray stayed");
    assert!(site.join("own.txt").is_file(), "a file that the tool did not write is gone");
}

#[cfg(unix)]
#[test]
fn links_out_of_the_folder_are_not_followed() {
    let dir = curriculum();
    let secret = tempfile::tempdir().expect("a folder can be made");
    write(secret.path(), "secret.md", "---\ntitle: Secret\n---\n");
    std::os::unix::fs::symlink(secret.path(), dir.path().join("content/pages"))
        .expect("a link can be made");
    let output = roadbook(&["build", path(dir.path()), "--message-format", "short"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).contains("content/pages:1:1: error[unreadable]"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn wrong_usage_is_told_from_failure() {
    assert_eq!(roadbook(&["build", "--nonsense"]).status.code(), Some(2));
    assert_eq!(roadbook(&["build", "/nowhere/at/all"]).status.code(), Some(1));
    assert_eq!(roadbook(&["explain", "no-such-code"]).status.code(), Some(2));
    assert_eq!(roadbook(&["explain", "unknown-key"]).status.code(), Some(0));
}

#[test]
fn timings_are_json_for_machines() {
    let dir = curriculum();
    let output = roadbook(&["build", path(dir.path()), "--timings=json"]);
    let last = text(&output.stdout);
    let last = last.lines().last().expect("there is output");
    let value: serde_json::Value = serde_json::from_str(last).expect("it is JSON");
    for phase in ["read", "parse", "identity", "render", "site", "write"] {
        assert!(value["phases_ms"][phase].is_number(), "{phase} is missing in {last}");
    }
}

#[test]
fn a_pipe_gets_the_summary_alone_and_more_where_it_is_asked_for() {
    let dir = curriculum();
    let quiet = roadbook(&["build", path(dir.path())]);
    assert_eq!(text(&quiet.stderr), "");
    assert!(text(&quiet.stdout).ends_with(" ms\n"), "{}", text(&quiet.stdout));
    let verbose = roadbook(&["build", path(dir.path()), "--verbose"]);
    let told = text(&verbose.stderr);
    let phases: Vec<&str> =
        told.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let all = "read parse assemble identity model link view render site print search check write";
    assert_eq!(phases.join(" "), all);
    assert!(told.contains(" pages rendered\n") && !told.contains('\u{1b}'), "{told}");
}

/// A build whose bytes are the same with a cache, with a damaged one, and without.
#[test]
fn a_cache_changes_no_byte() {
    let dir = curriculum();
    let at = |name: &str| dir.path().join(name);
    let page = "content/10-one/10-first/README.md";
    let code = "```rust\nfn main() { let a = \"b\"; }\n```\n";
    let old = fs::read_to_string(at(page)).expect("it is there");
    write(dir.path(), page, &format!("{old}\n{code}"));
    let cache = at("cache");
    let build = |out: &str, more: &[&str]| {
        let out = at(out);
        let common = ["build", path(dir.path()), "--out", path(&out)];
        let output = roadbook(&[&common[..], more].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let kept = ["--cache", path(&cache), "--verbose"];
    let verbose = |out: &str| {
        let out = at(out);
        let common = ["build", path(dir.path()), "--out", path(&out)];
        text(&roadbook(&[&common[..], &kept].concat()).stderr)
    };
    build("without", &["--no-cache"]);
    assert!(!cache.exists());
    let first = build("with", &kept[..2]);
    let expected = files(&at("without"));
    assert!(files(&at("with")) == expected);
    let colours = |cache: &Path| {
        let mut found =
            files(cache).into_iter().filter(|(path, _)| path.to_string_lossy().contains("colours"));
        found.next().expect("colours are kept")
    };
    assert!(!colours(&cache).1.is_empty());

    // Everything is there already: nothing is compiled, and the same is said.
    assert!(!verbose("with").contains("parse"), "{}", verbose("with"));
    let again = build("with", &kept[..2]);
    let head = |said: &str| said.lines().next().expect("a summary").to_owned();
    assert_eq!(head(&first), head(&again));
    assert!(again.contains(": 0 written, ") && again.contains(", 0 removed"), "{again}");

    // A file of the site that somebody changed, removed, or replaced by a link is written again.
    let html = at("with/stages/first/index.html");
    let whole = fs::read(&html).expect("it is there");
    let mut flipped = whole.clone();
    *flipped.last_mut().expect("it is not empty") ^= 1;
    fs::write(&html, flipped).expect("it can be written");
    assert!(build("with", &kept[..2]).contains(": 1 written, "));
    fs::remove_file(&html).expect("it can be removed");
    assert!(build("with", &kept[..2]).contains(": 1 written, "));
    assert!(files(&at("with")) == expected);

    // Another content, another address, another place are other sites.
    let about = "content/pages/about.md";
    write(dir.path(), about, "---\ntitle: About\n---\n\nWords.\n");
    build("with", &kept[..2]);
    assert!(at("with/pages/about/index.html").exists());
    fs::remove_file(at(about)).expect("it can be removed");
    build("with", &kept[..2]);
    assert!(files(&at("with")) == expected);
    let addressed = [&kept[..2], &["--site-url", "https://example.org/"]].concat();
    build("with", &addressed);
    assert!(at("with/sitemap.xml").exists());
    build("elsewhere", &kept[..2]);
    assert!(files(&at("elsewhere")) == expected);

    // What is damaged, or of something else, is neither believed nor complained of.
    for (path, bytes) in files(&cache) {
        let half = bytes.len() / 2;
        for damage in [&bytes[..half], b"", b"something else"] {
            fs::write(cache.join(&path), damage).expect("it can be written");
            fs::remove_dir_all(at("with")).expect("it can be removed");
            build("with", &kept[..2]);
            assert!(files(&at("with")) == expected, "{}", path.display());
        }
    }
    // A cache that cannot be written keeps nobody from building.
    fs::remove_dir_all(&cache).expect("it can be removed");
    fs::write(&cache, "no folder").expect("it can be written");
    build("with", &kept[..2]);
}

/// What a build without a diagnostic says is said by the one that finds its site in place.
#[test]
fn a_warning_is_told_each_time() {
    let dir = curriculum();
    let cache = dir.path().join("cache");
    write(dir.path(), "content/10-one/20-second/README.md", "---\ntitle: Second\n---\n\nWords.\n");
    for _ in 0..3 {
        let output = roadbook(&["build", path(dir.path()), "--cache", path(&cache)]);
        assert!(text(&output.stderr).contains("empty-stage"), "{}", text(&output.stderr));
    }
}

#[test]
fn fix_mends_what_is_certain_and_shows_it_first() {
    let dir = curriculum();
    let page = "content/pages/a.md";
    write(dir.path(), page, "---\ntitle: A\n---\n\n[b](../20-one/15-first/README.md#week) ё\n");
    write(dir.path(), "content/pages/b.md", "---\ntitle: B\n---\n\n[f](../9-one/9-first/)\n");
    let before = files(&dir.path().join("content"));
    let shown = roadbook(&["check", path(dir.path()), "--fix", "--dry-run"]);
    assert!(
        text(&shown.stderr).contains("../10-one/10-first/README.md"),
        "{}",
        text(&shown.stderr)
    );
    assert!(files(&dir.path().join("content")) == before, "a dry run wrote something");
    roadbook(&["check", path(dir.path()), "--fix"]);
    let mended = fs::read_to_string(dir.path().join(page)).expect("it is there");
    assert!(mended.contains("(../10-one/10-first/README.md#week)"), "{mended}");
}

#[test]
fn a_mend_of_a_quoted_word_keeps_its_quotes() {
    let dir = curriculum();
    let book = fs::read_to_string(dir.path().join("book.toml")).expect("it is there");
    write(dir.path(), "book.toml", &format!("{book}[security]\nraw_html = \"escpae\"\n"));
    write(
        dir.path(),
        "content/tracking/a.md",
        "---\ntitle: A\ncadence: 'weekyl'\n---\n\n- [ ] x\n",
    );
    let output = roadbook(&["check", path(dir.path()), "--fix"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let mended = fs::read_to_string(dir.path().join("book.toml")).expect("it is there");
    assert!(mended.ends_with("raw_html = \"escape\"\n"), "{mended}");
}

#[test]
fn init_makes_curricula_that_build_without_a_word() {
    let dir = tempfile::tempdir().expect("a folder can be made");
    for arguments in [&["--blank"][..], &[]] {
        let new = dir.path().join(format!("new-{}", arguments.len()));
        let made = roadbook(&[&["init", path(&new)], arguments].concat());
        assert!(made.status.success(), "{}", text(&made.stderr));
        let built = roadbook(&["build", path(&new), "--deny-warnings"]);
        assert!(built.status.success(), "{}", text(&built.stderr));
        let again = roadbook(&["init", path(&new)]);
        assert_eq!(again.status.code(), Some(1), "a folder in use was taken");
    }
}

#[test]
fn any_roadmap_becomes_a_curriculum_that_builds() {
    let dir = tempfile::tempdir().expect("a folder can be made");
    let documents = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    let (one, other) = (dir.path().join("one"), dir.path().join("other"));
    let made = roadbook(&["import", path(&documents.join("roadmap.md")), "--into", path(&one)]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    let said = text(&made.stdout);
    assert!(said.contains("3 stages, 8 topics, 4 projects, 2 sources"), "{said}");
    assert!(said.contains("`plakat-bez-kartinok-komponenty`"), "{said}");
    let made = roadbook(&["init", path(&other), "--from", path(&documents.join("mdbook"))]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    for new in [&one, &other] {
        let built = roadbook(&["build", path(new), "--deny-warnings"]);
        assert!(built.status.success(), "{}", text(&built.stderr));
        assert!(new.join(".github/workflows/pages.yml").exists());
    }
    // One file of it makes the same again, ids included.
    let (bundle, third) = (dir.path().join("whole.md"), dir.path().join("third"));
    assert!(roadbook(&["bundle", "markdown", path(&one), "--out", path(&bundle)]).status.success());
    assert!(roadbook(&["import", path(&bundle), "--into", path(&third)]).status.success());
    assert!(roadbook(&["build", path(&third), "--locked"]).status.success());
    let json = |folder: &Path| {
        let path = folder.join("site/curriculum.json");
        fs::read_to_string(path).expect("it is built")
    };
    assert_eq!(json(&one), json(&third));
    let again = roadbook(&["import", path(&bundle), "--into", path(&third)]);
    assert_eq!(again.status.code(), Some(1), "a folder in use was taken");
    let nothing = roadbook(&["import", path(&dir.path().join("no.md")), "--into", path(&third)]);
    assert_eq!(nothing.status.code(), Some(1));
}

#[test]
fn new_pages_take_the_next_number_and_build() {
    let dir = tempfile::tempdir().expect("a folder can be made");
    let new = dir.path().join("road");
    assert!(roadbook(&["init", path(&new), "--blank"]).status.success());
    let cases: [(&[&str], &str); 6] = [
        (&["level", "Сети: основы"], "content/20-seti-osnovy/README.md"),
        (&["stage", "TCP", "--in", "seti-osnovy"], "content/20-seti-osnovy/10-tcp/README.md"),
        (&["project", "Chat", "--in", "tcp"], "content/20-seti-osnovy/10-tcp/10-chat.md"),
        (&["project", "Echo", "--in", "tcp"], "content/20-seti-osnovy/10-tcp/20-echo.md"),
        (&["source", "The Book: \"TCP\""], "content/sources/the-book-tcp.md"),
        (&["term", "Socket"], "content/glossary.md"),
    ];
    for (arguments, expected) in cases {
        let (what, rest) = arguments.split_at(2);
        let made = roadbook(&[&["new"], what, &[path(&new)], rest].concat());
        assert_eq!(text(&made.stdout).trim(), expected, "{}", text(&made.stderr));
    }
    let built = roadbook(&["build", path(&new), "--deny-warnings"]);
    assert!(built.status.success(), "{}", text(&built.stderr));
    let wrong = roadbook(&["new", "stage", "UDP", path(&new), "--in", "seti-osnov"]);
    assert!(text(&wrong.stderr).contains("did you mean `seti-osnovy`"), "{}", text(&wrong.stderr));
    let twice = roadbook(&["new", "source", "The Book TCP", path(&new)]);
    assert_eq!(twice.status.code(), Some(1));
    // The same stage in another level would be one id for two pages.
    let twice = roadbook(&["new", "stage", "TCP", path(&new), "--in", "basics"]);
    assert_eq!(twice.status.code(), Some(1));
    assert!(
        text(&twice.stderr).contains("content/20-seti-osnovy/10-tcp"),
        "{}",
        text(&twice.stderr)
    );
    // An id of one's own is the one that counts.
    let stage = "content/20-seti-osnovy/10-tcp/README.md";
    let before = fs::read_to_string(new.join(stage)).expect("it was made");
    write(&new, stage, &before.replacen("---\n", "---\nid: transport\n", 1));
    let made = roadbook(&["new", "project", "Proxy", path(&new), "--in", "transport"]);
    assert_eq!(text(&made.stdout).trim(), "content/20-seti-osnovy/10-tcp/30-proxy.md");
    let elsewhere = roadbook(&["new", "level", "Lost", path(&dir.path().join("road/content"))]);
    assert!(text(&elsewhere.stderr).contains("book.toml"), "{}", text(&elsewhere.stderr));
    assert_eq!(elsewhere.status.code(), Some(1));
}

#[test]
fn warnings_are_errors_where_they_are_denied() {
    let dir = curriculum();
    write(dir.path(), "content/10-one/20-bare/README.md", "---\ntitle: Bare\n---\n");
    for (arguments, expected) in [
        (&["check"][..], Some(0)),
        (&["check", "--deny-warnings"], Some(1)),
        (&["build", "--deny-warnings"], Some(1)),
        (&["lock", "--update", "--deny-warnings"], Some(1)),
    ] {
        let output = roadbook(&[arguments, &[path(dir.path())]].concat());
        assert!(text(&output.stderr).contains("warning[empty-stage]"), "{arguments:?}");
        assert_eq!(output.status.code(), expected, "{arguments:?}");
    }
    assert!(!dir.path().join("site").exists() && !dir.path().join("progress.lock").exists());
    assert!(roadbook(&["build", path(dir.path())]).status.success());
}

#[test]
fn a_domain_is_published_where_the_site_stands_under_it() {
    let dir = curriculum();
    let book = fs::read_to_string(dir.path().join("book.toml")).expect("it is there");
    write(dir.path(), "book.toml", &format!("{book}[site]\ncname = \"learn.example.org\"\n"));
    let cname = dir.path().join("site/CNAME");
    for (address, expected) in [
        (&[][..], true),
        (&["--site-url", "https://somebody.github.io/name/"], false),
        (&["--site-url", "https://learn.example.org"], true),
    ] {
        let output = roadbook(&[&["build", path(dir.path())], address].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert_eq!(cname.exists(), expected, "{address:?}");
    }
}

#[test]
fn json_says_where_and_what_for_programs() {
    let dir = curriculum();
    write(dir.path(), "content/pages/a.md", "---\ntitel: Ёж\ntitle: A\nid: b\nid: c\n---\n");
    let output = roadbook(&["check", path(dir.path()), "--message-format", "json"]);
    let found: Vec<serde_json::Value> = text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("each line is JSON"))
        .collect();
    assert_eq!(found.len(), 2, "{found:#?}");
    let [unknown, twice] = &found[..] else { unreachable!() };
    assert_eq!(unknown["code"], "unknown-key");
    assert_eq!((&unknown["line"], &unknown["column"]), (&2.into(), &1.into()));
    let fix = &unknown["fix"];
    assert_eq!((&fix["start"], &fix["end"], &fix["text"]), (&4.into(), &9.into(), &"title".into()));
    assert_eq!(twice["code"], "duplicate-key");
    assert_eq!(twice["related"][0]["note"], "first written here");
    assert_eq!(twice["related"][0]["path"], "content/pages/a.md");
}

#[test]
fn github_gets_annotations_and_a_summary() {
    let dir = curriculum();
    write(dir.path(), "content/pages/a.md", "---\ntitel: A, b 100%\n---\n");
    let summary = dir.path().join("summary.md");
    let output = Command::new(env!("CARGO_BIN_EXE_roadbook"))
        .env("XDG_CACHE_HOME", NO_CACHE)
        .args(["check", path(dir.path()), "--message-format", "github"])
        .args(["--repository", "https://github.com/someone/road"])
        .env("GITHUB_STEP_SUMMARY", &summary)
        .env("GITHUB_REF_NAME", "main")
        .env_remove("GITHUB_HEAD_REF")
        .output()
        .expect("the binary runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stdout)
            .contains("::error file=content/pages/a.md,line=2,col=1,title=unknown-key::"),
        "{}",
        text(&output.stdout)
    );
    let summary = fs::read_to_string(summary).expect("it was written");
    assert!(
        summary.contains("(https://github.com/someone/road/edit/main/content/pages/a.md#L2)"),
        "{summary}"
    );
    assert!(summary.contains("title: A, b 100%"), "the line to write is missing: {summary}");
}

/// A curriculum may be a folder of its repository; places are counted from the repository.
#[test]
fn github_is_told_places_of_the_repository() {
    let dir = tempfile::tempdir().expect("a folder can be made");
    write(dir.path(), "docs/my road/book.toml", "[curriculum]\nid = \"a\"\ntitel = \"A\"\n");
    let summary = dir.path().join("summary.md");
    let absolute = dir.path().join("docs/my road");
    for given in ["./docs/my road", path(&absolute)] {
        let output = Command::new(env!("CARGO_BIN_EXE_roadbook"))
            .env("XDG_CACHE_HOME", NO_CACHE)
            .args(["check", given, "--message-format", "github"])
            .args(["--repository", "https://github.com/someone/road"])
            .current_dir(dir.path())
            .env("GITHUB_WORKSPACE", dir.path())
            .env("GITHUB_STEP_SUMMARY", &summary)
            .env("GITHUB_REF_NAME", "main")
            .env_remove("GITHUB_HEAD_REF")
            .output()
            .expect("the binary runs");
        let told = text(&output.stdout);
        assert!(told.contains("::error file=docs/my road/book.toml,line=3,"), "{given}: {told}");
        let summary = fs::read_to_string(&summary).expect("it was written");
        let editor = "(https://github.com/someone/road/edit/main/docs/my%20road/book.toml#L3)";
        assert!(summary.contains(editor), "{given}: {summary}");
    }
}

/// A pull request's summary is shown to others: what a stranger wrote is text there.
#[test]
fn a_summary_is_no_place_for_a_strangers_markdown() {
    let dir = curriculum();
    let page = "content/pages/a) [b](c.md";
    write(dir.path(), page, "---\ntitle: A\n\"` <img src=x> [k](//e.example) ```\": 1\n---\n");
    let summary = dir.path().join("summary.md");
    let output = Command::new(env!("CARGO_BIN_EXE_roadbook"))
        .env("XDG_CACHE_HOME", NO_CACHE)
        .args(["check", path(dir.path()), "--message-format", "github"])
        .args(["--repository", "https://github.com/someone/road"])
        .env("GITHUB_STEP_SUMMARY", &summary)
        .env("GITHUB_REF_NAME", "main")
        .env_remove("GITHUB_HEAD_REF")
        .output()
        .expect("the binary runs");
    assert_eq!(output.status.code(), Some(1));
    let summary = fs::read_to_string(summary).expect("it was written");
    let line = summary.lines().find(|line| line.starts_with("- ")).expect("a problem");
    let mut bare = String::new();
    let mut signs = line.chars();
    while let Some(sign) = signs.next() {
        if sign == '\\' {
            signs.next();
        } else {
            bare.push(sign);
        }
    }
    for sign in ["`", "<", "(//", "[k"] {
        assert!(!bare.contains(sign), "{sign} is a sign of Markdown in {line}");
    }
    assert!(
        line.contains("/edit/main/content/pages/a%29%20%5Bb%5D%28c.md#L3): **error**"),
        "{line}"
    );
}

#[test]
fn a_copied_template_is_followed_and_merged() {
    let dir = curriculum();
    let root = path(dir.path());
    let ejected = roadbook(&["theme", "eject", "nav.html", root]);
    assert!(ejected.status.success(), "{}", text(&ejected.stderr));
    let copy = "themes/site/templates/nav.html";
    let record = "themes/site/ejected/default/templates/nav.html";
    assert_eq!(text(&ejected.stdout), format!("{record}\n{copy}\n"));
    let again = roadbook(&["theme", "eject", "nav.html", root]);
    assert_eq!(again.status.code(), Some(1), "a copy is not overwritten");
    let quiet = roadbook(&["check", "--deny-warnings", root]);
    assert!(quiet.status.success(), "{}", text(&quiet.stderr));

    // As if the theme had had another first line when the file was copied, and the site changed
    // the last one.
    let now = fs::read_to_string(dir.path().join(copy)).expect("the copy is there");
    let then = format!("<p>then</p>\n{now}");
    write(dir.path(), record, &then);
    write(dir.path(), copy, &format!("{then}<p>mine</p>\n"));
    let told = roadbook(&["check", root]);
    let message = text(&told.stderr);
    assert!(message.contains("warning[outdated-copy]"), "{message}");
    assert!(message.contains("-<p>then</p>"), "the difference is shown: {message}");
    let merged = roadbook(&["theme", "eject", "nav.html", "--merge", root]);
    assert!(merged.status.success(), "{}", text(&merged.stderr));
    let copied = fs::read_to_string(dir.path().join(copy)).expect("the copy is there");
    assert_eq!(copied, format!("{now}<p>mine</p>\n"));
    let quiet = roadbook(&["check", "--deny-warnings", root]);
    assert!(quiet.status.success(), "{}", text(&quiet.stderr));

    let unknown = roadbook(&["theme", "eject", "navv.html", root]);
    assert!(text(&unknown.stderr).contains("did you mean `nav.html`?"));
}

#[test]
fn themes_are_listed_and_shown() {
    let dir = curriculum();
    let root = path(dir.path());
    write(dir.path(), "themes/mine/theme.toml", "parent = \"plain\"\ndescription = \"Ours\"\n");
    let list = text(&roadbook(&["theme", "list", root]).stdout);
    for line in [
        "* default      built in",
        "  mine         own      Ours (on plain)",
        "  plain        built in",
    ] {
        assert!(list.contains(line), "no `{line}` in\n{list}");
    }
    let shown = text(&roadbook(&["theme", "show", "mine", root]).stdout);
    for line in ["mine on plain\n", "  measure = \"42rem\"\n", "  stage.html: ", "plain.css"] {
        assert!(shown.contains(line), "no `{line}` in\n{shown}");
    }
}

#[test]
fn completions_name_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = roadbook(&["completions", shell]);
        assert!(text(&output.stdout).contains("lock"), "{shell}");
    }
}
