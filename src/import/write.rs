//! An [`Outline`] as the files of a curriculum.
//!
//! Input: an [`Outline`]. Output: files by path. Responsibility: ids that are told apart, numbers that
//! keep the order, links between the new files.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::Report;
use super::folder::FILE;
use super::outline::{Article, Head, Level, Outline, Part, Project, Source, Stage, Use};
use crate::document::Document;
use crate::kind::PageKind;
use crate::parse::{markdown, write_front_matter};
use crate::text::{anchor, is_device, relative_path, slug};
use crate::time;

/// Up to so many sources a name is compared with each.
const MOST_COMPARED: usize = 1_000;
/// The longest id that a title gives.
const LONGEST: usize = 60;

/// Writes everything below `content/`, and `book.toml`. `id` is the curriculum's.
pub(super) fn files(outline: &Outline, id: &str, report: &mut Report) -> BTreeMap<String, Vec<u8>> {
    let russian = is_russian(outline);
    let mut writer = Writer {
        topics: if russian { "Темы" } else { "Topics" },
        files: BTreeMap::new(),
        used: BTreeSet::new(),
        numbers: BTreeMap::new(),
        places: BTreeMap::new(),
        sources: Vec::new(),
        by_words: BTreeMap::new(),
        report,
    };
    writer.write(outline);
    let mut files = writer.finished();
    let mut book = format!(
        "[curriculum]\nid = {}\ntitle = {}\nlanguage = \"{}\"\n",
        json!(id),
        json!(outline.home.title),
        if russian { "ru" } else { "en" },
    );
    if let Some(icon) = &outline.home.icon {
        let _ = writeln!(book, "icon = {}", json!(icon));
    }
    if outline.escape_html {
        book.push_str("\n[security]\nraw_html = \"escape\"\n");
    }
    files.insert("book.toml".to_owned(), book.into_bytes());
    files
}

/// Whether most of the words are written in Cyrillic letters.
fn is_russian(outline: &Outline) -> bool {
    let stages = outline.levels.iter().flat_map(|level| &level.stages);
    let titles = outline.levels.iter().map(|level| &level.head.title);
    let text: String = titles
        .chain(stages.map(|stage| &stage.head.title))
        .chain([&outline.home.title, &outline.intro])
        .map(String::as_str)
        .collect();
    let letters = text.chars().filter(|c| c.is_alphabetic());
    letters
        .clone()
        .filter(|c| ('а'..='я').contains(&c.to_ascii_lowercase()) || ('А'..='Я').contains(c))
        .count()
        * 2
        > letters.count()
}

struct Writer<'a> {
    /// The heading of topics that stood below none.
    topics: &'static str,
    files: BTreeMap<String, String>,
    used: BTreeSet<(PageKind, String)>,
    /// The next number for an id that was taken.
    numbers: BTreeMap<(PageKind, String), usize>,
    /// Where a file of the folder went: path, and the heading that it became.
    places: BTreeMap<String, (String, Option<String>)>,
    /// Name in words, id, title, the parts that are named.
    sources: Vec<Known>,
    /// The first source of each set of words.
    by_words: BTreeMap<BTreeSet<String>, usize>,
    report: &'a mut Report,
}

struct Known {
    words: BTreeSet<String>,
    id: String,
    title: String,
    also: BTreeSet<String>,
    url: Option<String>,
    /// The parts that are named, in the order of the document.
    parts: Vec<String>,
    named: BTreeSet<String>,
}

