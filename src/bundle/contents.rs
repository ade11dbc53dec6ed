//! The pages of a bundle in the order of the road.
//!
//! Input: [`Linked`], the interface's words and the finished [`Site`]. Output: [`Entry`]s.
//! Responsibility: which pages a bundle that is read like a book holds, and how they are nested.

use crate::link::Linked;
use crate::snapshot::Site;
use crate::text::foreign;
use crate::tree::PageNo;
use crate::words::Words;

/// A page, and the pages below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its path from the site's root.
    pub(super) path: String,
    /// Its number and title, plain text.
    pub(super) title: String,
    /// `en` where the title has no letter of the site's own script.
    pub(super) lang: Option<&'static str>,
    /// The pages below it.
    pub(super) children: Vec<Entry>,
}

impl Entry {
    /// This page and all below it, in order.
    pub(super) fn pages(&self) -> Vec<&Entry> {
        let below = self.children.iter().flat_map(Entry::pages);
        std::iter::once(self).chain(below).collect()
    }
}

/// All pages that are read: home, levels with their stages and projects, sources, tracking lists,
/// other pages, glossary and the list of topics.
pub(super) fn contents(linked: &Linked, words: &Words, site: &Site) -> Vec<Entry> {
    let curriculum = &linked.curriculum;
    let language = &curriculum.config.language;
    let entry = |page: PageNo, children: Vec<Entry>| {
        let title = &curriculum.pages[page].title;
        let title = match &curriculum.pages[page].number {
            Some(number) => format!("{number}. {title}"),
            None => title.clone(),
        };
        let lang = foreign(&title, language);
        Entry { path: linked.pages[page].url.clone(), title, lang, children }
    };
    let list = |of: &str, pages: Vec<PageNo>| {
        let path = format!("{of}/index.html");
        let children: Vec<Entry> = pages.into_iter().map(|page| entry(page, Vec::new())).collect();
        let title = words.get(&format!("index-{of}"), &[]);
        let lang = foreign(&title, language);
        if site.files.contains_key(&path) {
            vec![Entry { path, title, lang, children }]
        } else {
            children
        }
    };
    let mut entries = vec![entry(curriculum.home, Vec::new())];
    for level in &curriculum.levels {
        let stages = curriculum.stages[level.stages.clone()].iter().map(|stage| {
            let projects = curriculum.projects[stage.projects.clone()].iter();
            entry(stage.page, projects.map(|project| entry(project.page, Vec::new())).collect())
        });
        entries.push(entry(level.page, stages.collect()));
    }
    entries.extend(list("sources", curriculum.sources.iter().map(|own| own.page).collect()));
    entries.extend(list("tracking", curriculum.tracking.iter().map(|own| own.page).collect()));
    entries.extend(list("pages", curriculum.articles.clone()));
    entries.extend(curriculum.glossary.iter().map(|glossary| entry(glossary.page, Vec::new())));
    let parts = curriculum.levels.iter().filter_map(|level| {
        let page = &curriculum.pages[level.page];
        let path = format!("topics/{}/index.html", page.key.id);
        let entry = entry(level.page, Vec::new());
        site.files.contains_key(&path).then_some(Entry { path, ..entry })
    });
    entries.extend(
        list("topics", Vec::new())
            .into_iter()
            .map(|topics| Entry { children: parts.clone().collect(), ..topics }),
    );
    entries
}
