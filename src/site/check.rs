//! Every link of the finished HTML against the finished site.
//!
//! Input: the files of the site. Output: diagnostics. Responsibility: what a template or raw HTML
//! wrote is checked as well as what Markdown did: that it leads somewhere, fragments included, and
//! that nothing is fetched from elsewhere.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::finished::{File, Hypertext};
use crate::snapshot::{PIECE, Site};
use crate::text::{is_absolute, join_path, percent_decode};

use super::Parts;

/// Problems of one page whose place is looked for in the content and the templates.
const MOST_PLACES: usize = 100;

impl Parts<'_> {
    fn site_root(&self) -> Option<&str> {
        self.linked.curriculum.config.site_url.as_deref()
    }

    /// Where an attribute's value stands: in the page's own file, else in a template, else at the
    /// beginning of the page's file.
    fn place(&self, source: Option<&Arc<str>>, value: &str) -> Span {
        if let Some(path) = source.filter(|_| !value.is_empty())
            && let Some(text) = self.snapshot.files.get(&**path)
            && let Ok(text) = std::str::from_utf8(text)
            && let Some(at) = quoted(text, value)
        {
            return Span::new(path, at, at + value.len());
        }
        // A template writes the way to the root as a value.
        let value = value.trim_start_matches("../");
        let found = (!value.is_empty())
            .then(|| {
                self.theme.templates.iter().find_map(|(_, path, text)| {
                    let at = text.find(value)?;
                    Some(Span::new(path, at, at + value.len()))
                })
            })
            .flatten();
        let page = || source.map_or_else(|| Span::file("book.toml"), |path| Span::new(path, 0, 0));
        found.unwrap_or_else(page)
    }

    /// The file that a file of the site was copied from.
    fn source(&self, output: &str) -> Arc<str> {
        let copied = format!("static/{output}");
        let of_theme = output.strip_prefix("assets/").map(|name| format!("/static/{name}"));
        let mut themes = self.snapshot.below("themes/").map(|(path, _)| path);
        let found = of_theme.and_then(|end| themes.find(|path| path.ends_with(&end)));
        match (self.snapshot.files.get_key_value(copied.as_str()), found) {
            (Some((path, _)), _) | (None, Some(path)) => Arc::clone(path),
            (None, None) => Arc::from("book.toml"),
        }
    }
}

/// Where a value stands in quotes, the last time: of two equal ids the second is one too many.
fn quoted(text: &str, value: &str) -> Option<usize> {
    ['"', '\''].into_iter().find_map(|quote| {
        let at = text.rfind(&format!("{quote}{value}{quote}"))?;
        Some(at + 1)
    })
}

/// Reports each address that leads nowhere, once a page; what a template wrote, once.
pub(super) fn links(
    files: &BTreeMap<String, File>,
    parts: &Parts<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let pages: Vec<(&String, &File)> =
        files.iter().filter(|(path, _)| path.ends_with(".html")).collect();
    let pages: Vec<(&str, Arc<Hypertext>)> = pages
        .into_par_iter()
        .with_max_len(PIECE)
        .filter_map(|(path, file)| Some((path.as_str(), file.hypertext()?)))
        .collect();
    let by_path = pages.iter().map(|(path, page)| (*path, Arc::clone(page))).collect();
    let sources = parts.sources();
    let targets = Targets { files, pages: &by_path, site_root: parts.site_root() };
    let mut found: Vec<Diagnostic> = pages
        .par_iter()
        .with_max_len(PIECE)
        .flat_map_iter(|(path, page)| {
            let span = |value: &str| parts.place(sources.get(path).copied(), value);
            let fetched = page.fetched().map(|address| (address, targets.fetch(path, address)));
            let linked = page.links().map(|address| (address, targets.link(path, address)));
            let problems = fetched
                .chain(linked)
                .filter_map(|(address, problem)| Some((address, problem?)))
                .enumerate()
                .map(|(no, (address, problem))| {
                    let place = if no < MOST_PLACES { span(address) } else { span("") };
                    problem_at(place, path, address, problem)
                });
            let twice = page.twice().map(|id| {
                Diagnostic::new(
                    Code::BrokenOutputLink,
                    span(id),
                    format!("`{path}` has two elements with the id `{id}`"),
                    "rename the heading, or the id in raw HTML",
                )
            });
            problems.chain(twice).collect::<Vec<_>>()
        })
        .collect();
    found.extend(styles(&targets, parts));
    let mut told: BTreeSet<(Span, Code)> = BTreeSet::new();
    found.retain(|diagnostic| {
        !diagnostic.span.path.starts_with("themes/")
            || told.insert((diagnostic.span.clone(), diagnostic.code))
    });
    diagnostics.append(&mut found);
}

