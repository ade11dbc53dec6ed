//! The whole site as one file.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use roadbook::bundle::{Form, Whole, bundle, unbundled};
use roadbook::compile::{Compiled, Memo, compile};
use roadbook::embedded;
use roadbook::snapshot::{Overrides, Snapshot};

/// A curriculum with all that is hard to carry over: raw HTML, formulas, drawings, pictures,
/// links of every kind, equal anchors on two pages.
fn hard() -> Snapshot {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bundle/hard");
    let (snapshot, diagnostics) =
        roadbook::disk::read(&folder, Overrides::default()).expect("the folder can be read");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    snapshot
}

fn compiled(snapshot: &Snapshot) -> Compiled {
    let compiled = compile(snapshot, &mut Memo::default());
    assert!(compiled.site.is_some(), "{:?}", compiled.diagnostics);
    compiled
}

fn make(form: Form, snapshot: &Snapshot, compiled: &Compiled) -> Vec<u8> {
    let (linked, words) = compiled.linked.as_ref().expect("there is a site");
    let site = compiled.site.as_ref().expect("there is a site");
    let lock = &compiled.lock.as_ref().expect("there is a lock").to_string();
    bundle(form, &Whole { snapshot, site, linked, words, lock }).expect("it has a home")
}

fn unpacked(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("it is an archive");
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).expect("the entry is there");
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).expect("the entry can be read");
            (file.name().expect("a name is text").into_owned(), bytes)
        })
        .collect()
}

#[test]
fn two_builds_give_the_same_bytes_in_every_form() {
    let hard = hard();
    for form in [Form::Epub, Form::Zip, Form::Html, Form::Markdown] {
        let (one, other) = (compiled(&hard), compiled(&hard));
        assert!(make(form, &hard, &one) == make(form, &hard, &other), "{form:?}");
    }
}

#[test]
fn the_archive_holds_the_site() {
    let compiled = compiled(&hard());
    let files = unpacked(&make(Form::Zip, &hard(), &compiled));
    let site = compiled.site.expect("there is a site");
    assert_eq!(files.len(), site.files.len());
    for (path, bytes) in &site.files {
        assert!(files[&format!("hard/{path}")] == **bytes, "{path}");
    }
}

/// The values of an attribute.
fn values<'a>(text: &'a str, attribute: &str) -> Vec<&'a str> {
    let sign = format!(" {attribute}=\"");
    text.split(sign.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_link_of_the_book_leads_somewhere() {
    let bytes = make(Form::Epub, &hard(), &compiled(&hard()));
    assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip", "readers look here");
    let files = unpacked(&bytes);
    let mut fragments = 0;
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".xhtml")) {
        let text = String::from_utf8_lossy(bytes);
        for address in values(&text, "href").into_iter().chain(values(&text, "src")) {
            if address.starts_with("https:") {
                continue;
            }
            let (file, fragment) = address.split_once('#').unwrap_or((address, ""));
            let file = if file.is_empty() {
                Some(path.clone())
            } else {
                roadbook::text::join_path(path, file)
            };
            let target = file.and_then(|file| files.get(&file));
            let target = target.unwrap_or_else(|| panic!("{path} leads to {address}"));
            if !fragment.is_empty() {
                fragments += 1;
                let target = String::from_utf8_lossy(target);
                assert!(
                    target.contains(&format!(" id=\"{fragment}\"")),
                    "{path} leads to {address}"
                );
            }
        }
    }
    assert!(fragments > 3, "some links lead to a place on a page");
    let stage = String::from_utf8_lossy(&files["EPUB/stages/first/index.xhtml"]);
    assert_eq!(stage.matches("☐").count(), 2, "{stage}");
    assert!(!stage.contains("alert") && !stage.contains("onclick"), "{stage}");
    let package = String::from_utf8_lossy(&files["EPUB/package.opf"]);
    assert!(package.contains("properties=\"mathml svg\""), "{package}");
    assert!(package.contains("<dc:creator>А. Б.</dc:creator>"), "{package}");
    let nav = String::from_utf8_lossy(&files["EPUB/nav.xhtml"]);
    let order: Vec<usize> =
        ["levels/one", "stages/first", "projects/job", "stages/second", "glossary"]
            .iter()
            .map(|part| nav.find(part).unwrap_or_else(|| panic!("{part} is in {nav}")))
            .collect();
    assert!(order.is_sorted(), "{nav}");
}

