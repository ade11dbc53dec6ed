//! The whole site as one HTML file.
//!
//! Input: the finished [`Site`], [`Linked`] and the interface's words. Output: one document that
//! fetches nothing. Responsibility: every page's content in it, with all links between them. The
//! frame around the content is home's; a script shows one page at a time, and without it all
//! follow each other.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use rayon::prelude::*;

use super::contents::{Entry, contents};
use super::html::{Frame, Rewriter};
use super::tree::{Element, NodeNo, Tree};
use crate::link::Linked;
use crate::render::{base64, source_hash};
use crate::snapshot::Site;
use crate::text::{escape, join_path, percent_decode};
use crate::words::Words;

/// Kinds of pages that one file has no use for: it keeps its own ticks, and every address in it
/// leads somewhere.
const LEFT_OUT: [&str; 4] = ["hub", "not-found", "offline", "print"];
/// The script that shows one page at a time, among a theme's files.
const ROUTER: &str = "assets/single.js";
/// What is hidden while a script runs; on paper nothing is.
const STYLE: &str = "\n@media screen{[data-single] .rb-page:not(.rb-here){display:none}}\n\
.rb-page h1[tabindex]{outline:none}\n\
@media print{.rb-page{break-before:page;page-break-before:always}.rb-page:first-child{break-before:auto;page-break-before:auto}}\n";

/// A page of the site, read.
pub(super) struct Page {
    pub(super) path: String,
    pub(super) tree: Tree,
    pub(super) main: NodeNo,
    title: String,
    scripts: Vec<String>,
    styles: Vec<String>,
}

/// Makes the file; `None` where the site has no home page with a `main`.
pub(super) fn single(site: &Site, linked: &Linked, words: &Words) -> Option<Vec<u8>> {
    let pages = pages(site, &contents(linked, words, site));
    let home = pages.iter().position(|page| page.path == "index.html")?;
    let rewriter = Rewriter::new(site, &pages, home, linked.curriculum.config.site_url.as_deref());

    let written: Vec<Written> = pages.par_iter().map(|page| write_page(&rewriter, page)).collect();
    let mut navs: Vec<&str> = Vec::new();
    let scripts = Scripts::sort(site, &pages, home);
    let mut content = String::new();
    for (page, written) in pages.iter().zip(&written) {
        let nav = navs.iter().position(|nav| *nav == written.nav).unwrap_or_else(|| {
            navs.push(&written.nav);
            navs.len() - 1
        });
        let html = element(&page.tree, "html");
        let body = element(&page.tree, "body");
        let _ = write!(
            content,
            "<div class=\"rb-page {}\" id=\"{}\" data-title=\"{}\" data-kind=\"{}\" data-id=\"{}\" data-nav=\"{nav}\"",
            escape(body.and_then(|body| body.get("class")).unwrap_or_default()),
            escape(&page.path),
            escape(&page.title),
            escape(html.and_then(|html| html.get("data-page-kind")).unwrap_or_default()),
            escape(html.and_then(|html| html.get("data-page-id")).unwrap_or_default()),
        );
        let later: Vec<&str> = scripts.later(page).collect();
        if !later.is_empty() {
            let _ = write!(content, " data-scripts=\"{}\"", escape(&later.join(" ")));
        }
        let outline = &written.outline;
        let _ = writeln!(
            content,
            ">\n<template class=\"rb-outline\">{outline}</template>\n{}</div>",
            written.main
        );
    }
    for (at, nav) in navs.iter().enumerate() {
        let _ = writeln!(content, "<template data-nav=\"{at}\">{nav}</template>");
    }

    let mut policy = Policy::default();
    let styles = inline_styles(site, &pages, &mut policy);
    let router = site.files.get(ROUTER).map(|bytes| String::from_utf8_lossy(bytes));
    let mut router = router.map(|code| policy.script(&code)).unwrap_or_default();
    for code in head_scripts(&pages[home].tree) {
        router.push_str(&policy.script(&code));
    }
    let end = inline_scripts(site, &scripts, &mut policy);
    let frame = Frame { content: &content, end: &end };
    let shell = rewriter.shell(&pages[home], &frame);
    let mut out = String::with_capacity(content.len() + end.len() + (1 << 16));
    write_head(&mut out, &pages[home], linked, &policy, &styles, &router);
    out.push_str(&shell);
    out.push_str("</html>\n");
    Some(out.into_bytes())
}

/// A page's parts as HTML.
struct Written {
    main: String,
    nav: String,
    outline: String,
}

