//! What a template may see.
//!
//! Input: [`Linked`](crate::link::Linked). Output: [`PageView`]s, [`SiteView`], [`NavView`].
//! Responsibility: the contract between the core and themes: plain values that serialise and
//! hash, every URL already relative to the page that shows it.

use std::collections::BTreeMap;

use serde::Serialize;

pub use crate::node::Extra;
pub use crate::road::{Drawing, Timeline};

mod build;
mod found;
mod index;
mod map;
mod markup;
mod print;
#[cfg(test)]
mod reference;
mod stage;
mod timeline;
pub use build::{Scope, ViewSet, Wanted, build};
pub use found::pictures;
pub use markup::Markup;

/// The curriculum as a whole: `site` in every template. Small on purpose, since it is handed to
/// every page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SiteView {
    /// The curriculum's permanent id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its icon, an emoji.
    pub icon: Option<String>,
    /// BCP 47 language of the content and the interface.
    pub language: String,
    /// One sentence for search engines.
    pub description: Option<String>,
    /// Who wrote the content.
    pub authors: Vec<String>,
    /// The content's licence, an SPDX expression.
    pub license: Option<String>,
    /// Address of the repository.
    pub repository: Option<String>,
    /// Absolute address of the site's root, ending in `/`.
    pub url: Option<String>,
    /// Name and version of the generator.
    pub generator: String,
    /// The theme's options with the site's values; a colour is a table of `light` and `dark`.
    pub options: BTreeMap<String, Extra>,
    /// Which index pages exist.
    pub indexes: Indexes,
    /// Whether browsers keep the site for reading without a network.
    pub offline: bool,
    /// Whether there is `feed.xml`, which says what is new.
    pub feed: bool,
}

/// Which index pages exist; each is `true` where its page is not empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[expect(clippy::struct_excessive_bools, reason = "each is an independent page")]
pub struct Indexes {
    /// `topics/index.html`.
    pub topics: bool,
    /// `projects/index.html`.
    pub projects: bool,
    /// `technologies/index.html`: the skills of all projects.
    pub technologies: bool,
    /// `sources/index.html`.
    pub sources: bool,
    /// `tracking/index.html`.
    pub tracking: bool,
    /// `pages/index.html`.
    pub pages: bool,
    /// `glossary/index.html`.
    pub glossary: bool,
    /// `timeline/index.html`, where the theme asks for it.
    pub timeline: bool,
    /// `print/index.html` and one document for each level, where the theme asks for them.
    pub print: bool,
    /// `progress/index.html`, and with it what the scripts of `data/` hold, where the theme asks
    /// for them.
    pub progress: bool,
    /// `help/index.html`, where the theme asks for it.
    pub help: bool,
}

/// A link to a page or to a place on it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LinkView {
    /// The kind of page: `level`, `stage`, `project`, `source`, `tracking`, `page`, `glossary`,
    /// `home`, `index`.
    pub kind: &'static str,
    /// The page's id.
    pub id: String,
    /// Its number as readers see it: `1`, `1.1`.
    pub number: Option<String>,
    /// Its title, plain text.
    pub title: String,
    /// `en` where the title has no letter of the site's own script.
    pub lang: Option<&'static str>,
    /// Its icon, an emoji.
    pub icon: Option<String>,
    /// Relative to the page that shows it.
    pub url: String,
}

/// A span of time from `min` to `max`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RangeView {
    /// The least.
    pub min: u32,
    /// The most; equal to `min` for a single value.
    pub max: u32,
    /// `hours`, `days`, `weeks`, `months` or `years`.
    pub unit: &'static str,
}

/// An entry of a page's outline.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OutlineView {
    /// 2 or 3.
    pub level: u8,
    /// Plain text.
    pub text: String,
    /// `en` where the text has no letter of the site's own script.
    pub lang: Option<&'static str>,
    /// The heading's anchor, without `#`.
    pub anchor: String,
}

