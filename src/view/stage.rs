//! A stage's view.
//!
//! Input: one stage of [`Linked`](crate::link::Linked). Output: a [`StageView`]. Responsibility:
//! the stage's facts and the sections of its program.

use super::build::{Views, former, range, stage_totals};
use super::markup::{Markup, title_text};
use super::{LinkView, OccurrenceView, RangeView, SectionView, SourceRefView, StageView};
use crate::link::Citation;
use crate::tree::PageNo;

impl Views<'_> {
    pub(super) fn stage(&self, path: &str, no: usize) -> StageView {
        let curriculum = &self.linked.curriculum;
        let stage = &curriculum.stages[no];
        let links = &self.linked.stages[no];
        let pages = |stages: &[usize]| -> Vec<PageNo> {
            stages.iter().map(|other| curriculum.stages[*other].page).collect()
        };
        let goal = stage.fields.goal.clone();
        StageView {
            level: self.link(path, curriculum.levels[stage.level].page),
            goal_lang: goal.as_deref().and_then(|goal| self.lang(goal)),
            goal,
            duration: stage.fields.duration.map(range),
            status: stage.fields.status.name(),
            requires: self.links(path, pages(&stage.requires)),
            opens: self.links(path, pages(&links.opens)),
            sources: self.citations(path, &links.sources),
            sections: (0..stage.sections.len())
                .map(|section| self.section(path, no, section))
                .collect(),
            projects: stage
                .projects
                .clone()
                .map(|project| self.project_card(path, project))
                .collect(),
            totals: stage_totals(stage),
            map: self.near_map(path, no),
        }
    }

    fn citations(&self, path: &str, citations: &[Citation]) -> Vec<SourceRefView> {
        citations
            .iter()
            .map(|citation| {
                let page = self.linked.curriculum.sources[citation.source].page;
                SourceRefView {
                    link: self.link_to(path, page, citation.anchor.as_deref()),
                    part: citation.part.clone(),
                }
            })
            .collect()
    }

    fn section(&self, path: &str, stage_no: usize, section_no: usize) -> SectionView {
        let stage = &self.linked.curriculum.stages[stage_no];
        let section = &stage.sections[section_no];
        let links = &self.linked.stages[stage_no].sections[section_no];
        let page = &self.linked.curriculum.pages[stage.page];
        let document = &page.draft.document;
        let heading = &document.headings[section.heading];
        let markup = || Markup::new(self.linked, stage.page, self.words);
        let mut body = markup().blocks(document.below(section_no));
        if section_no + 1 == stage.sections.len() {
            body.push_str(&markup().footnotes());
        }
        let title = heading.title();
        let occurrences = links
            .occurrences
            .iter()
            .map(|(task, places)| {
                let text = document.tasks[*task].plain.clone();
                OccurrenceView {
                    lang: self.lang(&text),
                    text,
                    places: places
                        .iter()
                        .map(|(stage, task)| self.topic_link(path, *stage, *task))
                        .collect(),
                }
            })
            .collect();
        SectionView {
            anchor: heading.anchor.clone(),
            former_anchors: former(&self.linked.pages[stage.page], &heading.anchor),
            heading: markup().inlines(&heading.inlines),
            title: markup().inlines(&title),
            lang: self.lang(&title_text(heading)),
            block: section.is_block(),
            weeks: section.weeks.map(|(min, max)| RangeView { min, max, unit: "weeks" }),
            body,
            topics: section.tasks.len(),
            occurrences,
            projects: links
                .projects
                .iter()
                .map(|project| self.project_card(path, *project))
                .collect(),
        }
    }

    /// A link to a topic, with the title of its stage.
    pub(super) fn topic_link(&self, path: &str, stage: usize, task: usize) -> LinkView {
        let page = self.linked.curriculum.stages[stage].page;
        let item = &self.linked.curriculum.pages[page].identity.tasks[task];
        self.link_to(path, page, Some(item.id.as_str()))
    }
}
