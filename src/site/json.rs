//! `curriculum.json`, the public contract of what the curriculum holds.
//!
//! Input: [`Linked`]. Output: JSON of format 1. Responsibility: the contract's shape; it changes
//! only together with `format`.

use serde::Serialize;

use crate::draft::SourceUse;
use crate::link::{Citation, Linked};
use crate::lock::ItemId;
use crate::time::TimeSpan;
use crate::tree::PageNo;

/// The version of the contract.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Book<'a> {
    format: u32,
    id: &'a str,
    title: &'a str,
    language: &'a str,
    levels: Vec<LevelJson<'a>>,
    sources: Vec<SourceJson<'a>>,
    tracking: Vec<TrackingJson<'a>>,
    retired: Vec<RetiredJson<'a>>,
}

#[derive(Serialize)]
struct Range {
    min: u32,
    max: u32,
    unit: &'static str,
}

#[derive(Serialize)]
struct LevelJson<'a> {
    id: &'a str,
    number: &'a str,
    title: &'a str,
    duration: Option<Range>,
    computed: Range,
    url: &'a str,
    stages: Vec<StageJson<'a>>,
}

#[derive(Serialize)]
struct StageJson<'a> {
    id: &'a str,
    number: &'a str,
    title: &'a str,
    goal: Option<&'a str>,
    duration: Option<Range>,
    requires: Vec<&'a str>,
    sources: Vec<UseJson<'a>>,
    url: &'a str,
    blocks: Vec<BlockJson<'a>>,
    projects: Vec<ProjectJson<'a>>,
}

#[derive(Serialize)]
struct UseJson<'a> {
    id: &'a str,
    part: Option<&'a str>,
}

#[derive(Serialize)]
struct BlockJson<'a> {
    title: String,
    weeks: Option<[u32; 2]>,
    sources: Vec<UseJson<'a>>,
    topics: Vec<TopicJson<'a>>,
}

#[derive(Serialize)]
struct TopicJson<'a> {
    id: &'a str,
    text: &'a str,
    note: Option<&'a str>,
    parent: Option<&'a str>,
}

#[derive(Serialize)]
struct ProjectJson<'a> {
    id: &'a str,
    item: &'a str,
    title: &'a str,
    summary: Option<&'a str>,
    kind: &'static str,
    difficulty: Option<u8>,
    hours: Option<Range>,
    url: &'a str,
    steps: Vec<StepJson<'a>>,
}

#[derive(Serialize)]
struct StepJson<'a> {
    id: &'a str,
    text: &'a str,
    group: Option<&'a str>,
}

#[derive(Serialize)]
struct SourceJson<'a> {
    id: &'a str,
    title: &'a str,
    url: &'a str,
    external: Option<&'a str>,
}

#[derive(Serialize)]
struct TrackingJson<'a> {
    id: &'a str,
    title: &'a str,
    cadence: &'static str,
    items: Vec<ItemJson<'a>>,
}

#[derive(Serialize)]
struct ItemJson<'a> {
    id: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct RetiredJson<'a> {
    id: &'a str,
    text: &'a str,
    replaced_by: Vec<&'a str>,
}

/// The whole curriculum as JSON.
pub(super) fn curriculum(linked: &Linked) -> Vec<u8> {
    let writer = Writer { linked };
    let curriculum = &linked.curriculum;
    let book = Book {
        format: FORMAT,
        id: &curriculum.config.id,
        title: &curriculum.config.title,
        language: &curriculum.config.language,
        levels: (0..curriculum.levels.len()).map(|level| writer.level(level)).collect(),
        sources: curriculum
            .sources
            .iter()
            .map(|source| SourceJson {
                id: writer.id(source.page),
                title: writer.title(source.page),
                url: writer.url(source.page),
                external: source.fields.url.as_ref().map(|url| url.value.as_str()),
            })
            .collect(),
        tracking: curriculum
            .tracking
            .iter()
            .map(|list| TrackingJson {
                id: writer.id(list.page),
                title: writer.title(list.page),
                cadence: list.cadence.name(),
                items: writer
                    .items(list.page)
                    .map(|(id, task)| ItemJson { id, text: &task.plain })
                    .collect(),
            })
            .collect(),
        retired: curriculum
            .retired
            .iter()
            .map(|item| RetiredJson {
                id: item.id.as_str(),
                text: &item.text,
                replaced_by: item.replaced_by.iter().map(ItemId::as_str).collect(),
            })
            .collect(),
    };
    let mut json = serde_json::to_vec(&book).expect("plain values are valid JSON");
    json.push(b'\n');
    json
}

