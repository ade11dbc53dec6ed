//! The whole pipeline as one pure function.
//!
//! Input: a [`Snapshot`] and a [`Memo`] of earlier runs. Output: [`Compiled`]. Responsibility: the
//! order of the phases, and nothing else: no clock, no environment, no file, no printing.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::assemble::{Place, place};
use crate::diagnostic::{Code, Diagnostic, Span, has_errors, settle};
use crate::draft::Draft;
use crate::finished::File;
use crate::highlight::{HighlightMemo, KnownCode};
use crate::identity::Changes;
use crate::link::Linked;
use crate::lock::Lock;
use crate::parse::config::{self, Config, Offline};
use crate::parse::{Parsed, parse_with};
use crate::picture::{PictureMemo, pictures};
use crate::render::{RenderMemo, Renderer, Target};
use crate::search::search;
use crate::site::{Parts, SiteDraft, renew};
use crate::snapshot::{PIECE, Purpose, Site, Snapshot, Store};
use crate::text::split_prefix;
use crate::theme::{Need, Theme};
use crate::tree::PageNo;
use crate::view::{self, Scope, ViewSet, Wanted};
use crate::words::Words;

mod frame;
mod ground;
use frame::{Frame, Reach};
use ground::{Ground, Sources, ground};

/// Where the lock stands.
pub const LOCK: &str = "progress.lock";

/// What came of a snapshot.
#[derive(Debug, Clone, Default)]
pub struct Compiled {
    /// The site; `None` where there are errors.
    pub site: Option<Site>,
    /// What the site was made from and the words of its interface, for bundles; there where the
    /// site is.
    pub linked: Option<(Arc<Linked>, Arc<Words>)>,
    /// The lock for the next build; `None` where the curriculum could not be read.
    pub lock: Option<Arc<Lock>>,
    /// What identity understood.
    pub changes: Arc<Changes>,
    /// Every item's id, page by page, for `roadbook ids`.
    pub items: Arc<[PageItems]>,
    /// What is wrong, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// How much there was of what.
    pub stats: Stats,
}

/// The items of a page.
#[derive(Debug, Clone)]
pub struct PageItems {
    /// Its file.
    pub path: Arc<str>,
    /// Its kind and id.
    pub key: String,
    /// Id and text of each item.
    pub items: Vec<(String, String)>,
}

/// How much there was of what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stats {
    /// Levels.
    pub levels: usize,
    /// Stages.
    pub stages: usize,
    /// Topics.
    pub topics: usize,
    /// Projects.
    pub projects: usize,
    /// Sources.
    pub sources: usize,
    /// Pages of the site.
    pub pages: usize,
    /// Pages that had to be rendered.
    pub rendered: usize,
    /// Files of the site.
    pub files: usize,
    /// Bytes of the site.
    pub bytes: usize,
}

impl Stats {
    fn weigh(&mut self, site: &Site) {
        self.files = site.files.len() + site.stored.len();
        let stored: u64 = site.stored.values().sum();
        self.bytes = site.files.values().map(|bytes| bytes.len()).sum::<usize>() + stored as usize;
    }
}

/// A phase of the pipeline, for whoever measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Files to drafts.
    Parse,
    /// Drafts to a tree.
    Assemble,
    /// Permanent ids.
    Identity,
    /// Order, numbers, counts.
    Model,
    /// Addresses and links.
    Link,
    /// What templates see.
    View,
    /// HTML.
    Render,
    /// All other files that readers come by.
    Site,
    /// Documents for paper.
    Print,
    /// What can be found.
    Search,
    /// Every link.
    Check,
}

impl Phase {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Parse => "parse",
            Self::Assemble => "assemble",
            Self::Identity => "identity",
            Self::Model => "model",
            Self::Link => "link",
            Self::View => "view",
            Self::Render => "render",
            Self::Search => "search",
            Self::Site => "site",
            Self::Print => "print",
            Self::Check => "check",
        }
    }

    /// What it counts.
    #[must_use]
    pub fn counted(self) -> &'static str {
        match self {
            Self::Parse | Self::Assemble | Self::Model | Self::Link | Self::View => "pages",
            Self::Identity => "items",
            Self::Render | Self::Print => "pages rendered",
            Self::Search | Self::Site | Self::Check => "files",
        }
    }
}

/// A file's bytes, and what came of them.
#[derive(Debug)]
struct ParsedFile {
    bytes: Arc<[u8]>,
    draft: Arc<Draft>,
    diagnostics: Vec<Diagnostic>,
}

