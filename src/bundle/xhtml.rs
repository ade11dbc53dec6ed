//! A page's content as XHTML for a book.
//!
//! Input: a page's [`Tree`] and what else the book holds. Output: well-formed XHTML.
//! Responsibility: what a book can show of a page: controls, scripts and navigation stay out,
//! boxes to tick become ☐, unknown elements and attributes are dropped, their text is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::tree::{Below, Content, Element, NodeNo, Step, Tree, Vocabulary};
use crate::text::{encode_path, join_path, percent_decode, relative_path};

/// A page as the book holds it.
#[derive(Debug)]
pub(super) struct Leaf {
    tree: Tree,
    main: NodeNo,
    /// The ids of all elements that the book keeps of it.
    ids: BTreeSet<String>,
}

/// All pages of a book and what they may show.
pub(super) struct Book<'a> {
    /// By their path on the site.
    pub(super) leaves: BTreeMap<String, Leaf>,
    /// Pictures by their path on the site, with their path in the book.
    pub(super) pictures: BTreeMap<String, String>,
    /// Absolute address of the site, for links to what the book does not hold.
    pub(super) site_url: Option<&'a str>,
}

/// A page's content, and what a reading system must know of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) xhtml: String,
    pub(super) has_svg: bool,
    pub(super) has_math: bool,
    /// The pictures that it shows, by their path on the site.
    pub(super) pictures: BTreeSet<String>,
}

impl Leaf {
    /// Reads a finished page; `None` where it has no `main`.
    pub(super) fn read(html: &str) -> Option<Self> {
        let tree = Tree::parse(html);
        let main = tree.find(|element| element.name() == "main")?;
        let mut ids = BTreeSet::new();
        tree.walk(main, |step| {
            let Step::Open(node) = step else { return Below::Enter };
            let Some(element) = tree.element(node) else { return Below::Enter };
            let fate = fate(element);
            if fate == Fate::Drop {
                return Below::Pass;
            }
            if matches!(fate, Fate::Keep | Fate::As(_)) {
                ids.extend(element.get("id").map(str::to_owned));
            }
            Below::Enter
        });
        Some(Self { tree, main, ids })
    }
}

/// The path of a page in the book.
pub(super) fn book_path(site_path: &str) -> String {
    format!("{}.xhtml", site_path.strip_suffix(".html").unwrap_or(site_path))
}

/// An id as XML allows it: a letter first, then letters, digits, `.`, `-` and `_`.
pub(super) fn xml_id(id: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    let mut out = String::with_capacity(id.len());
    if !id.starts_with(char::is_alphabetic) {
        out.push('_');
    }
    for c in id.chars() {
        if plain(c) {
            out.push(c);
        } else {
            let _ = write!(out, "_{:x}_", u32::from(c));
        }
    }
    out
}

/// Appends text with the signs escaped that XML gives a meaning to, and without those that it
/// does not allow.
pub(super) fn escape_xml(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(c),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
}

/// What becomes of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It stays.
    Keep,
    /// It becomes another element.
    As(&'static str),
    /// Its content stays.
    Unwrap,
    /// A box to tick becomes a sign.
    Box,
    /// It goes, with all below it.
    Drop,
}

