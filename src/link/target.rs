//! Where one link leads.
//!
//! Input: a link as written and the page that holds it. Output: a [`Target`] and diagnostics.
//! Responsibility: relative paths, `[[id]]`, anchors, and the suggestions where one is broken.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::document::{LinkSyntax, LinkUse};
use crate::kind::{PageKey, PageKind};
use crate::model::Curriculum;
use crate::text::{anchor, join_path, percent_decode, relative_path, slug, split_prefix};
use crate::tree::PageNo;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page of the site.
    Page {
        /// Which one.
        page: PageNo,
        /// A place on it.
        anchor: Option<String>,
    },
    /// A file of the site that is no page, by its path from the site's root.
    File(String),
    /// An address elsewhere.
    External(String),
    /// Nowhere; it was reported.
    Broken,
}

/// Knows every page, file and anchor.
pub(super) struct Resolver<'a> {
    curriculum: &'a Curriculum,
    by_path: BTreeMap<&'a str, PageNo>,
    by_key: BTreeMap<&'a PageKey, PageNo>,
    sources: BTreeMap<&'a str, usize>,
    files: BTreeMap<&'a str, String>,
    anchors: Vec<BTreeSet<&'a str>>,
    /// Names that may still be compared with those of broken links.
    comparisons: Cell<usize>,
}

/// The most names that are compared with those of broken links. Each of a hundred thousand broken
/// links would otherwise be compared with every name of the curriculum.
const MOST_COMPARISONS: usize = 1_000_000;

impl<'a> Resolver<'a> {
    pub(super) fn new(curriculum: &'a Curriculum, static_files: &'a BTreeSet<Arc<str>>) -> Self {
        let by_path =
            curriculum.pages.iter().enumerate().map(|(no, page)| (&*page.draft.path, no)).collect();
        let by_key =
            curriculum.pages.iter().enumerate().map(|(no, page)| (&page.key, no)).collect();
        let sources = curriculum
            .sources
            .iter()
            .enumerate()
            .map(|(no, source)| (curriculum.pages[source.page].key.id.as_str(), no))
            .collect();
        let attachments =
            curriculum.attachments.iter().map(|file| (&*file.path, file.output.clone()));
        let statics = static_files
            .iter()
            .filter_map(|path| Some((&**path, path.strip_prefix("static/")?.to_owned())));
        let anchors = curriculum
            .pages
            .par_iter()
            .map(|page| {
                let headings = page.draft.document.headings.iter().map(|h| h.anchor.as_str());
                let former = page.identity.former_anchors.iter().map(|(former, _)| former.as_str());
                let items = page.identity.tasks.iter().chain(&page.identity.own);
                let items = items.map(|item| item.id.as_str());
                headings.chain(former).chain(items).collect()
            })
            .collect();
        Self {
            curriculum,
            comparisons: Cell::new(MOST_COMPARISONS),
            by_path,
            by_key,
            sources,
            files: attachments.chain(statics).collect(),
            anchors,
        }
    }

    pub(super) fn source(&self, id: &str) -> Option<usize> {
        self.sources.get(id).copied()
    }

