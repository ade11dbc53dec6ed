//! What one page of the finished site offers and asks for.
//!
//! Input: HTML. Output: [`Page`]. Responsibility: the only module that knows the HTML tokenizer;
//! of all that it reads only ids and addresses are kept, since every page of the site passes here.

use std::collections::BTreeSet;

use html5gum::emitters::Emitter;
use html5gum::{Error, State, Tokenizer};

/// What one page offers and asks for.
#[derive(Default)]
pub(super) struct Page {
    /// The ids of its elements.
    pub(super) ids: BTreeSet<Vec<u8>>,
    /// Addresses that a reader may follow.
    pub(super) links: BTreeSet<String>,
    /// Addresses that the browser fetches by itself.
    pub(super) fetched: BTreeSet<String>,
    /// An id that two elements have.
    pub(super) twice: Option<String>,
}

/// Reads a page.
pub(super) fn scan(html: &str) -> Page {
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
    page: Page,
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

    /// Its attributes; of two with one name the first counts.
    fn attributes(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        let all = &self.attributes[..self.count];
        all.iter().enumerate().filter_map(|(at, attribute)| {
            let first = all[..at].iter().all(|other| other.name != attribute.name);
            first.then_some((attribute.name.as_slice(), attribute.value.as_slice()))
        })
    }

    fn is_fetched_link(&self) -> bool {
        let fetched =
            |word: &[u8]| matches!(word, b"stylesheet" | b"icon" | b"preload" | b"manifest");
        self.name == b"link"
            && self.attributes().any(|(name, value)| {
                name == b"rel" && value.split(u8::is_ascii_whitespace).any(fetched)
            })
    }
}

impl Page {
    fn add(&mut self, tag: &Tag) {
        let is_fetched_link = tag.is_fetched_link();
        for (name, value) in tag.attributes() {
            let text = || String::from_utf8_lossy(value).into_owned();
            match name {
                b"id" if !self.ids.insert(value.to_vec()) => {
                    self.twice.get_or_insert_with(text);
                }
                b"href" if is_fetched_link => {
                    self.fetched.insert(text());
                }
                b"srcset" => {
                    let text = text();
                    let first = |part: &str| part.split_whitespace().next().map(str::to_owned);
                    self.fetched.extend(text.split(',').filter_map(first));
                }
                name if fetches(&tag.name, name) => {
                    self.fetched.insert(text());
                }
                b"href" => {
                    self.links.insert(text());
                }
                _ => {}
            }
        }
    }
}

impl Emitter for Scanner {
    type Token = Page;

    fn set_last_start_tag(&mut self, last_start_tag: Option<&[u8]>) {
        self.last_start_tag.clear();
        self.last_start_tag.extend(last_start_tag.unwrap_or_default());
    }

    fn emit_eof(&mut self) {
        self.at_end = true;
    }

    fn pop_token(&mut self) -> Option<Page> {
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
            self.page.add(&self.tag);
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