/// What earlier runs left to save work; it never changes a result.
#[derive(Debug, Default)]
pub struct Memo {
    parsed: BTreeMap<Arc<str>, ParsedFile>,
    highlighted: HighlightMemo,
    rendered: RenderMemo,
    pictures: PictureMemo,
    frame: Option<Frame>,
}

impl Memo {
    /// Nothing but the colours of code that an earlier process found.
    #[must_use]
    pub fn knowing(known: KnownCode) -> Self {
        Self { highlighted: HighlightMemo::new(known), ..Self::default() }
    }

    /// The colours of all code that was read with what [`Memo::knowing`] made.
    #[must_use]
    pub fn into_known(self) -> KnownCode {
        self.highlighted.into_needed()
    }
}

/// Whoever follows a compilation; it may look at a clock, which the compiler may not.
pub trait Watch {
    /// A phase has ended and made so much.
    fn ended(&mut self, phase: Phase, count: usize);

    /// Takes pages as soon as they are made; they are then in no memory and in no memo.
    fn store(&self) -> Option<&dyn Store> {
        None
    }

    /// Paths of pages that somebody is looking at.
    fn open(&self) -> Vec<String> {
        Vec::new()
    }

    /// Those of the open pages that differ from what was shown, before anything else is made. What
    /// the theme brings and `static/` holds is what it was. [`Watch::shown`] follows, unless there
    /// is an error.
    fn first(&mut self, _pages: BTreeMap<String, Arc<[u8]>>) {}

    /// What readers see first is there: a preview need not wait for documents for paper and the
    /// index of the search. Where these, or links, bring an error, there is no site.
    fn shown(&mut self, _site: Site) {}
}

impl<F: FnMut(Phase, usize)> Watch for F {
    fn ended(&mut self, phase: Phase, count: usize) {
        self(phase, count);
    }
}

/// Compiles a snapshot.
#[must_use]
pub fn compile(snapshot: &Snapshot, memo: &mut Memo) -> Compiled {
    compile_watched(snapshot, memo, &mut |_: Phase, _: usize| {})
}

/// Compiles a snapshot and tells `watch` how far it is.
pub fn compile_watched(snapshot: &Snapshot, memo: &mut Memo, watch: &mut dyn Watch) -> Compiled {
    let mut compiled = phases(snapshot, memo, watch);
    settle(&mut compiled.diagnostics);
    if has_errors(&compiled.diagnostics) {
        compiled.site = None;
    }
    compiled
}