/// Elements of HTML that a book can show.
const KEPT: &[&str] = &[
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Elements that need a program, a network or a screen.
const DROPPED: &[&str] = &[
    "script", "style", "nav", "progress", "meter", "button", "form", "input", "select", "textarea",
    "dialog", "template", "noscript", "iframe", "object", "embed", "canvas", "audio", "video",
    "link", "meta", "base", "title", "head", "map", "noembed", "noframes", "frameset", "datalist",
];

const VOID: &[&str] = &["br", "col", "hr", "img", "wbr"];

fn fate(element: &Element) -> Fate {
    let name = element.name();
    if element.get("hidden").is_some() || element.get("data-screen").is_some() {
        return Fate::Drop;
    }
    match element.vocabulary() {
        Vocabulary::Svg => match name {
            "script" | "style" | "foreignObject" | "image" => Fate::Drop,
            "a" => Fate::As("g"),
            _ => Fate::Keep,
        },
        Vocabulary::MathMl => Fate::Keep,
        Vocabulary::Html if name == "input" && element.get("data-item").is_some() => Fate::Box,
        Vocabulary::Html if name == "label" => Fate::As("span"),
        Vocabulary::Html if DROPPED.contains(&name) || is_figure(element) => Fate::Drop,
        Vocabulary::Html if KEPT.contains(&name) => Fate::Keep,
        Vocabulary::Html => Fate::Unwrap,
    }
}

/// A place that only a script fills.
fn is_figure(element: &Element) -> bool {
    element.has_class("rb-figure") || element.get("data-actions-for").is_some()
}

/// Attributes that mean the same in a book, by element; the empty name is every element.
const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("", &["class", "dir", "title"]),
    ("ol", &["start", "reversed"]),
    ("li", &["value"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan", "scope"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("img", &["width", "height"]),
    ("time", &["datetime"]),
    ("data", &["value"]),
];

impl Book<'_> {
    /// The content of one page.
    pub(super) fn write(&self, path: &str) -> Option<Written> {
        let leaf = self.leaves.get(path)?;
        let mut page = Page { book: self, path, written: Written::default(), ends: Vec::new() };
        leaf.tree.walk(leaf.main, |step| match step {
            // The frame of the page is the book's own.
            Step::Open(node) if node == leaf.main => {
                page.ends.push(None);
                Below::Enter
            }
            Step::Open(node) => page.open(leaf.tree.content(node)),
            Step::Close => {
                page.close();
                Below::Enter
            }
        });
        Some(page.written)
    }

    /// Where a link leads, seen from a page of the book; `None` where nothing in the book or
    /// outside answers.
    fn href(&self, path: &str, href: &str) -> Option<String> {
        let href = href.trim();
        if let Some((scheme, rest)) = href.split_once(':')
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c))
        {
            let scheme = scheme.to_ascii_lowercase();
            return match scheme.as_str() {
                "http" | "https" => has_host(rest).then(|| encoded(href)),
                "mailto" => Some(encoded(href)),
                _ => None,
            };
        }
        let (target, fragment) = href.split_once('#').unwrap_or((href, ""));
        let target = target.split('?').next().unwrap_or_default();
        let mut file = if target.is_empty() {
            path.to_owned()
        } else {
            join_path(path, &percent_decode(target)?)?
        };
        if target.ends_with('/') {
            file = format!("{}/index.html", file.trim_end_matches('/'));
        }
        let Some(leaf) = self.leaves.get(&file) else {
            let site = self.site_url?;
            return Some(encoded(&format!(
                "{site}{}{}",
                encode_path(&file),
                &href[target.len()..]
            )));
        };
        let fragment = percent_decode(fragment)?;
        let anchor = leaf.ids.contains(&fragment).then(|| format!("#{}", xml_id(&fragment)));
        let anchor = anchor.unwrap_or_default();
        if file == path && !anchor.is_empty() {
            return Some(anchor);
        }
        let to = relative_path(&book_path(path), &book_path(&file));
        Some(format!("{}{anchor}", encode_path(&to)))
    }
}

/// Whether an address names a host that can be one.
fn has_host(rest: &str) -> bool {
    let Some(rest) = rest.strip_prefix("//") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !host.ends_with(']') => (name, port),
        _ => (host, ""),
    };
    !name.is_empty()
        && (port.is_empty() || port.parse::<u16>().is_ok())
        && !name.contains(|c: char| c.is_whitespace() || "<>\"{}|\\^`%".contains(c))
}

