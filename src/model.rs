//! What the curriculum is.
//!
//! Input: [`Identified`]. Output: [`Curriculum`] and diagnostics. Responsibility: order, numbers,
//! durations, prerequisites and counts; every page and item is known by its permanent id here.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::assemble::unknown;
use crate::diagnostic::{Code, Diagnostic, Span, nearest};
use crate::document::{Below, Block, Heading, plain_blocks};
use crate::draft::{
    Cadence, Draft, Fields, LevelFields, ProjectFields, SourceFields, StageFields, Status,
};
use crate::identified::{Identified, PageIdentity};
use crate::identity::RetiredItem;
use crate::kind::{PageKey, PageKind};
use crate::node::Spanned;
use crate::parse::config::Config;
use crate::time::{TimeSpan, Unit};
use crate::tree::{Attachment, PageNo};

mod graph;
pub use graph::opens;

/// The curriculum.
#[derive(Debug)]
pub struct Curriculum {
    /// The settings.
    pub config: Config,
    /// Every page in the order of the road.
    pub pages: Vec<Page>,
    /// The home page.
    pub home: PageNo,
    /// The levels in order.
    pub levels: Vec<Level>,
    /// The stages of all levels in order.
    pub stages: Vec<Stage>,
    /// The projects of all stages in order.
    pub projects: Vec<Project>,
    /// The sources in order.
    pub sources: Vec<Source>,
    /// The tracking lists in order.
    pub tracking: Vec<Tracking>,
    /// Other pages in order.
    pub articles: Vec<PageNo>,
    /// The page of terms.
    pub glossary: Option<Glossary>,
    /// Files beside pages.
    pub attachments: Vec<Attachment>,
    /// Items that are no more.
    pub retired: Vec<RetiredItem>,
}

/// A page of any kind.
#[derive(Debug)]
pub struct Page {
    /// Its kind and id.
    pub key: PageKey,
    /// Its title.
    pub title: String,
    /// Its number as readers see it: `1`, `1.1`.
    pub number: Option<String>,
    /// What its file says.
    pub draft: Arc<Draft>,
    /// The permanent ids of its items, and its former addresses.
    pub identity: PageIdentity,
}

/// A level.
#[derive(Debug)]
pub struct Level {
    /// Its page.
    pub page: PageNo,
    /// Its own keys.
    pub fields: LevelFields,
    /// What its stages add up to, in weeks.
    pub computed: TimeSpan,
    /// Its stages, as a range of [`Curriculum::stages`].
    pub stages: Range<usize>,
}

/// A stage.
#[derive(Debug)]
pub struct Stage {
    /// Its page.
    pub page: PageNo,
    /// Its level, as an index of [`Curriculum::levels`].
    pub level: usize,
    /// Its own keys.
    pub fields: StageFields,
    /// The sections of its program in order.
    pub sections: Vec<Section>,
    /// Its projects, as a range of [`Curriculum::projects`].
    pub projects: Range<usize>,
    /// The stages to finish before, as indices of [`Curriculum::stages`].
    pub requires: Vec<usize>,
}

impl Stage {
    /// The sections that have weeks or topics.
    pub fn blocks(&self) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(|section| section.is_block())
    }

    /// Its length in weeks: what it declares, else the last week that a block names.
    #[must_use]
    pub fn weeks(&self) -> Option<TimeSpan> {
        if let Some(declared) = self.fields.duration {
            return Some(in_weeks(declared));
        }
        let weeks = self.sections.iter().filter_map(|section| section.weeks);
        let last = weeks.map(|(_, to)| to).max()?;
        Some(TimeSpan { min: last, max: last, unit: Unit::Weeks })
    }

    /// How many topics it has.
    #[must_use]
    pub fn topics(&self) -> usize {
        self.sections.iter().map(|section| section.tasks.len()).sum()
    }
}

/// A section of the document, under the same number there.
#[derive(Debug)]
pub struct Section {
    /// The heading, as a number of the document's headings.
    pub heading: usize,
    /// Its weeks.
    pub weeks: Option<(u32, u32)>,
    /// Its topics, as numbers of the document's tasks.
    pub tasks: Vec<usize>,
}