/// Whether a site in which all was well still has no problem after some of its pages were renewed,
/// which were `before` as given here. `known` tells of a page as it is now. It may say no where the
/// whole site would be found well.
pub(super) fn holds(
    site: &Site,
    parts: &Parts<'_>,
    before: &[(String, Arc<[u8]>)],
    known: &(dyn Fn(&str) -> Option<Arc<Hypertext>> + Sync),
) -> bool {
    let renewed: Option<Vec<(&str, Arc<Hypertext>)>> =
        before.iter().map(|(path, _)| Some((path.as_str(), known(path)?))).collect();
    let Some(renewed) = renewed else { return false };
    // Where no place went, whatever leads to these pages still arrives.
    let same_places = renewed.par_iter().zip(before).all(|((_, page), (_, old))| {
        let old = std::str::from_utf8(old).map(Hypertext::of);
        page.twice().is_none() && old.is_ok_and(|old| page.ids().eq(old.ids()))
    });
    if !same_places {
        return false;
    }
    let site_root = parts.site_root();
    let with_places = renewed.iter().flat_map(|(path, page)| {
        let led = page.links().filter(|address| address.contains('#'));
        led.filter_map(|address| file_of(path, address.split('#').next()?, site_root))
    });
    let led_to: BTreeSet<Cow<'_, str>> = with_places.collect();
    let mut pages: BTreeMap<&str, Arc<Hypertext>> = led_to
        .par_iter()
        .filter(|path| path.ends_with(".html"))
        .filter_map(|path| Some((&**path, known(path)?)))
        .collect();
    pages.extend(renewed.iter().map(|(path, page)| (*path, Arc::clone(page))));
    let targets = Targets { files: &site.files, pages: &pages, site_root };
    renewed.par_iter().all(|(path, page)| {
        page.fetched().all(|address| targets.fetch(path, address).is_none())
            && page.links().all(|address| targets.link(path, address).is_none())
    })
}

/// Reports what a stylesheet would fetch from elsewhere, and files of its own that are missing.
fn styles(targets: &Targets<'_, File>, parts: &Parts<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (path, file) in targets.files.iter().filter(|(path, _)| path.ends_with(".css")) {
        let Some(Ok(css)) = file.bytes().map(|bytes| std::str::from_utf8(bytes)) else { continue };
        for (at, address) in style_addresses(css) {
            if address.starts_with('#') || address.starts_with("data:") {
                continue;
            }
            if let Some(problem) = targets.fetch(path, address) {
                let span = Span::new(&parts.source(path), at, at + address.len());
                found.push(problem_at(span, path, address, problem));
            }
        }
    }
    found
}

/// The addresses of `url(…)` and `@import "…"`, with their places; comments are left out.
pub(crate) fn style_addresses(css: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(step) = css[at..].find(['/', 'u', 'U', '@']) {
        at += step;
        let rest = &css[at..];
        if rest.starts_with("/*") {
            at += rest.find("*/").map_or(rest.len(), |end| end + 2);
            continue;
        }
        let begins = |word: &str| {
            rest.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word))
        };
        let word = ["url(", "@import"].into_iter().find(|word| begins(word));
        let Some(word) = word else {
            at += 1;
            continue;
        };
        at += word.len();
        let blanks = css[at..].len() - css[at..].trim_start().len();
        let inside = &css[at + blanks..];
        // No address that is fetched is longer, and an unclosed one need not be sought to the end.
        let end = |text: &str, signs: &[char]| {
            let mut near = text.char_indices().take(4_000);
            near.find(|(_, sign)| signs.contains(sign)).map(|(at, _)| at)
        };
        let (quotes, end) = match inside.chars().next() {
            Some(quote @ ('"' | '\'')) => (1, end(&inside[1..], &[quote])),
            _ if word == "url(" => (0, end(inside, &[')', ' ', '\n'])),
            _ => continue,
        };
        if let Some(end) = end {
            let start = at + blanks + quotes;
            found.push((start, &css[start..start + end]));
            at = start + end;
        }
    }
    found
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