/// One page: `page` in its template.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PageView {
    /// Its template: `stage.html`.
    pub template: &'static str,
    /// `home`, `level`, `stage`, `project`, `source`, `tracking`, `page`, `glossary`, `index`,
    /// `print` or `not-found`.
    pub kind: &'static str,
    /// Its id within its kind.
    pub id: String,
    /// Its title, plain text. Empty where the theme has the words (index pages, 404).
    pub title: String,
    /// `en` where the title has no letter of the site's own script.
    pub title_lang: Option<&'static str>,
    /// Its number as readers see it.
    pub number: Option<String>,
    /// Its icon, an emoji.
    pub icon: Option<String>,
    /// The id of the level it belongs to, whose script it loads.
    pub level_id: Option<String>,
    /// From the site's root: `stages/linux/index.html`.
    pub path: String,
    /// From this page to the site's root: `../../`, or empty at the root. Every link of a
    /// template begins with it.
    pub root: String,
    /// One sentence of plain text for search engines.
    pub description: Option<String>,
    /// Absolute address, where `site.url` is known.
    pub canonical: Option<String>,
    /// Absolute address of the picture that other sites show beside a link to it, where
    /// `site.url` is known.
    pub picture: Option<String>,
    /// What search engines read of it: JSON-LD, ready for a `script` of that type, where
    /// `site.url` is known.
    pub structured: Option<String>,
    /// Where its source can be edited.
    pub edit_url: Option<String>,
    /// The way from home to the page above this one.
    pub breadcrumbs: Vec<LinkView>,
    /// The page before it on the road.
    pub previous: Option<LinkView>,
    /// The page after it on the road.
    pub next: Option<LinkView>,
    /// Its second- and third-level headings.
    pub outline: Vec<OutlineView>,
    /// Its body as HTML; for stages what stands before the first section.
    pub body: String,
    /// Pages that link here in their text.
    pub backlinks: Vec<LinkView>,
    /// Whatever its front matter says under `extra:`.
    pub extra: BTreeMap<String, Extra>,
    /// What only this kind of page has, under the kind's name: `page.stage`, `page.level`.
    #[serde(flatten)]
    pub details: Details,
}

/// What only one kind of page has.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Details {
    /// `page.home`.
    Home(HomeView),
    /// `page.level`.
    Level(LevelView),
    /// `page.stage`.
    Stage(Box<StageView>),
    /// `page.project`.
    Project(Box<ProjectView>),
    /// `page.source`.
    Source(SourceView),
    /// `page.tracking`.
    Tracking(TrackingView),
    /// `page.glossary`.
    Glossary(GlossaryView),
    /// `page.article`: any other page has nothing of its own.
    Article(ArticleView),
    /// `page.index`.
    Index(IndexView),
    /// `page.print`.
    Print(PrintView),
}

/// Any other page has nothing of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ArticleView {}

/// The home page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HomeView {
    /// All levels in order; at most 24, else empty.
    pub levels: Vec<LevelCard>,
    /// All levels in order, where there are too many for `levels`.
    pub many_levels: Vec<LinkView>,
    /// What the levels declare, added up per unit.
    pub declared: Vec<RangeView>,
    /// What the stages declare, added up, in weeks.
    pub computed: Option<RangeView>,
    /// How many there are of each.
    pub totals: Totals,
    /// The road, where the theme asks for it and it has 2 to 100 stages in at most 24 levels.
    pub map: Option<MapView>,
    /// Tracking lists.
    pub tracking: Vec<LinkView>,
    /// Other pages.
    pub pages: Vec<LinkView>,
}

/// How many there are of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Default)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Totals {
    /// Levels.
    pub levels: usize,
    /// Stages.
    pub stages: usize,
    /// Topics.
    pub topics: usize,
    /// Projects of all kinds.
    pub projects: usize,
    /// Sources.
    pub sources: usize,
    /// Terms of the glossary.
    pub terms: usize,
}

/// A level, as home shows it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LevelCard {
    /// The link to it.
    pub link: LinkView,
    /// Its goal.
    pub goal: Option<String>,
    /// What it declares.
    pub duration: Option<RangeView>,
    /// What its stages add up to, in weeks.
    pub computed: Option<RangeView>,
    /// How many there are in it.
    pub totals: Totals,
    /// Its stages, where the whole curriculum has at most 100.
    pub stages: Vec<LinkView>,
}