/// An address with the signs encoded that no address may hold.
fn encoded(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    let mut fragment = false;
    for (at, c) in address.char_indices() {
        let escape = match c {
            ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => true,
            // A second `#` belongs to the fragment.
            '#' => std::mem::replace(&mut fragment, true),
            '%' => !address.as_bytes()[at + 1..]
                .get(..2)
                .is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)),
            c => c.is_control(),
        };
        if escape {
            let _ = write!(out, "%{:02X}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// A page that is being written.
struct Page<'a> {
    book: &'a Book<'a>,
    path: &'a str,
    written: Written,
    /// The end tags of what is open.
    ends: Vec<Option<String>>,
}

impl Page<'_> {
    fn close(&mut self) {
        if let Some(Some(name)) = self.ends.pop() {
            self.written.xhtml.push_str("</");
            self.written.xhtml.push_str(&name);
            self.written.xhtml.push('>');
        }
    }

    fn open(&mut self, content: &Content) -> Below {
        let element = match content {
            Content::Text(text) => {
                escape_xml(&mut self.written.xhtml, text);
                return Below::Pass;
            }
            Content::Nothing => return Below::Pass,
            Content::Element(element) => element,
        };
        match fate(element) {
            Fate::Drop => Below::Pass,
            Fate::Box => {
                self.written.xhtml.push_str("<span class=\"box\">☐</span>");
                Below::Pass
            }
            Fate::Unwrap => {
                self.ends.push(None);
                Below::Enter
            }
            Fate::Keep => self.element(element, element.name()),
            Fate::As(name) => self.element(element, name),
        }
    }

    fn element(&mut self, element: &Element, name: &str) -> Below {
        match element.vocabulary() {
            Vocabulary::Html if name == "img" => return self.picture(element),
            Vocabulary::Html if name == "a" => {
                let href = element.get("href").and_then(|href| self.book.href(self.path, href));
                let name = if href.is_some() { "a" } else { "span" };
                self.begin(element, name);
                if let Some(href) = href {
                    self.attribute("href", &href);
                }
            }
            Vocabulary::Html => self.begin(element, name),
            vocabulary => self.begin_foreign(element, name, vocabulary),
        }
        if element.vocabulary() == Vocabulary::Html && VOID.contains(&name) {
            self.written.xhtml.push_str("/>");
            return Below::Pass;
        }
        self.written.xhtml.push('>');
        Below::Enter
    }

    fn begin(&mut self, element: &Element, name: &str) {
        self.written.xhtml.push('<');
        self.written.xhtml.push_str(name);
        let mut known = ATTRIBUTES.iter().filter(|(of, _)| of.is_empty() || *of == name);
        let known: Vec<&str> =
            known.by_ref().flat_map(|(_, names)| names.iter().copied()).collect();
        for (attribute, value) in &element.attributes {
            match attribute.as_str() {
                "id" if !value.is_empty() => self.attribute("id", &xml_id(value)),
                "lang" if is_language(value) => {
                    self.attribute("lang", value);
                    self.attribute("xml:lang", value);
                }
                "dir" if !matches!(value.as_str(), "ltr" | "rtl" | "auto") => {}
                "start" | "value" | "colspan" | "rowspan" | "span" | "width" | "height"
                    if value.parse::<u32>().is_err() => {}
                "reversed" => self.attribute("reversed", "reversed"),
                other if known.contains(&other) => self.attribute(other, value),
                _ => {}
            }
        }
        if !VOID.contains(&name) {
            self.ends.push(Some(name.to_owned()));
        }
    }

    fn begin_foreign(&mut self, element: &Element, name: &str, vocabulary: Vocabulary) {
        self.written.xhtml.push('<');
        self.written.xhtml.push_str(name);
        match (vocabulary, name) {
            (Vocabulary::Svg, "svg") => {
                self.written.has_svg = true;
                self.attribute("xmlns", "http://www.w3.org/2000/svg");
                self.attribute("xmlns:xlink", "http://www.w3.org/1999/xlink");
            }
            (Vocabulary::MathMl, "math") => {
                self.written.has_math = true;
                self.attribute("xmlns", "http://www.w3.org/1998/Math/MathML");
            }
            _ => {}
        }
        for (attribute, value) in &element.attributes {
            let attribute = attribute.as_str();
            let is_plain = attribute.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            let active = attribute.starts_with("on") || attribute.starts_with("data-");
            match attribute {
                "id" if !value.is_empty() => self.attribute("id", &xml_id(value)),
                "href" | "xlink:href" if name == "use" => {
                    if let Some(id) = value.strip_prefix('#') {
                        self.attribute("xlink:href", &format!("#{}", xml_id(id)));
                    }
                }
                "href" | "style" | "tabindex" | "xmlns" | "lang" | "target" | "rel"
                | "aria-labelledby" | "aria-describedby" | "aria-controls" => {}
                _ if is_plain && !active => self.attribute(attribute, value),
                _ => {}
            }
        }
        self.ends.push(Some(name.to_owned()));
    }

    fn attribute(&mut self, name: &str, value: &str) {
        let out = &mut self.written.xhtml;
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        escape_xml(out, value);
        out.push('"');
    }

    /// A picture of the book, or the words that stand for it.
    fn picture(&mut self, element: &Element) -> Below {
        let alt = element.get("alt").unwrap_or_default();
        let found = element
            .get("src")
            .and_then(percent_decode)
            .and_then(|source| join_path(self.path, &source))
            .and_then(|site_path| self.book.pictures.get_key_value(&site_path));
        let Some((site_path, book_path)) = found else {
            escape_xml(&mut self.written.xhtml, alt);
            return Below::Pass;
        };
        self.written.pictures.insert(site_path.clone());
        self.begin(element, "img");
        let source = relative_path(self.path, book_path);
        self.attribute("src", &encode_path(&source));
        self.attribute("alt", alt);
        self.written.xhtml.push_str("/>");
        Below::Pass
    }
}

