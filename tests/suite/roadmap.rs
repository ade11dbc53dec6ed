//! The repository's own curriculum: every fact of the roadmap is in `content/`.

use std::collections::BTreeMap;
use std::path::Path;

use roadbook::compile::{Compiled, Memo, compile};
use roadbook::disk;
use roadbook::snapshot::{Overrides, Snapshot};
use serde_json::Value;

fn compiled() -> (Snapshot, Compiled) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (snapshot, diagnostics) =
        disk::read(root, Overrides::default()).expect("the repository can be read");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let compiled = compile(&snapshot, &mut Memo::default());
    assert!(compiled.diagnostics.is_empty(), "{:#?}", compiled.diagnostics);
    (snapshot, compiled)
}

fn curriculum() -> Value {
    let (_, compiled) = compiled();
    let site = compiled.site.expect("there are no errors");
    serde_json::from_slice(&site.files["curriculum.json"]).expect("it is JSON")
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("`{key}` is no list"))
}

fn texts(values: &[Value], key: &str) -> Vec<String> {
    values.iter().map(|value| value[key].as_str().expect("a text").to_owned()).collect()
}

fn range(duration: &Value) -> String {
    format!("{}-{}", duration["min"], duration["max"])
}

/// Lines of facts: a kind and its fields.
fn facts() -> Vec<(String, Vec<String>)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/roadmap/facts.tsv");
    let text = std::fs::read_to_string(path).expect("the facts can be read");
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let mut fields = line.split('\t').map(str::to_owned);
            (fields.next().expect("a line has a kind"), fields.collect())
        })
        .collect()
}

#[test]
fn lock_is_up_to_date() {
    let (snapshot, compiled) = compiled();
    let lock = snapshot.files.get("progress.lock").expect("the lock is committed");
    let changes = compiled.changes;
    assert!(
        compiled.lock.map(|lock| lock.to_string()).as_deref().map(str::as_bytes) == Some(&**lock),
        "run `roadbook lock --update`: {changes}"
    );
}

#[test]
fn counts_are_the_roadmaps() {
    let book = curriculum();
    let levels = list(&book, "levels");
    let stages: Vec<&Value> = levels.iter().flat_map(|level| list(level, "stages")).collect();
    let blocks: Vec<&Value> = stages.iter().flat_map(|stage| list(stage, "blocks")).collect();
    let weekly = blocks.iter().filter(|block| block["weeks"].is_array()).count();
    let topics: usize = blocks.iter().map(|block| list(block, "topics").len()).sum();
    let projects: usize = stages.iter().map(|stage| list(stage, "projects").len()).sum();
    let entries: usize = list(&book, "tracking").iter().map(|t| list(t, "items").len()).sum();
    assert_eq!(
        (levels.len(), stages.len(), weekly, blocks.len(), topics, projects, entries),
        (6, 21, 77, 81, 327, 76, 18)
    );
    assert_eq!(list(&book, "sources").len(), 18);
    let sum = |key: &str, bound: &str| -> u64 {
        levels.iter().map(|level| level[key][bound].as_u64().expect("a number")).sum()
    };
    assert_eq!((sum("computed", "min"), sum("computed", "max")), (132, 178), "weeks of stages");
    assert_eq!((sum("duration", "min"), sum("duration", "max")), (37, 59), "months of levels");
}

