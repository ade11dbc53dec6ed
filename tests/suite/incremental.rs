//! A memo that is kept changes nothing but the time that a build takes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use proptest::prelude::*;
use roadbook::compile::{Compiled, Memo, Phase, Watch, compile, compile_watched};
use roadbook::report::{Colour, Format, report};
use roadbook::snapshot::{Overrides, Purpose, Site, Snapshot, Store};

type Files = BTreeMap<String, String>;

fn start() -> Files {
    let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    let stage = |title: &str| {
        format!(
            "---\ntitle: {title}\nduration: 2 weeks\nsources: [book]\n---\n\nText of {title}, see \
             [term](../../glossary.md#term-name).\n\n## Week 1: First\n\n📖 [Book](../../sources/book.md)\n\n\
             - [ ] Topic of {title}\n  - A note.\n- [ ] Common topic\n\n```rust\nfn main() {{}}\n```\n"
        )
    };
    BTreeMap::from([
        file("book.toml", "[curriculum]\nid = \"c\"\ntitle = \"Road\"\nlanguage = \"en\"\n"),
        file("content/README.md", "---\ntitle: Home\n---\n\nHello.\n"),
        file("content/10-one/README.md", "---\ntitle: One\n---\n\nLevel.\n"),
        ("content/10-one/10-a/README.md".to_owned(), stage("Stage A")),
        ("content/10-one/20-b/README.md".to_owned(), stage("Stage B")),
        file(
            "content/10-one/10-a/10-p.md",
            "---\ntitle: Project\nskills: [bash]\n---\n\n- [ ] Step\n",
        ),
        file("content/20-two/README.md", "---\ntitle: Two\n---\n"),
        ("content/20-two/10-c/README.md".to_owned(), stage("Stage C")),
        file("content/sources/book.md", "---\ntitle: Book\n---\n"),
        file("content/glossary.md", "---\ntitle: Words\n---\n\n## Term (name)\n\nMeaning.\n"),
        file("content/pages/about.md", "---\ntitle: About\n---\n\nSee [[a]].\n"),
        file("themes/mine/theme.toml", "parent = \"default\"\n"),
    ])
}

