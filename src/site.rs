//! Everything that the site consists of.
//!
//! Input: rendered pages, [`Linked`], a [`Theme`] and the files of the [`Snapshot`]. Output: a
//! [`Site`] and diagnostics. Responsibility: one place where every output path is claimed, so
//! that no file can take another's place unnoticed.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::finished::File;
use crate::link::{Linked, href};
use crate::render::RenderMemo;
use crate::snapshot::{Site, Snapshot};
use crate::text::{escape, folders_of};
use crate::theme::{Need, Theme};
use crate::words::Words;

mod about;
mod check;
mod data;
mod found;
mod json;
mod offline;
pub(crate) use check::style_addresses;

/// What a site is put together from.
pub struct Parts<'a> {
    /// The curriculum's own files.
    pub snapshot: &'a Snapshot,
    /// What the site is about.
    pub linked: &'a Linked,
    /// Its theme.
    pub theme: &'a Theme,
    /// The interface's words.
    pub words: &'a Words,
}

/// A file for the site, and what it comes from.
struct Offer {
    path: String,
    file: File,
    span: Span,
}

/// A site that is not complete yet.
pub struct SiteDraft<'a> {
    parts: &'a Parts<'a>,
    offers: Vec<Offer>,
    /// How many offers come before what is added.
    first: usize,
    added: Vec<Offer>,
}

/// A file that the compiler itself makes.
fn made(path: String, file: impl Into<File>) -> Offer {
    Offer { path, file: file.into(), span: Span::file("book.toml") }
}

impl<'a> SiteDraft<'a> {
    /// Puts together what there is beside `pages`, for a site in which more pages may follow.
    pub fn new(
        parts: &'a Parts<'a>,
        pages: BTreeMap<String, File>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let Parts { snapshot, linked, theme, words } = *parts;
        let mut offers = Vec::new();
        let curriculum = &linked.curriculum;
        let sources = parts.sources();
        let found = found::files(linked, pages.keys());
        for (path, file) in pages {
            let span = sources
                .get(path.as_str())
                .map_or_else(|| Span::file("book.toml"), |source| Span::new(source, 0, 0));
            offers.push(Offer { path, file, span });
        }
        for (path, text) in found.into_iter().filter(|(path, _)| !parts.has_own(path)) {
            offers.push(made(path, text.into_bytes()));
        }
        let progress = theme.needs(Need::Progress);
        let (json, data) = rayon::join(
            || json::curriculum(linked),
            || if progress { data::scripts(linked, words) } else { BTreeMap::new() },
        );
        offers.push(made("curriculum.json".into(), json));
        offers.extend(data.into_iter().map(|(path, bytes)| made(path, bytes)));
        let first = offers.len();
        let files = snapshot.below("content/").chain(snapshot.below("static/"));
        for (path, bytes) in files.filter(|(path, _)| !path.ends_with(".md")) {
            check_size(path, bytes.len(), diagnostics);
        }
        for attachment in &curriculum.attachments {
            let span = Span::new(&attachment.path, 0, 0);
            let file = Arc::clone(&snapshot.files[&attachment.path]).into();
            offers.push(Offer { path: attachment.output.clone(), file, span });
        }
        for (path, bytes) in snapshot.below("static/") {
            let (output, span) = (path["static/".len()..].to_owned(), Span::new(path, 0, 0));
            offers.push(Offer { path: output, file: Arc::clone(bytes).into(), span });
        }
        for (path, bytes) in theme.assets.iter().filter(|(path, _)| *path != offline::SCRIPT) {
            offers.push(made(format!("assets/{path}"), bytes.as_slice()));
        }
        // GitHub Pages would otherwise leave out files that begin with an underscore.
        offers.push(made(".nojekyll".into(), []));
        if let Some(cname) = &curriculum.config.cname {
            offers.push(made("CNAME".into(), format!("{cname}\n").into_bytes()));
        }
        for (from, page) in &linked.redirects {
            let title = &curriculum.pages[*page].title;
            let html = redirect(&href(&from.value, &linked.pages[*page].url, None), title);
            let (path, span) = (from.value.clone(), from.span.clone());
            offers.push(Offer { path, file: html.into_bytes().into(), span });
        }
        Self { parts, offers, first, added: Vec::new() }
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.offers.len() + self.added.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The site as far as it is there in memory, without its worker.
    #[must_use]
    pub fn so_far(&self) -> Site {
        let files = self.offers.iter().chain(&self.added);
        let bytes = |offer: &Offer| Some((offer.path.clone(), Arc::clone(offer.file.bytes()?)));
        Site::of(files.filter_map(bytes).collect())
    }

    /// Adds files that the compiler makes.
    pub fn add<F: Into<File>>(&mut self, files: BTreeMap<String, F>) {
        self.added.extend(files.into_iter().map(|(path, file)| made(path, file)));
    }

    /// Gives each path to one file, and checks every link.
    pub fn finish(mut self, diagnostics: &mut Vec<Diagnostic>) -> Site {
        let Parts { linked, theme, .. } = *self.parts;
        let config = &linked.curriculum.config;
        let mut claims = Claims::default();
        let later = self.offers.split_off(self.first);
        for offer in self.offers.into_iter().chain(self.added).chain(later) {
            claims.claim(offer, diagnostics);
        }
        let worker = theme.assets.get(offline::SCRIPT).filter(|_| theme.needs(Need::Offline));
        if let Some(script) = worker {
            let app = offline::app(config, &claims.files);
            claims.claim(made("manifest.webmanifest".into(), app), diagnostics);
            let worker = offline::worker(config, &claims.files, script);
            claims.claim(made(offline::SCRIPT.into(), worker), diagnostics);
        } else if !self.parts.has_own(offline::SCRIPT) {
            let worker = offline::ending_worker(config);
            claims.claim(made(offline::SCRIPT.into(), worker), diagnostics);
        }
        check::links(&claims.files, self.parts, diagnostics);
        let mut site = Site::default();
        for (path, file) in claims.files {
            match file.bytes() {
                Some(bytes) => drop(site.files.insert(path, Arc::clone(bytes))),
                None => drop(site.stored.insert(path, file.size())),
            }
        }
        site
    }
}

/// Puts new texts of pages into a site in which nothing else changes; `memo` remembers these and
/// all other pages. Returns whether every link is as good as before; where it is not, only looking
/// at the whole site can tell what is wrong.
pub fn renew(
    parts: &Parts<'_>,
    site: &mut Site,
    pages: BTreeMap<String, File>,
    memo: &RenderMemo,
) -> bool {
    let mut before = Vec::with_capacity(pages.len());
    for (path, page) in pages {
        let Some(html) = page.bytes() else { return false };
        match site.files.insert(path.clone(), Arc::clone(html)) {
            Some(old) => before.push((path, old)),
            None => return false,
        }
    }
    let known = |path: &str| match memo.page(path) {
        Some(page) => page.hypertext(),
        None => File::from(Arc::clone(site.files.get(path)?)).hypertext(),
    };
    check::holds(site, parts, &before, &known)
}

impl Parts<'_> {
    /// Whether the author has put a file of their own there: it says what they want.
    fn has_own(&self, path: &str) -> bool {
        self.snapshot.files.contains_key(format!("static/{path}").as_str())
    }

