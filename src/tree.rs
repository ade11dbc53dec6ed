//! Which page belongs where.
//!
//! Input: none; built by `assemble`. Output: [`Tree`]. Responsibility: the shape of the
//! curriculum before anything is numbered or identified.

use std::sync::Arc;

use crate::draft::Draft;
use crate::kind::PageKey;
use crate::parse::config::Config;

/// A page's place in [`Tree::pages`].
pub type PageNo = usize;

/// The curriculum's shape.
#[derive(Debug)]
pub struct Tree {
    /// The settings.
    pub config: Config,
    /// Every page in the order of the road: home, then each level, its stages and their projects;
    /// then sources, tracking lists, other pages, the glossary.
    pub pages: Vec<TreePage>,
    /// The home page.
    pub home: PageNo,
    /// The levels in order.
    pub levels: Vec<TreeLevel>,
    /// The sources in order.
    pub sources: Vec<PageNo>,
    /// The tracking lists in order.
    pub tracking: Vec<PageNo>,
    /// Other pages in order.
    pub articles: Vec<PageNo>,
    /// The page of terms.
    pub glossary: Option<PageNo>,
    /// Files below `content/` that are no pages, and where they go.
    pub attachments: Vec<Attachment>,
}

/// A page with its key.
#[derive(Debug, Clone)]
pub struct TreePage {
    /// Its kind and id.
    pub key: PageKey,
    /// What its file says.
    pub draft: Arc<Draft>,
}

/// A level and its stages.
#[derive(Debug)]
pub struct TreeLevel {
    /// Its page.
    pub page: PageNo,
    /// Its stages in order.
    pub stages: Vec<TreeStage>,
}

/// A stage and its projects.
#[derive(Debug)]
pub struct TreeStage {
    /// Its page.
    pub page: PageNo,
    /// Its projects in order.
    pub projects: Vec<PageNo>,
}

/// A file beside pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Path from the curriculum's folder.
    pub path: Arc<str>,
    /// Path from the site's root.
    pub output: String,
}
