//! What can be found.
//!
//! Input: [`Linked`]. Output: [`Entry`]s, those of one kind together. Responsibility: a page's parts
//! in the order of its body, each with the anchor where a hit lands. A term of the glossary is an
//! entry of its own.

use rayon::prelude::*;

use crate::document::{Block, Definition, Document, ListItem, plain};
use crate::draft::Fields;
use crate::link::Linked;
use crate::model::{Curriculum, Page};
use crate::snapshot::PIECE;
use crate::text::collapse;
use crate::tree::PageNo;

/// What an entry is; the kinds stand in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EntryKind {
    Stage,
    Project,
    Level,
    Page,
    Source,
    Tracking,
    Term,
}

impl EntryKind {
    pub(super) const ALL: [Self; 7] = [
        Self::Stage,
        Self::Project,
        Self::Level,
        Self::Page,
        Self::Source,
        Self::Tracking,
        Self::Term,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Stage => "stage",
            Self::Project => "project",
            Self::Level => "level",
            Self::Page => "page",
            Self::Source => "source",
            Self::Tracking => "tracking",
            Self::Term => "term",
        }
    }
}

/// A page, or a term.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) kind: EntryKind,
    /// Its page's address from the site's root.
    pub(super) url: String,
    pub(super) title: String,
    pub(super) number: Option<String>,
    /// For a project the entry of its stage.
    pub(super) stage: Option<usize>,
    /// The level that it belongs to, by id.
    pub(super) level: Option<String>,
    /// Other names, and what it is about in a word.
    pub(super) names: Vec<String>,
    /// One line on what it is.
    pub(super) summary: String,
    /// The first stands for the page itself.
    pub(super) parts: Vec<Part>,
}

/// A place of a page.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) kind: PartKind,
    /// Empty for the page itself.
    pub(super) anchor: String,
    /// The heading, or the item's text.
    pub(super) label: String,
    /// What stands below the heading, or the item's note.
    pub(super) text: String,
    /// The code below the heading.
    pub(super) code: String,
}

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PartKind {
    Page,
    Section,
    Item,
}

impl Part {
    fn new(kind: PartKind, anchor: &str, label: String) -> Self {
        let (text, code) = (String::new(), String::new());
        Self { kind, anchor: anchor.to_owned(), label, text, code }
    }
}

/// Everything that can be found, those of one kind together.
pub(super) fn entries(linked: &Linked) -> Vec<Entry> {
    let curriculum = &linked.curriculum;
    let stage_of = |no: usize| &curriculum.levels[curriculum.stages[no].level];
    let level_id = |level: &crate::model::Level| curriculum.pages[level.page].key.id.clone();
    let stages = curriculum
        .stages
        .iter()
        .enumerate()
        .map(|(no, stage)| (stage.page, EntryKind::Stage, None, Some(level_id(stage_of(no)))));
    let projects = curriculum.projects.iter().map(|project| {
        let level = level_id(stage_of(project.stage));
        (project.page, EntryKind::Project, Some(project.stage), Some(level))
    });
    let levels = curriculum
        .levels
        .iter()
        .map(|level| (level.page, EntryKind::Level, None, Some(level_id(level))));
    let pages = std::iter::once(&curriculum.home).chain(&curriculum.articles);
    let pages = pages.map(|page| (*page, EntryKind::Page, None, None));
    let sources =
        curriculum.sources.iter().map(|source| (source.page, EntryKind::Source, None, None));
    let tracking =
        curriculum.tracking.iter().map(|list| (list.page, EntryKind::Tracking, None, None));
    let all: Vec<(PageNo, EntryKind, Option<usize>, Option<String>)> =
        stages.chain(projects).chain(levels).chain(pages).chain(sources).chain(tracking).collect();
    let mut entries: Vec<Entry> = all
        .into_par_iter()
        .with_max_len(PIECE)
        .map(|(no, kind, stage, level)| {
            let page = &curriculum.pages[no];
            let document = &page.draft.document;
            let mut parts = vec![Part::new(PartKind::Page, "", String::new())];
            let mut walk = Walk { page, document, parts: &mut parts };
            walk.blocks(&document.blocks);
            for footnote in &document.footnotes {
                walk.blocks(footnote);
            }
            let (names, summary) = about(page);
            Entry {
                kind,
                url: page.key.url(),
                title: page.title.clone(),
                number: page.number.clone(),
                stage,
                level,
                names,
                summary,
                parts: parts.into_iter().map(tidy).collect(),
            }
        })
        .collect();
    entries.extend(terms(curriculum));
    entries
}