/// A level's page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LevelView {
    /// Its goal.
    pub goal: Option<String>,
    /// What it declares.
    pub duration: Option<RangeView>,
    /// What its stages add up to, in weeks.
    pub computed: Option<RangeView>,
    /// Its stages.
    pub stages: Vec<StageCard>,
    /// How many there are in it.
    pub totals: Totals,
}

/// A stage, as its level shows it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StageCard {
    /// The link to it.
    pub link: LinkView,
    /// Its goal.
    pub goal: Option<String>,
    /// What it declares.
    pub duration: Option<RangeView>,
    /// `draft`, `beta`, `stable` or `deprecated`.
    pub status: &'static str,
    /// How many there are in it.
    pub totals: Totals,
    /// Its projects.
    pub projects: Vec<LinkView>,
}

/// A stage's page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StageView {
    /// Its level.
    pub level: LinkView,
    /// What the learner will be able to do.
    pub goal: Option<String>,
    /// `en` where the goal has no letter of the site's own script.
    pub goal_lang: Option<&'static str>,
    /// What it declares.
    pub duration: Option<RangeView>,
    /// `draft`, `beta`, `stable` or `deprecated`.
    pub status: &'static str,
    /// Stages to finish before.
    pub requires: Vec<LinkView>,
    /// Stages that require this one.
    pub opens: Vec<LinkView>,
    /// Sources it draws on.
    pub sources: Vec<SourceRefView>,
    /// Its headings of the second level with what stands below them, in order.
    pub sections: Vec<SectionView>,
    /// Its projects in order.
    pub projects: Vec<ProjectCard>,
    /// How many there are in it.
    pub totals: Totals,
    /// Its level and its direct neighbours as a small map, where there are any and the theme asks
    /// for it.
    pub map: Option<MapView>,
}

/// The road as a picture and in words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MapView {
    /// The same road on a narrow sheet and on a wide one; the bands are `levels`.
    pub drawings: Vec<Drawing>,
    /// The levels on it, in order.
    pub levels: Vec<MapLevelView>,
    /// The stages on it, in order; drawings number them from 0.
    pub stops: Vec<MapStopView>,
}

/// A level on a map.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MapLevelView {
    /// The link to it.
    pub link: LinkView,
    /// Its stages on this map, as numbers of `stops`.
    pub stops: Vec<usize>,
}

/// A stage on a map.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MapStopView {
    /// The link to it.
    pub link: LinkView,
    /// The id of its level.
    pub level: String,
    /// The number of its level.
    pub level_number: Option<String>,
    /// Whether the map stands on its page.
    pub here: bool,
    /// What it declares.
    pub duration: Option<RangeView>,
    /// Stages to finish before.
    pub requires: Vec<LinkView>,
    /// Stages that require it.
    pub opens: Vec<LinkView>,
}

/// A source that a stage or a block draws on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SourceRefView {
    /// The link to it; with the part's anchor where the part is a heading of the source.
    pub link: LinkView,
    /// The part, as written.
    pub part: Option<String>,
}

/// A heading of the second level on a stage's page and what stands below it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SectionView {
    /// The heading's anchor, without `#`.
    pub anchor: String,
    /// Anchors it had before, to be kept as targets.
    pub former_anchors: Vec<String>,
    /// The whole heading as HTML, without the heading's own tag.
    pub heading: String,
    /// The heading without its weeks, as HTML.
    pub title: String,
    /// `en` where the heading has no letter of the site's own script.
    pub lang: Option<&'static str>,
    /// Whether it is a block (has weeks or topics) or prose.
    pub block: bool,
    /// Its weeks.
    pub weeks: Option<RangeView>,
    /// What stands below, as HTML.
    pub body: String,
    /// How many topics it has.
    pub topics: usize,
    /// Its topics that stand in other stages too.
    pub occurrences: Vec<OccurrenceView>,
    /// Projects whose place is after this block.
    pub projects: Vec<ProjectCard>,
}

