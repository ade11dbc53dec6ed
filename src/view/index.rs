//! Pages that list others.
//!
//! Input: [`Views`]. Output: the index pages and the page for addresses that lead nowhere.
//! Responsibility: grouping and order of long lists.

use std::collections::BTreeMap;

use super::build::{MOST_LEVELS, Views, root};
use super::timeline::{has_timeline, timeline_view};
use super::{Details, IndexEntry, IndexGroup, IndexView, LinkView, PageView};
use crate::text::anchor;
use crate::theme::Need;
use crate::tree::PageNo;

/// The most entries on one page; beyond that there is a page for each level.
const MOST_ENTRIES: usize = 2_000;

/// An index page that is made when it is asked for: those of a large curriculum list all its topics.
pub(super) struct Listed {
    /// Its address from the site's root.
    pub(super) path: String,
    make: Box<dyn Fn(&Views<'_>) -> PageView + Send + Sync>,
}

impl Listed {
    /// Makes it.
    pub(super) fn page(&self, view: &Views<'_>) -> PageView {
        (self.make)(view)
    }
}

impl From<PageView> for Listed {
    fn from(page: PageView) -> Self {
        Self { path: page.path.clone(), make: Box::new(move |_| page.clone()) }
    }
}

/// All index pages, the learner's progress and help, the hub that keeps ticks from disk, what stands
/// in for a page that no network brings, and `404.html`.
pub(super) fn index_pages(view: &Views<'_>) -> Vec<Listed> {
    let curriculum = &view.linked.curriculum;
    let mut pages: Vec<Listed> = Vec::new();
    leveled(view, "topics", &mut pages, topic_groups);
    leveled(view, "projects", &mut pages, project_groups);
    leveled(view, "technologies", &mut pages, technology_groups);
    let sources = curriculum.sources.iter().map(|source| source.page).collect();
    let tracking = curriculum.tracking.iter().map(|list| list.page).collect();
    let lists =
        [("sources", sources), ("tracking", tracking), ("pages", curriculum.articles.clone())];
    for (of, list) in lists {
        if !list.is_empty() {
            let path = format!("{of}/index.html");
            let group = plain_group(view, &path, &list);
            pages.push(page(view, path, of, vec![group], Vec::new()).into());
        }
    }
    if has_timeline(view) {
        let path = "timeline/index.html".to_owned();
        let mut page = page(view, path, "timeline", Vec::new(), Vec::new());
        page.template = "timeline.html";
        if let Details::Index(index) = &mut page.details {
            index.timeline = Some(timeline_view(view, &page.path));
        }
        pages.push(page.into());
    }
    let own = |path: &str, kind: &'static str, template: &'static str| PageView {
        template,
        kind,
        ..page(view, path.to_owned(), kind, Vec::new(), Vec::new())
    };
    if view.theme.needs(Need::Progress) {
        pages.push(own("progress/index.html", "progress", "progress.html").into());
        pages.push(own("hub.html", "hub", "hub.html").into());
    }
    if view.theme.needs(Need::Help) {
        pages.push(own("help/index.html", "help", "help.html").into());
    }
    if view.offline() {
        pages.push(own("offline.html", "offline", "offline.html").into());
    }
    let mut not_found = own("404.html", "not-found", "not-found.html");
    not_found.breadcrumbs.clear();
    if let Some(url) = &curriculum.config.site_url {
        not_found.root = path_of(url);
    }
    pages.push(not_found.into());
    pages
}

/// The path of an absolute address: `/name/` of `https://host/name/`.
fn path_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').map_or_else(|| "/".to_owned(), |at| rest[at..].to_owned())
}

