//! Pages as parts of one document.
//!
//! Input: the [`Page`]s' trees. Output: HTML. Responsibility: every id is the only one, every link
//! leads to a place in the document, and whatever was a file is inside.

use std::collections::{BTreeMap, BTreeSet};

use super::single::{Page, by_path, data_address};
use super::tree::{Below, Content, Element, NodeNo, Step};
use crate::snapshot::Site;
use crate::text::{encode_path, escape_into, is_absolute, join_path, percent_decode};

/// Elements without an end.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];
/// Elements whose text is written as it is.
const RAW: &[&str] = &["style", "script", "noscript", "xmp", "iframe", "noembed", "noframes"];
/// Attributes that name ids.
const NAMES_IDS: &[&str] = &[
    "for",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-details",
    "headers",
    "list",
];
/// The largest file that is put behind a link.
const LARGEST: usize = 1 << 20;

/// What stands where home's content was, and at the document's end.
pub(super) struct Frame<'a> {
    pub(super) content: &'a str,
    pub(super) end: &'a str,
}

/// Writes pages for one document.
pub(super) struct Rewriter<'a> {
    site: &'a Site,
    site_url: Option<&'a str>,
    /// The ids of each page's content.
    ids: BTreeMap<&'a str, BTreeSet<&'a str>>,
    /// Ids that more than one page has, or the frame.
    shared: BTreeSet<&'a str>,
}

/// Whose ids are meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Content,
    Frame,
}

impl<'a> Rewriter<'a> {
    pub(super) fn new(
        site: &'a Site,
        pages: &'a [Page],
        home: usize,
        site_url: Option<&'a str>,
    ) -> Self {
        let mut ids: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut shared: BTreeSet<&str> = BTreeSet::new();
        let frame = &pages[home];
        let inside: BTreeSet<NodeNo> = frame.tree.elements(frame.main).map(|(no, _)| no).collect();
        let outside = frame.tree.elements(0).filter(|(no, _)| !inside.contains(no));
        let mut of_frame: BTreeSet<&str> =
            outside.filter_map(|(_, element)| element.get("id")).collect();
        of_frame.extend(frame.tree.element(frame.main).and_then(|main| main.get("id")));
        seen.extend(by_path(pages).keys());
        seen.extend(&of_frame);
        for page in pages {
            let found = page.tree.elements(page.main).filter(|(no, _)| *no != page.main);
            let of_page: BTreeSet<&str> =
                found.filter_map(|(_, element)| element.get("id")).collect();
            shared.extend(of_page.iter().filter(|id| !seen.insert(id)));
            ids.insert(&page.path, of_page);
        }
        Self { site, site_url, ids, shared }
    }

    /// What stands inside an element of a page's content.
    pub(super) fn inside(&self, page: &Page, top: NodeNo) -> String {
        self.write(page, top, Part::Content, None)
    }

    /// What stands inside an element of a page's frame.
    pub(super) fn frame_inside(&self, page: &Page, top: NodeNo) -> String {
        self.write(page, top, Part::Frame, None)
    }

    /// The body of a page with other content in its place.
    pub(super) fn shell(&self, page: &Page, frame: &Frame<'_>) -> String {
        let Some(body) = page.tree.find(|element| element.name() == "body") else {
            return String::new();
        };
        let mut out = String::from("<body");
        if let Some(element) = page.tree.element(body) {
            self.attributes(&mut out, page, element, Part::Frame);
        }
        out.push_str(">\n");
        out.push_str(&self.write(page, body, Part::Frame, Some(frame.content)));
        out.push_str(frame.end);
        out.push_str("</body>\n");
        out
    }

    fn write(&self, page: &Page, top: NodeNo, part: Part, content: Option<&str>) -> String {
        let mut out = String::new();
        let mut ends: Vec<&str> = Vec::new();
        page.tree.walk(top, |step| {
            let node = match step {
                Step::Open(node) => node,
                Step::Close => {
                    if let Some(name) = ends.pop().filter(|name| !name.is_empty()) {
                        out.push_str("</");
                        out.push_str(name);
                        out.push('>');
                    }
                    return Below::Enter;
                }
            };
            if node == top {
                ends.push("");
                return Below::Enter;
            }
            let element = match page.tree.content(node) {
                Content::Text(text) => {
                    if ends.last().is_some_and(|name| RAW.contains(name)) {
                        out.push_str(text);
                    } else {
                        escape_into(&mut out, text);
                    }
                    return Below::Pass;
                }
                Content::Nothing => return Below::Pass,
                Content::Element(element) => element,
            };
            let name = element.name();
            if matches!(name, "script" | "style" | "iframe" | "object" | "embed" | "base") {
                return Below::Pass;
            }
            out.push('<');
            out.push_str(name);
            self.attributes(&mut out, page, element, part);
            out.push('>');
            if node == page.main
                && let Some(content) = content
            {
                out.push('\n');
                out.push_str(content);
                out.push_str("</main>");
                return Below::Pass;
            }
            if VOID.contains(&name) {
                return Below::Pass;
            }
            if name == "pre" {
                // A line break right behind the tag would be taken for none.
                out.push('\n');
            }
            ends.push(name);
            Below::Enter
        });
        out
    }

