//! Documents for paper: the whole road, and each level by itself.
//!
//! Input: [`Views`] and the views of pages. Output: a page for each document. Responsibility:
//! which pages a document holds, in which order; their HTML is taken from the pages themselves and
//! put into its new place, so that paper can never say something else.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::build::{Views, root};
use super::{Details, LinkView, PageView, PrintPart, PrintSection, PrintView};
use crate::theme::Need;
use crate::tree::PageNo;

mod reseat;
use reseat::Seat;

/// The most pages of levels, stages and projects that the whole road may have as one document;
/// beyond that the levels' own documents take its place.
const MOST_IN_ONE: usize = 400;
/// The most pages of a curriculum that has documents at all, since they hold everything twice more.
const MOST: usize = 2_000;

/// Whether the site has documents for paper.
pub(super) fn has_documents(view: &Views<'_>) -> bool {
    let curriculum = &view.linked.curriculum;
    let few = !curriculum.levels.is_empty() && curriculum.pages.len() <= MOST;
    few && view.theme.needs(Need::Print)
}

/// A document for paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paper {
    /// One level, as an index of the curriculum's levels.
    Level(usize),
    /// The whole road.
    Whole,
}

/// All documents.
pub(super) fn papers(view: &Views<'_>) -> Vec<Paper> {
    if !has_documents(view) {
        return Vec::new();
    }
    let levels = (0..view.linked.curriculum.levels.len()).map(Paper::Level);
    levels.chain([Paper::Whole]).collect()
}

/// The documents that hold pages of these levels.
pub(super) fn papers_of(view: &Views<'_>, levels: &BTreeSet<usize>) -> Vec<Paper> {
    let mut papers = papers(view);
    let whole = !levels.is_empty() && holds_all(view);
    papers.retain(|paper| match paper {
        Paper::Level(level) => levels.contains(level),
        Paper::Whole => whole,
    });
    papers
}

/// Whether the document of the whole road holds its pages.
fn holds_all(view: &Views<'_>) -> bool {
    let curriculum = &view.linked.curriculum;
    let count = curriculum.levels.len() + curriculum.stages.len() + curriculum.projects.len();
    count <= MOST_IN_ONE
}

/// A document's address from the site's root.
pub(super) fn path(view: &Views<'_>, paper: Paper) -> String {
    match paper {
        Paper::Level(level) => {
            let curriculum = &view.linked.curriculum;
            format!("print/{}/index.html", curriculum.pages[curriculum.levels[level].page].key.id)
        }
        Paper::Whole => "print/index.html".to_owned(),
    }
}

/// The view of a document, made from those of its pages.
pub(super) fn document<'v>(
    view: &Views<'_>,
    paper: Paper,
    pages: &(dyn Fn(PageNo) -> Cow<'v, PageView> + Sync),
) -> PageView {
    let curriculum = &view.linked.curriculum;
    let levels = match paper {
        Paper::Level(level) => level..level + 1,
        Paper::Whole if holds_all(view) => 0..curriculum.levels.len(),
        Paper::Whole => 0..0,
    };
    let members: Vec<PageNo> = levels.flat_map(|level| pages_of(view, level)).collect();
    let mut document = of_members(view, pages, path(view, paper), &members);
    match (paper, &mut document.details) {
        (Paper::Level(level), _) => {
            let page = &curriculum.pages[curriculum.levels[level].page];
            document.id.clone_from(&page.key.id);
            document.title.clone_from(&page.title);
            document.title_lang = view.lang(&page.title);
            document.number.clone_from(&page.number);
            let link = view.link(&document.path, curriculum.levels[level].page);
            document.breadcrumbs.push(link);
        }
        (Paper::Whole, Details::Print(print)) => {
            let levels = curriculum.levels.iter().map(|level| level.page);
            print.documents = levels
                .map(|level| LinkView {
                    url: format!("{}/index.html", curriculum.pages[level].key.id),
                    ..view.link(&document.path, level)
                })
                .collect();
        }
        (Paper::Whole, _) => {}
    }
    document
}

/// A level's pages in the order of the road.
fn pages_of(view: &Views<'_>, level: usize) -> Vec<PageNo> {
    let curriculum = &view.linked.curriculum;
    let level = &curriculum.levels[level];
    let mut pages = vec![level.page];
    for stage in &curriculum.stages[level.stages.clone()] {
        pages.push(stage.page);
        pages.extend(stage.projects.clone().map(|no| curriculum.projects[no].page));
    }
    pages
}

fn of_members<'v>(
    view: &Views<'_>,
    pages: &(dyn Fn(PageNo) -> Cow<'v, PageView> + Sync),
    path: String,
    members: &[PageNo],
) -> PageView {
    let curriculum = &view.linked.curriculum;
    let anchors: BTreeMap<&str, String> = members
        .iter()
        .map(|page| {
            (view.linked.pages[*page].url.as_str(), curriculum.pages[*page].key.to_string())
        })
        .collect();
    let parts = members
        .par_iter()
        .map(|page| {
            let page = pages(*page);
            part(&page, &Seat { from: &page.path, to: &path, members: &anchors })
        })
        .collect();
    PageView {
        template: "print.html",
        kind: "print",
        id: "print".to_owned(),
        title: curriculum.config.title.clone(),
        title_lang: view.lang(&curriculum.config.title),
        number: None,
        icon: None,
        level_id: None,
        root: root(&path),
        description: None,
        canonical: view.canonical(&path),
        picture: view.picture(None),
        structured: None,
        edit_url: None,
        breadcrumbs: vec![view.link(&path, curriculum.home)],
        previous: None,
        next: None,
        outline: Vec::new(),
        body: String::new(),
        backlinks: Vec::new(),
        extra: BTreeMap::new(),
        details: Details::Print(PrintView { parts, documents: Vec::new() }),
        path,
    }
}

/// A page as a part of a document. A document's title is its heading of the first level, levels
/// have the second, stages the third, projects the fourth; their own headings follow below.
fn part(page: &PageView, seat: &Seat<'_>) -> PrintPart {
    let mut part = PrintPart {
        kind: page.kind,
        anchor: seat.anchor().to_owned(),
        number: page.number.clone(),
        title: page.title.clone(),
        title_lang: page.title_lang,
        icon: page.icon.clone(),
        goal: None,
        duration: None,
        difficulty: None,
        item: None,
        body: String::new(),
        sections: Vec::new(),
    };
    let depth = match &page.details {
        Details::Level(level) => {
            part.goal.clone_from(&level.goal);
            part.duration = level.duration;
            1
        }
        Details::Stage(stage) => {
            part.goal.clone_from(&stage.goal);
            part.duration = stage.duration;
            part.sections = stage
                .sections
                .iter()
                .map(|section| PrintSection {
                    anchor: seat.id(&section.anchor),
                    title: seat.html(&section.title, 2),
                    lang: section.lang,
                    weeks: section.weeks,
                    body: seat.html(&section.body, 2),
                })
                .collect();
            2
        }
        Details::Project(project) => {
            part.goal.clone_from(&project.card.summary);
            part.duration = project.card.hours;
            part.difficulty = project.card.difficulty;
            part.item = Some(project.card.item.clone());
            3
        }
        _ => 1,
    };
    part.body = seat.html(&page.body, depth);
    part
}
