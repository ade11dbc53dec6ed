//! The curriculum as a book: EPUB 3.
//!
//! Input: the finished [`Site`], [`Linked`] and the interface's words. Output: the bytes of the
//! book. Responsibility: the package: its documents in order, contents, cover and metadata.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use rayon::prelude::*;

use super::archive::{Archive, Packing};
use super::contents::{Entry, contents};
use super::xhtml::{Book, Leaf, Written, book_path, escape_xml};
use crate::link::Linked;
use crate::snapshot::Site;
use crate::words::Words;

/// How the book looks.
const STYLE: &str = include_str!("book.css");
/// The book changes when its content does, whenever it was made; a format that asks for a time
/// gets one that is the same on every machine.
const MODIFIED: &str = "2000-01-01T00:00:00Z";

/// Makes the book.
pub(super) fn epub(site: &Site, linked: &Linked, words: &Words) -> Vec<u8> {
    let config = &linked.curriculum.config;
    let entries = contents(linked, words, site);
    let order: Vec<&Entry> = entries.iter().flat_map(Entry::pages).collect();
    let leaves: BTreeMap<String, Leaf> = order
        .par_iter()
        .filter_map(|entry| {
            let html = std::str::from_utf8(site.files.get(&entry.path)?).ok()?;
            Some((entry.path.clone(), Leaf::read(html)?))
        })
        .collect();
    let book = Book { leaves, pictures: pictures(site), site_url: config.site_url.as_deref() };
    let chapters: Vec<Chapter> = order
        .par_iter()
        .filter_map(|entry| Some(Chapter { entry, written: book.write(&entry.path)? }))
        .collect();

    let mut archive = Archive::new();
    // Readers recognise the format by these first bytes.
    archive.add_as("mimetype", b"application/epub+zip", Packing::Stored);
    archive.add("META-INF/container.xml", CONTAINER.as_bytes());
    let writer = Writer { config, words, language: xml(&config.language) };
    archive.add("EPUB/package.opf", writer.package(&book, &chapters).as_bytes());
    archive.add("EPUB/nav.xhtml", writer.nav(&book, &entries).as_bytes());
    archive.add("EPUB/cover.xhtml", writer.cover_page().as_bytes());
    archive.add("EPUB/cover.svg", super::cover::svg(config).as_bytes());
    archive.add("EPUB/book.css", STYLE.as_bytes());
    for chapter in &chapters {
        let path = book_path(&chapter.entry.path);
        let document = writer.document(&path, &chapter.entry.title, &chapter.written.xhtml);
        archive.add(&format!("EPUB/{path}"), document.as_bytes());
    }
    for site_path in shown(&chapters) {
        archive.add(&format!("EPUB/{}", book.pictures[site_path]), &site.files[site_path]);
    }
    archive.finish()
}

/// A page of the book.
struct Chapter<'a> {
    entry: &'a Entry,
    written: Written,
}

/// The pictures that some chapter shows.
fn shown<'a>(chapters: &'a [Chapter<'_>]) -> BTreeSet<&'a String> {
    chapters.iter().flat_map(|chapter| &chapter.written.pictures).collect()
}

const CONTAINER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"#;

/// The media type of a picture that every reading system shows.
fn media_type(path: &str) -> Option<&'static str> {
    let extension = path.rsplit_once('.')?.1.to_ascii_lowercase();
    Some(match extension.as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "svg" => "image/svg+xml",
        _ => return None,
    })
}

/// The pictures of the site that a book may hold, with their paths in it.
fn pictures(site: &Site) -> BTreeMap<String, String> {
    let usable = site.files.iter().filter(|(path, bytes)| match media_type(path) {
        Some("image/svg+xml") => is_quiet(bytes),
        kind => kind.is_some(),
    });
    usable
        .map(|(path, _)| {
            let plain = path.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./".contains(&b));
            let in_book = if plain {
                path.clone()
            } else {
                let name = blake3::hash(path.as_bytes()).to_hex();
                let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
                format!("pictures/{}.{}", &name[..16], extension.to_ascii_lowercase())
            };
            (path.clone(), in_book)
        })
        .collect()
}