fn phases(snapshot: &Snapshot, memo: &mut Memo, watch: &mut dyn Watch) -> Compiled {
    let mut compiled = Compiled::default();
    let Some(config) = read_config(snapshot, &mut compiled.diagnostics) else { return compiled };
    let (drafts, other_files) = read_content(snapshot, memo, &mut compiled.diagnostics);
    watch.ended(Phase::Parse, drafts.len());
    let former = if has_errors(&compiled.diagnostics) { None } else { memo.frame.take() };
    // To take it apart takes a while, and can wait until pages are shown.
    let former = match former.map(|mut frame| (frame.adopt(snapshot, &drafts), frame)) {
        Some((Reach::Pages(changed), frame)) => {
            if let Some(mut done) = texts(frame, &changed, snapshot, memo, watch) {
                done.diagnostics.append(&mut compiled.diagnostics);
                return done;
            }
            None
        }
        Some((reach, frame)) => Some((reach, frame)),
        None => None,
    };
    // What follows speaks of more than one file.
    let parsed = compiled.diagnostics.len();
    let (ground, shown, former) = match former {
        Some((Reach::Shown, frame)) => {
            let Frame { ground, site, known, grounded, .. } = frame;
            compiled.diagnostics.extend_from_slice(&known.diagnostics[..grounded]);
            compiled = Compiled { diagnostics: compiled.diagnostics, ..known };
            (ground, Some(site), None)
        }
        other => {
            let sources = Sources { snapshot, config, drafts, other_files };
            let former = other.map(|(_, frame)| frame);
            let Some(ground) = ground(sources, memo, watch, &mut compiled) else {
                // Once the mistake is mended, little differs from before it.
                memo.frame = former;
                return compiled;
            };
            let around = |frame: &&Frame| frame.has_the_same_around_content(snapshot);
            let shown = former.as_ref().filter(around).map(|frame| frame.site.clone());
            (ground, shown, former)
        }
    };
    let grounded = compiled.diagnostics.len() - parsed;

    let diagnostics = &mut compiled.diagnostics;
    let Ground { linked, words, theme, templates, .. } = &ground;
    let views = view::build(linked, words, theme, Scope::All);
    watch.ended(Phase::View, views.pages.len());

    let renderer = Renderer::new(&views, theme, templates);
    let early = shown.map_or(0, |shown| show_open(&renderer, &views, &shown, memo, watch));
    let worker = theme.needs(Need::Offline) && linked.curriculum.config.offline != Offline::Off;
    let target = &mut destination(watch, &mut memo.rendered);
    let (mut pages, fresh) = renderer.render(&views.pages, worker, target, diagnostics);
    compiled.stats.pages = pages.len() + views.documents.len();
    compiled.stats.rendered = early + fresh;
    watch.ended(Phase::Render, early + fresh);

    if has_errors(diagnostics) {
        memo.frame = former;
        return compiled;
    }
    let drawn = pictures(view::pictures(linked, words), &mut memo.pictures);
    pages.extend(drawn.into_iter().map(|(path, bytes)| (path, bytes.into())));
    let parts = Parts { snapshot, linked, theme, words };
    let mut site = SiteDraft::new(&parts, pages, diagnostics);
    watch.ended(Phase::Site, site.len());
    watch.shown(site.so_far());
    drop(former);

    // Nobody waits for these.
    let target = &mut destination(watch, &mut memo.rendered);
    let (documents, fresh) = renderer.render(&views.documents, false, target, diagnostics);
    compiled.stats.rendered += fresh;
    watch.ended(Phase::Print, fresh);
    let index = search_index(linked, theme);
    let index_paths = index.keys().cloned().collect();
    watch.ended(Phase::Search, index.len());
    if has_errors(diagnostics) {
        return compiled;
    }
    site.add(documents);
    site.add(index);
    let site = site.finish(diagnostics);
    memo.rendered.keep(&site.files);
    compiled.stats.weigh(&site);
    watch.ended(Phase::Check, compiled.stats.files);
    drop(renderer);
    drop(views);
    let linked = (Arc::clone(&ground.linked), Arc::clone(&ground.words));
    // A curriculum that is compiled once has no use for it.
    if snapshot.overrides.purpose == Purpose::Preview && !has_errors(diagnostics) {
        let diagnostics = diagnostics[parsed..].to_vec();
        memo.frame = Some(Frame {
            files: snapshot.files.clone(),
            overrides: snapshot.overrides.clone(),
            ground,
            site: site.clone(),
            index: index_paths,
            known: Compiled { diagnostics, ..compiled.clone() },
            grounded,
        });
    }
    compiled.site = Some(site);
    compiled.linked = Some(linked);
    compiled
}

/// Where pages go that nobody asked for in particular.
fn destination<'a>(watch: &'a dyn Watch, memo: &'a mut RenderMemo) -> Target<'a> {
    watch.store().map_or(Target::Memory(memo), Target::Store)
}

/// Makes the pages that somebody is looking at and shows those that differ from what is `shown`.
/// Returns how many were rendered. What is wrong is told with the rest.
fn show_open(
    renderer: &Renderer<'_>,
    views: &ViewSet<'_>,
    shown: &Site,
    memo: &mut Memo,
    watch: &mut dyn Watch,
) -> usize {
    let open = watch.open();
    if open.is_empty() {
        return 0;
    }
    let is_open = |wanted: &&Wanted| open.iter().any(|path| *path == views.path(**wanted));
    let wanted: Vec<Wanted> = views.pages.iter().filter(is_open).copied().collect();
    let mut found = Vec::new();
    let target = &mut Target::Memory(&mut memo.rendered);
    let (pages, fresh) = renderer.render(&wanted, false, target, &mut found);
    let differing = |(path, page): (String, File)| {
        let html = page.bytes().filter(|html| shown.files.get(&path) != Some(html))?;
        Some((path, Arc::clone(html)))
    };
    let pages: BTreeMap<String, Arc<[u8]>> = pages.into_iter().filter_map(differing).collect();
    if found.is_empty() && !pages.is_empty() {
        watch.first(pages);
    }
    fresh
}

fn search_index(linked: &Linked, theme: &Theme) -> BTreeMap<String, Arc<[u8]>> {
    let index = if theme.needs(Need::Search) { search(linked) } else { BTreeMap::new() };
    index.into_iter().map(|(path, bytes)| (path, bytes.into())).collect()
}

