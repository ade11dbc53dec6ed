//! Drafts to a [`Tree`].
//!
//! Input: the parsed files and their settings. Output: a [`Tree`] and diagnostics.
//! Responsibility: places on disk become kinds, ids and order; nothing is numbered yet.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Span, nearest};
use crate::draft::{Draft, Fields};
use crate::kind::{PageKey, PageKind};
use crate::node::Spanned;
use crate::parse::config::Config;
use crate::text::{is_device, is_id, slug, split_prefix};
use crate::tree::{Attachment, PageNo, Tree, TreeLevel, TreePage, TreeStage};

/// Where a file of the content belongs, by its path alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A page of this kind; the folder that holds what belongs to it, and its name on disk.
    Page {
        /// What it is.
        kind: PageKind,
        /// Its name without extension, the folder's name for a folder's own page.
        name: String,
    },
    /// A Markdown file where no page is expected.
    Misplaced,
    /// A file that is no page.
    Attachment,
    /// A hidden file.
    Ignored,
}

/// What the file at `path` (which begins with `content/`) is.
#[must_use]
pub fn place(path: &str) -> Place {
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    if parts.iter().any(|part| part.starts_with('.')) {
        return Place::Ignored;
    }
    let Some((file, folders)) = parts.split_last() else { return Place::Ignored };
    let Some(stem) = file.strip_suffix(".md") else { return Place::Attachment };
    let own = stem.eq_ignore_ascii_case("readme") || stem == "index";
    let page = |kind, name: &str| Place::Page { kind, name: name.to_owned() };
    let list = |kind, folders: &[&str]| {
        if own {
            folders.last().map_or(Place::Misplaced, |folder| page(kind, folder))
        } else {
            page(kind, stem)
        }
    };
    match folders {
        [] if own => page(PageKind::Home, "home"),
        [] if stem == "glossary" => page(PageKind::Glossary, "glossary"),
        ["sources", rest @ ..] => list(PageKind::Source, rest),
        ["tracking", rest @ ..] => list(PageKind::Tracking, rest),
        ["pages", rest @ ..] => list(PageKind::Page, rest),
        [level] if own => page(PageKind::Level, level),
        [_, stage] if own => page(PageKind::Stage, stage),
        [_, _] => page(PageKind::Project, stem),
        [_, _, project] if own => page(PageKind::Project, project),
        _ => Place::Misplaced,
    }
}

/// The folder that belongs to the page at `path`: its own for `README.md` and `index.md`.
fn own_folder(path: &str) -> Option<&str> {
    let (folder, file) = path.rsplit_once('/')?;
    let own = file.eq_ignore_ascii_case("readme.md") || file == "index.md";
    own.then_some(folder)
}

