//! The workflows of `.github`: what they may do, and what their jobs do in a scratch repository.
//!
//! A small runner reads `pages.yml` itself and runs the very lines that the host runs. What the
//! official actions do is stood in for: a checkout is a clone, the address of the site is given, the
//! program is the one under test.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_yaml::Value;

use crate::build::{NO_CACHE, files};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every workflow and action, by path.
fn sources() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for folder in [".github", "src/scaffold"] {
        for (path, bytes) in files(&root().join(folder)) {
            let text = String::from_utf8(bytes).expect("it is UTF-8");
            if path.extension().is_some_and(|extension| extension == "yml") && text.contains("uses")
                || text.contains("runs:")
            {
                found.insert(format!("{folder}/{}", path.display()), text);
            }
        }
    }
    assert!(found.len() >= 5, "{:?}", found.keys());
    found
}

/// Every mapping of a YAML text that has this key.
fn having<'a>(value: &'a Value, key: &str, found: &mut Vec<&'a Value>) {
    if value.get(key).is_some() {
        found.push(value);
    }
    match value {
        Value::Mapping(map) => map.iter().for_each(|(_, value)| having(value, key, found)),
        Value::Sequence(items) => items.iter().for_each(|value| having(value, key, found)),
        _ => {}
    }
}

#[test]
fn no_expression_is_pasted_into_a_shell() {
    for (path, text) in sources() {
        let yaml: Value = serde_yaml::from_str(&text).expect("it is YAML");
        let mut steps = Vec::new();
        having(&yaml, "run", &mut steps);
        for step in steps {
            let shell = step["run"].as_str().expect("a text");
            assert!(!shell.contains("${{"), "{path}: a title could become a command: {shell}");
        }
    }
}

#[test]
fn every_action_is_official_and_pinned_by_its_commit() {
    let mut count = 0;
    for (path, text) in sources() {
        for line in text.lines() {
            let Some((_, action)) = line.split_once("uses: ") else { continue };
            count += 1;
            if action.starts_with("./") {
                continue;
            }
            let (name, version) = action.split_once(" # v").expect("a version for people");
            let (name, commit) = name.split_once('@').expect("a commit");
            assert!(name.starts_with("actions/"), "{path}: {action}");
            let hexadecimal = |c: char| c.is_ascii_hexdigit();
            assert!(commit.len() == 40 && commit.chars().all(hexadecimal), "{path}: {action}");
            assert!(version.starts_with(|c: char| c.is_ascii_digit()), "{path}: {action}");
        }
    }
    assert!(count > 10);
}

/// The jobs of a workflow that have a right, in order of name.
fn jobs_that_may<'a>(workflow: &'a Value, right: &str, how: &str) -> Vec<&'a str> {
    let jobs = workflow["jobs"].as_mapping().expect("jobs");
    let mut names: Vec<&str> = jobs
        .iter()
        .filter(|(_, job)| job["permissions"][right].as_str() == Some(how))
        .map(|(name, _)| name.as_str().expect("a name"))
        .collect();
    names.sort_unstable();
    names
}

#[test]
fn one_job_alone_may_write_to_the_repository() {
    let pages: Value = serde_yaml::from_str(&workflow()).expect("it is YAML");
    assert_eq!(jobs_that_may(&pages, "contents", "write"), ["lock"]);
    assert_eq!(jobs_that_may(&pages, "pages", "write"), ["deploy"]);
    assert_eq!(jobs_that_may(&pages, "id-token", "write"), ["deploy"]);
    for (path, text) in sources() {
        let yaml: Value = serde_yaml::from_str(&text).expect("it is YAML");
        if yaml.get("jobs").is_some() {
            let plain = serde_yaml::to_string(&yaml["permissions"]).expect("it can be written");
            assert!(["{}", "contents: read"].contains(&plain.trim()), "{path}: {plain}");
            let runs = yaml["jobs"].as_mapping().expect("jobs");
            assert!(runs.iter().all(|(_, job)| job.get("timeout-minutes").is_some()), "{path}");
        }
    }
}

fn workflow() -> String {
    read(&root().join(".github/workflows/pages.yml"))
}

/// A repository at a host, somebody's clone of it, and the runner.
struct Host {
    around: tempfile::TempDir,
    workflow: Value,
}

/// How a job ended.
struct Ended {
    good: bool,
    log: String,
    summary: String,
    outputs: BTreeMap<String, String>,
}

