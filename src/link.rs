//! What leads where.
//!
//! Input: [`Curriculum`]. Output: [`Linked`] and diagnostics. Responsibility: addresses, anchors,
//! the targets of links, backlinks, what comes before and after, the uses of sources, and the
//! other places of a topic.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::assemble::unknown;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::document::LinkSyntax;
use crate::identity::normalised;
use crate::kind::PageKind;
use crate::model::{Curriculum, opens};
use crate::node::Spanned;
use crate::text;
use crate::tree::PageNo;

mod target;
pub use target::Target;

/// The curriculum with every link resolved.
#[derive(Debug)]
pub struct Linked {
    /// What is linked.
    pub curriculum: Curriculum,
    /// For each page, what leads from and to it.
    pub pages: Vec<PageLinks>,
    /// For each stage, what its sections lead to.
    pub stages: Vec<StageLinks>,
    /// For each project those that require it.
    pub project_opens: Vec<Vec<usize>>,
    /// For each source where it is used, in the order of the road.
    pub source_uses: Vec<Vec<SourceUse>>,
    /// Addresses that lead to another: path from the site's root, and the page.
    pub redirects: Vec<(Spanned<String>, PageNo)>,
    /// Width and height of images, by their path from the site's root.
    pub sizes: BTreeMap<String, (u32, u32)>,
}

/// What leads from and to one page.
#[derive(Debug, Default)]
pub struct PageLinks {
    /// Its address from the site's root.
    pub url: String,
    /// Its headings by their anchors, as numbers of the document's headings.
    pub headings: BTreeMap<String, usize>,
    /// Anchors that a heading had before, by its present anchor.
    pub former_anchors: BTreeMap<String, Vec<String>>,
    /// For each link of its body, where it leads.
    pub targets: Vec<Target>,
    /// Pages whose text links here, in the order of the road.
    pub backlinks: Vec<PageNo>,
    /// The page before it.
    pub previous: Option<PageNo>,
    /// The page after it.
    pub next: Option<PageNo>,
}

/// What a stage leads to.
#[derive(Debug, Default)]
pub struct StageLinks {
    /// Its sources; the part's anchor where the part is a heading of the source.
    pub sources: Vec<Citation>,
    /// Stages that require this one.
    pub opens: Vec<usize>,
    /// For each of its sections what the section leads to.
    pub sections: Vec<SectionLinks>,
}

/// What a section of a stage leads to.
#[derive(Debug, Default)]
pub struct SectionLinks {
    /// The sources that the block draws on.
    pub sources: Vec<Citation>,
    /// The stage's projects whose place is after the block.
    pub projects: Vec<usize>,
    /// Topics that stand in other stages too: the task's number, and the other places as stage
    /// and number of the task there.
    pub occurrences: Vec<(usize, Vec<(usize, usize)>)>,
}

/// A source and the part that is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Index of [`Curriculum::sources`].
    pub source: usize,
    /// The part, as written.
    pub part: Option<String>,
    /// The part's anchor on the source's page.
    pub anchor: Option<String>,
}

/// A stage that draws on a source.
#[derive(Debug)]
pub struct SourceUse {
    /// Index of [`Curriculum::stages`].
    pub stage: usize,
    /// The part that the stage names.
    pub part: Option<String>,
    /// Its blocks that draw on the source: number of the section, and the part.
    pub blocks: Vec<(usize, Option<String>)>,
}

