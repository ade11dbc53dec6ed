//! What the browser's scripts know of the curriculum.
//!
//! Input: [`Linked`] and the interface's words. Output: classic scripts below `data/`, since from
//! disk nothing else can be loaded. Responsibility: their shape; a reading page loads only its own
//! level, so that nothing on it grows with the site.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde_json::{Map, Value, json};

use crate::identity::ItemIdentity;
use crate::link::Linked;
use crate::model::Page;
use crate::words::Words;

/// Ids of words that only the progress page needs.
const PROGRESS_WORDS: &str = "progress-";
/// Ids of words that only the search needs; they come with it.
const SEARCH_WORDS: &str = "search";
/// The exception: every page links to the progress page.
const LINK_TO_PROGRESS: &str = "progress-page";

/// All data scripts by path.
pub(super) fn scripts(linked: &Linked, words: &Words) -> BTreeMap<String, Vec<u8>> {
    let writer = Writer { linked };
    let curriculum = &linked.curriculum;
    let (totals, levels): (Vec<Value>, Vec<_>) = (0..curriculum.levels.len())
        .into_par_iter()
        .with_max_len(1)
        .map(|level| {
            let id = &writer.level_page(level).key.id;
            let mut data = writer.level(level);
            let digest = blake3::hash(data.to_string().as_bytes()).to_hex()[..12].to_owned();
            data["digest"] = json!(digest);
            let files = [
                (format!("data/level-{id}.js"), script("level", &data)),
                (format!("data/level-{id}-texts.js"), script("texts", &writer.texts(level))),
            ];
            (writer.totals(level, &digest), files)
        })
        .unzip();
    let mut files: BTreeMap<String, Vec<u8>> = levels.into_iter().flatten().collect();
    let mut add = |name: String, kind: &str, value: &Value| {
        files.insert(format!("data/{name}.js"), script(kind, value));
    };
    let about = super::about::scripts(linked, words);
    let title = &curriculum.config.title;
    let all = json!({ "title": title, "about": about.len(), "levels": totals });
    add("totals".into(), "totals", &all);
    for (no, entries) in about.iter().enumerate() {
        add(format!("about-{no}"), "about", entries);
    }
    add("tracking".into(), "tracking", &writer.tracking());
    add("retired".into(), "retired", &writer.retired());
    let (own, others): (Map<String, Value>, Map<String, Value>) = words
        .script_messages("client-")
        .into_iter()
        .partition(|(id, _)| id.starts_with(PROGRESS_WORDS) && id != LINK_TO_PROGRESS);
    let (search, others): (Map<String, Value>, Map<String, Value>) =
        others.into_iter().partition(|(id, _)| id.starts_with(SEARCH_WORDS));
    let language = &curriculum.config.language;
    let message =
        |messages: Map<String, Value>| json!({ "language": language, "messages": messages });
    add("words-progress".into(), "words", &message(own));
    add("words-search".into(), "words", &message(search));
    add("words".into(), "words", &message(others));
    files
}

/// One call that works whichever script comes first. `</` and the two line separators of Unicode
/// would end a script or a line of it where it is pasted into HTML.
fn script(kind: &str, value: &Value) -> Vec<u8> {
    let json = json!([kind, value])
        .to_string()
        .replace("</", "<\\/")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029");
    format!("(self.roadbookSupply=self.roadbookSupply||[]).push({json});\n").into_bytes()
}

struct Writer<'a> {
    linked: &'a Linked,
}

