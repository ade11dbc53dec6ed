//! `theme.toml` to a [`Manifest`].
//!
//! Input: the file's bytes. Output: a [`Manifest`] and diagnostics. Responsibility: which keys the
//! file has.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Span};
use crate::node::{Asked, Entry, Fields, Spanned, Value};
use crate::parse::config;

/// What a theme says of itself.
#[derive(Debug, Clone, Default)]
pub struct Manifest {
    /// One sentence.
    pub description: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// The theme it builds on.
    pub parent: Option<Spanned<String>>,
    /// The file of `static/` that design tokens are appended to.
    pub stylesheet: Option<String>,
    /// The drawing of `static/` that the icons of phones are made of.
    pub icon: Option<String>,
    /// What the core makes for it beyond pages; `None` where the parent decides.
    pub needs: Option<Vec<Need>>,
    /// Its options, as written.
    pub options: Vec<Entry>,
    /// What had another name in former versions.
    pub renamed: Renamed,
}

/// What the core makes beside the pages, where a theme asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The scripts of `data/`, `progress/index.html` and `hub.html`, with which a learner's
    /// progress is counted and kept.
    Progress,
    /// `help/index.html`, which says how a learner keeps and carries progress.
    Help,
    /// `offline.html` and the worker `sw.js` of the theme, with which browsers keep the site for
    /// reading without a network.
    Offline,
    /// Documents for paper below `print/`.
    Print,
    /// `timeline/index.html`, by the template `timeline.html`.
    Timeline,
    /// The scripts of the search below `data/`; the search itself stands on those of progress.
    Search,
    /// `page.home.map` and `page.stage.map`, the road as a picture.
    Map,
}

impl Need {
    /// The words of `theme.toml`.
    pub const WORDS: [(&'static str, Self); 7] = [
        ("progress", Self::Progress),
        ("help", Self::Help),
        ("offline", Self::Offline),
        ("print", Self::Print),
        ("timeline", Self::Timeline),
        ("search", Self::Search),
        ("map", Self::Map),
    ];
}

/// Former names and their successors.
#[derive(Debug, Clone, Default)]
pub struct Renamed {
    /// Of blocks.
    pub blocks: BTreeMap<String, String>,
    /// Of words.
    pub words: BTreeMap<String, String>,
    /// Of options.
    pub options: BTreeMap<String, String>,
}

impl Renamed {
    /// Adds what another theme of the chain has renamed.
    pub(super) fn extend(&mut self, other: Self) {
        self.blocks.extend(other.blocks);
        self.words.extend(other.words);
        self.options.extend(other.options);
    }
}

/// Whose `theme.toml` is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// A theme's.
    Theme,
    /// That of a site's own files, which lie on the theme of `book.toml` and have no other parent.
    Site,
}

/// Reads `theme.toml`.
pub(super) fn read(
    path: &Arc<str>,
    bytes: &[u8],
    whose: Whose,
    diagnostics: &mut Vec<Diagnostic>,
) -> Manifest {
    let Some(entries) = config::read_entries(path, bytes, diagnostics) else {
        return Manifest::default();
    };
    tables(&entries, path, whose, diagnostics).0
}

/// Reads the keys; returns also what was asked for, table by table.
pub(super) fn tables(
    entries: &[Entry],
    path: &Arc<str>,
    whose: Whose,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Manifest, Vec<(&'static str, Vec<Asked>)>) {
    let start = Span::new(path, 0, 0);
    let mut inner = Vec::new();
    let mut keys = Fields::new(entries, start.clone(), "theme.toml", diagnostics);
    let _name = keys.text("name");
    let plain = |text: Option<Spanned<String>>| text.map(|text| text.value);
    let description = plain(keys.text("description"));
    let version = plain(keys.text("version"));
    let parent = if whose == Whose::Theme { keys.text("parent") } else { None };
    let stylesheet = plain(keys.text("stylesheet"));
    let icon = plain(keys.text("icon"));
    let needs = keys.choices("needs", &Need::WORDS);
    let options = keys.free("options").to_vec();
    let (table, span) = keys.table("renamed").unwrap_or((&[], start));
    let mut names = Fields::new(table, span, "[renamed]", &mut inner);
    let renamed = Renamed {
        blocks: successors(names.free("blocks")),
        words: successors(names.free("words")),
        options: successors(names.free("options")),
    };
    let tables = vec![("renamed", names.finish()), ("", keys.finish())];
    diagnostics.append(&mut inner);
    (Manifest { description, version, parent, stylesheet, icon, needs, options, renamed }, tables)
}

fn successors(entries: &[Entry]) -> BTreeMap<String, String> {
    entries
        .iter()
        .filter_map(|entry| match &entry.value.value {
            Value::Scalar { text, .. } => Some((entry.key.clone(), text.clone())),
            _ => None,
        })
        .collect()
}