#[test]
fn every_link_of_the_file_leads_somewhere() {
    let text =
        String::from_utf8(make(Form::Html, &hard(), &compiled(&hard()))).expect("it is text");
    let mut ids = values(&text, "id");
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "every id is the only one");
    let decoded = |text: &str| roadbook::text::percent_decode(text).expect("it is UTF-8");
    for href in values(&text, "href") {
        let Some(fragment) = href.strip_prefix('#') else {
            assert!(href.starts_with("https:") || href.starts_with("data:"), "{href}");
            continue;
        };
        assert!(ids.contains(&decoded(fragment).as_str()), "{href}");
    }
    for src in values(&text, "src") {
        assert!(src.starts_with("data:"), "{src}");
    }
    assert!(
        text.contains("href=\"#stages/second/index.html%231-начало\""),
        "equal anchors are told apart"
    );
    assert!(!text.contains("alert(1)"), "scripts in content stay out");
}

/// The roadmap as it is in the program.
fn roadmap() -> Snapshot {
    let mut files: BTreeMap<String, Vec<u8>> =
        embedded::content().into_iter().map(|(path, bytes)| (path, bytes.into_owned())).collect();
    files.insert("book.toml".into(), embedded::BOOK.into());
    files.insert("progress.lock".into(), embedded::LOCK.into());
    Snapshot::of(files)
}

/// One Markdown file gives back the same curriculum: all ids, texts and links.
#[test]
fn what_became_markdown_becomes_the_same_curriculum() {
    for snapshot in [roadmap(), hard()] {
        let first = compiled(&snapshot);
        let text = String::from_utf8(make(Form::Markdown, &snapshot, &first)).expect("it is text");
        let mut files: BTreeMap<String, Vec<u8>> = unbundled(&text).expect("it is a bundle");
        // Pictures and the like are no Markdown.
        for (path, bytes) in snapshot.files.iter().filter(|(path, _)| !path.ends_with(".md")) {
            files.entry(path.to_string()).or_insert_with(|| bytes.to_vec());
        }
        let second = compiled(&Snapshot::of(files));
        assert_eq!(first.lock, second.lock);
        let [one, other] = [&first, &second].map(|compiled| compiled.site.as_ref().expect("it is"));
        assert!(one.files.keys().eq(other.files.keys()), "the same pages");
        for (path, bytes) in &one.files {
            let same = *bytes == other.files[path];
            assert!(same, "{path} differs");
        }
    }
}

#[test]
fn links_of_one_markdown_file_lead_to_its_own_places() {
    let snapshot = hard();
    let text = make(Form::Markdown, &snapshot, &compiled(&snapshot));
    let text = String::from_utf8(text).expect("it is text");
    let places: Vec<&str> =
        text.split("<a id=\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0)).collect();
    let links: Vec<&str> =
        text.split("](#").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0)).collect();
    assert!(links.len() > 1, "{links:?}");
    for link in links {
        assert!(places.contains(&link), "{link} leads nowhere");
    }
}

#[test]
fn a_strangers_bundle_writes_nothing_but_a_curriculum() {
    let part = |path: &str| format!("<!-- file: {path} #page-x\ntitle: X\n-->\n## X\n\n");
    let paths =
        ["../x.md", "content/../../x.md", "/x.md", "themes/x.md", "content/x.sh", "content/a.md"];
    let text: String = paths.iter().map(|path| part(path)).collect();
    let files = unbundled(&format!("<!-- roadbook file -->\n# X\n\n{text}")).expect("it is one");
    assert_eq!(files.keys().collect::<Vec<_>>(), ["content/a.md"]);
    assert!(unbundled("<!-- roadbook ").expect("it is one").is_empty());
}
