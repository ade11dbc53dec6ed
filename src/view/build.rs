//! [`Linked`] to views.
//!
//! Input: [`Linked`], words and theme. Output: a [`ViewSet`]. Responsibility: what each
//! page shows, with every address relative to it; pages are independent of each other here, so
//! that whoever renders them can ask for them in parallel.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::index::{Listed, index_pages};
use super::print::{self, Paper};
use super::timeline::has_timeline;
use super::{
    ArticleView, BlockUseView, Details, GlossaryView, HomeView, Indexes, LevelCard, LevelView,
    LinkView, NavStage, NavView, OutlineView, PageView, ProjectCard, ProjectView, RangeView,
    SiteView, SourceView, StageCard, TermView, Totals, TrackingView, UseView,
};
use crate::kind::PageKind;
use crate::link::{Linked, PageLinks, href};
use crate::model::{Curriculum, Level, Stage, description, news};
use crate::parse::config::Offline;
use crate::road::Drawing;
use crate::text::{foreign, relative_path};
use crate::theme::{Need, Theme};
use crate::time::{TimeSpan, Unit};
use crate::tree::PageNo;
use crate::view::markup::Markup;
use crate::words::{Argument, Words};

/// The most levels that a page lists; beyond that it shows the neighbours.
pub(super) const MOST_LEVELS: usize = 24;
/// The most stages that home lists below their levels.
pub(super) const MOST_HOME_STAGES: usize = 100;

/// Which pages are wanted.
#[derive(Debug, Clone, Copy)]
pub enum Scope<'a> {
    /// All that the site has.
    All,
    /// Those that show the texts of these pages.
    Showing(&'a [PageNo]),
}

/// Everything that templates see. Views are made one by one as they are asked for, since all of
/// them together are most of the memory that a build could need.
pub struct ViewSet<'a> {
    /// `site`.
    pub site: SiteView,
    /// The navigations, each rendered once.
    pub navs: Vec<NavView>,
    /// The pages that are wanted.
    pub pages: Vec<Wanted>,
    /// The documents for paper, which hold many pages each.
    pub documents: Vec<Wanted>,
    views: Views<'a>,
    entities: Vec<Entity>,
    index: Vec<Listed>,
    /// Views of the content's pages, where documents for paper need them once more.
    kept: Vec<OnceLock<PageView>>,
}

/// A page whose view can be had.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// Its navigation, by its number in [`ViewSet::navs`].
    pub nav: usize,
    source: Source,
}

/// What a view is made of.
#[derive(Debug, Clone, Copy)]
enum Source {
    Page(PageNo),
    /// By its number in [`ViewSet::index`].
    Index(usize),
    Document(Paper),
}

/// Finds out which pages there are.
#[must_use]
pub fn build<'a>(
    linked: &'a Linked,
    words: &'a Words,
    theme: &'a Theme,
    scope: Scope<'_>,
) -> ViewSet<'a> {
    let level_drawings = linked.curriculum.levels.iter().map(|_| OnceLock::new()).collect();
    let views = Views { linked, words, theme, level_drawings };
    let level_of = levels_of_pages(&linked.curriculum);
    let (members, index, papers) = match scope {
        Scope::All => {
            let all = (0..linked.curriculum.pages.len()).collect();
            (all, index_pages(&views), print::papers(&views))
        }
        Scope::Showing(changed) => {
            let levels: BTreeSet<usize> = changed.iter().filter_map(|no| level_of[*no]).collect();
            (changed.to_vec(), Vec::new(), print::papers_of(&views, &levels))
        }
    };
    let mut navs = Navs { views: &views, numbers: BTreeMap::new(), made: Vec::new() };
    let mut pages: Vec<Wanted> = Vec::with_capacity(members.len() + index.len());
    for no in members {
        let nav = navs.number(level_of[no], &linked.pages[no].url);
        pages.push(Wanted { nav, source: Source::Page(no) });
    }
    for (no, page) in index.iter().enumerate() {
        pages.push(Wanted { nav: navs.number(None, &page.path), source: Source::Index(no) });
    }
    let documents = papers
        .into_iter()
        .map(|paper| Wanted {
            nav: navs.number(None, &print::path(&views, paper)),
            source: Source::Document(paper),
        })
        .collect();
    let navs = navs.made;
    let kept = if print::has_documents(&views) { linked.pages.len() } else { 0 };
    ViewSet {
        site: views.site(),
        navs,
        pages,
        documents,
        entities: views.details(),
        views,
        index,
        kept: (0..kept).map(|_| OnceLock::new()).collect(),
    }
}