/// Resolves everything. `static_files` are the paths below `static/`, with it; `sizes` those of
/// images, by their path from the site's root.
pub fn link(
    curriculum: Curriculum,
    static_files: &BTreeSet<Arc<str>>,
    sizes: BTreeMap<String, (u32, u32)>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Linked {
    let resolver = target::Resolver::new(&curriculum, static_files);
    let mut pages: Vec<PageLinks> = curriculum
        .pages
        .par_iter()
        .map(|page| {
            let headings = page.draft.document.headings.iter().enumerate();
            let mut former_anchors: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for (former, present) in &page.identity.former_anchors {
                former_anchors.entry(present.clone()).or_default().push(former.clone());
            }
            PageLinks {
                url: page.key.url(),
                headings: headings.map(|(no, heading)| (heading.anchor.clone(), no)).collect(),
                former_anchors,
                ..PageLinks::default()
            }
        })
        .collect();
    for (no, page) in curriculum.pages.iter().enumerate() {
        pages[no].targets = page
            .draft
            .document
            .links
            .iter()
            .map(|link| resolver.resolve(no, link, diagnostics))
            .collect();
    }
    backlinks(&curriculum, &mut pages);
    neighbours(&curriculum, &mut pages);

    let requires: Vec<&[usize]> =
        curriculum.stages.iter().map(|stage| stage.requires.as_slice()).collect();
    let stage_opens = opens(&requires);
    let requires: Vec<&[usize]> =
        curriculum.projects.iter().map(|project| project.requires.as_slice()).collect();
    let project_opens = opens(&requires);

    let source_of: BTreeMap<PageNo, usize> =
        curriculum.sources.iter().enumerate().map(|(no, source)| (source.page, no)).collect();
    let sections: Vec<Vec<SectionLinks>> = (0..curriculum.stages.len())
        .into_par_iter()
        .map(|stage| section_links(&curriculum, &pages, &source_of, stage))
        .collect();
    let mut stages: Vec<StageLinks> = stage_opens
        .into_iter()
        .zip(sections)
        .enumerate()
        .map(|(no, (opens, sections))| StageLinks {
            sources: stage_sources(&curriculum, &resolver, no, diagnostics),
            opens,
            sections,
        })
        .collect();
    occurrences(&curriculum, &mut stages);
    let source_uses = source_uses(&curriculum, &stages);
    let redirects = redirects(&curriculum, diagnostics);
    Linked { curriculum, pages, stages, project_opens, source_uses, redirects, sizes }
}

/// A link within a family (a stage and its projects, a level and its stages) is no news.
fn backlinks(curriculum: &Curriculum, pages: &mut [PageLinks]) {
    let mut parent: Vec<Option<PageNo>> = vec![None; curriculum.pages.len()];
    for stage in &curriculum.stages {
        parent[stage.page] = Some(curriculum.levels[stage.level].page);
    }
    for project in &curriculum.projects {
        parent[project.page] = Some(curriculum.stages[project.stage].page);
    }
    let mut found: Vec<BTreeSet<PageNo>> = vec![BTreeSet::new(); curriculum.pages.len()];
    for (from, links) in pages.iter().enumerate() {
        for target in &links.targets {
            if let Target::Page { page: to, .. } = target
                && *to != from
                && parent[from] != Some(*to)
                && parent[*to] != Some(from)
                && from != curriculum.home
                && *to != curriculum.home
            {
                found[*to].insert(from);
            }
        }
    }
    for (page, backlinks) in pages.iter_mut().zip(found) {
        page.backlinks = backlinks.into_iter().collect();
    }
}

fn neighbours(curriculum: &Curriculum, pages: &mut [PageLinks]) {
    let on_road = |page: &PageNo| {
        matches!(
            curriculum.pages[*page].key.kind,
            PageKind::Level | PageKind::Stage | PageKind::Project
        )
    };
    let road: Vec<PageNo> = (0..curriculum.pages.len()).filter(on_road).collect();
    let sources: Vec<PageNo> = curriculum.sources.iter().map(|source| source.page).collect();
    let tracking: Vec<PageNo> = curriculum.tracking.iter().map(|list| list.page).collect();
    for list in [&road, &sources, &tracking, &curriculum.articles] {
        for pair in list.windows(2) {
            pages[pair[0]].next = Some(pair[1]);
            pages[pair[1]].previous = Some(pair[0]);
        }
    }
}

fn stage_sources(
    curriculum: &Curriculum,
    resolver: &target::Resolver<'_>,
    stage: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Citation> {
    let mut citations = Vec::new();
    for used in &curriculum.stages[stage].fields.sources {
        let Some(source) = resolver.source(&used.id.value) else {
            let near = nearest(&used.id.value, resolver.source_ids());
            diagnostics.push(unknown("source", &used.id, near));
            continue;
        };
        let page = &curriculum.pages[curriculum.sources[source].page];
        let anchor = used.part.as_ref().and_then(|part| {
            let headings = &page.draft.document.headings;
            headings
                .iter()
                .find(|heading| heading.level == 2 && heading.text == *part)
                .map(|heading| heading.anchor.clone())
        });
        citations.push(Citation { source, part: used.part.clone(), anchor });
    }
    citations
}

fn section_links(
    curriculum: &Curriculum,
    pages: &[PageLinks],
    source_of: &BTreeMap<PageNo, usize>,
    stage: usize,
) -> Vec<SectionLinks> {
    let stage = &curriculum.stages[stage];
    let document = &curriculum.pages[stage.page].draft.document;
    let project_of: BTreeMap<PageNo, usize> =
        stage.projects.clone().map(|no| (curriculum.projects[no].page, no)).collect();
    let mut sections: Vec<SectionLinks> =
        stage.sections.iter().map(|_| SectionLinks::default()).collect();
    let block_of: BTreeMap<usize, usize> = stage
        .sections
        .iter()
        .enumerate()
        .filter(|(_, section)| section.is_block())
        .map(|(at, section)| (section.heading, at))
        .collect();
    let mut placed = BTreeSet::new();
    let mut cited: BTreeSet<(usize, usize, Option<&str>)> = BTreeSet::new();
    for (link, target) in document.links.iter().zip(&pages[stage.page].targets) {
        let Target::Page { page, anchor } = target else { continue };
        let Some(&at) = link.section.and_then(|heading| block_of.get(&heading)) else { continue };
        if let Some(project) = project_of.get(page) {
            if placed.insert(*project) {
                sections[at].projects.push(*project);
            }
        } else if let Some(source) = source_of.get(page).filter(|_| link.cites)
            && cited.insert((at, *source, anchor.as_deref()))
        {
            let part = anchor.as_ref().and_then(|anchor| {
                let heading = *pages[*page].headings.get(anchor)?;
                Some(curriculum.pages[*page].draft.document.headings[heading].text.clone())
            });
            let citation = Citation { source: *source, part, anchor: anchor.clone() };
            sections[at].sources.push(citation);
        }
    }
    sections
}

/// The most other places that are named for one topic.
const MOST_PLACES: usize = 24;

/// Topics with the same words, apart from case and punctuation, in different stages. Each stage is
/// named once, and of equal topics in one section only the first names the others.
fn occurrences(curriculum: &Curriculum, stages: &mut [StageLinks]) {
    let texts: Vec<Vec<(usize, usize, String)>> = curriculum
        .stages
        .par_iter()
        .map(|stage| {
            let tasks = &curriculum.pages[stage.page].draft.document.tasks;
            let sections = stage.sections.iter().enumerate();
            let topics =
                sections.flat_map(|(at, section)| section.tasks.iter().map(move |no| (at, *no)));
            topics.map(|(at, task)| (at, task, normalised(&tasks[task].plain))).collect()
        })
        .collect();
    // Stage, section and task of the first topic with these words in each section.
    let mut places: BTreeMap<String, Vec<(usize, usize, usize)>> = BTreeMap::new();
    for (no, texts) in texts.into_iter().enumerate() {
        for (at, task, text) in texts.into_iter().filter(|(.., text)| !text.is_empty()) {
            let found = places.entry(text).or_default();
            if found.last().is_none_or(|(stage, section, _)| (*stage, *section) != (no, at)) {
                found.push((no, at, task));
            }
        }
    }
    for found in places.values() {
        let mut first: Vec<(usize, usize)> =
            found.iter().map(|(stage, _, task)| (*stage, *task)).collect();
        first.dedup_by_key(|(stage, _)| *stage);
        if first.len() < 2 {
            continue;
        }
        for (stage, section, task) in found {
            let others = first.iter().filter(|(other, _)| other != stage);
            let others: Vec<(usize, usize)> = others.copied().take(MOST_PLACES).collect();
            stages[*stage].sections[*section].occurrences.push((*task, others));
        }
    }
    for section in stages.iter_mut().flat_map(|stage| &mut stage.sections) {
        section.occurrences.sort();
    }
}

fn source_uses(curriculum: &Curriculum, stages: &[StageLinks]) -> Vec<Vec<SourceUse>> {
    let mut uses: Vec<Vec<SourceUse>> = curriculum.sources.iter().map(|_| Vec::new()).collect();
    for (no, stage) in stages.iter().enumerate() {
        let mut of_stage: BTreeMap<usize, SourceUse> = BTreeMap::new();
        let blank = || SourceUse { stage: no, part: None, blocks: Vec::new() };
        for citation in &stage.sources {
            let found = of_stage.entry(citation.source).or_insert_with(blank);
            found.part = found.part.take().or_else(|| citation.part.clone());
        }
        for (section, links) in stage.sections.iter().enumerate() {
            for citation in &links.sources {
                let found = of_stage.entry(citation.source).or_insert_with(blank);
                found.blocks.push((section, citation.part.clone()));
            }
        }
        for (source, found) in of_stage {
            uses[source].push(found);
        }
    }
    uses
}

/// `aliases:` of front matter and the former addresses that the lock knows.
fn redirects(
    curriculum: &Curriculum,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(Spanned<String>, PageNo)> {
    let mut redirects = Vec::new();
    for (no, page) in curriculum.pages.iter().enumerate() {
        for alias in &page.draft.front.aliases {
            match output_path(&alias.value) {
                Some(path) => {
                    redirects.push((Spanned { value: path, span: alias.span.clone() }, no));
                }
                None => diagnostics.push(Diagnostic::new(
                    Code::BrokenLink,
                    alias.span.clone(),
                    format!("`{}` is no address of this site", alias.value),
                    "write the former path from the site's root, such as `old/linux/`",
                )),
            }
        }
        for former in page.identity.former_urls.iter().filter(|url| text::is_inside(url)) {
            let span = page.draft.front.title.span.clone();
            redirects.push((Spanned { value: former.clone(), span }, no));
        }
    }
    // An alias may repeat what the lock knows.
    let mut seen = BTreeSet::new();
    redirects.retain(|(path, page)| seen.insert((path.value.clone(), *page)));
    redirects
}

/// The longest alias, and the longest name between two slashes, in bytes.
const LONGEST_ADDRESS: usize = 1_000;
const LONGEST_PART: usize = 200;

/// The file of the site that answers at this address.
fn output_path(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let path = path.trim_start_matches('/');
    let bare = path.strip_suffix('/').unwrap_or(path);
    // Longer ones are no file's name on most machines.
    if path.len() > LONGEST_ADDRESS || path.split('/').any(|part| part.len() > LONGEST_PART) {
        return None;
    }
    // A colon is no part of a file's name on Windows, a leading dot hides the file elsewhere.
    if !text::is_inside(bare) || bare.contains(':') || bare.split('/').any(|p| p.starts_with('.')) {
        return None;
    }
    Some(match path.strip_suffix('/') {
        Some(folder) => format!("{folder}/index.html"),
        None if path.ends_with(".html") => path.to_owned(),
        None => format!("{path}/index.html"),
    })
}

/// The address of a page seen from another page, with `#anchor` where one is given.
#[must_use]
pub fn href(from: &str, to: &str, anchor: Option<&str>) -> String {
    let path = text::encode_path(&text::relative_path(from, to));
    match anchor {
        Some(anchor) if from == to => format!("#{anchor}"),
        Some(anchor) => format!("{path}#{anchor}"),
        None => path,
    }
}

/// Whether a link is shown with the page's own title.
#[must_use]
pub fn shows_title(syntax: LinkSyntax) -> bool {
    syntax == LinkSyntax::Wiki
}