/// A topic that stands in other stages too.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OccurrenceView {
    /// The topic's plain text.
    pub text: String,
    /// `en` where the text has no letter of the site's own script.
    pub lang: Option<&'static str>,
    /// The other places; the title is the stage's.
    pub places: Vec<LinkView>,
}

/// A project, as its stage and the catalogue show it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProjectCard {
    /// The link to it.
    pub link: LinkView,
    /// `project`, `exercise` or `capstone`.
    pub project_kind: &'static str,
    /// The permanent id of the project as an item.
    pub item: String,
    /// One line on what it is.
    pub summary: Option<String>,
    /// `en` where the summary has no letter of the site's own script.
    pub summary_lang: Option<&'static str>,
    /// 1 to 5.
    pub difficulty: Option<u8>,
    /// Hours of work.
    pub hours: Option<RangeView>,
    /// What it exercises.
    pub skills: Vec<String>,
    /// How many steps it has.
    pub steps: usize,
    /// Its stage.
    pub stage: Option<LinkView>,
    /// The number of its level.
    pub level_number: Option<String>,
}

/// A project's page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProjectView {
    /// What its stage shows of it.
    pub card: ProjectCard,
    /// Its level.
    pub level: LinkView,
    /// Its stage.
    pub stage: LinkView,
    /// Projects to finish before.
    pub requires: Vec<LinkView>,
    /// Projects that require this one.
    pub opens: Vec<LinkView>,
}

/// A source's page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SourceView {
    /// Its own address elsewhere.
    pub external: Option<String>,
    /// Other names.
    pub also: Vec<String>,
    /// The stages and blocks that draw on it, in the order of the road.
    pub used_in: Vec<UseView>,
}

/// One use of a source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct UseView {
    /// The stage.
    pub stage: LinkView,
    /// The part that the stage names.
    pub part: Option<String>,
    /// Blocks that name a part: the title is the block's heading.
    pub blocks: Vec<BlockUseView>,
}

/// A block that draws on a source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BlockUseView {
    /// The link to the block.
    pub link: LinkView,
    /// The part that it names.
    pub part: Option<String>,
}

/// A tracking list's page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TrackingView {
    /// `weekly`, `monthly`, `quarterly` or `once`.
    pub cadence: &'static str,
    /// How many entries it has.
    pub entries: usize,
}

/// The page of terms.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GlossaryView {
    /// The terms in the alphabet's order.
    pub terms: Vec<TermView>,
}

/// A term.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TermView {
    /// Its anchor, without `#`.
    pub anchor: String,
    /// Anchors it had before.
    pub former_anchors: Vec<String>,
    /// Its name, plain text.
    pub title: String,
    /// `en` where the name has no letter of the site's own script.
    pub lang: Option<&'static str>,
    /// Its other names.
    pub also: Vec<String>,
    /// The definition as HTML.
    pub body: String,
}

/// A page that lists others.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct IndexView {
    /// `topics`, `projects`, `technologies`, `sources`, `tracking`, `pages`, `timeline`, or
    /// `not-found`.
    pub of: &'static str,
    /// Groups of entries: letters for topics, stages for projects, one group otherwise.
    pub groups: Vec<IndexGroup>,
    /// Further index pages, where one page would be too long: a link for each level.
    pub parts: Vec<LinkView>,
    /// On the page of all projects the levels that they belong to, unless there are too many.
    pub levels: Vec<LinkView>,
    /// On the page `timeline` what it shows.
    pub timeline: Option<TimelineView>,
}

/// How long the road is, in weeks and months, as a picture and as a table.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TimelineView {
    /// The same road on a narrow sheet and on a wide one; the bands are `levels`, the bars `rows`.
    /// None where the road has more than 100 stages or 24 levels.
    pub drawings: Vec<Timeline>,
    /// The levels in order; none where there is no drawing, then each level is a row.
    pub levels: Vec<TimelineLevelView>,
    /// The stages in order.
    pub rows: Vec<TimelineRowView>,
    /// What they add up to, in weeks.
    pub whole: RangeView,
    /// The numbers of the months in which the road may end.
    pub months: RangeView,
}