impl Writer<'_> {
    fn write(&mut self, outline: &Outline) {
        for source in &outline.sources {
            self.source(source);
        }
        let all = outline.levels.iter().flat_map(|level| &level.stages);
        let uses: Vec<&Use> = all
            .flat_map(|stage| {
                stage.sources.iter().chain(stage.blocks.iter().flat_map(|block| &block.sources))
            })
            .collect();
        // A full name first: a shorter one is then understood.
        for used in uses
            .iter()
            .filter(|used| self.resolve(&used.name).is_none())
            .copied()
            .collect::<Vec<_>>()
        {
            if self.resolve(&used.name).is_none() {
                self.source(&Source { name: used.name.clone(), url: None });
            }
        }
        for used in uses {
            if let Some(no) = self.resolve(&used.name) {
                let known = &mut self.sources[no];
                if used.name != known.title {
                    known.also.insert(used.name.clone());
                }
                if let Some(part) = &used.part
                    && known.named.insert(part.clone())
                {
                    known.parts.push(part.clone());
                }
            }
        }
        let mut front = Map::new();
        front.insert("title".into(), json!(outline.home.title));
        self.add("content/README.md", &mut front, &outline.home, &outline.intro);
        let mut ids = BTreeMap::new();
        let mut folders = Vec::new();
        for (at, level) in outline.levels.iter().enumerate() {
            let id = self.id(PageKind::Level, &level.head.title, None);
            let folder = format!("content/{}0-{id}", at + 1);
            self.level(level, &folder);
            for (at, stage) in level.stages.iter().enumerate() {
                let stage_id = self.id(PageKind::Stage, &stage.head.title, Some(&id));
                ids.entry(stage.head.title.to_lowercase()).or_insert_with(|| stage_id.clone());
                folders.push((format!("{folder}/{}0-{stage_id}", at + 1), stage_id, stage));
            }
        }
        for (folder, id, stage) in folders {
            self.stage(stage, &folder, &id, &ids);
        }
        for list in &outline.tracking {
            let id = self.id(PageKind::Tracking, &list.head.title, None);
            let mut front = Map::new();
            front.insert("cadence".into(), json!(list.cadence));
            self.add(&format!("content/tracking/{id}.md"), &mut front, &list.head, &list.body);
        }
        for Article { head, body } in &outline.pages {
            let id = self.id(PageKind::Page, &head.title, None);
            self.add(&format!("content/pages/{id}.md"), &mut Map::new(), head, body);
        }
        for source in std::mem::take(&mut self.sources) {
            let mut front = Map::new();
            if !source.also.is_empty() {
                front.insert("also".into(), json!(source.also));
            }
            if let Some(url) = source.url {
                front.insert("url".into(), json!(url));
            }
            let parts: Vec<String> = source.parts.iter().map(|part| format!("## {part}")).collect();
            let head = Head { title: source.title, ..Head::default() };
            self.add(
                &format!("content/sources/{}.md", source.id),
                &mut front,
                &head,
                &parts.join("\n\n"),
            );
        }
    }

    fn level(&mut self, level: &Level, folder: &str) {
        let mut front = Map::new();
        time_of(&level.head, &mut front);
        if let Some(goal) = &level.goal {
            front.insert("goal".into(), json!(goal));
        }
        self.add(&format!("{folder}/README.md"), &mut front, &level.head, &level.body);
    }

    fn stage(&mut self, stage: &Stage, folder: &str, id: &str, ids: &BTreeMap<String, String>) {
        let path = format!("{folder}/README.md");
        let mut front = Map::new();
        time_of(&stage.head, &mut front);
        if let Some(goal) = &stage.goal {
            front.insert("goal".into(), json!(goal));
        }
        let own = |name: &&String| ids.get(&name.to_lowercase()).is_some_and(|other| other != id);
        let requires: BTreeSet<&String> =
            stage.requires.iter().filter(own).map(|name| &ids[&name.to_lowercase()]).collect();
        if !requires.is_empty() {
            front.insert("requires".into(), json!(requires));
        }
        let uses: Vec<Value> = stage
            .sources
            .iter()
            .filter_map(|used| {
                let id = &self.sources[self.resolve(&used.name)?].id;
                Some(match &used.part {
                    Some(part) => json!({ "id": id, "part": part }),
                    None => json!(id),
                })
            })
            .collect();
        if !uses.is_empty() {
            front.insert("sources".into(), json!(uses));
        }
        let mut body = String::new();
        // Topics stand below a heading.
        if !read(&stage.body).tasks.is_empty() {
            let _ = write!(body, "## {}\n\n", self.topics);
        }
        body.push_str(&stage.body);
        let ticks = stage.blocks.iter().any(|block| block.body.contains("- [ ] "));
        let mut made: BTreeMap<String, usize> = BTreeMap::new();
        for block in &stage.blocks {
            body.push_str(&self.block(block, &path, ticks, &mut made));
        }
        if !ticks && stage.blocks.is_empty() && stage.projects.is_empty() {
            let _ = write!(body, "## {}\n\n- [ ] {}\n\n", self.topics, stage.head.title);
            self.report.make(&stage.head.title);
        }
        self.add(&path, &mut front, &stage.head, &body);
        for (at, project) in stage.projects.iter().enumerate() {
            self.project(project, folder, id, at + 1);
        }
    }

    fn block(
        &mut self,
        block: &Part,
        path: &str,
        ticks: bool,
        made: &mut BTreeMap<String, usize>,
    ) -> String {
        let title = if block.head.title.is_empty() { self.topics } else { &block.head.title };
        let mut out = format!("## {title}\n\n");
        let count = made.entry(anchor(title)).or_insert(0);
        let place = if *count == 0 { anchor(title) } else { format!("{}-{count}", anchor(title)) };
        *count += 1;
        if let Some(origin) = &block.head.origin {
            self.places.insert(origin.clone(), (path.to_owned(), Some(place)));
        }
        for used in &block.sources {
            let Some(no) = self.resolve(&used.name) else { continue };
            let source = &self.sources[no];
            let file = relative_path(path, &format!("content/sources/{}.md", source.id));
            let (words, place) = match &used.part {
                Some(part) => (format!("{} → {part}", used.name), format!("#{}", anchor(part))),
                None => (used.name.clone(), String::new()),
            };
            let _ = write!(out, "📖 [{words}]({file}{place})\n\n");
        }
        out.push_str(&block.body);
        // What has nothing to tick could never be done.
        if !ticks {
            let _ = write!(out, "- [ ] {title}\n\n");
            self.report.make(title);
        }
        out
    }

    fn project(&mut self, project: &Project, folder: &str, stage: &str, at: usize) {
        let id = self.id(PageKind::Project, &project.head.title, Some(stage));
        let mut front = Map::new();
        if let Some(summary) = &project.summary {
            front.insert("summary".into(), json!(summary));
        }
        if project.kind != "project" {
            front.insert("kind".into(), json!(project.kind));
        }
        self.add(&format!("{folder}/{at}0-{id}.md"), &mut front, &project.head, &project.body);
    }

    fn source(&mut self, source: &Source) {
        let id = self.id(PageKind::Source, &source.name, None);
        let words = words(&source.name);
        self.by_words.entry(words.clone()).or_insert(self.sources.len());
        self.sources.push(Known {
            words,
            id,
            title: source.name.clone(),
            also: BTreeSet::new(),
            url: source.url.clone(),
            parts: Vec::new(),
            named: BTreeSet::new(),
        });
    }

    /// The source with this name, or with one that has all of its words.
    fn resolve(&self, name: &str) -> Option<usize> {
        let wanted = words(name);
        let exact = self.by_words.get(&wanted).copied();
        if exact.is_some() || self.sources.len() > MOST_COMPARED {
            return exact;
        }
        let mut wider =
            self.sources.iter().enumerate().filter(|(_, source)| wanted.is_subset(&source.words));
        match (wider.next(), wider.next()) {
            (Some((no, _)), None) => Some(no),
            _ => None,
        }
    }

    /// An id that no other page of the kind has.
    fn id(&mut self, kind: PageKind, title: &str, within: Option<&str>) -> String {
        let mut id = slug(title);
        if id.len() > LONGEST {
            let cut = id[..LONGEST].rfind('-').unwrap_or(LONGEST);
            id.truncate(cut);
        }
        if id.is_empty() {
            kind.name().clone_into(&mut id);
        }
        let taken = |id: &str| {
            self.used.contains(&(kind, id.to_owned()))
                || is_device(id)
                || id == "readme"
                || id == "index"
        };
        if taken(&id) {
            let first = id.clone();
            if let Some(within) = within {
                id = format!("{first}-{within}");
            }
            // Where many have one title, none looks at all numbers again.
            let number = self.numbers.entry((kind, first.clone())).or_insert(2);
            while taken(&id) {
                id = format!("{first}-{number}");
                *number += 1;
            }
            self.report.rename(title, &id);
        }
        self.used.insert((kind, id.clone()));
        id
    }

    fn add(&mut self, path: &str, front: &mut Map<String, Value>, head: &Head, body: &str) {
        let mut keys = Map::new();
        keys.insert("title".into(), json!(head.title));
        if let Some(icon) = &head.icon {
            keys.insert("icon".into(), json!(icon));
        }
        keys.append(front);
        if !head.extra.is_empty() {
            keys.insert("extra".into(), json!(head.extra));
        }
        if let Some(origin) = &head.origin {
            self.places.entry(origin.clone()).or_insert((path.to_owned(), None));
        }
        let body = body.trim_matches('\n');
        let end = if body.is_empty() { "" } else { "\n" };
        let text = format!("---\n{}---\n{end}{body}{end}", write_front_matter(&keys));
        self.files.insert(path.to_owned(), text);
    }

    /// The files with the links between them.
    fn finished(self) -> BTreeMap<String, Vec<u8>> {
        let begin = format!("]({FILE}");
        let places = self.places;
        let asked: BTreeSet<&str> = places.values().map(|(path, _)| path.as_str()).collect();
        let anchors: BTreeMap<String, BTreeSet<String>> = asked
            .into_iter()
            .filter_map(|path| Some((path.to_owned(), anchors_of(self.files.get(path)?))))
            .collect();
        self.files
            .into_iter()
            .map(|(path, text)| {
                let mut parts = text.split(&begin);
                let mut out = parts.next().unwrap_or_default().to_owned();
                for part in parts {
                    let (origin, rest) = part.split_once(')').unwrap_or((part, ""));
                    let (origin, anchor) = origin.split_once('#').unwrap_or((origin, ""));
                    match places.get(&origin.replace("%20", " ")) {
                        Some((file, place)) => {
                            let known = anchors.get(file).is_some_and(|all| all.contains(anchor));
                            let place = if known { Some(anchor) } else { place.as_deref() };
                            let place = place.map_or(String::new(), |place| format!("#{place}"));
                            let _ = write!(out, "]({}{place})", relative_path(&path, file));
                        }
                        None => unlink(&mut out),
                    }
                    out.push_str(rest);
                }
                (path, out.into_bytes())
            })
            .collect()
    }
}

/// The time of a heading, where it is one; else it stays in the title.
fn time_of(head: &Head, front: &mut Map<String, Value>) {
    if let Some(duration) = head.duration.as_ref().filter(|text| time::read(text, None).is_some()) {
        front.insert("duration".into(), json!(duration));
    }
}

/// The anchors of a page's headings.
fn anchors_of(text: &str) -> BTreeSet<String> {
    read(text).headings.into_iter().map(|heading| heading.anchor).collect()
}

fn read(text: &str) -> Document {
    markdown::read(text, 0, &Arc::from("page")).0
}

/// Takes back the `[` of a link that leads nowhere.
fn unlink(out: &mut String) {
    let mut depth = 0_usize;
    let open = out.char_indices().rev().find(|(_, sign)| match sign {
        ']' => {
            depth += 1;
            false
        }
        '[' if depth == 0 => true,
        '[' => {
            depth -= 1;
            false
        }
        _ => false,
    });
    if let Some((at, _)) = open {
        out.remove(at);
    }
}

fn words(name: &str) -> BTreeSet<String> {
    let parts = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    parts.map(str::to_lowercase).collect()
}