impl<'a> Writer<'a> {
    fn level_page(&self, level: usize) -> &'a Page {
        let curriculum = &self.linked.curriculum;
        &curriculum.pages[curriculum.levels[level].page]
    }

    fn totals(&self, level: usize, digest: &str) -> Value {
        let curriculum = &self.linked.curriculum;
        let page = self.level_page(level);
        let stages = &curriculum.stages[curriculum.levels[level].stages.clone()];
        json!({
            "id": page.key.id,
            "number": page.number,
            "title": page.title,
            "url": page.key.url(),
            "digest": digest,
            "topics": stages.iter().map(crate::model::Stage::topics).sum::<usize>(),
            "projects": stages.iter().map(|stage| stage.projects.len()).sum::<usize>(),
        })
    }

    fn level(&self, no: usize) -> Value {
        let curriculum = &self.linked.curriculum;
        let level = &curriculum.levels[no];
        let mut origins = Origins::default();
        let stages: Vec<Value> = curriculum.stages[level.stages.clone()]
            .iter()
            .map(|stage| {
                let page = &curriculum.pages[stage.page];
                let topics: Vec<Value> = stage
                    .sections
                    .iter()
                    .flat_map(|section| &section.tasks)
                    .map(|task| {
                        let text = &page.draft.document.tasks[*task].text;
                        origins.item(&page.identity.tasks[*task], text)
                    })
                    .collect();
                let projects: Vec<Value> = curriculum.projects[stage.projects.clone()]
                    .iter()
                    .map(|project| {
                        let page = &curriculum.pages[project.page];
                        let tasks = page.identity.tasks.iter().zip(&page.draft.document.tasks);
                        let steps: Vec<Value> =
                            tasks.map(|(item, task)| origins.item(item, &task.text)).collect();
                        let own = page.identity.own.as_ref();
                        if let Some(own) = own {
                            origins.item(own, &page.title);
                        }
                        json!({
                            "id": page.key.id,
                            "item": own.map(|own| own.id.as_str()),
                            "title": page.title,
                            "url": page.key.url(),
                            "steps": steps,
                        })
                    })
                    .collect();
                json!({
                    "id": page.key.id,
                    "number": page.number,
                    "title": page.title,
                    "url": page.key.url(),
                    "topics": topics,
                    "projects": projects,
                })
            })
            .collect();
        let merged = self.merged(&origins.ids);
        json!({
            "id": self.level_page(no).key.id,
            "stages": stages,
            "aliases": origins.aliases,
            "merged": merged,
            "split": origins.split,
        })
    }

    /// For each of these items that was made of several, the several.
    fn merged(&self, ids: &BTreeSet<String>) -> BTreeMap<String, Vec<String>> {
        let mut merged: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for retired in &self.linked.curriculum.retired {
            if let [into] = retired.replaced_by.as_slice()
                && ids.contains(into.as_str())
            {
                merged.entry(into.to_string()).or_default().push(retired.id.to_string());
            }
        }
        merged
    }

    fn texts(&self, no: usize) -> Value {
        let curriculum = &self.linked.curriculum;
        let mut texts: BTreeMap<&str, &str> = BTreeMap::new();
        let mut notes: BTreeMap<&str, &str> = BTreeMap::new();
        for stage in &curriculum.stages[curriculum.levels[no].stages.clone()] {
            let projects = curriculum.projects[stage.projects.clone()].iter();
            let pages = projects.map(|project| project.page).chain([stage.page]);
            for page in pages.map(|page| &curriculum.pages[page]) {
                if let Some(own) = &page.identity.own {
                    texts.insert(own.id.as_str(), &page.title);
                }
                for (item, task) in page.identity.tasks.iter().zip(&page.draft.document.tasks) {
                    texts.insert(item.id.as_str(), &task.plain);
                    if let Some(note) = &task.note {
                        notes.insert(item.id.as_str(), note);
                    }
                }
            }
        }
        json!({ "level": self.level_page(no).key.id, "texts": texts, "notes": notes })
    }

    fn tracking(&self) -> Value {
        let curriculum = &self.linked.curriculum;
        let lists: Vec<Value> = curriculum
            .tracking
            .iter()
            .map(|list| {
                let page = &curriculum.pages[list.page];
                let tasks = page.identity.tasks.iter().zip(&page.draft.document.tasks);
                let items: Vec<Value> = tasks
                    .map(|(item, task)| json!({ "id": item.id.as_str(), "text": task.plain }))
                    .collect();
                json!({
                    "id": page.key.id,
                    "title": page.title,
                    "cadence": list.cadence.name(),
                    "url": page.key.url(),
                    "items": items,
                })
            })
            .collect();
        json!(lists)
    }

    fn retired(&self) -> Value {
        let items: Vec<Value> = self
            .linked
            .curriculum
            .retired
            .iter()
            .map(|item| {
                let replaced_by: Vec<&str> =
                    item.replaced_by.iter().map(crate::lock::ItemId::as_str).collect();
                json!({ "id": item.id.as_str(), "text": &*item.text, "replaced_by": replaced_by })
            })
            .collect();
        json!(items)
    }
}

/// Where the items of a level came from.
#[derive(Default)]
struct Origins {
    ids: BTreeSet<String>,
    aliases: BTreeMap<String, String>,
    split: BTreeMap<String, String>,
}

impl Origins {
    /// The item's id and the hash of its wording.
    fn item(&mut self, item: &ItemIdentity, text: &str) -> Value {
        let id = item.id.to_string();
        for alias in &item.aliases {
            self.aliases.insert(alias.to_string(), id.clone());
        }
        if let Some(from) = &item.split_from {
            self.split.insert(id.clone(), from.to_string());
        }
        self.ids.insert(id.clone());
        json!(format!("{id} {}", item.wording(text)))
    }
}
