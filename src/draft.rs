//! One parsed file.
//!
//! Input: none; built by `parse`. Output: [`Draft`]. Responsibility: what one file says by
//! itself, before anyone knows of other files.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Span;
use crate::document::Document;
use crate::kind::PageKind;
use crate::node::Extra;
use crate::node::Spanned;
use crate::time::TimeSpan;

/// A parsed Markdown file.
#[derive(Debug)]
pub struct Draft {
    /// Path from the curriculum's folder.
    pub path: Arc<str>,
    /// What it is, by its place.
    pub kind: PageKind,
    /// Its front matter.
    pub front: FrontMatter,
    /// Its body.
    pub document: Document,
    /// Whether the front matter could not be read, so that nothing should be said about what
    /// seems to be missing.
    pub broken: bool,
}

impl Draft {
    /// A page that is known to be there and about which nothing else is known: its file is
    /// missing or cannot be read.
    #[must_use]
    pub fn blank(path: &Arc<str>, kind: PageKind, title: &str) -> Self {
        Self {
            path: Arc::clone(path),
            kind,
            front: FrontMatter::blank(Span::new(path, 0, 0), kind, title),
            document: Document::default(),
            broken: true,
        }
    }

    /// In what this file and a later state of it differ, wherever it stands in the file.
    #[must_use]
    pub fn difference(&self, later: &Self) -> Difference {
        let same = self.path == later.path
            && self.kind == later.kind
            && self.broken == later.broken
            && self.document.differs_in_text_only(&later.document);
        if same && self.front == later.front {
            Difference::Text
        } else if same && self.front.without_title() == later.front.without_title() {
            Difference::Title
        } else {
            Difference::More
        }
    }
}

/// In what two states of a file differ, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// In texts of the body at most.
    Text,
    /// In the title, perhaps also in texts.
    Title,
    /// In something that other pages may depend on.
    More,
}

/// The front matter of a page of any kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatter {
    /// Its title; the file's name where there is none (which was reported).
    pub title: Spanned<String>,
    /// Its id, where it does not come from the name.
    pub id: Option<Spanned<String>>,
    /// An emoji.
    pub icon: Option<String>,
    /// Former URLs.
    pub aliases: Vec<Spanned<String>>,
    /// Free keys for the theme.
    pub extra: BTreeMap<String, Extra>,
    /// The keys of its kind.
    pub fields: Fields,
}

impl FrontMatter {
    /// What is known of a page whose front matter cannot be read.
    #[must_use]
    pub fn blank(span: Span, kind: PageKind, title: &str) -> Self {
        Self {
            title: Spanned { value: title.to_owned(), span },
            id: None,
            icon: None,
            aliases: Vec::new(),
            extra: BTreeMap::new(),
            fields: match kind {
                PageKind::Level => Fields::Level(LevelFields::default()),
                PageKind::Stage => Fields::Stage(StageFields::default()),
                PageKind::Project => Fields::Project(ProjectFields::default()),
                PageKind::Source => Fields::Source(SourceFields::default()),
                PageKind::Tracking => Fields::Tracking(Cadence::Once),
                PageKind::Home | PageKind::Page | PageKind::Glossary => Fields::None,
            },
        }
    }

    /// All but the title, at no place in particular.
    fn without_title(&self) -> Self {
        let nowhere = |value: &mut Spanned<String>| value.span = Span::file("");
        let mut bare =
            Self { title: Spanned { value: String::new(), span: Span::file("") }, ..self.clone() };
        bare.id.iter_mut().chain(&mut bare.aliases).for_each(nowhere);
        match &mut bare.fields {
            Fields::Level(level) => level.stages.iter_mut().for_each(nowhere),
            Fields::Stage(stage) => {
                let sources = stage.sources.iter_mut().map(|used| &mut used.id);
                stage.requires.iter_mut().chain(sources).for_each(nowhere);
            }
            Fields::Project(project) => project.requires.iter_mut().for_each(nowhere),
            Fields::Source(_) | Fields::Tracking(_) | Fields::None => {}
        }
        bare
    }
}

/// The keys that only one kind of page has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fields {
    /// A level's.
    Level(LevelFields),
    /// A stage's.
    Stage(StageFields),
    /// A project's.
    Project(ProjectFields),
    /// A source's.
    Source(SourceFields),
    /// A tracking list's.
    Tracking(Cadence),
    /// Home, glossary and other pages have none.
    None,
}

/// A level's own keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LevelFields {
    /// What it declares.
    pub duration: Option<TimeSpan>,
    /// What the learner will be able to do.
    pub goal: Option<String>,
    /// Its stages in order, where the order on disk is not the one to show.
    pub stages: Vec<Spanned<String>>,
}

/// A stage's own keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StageFields {
    /// What it declares.
    pub duration: Option<TimeSpan>,
    /// What the learner will be able to do.
    pub goal: Option<String>,
    /// Stages to finish before.
    pub requires: Vec<Spanned<String>>,
    /// Sources it draws on.
    pub sources: Vec<SourceUse>,
    /// How ready it is.
    pub status: Status,
}

/// A source that a stage draws on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceUse {
    /// The source's id.
    pub id: Spanned<String>,
    /// The part, as written.
    pub part: Option<String>,
}

/// How ready a stage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// Being written.
    Draft,
    /// Usable, may change.
    Beta,
    /// Ready.
    #[default]
    Stable,
    /// On its way out.
    Deprecated,
}

impl Status {
    /// The words of front matter.
    pub const WORDS: [(&'static str, Self); 4] = [
        ("draft", Self::Draft),
        ("beta", Self::Beta),
        ("stable", Self::Stable),
        ("deprecated", Self::Deprecated),
    ];

    /// Its word.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::WORDS[self as usize].0
    }
}

/// A project's own keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProjectFields {
    /// One line on what it is.
    pub summary: Option<String>,
    /// Which of the three kinds.
    pub kind: ProjectKind,
    /// 1 to 5.
    pub difficulty: Option<u8>,
    /// Hours of work.
    pub hours: Option<TimeSpan>,
    /// What it exercises.
    pub skills: Vec<String>,
    /// Projects to finish before.
    pub requires: Vec<Spanned<String>>,
}

/// The three kinds of projects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ProjectKind {
    /// A project.
    #[default]
    Project,
    /// A practical exercise.
    Exercise,
    /// A final project.
    Capstone,
}

impl ProjectKind {
    /// The words of front matter.
    pub const WORDS: [(&'static str, Self); 3] =
        [("project", Self::Project), ("exercise", Self::Exercise), ("capstone", Self::Capstone)];

    /// Its word.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::WORDS[self as usize].0
    }
}

/// A source's own keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceFields {
    /// Other names.
    pub also: Vec<String>,
    /// Its own address.
    pub url: Option<Spanned<String>>,
}

/// How often a tracking list begins anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cadence {
    /// Each ISO week.
    Weekly,
    /// Each month.
    Monthly,
    /// Each quarter.
    Quarterly,
    /// Never.
    Once,
}

impl Cadence {
    /// The words of front matter.
    pub const WORDS: [(&'static str, Self); 4] = [
        ("weekly", Self::Weekly),
        ("monthly", Self::Monthly),
        ("quarterly", Self::Quarterly),
        ("once", Self::Once),
    ];

    /// Its word.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::WORDS[self as usize].0
    }
}
