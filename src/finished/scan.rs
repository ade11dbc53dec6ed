//! The ids and addresses in the HTML of a page.
//!
//! Input: HTML. Output: [`Scanned`]. Responsibility: the only module that knows the HTML tokenizer;
//! of all that it reads only ids and addresses are kept, since every page of the site passes here.
//! Nearly all pages are written in the plain way of templates and Markdown, which `plain` reads
//! several times faster; the tokenizer reads the others.

use std::borrow::Cow;

use html5gum::emitters::Emitter;
use html5gum::{Error, State, Tokenizer};

mod plain;

/// The ids and addresses of a page, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Scanned<'h> {
    /// The ids of its elements.
    pub(super) ids: Vec<Cow<'h, str>>,
    /// Addresses that a reader may follow.
    pub(super) links: Vec<Cow<'h, str>>,
    /// Addresses that the browser fetches by itself.
    pub(super) fetched: Vec<Cow<'h, str>>,
}

/// Reads a page.
pub(super) fn scan(html: &str) -> Scanned<'_> {
    plain::scan(html).unwrap_or_else(|| tokenized(html))
}

fn tokenized(html: &str) -> Scanned<'static> {
    let mut pages = Tokenizer::new_with_emitter(html, Scanner::default()).map(|Ok(page)| page);
    pages.next().unwrap_or_default()
}

/// Attributes whose address the browser fetches by itself, by the element that has them.
fn fetches(tag: &[u8], attribute: &[u8]) -> bool {
    match attribute {
        b"src" | b"srcset" | b"poster" => true,
        b"data" => tag == b"object",
        b"href" => tag == b"image" || tag == b"use",
        _ => false,
    }
}

/// Takes what the tokenizer reads. Its only token is the page, at the end.
#[derive(Default)]
struct Scanner {
    page: Scanned<'static>,
    tag: Tag,
    last_start_tag: Vec<u8>,
    at_end: bool,
}

/// The tag that is being read. Its buffers serve all tags of a page.
#[derive(Default)]
struct Tag {
    starts: bool,
    name: Vec<u8>,
    attributes: Vec<Attribute>,
    /// How many of the attributes are this tag's.
    count: usize,
}

#[derive(Default)]
struct Attribute {
    name: Vec<u8>,
    value: Vec<u8>,
}

impl Tag {
    fn begin(&mut self, starts: bool) {
        self.starts = starts;
        self.name.clear();
        self.count = 0;
    }

    fn begin_attribute(&mut self) {
        if self.count == self.attributes.len() {
            self.attributes.push(Attribute::default());
        }
        let attribute = &mut self.attributes[self.count];
        attribute.name.clear();
        attribute.value.clear();
        self.count += 1;
    }

    fn attribute(&mut self) -> &mut Attribute {
        &mut self.attributes[self.count - 1]
    }

    /// Those of its attributes that matter.
    fn attributes(&self) -> Vec<(&[u8], Cow<'static, str>)> {
        let attributes = self.attributes[..self.count].iter();
        attributes
            .filter(|attribute| matters(&attribute.name))
            .map(|Attribute { name, value }| {
                (name.as_slice(), Cow::Owned(String::from_utf8_lossy(value).into_owned()))
            })
            .collect()
    }
}

/// Whether a page keeps anything of an attribute.
fn matters(name: &[u8]) -> bool {
    matches!(name, b"id" | b"href" | b"src" | b"srcset" | b"poster" | b"data" | b"rel")
}

