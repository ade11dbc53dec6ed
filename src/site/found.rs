//! What machines read to find the pages.
//!
//! Input: [`Linked`] and the paths of all pages. Output: `sitemap.xml`, `robots.txt`, `feed.xml` and
//! `llms.txt`. Responsibility: their formats; all but the last name absolute addresses and are there
//! only where `site.url` is. An entry of a feed must say when it changed, so the feed is made of the
//! one page whose author says so.

use std::fmt::Write as _;

use crate::document::plain_blocks;
use crate::link::Linked;
use crate::model::{dated, news};
use crate::text::{collapse, encode_path, escape};
use crate::tree::PageNo;

/// The most addresses that one sitemap may hold.
const MOST_ADDRESSES: usize = 50_000;
const FEED: &str = "feed.xml";
/// Pages that are of no use to whoever searches.
const PRIVATE: [&str; 5] = ["404.html", "hub.html", "offline.html", "progress/", "print/"];

/// All files by path.
pub(super) fn files<'a>(
    linked: &Linked,
    pages: impl Iterator<Item = &'a String>,
) -> Vec<(String, String)> {
    let mut files = vec![("llms.txt".to_owned(), llms(linked))];
    let Some(url) = linked.curriculum.config.site_url.as_deref() else { return files };
    let addresses: Vec<String> = pages
        .filter(|path| path.ends_with(".html"))
        .filter(|path| !PRIVATE.iter().any(|private| path.starts_with(private)))
        .map(|path| address(url, path))
        .collect();
    files.extend(sitemaps(url, &addresses));
    let robots = format!("User-agent: *\nAllow: /\n\nSitemap: {url}sitemap.xml\n");
    files.push(("robots.txt".to_owned(), robots));
    files.extend(feed(linked, url).map(|feed| (FEED.to_owned(), feed)));
    files
}

/// What is new, after RFC 4287 (Atom): the sections of the page `news` whose headings begin with a day.
fn feed(linked: &Linked, url: &str) -> Option<String> {
    let curriculum = &linked.curriculum;
    let config = &curriculum.config;
    let page = news(curriculum)?;
    let document = &curriculum.pages[page].draft.document;
    let place = address(url, &linked.pages[page].url);
    let mut entries: Vec<(&str, String)> = Vec::new();
    for (no, section) in document.sections.iter().enumerate() {
        let heading = &document.headings[section.heading];
        let Some((day, title)) = dated(heading) else { continue };
        let text = plain_blocks(document.below(no));
        let link = escape(&format!("{place}#{}", heading.anchor));
        let entry = format!(
            "<entry>\n<id>{link}</id>\n<title>{}</title>\n<updated>{day}T00:00:00Z</updated>\n\
             <link href=\"{link}\"/>\n<summary>{}</summary>\n</entry>\n",
            escape(title),
            escape(&text),
        );
        entries.push((day, entry));
    }
    // The newest first, as readers of feeds expect; of one day in the order of the page.
    entries.sort_by(|one, other| other.0.cmp(one.0));
    let newest = entries.first()?.0;
    let author = config.authors.first().unwrap_or(&config.title);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<id>{url}</id>\n\
         <title>{}</title>\n<updated>{newest}T00:00:00Z</updated>\n\
         <author><name>{}</name></author>\n<link href=\"{place}\"/>\n\
         <link rel=\"self\" href=\"{url}{FEED}\"/>\n",
        escape(&config.language),
        escape(&config.title),
        escape(author),
        url = escape(url),
        place = escape(&place),
    );
    for (_, entry) in entries {
        out.push_str(&entry);
    }
    out.push_str("</feed>\n");
    Some(out)
}

fn address(url: &str, path: &str) -> String {
    format!("{url}{}", encode_path(path.strip_suffix("index.html").unwrap_or(path)))
}

/// One sitemap, or several and one that lists them.
fn sitemaps(url: &str, addresses: &[String]) -> Vec<(String, String)> {
    if addresses.len() <= MOST_ADDRESSES {
        return vec![("sitemap.xml".to_owned(), list("urlset", "url", addresses))];
    }
    let parts: Vec<(String, String)> = addresses
        .chunks(MOST_ADDRESSES)
        .enumerate()
        .map(|(at, part)| (format!("sitemap-{}.xml", at + 1), list("urlset", "url", part)))
        .collect();
    let names: Vec<String> = parts.iter().map(|(path, _)| format!("{url}{path}")).collect();
    let mut files = vec![("sitemap.xml".to_owned(), list("sitemapindex", "sitemap", &names))];
    files.extend(parts);
    files
}

fn list(root: &str, entry: &str, addresses: &[String]) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <{root} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    );
    for address in addresses {
        let _ = writeln!(out, "<{entry}><loc>{}</loc></{entry}>", escape(address));
    }
    let _ = writeln!(out, "</{root}>");
    out
}

/// The curriculum in short, for programs that read it for somebody.
fn llms(linked: &Linked) -> String {
    let curriculum = &linked.curriculum;
    let config = &curriculum.config;
    let url = config.site_url.as_deref().unwrap_or_default();
    let mut out = format!("# {}\n", plain(&config.title));
    if let Some(description) = &config.description {
        let _ = write!(out, "\n> {}\n", plain(description));
    }
    let write = |page: PageNo, about: Option<&str>| {
        let own = &curriculum.pages[page];
        let number = own.number.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
        let path = encode_path(&linked.pages[page].url);
        let about = about.map(|about| format!(": {}", plain(about))).unwrap_or_default();
        format!("- [{number}{}]({url}{path}){about}\n", plain(&own.title))
    };
    for level in &curriculum.levels {
        let own = &curriculum.pages[level.page];
        let number = own.number.as_ref().map(|number| format!("{number}. ")).unwrap_or_default();
        let _ = write!(out, "\n## {number}{}\n\n", plain(&own.title));
        for stage in &curriculum.stages[level.stages.clone()] {
            out.push_str(&write(stage.page, stage.fields.goal.as_deref()));
        }
    }
    out.push_str("\n## Optional\n\n");
    let _ = writeln!(
        out,
        "- [curriculum.json]({url}curriculum.json): levels, stages, topics and projects as data"
    );
    let others = curriculum.sources.iter().map(|source| source.page);
    let others = others.chain(curriculum.articles.iter().copied());
    for page in others.chain(curriculum.glossary.iter().map(|glossary| glossary.page)) {
        out.push_str(&write(page, None));
    }
    out
}

/// Text in one line that means nothing in Markdown.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in collapse(text).chars() {
        if "[]\\`*_<>#".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