impl ViewSet<'_> {
    /// Makes the view of a page.
    #[must_use]
    pub fn page(&self, wanted: Wanted) -> Cow<'_, PageView> {
        match wanted.source {
            Source::Page(no) => self.content(no),
            Source::Index(no) => Cow::Owned(self.index[no].page(&self.views)),
            Source::Document(paper) => {
                Cow::Owned(print::document(&self.views, paper, &|no| self.content(no)))
            }
        }
    }

    /// The path of a page that the site is made of.
    #[must_use]
    pub fn path(&self, wanted: Wanted) -> Cow<'_, str> {
        match wanted.source {
            Source::Page(no) => Cow::Borrowed(self.views.url(no)),
            Source::Index(no) => Cow::Borrowed(&self.index[no].path),
            Source::Document(paper) => Cow::Owned(print::path(&self.views, paper)),
        }
    }

    fn content(&self, no: PageNo) -> Cow<'_, PageView> {
        let make = || self.views.page(no, self.entities[no]);
        match self.kept.get(no) {
            Some(kept) => Cow::Borrowed(kept.get_or_init(make)),
            None => Cow::Owned(make()),
        }
    }
}

/// For each page the level whose navigation it shows.
fn levels_of_pages(curriculum: &Curriculum) -> Vec<Option<usize>> {
    let mut level_of: Vec<Option<usize>> = vec![None; curriculum.pages.len()];
    for (no, level) in curriculum.levels.iter().enumerate() {
        level_of[level.page] = Some(no);
        for stage in &curriculum.stages[level.stages.clone()] {
            level_of[stage.page] = Some(no);
            for project in &curriculum.projects[stage.projects.clone()] {
                level_of[project.page] = Some(no);
            }
        }
    }
    level_of
}

/// Which entity a page belongs to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Entity {
    Home,
    Level(usize),
    Stage(usize),
    Project(usize),
    Source(usize),
    Tracking(usize),
    Glossary,
    Article,
}

/// Makes views of what is linked.
pub(super) struct Views<'a> {
    pub(super) linked: &'a Linked,
    pub(super) words: &'a Words,
    pub(super) theme: &'a Theme,
    /// The small map of each level, once a stage needs it.
    pub(super) level_drawings: Vec<OnceLock<Drawing>>,
}

impl<'a> Views<'a> {
    fn details(&self) -> Vec<Entity> {
        let curriculum = &self.linked.curriculum;
        let mut entities = vec![Entity::Article; curriculum.pages.len()];
        entities[curriculum.home] = Entity::Home;
        for (no, level) in curriculum.levels.iter().enumerate() {
            entities[level.page] = Entity::Level(no);
        }
        for (no, stage) in curriculum.stages.iter().enumerate() {
            entities[stage.page] = Entity::Stage(no);
        }
        for (no, project) in curriculum.projects.iter().enumerate() {
            entities[project.page] = Entity::Project(no);
        }
        for (no, source) in curriculum.sources.iter().enumerate() {
            entities[source.page] = Entity::Source(no);
        }
        for (no, list) in curriculum.tracking.iter().enumerate() {
            entities[list.page] = Entity::Tracking(no);
        }
        if let Some(glossary) = &curriculum.glossary {
            entities[glossary.page] = Entity::Glossary;
        }
        entities
    }

    /// Whether browsers keep the site for reading without a network.
    pub(super) fn offline(&self) -> bool {
        let wanted = self.linked.curriculum.config.offline != Offline::Off;
        wanted && self.theme.needs(Need::Offline)
    }