/// Files below `content/` that are no pages, in order of path.
pub fn assemble(
    config: Config,
    drafts: Vec<Arc<Draft>>,
    other_files: &[Arc<str>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Tree {
    let mut files = Files::default();
    for draft in drafts {
        files.add(draft, diagnostics);
    }
    let mut builder = Builder { pages: Vec::new(), by_key: BTreeMap::new(), diagnostics };
    let home = files.home.take().unwrap_or_else(|| {
        Arc::new(Draft::blank(&Arc::from("content/README.md"), PageKind::Home, &config.title))
    });
    let home = builder.page(home, "home");
    let levels = files.levels.into_values().map(|folder| builder.level(folder)).collect();
    let mut list = |drafts: Vec<Arc<Draft>>| -> Vec<PageNo> {
        drafts.into_iter().map(|draft| builder.page_by_name(draft)).collect()
    };
    let sources = list(files.sources);
    let tracking = list(files.tracking);
    let articles = list(files.articles);
    let glossary = files.glossary.take().map(|draft| builder.page(draft, "glossary"));
    let pages = builder.pages;
    let attachments = attachments(&pages, other_files);
    Tree { config, pages, home, levels, sources, tracking, articles, glossary, attachments }
}

/// Number, name without it, path: the path tells apart what differs in nothing else.
type Order = (u64, String, String);

fn order(name: &str, path: &str) -> Order {
    let (number, rest) = split_prefix(name);
    (number, rest.to_owned(), path.to_owned())
}

/// The drafts sorted into the folders they came from.
#[derive(Default)]
struct Files {
    home: Option<Arc<Draft>>,
    levels: BTreeMap<Order, LevelFolder>,
    sources: Vec<Arc<Draft>>,
    tracking: Vec<Arc<Draft>>,
    articles: Vec<Arc<Draft>>,
    glossary: Option<Arc<Draft>>,
    own_pages: BTreeMap<String, Arc<str>>,
}

#[derive(Default)]
struct LevelFolder {
    folder: String,
    page: Option<Arc<Draft>>,
    stages: BTreeMap<Order, StageFolder>,
}

#[derive(Default)]
struct StageFolder {
    folder: String,
    page: Option<Arc<Draft>>,
    projects: BTreeMap<Order, Arc<Draft>>,
}

impl Files {
    fn add(&mut self, draft: Arc<Draft>, diagnostics: &mut Vec<Diagnostic>) {
        let path = Arc::clone(&draft.path);
        if let Some(folder) = own_folder(&path) {
            if let Some(first) = self.own_pages.get(folder) {
                diagnostics.push(
                    Diagnostic::new(
                        Code::TwoIndexPages,
                        Span::new(&path, 0, 0),
                        format!("`{folder}` already has a page of its own"),
                        "keep either `README.md` or `index.md`",
                    )
                    .with_related(Span::new(first, 0, 0), "the other one"),
                );
                return;
            }
            self.own_pages.insert(folder.to_owned(), Arc::clone(&path));
        }
        let parts: Vec<&str> = path.split('/').collect();
        match draft.kind {
            PageKind::Home => self.home = Some(draft),
            PageKind::Glossary => self.glossary = Some(draft),
            PageKind::Level => self.level(parts[1]).page = Some(draft),
            PageKind::Stage => self.stage(parts[1], parts[2]).page = Some(draft),
            PageKind::Project => {
                let name = parts[3].strip_suffix(".md").unwrap_or(parts[3]);
                self.stage(parts[1], parts[2]).projects.insert(order(name, &path), draft);
            }
            PageKind::Source => insert_in_order(&mut self.sources, draft),
            PageKind::Tracking => insert_in_order(&mut self.tracking, draft),
            PageKind::Page => insert_in_order(&mut self.articles, draft),
        }
    }

    fn level(&mut self, folder: &str) -> &mut LevelFolder {
        let level = self.levels.entry(order(folder, folder)).or_default();
        level.folder = format!("content/{folder}");
        level
    }

    fn stage(&mut self, level: &str, folder: &str) -> &mut StageFolder {
        let level = self.level(level);
        let stage = level.stages.entry(order(folder, folder)).or_default();
        stage.folder = format!("{}/{folder}", level.folder);
        stage
    }
}

fn insert_in_order(list: &mut Vec<Arc<Draft>>, draft: Arc<Draft>) {
    let key = |draft: &Draft| order(&name_on_disk(&draft.path), &draft.path);
    let at = list.partition_point(|other| key(other) <= key(&draft));
    list.insert(at, draft);
}

/// The name of a page's file, or of its folder where the page is the folder's own.
fn name_on_disk(path: &str) -> String {
    let path = own_folder(path).unwrap_or(path);
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    name.strip_suffix(".md").unwrap_or(name).to_owned()
}

struct Builder<'a> {
    pages: Vec<TreePage>,
    by_key: BTreeMap<PageKey, PageNo>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Builder<'_> {
    fn page_by_name(&mut self, draft: Arc<Draft>) -> PageNo {
        let name = name_on_disk(&draft.path);
        self.page(draft, split_prefix(&name).1)
    }

    fn page(&mut self, draft: Arc<Draft>, name: &str) -> PageNo {
        let id = match &draft.front.id {
            Some(id) => id.value.clone(),
            None => slug(name),
        };
        if let Some(problem) = id_problem(&id) {
            let stated = draft.front.id.as_ref().map(|id| id.span.clone());
            self.diagnostics.push(Diagnostic::new(
                Code::BadId,
                stated.unwrap_or_else(|| Span::new(&draft.path, 0, 0)),
                format!("no id can be made of the name `{name}`: {problem}"),
                "add a line `id: …` with Latin letters to the front matter",
            ));
        }
        let key = PageKey::new(draft.kind, id);
        let number = self.pages.len();
        if let Some(first) = self.by_key.get(&key) {
            let span = draft
                .front
                .id
                .as_ref()
                .map_or_else(|| Span::new(&draft.path, 0, 0), |id| id.span.clone());
            self.diagnostics.push(
                Diagnostic::new(
                    Code::DuplicatePageId,
                    span,
                    format!("two pages have the id `{key}`"),
                    "rename one of the files, or give one of them an `id:` of its own",
                )
                .with_related(Span::new(&self.pages[*first].draft.path, 0, 0), "the other page"),
            );
        } else {
            self.by_key.insert(key.clone(), number);
        }
        self.pages.push(TreePage { key, draft });
        number
    }

    fn folder_page(&mut self, page: Option<Arc<Draft>>, folder: &str, kind: PageKind) -> PageNo {
        let draft = page.unwrap_or_else(|| {
            let path = format!("{folder}/README.md");
            self.diagnostics.push(Diagnostic::new(
                Code::MissingPage,
                Span::file(&path),
                format!("the folder `{folder}` has no page of its own"),
                format!("add `{path}` with the title of the {}", kind.name()),
            ));
            let name = name_on_disk(&path);
            Arc::new(Draft::blank(&Arc::from(path), kind, split_prefix(&name).1))
        });
        self.page_by_name(draft)
    }

    fn level(&mut self, level: LevelFolder) -> TreeLevel {
        let page = self.folder_page(level.page, &level.folder, PageKind::Level);
        let mut stages: Vec<(String, StageFolder)> =
            level.stages.into_values().map(|stage| (stage_id(&stage), stage)).collect();
        if let Fields::Level(fields) = &self.pages[page].draft.front.fields {
            let listed = fields.stages.clone();
            self.reorder(&listed, &mut stages);
        }
        let stages = stages.into_iter().map(|(_, stage)| self.stage(stage)).collect();
        TreeLevel { page, stages }
    }

    /// Listed stages come first, in the order of the list; the rest keep theirs.
    fn reorder(&mut self, listed: &[Spanned<String>], stages: &mut [(String, StageFolder)]) {
        let known: BTreeSet<&str> = stages.iter().map(|(stage, _)| stage.as_str()).collect();
        for id in listed {
            if !known.contains(id.value.as_str()) {
                let near = nearest(&id.value, stages.iter().map(|(stage, _)| stage.as_str()));
                self.diagnostics.push(unknown("stage of this level", id, near));
            }
        }
        if !listed.is_empty() {
            let mut places: BTreeMap<&str, usize> = BTreeMap::new();
            for (at, id) in listed.iter().enumerate() {
                places.entry(&id.value).or_insert(at);
            }
            stages.sort_by_key(|(stage, _)| {
                places.get(stage.as_str()).copied().unwrap_or(listed.len())
            });
        }
    }

    fn stage(&mut self, stage: StageFolder) -> TreeStage {
        let page = self.folder_page(stage.page, &stage.folder, PageKind::Stage);
        let projects = stage.projects.into_values().map(|draft| self.page_by_name(draft)).collect();
        TreeStage { page, projects }
    }
}

/// Why an id cannot be the name of a folder everywhere.
fn id_problem(id: &str) -> Option<&'static str> {
    if id.is_empty() {
        Some("it has no letter or digit")
    } else if is_device(id) {
        Some("Windows keeps it for a device")
    } else if !is_id(id) {
        Some("it is longer than 80 letters")
    } else {
        None
    }
}