/// Compiles anew what shows the texts of these pages, where nothing else has changed. `None` where
/// more of the site may be touched than can be told without looking at all of it.
fn texts(
    mut frame: Frame,
    changed: &[PageNo],
    snapshot: &Snapshot,
    memo: &mut Memo,
    watch: &mut dyn Watch,
) -> Option<Compiled> {
    let mut stats = frame.known.stats;
    stats.rendered = 0;
    let Ground { linked, words, theme, templates, .. } = &frame.ground;
    let parts = Parts { snapshot, linked, theme, words };
    let views = view::build(linked, words, theme, Scope::Showing(changed));
    watch.ended(Phase::View, views.pages.len());
    let mut found = Vec::new();
    let renderer = Renderer::new(&views, theme, templates);
    for (wanted, first) in [(&views.pages, true), (&views.documents, false)] {
        let target = &mut Target::Memory(&mut memo.rendered);
        let (pages, fresh) = renderer.render(wanted, false, target, &mut found);
        stats.rendered += fresh;
        watch.ended(if first { Phase::Render } else { Phase::Print }, fresh);
        if !found.is_empty() || !renew(&parts, &mut frame.site, pages, &memo.rendered) {
            return None;
        }
        watch.ended(Phase::Check, wanted.len());
        if first {
            watch.shown(frame.site.clone());
        }
    }
    let index = search_index(linked, theme);
    watch.ended(Phase::Search, index.len());
    frame.site.files.retain(|path, _| !frame.index.contains(path));
    frame.index = index.keys().cloned().collect();
    for (path, bytes) in index {
        if frame.site.files.insert(path, bytes).is_some() {
            return None;
        }
    }
    stats.weigh(&frame.site);
    drop(renderer);
    drop(views);
    frame.known.stats = stats;
    let linked = (Arc::clone(&frame.ground.linked), Arc::clone(&frame.ground.words));
    let site = Some(frame.site.clone());
    let compiled = Compiled { site, linked: Some(linked), ..frame.known.clone() };
    memo.frame = Some(frame);
    Some(compiled)
}

fn read_config(snapshot: &Snapshot, diagnostics: &mut Vec<Diagnostic>) -> Option<Config> {
    let Some(bytes) = snapshot.files.get(config::PATH) else {
        diagnostics.push(Diagnostic::new(
            Code::MissingPage,
            Span::file(config::PATH),
            "there is no `book.toml` here",
            "run this in a curriculum's folder, or give its path",
        ));
        return None;
    };
    let (config, mut found) = config::read(bytes);
    diagnostics.append(&mut found);
    let mut config = config?;
    let overrides = &snapshot.overrides;
    if let Some(url) = &overrides.site_url {
        let url = config::with_slash(url.clone());
        // A fork is not served under the domain of whom it comes from.
        config.cname = config.cname.filter(|cname| config::host(&url) == Some(cname.as_str()));
        config.site_url = Some(url);
    }
    if let Some(repository) = &overrides.repository {
        config.repository = Some(config::without_slash(repository));
    }
    if overrides.purpose == Purpose::Preview {
        config.offline = Offline::Off;
    }
    Some(config)
}

/// Parses what changed, in parallel.
fn read_content(
    snapshot: &Snapshot,
    memo: &mut Memo,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Arc<Draft>>, Vec<Arc<str>>) {
    let mut pages = Vec::new();
    let mut other_files = Vec::new();
    for (path, bytes) in snapshot.below("content/") {
        match place(path) {
            Place::Page { kind, name } => pages.push((path, bytes, kind, name)),
            Place::Attachment => other_files.push(Arc::clone(path)),
            Place::Ignored => {}
            Place::Misplaced => diagnostics.push(Diagnostic::new(
                Code::MisplacedFile,
                Span::new(path, 0, 0),
                "no page is expected at this place",
                "put it into `content/pages/`, or into a stage's folder if it is a project",
            )),
        }
    }
    let (before, colours) = (&memo.parsed, &memo.highlighted);
    let parsed: Vec<ParsedFile> = pages
        .par_iter()
        .with_max_len(PIECE)
        .map(|(path, bytes, kind, name)| {
            if let Some(old) = before.get(*path)
                && old.bytes == **bytes
                && old.draft.kind == *kind
            {
                return ParsedFile {
                    bytes: Arc::clone(bytes),
                    draft: Arc::clone(&old.draft),
                    diagnostics: old.diagnostics.clone(),
                };
            }
            let title = split_prefix(name).1;
            let Parsed { draft, diagnostics } = parse_with(path, bytes, *kind, title, colours);
            let draft = Arc::new(draft.unwrap_or_else(|| Draft::blank(path, *kind, title)));
            ParsedFile { bytes: Arc::clone(bytes), draft, diagnostics }
        })
        .collect();
    let mut drafts = Vec::with_capacity(parsed.len());
    let mut kept = BTreeMap::new();
    for ((path, ..), file) in pages.into_iter().zip(parsed) {
        diagnostics.extend(file.diagnostics.iter().cloned());
        drafts.push(Arc::clone(&file.draft));
        kept.insert(Arc::clone(path), file);
    }
    memo.parsed = kept;
    (drafts, other_files)
}
