//! What pages are made from.
//!
//! Input: drafts and the snapshot. Output: [`Ground`] and, in [`Compiled`], the lock and the counts.
//! Responsibility: the order of the phases from `assemble` to `link`, and the theme.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Compiled, LOCK, Memo, PageItems, Phase, Stats, Watch};
use crate::assemble::assemble;
use crate::diagnostic::{Code, Diagnostic, Span, has_errors};
use crate::draft::Draft;
use crate::identified::identified;
use crate::kind::PageKey;
use crate::link::{Linked, link};
use crate::lock::Lock;
use crate::measure;
use crate::model::{Curriculum, Stage, model};
use crate::node::{Entry, Spanned};
use crate::parse::config::Config;
use crate::picture::{PictureMemo, icons};
use crate::render::{Templates, templates};
use crate::snapshot::Snapshot;
use crate::theme::{self, Theme};
use crate::tree::Tree;
use crate::words::Words;

/// What all before pages are made is made from.
pub(super) struct Sources<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) config: Config,
    pub(super) drafts: Vec<Arc<Draft>>,
    pub(super) other_files: Vec<Arc<str>>,
}

/// What pages are made from.
#[derive(Debug)]
pub(super) struct Ground {
    pub(super) linked: Arc<Linked>,
    pub(super) words: Arc<Words>,
    pub(super) theme: Theme,
    pub(super) templates: Templates,
    /// Whether the title of a page may tell that it goes on from one that is gone.
    pub(super) titles_tell: bool,
}

/// From drafts to where every link leads, and the theme. `None` where nothing can follow.
pub(super) fn ground(
    sources: Sources<'_>,
    memo: &mut Memo,
    watch: &mut dyn Watch,
    compiled: &mut Compiled,
) -> Option<Ground> {
    let Sources { snapshot, config, drafts, other_files } = sources;
    let settings = Settings {
        language: config.language.clone(),
        theme: config.theme.clone(),
        options: config.theme_options.clone(),
    };
    let tree = assemble(config, drafts, &other_files, &mut compiled.diagnostics);
    watch.ended(Phase::Assemble, tree.pages.len());

    // A theme knows nothing of the content, and much of what follows is work for one thread alone.
    let mut styled = None;
    let (pictures, found) = (&mut memo.pictures, &mut Vec::new());
    let placed = rayon::in_place_scope(|scope| {
        scope.spawn(|_| styled = Some(style(snapshot, &settings, pictures, found)));
        content(snapshot, tree, watch, compiled)
    });
    let (linked, titles_tell) = placed?;
    compiled.diagnostics.append(found);
    let (theme, words, templates) = styled?;
    let templates = templates.filter(|_| !has_errors(&compiled.diagnostics))?;
    Some(Ground { linked: Arc::new(linked), words, theme, templates, titles_tell })
}

/// From the tree to where every link leads, and whether the title of a page may tell that it goes
/// on from one that is gone. `None` where the lock cannot be used.
fn content(
    snapshot: &Snapshot,
    tree: Tree,
    watch: &mut dyn Watch,
    compiled: &mut Compiled,
) -> Option<(Linked, bool)> {
    let diagnostics = &mut compiled.diagnostics;
    // Without the old lock every id would be minted anew.
    let before = read_lock(snapshot, diagnostics)?;
    let (identified, lock, changes) = identified(tree, &before, diagnostics);
    let present: BTreeSet<&PageKey> = identified.tree.pages.iter().map(|page| &page.key).collect();
    let titles_tell = present.iter().any(|key| !before.pages.contains_key(key))
        && before.pages.keys().any(|key| !present.contains(key));
    compiled.lock = Some(Arc::new(lock));
    compiled.changes = Arc::new(changes);
    let items = identified.pages.iter().map(|page| page.tasks.len()).sum();
    watch.ended(Phase::Identity, items);

    let curriculum = model(identified, diagnostics);
    compiled.stats = count(&curriculum);
    compiled.items = page_items(&curriculum);
    watch.ended(Phase::Model, curriculum.pages.len());

    let static_files: BTreeSet<Arc<str>> =
        snapshot.below("static/").map(|(path, _)| Arc::clone(path)).collect();
    let sizes = image_sizes(snapshot, &curriculum);
    let linked = link(curriculum, &static_files, sizes, diagnostics);
    watch.ended(Phase::Link, linked.pages.len());
    Some((linked, titles_tell))
}