impl Section {
    /// Whether it is a block of the program; without weeks and topics it is prose.
    #[must_use]
    pub fn is_block(&self) -> bool {
        self.weeks.is_some() || !self.tasks.is_empty()
    }
}

/// A project.
#[derive(Debug)]
pub struct Project {
    /// Its page.
    pub page: PageNo,
    /// Its stage, as an index of [`Curriculum::stages`].
    pub stage: usize,
    /// Its own keys.
    pub fields: ProjectFields,
    /// The projects to finish before, as indices of [`Curriculum::projects`].
    pub requires: Vec<usize>,
}

/// A source.
#[derive(Debug)]
pub struct Source {
    /// Its page.
    pub page: PageNo,
    /// Its own keys.
    pub fields: SourceFields,
}

/// A tracking list.
#[derive(Debug)]
pub struct Tracking {
    /// Its page.
    pub page: PageNo,
    /// How often it begins anew.
    pub cadence: Cadence,
}

/// The page of terms.
#[derive(Debug)]
pub struct Glossary {
    /// Its page.
    pub page: PageNo,
    /// Its terms: the sections of the document, under the same numbers.
    pub terms: Vec<Term>,
}

/// A term.
#[derive(Debug)]
pub struct Term {
    /// The heading, as a number of the document's headings.
    pub heading: usize,
    /// Its name.
    pub title: String,
    /// Its other names.
    pub also: Vec<String>,
}

impl Curriculum {
    /// The page with this key.
    #[must_use]
    pub fn page_no(&self, key: &PageKey) -> Option<PageNo> {
        self.pages.iter().position(|page| page.key == *key)
    }

    /// What the stages add up to, in weeks.
    #[must_use]
    pub fn computed(&self) -> TimeSpan {
        sum_weeks(self.levels.iter().map(|level| level.computed))
    }
}

/// Numbers, sorts and counts.
pub fn model(identified: Identified, diagnostics: &mut Vec<Diagnostic>) -> Curriculum {
    let Identified { tree, pages: identities, retired } = identified;
    let mut pages: Vec<Page> = tree
        .pages
        .into_iter()
        .zip(identities)
        .map(|(page, identity)| Page {
            title: page.draft.front.title.value.clone(),
            key: page.key,
            number: None,
            draft: page.draft,
            identity,
        })
        .collect();

    let mut levels = Vec::with_capacity(tree.levels.len());
    let mut stages: Vec<Stage> = Vec::new();
    let mut projects: Vec<Project> = Vec::new();
    for (level_no, level) in tree.levels.iter().enumerate() {
        pages[level.page].number = Some((level_no + 1).to_string());
        let first = stages.len();
        for (stage_no, stage) in level.stages.iter().enumerate() {
            pages[stage.page].number = Some(format!("{}.{}", level_no + 1, stage_no + 1));
            let first_project = projects.len();
            for page in &stage.projects {
                let Fields::Project(fields) = &pages[*page].draft.front.fields else { continue };
                projects.push(Project {
                    page: *page,
                    stage: stages.len(),
                    fields: fields.clone(),
                    requires: Vec::new(),
                });
            }
            let draft = Arc::clone(&pages[stage.page].draft);
            let Fields::Stage(fields) = &draft.front.fields else { continue };
            check_program(&draft, fields, projects.len() > first_project, diagnostics);
            stages.push(Stage {
                page: stage.page,
                level: level_no,
                fields: fields.clone(),
                sections: sections(&draft),
                projects: first_project..projects.len(),
                requires: Vec::new(),
            });
        }
        let Fields::Level(fields) = &pages[level.page].draft.front.fields else { continue };
        levels.push(Level {
            page: level.page,
            fields: fields.clone(),
            computed: sum_weeks(stages[first..].iter().filter_map(Stage::weeks)),
            stages: first..stages.len(),
        });
    }
    resolve_requirements(&pages, &mut stages, &mut projects, diagnostics);

    let sources = tree
        .sources
        .iter()
        .filter_map(|page| match &pages[*page].draft.front.fields {
            Fields::Source(fields) => Some(Source { page: *page, fields: fields.clone() }),
            _ => None,
        })
        .collect();
    let tracking = tree
        .tracking
        .iter()
        .filter_map(|page| match &pages[*page].draft.front.fields {
            Fields::Tracking(cadence) => Some(Tracking { page: *page, cadence: *cadence }),
            _ => None,
        })
        .collect();
    let glossary = tree.glossary.map(|page| Glossary { page, terms: terms(&pages[page].draft) });
    Curriculum {
        config: tree.config,
        pages,
        home: tree.home,
        levels,
        stages,
        projects,
        sources,
        tracking,
        articles: tree.articles,
        glossary,
        attachments: tree.attachments,
        retired,
    }
}