    pub(super) fn lang(&self, text: &str) -> Option<&'static str> {
        foreign(text, &self.linked.curriculum.config.language)
    }

    /// A link to a page, seen from the page at `from`.
    pub(super) fn link(&self, from: &str, to: PageNo) -> LinkView {
        self.link_to(from, to, None)
    }

    pub(super) fn link_to(&self, from: &str, to: PageNo, anchor: Option<&str>) -> LinkView {
        let page = &self.linked.curriculum.pages[to];
        LinkView {
            kind: page.key.kind.name(),
            id: page.key.id.clone(),
            number: page.number.clone(),
            title: page.title.clone(),
            lang: self.lang(&page.title),
            icon: page.draft.front.icon.clone(),
            url: href(from, &self.linked.pages[to].url, anchor),
        }
    }

    pub(super) fn links(&self, from: &str, to: impl IntoIterator<Item = PageNo>) -> Vec<LinkView> {
        to.into_iter().map(|page| self.link(from, page)).collect()
    }

    /// "6–8 weeks".
    pub(super) fn in_words(&self, span: TimeSpan) -> String {
        let max = ("max", Argument::Number(span.max.into()));
        let id = format!("duration-{}", span.unit.name());
        if span.min == span.max {
            return self.words.get(&id, &[max]);
        }
        let min = ("min", Argument::Number(span.min.into()));
        self.words.get(&format!("{id}-range"), &[min, max])
    }

    /// A link to a page that the site makes itself.
    pub(super) fn index_link(&self, from: &str, of: &str) -> LinkView {
        let words = self.words.get(&format!("index-{of}"), &[]);
        LinkView {
            kind: "index",
            id: of.to_owned(),
            number: None,
            lang: None,
            title: words,
            icon: None,
            url: href(from, &format!("{of}/index.html"), None),
        }
    }

    fn url(&self, page: PageNo) -> &'a str {
        &self.linked.pages[page].url
    }

    /// The number of the level that a level's, a stage's or a project's page belongs to.
    pub(super) fn level_number(&self, page: PageNo) -> Option<String> {
        let number = self.linked.curriculum.pages[page].number.as_deref()?;
        Some(number.split('.').next().unwrap_or(number).to_owned())
    }

    fn stage_page(&self, stage: usize) -> PageNo {
        self.linked.curriculum.stages[stage].page
    }

    fn page(&self, no: PageNo, entity: Entity) -> PageView {
        let curriculum = &self.linked.curriculum;
        let page = &curriculum.pages[no];
        let document = &page.draft.document;
        let path = self.url(no);
        let markup = || Markup::new(self.linked, no, self.words);
        let (template, above, details) = self.kind_of(no, entity);
        let in_sections = matches!(entity, Entity::Stage(_) | Entity::Glossary);
        let opening = if in_sections { document.opening() } else { &document.blocks };
        let mut body = markup().blocks(opening);
        if !in_sections || document.sections.is_empty() {
            body.push_str(&markup().footnotes());
        }
        let outline = match &details {
            Details::Glossary(_) => Vec::new(),
            _ => document
                .headings
                .iter()
                .filter(|heading| heading.level <= 3)
                .map(|heading| OutlineView {
                    level: heading.level.max(2),
                    text: heading.text.clone(),
                    lang: self.lang(&heading.text),
                    anchor: heading.anchor.clone(),
                })
                .collect(),
        };
        let kind = match page.key.kind {
            PageKind::Page => "article",
            kind => kind.name(),
        };
        let links = &self.linked.pages[no];
        PageView {
            template,
            kind,
            id: page.key.id.clone(),
            title: page.title.clone(),
            title_lang: self.lang(&page.title),
            number: page.number.clone(),
            icon: page.draft.front.icon.clone(),
            level_id: self.level_id(entity),
            path: path.to_owned(),
            root: root(path),
            description: description(&page.draft),
            canonical: self.canonical(path),
            picture: self.picture(self.stage_of(entity)),
            structured: self.structured(no, entity),
            edit_url: self.edit_url(&page.draft.path),
            breadcrumbs: above,
            previous: links.previous.map(|other| self.link(path, other)),
            next: links.next.map(|other| self.link(path, other)),
            outline,
            body,
            backlinks: self.links(path, links.backlinks.iter().copied()),
            extra: page.draft.front.extra.clone(),
            details,
        }
    }

    /// The stage that an entity is, or belongs to.
    fn stage_of(&self, entity: Entity) -> Option<usize> {
        match entity {
            Entity::Stage(stage) => Some(stage),
            Entity::Project(project) => Some(self.linked.curriculum.projects[project].stage),
            _ => None,
        }
    }

    fn level_id(&self, entity: Entity) -> Option<String> {
        let curriculum = &self.linked.curriculum;
        let level = match entity {
            Entity::Level(level) => level,
            Entity::Stage(stage) => curriculum.stages[stage].level,
            Entity::Project(project) => curriculum.stages[curriculum.projects[project].stage].level,
            _ => return None,
        };
        Some(curriculum.pages[curriculum.levels[level].page].key.id.clone())
    }

    pub(super) fn canonical(&self, path: &str) -> Option<String> {
        let site = self.linked.curriculum.config.site_url.as_ref()?;
        Some(format!("{site}{}", path.strip_suffix("index.html").unwrap_or(path)))
    }

    fn edit_url(&self, path: &str) -> Option<String> {
        let repository = self.linked.curriculum.config.repository.as_ref()?;
        Some(format!("{repository}/edit/main/{}", crate::text::encode_path(path)))
    }

    /// Its template, the way to it from home, and what only its kind has.
    fn kind_of(&self, no: PageNo, entity: Entity) -> (&'static str, Vec<LinkView>, Details) {
        let curriculum = &self.linked.curriculum;
        let path = self.url(no);
        let home = || self.link(path, curriculum.home);
        match entity {
            Entity::Home => ("home.html", Vec::new(), Details::Home(self.home(path))),
            Entity::Level(level) => {
                let view = self.level(path, &curriculum.levels[level]);
                ("level.html", vec![home()], Details::Level(view))
            }
            Entity::Stage(stage) => {
                let level = curriculum.levels[curriculum.stages[stage].level].page;
                let above = vec![home(), self.link(path, level)];
                ("stage.html", above, Details::Stage(Box::new(self.stage(path, stage))))
            }
            Entity::Project(project) => {
                let stage = &curriculum.stages[curriculum.projects[project].stage];
                let level = curriculum.levels[stage.level].page;
                let above = vec![home(), self.link(path, level), self.link(path, stage.page)];
                ("project.html", above, Details::Project(Box::new(self.project(path, project))))
            }
            Entity::Source(source) => {
                let above = vec![home(), self.index_link(path, "sources")];
                ("source.html", above, Details::Source(self.source(path, source)))
            }
            Entity::Tracking(list) => {
                let view = TrackingView {
                    cadence: curriculum.tracking[list].cadence.name(),
                    entries: curriculum.pages[no].identity.tasks.len(),
                };
                let above = vec![home(), self.index_link(path, "tracking")];
                ("tracking.html", above, Details::Tracking(view))
            }
            Entity::Glossary => {
                ("glossary.html", vec![home()], Details::Glossary(self.glossary(no)))
            }
            Entity::Article => {
                let above = vec![home(), self.index_link(path, "pages")];
                ("page.html", above, Details::Article(ArticleView {}))
            }
        }
    }

    fn site(&self) -> SiteView {
        let curriculum = &self.linked.curriculum;
        let config = &curriculum.config;
        SiteView {
            id: config.id.clone(),
            title: config.title.clone(),
            icon: config.icon.clone(),
            language: config.language.clone(),
            description: config.description.clone(),
            authors: config.authors.clone(),
            license: config.license.clone(),
            repository: config.repository.clone(),
            url: config.site_url.clone(),
            generator: concat!("Roadbook ", env!("CARGO_PKG_VERSION")).to_owned(),
            options: self.theme.option_values(),
            indexes: Indexes {
                topics: curriculum.stages.iter().any(|stage| stage.topics() > 0),
                projects: !curriculum.projects.is_empty(),
                technologies: curriculum.projects.iter().any(|own| !own.fields.skills.is_empty()),
                sources: !curriculum.sources.is_empty(),
                tracking: !curriculum.tracking.is_empty(),
                pages: !curriculum.articles.is_empty(),
                glossary: curriculum.glossary.is_some(),
                timeline: has_timeline(self),
                print: print::has_documents(self),
                progress: self.theme.needs(Need::Progress),
                help: self.theme.needs(Need::Help),
            },
            offline: self.offline(),
            feed: config.site_url.is_some() && news(curriculum).is_some(),
        }
    }

    fn level_totals(&self, level: &Level) -> Totals {
        let stages = &self.linked.curriculum.stages[level.stages.clone()];
        Totals {
            levels: 1,
            stages: stages.len(),
            topics: stages.iter().map(Stage::topics).sum(),
            projects: stages.iter().map(|stage| stage.projects.len()).sum(),
            ..Totals::default()
        }
    }

    fn home(&self, path: &str) -> HomeView {
        let curriculum = &self.linked.curriculum;
        let with_stages = curriculum.stages.len() <= MOST_HOME_STAGES;
        let card = |level: &Level| LevelCard {
            link: self.link(path, level.page),
            goal: level.fields.goal.clone(),
            duration: level.fields.duration.map(range),
            computed: weeks(level.computed),
            totals: self.level_totals(level),
            stages: if with_stages {
                let stages = &curriculum.stages[level.stages.clone()];
                self.links(path, stages.iter().map(|stage| stage.page))
            } else {
                Vec::new()
            },
        };
        let (levels, many_levels) = if curriculum.levels.len() > MOST_LEVELS {
            let all = curriculum.levels.iter().map(|level| level.page);
            (Vec::new(), self.links(path, all))
        } else {
            (curriculum.levels.iter().map(card).collect(), Vec::new())
        };
        HomeView {
            levels,
            many_levels,
            declared: declared(&curriculum.levels),
            computed: weeks(curriculum.computed()),
            totals: Totals {
                levels: curriculum.levels.len(),
                stages: curriculum.stages.len(),
                topics: curriculum.stages.iter().map(Stage::topics).sum(),
                projects: curriculum.projects.len(),
                sources: curriculum.sources.len(),
                terms: curriculum.glossary.as_ref().map_or(0, |glossary| glossary.terms.len()),
            },
            map: self.whole_map(path),
            tracking: self
                .links(path, curriculum.tracking.iter().take(MOST_LEVELS).map(|list| list.page)),
            pages: self.links(path, curriculum.articles.iter().take(MOST_LEVELS).copied()),
        }
    }

    fn level(&self, path: &str, level: &Level) -> LevelView {
        let curriculum = &self.linked.curriculum;
        LevelView {
            goal: level.fields.goal.clone(),
            duration: level.fields.duration.map(range),
            computed: weeks(level.computed),
            stages: curriculum.stages[level.stages.clone()]
                .iter()
                .map(|stage| StageCard {
                    link: self.link(path, stage.page),
                    goal: stage.fields.goal.clone(),
                    duration: stage.fields.duration.map(range),
                    status: stage.fields.status.name(),
                    totals: stage_totals(stage),
                    projects: self
                        .links(path, stage.projects.clone().map(|no| curriculum.projects[no].page)),
                })
                .collect(),
            totals: self.level_totals(level),
        }
    }

    pub(super) fn project_card(&self, path: &str, no: usize) -> ProjectCard {
        let project = &self.linked.curriculum.projects[no];
        let identity = &self.linked.curriculum.pages[project.page].identity;
        ProjectCard {
            link: self.link(path, project.page),
            project_kind: project.fields.kind.name(),
            item: identity.own.as_ref().map(|own| own.id.to_string()).unwrap_or_default(),
            summary: project.fields.summary.clone(),
            summary_lang: project.fields.summary.as_deref().and_then(|text| self.lang(text)),
            difficulty: project.fields.difficulty,
            hours: project.fields.hours.map(range),
            skills: project.fields.skills.clone(),
            steps: identity.tasks.len(),
            stage: Some(self.link(path, self.stage_page(project.stage))),
            level_number: self.level_number(self.stage_page(project.stage)),
        }
    }

    fn project(&self, path: &str, no: usize) -> ProjectView {
        let curriculum = &self.linked.curriculum;
        let project = &curriculum.projects[no];
        let stage = &curriculum.stages[project.stage];
        let pages = |list: &[usize]| -> Vec<PageNo> {
            list.iter().map(|other| curriculum.projects[*other].page).collect()
        };
        ProjectView {
            card: self.project_card(path, no),
            level: self.link(path, curriculum.levels[stage.level].page),
            stage: self.link(path, stage.page),
            requires: self.links(path, pages(&project.requires)),
            opens: self.links(path, pages(&self.linked.project_opens[no])),
        }
    }

    fn source(&self, path: &str, no: usize) -> SourceView {
        let curriculum = &self.linked.curriculum;
        let fields = &curriculum.sources[no].fields;
        let used_in = self.linked.source_uses[no]
            .iter()
            .map(|used| {
                let stage = &curriculum.stages[used.stage];
                let headings = &curriculum.pages[stage.page].draft.document.headings;
                UseView {
                    stage: self.link(path, stage.page),
                    part: used.part.clone(),
                    blocks: used
                        .blocks
                        .iter()
                        .map(|(section, part)| {
                            let heading = &headings[stage.sections[*section].heading];
                            let mut link = self.link_to(path, stage.page, Some(&heading.anchor));
                            link.title.clone_from(&heading.text);
                            link.lang = self.lang(&heading.text);
                            BlockUseView { link, part: part.clone() }
                        })
                        .collect(),
                }
            })
            .collect();
        SourceView {
            external: fields.url.as_ref().map(|url| url.value.clone()),
            also: fields.also.clone(),
            used_in,
        }
    }

    fn glossary(&self, no: PageNo) -> GlossaryView {
        let curriculum = &self.linked.curriculum;
        let page = &curriculum.pages[no];
        let document = &page.draft.document;
        let glossary = curriculum.glossary.iter();
        let mut terms: Vec<TermView> = glossary
            .flat_map(|glossary| glossary.terms.iter().enumerate())
            .map(|(section, term)| {
                let anchor = document.headings[term.heading].anchor.clone();
                TermView {
                    former_anchors: former(&self.linked.pages[no], &anchor),
                    anchor,
                    lang: self.lang(&term.title),
                    title: term.title.clone(),
                    also: term.also.clone(),
                    body: Markup::new(self.linked, no, self.words).blocks(document.below(section)),
                }
            })
            .collect();
        terms.sort_by_cached_key(|term| super::index::collation_key(self, &term.title));
        if let Some(last) = terms.last_mut() {
            last.body.push_str(&Markup::new(self.linked, no, self.words).footnotes());
        }
        GlossaryView { terms }
    }
}