fn is_language(value: &str) -> bool {
    !value.is_empty()
        && value.split('-').all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
        && value.starts_with(|c: char| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(main: &str) -> Written {
        let mut leaves = BTreeMap::new();
        let page = format!("<title>x</title><main>{main}</main><p>outside");
        leaves.insert("stages/a/index.html".to_owned(), Leaf::read(&page).expect("it has a main"));
        let other = Leaf::read("<main><h2 id=1-й>x</h2></main>").expect("it has a main");
        leaves.insert("index.html".to_owned(), other);
        let pictures = [("stages/a/b.png".to_owned(), "stages/a/b.png".to_owned())].into();
        let book = Book { leaves, pictures, site_url: None };
        book.write("stages/a/index.html").expect("the page is there")
    }

    #[test]
    fn what_a_book_keeps() {
        let cases = [
            ("<p>a<br>b<p>c &amp; d", "<p>a<br/>b</p><p>c &amp; d</p>"),
            ("<b><i>x</b>y</i>", "<b><i>x</i></b><i>y</i>"),
            (
                "<li><input type=checkbox data-item=q> <label for=t>l</label>",
                "<li><span class=\"box\">☐</span> <span>l</span></li>",
            ),
            ("<script>1</script><nav>n</nav><p hidden>h</p><button>b</button>", ""),
            ("<font color=red onclick=x>a</font><p onclick=x style=y>b</p>", "a<p>b</p>"),
            (
                "<img src=b.png onerror=x><img src=//e/c.png alt=c>",
                "<img src=\"b.png\" alt=\"\"/>c",
            ),
            ("<a href='../../index.html#1-й'>x</a>", "<a href=\"../../index.xhtml#_1-й\">x</a>"),
            ("<a href='../../index.html#gone'>x</a>", "<a href=\"../../index.xhtml\">x</a>"),
            (
                "<a href='../../none.html'>x</a><a href='javascript:x'>y</a>",
                "<span>x</span><span>y</span>",
            ),
            (
                "<a href='https://e.x/a b?c=[d]&e#f#g'>x</a>",
                "<a href=\"https://e.x/a%20b?c=[d]&amp;e#f%23g\">x</a>",
            ),
            ("<p id='a b' lang=en>x\u{1}", "<p id=\"a_20_b\" lang=\"en\" xml:lang=\"en\">x</p>"),
        ];
        for (main, expected) in cases {
            assert_eq!(write(main).xhtml, expected, "{main}");
        }
    }

    #[test]
    fn formulas_and_drawings_are_declared() {
        let written = write(
            "<math><mi>x</mi></math><svg viewBox='0 0 1 1' onload=x><a href=y><path d=M0 /></a></svg>",
        );
        assert!(written.has_math && written.has_svg);
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 1 1\"><g><path d=\"M0\"></path></g></svg>";
        assert!(written.xhtml.ends_with(svg), "{}", written.xhtml);
    }
}