impl Host {
    /// A repository as `roadbook init` makes it.
    fn new() -> Self {
        let around = tempfile::tempdir().expect("a folder can be made");
        let workflow = serde_yaml::from_str(&workflow()).expect("it is YAML");
        let host = Self { around, workflow };
        let desk = host.path("desk");
        let made = roadbook(&["init", path(&desk), "--blank", "--title", "Моя дорога"]);
        assert!(made.status.success(), "{}", text(&made));
        assert_eq!(read(&desk.join(".github/workflows/pages.yml")), self::workflow());
        host.git(
            host.around.path(),
            &["init", "--quiet", "--bare", "--initial-branch=main", "origin"],
        );
        host.git(&desk, &["init", "--quiet", "--initial-branch=main"]);
        host.git(&desk, &["remote", "add", "origin", &host.origin()]);
        host.push("Begin");
        host
    }

    fn path(&self, name: &str) -> PathBuf {
        self.around.path().join(name)
    }

    fn origin(&self) -> String {
        format!("file://{}", self.path("origin").display())
    }

    /// Nothing of the machine's own settings takes part.
    fn command(&self, program: &str, folder: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(folder)
            .env("HOME", self.around.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env_remove("XDG_CONFIG_HOME")
            .env("LC_ALL", "C.UTF-8");
        command
    }

    fn git(&self, folder: &Path, arguments: &[&str]) -> String {
        let output = self
            .command("git", folder)
            .args(["-c", "user.name=Author", "-c", "user.email=author@example.org"])
            .args(arguments)
            .output()
            .expect("git runs");
        assert!(output.status.success(), "{arguments:?}: {}", text(&output));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// What an author does in the host's editor: a file of the newest state gets another text.
    fn edit(&self, file: &str, change: impl Fn(&str) -> String) {
        let desk = self.path("desk");
        self.git(&desk, &["pull", "--quiet", "--rebase", "origin", "main"]);
        let before = read(&desk.join(file));
        let after = change(&before);
        assert_ne!(before, after, "nothing was edited");
        fs::write(desk.join(file), after).expect("it can be written");
        self.push(&format!("Edit {file}"));
    }

    fn push(&self, message: &str) {
        let desk = self.path("desk");
        self.git(&desk, &["add", "--all"]);
        self.git(&desk, &["commit", "--quiet", "--message", message]);
        self.git(&desk, &["push", "--quiet", "origin", "main"]);
    }

    /// A file of main.
    fn show(&self, file: &str) -> String {
        self.git(&self.path("origin"), &["show", &format!("main:{file}")])
    }

    fn commits(&self) -> usize {
        let count = self.git(&self.path("origin"), &["rev-list", "--count", "main"]);
        count.parse().expect("a number")
    }

    /// Runs the jobs of a push in their order; the end of the last one that ran.
    fn publish(&self) -> Ended {
        self.publish_with(|_| {})
    }

    /// The same; `between` is called when a job has its checkout.
    fn publish_with(&self, between: impl Fn(&str)) -> Ended {
        let mut known = BTreeMap::from([
            ("github.ref", "refs/heads/main".to_owned()),
            ("github.ref_name", "main".to_owned()),
            ("github.event.pull_request.head.repo.html_url", String::new()),
            ("github.event.repository.html_url", "https://github.com/me/name".to_owned()),
        ]);
        let mut ended = self.job("check", &mut known, &between);
        for job in ["lock", "build"] {
            if !ended.good {
                break;
            }
            ended = self.job(job, &mut known, &between);
            if let Some(commit) = ended.outputs.get("commit") {
                known.insert("needs.lock.outputs.commit", commit.clone());
            }
        }
        ended
    }

    fn job(
        &self,
        name: &str,
        known: &mut BTreeMap<&'static str, String>,
        between: &impl Fn(&str),
    ) -> Ended {
        let folder = self.path("work");
        let _ = fs::remove_dir_all(&folder);
        let mut ended = Ended {
            good: true,
            log: String::new(),
            summary: String::new(),
            outputs: BTreeMap::new(),
        };
        let job = &self.workflow["jobs"][name];
        for step in job["steps"].as_sequence().expect("steps") {
            match step["uses"].as_str().map(|uses| uses.split('@').next().unwrap_or(uses)) {
                Some("actions/checkout") => {
                    let wanted = value(&step["with"]["ref"], known);
                    fs::create_dir(&folder).expect("it was removed");
                    self.git(&folder, &["init", "--quiet"]);
                    self.git(&folder, &["remote", "add", "origin", &self.origin()]);
                    self.git(&folder, &["fetch", "--quiet", "--depth=1", "origin", &wanted]);
                    self.git(&folder, &["checkout", "--quiet", "FETCH_HEAD"]);
                    between(name);
                }
                // The program under test is on the path already; a cache changes no byte, and
                // here it is always empty.
                Some("./.github/actions/roadbook" | "actions/cache") => {}
                Some("actions/configure-pages") => {
                    let address = "https://me.github.io/name".to_owned();
                    known.insert("steps.pages.outputs.base_url", address);
                }
                Some("actions/upload-pages-artifact") => {
                    let site = folder.join(value(&step["with"]["path"], known));
                    assert!(site.join("index.html").is_file(), "nothing to publish");
                }
                Some(other) => panic!("the runner does not know {other}"),
                None => self.run(step, &folder, known, &mut ended),
            }
            if !ended.good {
                break;
            }
        }
        ended
    }

    /// Runs the lines of a step as the host does.
    fn run(
        &self,
        step: &Value,
        folder: &Path,
        known: &BTreeMap<&'static str, String>,
        ended: &mut Ended,
    ) {
        let script = self.path("script");
        fs::write(&script, step["run"].as_str().expect("lines")).expect("it can be written");
        let program = Path::new(env!("CARGO_BIN_EXE_roadbook")).parent().expect("its folder");
        let machine = std::env::var("PATH").expect("a path");
        let mut command = self.command("bash", folder);
        command.arg("-e").arg(&script);
        command.env("PATH", format!("{}:{machine}", program.display()));
        for name in ["GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_PATH"] {
            fs::write(self.path(name), "").expect("it can be written");
            command.env(name, self.path(name));
        }
        // What one job keeps, no other finds.
        command.env("XDG_CACHE_HOME", NO_CACHE);
        command.env("GITHUB_REF_NAME", "main").env_remove("GITHUB_HEAD_REF");
        if let Some(variables) = step["env"].as_mapping() {
            for (name, given) in variables {
                command.env(name.as_str().expect("a name"), value(given, known));
            }
        }
        let output = command.output().expect("bash runs");
        ended.good = output.status.success();
        ended.log.push_str(&text(&output));
        ended.summary.push_str(&read(&self.path("GITHUB_STEP_SUMMARY")));
        for line in read(&self.path("GITHUB_OUTPUT")).lines() {
            let (name, value) = line.split_once('=').expect("name=value");
            ended.outputs.insert(name.to_owned(), value.to_owned());
        }
    }
}

/// A value with its expressions filled in; one that the runner does not know is a failure.
fn value(given: &Value, known: &BTreeMap<&'static str, String>) -> String {
    let mut rest = given.as_str().expect("a text");
    let mut out = String::new();
    while let Some((before, after)) = rest.split_once("${{") {
        let (expression, after) = after.split_once("}}").expect("it is closed");
        let one = |name: &str| {
            known.get(name.trim()).unwrap_or_else(|| panic!("`{name}` is not known")).clone()
        };
        out.push_str(before);
        out.push_str(
            &expression.split("||").map(one).find(|one| !one.is_empty()).unwrap_or_default(),
        );
        rest = after;
    }
    out + rest
}

fn roadbook(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_roadbook"));
    command.env("XDG_CACHE_HOME", NO_CACHE).args(arguments).output().expect("the binary runs")
}

fn path(path: &Path) -> &str {
    path.to_str().expect("a test's folder is UTF-8")
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

const STAGE: &str = "content/10-basics/10-command-line/README.md";

/// The id that the lock has for a text.
fn id_of(lock: &str, text: &str) -> String {
    let line = lock.lines().find(|line| line.ends_with(text));
    let line = line.unwrap_or_else(|| panic!("no line for {text:?} in {lock}"));
    line.split_whitespace().next().expect("an id").to_owned()
}

#[test]
fn two_pushes_of_markdown_alone_keep_the_id_of_a_topic() {
    let host = Host::new();
    let first = host.publish();
    assert!(first.good, "{}", first.log);
    assert_eq!(host.commits(), 2, "the lock was committed back");

    host.edit(STAGE, |text| {
        text.replace("- [ ] Exit codes\n", "- [ ] Exit codes\n- [ ] Pipes between programs\n")
    });
    let added = host.publish();
    assert!(added.good, "{}", added.log);
    assert_eq!(host.commits(), 4);
    let changed = host.git(&host.path("origin"), &["show", "--format=%an", "--name-only", "main"]);
    assert_eq!(
        changed.split_whitespace().collect::<Vec<_>>(),
        ["github-actions[bot]", "progress.lock"]
    );
    let id = id_of(&host.show("progress.lock"), " Pipes between programs");

    host.edit(STAGE, |text| text.replace("Pipes between programs", "Pipes between two programs"));
    let reworded = host.publish();
    assert!(reworded.good, "{}", reworded.log);
    assert_eq!(host.commits(), 6);
    assert_eq!(id_of(&host.show("progress.lock"), " Pipes between two programs"), id);

    // Where nothing changed nothing is pushed, so that no push can lead to another one.
    let again = host.publish();
    assert!(again.good, "{}", again.log);
    assert_eq!(host.commits(), 6);

    let site = host.path("work/site");
    let page = read(&site.join("stages/command-line/index.html"));
    assert!(page.contains(&format!("data-item=\"{id}\"")), "the item has another id on the site");
    assert!(
        page.contains("https://github.com/me/name/"),
        "the way to edit is not this repository's"
    );
    let missing = read(&site.join("404.html"));
    assert!(missing.contains("href=\"/name/assets/roadbook.css"), "404.html is not below /name/");
    assert!(!missing.contains("href=\"assets/"), "404.html works at the root alone");
}

/// A repository with curricula in `docs` publishes them below its site, whatever stands beside them.
#[test]
fn documentation_is_published_below_the_site() {
    let host = Host::new();
    let desk = host.path("desk");
    for (file, text) in [
        ("docs/en/book.toml", "[curriculum]\nid = \"d\"\ntitle = \"Docs\"\n"),
        ("docs/en/content/README.md", "---\ntitle: Docs\n---\n\nHow to.\n"),
        ("docs/notes.md", "Not a curriculum.\n"),
    ] {
        let path = desk.join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        fs::write(path, text).expect("it can be written");
    }
    host.push("Document it");
    let ended = host.publish();
    assert!(ended.good, "{}", ended.log);
    let site = host.path("work/site");
    assert!(read(&site.join("docs/en/index.html")).contains("How to."));
    let sitemap = read(&site.join("docs/en/sitemap.xml"));
    assert!(sitemap.contains("<loc>https://me.github.io/name/docs/en/</loc>"), "{sitemap}");
    assert!(site.join("index.html").is_file());
}

#[test]
fn a_push_in_between_is_taken_in() {
    let host = Host::new();
    assert!(host.publish().good);
    host.edit(STAGE, |text| {
        text.replace("- [ ] Exit codes\n", "- [ ] Exit codes\n- [ ] Signals\n")
    });
    let ended = host.publish_with(|job| {
        if job == "lock" {
            host.edit("content/10-basics/10-command-line/10-backup.md", |text| {
                text.replace(
                    "## Done when\n\n",
                    "## Done when\n\n- [ ] A restored copy was compared\n",
                )
            });
        }
    });
    assert!(ended.good, "{}", ended.log);
    let lock = host.show("progress.lock");
    assert!(lock.contains(" Signals") && lock.contains(" A restored copy was compared"), "{lock}");
    assert_eq!(read(&host.path("work/progress.lock")).trim(), lock, "another commit was built");
}

#[test]
fn an_ambiguous_rewording_stops_and_says_what_to_write() {
    let host = Host::new();
    host.edit(STAGE, |text| {
        text.replace("- [ ] Exit codes\n", "- [ ] Rights of files and folders\n")
    });
    assert!(host.publish().good);
    let before = host.commits();
    host.edit(STAGE, |text| {
        let both = "- [ ] Rights of files on disk\n- [ ] Rights of folders on disk\n";
        text.replace("- [ ] Rights of files and folders\n", both)
    });
    let ended = host.publish();
    assert!(!ended.good);
    assert_eq!(host.commits(), before + 1, "something was pushed");
    assert!(
        ended.log.contains("::error file=content/10-basics/10-command-line/README.md,line="),
        "{}",
        ended.log
    );
    let line = read(&host.path("desk").join(STAGE))
        .lines()
        .position(|line| line.contains("Rights of files on disk"))
        .expect("it was written")
        + 1;
    let editor = format!("(https://github.com/me/name/edit/main/{STAGE}#L{line})");
    assert!(ended.summary.contains(&editor), "{}", ended.summary);
    let id = id_of(&host.show("progress.lock"), " Rights of files and folders");
    let mended = format!("- [ ] Rights of files on disk <!-- id: {id} -->");
    assert!(ended.summary.contains(&mended), "{}", ended.summary);

    // Pasted as it stands, it lets the next run pass and keeps the id.
    host.edit(STAGE, |text| text.replace("- [ ] Rights of files on disk", &mended));
    let ended = host.publish();
    assert!(ended.good, "{}", ended.log);
    assert_eq!(id_of(&host.show("progress.lock"), " Rights of files on disk"), id);
}

#[test]
fn a_push_that_is_forbidden_is_said() {
    use std::os::unix::fs::PermissionsExt as _;
    let host = Host::new();
    let hook = host.path("origin/hooks/pre-receive");
    fs::create_dir_all(hook.parent().expect("its folder")).expect("it can be made");
    fs::write(&hook, "#!/bin/sh\nexit 1\n").expect("it can be written");
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).expect("it is ours");
    let ended = host.publish();
    assert!(!ended.good);
    assert!(ended.log.contains("::error file=progress.lock"), "{}", ended.log);
    assert_eq!(host.commits(), 1);
}

/// From a release to the step that downloads it: the program runs where its checksum is the pinned
/// one, and nowhere else.
#[test]
fn a_new_repository_runs_the_program_of_its_release_alone() {
    let around = tempfile::tempdir().expect("a folder can be made");
    let project = around.path().join("project");
    for name in [
        "README.md",
        "FORKING.md",
        "CHANGELOG.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "LICENSE-CONTENT.md",
        "Cargo.toml",
        "scripts/pack",
    ] {
        let to = project.join(name);
        fs::create_dir_all(to.parent().expect("its folder")).expect("it can be made");
        fs::copy(root().join(name), to).expect("it can be copied");
    }
    let version = env!("CARGO_PKG_VERSION");
    let changes =
        format!("# Changelog\n\n## [{version}]\n\n- It exists.\n\n## [0.0.1]\n\n- Older.\n");
    fs::write(project.join("CHANGELOG.md"), changes).expect("it can be written");
    let built = around.path().join("built");
    fs::create_dir(&built).expect("it can be made");
    let name = "roadbook-x86_64-unknown-linux-gnu";
    fs::copy(env!("CARGO_BIN_EXE_roadbook"), built.join(name)).expect("it can be copied");
    let packed = around.path().join("packed");
    let address = format!("file://{}", packed.display());
    let pack = |version: &str| {
        Command::new("bash")
            .arg(project.join("scripts/pack"))
            .args([version, &address, path(&built), path(&packed)])
            .output()
            .expect("bash runs")
    };
    assert!(!pack("9.9.9").status.success(), "a version that is not the program's was packed");
    let output = pack(version);
    assert!(output.status.success(), "{}", text(&output));
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "- It exists.");
    let sums = Command::new("sha256sum")
        .args(["--check", "--strict", "SHA256SUMS"])
        .current_dir(&packed)
        .output()
        .expect("it runs");
    assert!(sums.status.success(), "{}", text(&sums));
    assert_eq!(String::from_utf8_lossy(&sums.stdout).lines().count(), 3);

    let archive = format!("roadbook-{version}-x86_64-unknown-linux-gnu");
    let unpacked = Command::new("tar")
        .args(["-xzf", path(&packed.join(format!("{archive}.tar.gz"))), "-C", path(around.path())])
        .status();
    assert!(unpacked.is_ok_and(|status| status.success()));
    let road = around.path().join("road");
    let made = Command::new(around.path().join(archive).join("roadbook"))
        .args(["init", path(&road), "--blank"])
        .output()
        .expect("the program of the release runs");
    assert!(made.status.success() && !text(&made).contains("pin"), "{}", text(&made));
    let pin = read(&road.join(".github/roadbook.pin"));
    assert!(pin.contains(&format!("\nfrom {address}\n")), "{pin}");

    let action: Value =
        serde_yaml::from_str(&read(&road.join(".github/actions/roadbook/action.yml")))
            .expect("YAML");
    let lines = action["runs"]["steps"][0]["run"].as_str().expect("lines");
    let take = || {
        let temporary = tempfile::tempdir().expect("a folder can be made");
        let paths = temporary.path().join("paths");
        let output = Command::new("bash")
            .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", lines])
            .current_dir(&road)
            .env("RUNNER_TEMP", temporary.path())
            .env("RUNNER_ARCH", "X64")
            .env("RUNNER_OS", "Linux")
            .env("GITHUB_PATH", &paths)
            .output()
            .expect("bash runs");
        let folder = fs::read_to_string(paths).unwrap_or_default();
        let runs =
            Command::new(Path::new(folder.trim()).join("roadbook")).arg("--version").output();
        (
            output.status.success(),
            text(&output),
            runs.is_ok_and(|output| text(&output).contains(version)),
        )
    };
    let (good, log, runs) = take();
    assert!(good && runs, "{log}");
    fs::write(packed.join(name), "#!/bin/sh\n").expect("it is there");
    let (good, log, runs) = take();
    assert!(!good && !runs, "another program was taken: {log}");
    fs::remove_file(road.join(".github/roadbook.pin")).expect("it is there");
    let (good, log, _) = take();
    assert!(!good && log.contains("::error file=.github/roadbook.pin"), "{log}");
}