fn sections(draft: &Draft) -> Vec<Section> {
    let mut tasks_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, task) in draft.document.tasks.iter().enumerate() {
        if let Some(section) = task.section {
            tasks_of.entry(section).or_default().push(number);
        }
    }
    let sections = draft.document.sections.iter();
    sections
        .map(|&Below { heading, .. }| Section {
            heading,
            weeks: draft.document.headings[heading].weeks.map(|weeks| (weeks.from, weeks.to)),
            tasks: tasks_of.remove(&heading).unwrap_or_default(),
        })
        .collect()
}

fn terms(draft: &Draft) -> Vec<Term> {
    let sections = draft.document.sections.iter();
    sections
        .map(|&Below { heading, .. }| {
            let text = draft.document.headings[heading].text.as_str();
            let (title, also) = match text.strip_suffix(')').and_then(|text| text.split_once(" ("))
            {
                Some((title, names)) => (
                    title,
                    names
                        .split([',', ';'])
                        .map(|name| name.trim().to_owned())
                        .filter(|name| !name.is_empty())
                        .collect(),
                ),
                None => (text, Vec::new()),
            };
            Term { heading, title: title.to_owned(), also }
        })
        .collect()
}

fn check_program(
    draft: &Draft,
    fields: &StageFields,
    has_projects: bool,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if draft.broken {
        return;
    }
    if let Some(task) = draft.document.tasks.iter().find(|task| task.section.is_none()) {
        diagnostics.push(Diagnostic::new(
            Code::TopicsWithoutHeading,
            task.span.clone(),
            "a topic stands before the first heading, so it belongs to no block",
            "put a heading above it, such as `## Weeks 1-2: …`",
        ));
    }
    if draft.document.tasks.is_empty() && !has_projects && fields.status != Status::Draft {
        diagnostics.push(Diagnostic::new(
            Code::EmptyStage,
            Span::new(&draft.path, 0, 0),
            "the stage has neither topics nor projects",
            "add tasks such as `- [ ] Topic` below a heading, or set `status: draft`",
        ));
    }
}

/// Converts to whole weeks; a month counts as a twelfth of 52 weeks, 40 hours as a week.
fn in_weeks(span: TimeSpan) -> TimeSpan {
    let convert = |value: u32| match span.unit {
        Unit::Hours => value.div_ceil(40),
        Unit::Days => value.div_ceil(7),
        Unit::Weeks => value,
        Unit::Months => (value * 52 + 6) / 12,
        Unit::Years => value * 52,
    };
    TimeSpan { min: convert(span.min), max: convert(span.max), unit: Unit::Weeks }
}

fn sum_weeks(spans: impl Iterator<Item = TimeSpan>) -> TimeSpan {
    spans.fold(TimeSpan { min: 0, max: 0, unit: Unit::Weeks }, |sum, span| TimeSpan {
        min: sum.min.saturating_add(span.min),
        max: sum.max.saturating_add(span.max),
        unit: Unit::Weeks,
    })
}

