//! What machines read to find the pages of the real roadmap.

use std::collections::BTreeSet;
use std::path::Path;

use roadbook::compile::{Memo, compile};
use roadbook::snapshot::{Overrides, Site, Snapshot};

const ADDRESS: &str = "https://example.org/road/";

fn site() -> Site {
    let overrides = Overrides { site_url: Some(ADDRESS.to_owned()), ..Overrides::default() };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (snapshot, _) = roadbook::disk::read(root, overrides).expect("the roadmap can be read");
    let mut memo = Memo::default();
    let first = compile(&snapshot, &mut memo).site.expect("the roadmap builds");
    let again = compile(&snapshot, &mut memo).site.expect("the roadmap builds");
    assert!(first == again, "pictures of the memo are the same");
    first
}

fn text<'a>(site: &'a Site, path: &str) -> &'a str {
    std::str::from_utf8(&site.files[path]).expect("it is text")
}

#[test]
fn the_roadmap_is_found_and_shared() {
    let site = site();
    the_sitemap_follows_its_schema(&site);
    every_page_says_what_it_is(&site);
    every_stage_has_a_picture(&site);
}

/// The rules of `http://www.sitemaps.org/schemas/sitemap/0.9`: elements, their order and content.
fn the_sitemap_follows_its_schema(site: &Site) {
    let document = roxmltree::Document::parse(text(site, "sitemap.xml")).expect("it is XML");
    let root = document.root_element();
    let name = |node: roxmltree::Node<'_, '_>| {
        let name = node.tag_name();
        assert_eq!(name.namespace(), Some("http://www.sitemaps.org/schemas/sitemap/0.9"));
        name.name().to_owned()
    };
    assert_eq!(name(root), "urlset");
    let mut addresses = BTreeSet::new();
    for entry in root.children().filter(roxmltree::Node::is_element) {
        assert_eq!(name(entry), "url");
        let children: Vec<_> = entry.children().filter(roxmltree::Node::is_element).collect();
        assert_eq!(children.len(), 1);
        assert_eq!(name(children[0]), "loc");
        let address = children[0].text().expect("it has an address");
        assert!((12..2048).contains(&address.len()), "{address}");
        let path = address.strip_prefix(ADDRESS).expect("it is on the site");
        let file = if path.is_empty() || path.ends_with('/') {
            format!("{path}index.html")
        } else {
            path.to_owned()
        };
        assert!(site.files.contains_key(&file), "{address}");
        assert!(addresses.insert(address.to_owned()), "{address} stands there twice");
    }
    assert!((100..50_000).contains(&addresses.len()));
    assert!(!addresses.iter().any(|address| address.contains("progress/")));
    assert!(text(site, "robots.txt").contains(&format!("Sitemap: {ADDRESS}sitemap.xml")));
}

fn every_page_says_what_it_is(site: &Site) {
    let mut kinds = BTreeSet::new();
    for (path, _) in site.files.iter().filter(|(path, _)| path.ends_with("/index.html")) {
        let html = text(site, path);
        let Some((_, rest)) = html.split_once("<script type=\"application/ld+json\">") else {
            continue;
        };
        let json = rest.split("</script>").next().expect("the script ends");
        let value: serde_json::Value = serde_json::from_str(json).expect("it is JSON");
        for key in ["name", "description", "inLanguage", "license"] {
            assert!(value[key].as_str().is_some_and(|text| !text.is_empty()), "{path}: {key}");
        }
        let address = format!("{ADDRESS}{}", path.trim_end_matches("index.html"));
        assert_eq!(value["url"], address.as_str());
        assert!(html.contains(&format!("<link rel=\"canonical\" href=\"{address}\">")), "{path}");
        kinds.insert(value["learningResourceType"].as_str().unwrap_or_default().to_owned());
    }
    assert!(kinds.len() >= 6, "{kinds:?}");
    assert!(text(site, "index.html").contains("\"@type\":\"Course\""));
}

