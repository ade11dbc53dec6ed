//! Documents for paper: the whole road, and each level by itself.
//!
//! Input: [`Views`] and the views of all pages. Output: a page for each document. Responsibility:
//! which pages a document holds, in which order; their HTML is taken from the pages themselves and
//! put into its new place, so that paper can never say something else.

use std::collections::BTreeMap;

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

/// The documents, made from the pages' views.
pub(super) fn documents(view: &Views<'_>, pages: &[(PageView, usize)]) -> Vec<PageView> {
    if !has_documents(view) {
        return Vec::new();
    }
    let curriculum = &view.linked.curriculum;
    let all: Vec<Vec<PageNo>> =
        (0..curriculum.levels.len()).map(|level| pages_of(view, level)).collect();
    let levels = curriculum.levels.par_iter().zip(&all);
    let mut documents: Vec<PageView> = levels
        .map(|(level, members)| {
            let page = &curriculum.pages[level.page];
            let path = format!("print/{}/index.html", page.key.id);
            let mut document = document(view, pages, path, members);
            document.id.clone_from(&page.key.id);
            document.title.clone_from(&page.title);
            document.title_lang = view.lang(&page.title);
            document.number.clone_from(&page.number);
            document.breadcrumbs.push(view.link(&document.path, level.page));
            document
        })
        .collect();
    let count: usize = all.iter().map(Vec::len).sum();
    let members = if count <= MOST_IN_ONE { all.concat() } else { Vec::new() };
    let path = "print/index.html".to_owned();
    let mut whole = document(view, pages, path, &members);
    if let Details::Print(print) = &mut whole.details {
        let levels = curriculum.levels.iter().map(|level| level.page);
        print.documents = levels
            .map(|level| LinkView {
                url: format!("{}/index.html", curriculum.pages[level].key.id),
                ..view.link(&whole.path, level)
            })
            .collect();
    }
    documents.push(whole);
    documents
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

fn document(
    view: &Views<'_>,
    pages: &[(PageView, usize)],
    path: String,
    members: &[PageNo],
) -> PageView {
    let curriculum = &view.linked.curriculum;
    let anchors: BTreeMap<&str, String> = members
        .iter()
        .map(|page| (pages[*page].0.path.as_str(), curriculum.pages[*page].key.to_string()))
        .collect();
    let parts = members
        .par_iter()
        .map(|page| {
            let page = &pages[*page].0;
            part(page, &Seat { from: &page.path, to: &path, members: &anchors })
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
        anchor: seat.anchor(),
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