fn write_page(rewriter: &Rewriter<'_>, page: &Page) -> Written {
    let nav = page.tree.find(|element| element.get("id") == Some("rb-nav"));
    let outline =
        page.tree.find(|element| element.name() == "aside" && element.has_class("outline"));
    Written {
        outline: outline.map(|outline| rewriter.inside(page, outline)).unwrap_or_default(),
        main: rewriter.inside(page, page.main),
        nav: nav.map(|nav| rewriter.frame_inside(page, nav)).unwrap_or_default(),
    }
}

fn element<'a>(tree: &'a Tree, name: &str) -> Option<&'a Element> {
    tree.find(|element| element.name() == name).and_then(|node| tree.element(node))
}

/// What the theme runs before a page shows, such as the choice of colours.
fn head_scripts(tree: &Tree) -> Vec<String> {
    let Some(head) = tree.find(|element| element.name() == "head") else { return Vec::new() };
    let scripts = tree.elements(head).filter(|(_, element)| {
        element.name() == "script" && element.get("src").is_none() && element.get("type").is_none()
    });
    scripts.map(|(node, _)| tree.text(node)).collect()
}

/// All pages that the file holds: first in the order of the road, then the others by path.
fn pages(site: &Site, entries: &[Entry]) -> Vec<Page> {
    let road: Vec<&str> =
        entries.iter().flat_map(Entry::pages).map(|entry| entry.path.as_str()).collect();
    let known: BTreeSet<&str> = road.iter().copied().collect();
    let others = site.files.keys().map(String::as_str);
    let others = others.filter(|path| path.ends_with(".html") && !known.contains(path));
    let paths: Vec<&str> = road.iter().copied().chain(others).collect();
    paths.par_iter().filter_map(|path| read(site, path)).collect()
}

fn read(site: &Site, path: &str) -> Option<Page> {
    let html = std::str::from_utf8(site.files.get(path)?).ok()?;
    let tree = Tree::parse(html);
    // Pages at former addresses have no kind.
    let kind = element(&tree, "html")?.get("data-page-kind")?;
    if LEFT_OUT.contains(&kind) || path.starts_with("print/") {
        return None;
    }
    let main = tree.find(|element| element.name() == "main")?;
    let title = tree.find(|element| element.name() == "title").map(|node| tree.text(node));
    let file = |address: &str| join_path(path, &percent_decode(address)?);
    let scripts = tree
        .elements(0)
        .filter(|(_, element)| element.name() == "script")
        .filter_map(|(_, element)| file(element.get("src")?))
        .collect();
    let styles = tree
        .elements(0)
        .filter(|(_, element)| element.name() == "link" && element.get("rel") == Some("stylesheet"))
        .filter_map(|(_, element)| file(element.get("href")?))
        .collect();
    let title = title.unwrap_or_default();
    Some(Page { path: path.to_owned(), main, title, scripts, styles, tree })
}

/// Which script runs when.
struct Scripts {
    /// As the file opens, in this order.
    first: Vec<String>,
    /// What a page or another script asks for.
    asked: Vec<String>,
}

impl Scripts {
    /// Lists that a page names come first and all at once, since the pages are all there; then
    /// home's scripts. Everything else waits until it is asked for.
    fn sort(site: &Site, pages: &[Page], home: usize) -> Self {
        let mut first: Vec<String> = Vec::new();
        let lists = pages.iter().flat_map(|page| &page.scripts);
        let lists = lists.filter(|path| path.starts_with("data/"));
        for path in lists.chain(&pages[home].scripts) {
            if !first.contains(path) {
                first.push(path.clone());
            }
        }
        let useless = ["assets/hub.js", "sw.js", ROUTER];
        let asked = site.files.keys().filter(|path| {
            path.ends_with(".js") && !first.contains(path) && !useless.contains(&path.as_str())
        });
        let asked = asked.cloned().collect();
        Self { first, asked }
    }

    /// What a page asks for when it is shown first.
    fn later<'a>(&'a self, page: &'a Page) -> impl Iterator<Item = &'a str> {
        page.scripts.iter().filter(|path| self.asked.contains(path)).map(String::as_str)
    }
}

/// The hashes of all that may run and colour.
#[derive(Default)]
struct Policy {
    scripts: String,
    styles: String,
}

impl Policy {
    /// A script that runs where it stands.
    fn script(&mut self, code: &str) -> String {
        let code = self.code(code);
        format!("<script>{code}</script>\n")
    }