    pub(super) fn source_ids(&self) -> impl Iterator<Item = &'a str> {
        self.sources.keys().copied()
    }

    /// Whether a name may be compared with so many others.
    fn may_compare(&self, with: usize) -> bool {
        let left = self.comparisons.get().checked_sub(with);
        self.comparisons.set(left.unwrap_or_default());
        left.is_some()
    }

    pub(super) fn resolve(
        &self,
        from: PageNo,
        link: &LinkUse,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Target {
        match link.syntax {
            LinkSyntax::Wiki | LinkSyntax::WikiWithText => self.wiki(from, link, diagnostics),
            LinkSyntax::Markdown | LinkSyntax::Image => self.markdown(from, link, diagnostics),
        }
    }

    fn wiki(&self, from: PageNo, link: &LinkUse, diagnostics: &mut Vec<Diagnostic>) -> Target {
        let (name, anchor) = split_anchor(&link.target);
        let name = name.trim();
        if name.is_empty() {
            return self.place(from, anchor, link, diagnostics);
        }
        let (kinds, id): (Vec<PageKind>, &str) = match name.split_once(':') {
            Some((kind, id)) => match PageKind::from_name(kind.trim()) {
                Some(kind) => (vec![kind], id.trim()),
                None => (PageKind::ALL.to_vec(), name),
            },
            None => (PageKind::ALL.to_vec(), name),
        };
        let found: Vec<PageNo> = kinds
            .iter()
            .filter_map(|kind| self.by_key.get(&PageKey::new(*kind, id)).copied())
            .collect();
        match found.as_slice() {
            [page] => self.place(*page, anchor, link, diagnostics),
            [] => {
                let candidates = self
                    .by_key
                    .keys()
                    .filter(|key| kinds.contains(&key.kind))
                    .map(|key| key.id.as_str());
                let near =
                    self.may_compare(self.by_key.len()).then(|| nearest(id, candidates)).flatten();
                diagnostics.push(Diagnostic::new(
                    Code::UnknownReference,
                    link.span.clone(),
                    format!("no page has the id `{name}`"),
                    match near {
                        Some(near) => format!("did you mean {}?", self.wiki_forms(near, &kinds)),
                        None => {
                            "ids are the names of files and folders without their number".into()
                        }
                    },
                ));
                Target::Broken
            }
            several => {
                let forms: Vec<String> = several
                    .iter()
                    .map(|page| format!("`[[{}]]`", self.curriculum.pages[*page].key))
                    .collect();
                diagnostics.push(Diagnostic::new(
                    Code::AmbiguousLink,
                    link.span.clone(),
                    format!("`[[{id}]]` could mean {} pages", several.len()),
                    format!("write {}", forms.join(" or ")),
                ));
                Target::Broken
            }
        }
    }

    /// How pages of these kinds with this id are linked: by the id alone where no other has it.
    fn wiki_forms(&self, id: &str, kinds: &[PageKind]) -> String {
        let keys = |kinds: &[PageKind]| -> Vec<PageKey> {
            let keys = kinds.iter().map(|kind| PageKey::new(*kind, id));
            keys.filter(|key| self.by_key.contains_key(key)).collect()
        };
        if keys(&PageKind::ALL).len() == 1 {
            return format!("`[[{id}]]`");
        }
        let forms: Vec<String> = keys(kinds).iter().map(|key| format!("`[[{key}]]`")).collect();
        forms.join(" or ")
    }

    fn markdown(&self, from: PageNo, link: &LinkUse, diagnostics: &mut Vec<Diagnostic>) -> Target {
        // Browsers ignore control characters and blanks in front of and inside a scheme.
        let target: String =
            link.target.chars().filter(|c| !c.is_ascii_control()).collect::<String>();
        let target = target.trim();
        if let Some(scheme) = scheme(target) {
            return external(target, &scheme, link, diagnostics);
        }
        if target.starts_with("//") {
            return Target::External(target.to_owned());
        }
        let (path, anchor) = split_anchor(target);
        let path = path.split('?').next().unwrap_or_default();
        if path.is_empty() {
            return self.place(from, anchor, link, diagnostics);
        }
        let here = &self.curriculum.pages[from].draft.path;
        let found = percent_decode(path)
            .and_then(|path| join_path(here, &path))
            .map(|path| path.trim_end_matches('/').to_owned());
        let Some(wanted) = found else {
            return self.broken(from, path, link, diagnostics);
        };
        if let Some(page) = self.page_at(&wanted) {
            if link.syntax == LinkSyntax::Image {
                return self.broken(from, path, link, diagnostics);
            }
            return self.place(page, anchor, link, diagnostics);
        }
        if let Some(output) = self.files.get(wanted.as_str()) {
            return Target::File(output.clone());
        }
        if link.syntax != LinkSyntax::Image {
            match wanted.as_str() {
                "content/sources" | "content/tracking" | "content/pages" => {
                    return Target::File(format!("{}/index.html", &wanted["content/".len()..]));
                }
                _ => {}
            }
            if let Some(page) = self.moved(&wanted) {
                self.stale(here, page, anchor, link, diagnostics);
                return self.place(page, anchor, link, diagnostics);
            }
        }
        self.broken(from, path, link, diagnostics)
    }

    fn page_at(&self, path: &str) -> Option<PageNo> {
        self.by_path
            .get(path)
            .or_else(|| self.by_path.get(format!("{path}/README.md").as_str()))
            .or_else(|| self.by_path.get(format!("{path}/index.md").as_str()))
            .copied()
    }

    /// The page that a path meant before it was moved or renumbered: the only one whose id the
    /// path ends with, of the kind that the path's folders suggest.
    fn moved(&self, path: &str) -> Option<PageNo> {
        let crate::assemble::Place::Page { kind, name } = crate::assemble::place(path) else {
            return None;
        };
        let id = slug(split_prefix(&name).1);
        self.by_key.get(&PageKey::new(kind, id.as_str())).copied().or_else(|| {
            let mut found = PageKind::ALL
                .into_iter()
                .filter_map(|kind| self.by_key.get(&PageKey::new(kind, id.as_str())));
            found.next().filter(|_| found.next().is_none()).copied()
        })
    }

    fn stale(
        &self,
        here: &str,
        page: PageNo,
        anchor: Option<&str>,
        link: &LinkUse,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let mut now = relative_path(here, &self.curriculum.pages[page].draft.path);
        if let Some(anchor) = anchor {
            now = format!("{now}#{anchor}");
        }
        let mut diagnostic = Diagnostic::new(
            Code::StalePath,
            link.target_span.clone().unwrap_or_else(|| link.span.clone()),
            format!("`{}` has moved", link.target),
            format!("it is `{now}` now"),
        );
        if let Some(span) = &link.target_span {
            diagnostic = diagnostic.with_fix(span.clone(), now);
        }
        diagnostics.push(diagnostic);
    }

    /// A place on a page; its anchor must exist.
    fn place(
        &self,
        page: PageNo,
        wanted: Option<&str>,
        link: &LinkUse,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Target {
        let Some(wanted) = wanted.filter(|anchor| !anchor.is_empty()) else {
            return Target::Page { page, anchor: None };
        };
        let decoded = percent_decode(wanted).unwrap_or_else(|| wanted.to_owned());
        let anchors = &self.anchors[page];
        let page_of = &self.curriculum.pages[page];
        // A page whose headings could not be read has no anchors to compare with.
        if anchors.contains(decoded.as_str()) || (page_of.draft.broken && anchors.is_empty()) {
            return Target::Page { page, anchor: Some(decoded) };
        }
        let near = || {
            nearest(&decoded, anchors.iter().copied())
                .or_else(|| nearest(&anchor(&decoded), anchors.iter().copied()))
        };
        let near = self.may_compare(2 * anchors.len()).then(near).flatten();
        diagnostics.push(Diagnostic::new(
            Code::BrokenAnchor,
            link.span.clone(),
            format!("`{}` has no place `#{decoded}`", page_of.draft.path),
            match near {
                Some(near) => format!("did you mean `#{near}`?"),
                None => "an anchor is the heading in lower case with hyphens for blanks".into(),
            },
        ));
        Target::Page { page, anchor: None }
    }

    fn broken(
        &self,
        from: PageNo,
        path: &str,
        link: &LinkUse,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Target {
        let here = &*self.curriculum.pages[from].draft.path;
        let image = link.syntax == LinkSyntax::Image;
        let candidates: Vec<String> = if !self.may_compare(self.by_path.len() + self.files.len()) {
            Vec::new()
        } else if image {
            self.files.keys().map(|file| relative_path(here, file)).collect()
        } else {
            self.by_path
                .keys()
                .chain(self.files.keys())
                .map(|file| relative_path(here, file))
                .collect()
        };
        let near = nearest(path, candidates.iter().map(String::as_str));
        let (code, what) = if image {
            (Code::MissingImage, "the image")
        } else {
            (Code::BrokenLink, "the page or file")
        };
        let diagnostic = Diagnostic::new(
            code,
            link.target_span.clone().unwrap_or_else(|| link.span.clone()),
            format!("{what} `{path}` does not exist"),
            match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "paths are relative to the file that holds the link".to_owned(),
            },
        );
        diagnostics.push(diagnostic);
        Target::Broken
    }
}

fn split_anchor(target: &str) -> (&str, Option<&str>) {
    match target.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (target, None),
    }
}

/// The scheme of an absolute address in lower case.
fn scheme(target: &str) -> Option<String> {
    let (scheme, _) = target.split_once(':')?;
    let valid = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c));
    valid.then(|| scheme.to_ascii_lowercase())
}

fn external(
    target: &str,
    scheme: &str,
    link: &LinkUse,
    diagnostics: &mut Vec<Diagnostic>,
) -> Target {
    let image = link.syntax == LinkSyntax::Image;
    let lower = target.to_ascii_lowercase();
    let problem = match scheme {
        "javascript" | "vbscript" => Some("would run a script"),
        "data" if !(image && lower.starts_with("data:image/")) => Some("hides its destination"),
        "http" | "https" if image => Some("would fetch an image from a third party"),
        _ => None,
    };
    let Some(problem) = problem else { return Target::External(target.to_owned()) };
    let code =
        if image && scheme.starts_with("http") { Code::ThirdParty } else { Code::UnsafeLink };
    diagnostics.push(Diagnostic::new(
        code,
        link.span.clone(),
        format!("the link `{scheme}:…` {problem}"),
        if image {
            "put the image beside the page and link it by its path"
        } else {
            "link a page or an address that begins with `https:`"
        },
    ));
    Target::Broken
}