fn range(span: TimeSpan) -> Range {
    Range { min: span.min, max: span.max, unit: span.unit.name() }
}

struct Writer<'a> {
    linked: &'a Linked,
}

impl<'a> Writer<'a> {
    fn id(&self, page: PageNo) -> &'a str {
        &self.linked.curriculum.pages[page].key.id
    }

    fn title(&self, page: PageNo) -> &'a str {
        &self.linked.curriculum.pages[page].title
    }

    fn number(&self, page: PageNo) -> &'a str {
        self.linked.curriculum.pages[page].number.as_deref().unwrap_or_default()
    }

    fn url(&self, page: PageNo) -> &'a str {
        &self.linked.pages[page].url
    }

    fn items(
        &self,
        page: PageNo,
    ) -> impl Iterator<Item = (&'a str, &'a crate::document::Task)> + use<'a> {
        let page = &self.linked.curriculum.pages[page];
        page.identity.tasks.iter().map(|item| item.id.as_str()).zip(&page.draft.document.tasks)
    }

    fn level(&self, level: usize) -> LevelJson<'a> {
        let level = &self.linked.curriculum.levels[level];
        LevelJson {
            id: self.id(level.page),
            number: self.number(level.page),
            title: self.title(level.page),
            duration: level.fields.duration.map(range),
            computed: range(level.computed),
            url: self.url(level.page),
            stages: level.stages.clone().map(|stage| self.stage(stage)).collect(),
        }
    }

    fn stage(&self, no: usize) -> StageJson<'a> {
        let curriculum = &self.linked.curriculum;
        let stage = &curriculum.stages[no];
        let links = &self.linked.stages[no];
        let document = &curriculum.pages[stage.page].draft.document;
        let items = &curriculum.pages[stage.page].identity.tasks;
        let blocks = stage
            .sections
            .iter()
            .zip(&links.sections)
            .filter(|(section, _)| section.is_block())
            .map(|(section, links)| {
                let heading = &document.headings[section.heading];
                BlockJson {
                    title: crate::text::collapse(&crate::document::plain(&heading.title())),
                    weeks: section.weeks.map(|(from, to)| [from, to]),
                    sources: self.citations(&links.sources),
                    topics: section
                        .tasks
                        .iter()
                        .map(|task| {
                            let topic = &document.tasks[*task];
                            TopicJson {
                                id: items[*task].id.as_str(),
                                text: &topic.plain,
                                note: topic.note.as_deref(),
                                parent: topic.parent.map(|parent| items[parent].id.as_str()),
                            }
                        })
                        .collect(),
                }
            })
            .collect();
        StageJson {
            id: self.id(stage.page),
            number: self.number(stage.page),
            title: self.title(stage.page),
            goal: stage.fields.goal.as_deref(),
            duration: stage.fields.duration.map(range),
            requires: stage
                .requires
                .iter()
                .map(|other| self.id(curriculum.stages[*other].page))
                .collect(),
            sources: stage.fields.sources.iter().map(use_of).collect(),
            url: self.url(stage.page),
            blocks,
            projects: stage.projects.clone().map(|project| self.project(project)).collect(),
        }
    }

    fn citations(&self, citations: &'a [Citation]) -> Vec<UseJson<'a>> {
        citations
            .iter()
            .map(|citation| UseJson {
                id: self.id(self.linked.curriculum.sources[citation.source].page),
                part: citation.part.as_deref(),
            })
            .collect()
    }

    fn project(&self, no: usize) -> ProjectJson<'a> {
        let project = &self.linked.curriculum.projects[no];
        let page = &self.linked.curriculum.pages[project.page];
        let headings = &page.draft.document.headings;
        ProjectJson {
            id: &page.key.id,
            item: page.identity.own.as_ref().map_or("", |own| own.id.as_str()),
            title: &page.title,
            summary: project.fields.summary.as_deref(),
            kind: project.fields.kind.name(),
            difficulty: project.fields.difficulty,
            hours: project.fields.hours.map(range),
            url: self.url(project.page),
            steps: self
                .items(project.page)
                .map(|(id, task)| StepJson {
                    id,
                    text: &task.plain,
                    group: task.heading.map(|heading| headings[heading].text.as_str()),
                })
                .collect(),
        }
    }
}

fn use_of(used: &SourceUse) -> UseJson<'_> {
    UseJson { id: &used.id.value, part: used.part.as_deref() }
}