/// Walks the facts beside the curriculum; each fact must stand in its own place and order.
#[test]
fn every_fact_stands_in_its_place() {
    let book = curriculum();
    let mut levels = list(&book, "levels").iter();
    let mut stages = [].iter();
    let mut blocks = Vec::new().into_iter();
    let mut topics = Vec::new().into_iter();
    let mut projects = [].iter();
    let mut sources = [].iter();
    let (mut stage, mut project) = (&Value::Null, &Value::Null);
    let mut lists = list(&book, "tracking")
        .iter()
        .map(|tracking| (tracking["title"].as_str().expect("a title"), list(tracking, "items")))
        .collect::<BTreeMap<_, _>>();
    let mut entries = Vec::new().into_iter();
    let titles: BTreeMap<&str, &str> = list(&book, "sources")
        .iter()
        .map(|s| (s["id"].as_str().expect("an id"), s["title"].as_str().expect("a title")))
        .collect();
    for (kind, fields) in facts() {
        let what = format!("{kind} {fields:?}");
        match kind.as_str() {
            "L" => {
                let level = levels.next().expect(&what);
                assert_eq!(level["title"].as_str().expect("a title").to_lowercase(), fields[0]);
                assert_eq!(range(&level["duration"]), fields[1], "{what}");
                assert_eq!(level["duration"]["unit"], "months", "{what}");
                stages = list(level, "stages").iter();
            }
            "S" => {
                assert_eq!(topics.next(), None::<String>, "before {what}");
                assert!(projects.next().is_none(), "before {what}");
                stage = stages.next().expect(&what);
                assert_eq!(stage["number"], fields[0].as_str());
                assert_eq!(stage["title"], fields[1].as_str());
                assert_eq!(range(&stage["duration"]), fields[2], "{what}");
                blocks = list(stage, "blocks").to_vec().into_iter();
                projects = list(stage, "projects").iter();
                sources = list(stage, "sources").iter();
            }
            "G" => assert_eq!(stage["goal"], fields[0].as_str()),
            "U" => {
                let source = sources.next().expect(&what);
                let title = titles[source["id"].as_str().expect("an id")];
                assert_eq!(title, fields[0], "{what}");
                assert_eq!(source["part"].as_str().unwrap_or_default(), fields[1], "{what}");
            }
            "B" => {
                assert_eq!(topics.next(), None::<String>, "before {what}");
                let block = blocks.next().expect(&what);
                assert_eq!(block["title"], fields[1].as_str());
                let weeks = block["weeks"].as_array();
                let weeks = weeks.map(|w| format!("{}-{}", w[0], w[1])).unwrap_or_default();
                assert_eq!(weeks, fields[0], "{what}");
                topics = texts(list(&block, "topics"), "text").into_iter();
                let part_of_block = texts(list(&block, "sources"), "part");
                if fields[2].is_empty() {
                    assert!(part_of_block.is_empty(), "{what}: {part_of_block:?}");
                } else {
                    // A part may carry its name behind its number: «Фаза 2» is
                    // «Фаза 2: Backend-технологии».
                    let named = part_of_block.iter().any(|part| {
                        *part == fields[2] || part.starts_with(&format!("{}:", fields[2]))
                    });
                    assert!(named, "{what}: {part_of_block:?}");
                }
            }
            "T" => assert_eq!(topics.next(), Some(fields[0].clone())),
            "P" => {
                project = projects.next().expect(&what);
                assert_eq!(project["kind"], fields[0].as_str(), "{what}");
                assert_eq!(project["title"], fields[1].as_str());
                assert!(project["summary"].is_string(), "{what} has no summary");
            }
            "C" => {
                let steps = texts(list(project, "steps"), "text");
                assert!(steps.contains(&fields[0]), "{what} is no step of {}", project["id"]);
            }
            "K" => {
                let items = lists.remove(fields[0].as_str()).expect(&what);
                entries = texts(items, "text").into_iter();
            }
            "E" => assert_eq!(entries.next(), Some(fields[0].clone())),
            other => panic!("unknown fact {other}"),
        }
    }
    assert!(levels.next().is_none(), "a level too many");
    assert!(lists.is_empty(), "a list too many");
}

/// Every stage is reached from the first along requirements.
#[test]
fn every_stage_is_reached_from_the_first() {
    let book = curriculum();
    let mut reached: Vec<String> = Vec::new();
    for stage in list(&book, "levels").iter().flat_map(|level| list(level, "stages")) {
        let id = stage["id"].as_str().expect("an id").to_owned();
        let requires: Vec<&str> =
            list(stage, "requires").iter().map(|id| id.as_str().expect("an id")).collect();
        if reached.is_empty() {
            assert!(requires.is_empty(), "the first stage requires something");
        } else {
            assert!(!requires.is_empty(), "{id} requires nothing");
            for required in requires {
                assert!(
                    reached.iter().any(|r| r == required),
                    "{id} requires the later {required}"
                );
            }
        }
        reached.push(id);
    }
}