fn every_stage_has_a_picture(site: &Site) {
    let pictures: Vec<_> =
        site.files.iter().filter(|(path, _)| path.starts_with("previews/")).collect();
    assert_eq!(pictures.len(), 22, "one a stage and one of the site");
    for (path, bytes) in pictures {
        assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"), "{path}");
        assert_eq!(bytes[16..24], [0, 0, 4, 176, 0, 0, 2, 118], "{path} is 1200 by 630");
        assert!(bytes.len() < 100_000, "{path} has {} bytes", bytes.len());
    }
    let stage = text(site, "stages/linux/index.html");
    assert!(stage.contains(&format!("content=\"{ADDRESS}previews/linux.png\"")), "{stage}");
}

/// A page whose headings begin with days is a feed, too.
#[test]
fn what_is_new_can_be_followed() {
    let news = "---\ntitle: News\n---\n\nBefore.\n\n## 2026-02-30: No such day\n\n## 2026-11-05 Two & more\n\n\
        Text <b>bold</b>.\n\n### Part\n\nMore.\n\n## 2026-11-25\n\n- one\n- two\n\n## Later\n\nNot in it.\n";
    let files = |news: &str| {
        Snapshot::of([
            (
                "book.toml",
                "[curriculum]\nid = \"c\"\ntitle = \"C & D\"\nauthors = [\"A\"]\n".as_bytes(),
            ),
            ("content/README.md", b"---\ntitle: Home\n---\n"),
            ("content/pages/news.md", news.as_bytes()),
        ])
    };
    let built = |mut snapshot: Snapshot, url: Option<&str>| {
        snapshot.overrides.site_url = url.map(str::to_owned);
        compile(&snapshot, &mut Memo::default()).site.expect("it builds")
    };
    let site = built(files(news), Some(ADDRESS));
    let document = roxmltree::Document::parse(text(&site, "feed.xml")).expect("it is XML");
    let root = document.root_element();
    let atom = "http://www.w3.org/2005/Atom";
    let of = |node: roxmltree::Node<'_, '_>, name: &str| -> Vec<String> {
        let found = node.children().filter(|child| child.has_tag_name((atom, name)));
        found.map(|child| child.text().unwrap_or_default().to_owned()).collect()
    };
    // What RFC 4287 demands of a feed and of an entry, once each.
    let entries: Vec<_> =
        root.children().filter(|child| child.has_tag_name((atom, "entry"))).collect();
    for node in entries.iter().copied().chain([root]) {
        for name in ["id", "title", "updated"] {
            assert_eq!(of(node, name).len(), 1, "{name}");
        }
    }
    assert_eq!(of(root, "id"), [ADDRESS]);
    assert_eq!(of(root, "title"), ["C & D"]);
    assert_eq!(of(root, "updated"), ["2026-11-25T00:00:00Z"]);
    assert!(root.children().any(|child| child.has_tag_name((atom, "author"))));
    let told: Vec<(String, String)> = entries
        .iter()
        .map(|entry| (of(*entry, "title").concat(), of(*entry, "summary").concat()))
        .collect();
    let expected = [("2026-11-25", "one two"), ("Two & more", "Text bold. More.")];
    assert_eq!(told, expected.map(|(title, text)| (title.to_owned(), text.to_owned())));
    let ids: BTreeSet<String> = entries.iter().flat_map(|entry| of(*entry, "id")).collect();
    assert!(ids.contains(&format!("{ADDRESS}pages/news/#2026-11-05-two--more")), "{ids:?}");
    assert_eq!(ids.len(), 2);
    assert!(text(&site, "pages/news/index.html").contains("href=\"../../feed.xml\""));
    // Without an address, or without a day, there is none and nothing asks for it.
    let home = |site: &Site| text(site, "index.html").contains("feed.xml");
    for site in
        [built(files(news), None), built(files("---\ntitle: N\n---\n## Soon\n"), Some(ADDRESS))]
    {
        assert!(!site.files.contains_key("feed.xml") && !home(&site));
    }
}