/// Whether a drawing neither runs nor fetches anything.
fn is_quiet(svg: &[u8]) -> bool {
    let text = String::from_utf8_lossy(svg).to_lowercase();
    let loud = ["<script", "<foreignobject", "href=\"http", "href='http", "url(http", "@import"];
    std::str::from_utf8(svg).is_ok() && !loud.iter().any(|sign| text.contains(sign))
}

/// Text for XML, both inside elements and attributes.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_xml(&mut out, text);
    out
}

struct Writer<'a> {
    config: &'a crate::parse::config::Config,
    words: &'a Words,
    language: String,
}

impl Writer<'_> {
    fn word(&self, id: &str) -> String {
        xml(&self.words.get(id, &[]))
    }

    /// A whole document around a body.
    fn document(&self, path: &str, title: &str, body: &str) -> String {
        let language = &self.language;
        let root = "../".repeat(path.matches('/').count());
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
             <html xmlns=\"http://www.w3.org/1999/xhtml\" \
             xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"{language}\" \
             xml:lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\"/>\n<title>{}</title>\n\
             <link rel=\"stylesheet\" href=\"{root}book.css\"/>\n</head>\n<body>\n{body}\n</body>\n\
             </html>\n",
            xml(title)
        )
    }

    fn cover_page(&self) -> String {
        let title = &self.config.title;
        let body = format!(
            "<section class=\"cover\" epub:type=\"cover\"><img src=\"cover.svg\" alt=\"{}\"/></section>",
            xml(title)
        );
        self.document("cover.xhtml", title, &body)
    }

    fn nav(&self, book: &Book<'_>, entries: &[Entry]) -> String {
        let heading = self.word("bundle-contents");
        let mut list = String::new();
        write_list(&mut list, book, entries);
        let first = entries.first().map(|entry| book_path(&entry.path)).unwrap_or_default();
        let cover = self.word("bundle-cover");
        let start = self.word("bundle-start");
        let body = format!(
            "<nav epub:type=\"toc\" id=\"toc\" class=\"contents\"><h1>{heading}</h1>\n{list}</nav>\n\
             <nav epub:type=\"landmarks\" hidden=\"hidden\"><ol>\n\
             <li><a epub:type=\"cover\" href=\"cover.xhtml\">{cover}</a></li>\n\
             <li><a epub:type=\"toc\" href=\"nav.xhtml\">{heading}</a></li>\n\
             <li><a epub:type=\"bodymatter\" href=\"{first}\">{start}</a></li>\n</ol></nav>"
        );
        self.document("nav.xhtml", &self.words.get("bundle-contents", &[]), &body)
    }

    fn package(&self, book: &Book<'_>, chapters: &[Chapter<'_>]) -> String {
        let mut manifest = String::from(
            "<item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n\
             <item id=\"cover\" href=\"cover.xhtml\" media-type=\"application/xhtml+xml\"/>\n\
             <item id=\"cover-image\" href=\"cover.svg\" media-type=\"image/svg+xml\" properties=\"cover-image\"/>\n\
             <item id=\"style\" href=\"book.css\" media-type=\"text/css\"/>\n",
        );
        let mut spine = String::from("<itemref idref=\"cover\"/>\n<itemref idref=\"nav\"/>\n");
        for (at, Chapter { entry, written }) in chapters.iter().enumerate() {
            let path = xml(&crate::text::encode_path(&book_path(&entry.path)));
            let mut properties = Vec::new();
            properties.extend(written.has_math.then_some("mathml"));
            properties.extend(written.has_svg.then_some("svg"));
            let properties = if properties.is_empty() {
                String::new()
            } else {
                format!(" properties=\"{}\"", properties.join(" "))
            };
            let _ = writeln!(
                manifest,
                "<item id=\"page-{at}\" href=\"{path}\" media-type=\"application/xhtml+xml\"{properties}/>"
            );
            let _ = writeln!(spine, "<itemref idref=\"page-{at}\"/>");
        }
        let shown = shown(chapters);
        for (at, site_path) in shown.iter().enumerate() {
            let kind = media_type(site_path).unwrap_or_default();
            let path = xml(&book.pictures[*site_path]);
            let _ = writeln!(
                manifest,
                "<item id=\"picture-{at}\" href=\"{path}\" media-type=\"{kind}\"/>"
            );
        }
        let metadata = self.metadata(chapters, !shown.is_empty());
        let language = &self.language;
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" \
             unique-identifier=\"id\" xml:lang=\"{language}\">\n\
             <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n{metadata}</metadata>\n\
             <manifest>\n{manifest}</manifest>\n<spine>\n{spine}</spine>\n</package>\n"
        )
    }

    fn metadata(&self, chapters: &[Chapter<'_>], has_pictures: bool) -> String {
        let config = self.config;
        let mut out = String::new();
        let mut add = |tag: &str, attributes: &str, value: &str| {
            let _ = writeln!(out, "<{tag}{attributes}>{}</{tag}>", xml(value));
        };
        add("dc:identifier", " id=\"id\"", &identifier(&config.id));
        add("dc:title", "", &config.title);
        add("dc:language", "", &config.language);
        for author in &config.authors {
            add("dc:creator", "", author);
        }
        for (tag, value) in [
            ("dc:description", &config.description),
            ("dc:rights", &config.license),
            ("dc:source", &config.site_url),
        ] {
            if let Some(value) = value {
                add(tag, "", value);
            }
        }
        let has_math = chapters.iter().any(|chapter| chapter.written.has_math);
        let has_svg = chapters.iter().any(|chapter| chapter.written.has_svg);
        let mut meta = |property: &str, value: &str| {
            add("meta", &format!(" property=\"{property}\""), value);
        };
        meta("dcterms:modified", MODIFIED);
        meta("schema:accessMode", "textual");
        if has_pictures || has_svg {
            meta("schema:accessMode", "visual");
        }
        meta("schema:accessModeSufficient", "textual");
        let features =
            ["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability"];
        for feature in features {
            meta("schema:accessibilityFeature", feature);
        }
        if has_pictures {
            meta("schema:accessibilityFeature", "alternativeText");
        }
        if has_math {
            meta("schema:accessibilityFeature", "MathML");
        }
        meta("schema:accessibilityHazard", "none");
        meta("schema:accessibilitySummary", &self.words.get("bundle-accessibility", &[]));
        out
    }
}

/// A name for the book that its editions share, made from the curriculum's permanent id.
fn identifier(id: &str) -> String {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&blake3::hash(format!("roadbook:{id}").as_bytes()).as_bytes()[..16]);
    // Version 8: a hash of the maker's own choice.
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut out = String::from("urn:uuid:");
    for (at, byte) in bytes.iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            out.push('-');
        }
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// The contents, as far as the book holds their pages.
fn write_list(out: &mut String, book: &Book<'_>, entries: &[Entry]) {
    let held: Vec<&Entry> =
        entries.iter().filter(|entry| book.leaves.contains_key(&entry.path)).collect();
    if held.is_empty() {
        return;
    }
    out.push_str("<ol>\n");
    for entry in held {
        let path = xml(&crate::text::encode_path(&book_path(&entry.path)));
        let lang = entry.lang.map(|lang| format!(" lang=\"{lang}\" xml:lang=\"{lang}\""));
        let lang = lang.unwrap_or_default();
        let _ = write!(out, "<li><a href=\"{path}\"{lang}>{}</a>", xml(&entry.title));
        write_list(out, book, &entry.children);
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n");
}