/// Other names and the one line of a page.
fn about(page: &Page) -> (Vec<String>, String) {
    match &page.draft.front.fields {
        Fields::Level(fields) => (Vec::new(), fields.goal.clone().unwrap_or_default()),
        Fields::Stage(fields) => (Vec::new(), fields.goal.clone().unwrap_or_default()),
        Fields::Project(fields) => {
            (fields.skills.clone(), fields.summary.clone().unwrap_or_default())
        }
        Fields::Source(fields) => (fields.also.clone(), String::new()),
        Fields::Tracking(_) | Fields::None => (Vec::new(), String::new()),
    }
}

/// The terms of the glossary.
fn terms(curriculum: &Curriculum) -> Vec<Entry> {
    let Some(glossary) = &curriculum.glossary else { return Vec::new() };
    let page = &curriculum.pages[glossary.page];
    let document = &page.draft.document;
    glossary
        .terms
        .iter()
        .enumerate()
        .map(|(section, term)| {
            let anchor = &document.headings[term.heading].anchor;
            let mut parts = vec![Part::new(PartKind::Page, anchor, String::new())];
            let mut walk = Walk { page, document, parts: &mut parts };
            walk.blocks(document.below(section));
            Entry {
                kind: EntryKind::Term,
                url: page.key.url(),
                title: term.title.clone(),
                number: None,
                stage: None,
                level: None,
                names: term.also.clone(),
                summary: String::new(),
                parts: parts.into_iter().map(tidy).collect(),
            }
        })
        .collect()
}

fn tidy(part: Part) -> Part {
    Part { text: collapse(&part.text), code: collapse(&part.code), ..part }
}

/// Puts a body's text to the part that it stands in.
struct Walk<'a> {
    page: &'a Page,
    document: &'a Document,
    parts: &'a mut Vec<Part>,
}

impl Walk<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        // Text behind a list of tasks belongs to the section, not to the last task.
        let mut section = self.parts.len() - 1;
        for block in blocks {
            if let Block::Heading(no) = block {
                let heading = &self.document.headings[*no];
                let label = plain(&heading.title());
                self.parts.push(Part::new(PartKind::Section, &heading.anchor, label));
                section = self.parts.len() - 1;
            } else {
                self.block(block, section);
            }
        }
    }

    fn text(&mut self, section: usize, text: &str) {
        let part = &mut self.parts[section].text;
        part.push_str(text);
        part.push(' ');
    }

    fn block(&mut self, block: &Block, section: usize) {
        match block {
            Block::Paragraph(inlines) | Block::Plain(inlines) => {
                self.text(section, &plain(inlines));
            }
            Block::Code { code, .. } => {
                let part = &mut self.parts[section].code;
                part.push_str(code);
                part.push(' ');
            }
            Block::Quote(_, inner) => self.inside(inner, section),
            Block::List { items, .. } => {
                for item in items {
                    if !self.task(item) {
                        self.text(section, &plain(&item.label));
                        self.inside(&item.blocks, section);
                    }
                }
            }
            Block::Table { head, rows, .. } => {
                for cell in head.iter().chain(rows.iter().flatten()) {
                    self.text(section, &plain(cell));
                }
            }
            Block::Definitions(entries) => {
                for entry in entries {
                    match entry {
                        Definition::Term(inlines) => self.text(section, &plain(inlines)),
                        Definition::Meaning(inner) => self.inside(inner, section),
                    }
                }
            }
            Block::Heading(no) => {
                // A heading within a list or quotation.
                self.text(section, &self.document.headings[*no].text);
            }
            Block::Html(_) | Block::Rule => {}
        }
    }

    fn inside(&mut self, blocks: &[Block], section: usize) {
        for block in blocks {
            self.block(block, section);
        }
    }

    /// Whether this is an item that can be ticked; then it is a part of its own.
    fn task(&mut self, item: &ListItem) -> bool {
        let identity = item.task.and_then(|task| self.page.identity.tasks.get(task));
        let (Some(task), Some(identity)) = (item.task, identity) else { return false };
        let task = &self.document.tasks[task];
        let mut part = Part::new(PartKind::Item, identity.id.as_str(), task.plain.clone());
        part.text = task.note.clone().unwrap_or_default();
        self.parts.push(part);
        // The rest of it is its note; what is left are the tasks within.
        for block in &item.blocks {
            let Block::List { items, .. } = block else { continue };
            for nested in items {
                self.task(nested);
            }
        }
        true
    }
}