/// What `book.toml` says of how the site looks and speaks.
struct Settings {
    language: String,
    theme: Spanned<String>,
    options: Vec<Entry>,
}

/// The theme, its words and its templates; without these where one has a mistake.
fn style(
    snapshot: &Snapshot,
    settings: &Settings,
    pictures: &mut PictureMemo,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Theme, Arc<Words>, Option<Templates>) {
    let Settings { language, theme, options } = settings;
    let mut theme = theme::load(snapshot, theme, options, diagnostics);
    add_icons(&mut theme, pictures, diagnostics);
    let words = Arc::new(Words::new(language, &theme.words_for(language), diagnostics));
    let templates = templates(&theme, &words, diagnostics);
    (theme, words, templates)
}

/// The lock; empty where there is none; `None` where it cannot be used.
fn read_lock(snapshot: &Snapshot, diagnostics: &mut Vec<Diagnostic>) -> Option<Lock> {
    let Some(bytes) = snapshot.files.get(LOCK) else { return Some(Lock::default()) };
    let path: Arc<str> = Arc::from(LOCK);
    let text = crate::parse::decode(&path, bytes, 64 << 20, diagnostics)?;
    let (lock, found) = Lock::parse(&path, text);
    let usable = !has_errors(&found);
    diagnostics.extend(found);
    usable.then_some(lock)
}

/// Adds the icons that the theme does not bring itself.
fn add_icons(theme: &mut Theme, memo: &mut PictureMemo, diagnostics: &mut Vec<Diagnostic>) {
    let Some((path, drawing)) = &theme.icon else { return };
    match icons(&theme.assets[drawing], memo) {
        Ok(drawn) => {
            for (name, bytes) in drawn {
                theme.assets.entry(name).or_insert(bytes);
            }
        }
        Err(problem) => diagnostics.push(Diagnostic::new(
            Code::Syntax,
            Span::new(path, 0, 0),
            format!("the icon cannot be drawn: {problem}"),
            "mend the drawing, or leave it out to have the icon of the theme's parent",
        )),
    }
}

/// Width and height of the images of the site, by their path from its root.
fn image_sizes(snapshot: &Snapshot, curriculum: &Curriculum) -> BTreeMap<String, (u32, u32)> {
    let beside = curriculum
        .attachments
        .iter()
        .filter_map(|file| Some((file.output.clone(), snapshot.files.get(&file.path)?)));
    let fixed =
        snapshot.below("static/").map(|(path, bytes)| (path["static/".len()..].to_owned(), bytes));
    beside
        .chain(fixed)
        .filter_map(|(path, bytes)| measure::size(&path, bytes).map(|size| (path, size)))
        .collect()
}

fn count(curriculum: &Curriculum) -> Stats {
    Stats {
        levels: curriculum.levels.len(),
        stages: curriculum.stages.len(),
        topics: curriculum.stages.iter().map(Stage::topics).sum(),
        projects: curriculum.projects.len(),
        sources: curriculum.sources.len(),
        ..Stats::default()
    }
}

fn page_items(curriculum: &Curriculum) -> Arc<[PageItems]> {
    curriculum
        .pages
        .iter()
        .filter(|page| page.identity.own.is_some() || !page.identity.tasks.is_empty())
        .map(|page| {
            let tasks = page.identity.tasks.iter().zip(&page.draft.document.tasks);
            let own = page.identity.own.iter().map(|own| (own.id.to_string(), page.title.clone()));
            PageItems {
                path: Arc::clone(&page.draft.path),
                key: page.key.to_string(),
                items: own
                    .chain(tasks.map(|(item, task)| (item.id.to_string(), task.text.clone())))
                    .collect(),
            }
        })
        .collect()
}