/// What addresses are held against.
struct Targets<'a, F> {
    files: &'a BTreeMap<String, F>,
    /// The pages to whose places links lead.
    pages: &'a BTreeMap<&'a str, Arc<Hypertext>>,
    site_root: Option<&'a str>,
}

impl<F> Targets<'_, F> {
    /// What is wrong with an address that the page at `path` fetches.
    fn fetch(&self, path: &str, address: &str) -> Option<Problem> {
        if address.starts_with("data:image/") {
            return None;
        }
        if is_absolute(address) {
            return Some(Problem::ThirdParty);
        }
        file_of(path, address, self.site_root)
            .filter(|file| self.files.contains_key(&**file))
            .map_or(Some(Problem::Missing), |_| None)
    }

    /// What is wrong with an address that readers of the page at `path` may follow.
    fn link(&self, path: &str, address: &str) -> Option<Problem> {
        if is_absolute(address) {
            return None;
        }
        let (target, fragment) = address.split_once('#').unwrap_or((address, ""));
        let file = if target.is_empty() {
            Some(Cow::Borrowed(path))
        } else {
            file_of(path, target, self.site_root)
        };
        let Some(file) = file.filter(|file| self.files.contains_key(&**file)) else {
            return Some(Problem::Missing);
        };
        if fragment.is_empty() || fragment == "top" {
            return None;
        }
        let fragment = percent_decode(fragment)?;
        match self.pages.get(&*file) {
            Some(page) if !page.has(&fragment) => Some(Problem::NoPlace),
            _ => None,
        }
    }
}

/// The file that an address of the page at `path` names.
fn file_of<'a>(path: &str, address: &'a str, site_root: Option<&str>) -> Option<Cow<'a, str>> {
    if let Some(file) = from_root(path, address) {
        return Some(Cow::Borrowed(file));
    }
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
    Some(Cow::Owned(file))
}

/// The file that an address names which leads through the site's root, as nearly all do, if
/// nothing in it needs decoding.
fn from_root<'a>(path: &str, address: &'a str) -> Option<&'a str> {
    let file = address.trim_start_matches("../");
    let ups = (address.len() - file.len()) / "../".len();
    let plain = !file.contains(['%', '?', '#'])
        && !file.contains("//")
        && !file.contains("./")
        && !file.starts_with('/')
        && !file.ends_with(['/', '.'])
        && !file.is_empty();
    (plain && ups == path.matches('/').count()).then_some(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_leads_where_the_long_one_does() {
        let path = "stages/a/index.html";
        let long = |address: &str| join_path(path, &percent_decode(address)?);
        let file = "../../levels/b/index.html";
        assert_eq!(from_root(path, file).map(str::to_owned), long(file));
        assert!(from_root(path, file).is_some());
        for address in [
            "../b/index.html",
            "../../../x",
            "../../a%20b",
            "../../a/",
            "../..",
            "../../a?b",
            "../.././a",
            "../..//a",
            "../../a/../b",
            "/a",
            "../../.",
            "../../a/..",
            "",
        ] {
            assert_eq!(from_root(path, address), None, "{address}");
        }
    }

    #[test]
    fn addresses_of_stylesheets_are_found() {
        let css = "/* url(a) */ b { background: URL( 'c d.png' ) } @import \"e.css\";\n\
                   @import url(https://f/g); h { i: url(#j) } k { l: url(m\n";
        let found: Vec<&str> = style_addresses(css).into_iter().map(|(_, text)| text).collect();
        assert_eq!(found, ["c d.png", "e.css", "https://f/g", "#j", "m"]);
    }
}