    /// The file that each page of the content comes from, by the page's path.
    fn sources(&self) -> BTreeMap<&str, &Arc<str>> {
        let pages = self.linked.pages.iter().zip(&self.linked.curriculum.pages);
        pages.map(|(links, page)| (links.url.as_str(), &page.draft.path)).collect()
    }
}

/// The most bytes of an image that nobody complains about.
const LARGE_IMAGE: usize = 1 << 20;
/// The most bytes of another file that nobody complains about.
const LARGE_FILE: usize = 8 << 20;

fn check_size(path: &Arc<str>, size: usize, diagnostics: &mut Vec<Diagnostic>) {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    let image = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"]
        .iter()
        .any(|known| extension.eq_ignore_ascii_case(known));
    let most = if image { LARGE_IMAGE } else { LARGE_FILE };
    if size > most {
        diagnostics.push(Diagnostic::new(
            Code::OversizedAsset,
            Span::new(path, 0, 0),
            format!("the file has {} KB, more than {} KB", size >> 10, most >> 10),
            "make it smaller, or publish it elsewhere and link it",
        ));
    }
}

/// The page at a former address: it leads on without a script.
fn redirect(url: &str, title: &str) -> String {
    let (url, title) = (escape(url), escape(title));
    format!(
        "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <link rel=\"canonical\" href=\"{url}\">\n<meta name=\"robots\" content=\"noindex\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={url}\">\n</head>\n<body>\n\
         <p><a href=\"{url}\">{title}</a></p>\n</body>\n</html>\n"
    )
}

/// Who has which path.
#[derive(Default)]
struct Claims {
    files: BTreeMap<String, File>,
    owners: BTreeMap<String, (String, Span)>,
    /// Folders that hold files, with the first file in each.
    folders: BTreeMap<String, (String, Span)>,
}

impl Claims {
    fn claim(&mut self, offer: Offer, diagnostics: &mut Vec<Diagnostic>) {
        let Offer { path, file, span } = offer;
        // On many computers paths that differ in case only are one file.
        let folded = path.to_lowercase();
        if let Some((first, owner)) = self.owners.get(&folded) {
            let (code, message) = if *first == path {
                (Code::PathCollision, format!("two files of the site would be `{path}`"))
            } else {
                (Code::CaseCollision, format!("`{path}` and `{first}` differ in case only"))
            };
            diagnostics.push(
                Diagnostic::new(code, span, message, "rename one of them, or remove its alias")
                    .with_related(owner.clone(), "the other one"),
            );
            return;
        }
        // What is a file for one cannot be a folder for another.
        let above = folders_of(&folded).find_map(|folder| self.owners.get(folder));
        if let Some((other, owner)) = above.or_else(|| self.folders.get(&folded)) {
            let message = format!("one of `{path}` and `{other}` would be a folder for the other");
            diagnostics.push(
                Diagnostic::new(Code::PathCollision, span, message, "rename one of them")
                    .with_related(owner.clone(), "the other one"),
            );
            return;
        }
        for folder in folders_of(&folded) {
            if !self.folders.contains_key(folder) {
                self.folders.insert(folder.to_owned(), (path.clone(), span.clone()));
            }
        }
        self.owners.insert(folded, (path.clone(), span));
        self.files.insert(path, file);
    }
}
