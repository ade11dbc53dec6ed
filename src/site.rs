//! Everything that the site consists of.
//!
//! Input: rendered pages, [`Linked`], a [`Theme`] and the files of the [`Snapshot`]. Output: a
//! [`Site`] and diagnostics. Responsibility: one place where every output path is claimed, so
//! that no file can take another's place unnoticed.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::link::{Linked, href};
use crate::snapshot::{Site, Snapshot};
use crate::text::escape;
use crate::theme::{Need, Theme};
use crate::words::Words;

mod about;
mod check;
mod data;
mod found;
mod json;
mod offline;
pub(crate) use check::style_addresses;

/// Puts the site together.
pub fn site(
    snapshot: &Snapshot,
    linked: &Linked,
    mut theme: Theme,
    words: &Words,
    pages: BTreeMap<String, Arc<[u8]>>,
    index: BTreeMap<String, Vec<u8>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Site {
    let mut claims = Claims::default();
    let curriculum = &linked.curriculum;
    let sources: BTreeMap<&str, &Arc<str>> = linked
        .pages
        .iter()
        .zip(&curriculum.pages)
        .map(|(links, page)| (links.url.as_str(), &page.draft.path))
        .collect();
    let found = found::files(linked, pages.keys());
    for (path, html) in pages {
        let span = sources
            .get(path.as_str())
            .map_or_else(|| Span::file("book.toml"), |source| Span::new(source, 0, 0));
        claims.claim(path, html, span, diagnostics);
    }
    // An author's own file says what the author wants.
    let own = |path: &str| snapshot.files.contains_key(format!("static/{path}").as_str());
    for (path, text) in found.into_iter().filter(|(path, _)| !own(path)) {
        claims.claim(path, text.into_bytes().into(), Span::file("book.toml"), diagnostics);
    }
    let progress = theme.needs(Need::Progress);
    let (json, data) = rayon::join(
        || json::curriculum(linked),
        || if progress { data::scripts(linked, words) } else { BTreeMap::new() },
    );
    claims.claim("curriculum.json".into(), json.into(), Span::file("book.toml"), diagnostics);
    for (path, bytes) in index.into_iter().chain(data) {
        claims.claim(path, bytes.into(), Span::file("book.toml"), diagnostics);
    }
    let files = snapshot.below("content/").chain(snapshot.below("static/"));
    for (path, bytes) in files.filter(|(path, _)| !path.ends_with(".md")) {
        check_size(path, bytes.len(), diagnostics);
    }
    for attachment in &curriculum.attachments {
        let span = Span::new(&attachment.path, 0, 0);
        let bytes = Arc::clone(&snapshot.files[&attachment.path]);
        claims.claim(attachment.output.clone(), bytes, span, diagnostics);
    }
    for (path, bytes) in snapshot.below("static/") {
        let output = path["static/".len()..].to_owned();
        claims.claim(output, Arc::clone(bytes), Span::new(path, 0, 0), diagnostics);
    }
    let worker = theme.assets.remove(offline::SCRIPT).filter(|_| theme.needs(Need::Offline));
    for (path, bytes) in theme.assets {
        let span = Span::file("book.toml");
        claims.claim(format!("assets/{path}"), bytes.into(), span, diagnostics);
    }
    // GitHub Pages would otherwise leave out files that begin with an underscore.
    claims.claim(".nojekyll".into(), Arc::new([]), Span::file("book.toml"), diagnostics);
    if let Some(cname) = &curriculum.config.cname {
        let bytes = format!("{cname}\n").into_bytes();
        claims.claim("CNAME".into(), bytes.into(), Span::file("book.toml"), diagnostics);
    }
    for (from, page) in &linked.redirects {
        let title = &curriculum.pages[*page].title;
        let html = redirect(&href(&from.value, &linked.pages[*page].url, None), title);
        let bytes = html.into_bytes().into();
        claims.claim(from.value.clone(), bytes, from.span.clone(), diagnostics);
    }
    let span = || Span::file("book.toml");
    if let Some(script) = worker {
        let app = offline::app(&curriculum.config, &claims.files).into();
        claims.claim("manifest.webmanifest".into(), app, span(), diagnostics);
        let worker = offline::worker(&curriculum.config, &claims.files, &script);
        claims.claim(offline::SCRIPT.into(), worker.into(), span(), diagnostics);
    } else if !own(offline::SCRIPT) {
        let worker = offline::ending_worker(&curriculum.config);
        claims.claim(offline::SCRIPT.into(), worker.into(), span(), diagnostics);
    }
    let site = Site { files: claims.files };
    let written = check::Written { snapshot, templates: &theme.templates };
    check::links(&site, linked, &written, diagnostics);
    site
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
    files: BTreeMap<String, Arc<[u8]>>,
    owners: BTreeMap<String, (String, Span)>,
    /// Folders that hold files, with the first file in each.
    folders: BTreeMap<String, (String, Span)>,
}

/// The folders on the way to a file.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

impl Claims {
    fn claim(
        &mut self,
        path: String,
        bytes: Arc<[u8]>,
        span: Span,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
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
        let file = folders_of(&folded).find_map(|folder| self.owners.get(folder));
        if let Some((other, owner)) = file.or_else(|| self.folders.get(&folded)) {
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
        self.files.insert(path, bytes);
    }
}