    fn attributes(&self, out: &mut String, page: &Page, element: &Element, part: Part) {
        for (name, value) in &element.attributes {
            let name = name.as_str();
            if name.starts_with("on") || matches!(name, "srcset" | "loading" | "nonce") {
                continue;
            }
            if part == Part::Frame && name == "aria-current" {
                continue;
            }
            let written = match name {
                "id" => Some(self.id(page, value, part)),
                "href" if element.name() == "a" || value.starts_with('#') => {
                    if let Some(file) = self.download(page, element, value) {
                        attribute(out, "download", &file.name);
                        Some(file.address)
                    } else {
                        self.href(page, value, part)
                    }
                }
                "src" | "poster" => data_address(self.site, &page.path, value)
                    .or_else(|| value.starts_with("data:").then(|| value.clone())),
                "href" | "xlink:href" => Some(value.clone()),
                "data-scope" | "data-count-for" | "data-actions-for" => {
                    Some(match value.strip_prefix("block:") {
                        Some(id) => format!("block:{}", self.id(page, id, part)),
                        None => value.clone(),
                    })
                }
                name if NAMES_IDS.contains(&name) => {
                    let ids: Vec<String> =
                        value.split_whitespace().map(|id| self.id(page, id, part)).collect();
                    Some(ids.join(" "))
                }
                _ => Some(match value.split_once("url(#") {
                    Some((before, id)) => {
                        let id = id.trim_end_matches(')');
                        format!("{before}url(#{})", encode_path(&self.id(page, id, part)))
                    }
                    None => value.clone(),
                }),
            };
            if let Some(value) = written {
                attribute(out, name, &value);
            }
        }
    }

    /// An id that only one element of the document has.
    fn id(&self, page: &Page, id: &str, part: Part) -> String {
        if part == Part::Content && self.shared.contains(id) && self.has(&page.path, id) {
            format!("{}#{id}", page.path)
        } else {
            id.to_owned()
        }
    }

    fn has(&self, path: &str, id: &str) -> bool {
        self.ids.get(path).is_some_and(|ids| ids.contains(id))
    }

    /// The place in the document, or outside, that a link leads to.
    fn href(&self, page: &Page, href: &str, part: Part) -> Option<String> {
        if is_absolute(href) {
            return Some(href.to_owned());
        }
        let (target, fragment) = href.split_once('#').unwrap_or((href, ""));
        let target = target.split('?').next().unwrap_or_default();
        let fragment = percent_decode(fragment)?;
        if target.is_empty() && part == Part::Frame {
            return Some(href.to_owned());
        }
        let file = file_of(&page.path, target)?;
        if !self.ids.contains_key(file.as_str()) {
            let site = self.site_url?;
            return Some(format!("{site}{}", encode_path(&file)));
        }
        if fragment.is_empty() || !self.has(&file, &fragment) {
            // The frame is one for all pages.
            let of_frame = target.is_empty() && !fragment.is_empty();
            return Some(if of_frame {
                href.to_owned()
            } else {
                format!("#{}", encode_path(&file))
            });
        }
        Some(if self.shared.contains(fragment.as_str()) {
            format!("#{}%23{}", encode_path(&file), encode_path(&fragment))
        } else {
            format!("#{}", encode_path(&fragment))
        })
    }

    /// A file that is no page, to be taken out of the document.
    fn download(&self, page: &Page, element: &Element, href: &str) -> Option<Download> {
        if is_absolute(href) || href.starts_with('#') || element.name() != "a" {
            return None;
        }
        let file = file_of(&page.path, href.split(['?', '#']).next()?)?;
        let bytes = self.site.files.get(&file)?;
        if file.ends_with(".html") || bytes.len() > LARGEST {
            return None;
        }
        let name = file.rsplit('/').next().unwrap_or(&file).to_owned();
        Some(Download { name, address: data_address(self.site, &page.path, href)? })
    }
}

struct Download {
    name: String,
    address: String,
}

fn file_of(path: &str, target: &str) -> Option<String> {
    if target.is_empty() {
        return Some(path.to_owned());
    }
    let file = join_path(path, &percent_decode(target)?)?;
    Some(if target.ends_with('/') {
        format!("{}/index.html", file.trim_end_matches('/')).trim_start_matches('/').to_owned()
    } else {
        file
    })
}

fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    if !value.is_empty() {
        out.push_str("=\"");
        escape_into(out, value);
        out.push('"');
    }
}
