//! The kinds of pages and items, as the lock, URLs and links name them.
//!
//! Input: nothing. Output: [`PageKind`], [`PageKey`], [`ItemKind`]. Responsibility: one spelling
//! of each kind for every phase.

use std::fmt;

/// What a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PageKind {
    /// The curriculum's home page.
    Home,
    /// A phase of months.
    Level,
    /// A unit of weeks.
    Stage,
    /// A page of its own under a stage.
    Project,
    /// A study plan or book.
    Source,
    /// Checklists outside stages.
    Tracking,
    /// Any other page.
    Page,
    /// The page of terms.
    Glossary,
}

impl PageKind {
    /// Every kind, in the order in which the site lists them.
    pub const ALL: [Self; 8] = [
        Self::Home,
        Self::Level,
        Self::Stage,
        Self::Project,
        Self::Source,
        Self::Tracking,
        Self::Page,
        Self::Glossary,
    ];

    /// The name used in `[[kind:id]]` and in the lock's sections.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Level => "level",
            Self::Stage => "stage",
            Self::Project => "project",
            Self::Source => "source",
            Self::Tracking => "tracking",
            Self::Page => "page",
            Self::Glossary => "glossary",
        }
    }

    /// The kind with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A page's kind and id, which together name it for ever.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageKey {
    /// What it is.
    pub kind: PageKind,
    /// Unique among pages of its kind.
    pub id: String,
}

impl PageKey {
    /// The key of the page `id` of this kind.
    #[must_use]
    pub fn new(kind: PageKind, id: impl Into<String>) -> Self {
        Self { kind, id: id.into() }
    }

    /// The folder of the site that the page and its files go to: `stages/linux`; empty for home.
    #[must_use]
    pub fn folder(&self) -> String {
        match self.kind {
            PageKind::Home => String::new(),
            PageKind::Glossary => "glossary".to_owned(),
            PageKind::Level => format!("levels/{}", self.id),
            PageKind::Stage => format!("stages/{}", self.id),
            PageKind::Project => format!("projects/{}", self.id),
            PageKind::Source => format!("sources/{}", self.id),
            PageKind::Tracking => format!("tracking/{}", self.id),
            PageKind::Page => format!("pages/{}", self.id),
        }
    }

    /// The page's permanent address from the site's root: `stages/linux/index.html`.
    #[must_use]
    pub fn url(&self) -> String {
        match self.kind {
            PageKind::Home => "index.html".to_owned(),
            _ => format!("{}/index.html", self.folder()),
        }
    }
}

impl fmt::Display for PageKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind.name(), self.id)
    }
}

/// What a tickable item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    /// A task of a stage's block.
    Topic,
    /// A project as a whole.
    Project,
    /// A task on a project's page.
    Step,
    /// A task of a tracking list.
    Entry,
}