fn is_fetched_link(tag: &[u8], attributes: &[(&[u8], Cow<'_, str>)]) -> bool {
    let fetched = |word: &str| matches!(word, "stylesheet" | "icon" | "preload" | "manifest");
    let rel = attributes.iter().find(|(name, _)| *name == b"rel");
    tag == b"link"
        && rel.is_some_and(|(_, value)| value.split(|c: char| c.is_ascii_whitespace()).any(fetched))
}

impl<'h> Scanned<'h> {
    /// Adds what a start tag says: its name, and those of its attributes that matter.
    fn add(&mut self, tag: &[u8], attributes: &[(&[u8], Cow<'h, str>)]) {
        for (at, (name, value)) in attributes.iter().enumerate() {
            if attributes[..at].iter().any(|(other, _)| other == name) {
                // Of two with one name the first counts.
                continue;
            }
            match *name {
                b"id" => self.ids.push(value.clone()),
                b"srcset" => {
                    let first = |part: &str| Some(part.split_whitespace().next()?.to_owned());
                    self.fetched.extend(value.split(',').filter_map(first).map(Cow::Owned));
                }
                name if fetches(tag, name) => self.fetched.push(value.clone()),
                b"href" if is_fetched_link(tag, attributes) => self.fetched.push(value.clone()),
                b"href" => self.links.push(value.clone()),
                _ => {}
            }
        }
    }
}

impl Emitter for Scanner {
    type Token = Scanned<'static>;

    fn set_last_start_tag(&mut self, last_start_tag: Option<&[u8]>) {
        self.last_start_tag.clear();
        self.last_start_tag.extend(last_start_tag.unwrap_or_default());
    }

    fn emit_eof(&mut self) {
        self.at_end = true;
    }

    fn pop_token(&mut self) -> Option<Scanned<'static>> {
        std::mem::take(&mut self.at_end).then(|| std::mem::take(&mut self.page))
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn init_start_tag(&mut self) {
        self.tag.begin(true);
    }

    fn init_end_tag(&mut self) {
        self.tag.begin(false);
    }

    fn push_tag_name(&mut self, name: &[u8]) {
        self.tag.name.extend(name);
    }

    fn init_attribute(&mut self) {
        self.tag.begin_attribute();
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        self.tag.attribute().name.extend(name);
    }

    fn push_attribute_value(&mut self, value: &[u8]) {
        self.tag.attribute().value.extend(value);
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        if self.tag.starts {
            self.page.add(&self.tag.name, &self.tag.attributes());
            self.last_start_tag.clone_from(&self.tag.name);
        }
        None
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        !self.tag.starts && !self.tag.name.is_empty() && self.tag.name == self.last_start_tag
    }

    fn emit_error(&mut self, _: Error) {}
    fn emit_string(&mut self, _: &[u8]) {}
    fn init_comment(&mut self) {}
    fn emit_current_comment(&mut self) {}
    fn emit_current_doctype(&mut self) {}
    fn set_self_closing(&mut self) {}
    fn set_force_quirks(&mut self) {}
    fn push_comment(&mut self, _: &[u8]) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn init_doctype(&mut self) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Pieces of HTML, plain and strange.
    const PIECES: &[&str] = &[
        "<a href=\"../b/index.html#c\" rel=\"noopener\">",
        "</a>",
        "<p id=\"x\">",
        "text ",
        "<p id=\"x\" id=y>",
        "<img src=\"a.png\" srcset=\"b.png 2x, c.png\" hidden>",
        "< b",
        "<1",
        "<link rel=\"alternate icon\" href=\"i.svg\">",
        "<link rel=\"canonical\" href=\"d\">",
        "<br/>",
        "<BR ID=Z>",
        "<a href='q'>",
        "<a href=u>",
        "<!-- <a id=\"in\"> -->",
        "<!-->",
        "-->",
        "<!doctype html>",
        "<![CDATA[ <i id=\"c\"> ]]>",
        "<?x id=\"d\"?>",
        "&amp;",
        "\0",
        "\"",
        ">",
        "<a href=\"e&amp;f\" title=\"&lt;>\">",
        "<a\nid=\"n\"\t href = \"w\" >",
        "<a id=\"",
        "<",
        "<script>if (a<b && c>d) { '</p>' }</script>",
        "<use href=\"#u\"/>",
        "</a id=\"e\">",
        "</ a>",
        "<a id>",
        "<a id=\"r\"href=\"s\">",
        "<object data=\"t\" src=\"\">",
        "é",
        "<é id=\"é\">",
        "<!-- a -- b --!> <i id=\"k\">",
        "<i id=\"\r\n\">",
        "<svg:a xlink:href=\"l\">",
        "<a =\"b\">",
        "<svg viewBox=\"0 0 1 1\" id=\"v\">",
        "<a hRef=\"h\" ID=\"w\" href=\"j\">",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn the_plain_reader_agrees_with_the_tokenizer(
            pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..12),
        ) {
            let html = pieces.concat();
            if let Some(page) = plain::scan(&html) {
                prop_assert_eq!(page, tokenized(&html), "{}", html);
            }
        }
    }

    #[test]
    fn what_templates_write_is_plain() {
        let html = "<!DOCTYPE html>\n<html lang=\"en\"><head><!-- a --><link rel=\"icon\" href=\"i\">\
            </head><body id=\"b\" class='k'><svg viewBox=\"0 0 1 1\"></svg><a href=\"c#d\">&amp; < e</a><br/></body></html>";
        assert!(plain::scan(&html.replace('\'', "\"")).is_some());
        assert!(plain::scan(html).is_none());
        let page = scan(html);
        assert_eq!((page.links, page.fetched), (vec!["c#d".into()], vec!["i".into()]));
        assert_eq!(page.ids, ["b"]);
    }
}