fn resolve_requirements(
    pages: &[Page],
    stages: &mut [Stage],
    projects: &mut [Project],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let stage_ids: BTreeMap<&str, usize> = stages
        .iter()
        .enumerate()
        .map(|(no, stage)| (pages[stage.page].key.id.as_str(), no))
        .collect();
    let project_ids: BTreeMap<&str, usize> = projects
        .iter()
        .enumerate()
        .map(|(no, project)| (pages[project.page].key.id.as_str(), no))
        .collect();
    for stage in stages.iter_mut() {
        stage.requires = resolve(&stage.fields.requires, &stage_ids, PageKind::Stage, diagnostics);
    }
    for project in projects.iter_mut() {
        project.requires =
            resolve(&project.fields.requires, &project_ids, PageKind::Project, diagnostics);
    }
    let stage_nodes: Vec<graph::Node<'_>> = stages
        .iter()
        .map(|stage| graph::Node {
            id: &pages[stage.page].key.id,
            requires: &stage.requires,
            written: &stage.fields.requires,
        })
        .collect();
    graph::report_cycles(&stage_nodes, diagnostics);
    let project_nodes: Vec<graph::Node<'_>> = projects
        .iter()
        .map(|project| graph::Node {
            id: &pages[project.page].key.id,
            requires: &project.requires,
            written: &project.fields.requires,
        })
        .collect();
    graph::report_cycles(&project_nodes, diagnostics);
}

/// Problems up to which an unknown id is compared with every id of its kind.
const MOST_SUGGESTIONS: usize = 1_000;

fn resolve(
    written: &[Spanned<String>],
    ids: &BTreeMap<&str, usize>,
    kind: PageKind,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<usize> {
    let mut resolved = Vec::with_capacity(written.len());
    for id in written {
        match ids.get(id.value.as_str()) {
            Some(no) if !resolved.contains(no) => resolved.push(*no),
            Some(_) => {}
            None => {
                let near = (diagnostics.len() < MOST_SUGGESTIONS)
                    .then(|| nearest(&id.value, ids.keys().copied()))
                    .flatten();
                diagnostics.push(unknown(kind.name(), id, near));
            }
        }
    }
    resolved
}

/// The page that says what is new, where there is one: `pages/news.md` with a dated heading.
#[must_use]
pub fn news(curriculum: &Curriculum) -> Option<PageNo> {
    curriculum.articles.iter().copied().find(|page| {
        let page = &curriculum.pages[*page];
        page.key.id == "news"
            && page.draft.document.headings.iter().any(|heading| dated(heading).is_some())
    })
}

/// The day (`2026-11-25`) that a heading of the second level begins with, and its title.
#[must_use]
pub fn dated(heading: &Heading) -> Option<(&str, &str)> {
    let (day, title) = heading.text.split_at_checked(10)?;
    let number = |range: std::ops::Range<usize>| {
        let digits = &day[range];
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<u32>().ok())?
    };
    let dashes = day.is_ascii() && day.as_bytes()[4] == b'-' && day.as_bytes()[7] == b'-';
    if heading.level != 2 || !dashes {
        return None;
    }
    let (year, month, date) = (number(0..4)?, number(5..7)?, number(8..10)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let title = title.trim_start_matches([':', '.', ',', '-', '–', '—', ' ']);
    let real = (1..=12).contains(&month) && (1..=last).contains(&date);
    real.then_some((day, if title.is_empty() { day } else { title }))
}

/// One sentence about a page for search engines: its goal or summary, else its first paragraph.
#[must_use]
pub fn description(draft: &Draft) -> Option<String> {
    let stated = match &draft.front.fields {
        Fields::Level(fields) => fields.goal.clone(),
        Fields::Stage(fields) => fields.goal.clone(),
        Fields::Project(fields) => fields.summary.clone(),
        _ => None,
    };
    stated.or_else(|| {
        let first =
            draft.document.blocks.iter().find(|block| matches!(block, Block::Paragraph(_)))?;
        let text = plain_blocks(std::slice::from_ref(first));
        Some(cut(&text, 200)).filter(|text| !text.is_empty())
    })
}

/// The first `most` characters at most, cut between words.
fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((end, _)) => {
            let short = &text[..end];
            let end = short.rfind(' ').unwrap_or(short.len());
            format!("{}…", short[..end].trim_end_matches([',', ';', ':', ' ']))
        }
    }
}
