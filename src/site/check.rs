//! Every link of the finished HTML against the finished site.
//!
//! Input: a [`Site`]. Output: diagnostics. Responsibility: what a template or raw HTML wrote is
//! checked as well as what Markdown did: that it leads somewhere, fragments included, and that
//! nothing is fetched from elsewhere.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::link::Linked;
use crate::snapshot::Site;
use crate::text::{join_path, percent_decode};

mod scan;
use scan::{Page, scan};

/// Reports each address that leads nowhere, once a page.
pub(super) fn links(site: &Site, linked: &Linked, diagnostics: &mut Vec<Diagnostic>) {
    let pages: BTreeMap<&str, Page> = site
        .files
        .par_iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .filter_map(|(path, bytes)| {
            let html = std::str::from_utf8(bytes).ok()?;
            Some((path.as_str(), scan(html)))
        })
        .collect();
    let sources: BTreeMap<&str, &Arc<str>> = linked
        .pages
        .iter()
        .zip(&linked.curriculum.pages)
        .map(|(links, page)| (links.url.as_str(), &page.draft.path))
        .collect();
    let site_root = linked.curriculum.config.site_url.as_deref();
    let mut found: Vec<Diagnostic> = pages
        .par_iter()
        .flat_map_iter(|(path, page)| {
            let span = || {
                sources.get(path).map_or_else(|| Span::file("book.toml"), |p| Span::new(p, 0, 0))
            };
            let fetched = page.fetched.iter().filter_map(move |address| {
                let problem = fetch_problem(site, path, address, site_root)?;
                Some(problem_at(span(), path, address, problem))
            });
            let linked = page.links.iter().filter_map({
                let pages = &pages;
                move |address| {
                    let problem = link_problem(site, pages, path, address, site_root)?;
                    Some(problem_at(span(), path, address, problem))
                }
            });
            let twice = page.twice.iter().map(move |id| {
                Diagnostic::new(
                    Code::BrokenOutputLink,
                    span(),
                    format!("`{path}` has two elements with the id `{id}`"),
                    "rename the heading, or the id in raw HTML",
                )
            });
            fetched.chain(linked).chain(twice).collect::<Vec<_>>()
        })
        .collect();
    diagnostics.append(&mut found);
}

#[derive(Clone, Copy)]
enum Problem {
    Missing,
    NoPlace,
    ThirdParty,
}

fn problem_at(span: Span, page: &str, address: &str, problem: Problem) -> Diagnostic {
    match problem {
        Problem::Missing => Diagnostic::new(
            Code::BrokenOutputLink,
            span,
            format!("`{page}` leads to `{address}`, which does not exist"),
            "mend the template or the raw HTML that wrote it",
        ),
        Problem::NoPlace => Diagnostic::new(
            Code::BrokenOutputLink,
            span,
            format!("`{page}` leads to `{address}`, a place that its page does not have"),
            "mend the template or the raw HTML that wrote it",
        ),
        Problem::ThirdParty => Diagnostic::new(
            Code::ThirdParty,
            span,
            format!("`{page}` fetches `{address}` from elsewhere"),
            "put the file into the theme's `static/` folder, or beside the page",
        ),
    }
}

fn is_absolute(address: &str) -> bool {
    address.starts_with("//")
        || address.split_once(':').is_some_and(|(scheme, _)| {
            !scheme.is_empty()
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c))
        })
}

fn fetch_problem(
    site: &Site,
    path: &str,
    address: &str,
    site_root: Option<&str>,
) -> Option<Problem> {
    if address.starts_with("data:image/") {
        return None;
    }
    if is_absolute(address) {
        return Some(Problem::ThirdParty);
    }
    file_of(path, address, site_root)
        .filter(|file| site.files.contains_key(file))
        .map_or(Some(Problem::Missing), |_| None)
}

fn link_problem(
    site: &Site,
    pages: &BTreeMap<&str, Page>,
    path: &str,
    address: &str,
    site_root: Option<&str>,
) -> Option<Problem> {
    if is_absolute(address) {
        return None;
    }
    let (target, fragment) = address.split_once('#').unwrap_or((address, ""));
    let file =
        if target.is_empty() { Some(path.to_owned()) } else { file_of(path, target, site_root) };
    let Some(file) = file.filter(|file| site.files.contains_key(file)) else {
        return Some(Problem::Missing);
    };
    if fragment.is_empty() || fragment == "top" {
        return None;
    }
    let fragment = percent_decode(fragment)?;
    match pages.get(file.as_str()) {
        Some(page) if !page.ids.contains(fragment.as_bytes()) => Some(Problem::NoPlace),
        _ => None,
    }
}

/// The file that an address of the page at `path` names.
fn file_of(path: &str, address: &str, site_root: Option<&str>) -> Option<String> {
    let address = address.split(['?', '#']).next().unwrap_or_default();
    let decoded = percent_decode(address)?;
    let mut file = match decoded.strip_prefix('/') {
        // Only `404.html` has absolute addresses, below the path of the site's own address.
        Some(_) => {
            let root = site_root.map_or("/", |url| {
                let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
                rest.find('/').map_or("/", |at| &rest[at..])
            });
            decoded.strip_prefix(root)?.to_owned()
        }
        None => join_path(path, &decoded)?,
    };
    if decoded.ends_with('/') || file.is_empty() {
        if !file.is_empty() && !file.ends_with('/') {
            file.push('/');
        }
        file.push_str("index.html");
    }
    Some(file)
}