fn stage_id(stage: &StageFolder) -> String {
    match stage.page.as_ref().and_then(|draft| draft.front.id.as_ref()) {
        Some(id) => id.value.clone(),
        None => slug(split_prefix(&name_on_disk(&stage.folder)).1),
    }
}

/// An id that no page of the expected kind has.
#[must_use]
pub fn unknown(what: &str, id: &Spanned<String>, near: Option<&str>) -> Diagnostic {
    Diagnostic::new(
        Code::UnknownReference,
        id.span.clone(),
        format!("no {what} has the id `{}`", id.value),
        match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "ids are the names of folders and files without their number".to_owned(),
        },
    )
}

/// A file goes to the folder of the page whose folder it lies in, so that it moves with it.
fn attachments(pages: &[TreePage], files: &[Arc<str>]) -> Vec<Attachment> {
    let folders: BTreeMap<&str, String> = pages
        .iter()
        .filter_map(|page| Some((own_folder(&page.draft.path)?, page.key.folder())))
        .collect();
    files
        .iter()
        .map(|path| {
            let mut folder: &str = path;
            let output = loop {
                match folder.rsplit_once('/') {
                    Some((parent, _)) => {
                        folder = parent;
                        if let Some(output) = folders.get(parent) {
                            let rest = &path[parent.len() + 1..];
                            break if output.is_empty() {
                                rest.to_owned()
                            } else {
                                format!("{output}/{rest}")
                            };
                        }
                    }
                    None => break path.strip_prefix("content/").unwrap_or(path).to_owned(),
                }
            };
            Attachment { path: Arc::clone(path), output }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_by_path() {
        let kind = |path: &str| match place(path) {
            Place::Page { kind, name } => format!("{} {name}", kind.name()),
            other => format!("{other:?}"),
        };
        let cases = [
            ("content/README.md", "home home"),
            ("content/glossary.md", "glossary glossary"),
            ("content/10-a/README.md", "level 10-a"),
            ("content/10-a/index.md", "level 10-a"),
            ("content/10-a/20-b/README.md", "stage 20-b"),
            ("content/10-a/20-b/30-c.md", "project 30-c"),
            ("content/10-a/20-b/30-c/README.md", "project 30-c"),
            ("content/10-a/20-b/pipes.svg", "Attachment"),
            ("content/sources/linux.md", "source linux"),
            ("content/tracking/weekly.md", "tracking weekly"),
            ("content/pages/deep/x.md", "page x"),
            ("content/10-a/loose.md", "Misplaced"),
            ("content/loose.md", "Misplaced"),
            ("content/.obsidian/x.md", "Ignored"),
        ];
        for (path, expected) in cases {
            assert_eq!(kind(path), expected, "{path}");
        }
    }
}