type Groups = fn(&Views<'_>, &str, std::ops::Range<usize>) -> Vec<IndexGroup>;

/// One page for everything, or a page for each level where there is too much.
fn leveled(view: &Views<'_>, of: &'static str, pages: &mut Vec<Listed>, groups: Groups) {
    let curriculum = &view.linked.curriculum;
    let path = format!("{of}/index.html");
    let count = match of {
        "topics" => curriculum.stages.iter().map(crate::model::Stage::topics).sum(),
        "technologies" => curriculum.projects.iter().map(|own| own.fields.skills.len()).sum(),
        _ => curriculum.projects.len(),
    };
    if count == 0 {
        return;
    }
    if count <= MOST_ENTRIES {
        let groups = groups(view, &path, 0..curriculum.stages.len());
        let mut page = page(view, path, of, groups, Vec::new());
        if let Details::Index(index) = &mut page.details
            && of == "projects"
            && curriculum.levels.len() <= MOST_LEVELS
        {
            let levels = curriculum.levels.iter().map(|level| level.page);
            index.levels = view.links(&page.path, levels);
        }
        pages.push(page.into());
        return;
    }
    let mut parts: Vec<LinkView> = Vec::with_capacity(curriculum.levels.len());
    for (no, level) in curriculum.levels.iter().enumerate() {
        let id = &curriculum.pages[level.page].key.id;
        let url = format!("{id}/index.html");
        let part_path = format!("{of}/{url}");
        parts.push(LinkView { url, ..view.link(&path, level.page) });
        pages.push(Listed {
            path: part_path.clone(),
            make: Box::new(move |view| part(view, part_path.clone(), of, no, groups)),
        });
    }
    pages.push(page(view, path, of, Vec::new(), parts).into());
}

/// What one level adds to a long index.
fn part(
    view: &Views<'_>,
    path: String,
    of: &'static str,
    level: usize,
    groups: Groups,
) -> PageView {
    let curriculum = &view.linked.curriculum;
    let level = &curriculum.levels[level];
    let own = &curriculum.pages[level.page];
    let groups = groups(view, &path, level.stages.clone());
    let mut part = page(view, path, of, groups, Vec::new());
    part.title.clone_from(&own.title);
    part.title_lang = view.lang(&part.title);
    part.number.clone_from(&own.number);
    part.breadcrumbs.push(view.index_link(&part.path, of));
    part
}

fn page(
    view: &Views<'_>,
    path: String,
    of: &'static str,
    groups: Vec<IndexGroup>,
    parts: Vec<LinkView>,
) -> PageView {
    PageView {
        template: "index.html",
        kind: "index",
        id: of.to_owned(),
        title: String::new(),
        title_lang: None,
        number: None,
        icon: None,
        level_id: None,
        root: root(&path),
        description: None,
        canonical: view.canonical(&path),
        picture: view.picture(None),
        structured: None,
        edit_url: None,
        breadcrumbs: vec![view.link(&path, view.linked.curriculum.home)],
        previous: None,
        next: None,
        outline: Vec::new(),
        body: String::new(),
        backlinks: Vec::new(),
        extra: BTreeMap::new(),
        details: Details::Index(IndexView {
            of,
            groups,
            parts,
            levels: Vec::new(),
            timeline: None,
        }),
        path,
    }
}

fn plain_group(view: &Views<'_>, path: &str, list: &[PageNo]) -> IndexGroup {
    let entries = list
        .iter()
        .map(|page| {
            let link = view.link(path, *page);
            IndexEntry {
                text: link.title.clone(),
                lang: link.lang,
                places: vec![link],
                project: None,
            }
        })
        .collect();
    IndexGroup { anchor: "all".to_owned(), title: String::new(), lang: None, entries }
}

fn project_groups(view: &Views<'_>, path: &str, stages: std::ops::Range<usize>) -> Vec<IndexGroup> {
    let curriculum = &view.linked.curriculum;
    curriculum.stages[stages]
        .iter()
        .filter(|stage| !stage.projects.is_empty())
        .map(|stage| {
            let page = &curriculum.pages[stage.page];
            let title = match &page.number {
                Some(number) => format!("{number} {}", page.title),
                None => page.title.clone(),
            };
            IndexGroup {
                anchor: page.key.id.clone(),
                lang: view.lang(&title),
                title,
                entries: stage
                    .projects
                    .clone()
                    .map(|no| {
                        let card = view.project_card(path, no);
                        IndexEntry {
                            text: card.link.title.clone(),
                            lang: card.link.lang,
                            places: vec![card.link.clone()],
                            project: Some(card),
                        }
                    })
                    .collect(),
            }
        })
        .collect()
}

fn topic_groups(view: &Views<'_>, path: &str, stages: std::ops::Range<usize>) -> Vec<IndexGroup> {
    let curriculum = &view.linked.curriculum;
    // Equal topics of several stages are one entry.
    let mut entries = Entries::new();
    for no in stages {
        let stage = &curriculum.stages[no];
        let tasks = &curriculum.pages[stage.page].draft.document.tasks;
        for task in stage.sections.iter().flat_map(|section| &section.tasks) {
            let text = tasks[*task].plain.clone();
            let key = (collation_key(view, &text), text);
            entries.entry(key).or_default().push(view.topic_link(path, no, *task));
        }
    }
    lettered(view, entries)
}

/// What the projects exercise, each with the stages that teach it: authors name it in `skills`.
fn technology_groups(
    view: &Views<'_>,
    path: &str,
    stages: std::ops::Range<usize>,
) -> Vec<IndexGroup> {
    let curriculum = &view.linked.curriculum;
    let mut entries = Entries::new();
    for stage in &curriculum.stages[stages] {
        let link = view.link(path, stage.page);
        for skill in
            curriculum.projects[stage.projects.clone()].iter().flat_map(|own| &own.fields.skills)
        {
            let places = entries.entry((collation_key(view, skill), skill.clone())).or_default();
            if places.last() != Some(&link) {
                places.push(link.clone());
            }
        }
    }
    lettered(view, entries)
}

/// Texts in the order of the index, each with its places.
type Entries = BTreeMap<(CollationKey, String), Vec<LinkView>>;

/// A group for each letter.
fn lettered(view: &Views<'_>, entries: Entries) -> Vec<IndexGroup> {
    let mut groups: Vec<IndexGroup> = Vec::new();
    for (((_, letters), text), places) in entries {
        let letter = group_letter(&letters);
        let entry = IndexEntry { lang: view.lang(&text), text, places, project: None };
        match groups.last_mut().filter(|group| group.title == letter) {
            Some(group) => group.entries.push(entry),
            None => groups.push(IndexGroup {
                anchor: format!("letter-{}", anchor(&letter)),
                lang: view.lang(&letter),
                title: letter,
                entries: vec![entry],
            }),
        }
    }
    groups
}

/// Alphabet, then letters without case, `ё` next to `е`.
pub(super) type CollationKey = (u8, String);

/// Languages that are written in Cyrillic.
const CYRILLIC: [&str; 8] = ["be", "bg", "kk", "ky", "mk", "ru", "sr", "uk"];

/// The order of an index: the alphabet of the site's language first, then the other letters, then
/// signs and digits.
pub(super) fn collation_key(view: &Views<'_>, text: &str) -> CollationKey {
    let letters: String = text
        .chars()
        .skip_while(|c| !c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'ё' { 'е' } else { c })
        .collect();
    let language = view.linked.curriculum.config.language.split(['-', '_']).next();
    let latin_first = !language.is_some_and(|language| CYRILLIC.contains(&language));
    let alphabet = match letters.chars().next() {
        Some(c) if c.is_alphabetic() => u8::from((c < '\u{250}') != latin_first),
        _ => 2,
    };
    (alphabet, letters)
}

fn group_letter(letters: &str) -> String {
    match letters.chars().next() {
        Some(c) if c.is_alphabetic() => c.to_uppercase().collect(),
        _ => "0–9".to_owned(),
    }
}
