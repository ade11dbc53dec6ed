//! The documentation: two curricula of its own, in `docs/en` and `docs/ru`. What can be generated is
//! generated, what is shown as a command is run.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use roadbook::compile::{Memo, compile};
use roadbook::diagnostic::Code;
use roadbook::disk;
use roadbook::report::{Colour, Format, report};
use roadbook::snapshot::Overrides;
use serde_json::Value;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Compares a generated page, or with `RECORD` writes it.
fn current(page: &str, title: &str, body: &str) {
    let path = root().join("docs/en/content/pages").join(page);
    let text = format!("---\ntitle: {title}\n---\n\n{}\n", body.trim());
    if std::env::var_os("RECORD").is_some() {
        fs::write(&path, &text).expect("the page can be written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "{}: RECORD=1 cargo test --test suite docs", path.display());
}

#[test]
fn both_languages_build_without_a_word() {
    for language in ["en", "ru"] {
        let folder = root().join("docs").join(language);
        let (snapshot, found) = disk::read(&folder, Overrides::default()).expect("it is there");
        let compiled = compile(&snapshot, &mut Memo::default());
        let all = [found, compiled.diagnostics].concat();
        assert_eq!(report(&all, &snapshot, Format::Short, Colour::Off), "");
        let lock = compiled.lock.unwrap_or_default().to_string();
        if std::env::var_os("RECORD").is_some() {
            fs::write(folder.join("progress.lock"), &lock).expect("it can be written");
        } else {
            let written = snapshot.files.get("progress.lock").map_or(&[][..], |lock| lock);
            assert!(written == lock.as_bytes(), "roadbook lock --update docs/{language}");
        }
    }
}

#[test]
fn both_languages_have_the_same_guides() {
    let pages = |language: &str| -> BTreeSet<String> {
        let folder = root().join("docs").join(language).join("content/pages");
        let files = fs::read_dir(folder).expect("it is there");
        files.map(|file| file.expect("it is there").file_name().to_string_lossy().into()).collect()
    };
    // Commands and diagnostics speak English, as the program does.
    let generated = BTreeSet::from(["60-commands.md".to_owned(), "70-diagnostics.md".to_owned()]);
    assert_eq!(&pages("en") - &generated, pages("ru"));
}

/// The published reference is made of the same pages that `roadbook explain` prints.
#[test]
fn the_reference_of_diagnostics_is_current() {
    let mut text =
        "Every problem that Roadbook reports has a code. `roadbook explain CODE` prints its \
        page; these are all of them.\n"
            .to_owned();
    for code in Code::ALL {
        let page: Vec<&str> =
            code.page().lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
        let word = code.severity().word();
        let _ = writeln!(text, "\n## {code}\n\n*{word}.* {}", page.join("\n"));
    }
    current("70-diagnostics.md", "Diagnostics", &text);
}

#[test]
fn the_reference_of_commands_is_current() {
    current("60-commands.md", "Commands", &roadbook::cli::reference());
}

/// The tables of keys come from the same schemas that editors check files by.
#[test]
fn the_reference_of_keys_is_current() {
    let mut text =
        "Only `title` has to be there, and in `book.toml` an `id` beside it. A key that nobody \
        knows is an error, which suggests the nearest.\n\n"
            .to_owned();
    let mut keys: BTreeSet<String> = BTreeSet::new();
    for (kind, title) in [
        ("page", "Any page"),
        ("level", "A level"),
        ("stage", "A stage"),
        ("project", "A project"),
        ("source", "A source"),
        ("tracking", "A tracking list"),
    ] {
        let schema = schema(kind);
        let of_every_page = properties(&self::schema("page"));
        let _ = write!(text, "## {title}\n\n| key | meaning | value |\n| --- | --- | --- |\n");
        for (key, value) in properties(&schema) {
            if kind == "page" || !of_every_page.iter().any(|(other, _)| *other == key) {
                let _ = writeln!(text, "| `{key}` | {} | {} |", said(&value), shape(&value));
                keys.insert(key);
            }
        }
        text.push('\n');
    }
    text.push_str("## book.toml\n\n| key | meaning | value |\n| --- | --- | --- |\n");
    for (table, value) in properties(&schema("book")) {
        for (key, value) in properties(&value) {
            let _ = writeln!(text, "| `[{table}] {key}` | {} | {} |", said(&value), shape(&value));
            keys.insert(format!("[{table}] {key}"));
        }
    }
    current("50-keys.md", "Keys", &text);
    // The Russian page is written by hand: no key may be missing in it.
    let russian =
        fs::read_to_string(root().join("docs/ru/content/pages/50-keys.md")).expect("it is there");
    let missing: Vec<&String> =
        keys.iter().filter(|key| !russian.contains(&format!("| `{key}` |"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

fn schema(name: &str) -> Value {
    let path = root().join(format!("docs/schemas/{name}.json"));
    let text = fs::read_to_string(path).expect("it is there");
    serde_json::from_str(&text).expect("it is JSON")
}

fn properties(schema: &Value) -> Vec<(String, Value)> {
    let table = schema["properties"].as_object().cloned().unwrap_or_default();
    table.into_iter().collect()
}

fn said(value: &Value) -> String {
    value["description"].as_str().unwrap_or_default().replace('|', "\\|")
}

/// What may stand there, in a word.
fn shape(value: &Value) -> String {
    let word = |value: &Value| value.as_str().map(|word| format!("`{word}`"));
    if let Some(words) = value["enum"].as_array() {
        return words.iter().filter_map(word).collect::<Vec<_>>().join(", ");
    }
    if let Some(examples) = value["examples"].as_array() {
        return examples.iter().filter_map(word).collect::<Vec<_>>().join(", ");
    }
    let list = value["oneOf"]
        .as_array()
        .is_some_and(|shapes| shapes.iter().any(|shape| shape["type"] == "array"));
    match value["type"].as_str() {
        _ if list => "a list".to_owned(),
        Some("integer") => "a whole number".to_owned(),
        Some("boolean") => "`true` or `false`".to_owned(),
        Some("object") => "a table".to_owned(),
        _ => "text".to_owned(),
    }
}

/// The commands of the guides, one after the other in one folder, with the documents that they name.
#[test]
fn the_commands_of_the_guides_work() {
    for language in ["en", "ru"] {
        for page in ["20-author.md", "40-forker.md", "30-moving-in.md"] {
            let desk = tempfile::tempdir().expect("a folder can be made");
            let documents = root().join("tests/import");
            copy(&documents.join("mdbook"), &desk.path().join("my-book"));
            copy(&documents.join("roadmap-sh"), &desk.path().join("roadmap-sh"));
            fs::copy(documents.join("checklists.md"), desk.path().join("checklist.md"))
                .expect("it is there");
            let path = root().join("docs").join(language).join("content/pages").join(page);
            let text = fs::read_to_string(path).expect("the page is there");
            let mut count = 0;
            for block in text.split("```sh\n").skip(1) {
                let commands = block.split("```").next().unwrap_or_default();
                for command in commands.lines().filter(|line| !line.contains(" serve ")) {
                    run(desk.path(), command);
                    count += 1;
                }
            }
            assert!(count > 1, "{language}/{page} shows no commands");
        }
    }
}

fn run(desk: &Path, line: &str) {
    let mut words: Vec<String> = Vec::new();
    for (at, part) in line.split('"').enumerate() {
        match at % 2 {
            0 => words.extend(part.split_whitespace().map(str::to_owned)),
            _ => words.push(part.to_owned()),
        }
    }
    assert_eq!(words[0], "roadbook", "{line}");
    let output = Command::new(env!("CARGO_BIN_EXE_roadbook"))
        .env("XDG_CACHE_HOME", crate::build::NO_CACHE)
        .args(&words[1..])
        .current_dir(desk)
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{line}\n{said}");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("it is there") {
        let entry = entry.expect("it is there");
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).expect("it can be copied");
        }
    }
}