/// What an author does between two saves.
#[derive(Debug, Clone)]
enum Edit {
    Append(usize, &'static str),
    Replace(usize, &'static str, &'static str),
    Remove(usize),
    Copy(usize, &'static str),
    Rename(usize, &'static str),
    Write(&'static str, &'static str),
    /// The lock of the last build is written.
    Lock,
    Undo,
}

fn edit() -> impl Strategy<Value = Edit> {
    let text = prop::sample::select(
        &[
            "\nOne more paragraph.\n",
            "\n- [ ] Another topic\n",
            "\n## Week 2: Next\n\n- [ ] Later\n",
            "\n[gone](nowhere.md)\n",
            "\n<i id=\"mine\">Raw</i> and a word that nobody else says.\n",
            "\n<a href=\"#mine\">Raw</a>\n",
        ][..],
    );
    let words = prop::sample::select(
        &[
            ("Topic", "Subject"),
            ("title: ", "title: New "),
            ("Text", "Words"),
            ("Text of", "Two paragraphs\n\nof"),
            ("Hello", "Welcome"),
            ("A note", "Another note"),
            ("id=\"mine\"", "id=\"yours\""),
            ("Meaning", "Sense"),
            ("2 weeks", "3-4 weeks"),
            ("duration: 2", "aliases: [old/place/]\nduration: 2"),
            ("fn main", "fn other"),
            ("---\n", "--\n"),
        ][..],
    );
    let place = prop::sample::select(
        &[
            "content/30-new/README.md",
            "content/10-one/30-d/README.md",
            "content/20-two/10-c/20-q.md",
            "content/pages/more.md",
        ][..],
    );
    let write = prop::sample::select(
        &[
            ("themes/site/locales/en.ftl", "home = The road\n"),
            (
                "themes/site/templates/stage.html",
                "{% extends \"default/stage.html\" %}{% block facts %}mine{% endblock %}",
            ),
            (
                "themes/site/templates/stage.html",
                "{% extends \"default/stage.html\" %}{% block facts %}{{ broken",
            ),
            ("themes/site/static/extra.css", "body { color: red }"),
            ("themes/mine/theme.toml", "parent = \"plain\"\n"),
            ("book.toml", "[curriculum]\nid = \"c\"\ntitle = \"Road\"\nlanguage = \"ru\"\n"),
            (
                "book.toml",
                "[curriculum]\nid = \"c\"\ntitle = \"Other\"\n[theme]\nname = \"mine\"\n",
            ),
            (
                "book.toml",
                "[curriculum]\nid = \"c\"\ntitle = \"Road\"\n[site]\nurl = \"https://example.org/r/\"\n",
            ),
            ("static/file.txt", "a file"),
        ][..],
    );
    prop_oneof![
        (0..16_usize, text).prop_map(|(at, text)| Edit::Append(at, text)),
        (0..16_usize, words).prop_map(|(at, (old, new))| Edit::Replace(at, old, new)),
        (0..16_usize).prop_map(Edit::Remove),
        (0..16_usize, place.clone()).prop_map(|(at, to)| Edit::Copy(at, to)),
        (0..16_usize, place).prop_map(|(at, to)| Edit::Rename(at, to)),
        write.prop_map(|(path, text)| Edit::Write(path, text)),
        Just(Edit::Lock),
        Just(Edit::Undo),
    ]
}

fn apply(edit: &Edit, files: &mut Files, last: &Compiled, before: &Files) {
    let pages: Vec<String> =
        files.keys().filter(|path| path.starts_with("content/")).cloned().collect();
    let page = |at: usize| pages.get(at % pages.len().max(1)).cloned().unwrap_or_default();
    match edit {
        Edit::Append(at, text) => files.entry(page(*at)).or_default().push_str(text),
        Edit::Replace(at, old, new) => {
            let text = files.entry(page(*at)).or_default();
            *text = text.replacen(old, new, 1);
        }
        Edit::Remove(at) => drop(files.remove(&page(*at))),
        Edit::Copy(at, to) => {
            let text = files.get(&page(*at)).cloned().unwrap_or_default();
            files.insert((*to).to_owned(), text);
        }
        Edit::Rename(at, to) => {
            let text = files.remove(&page(*at)).unwrap_or_default();
            files.insert((*to).to_owned(), text);
        }
        Edit::Write(path, text) => drop(files.insert((*path).to_owned(), (*text).to_owned())),
        Edit::Lock => {
            drop(
                files.insert(
                    "progress.lock".into(),
                    last.lock.clone().unwrap_or_default().to_string(),
                ),
            );
        }
        Edit::Undo => files.clone_from(before),
    }
    files.remove("");
}

fn snapshot(files: &Files, purpose: Purpose) -> Snapshot {
    let files = files.iter().map(|(path, text)| (path.as_str(), text.as_bytes()));
    Snapshot { overrides: Overrides { purpose, ..Overrides::default() }, ..Snapshot::of(files) }
}

/// Takes pages, as whoever writes them does.
#[derive(Default)]
struct Taken(Mutex<BTreeMap<String, Arc<[u8]>>>);

impl Store for Taken {
    fn put(&self, path: &str, bytes: &[u8]) {
        let before = self.0.lock().expect("nobody panics").insert(path.to_owned(), bytes.into());
        assert!(before.is_none(), "{path} comes twice");
    }
}

impl Watch for &Taken {
    fn ended(&mut self, _: Phase, _: usize) {}

    fn store(&self) -> Option<&dyn Store> {
        Some(*self)
    }
}

/// Compiles without a memo while pages are taken as they come, and puts them into the site again.
fn compile_stored(snapshot: &Snapshot) -> Compiled {
    let taken = Taken::default();
    let mut compiled = compile_watched(snapshot, &mut Memo::default(), &mut &taken);
    if let Some(site) = &mut compiled.site {
        let pages = taken.0.into_inner().expect("nobody panics");
        let sizes = pages.iter().map(|(path, bytes)| (path, bytes.len() as u64));
        assert!(sizes.eq(site.stored.iter().map(|(path, size)| (path, *size))));
        assert!(!pages.is_empty() && pages.keys().all(|path| !site.files.contains_key(path)));
        site.stored.clear();
        site.files.extend(pages);
    }
    compiled
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_kept_memo_gives_the_same_bytes(
        edits in proptest::collection::vec(edit(), 1..9),
        purpose in prop::sample::select(&[Purpose::Publish, Purpose::Preview, Purpose::Preview][..]),
    ) {
        let mut files = start();
        let mut memo = Memo::default();
        let mut last = compile(&snapshot(&files, purpose), &mut memo);
        prop_assert!(last.site.is_some(), "{:?}", last.diagnostics);
        let mut before = files.clone();
        for edit in edits {
            let now = files.clone();
            apply(&edit, &mut files, &last, &before);
            before = now;
            let snapshot = snapshot(&files, purpose);
            // Whoever keeps this makes the compiler begin from the start.
            last.linked = None;
            let shown = last.site.clone();
            let mut told = Told { open: open(), ..Told::default() };
            let kept = compile_watched(&snapshot, &mut memo, &mut told);
            let clean = compile_stored(&snapshot);
            let lines = |compiled: &Compiled| {
                report(&compiled.diagnostics, &snapshot, Format::Short, Colour::Off)
            };
            prop_assert_eq!(lines(&kept), lines(&clean), "{:?}", edit);
            prop_assert_eq!(&kept.lock, &clean.lock, "{:?}", edit);
            prop_assert_eq!(&kept.changes, &clean.changes, "{:?}", edit);
            prop_assert_eq!(kept.stats.bytes, clean.stats.bytes, "{:?}", edit);
            prop_assert_eq!(kept.site.is_some(), clean.site.is_some(), "{:?}", edit);
            if let (Some(kept), Some(clean)) = (&kept.site, &clean.site) {
                prop_assert!(kept.files.keys().eq(clean.files.keys()), "{:?}", edit);
                for (path, bytes) in &kept.files {
                    prop_assert!(*bytes == clean.files[path], "{} after {:?}", path, edit);
                }
                for (path, bytes) in told.first.into_iter().flatten() {
                    prop_assert!(bytes == kept.files[&path], "{} first after {:?}", path, edit);
                    let shown = shown.as_ref().and_then(|shown| shown.files.get(&path));
                    prop_assert!(shown != Some(&bytes), "{} is as it was after {:?}", path, edit);
                }
            }
            last = kept;
        }
    }
}

/// An edit that nothing else shows renders the page, and the two documents for paper that hold it.
#[test]
fn an_edited_paragraph_renders_its_page() {
    for purpose in [Purpose::Publish, Purpose::Preview] {
        for (theme, expected) in [("default", 3), ("plain", 1)] {
            let mut files = start();
            let book = format!(
                "[curriculum]\nid = \"c\"\ntitle = \"Road\"\n[theme]\nname = \"{theme}\"\n"
            );
            files.insert("book.toml".into(), book);
            let mut memo = Memo::default();
            let first = compile(&snapshot(&files, purpose), &mut memo);
            assert!(first.site.is_some(), "{:?}", first.diagnostics);
            files.insert("progress.lock".into(), first.lock.expect("there is a lock").to_string());
            assert_eq!(first.stats.rendered, first.stats.pages);
            let again = compile(&snapshot(&files, purpose), &mut memo);
            assert_eq!(again.stats.rendered, 0, "{theme}: nothing changed");
            drop(again);
            let page = files.get_mut("content/10-one/20-b/README.md").expect("it is there");
            *page = page.replace("Text of Stage B, see", "Other words, see");
            let edited = compile(&snapshot(&files, purpose), &mut memo);
            assert_eq!(edited.stats.rendered, expected, "{theme}");
        }
    }
}

/// What a preview is told while it waits.
#[derive(Default)]
struct Told {
    open: Vec<String>,
    phases: Vec<Phase>,
    first: Vec<BTreeMap<String, Arc<[u8]>>>,
    shown: Vec<Site>,
}

/// Pages that somebody is looking at.
fn open() -> Vec<String> {
    let stage = "stages/a/index.html";
    ["index.html", stage, "glossary/index.html", "pages/about/index.html"].map(Into::into).to_vec()
}

impl Watch for Told {
    fn ended(&mut self, phase: Phase, _: usize) {
        self.phases.push(phase);
    }

    fn open(&self) -> Vec<String> {
        self.open.clone()
    }

    fn first(&mut self, pages: BTreeMap<String, Arc<[u8]>>) {
        assert!(self.shown.is_empty(), "these come first");
        self.first.push(pages);
    }

    fn shown(&mut self, site: Site) {
        self.shown.push(site);
    }
}

/// In a preview, an edit of texts asks nothing of the other pages, and is shown before all else.
#[test]
fn a_preview_shows_an_edited_paragraph_first() {
    let mut files = start();
    let mut memo = Memo::default();
    let first = compile(&snapshot(&files, Purpose::Preview), &mut memo).site.expect("it is whole");
    let stages = ["content/10-one/10-a/README.md", "content/20-two/10-c/README.md"];
    for path in stages {
        let page = files.get_mut(path).expect("it is there");
        *page = page.replace("\n## Week", "\nAnother paragraph.\n\n## Week");
    }
    let mut told = Told::default();
    let edited = compile_watched(&snapshot(&files, Purpose::Preview), &mut memo, &mut told);
    assert!(!told.phases.contains(&Phase::Identity), "{:?}", told.phases);
    let site = edited.site.expect("it is whole");
    let [shown] = &told.shown[..] else { panic!("shown {} times", told.shown.len()) };
    let differing = |one: &Site, other: &Site| -> Vec<String> {
        let paths = one.files.keys().chain(other.files.keys()).collect::<BTreeSet<_>>();
        let differ = |path: &&&String| one.files.get(**path) != other.files.get(**path);
        paths.iter().filter(differ).map(|path| (*path).clone()).collect()
    };
    assert_eq!(differing(&first, shown), ["stages/a/index.html", "stages/c/index.html"]);
    let later = differing(shown, &site);
    let expected = |path: &String| path.starts_with("print/") || path.starts_with("data/search");
    assert!(!later.is_empty() && later.iter().all(expected), "{later:?}");

    // A mistake leaves what is known.
    drop(edited.linked);
    let page = files.get_mut(stages[1]).expect("it is there");
    let well = page.clone();
    page.push_str("\n[gone](nowhere.md)\n");
    assert!(compile(&snapshot(&files, Purpose::Preview), &mut memo).site.is_none());
    files.insert(stages[1].into(), well.replace("Another paragraph", "A mended one"));
    let mut told = Told::default();
    let edited = compile_watched(&snapshot(&files, Purpose::Preview), &mut memo, &mut told);
    assert!(edited.site.is_some() && !told.phases.contains(&Phase::Identity));

    // A project's title is the name of an item.
    drop(edited.linked);
    let page = files.get_mut("content/10-one/10-a/10-p.md").expect("it is there");
    *page = page.replace("title: Project", "title: Plan");
    let mut told = Told::default();
    let edited = compile_watched(&snapshot(&files, Purpose::Preview), &mut memo, &mut told);
    assert!(edited.site.is_some() && told.phases.contains(&Phase::Identity));
}

/// A title stands on many pages; those that somebody is looking at come first.
#[test]
fn a_preview_shows_an_edited_title_on_open_pages_first() {
    let mut files = start();
    let mut memo = Memo::default();
    let first = compile(&snapshot(&files, Purpose::Preview), &mut memo);
    files.insert("progress.lock".into(), first.lock.expect("there is a lock").to_string());
    let last = compile(&snapshot(&files, Purpose::Preview), &mut memo).site.expect("it is whole");
    let page = files.get_mut("content/20-two/10-c/README.md").expect("it is there");
    *page = page.replace("title: Stage C", "title: Stage Z");
    let mut told = Told { open: open(), ..Told::default() };
    let edited = compile_watched(&snapshot(&files, Purpose::Preview), &mut memo, &mut told);
    assert!(!told.phases.contains(&Phase::Identity), "{:?}", told.phases);
    let [first] = &told.first[..] else { panic!("{} times first", told.first.len()) };
    // Home lists the stage, stage A has the same topic, the terms are linked there.
    let expected = ["glossary/index.html", "index.html", "stages/a/index.html"];
    assert!(first.keys().eq(expected), "{:?}", first.keys());
    let site = edited.site.expect("it is whole");
    assert!(first.iter().all(|(path, html)| site.files[path] == *html));
    let others = ["stages/c/index.html", "data/level-two.js", "data/level-two-texts.js"];
    assert!(site.files["stages/c/index.html"] != last.files["stages/c/index.html"]);
    assert!(others.iter().all(|path| told.shown[0].files.get(*path) == site.files.get(*path)));
    let lock = edited.lock.expect("there is a lock").to_string();
    assert!(lock.contains("Stage Z") && !lock.contains("html Stage C"), "{lock}");

    // What the theme brings may be another: nothing is shown before it.
    drop(edited.linked);
    let page = files.get_mut("content/20-two/10-c/README.md").expect("it is there");
    *page = page.replace("title: Stage Z", "title: Stage Y");
    files.insert("themes/site/static/extra.css".into(), "p { margin: 0 }".into());
    let mut told = Told { open: open(), ..Told::default() };
    let edited = compile_watched(&snapshot(&files, Purpose::Preview), &mut memo, &mut told);
    assert!(edited.site.is_some() && told.first.is_empty() && told.shown.len() == 1);
}