/// What an issue of the content asks of every page: enough to do, and hours that fit the weeks.
#[test]
fn projects_have_enough_to_do_and_fit_their_stage() {
    let book = curriculum();
    for stage in list(&book, "levels").iter().flat_map(|level| list(level, "stages")) {
        let projects = list(stage, "projects");
        let (mut least, mut most) = (0, 0);
        for project in projects {
            let id = &project["id"];
            assert!(list(project, "steps").len() >= 8, "{id} has fewer than 8 steps and criteria");
            assert!(project["difficulty"].is_number(), "{id} has no difficulty");
            least += project["hours"]["min"].as_u64().unwrap_or_else(|| panic!("{id}: hours"));
            most += project["hours"]["max"].as_u64().unwrap_or_else(|| panic!("{id}: hours"));
        }
        if projects.is_empty() {
            continue;
        }
        let weeks = |bound: &str| stage["duration"][bound].as_u64().expect("a duration");
        let share = |hours: u64, all: u64| (30..=70).contains(&(hours * 100 / all));
        assert!(share(least, weeks("min") * 20), "{}: {least} hours at least", stage["id"]);
        assert!(share(most, weeks("max") * 30), "{}: {most} hours at most", stage["id"]);
        for topic in list(stage, "blocks").iter().flat_map(|block| list(block, "topics")) {
            assert!(topic["note"].is_string(), "{} has no note", topic["text"]);
        }
    }
}

/// A page's Markdown below its front matter.
fn body(text: &str) -> &str {
    text.splitn(3, "---\n").nth(2).expect("a page has front matter")
}

#[test]
fn pages_say_enough_and_no_paragraph_twice() {
    let (snapshot, _) = compiled();
    let mut paragraphs: BTreeMap<&str, &str> = BTreeMap::new();
    let (mut stages, mut projects) = (0, 0);
    for (path, bytes) in snapshot.below("content/") {
        let text = std::str::from_utf8(bytes).expect("the content is UTF-8");
        let body = body(text);
        let length = body.trim().chars().count();
        match path.split('/').collect::<Vec<_>>().as_slice() {
            [_, _, _, "README.md"] => {
                stages += 1;
                assert!(length >= 2_500, "{path} has {length} characters");
            }
            [_, _, _, _] => {
                projects += 1;
                assert!(length >= 1_200, "{path} has {length} characters");
                for key in ["summary:", "difficulty:", "hours:", "skills:"] {
                    assert!(text.contains(&format!("\n{key} ")), "{path} has no `{key}`");
                }
            }
            _ => {}
        }
        let prose = body.split("\n\n").map(str::trim).filter(|paragraph| {
            paragraph.chars().count() >= 40 && !paragraph.starts_with(['#', '`', '|', '📖'])
        });
        for paragraph in prose {
            if let Some(other) = paragraphs.insert(paragraph, path) {
                panic!("{path} and {other} share a paragraph: {paragraph}");
            }
        }
    }
    assert_eq!((stages, projects), (21, 76));
}

#[test]
fn glossary_is_large_and_linked_from_every_stage() {
    let (snapshot, compiled) = compiled();
    let glossary = &snapshot.files["content/glossary.md"];
    let terms = std::str::from_utf8(glossary).expect("UTF-8").matches("\n## ").count();
    assert!(terms >= 120, "{terms} terms");
    for (path, bytes) in snapshot.below("content/") {
        let parts = path.split('/').count();
        if parts == 4 && path.ends_with("/README.md") {
            let text = std::str::from_utf8(bytes).expect("UTF-8");
            assert!(text.contains("glossary.md#"), "{path} links no term");
        }
    }
    assert!(compiled.site.is_some());
}