/// The former anchors that now mean this one.
pub(super) fn former(page: &PageLinks, anchor: &str) -> Vec<String> {
    page.former_anchors.get(anchor).cloned().unwrap_or_default()
}

/// How much there is in a stage.
pub(super) fn stage_totals(stage: &Stage) -> Totals {
    Totals {
        stages: 1,
        topics: stage.topics(),
        projects: stage.projects.len(),
        ..Totals::default()
    }
}

/// A page's way to the root: `../../` for `stages/linux/index.html`.
pub(super) fn root(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

pub(super) fn range(span: TimeSpan) -> RangeView {
    RangeView { min: span.min, max: span.max, unit: span.unit.name() }
}

/// Computed weeks, where there are any.
pub(super) fn weeks(span: TimeSpan) -> Option<RangeView> {
    (span.max > 0).then(|| range(span))
}

/// What the levels declare, added up per unit.
fn declared(levels: &[Level]) -> Vec<RangeView> {
    let mut sums: BTreeMap<Unit, (u32, u32)> = BTreeMap::new();
    for span in levels.iter().filter_map(|level| level.fields.duration) {
        let sum = sums.entry(span.unit).or_default();
        *sum = (sum.0.saturating_add(span.min), sum.1.saturating_add(span.max));
    }
    sums.into_iter().map(|(unit, (min, max))| range(TimeSpan { min, max, unit })).collect()
}

/// Navigations by level and distance from the root.
struct Navs<'a, 'b> {
    views: &'b Views<'a>,
    numbers: BTreeMap<(Option<usize>, String), usize>,
    made: Vec<NavView>,
}

impl Navs<'_, '_> {
    fn number(&mut self, level: Option<usize>, path: &str) -> usize {
        let key = (level, root(path));
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        let nav = self.nav(level, &key.1);
        self.made.push(nav);
        self.numbers.insert(key, self.made.len() - 1);
        self.made.len() - 1
    }

    fn nav(&self, level: Option<usize>, root: &str) -> NavView {
        let view = self.views;
        let curriculum = &view.linked.curriculum;
        // Links of a navigation begin with `root`, so they are made as seen from the root.
        let link = |page: PageNo| {
            let mut link = view.link("index.html", page);
            link.url = format!("{root}{}", relative_path("index.html", view.url(page)));
            link
        };
        let count = curriculum.levels.len();
        let cut = count > MOST_LEVELS;
        let shown = match level {
            _ if !cut => 0..count,
            Some(level) => level.saturating_sub(1)..(level + 2).min(count),
            None => 0..3.min(count),
        };
        let stages = match level {
            Some(level) => curriculum.stages[curriculum.levels[level].stages.clone()]
                .iter()
                .map(|stage| NavStage {
                    link: link(stage.page),
                    projects: stage
                        .projects
                        .clone()
                        .map(|no| link(curriculum.projects[no].page))
                        .collect(),
                })
                .collect(),
            None => Vec::new(),
        };
        NavView {
            root: root.to_owned(),
            level: level.map(|level| link(curriculum.levels[level].page)),
            stages,
            levels: curriculum.levels[shown].iter().map(|level| link(level.page)).collect(),
            levels_cut: cut,
            tracking: curriculum
                .tracking
                .iter()
                .take(MOST_LEVELS)
                .map(|list| link(list.page))
                .collect(),
            pages: curriculum.articles.iter().take(MOST_LEVELS).map(|page| link(*page)).collect(),
        }
    }
}
