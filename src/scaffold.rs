//! New curricula and new pages.
//!
//! Input: names and titles. Output: files to be written. Responsibility: the right place, the
//! right front matter and the next free number; nothing is written here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::json;

use crate::assemble::{Place, place};
use crate::diagnostic::nearest;
use crate::embedded;
use crate::kind::PageKind;
use crate::parse::{config, parse, write_front_matter};
use crate::schema;
use crate::snapshot::Snapshot;
use crate::text::{anchor, is_device, is_id, slug, split_prefix};

/// What a new curriculum begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// The backend developer's roadmap.
    Roadmap,
    /// One level with three sample weeks.
    Blank,
}

/// Where a repository says which program its workflow runs.
pub const PIN: &str = ".github/roadbook.pin";

/// The files of a new curriculum, by path. `pin` is the text of [`PIN`], where it is known.
#[must_use]
pub fn curriculum(
    start: Start,
    id: &str,
    title: &str,
    pin: Option<String>,
) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut title = title.to_owned();
    match start {
        Start::Roadmap => {
            for (path, bytes) in embedded::content() {
                files.insert(path, bytes.into_owned());
            }
            title = config::read(embedded::BOOK.as_bytes()).0.map_or(title, |config| config.title);
            let book =
                embedded::BOOK.replace("id = \"backend-roadmap\"", &format!("id = {}", json!(id)));
            files.insert("book.toml".to_owned(), with_schema(&book));
            files.insert("progress.lock".to_owned(), embedded::LOCK.into());
        }
        Start::Blank => {
            for (path, text) in BLANK {
                files.insert(path.to_owned(), text.into());
            }
            let book = format!("[curriculum]\nid = {}\ntitle = {}\n", json!(id), json!(title));
            files.insert("book.toml".to_owned(), with_schema(&book));
        }
    }
    files.extend(repository(&title, pin));
    files
}

/// What a curriculum's repository holds beside the curriculum. `pin` is the text of [`PIN`], where it
/// is known.
#[must_use]
pub fn repository(title: &str, pin: Option<String>) -> BTreeMap<String, Vec<u8>> {
    let mut files = publishing(title);
    files.extend(pin.map(|pin| (PIN.to_owned(), pin.into_bytes())));
    for (path, text) in schema::editor_files() {
        files.insert(path, text.into_bytes());
    }
    files.insert(".gitignore".to_owned(), b"/site\n".to_vec());
    let attributes = "# Branches that both add items must not conflict over the list of ids.\n\
                      progress.lock merge=union\n";
    files.insert(".gitattributes".to_owned(), attributes.into());
    files
}

/// What publishes a curriculum from its repository.
fn publishing(title: &str) -> BTreeMap<String, Vec<u8>> {
    [
        (".github/workflows/pages.yml", embedded::WORKFLOW.to_owned()),
        (".github/actions/roadbook/action.yml", embedded::ACTION.to_owned()),
        ("README.md", embedded::READ_ME.replace("{title}", title)),
    ]
    .into_iter()
    .map(|(path, text)| (path.to_owned(), text.into_bytes()))
    .collect()
}

fn with_schema(book: &str) -> Vec<u8> {
    format!("{}{book}", schema::BOOK_LINE).into_bytes()
}

const BLANK: [(&str, &str); 4] = [
    (
        "content/README.md",
        "---\ntitle: My roadmap\n---\n\nWhat this roadmap leads to, and for whom it is.\n",
    ),
    (
        "content/10-basics/README.md",
        "---\ntitle: Basics\nduration: 1 month\ngoal: Be at home on the command line\n---\n\n\
         What this level is about.\n",
    ),
    (
        "content/10-basics/10-command-line/README.md",
        "---\ntitle: The command line\nduration: 3 weeks\ngoal: Find, read and change files\n---\n\n\
         Why this stage comes first.\n\n\
         ## Week 1: Files\n\n\
         - [ ] Walk through folders (`ls`, `cd`, `pwd`)\n  - I can find a file by its name.\n\
         - [ ] Copy, move and remove files\n\n\
         ## Week 2: Text\n\n\
         - [ ] Read long files (`less`, `head`, `tail`)\n\
         - [ ] Search in files (`grep`)\n\n\
         ## Week 3: Scripts\n\n\
         Put it together in [the first project](10-backup.md).\n\n\
         - [ ] Variables and loops\n\
         - [ ] Exit codes\n",
    ),
    (
        "content/10-basics/10-command-line/10-backup.md",
        "---\ntitle: A backup script\nsummary: copies a folder and keeps the last three copies\n\
         difficulty: 1\nhours: 4-6\nskills: [bash]\n---\n\n\
         What to build, and why.\n\n\
         ## Steps\n\n- [ ] Copy a folder to another place\n- [ ] Keep the last three copies\n\n\
         ## Done when\n\n- [ ] The script can be run twice without harm\n",
    ),
];

/// What can be added to a curriculum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum New {
    /// A level.
    Level,
    /// A stage of a level.
    Stage,
    /// A project of a stage.
    Project,
    /// A source.
    Source,
    /// A term of the glossary.
    Term,
}

impl New {
    /// The kind of page that it is; a term is a part of one.
    fn kind(self) -> Option<PageKind> {
        match self {
            Self::Level => Some(PageKind::Level),
            Self::Stage => Some(PageKind::Stage),
            Self::Project => Some(PageKind::Project),
            Self::Source => Some(PageKind::Source),
            Self::Term => None,
        }
    }
}