/// A level on the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TimelineLevelView {
    /// The link to it.
    pub link: LinkView,
    /// What it declares.
    pub declared: Option<RangeView>,
    /// What its stages add up to, in weeks.
    pub computed: Option<RangeView>,
    /// Its rows, by their numbers in the timeline's `rows`.
    pub rows: Vec<usize>,
}

/// A stage on the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TimelineRowView {
    /// The link to it.
    pub link: LinkView,
    /// The number of its level.
    pub level_number: Option<String>,
    /// How long it takes, as declared, else by the weeks of its blocks.
    pub takes: Option<RangeView>,
    /// Its first and its last week, if all before it take their least; counted from 1.
    pub earliest: Option<RangeView>,
    /// The same, if all take their most.
    pub latest: Option<RangeView>,
    /// The months of `latest`; counted from 1.
    pub months: Option<RangeView>,
}

/// A group of an index page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct IndexGroup {
    /// Anchor of the group, without `#`.
    pub anchor: String,
    /// Its heading: a letter, or a stage's number and title. Empty for the only group.
    pub title: String,
    /// `en` where the title has no letter of the site's own script.
    pub lang: Option<&'static str>,
    /// Its entries.
    pub entries: Vec<IndexEntry>,
}

/// An entry of an index page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct IndexEntry {
    /// Plain text.
    pub text: String,
    /// `en` where the text has no letter of the site's own script.
    pub lang: Option<&'static str>,
    /// Where it stands; for a topic one link a stage, whose title is the stage's.
    pub places: Vec<LinkView>,
    /// For projects, what their stage shows of them.
    pub project: Option<ProjectCard>,
}

/// A document for paper: several pages as one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PrintView {
    /// Its parts in the order of the road; empty where the whole would be too long.
    pub parts: Vec<PrintPart>,
    /// On the document of the whole road: those of its levels.
    pub documents: Vec<LinkView>,
}

/// A page as a part of a document. Its HTML has ids and links of the document.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PrintPart {
    /// `level`, `stage` or `project`.
    pub kind: &'static str,
    /// Its anchor in the document, without `#`.
    pub anchor: String,
    /// Its number as readers see it.
    pub number: Option<String>,
    /// Its title, plain text.
    pub title: String,
    /// `en` where the title has no letter of the site's own script.
    pub title_lang: Option<&'static str>,
    /// Its icon, an emoji.
    pub icon: Option<String>,
    /// Its goal, or what a project is about.
    pub goal: Option<String>,
    /// What it declares; a project's hours.
    pub duration: Option<RangeView>,
    /// A project's difficulty, 1 to 5.
    pub difficulty: Option<u8>,
    /// The permanent id of a project as an item.
    pub item: Option<String>,
    /// Its body as HTML; of a stage what stands before the first section.
    pub body: String,
    /// A stage's sections.
    pub sections: Vec<PrintSection>,
}

/// A section of a stage in a document.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PrintSection {
    /// Its anchor in the document, without `#`.
    pub anchor: String,
    /// Its heading without its weeks, as HTML.
    pub title: String,
    /// `en` where the heading has no letter of the site's own script.
    pub lang: Option<&'static str>,
    /// Its weeks.
    pub weeks: Option<RangeView>,
    /// What stands below, as HTML.
    pub body: String,
}

/// The navigation of one level, rendered once and handed to its pages as a ready string: `nav`
/// in `nav.html`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NavView {
    /// From the page to the site's root.
    pub root: String,
    /// The level, or none for pages outside levels.
    pub level: Option<LinkView>,
    /// Its stages with their projects.
    pub stages: Vec<NavStage>,
    /// All levels, where there are at most 24; else the neighbours.
    pub levels: Vec<LinkView>,
    /// Whether `levels` holds neighbours only.
    pub levels_cut: bool,
    /// Tracking lists, at most 24.
    pub tracking: Vec<LinkView>,
    /// Other pages, at most 24.
    pub pages: Vec<LinkView>,
}

/// A stage in the navigation.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NavStage {
    /// The link to it.
    pub link: LinkView,
    /// Its projects.
    pub projects: Vec<LinkView>,
}