    /// Code with its hash allowed. Nothing in it may end the element that holds it; both signs
    /// occur in texts and patterns only, where a backslash changes nothing.
    fn code(&mut self, code: &str) -> String {
        let code = code.replace("</script", "<\\/script").replace("<!--", "<\\!--");
        let _ = write!(self.scripts, " '{}'", source_hash(&code));
        code
    }

    /// A style sheet with its hash allowed.
    fn style(&mut self, css: &str) -> String {
        let css = css.replace("</style", "<\\/style");
        let _ = write!(self.styles, " '{}'", source_hash(&css));
        css
    }

    fn content(&self) -> String {
        format!(
            "default-src 'none'; script-src{}; style-src{}; img-src data: blob:; font-src data:; \
             media-src data:; base-uri 'none'; form-action 'none'",
            self.scripts, self.styles
        )
    }
}

fn inline_styles(site: &Site, pages: &[Page], policy: &mut Policy) -> String {
    let mut paths: Vec<&String> = Vec::new();
    for path in pages.iter().flat_map(|page| &page.styles) {
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    let mut write = |path: &str, attributes: &str| {
        let Some(bytes) = site.files.get(path) else { return String::new() };
        let css = with_files(site, path, &String::from_utf8_lossy(bytes));
        format!("<style{attributes}>{}</style>\n", policy.style(&css))
    };
    let mut out: String = paths.iter().map(|path| write(path, "")).collect();
    // A script asks for the others.
    for path in site.files.keys().filter(|path| path.ends_with(".css") && !paths.contains(path)) {
        let waits = format!(" media=\"not all\" data-file=\"{}\"", escape(path));
        out.push_str(&write(path, &waits));
    }
    let _ = writeln!(out, "<style>{}</style>", policy.style(STYLE));
    out
}

/// A style sheet with the files that it names inside it.
fn with_files(site: &Site, path: &str, css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut from = 0;
    for (at, address) in crate::site::style_addresses(css) {
        if let Some(embedded) = data_address(site, path, address) {
            out.push_str(&css[from..at]);
            out.push_str(&embedded);
            from = at + address.len();
        }
    }
    out.push_str(&css[from..]);
    out
}

/// A file of the site as an address that holds it, as seen from the file at `path`.
pub(super) fn data_address(site: &Site, path: &str, address: &str) -> Option<String> {
    let file = join_path(path, &percent_decode(address.split(['?', '#']).next()?)?)?;
    let bytes = site.files.get(&file)?;
    Some(format!("data:{};base64,{}", media_type(&file), base64(bytes)))
}

fn media_type(path: &str) -> &'static str {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension.to_ascii_lowercase().as_str() {
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "css" => "text/css",
        "txt" => "text/plain",
        "json" => "application/json",
        "pdf" => "application/pdf",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        _ => "application/octet-stream",
    }
}

/// The scripts at the end of the document, where all that they work on is there.
fn inline_scripts(site: &Site, scripts: &Scripts, policy: &mut Policy) -> String {
    let code = |path: &String| {
        site.files.get(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    };
    let mut out = String::new();
    for path in &scripts.asked {
        if let Some(code) = code(path) {
            let code = policy.code(&code);
            let name = escape(path);
            let _ =
                writeln!(out, "<script type=\"text/plain\" data-file=\"{name}\">{code}</script>");
        }
    }
    for path in &scripts.first {
        if let Some(code) = code(path) {
            out.push_str(&policy.script(&code));
        }
    }
    out
}

fn write_head(
    out: &mut String,
    home: &Page,
    linked: &Linked,
    policy: &Policy,
    styles: &str,
    router: &str,
) {
    let config = &linked.curriculum.config;
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{}\" data-curriculum=\"{}\" data-root=\"#\" \
         data-bundle=\"html\" data-page-kind=\"home\" data-page-id=\"home\">\n<head>\n\
         <meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n",
        escape(&config.language),
        escape(&config.id),
        escape(&policy.content()),
        escape(&home.title)
    );
    let _ = writeln!(
        out,
        "<meta name=\"generator\" content=\"Roadbook {}\">",
        env!("CARGO_PKG_VERSION")
    );
    if let Some(description) = &config.description {
        let _ = writeln!(out, "<meta name=\"description\" content=\"{}\">", escape(description));
    }
    out.push_str(styles);
    out.push_str(router);
    out.push_str("</head>\n");
}

/// The pages by their paths.
pub(super) fn by_path(pages: &[Page]) -> BTreeMap<&str, &Page> {
    pages.iter().map(|page| (page.path.as_str(), page)).collect()
}