/// A file with its new text, and whether it was there before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Path from the curriculum's folder.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Makes a page. `within` is the id of the level or stage it belongs to; where there is only one,
/// it need not be given.
///
/// # Errors
/// A sentence that says what is wrong and how to mend it.
pub fn page(
    snapshot: &Snapshot,
    what: New,
    title: &str,
    within: Option<&str>,
) -> Result<NewFile, String> {
    let title = crate::text::collapse(title);
    let id = slug(&title);
    if !is_id(&id) || is_device(&id) {
        return Err(format!("no id can be made of the title `{title}`"));
    }
    if !snapshot.files.contains_key(config::PATH) {
        return Err("there is no `book.toml` here; run this in a curriculum's folder".to_owned());
    }
    if let Some(kind) = what.kind()
        && let Some(path) = pages(snapshot, kind).get(&id)
    {
        return Err(format!("the {} `{id}` is there already: {path}", kind.name()));
    }
    let parent = |kind: PageKind| parent(snapshot, kind, within);
    let mut front = serde_json::Map::new();
    front.insert("title".to_owned(), json!(title));
    match what {
        New::Term => term(snapshot, &title),
        New::Source => file(snapshot, format!("content/sources/{id}.md"), &front, "\n"),
        New::Level => {
            let number = next_number(snapshot, "content");
            let path = format!("content/{number}-{id}/README.md");
            front.insert("duration".to_owned(), json!("1-2 months"));
            front.insert("goal".to_owned(), json!(""));
            file(snapshot, path, &front, "\nWhat this level is about.\n")
        }
        New::Stage => {
            let folder = parent(PageKind::Level)?;
            let number = next_number(snapshot, &folder);
            front.insert("duration".to_owned(), json!("2-3 weeks"));
            front.insert("goal".to_owned(), json!(""));
            let body = "\nWhy this stage.\n\n## Weeks 1-2: …\n\n- [ ] First topic\n";
            file(snapshot, format!("{folder}/{number}-{id}/README.md"), &front, body)
        }
        New::Project => {
            let folder = parent(PageKind::Stage)?;
            let number = next_number(snapshot, &folder);
            front.insert("summary".to_owned(), json!(""));
            front.insert("difficulty".to_owned(), json!(1));
            front.insert("hours".to_owned(), json!("8-12"));
            let body = "\nWhat to build.\n\n## Steps\n\n- [ ] First step\n\n## Done when\n\n\
                        - [ ] First criterion\n";
            file(snapshot, format!("{folder}/{number}-{id}.md"), &front, body)
        }
    }
}

fn file(
    snapshot: &Snapshot,
    path: String,
    front: &serde_json::Map<String, serde_json::Value>,
    body: &str,
) -> Result<NewFile, String> {
    if snapshot.files.contains_key(path.as_str()) {
        return Err(format!("`{path}` is there already"));
    }
    Ok(NewFile { path, text: format!("---\n{}---\n{body}", write_front_matter(front)) })
}

fn term(snapshot: &Snapshot, title: &str) -> Result<NewFile, String> {
    let path = "content/glossary.md";
    let before = match snapshot.files.get(path) {
        Some(bytes) => {
            std::str::from_utf8(bytes).map_err(|_| format!("`{path}` is not UTF-8"))?.to_owned()
        }
        None => "---\ntitle: Glossary\n---\n".to_owned(),
    };
    let taken = before
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .any(|line| anchor(line.split(" (").next().unwrap_or(line)) == anchor(title));
    if taken {
        return Err(format!("the glossary has a term `{title}` already"));
    }
    let text = format!("{}\n\n## {title}\n\nWhat it means.\n", before.trim_end());
    Ok(NewFile { path: path.to_owned(), text })
}

/// The files of the pages of a kind, by id.
fn pages(snapshot: &Snapshot, kind: PageKind) -> BTreeMap<String, Arc<str>> {
    snapshot
        .below("content/")
        .filter_map(|(path, bytes)| match place(path) {
            Place::Page { kind: found, name } if found == kind => {
                let name = split_prefix(&name).1;
                let written = parse(path, bytes, kind, name).draft.and_then(|draft| draft.front.id);
                let id = written.map_or_else(|| slug(name), |id| id.value);
                Some((id, Arc::clone(path)))
            }
            _ => None,
        })
        .collect()
}

/// The folders of levels or stages, by id.
fn folders(snapshot: &Snapshot, kind: PageKind) -> BTreeMap<String, String> {
    let folder = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let pages = pages(snapshot, kind).into_iter();
    pages.filter_map(|(id, path)| Some((id, folder(&path)?))).collect()
}

fn parent(snapshot: &Snapshot, kind: PageKind, within: Option<&str>) -> Result<String, String> {
    let folders = folders(snapshot, kind);
    let word = kind.name();
    let Some(wanted) = within else {
        let mut all = folders.values();
        return match (all.next(), all.next()) {
            (Some(only), None) => Ok(only.clone()),
            (None, _) => {
                Err(format!("there is no {word} yet; make one with `roadbook new {word}`"))
            }
            _ => Err(format!("say which {word} it belongs to: `--in ID`")),
        };
    };
    folders.get(wanted).cloned().ok_or_else(|| {
        let hint = nearest(wanted, folders.keys().map(String::as_str))
            .map(|near| format!("; did you mean `{near}`?"))
            .unwrap_or_default();
        format!("no {word} has the id `{wanted}`{hint}")
    })
}

/// The next free number in a folder, in steps of ten, so that others fit between.
fn next_number(snapshot: &Snapshot, folder: &str) -> u64 {
    let prefix = format!("{folder}/");
    let numbers: BTreeSet<u64> = snapshot
        .below(&prefix)
        .filter_map(|(path, _)| path[prefix.len()..].split('/').next())
        .map(|name| split_prefix(name).0)
        .filter(|number| *number != u64::MAX)
        .collect();
    numbers.last().map_or(10, |last| last / 10 * 10 + 10)
}
