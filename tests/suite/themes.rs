//! What holds for every theme, and what must survive an upgrade of the built-in one.

use std::collections::BTreeMap;
use std::path::Path;

use roadbook::compile::{Compiled, Memo, compile};
use roadbook::embedded;
use roadbook::report::{Colour, Format, report};
use roadbook::snapshot::Snapshot;

use crate::archive::Archive;

fn built(snapshot: &Snapshot) -> Compiled {
    let compiled = compile(snapshot, &mut Memo::default());
    let lines = report(&compiled.diagnostics, snapshot, Format::Short, Colour::Off);
    assert_eq!(lines, "", "nothing is wrong");
    compiled
}

fn page(compiled: &Compiled, path: &str) -> String {
    let site = compiled.site.as_ref().expect("there is a site");
    let bytes = site.files.get(path).unwrap_or_else(|| panic!("there is no {path}"));
    String::from_utf8_lossy(bytes).into_owned()
}

/// The roadmap, which holds every kind of page, in a theme.
fn roadmap(theme: &str, language: &str) -> Snapshot {
    let mut files: BTreeMap<String, Vec<u8>> =
        embedded::content().into_iter().map(|(path, bytes)| (path, bytes.into_owned())).collect();
    let language = format!("language = \"{language}\"");
    let book = embedded::BOOK.replace("language = \"ru\"", &language);
    files.insert("book.toml".into(), format!("{book}\n[theme]\nname = \"{theme}\"\n").into());
    files.insert("progress.lock".into(), embedded::LOCK.into());
    Snapshot::of(files)
}

/// Nothing is wired to one theme: another makes the same pages, without what it did not ask for.
#[test]
fn the_plain_theme_needs_no_script_and_nothing_of_the_other() {
    for language in ["ru", "en"] {
        let compiled = built(&roadmap("plain", language));
        let site = compiled.site.as_ref().expect("there is a site");
        let others: Vec<&String> = site
            .files
            .keys()
            .filter(|path| {
                path.ends_with(".js") || path.starts_with("progress/") || *path == "hub.html"
            })
            .collect();
        // What ends the worker that readers may have of another theme; no page asks for it.
        assert_eq!(others, ["sw.js"]);
        assert!(site.files["sw.js"].starts_with(b"self.roadbookRetired="));
        for (path, bytes) in site.files.iter().filter(|(path, _)| path.ends_with(".html")) {
            let html = String::from_utf8_lossy(bytes);
            assert!(!html.contains("<script"), "{path} holds a script");
            assert!(!html.contains(" style="), "{path} holds an inline style");
        }
        let assets: Vec<&str> =
            site.files.keys().filter_map(|path| path.strip_prefix("assets/")).collect();
        let own: Vec<String> = embedded::theme("plain")
            .into_keys()
            .filter_map(|path| Some(path.strip_prefix("static/")?.to_owned()))
            .collect();
        assert_eq!(assets, own);
    }
}

/// Phones show the site's own icon, drawn from its `favicon.svg`; a picture that the site brings
/// itself stays.
#[test]
fn icons_are_drawn_from_the_sites_own() {
    let mut snapshot = roadmap("default", "ru");
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'>\
        <rect width='8' height='8' fill='#a00'/></svg>";
    let mut file = |path: &str, text: &str| {
        snapshot.files.insert(format!("themes/site/static/{path}").into(), text.as_bytes().into());
    };
    file("favicon.svg", svg);
    file("icon-512.png", "my own");
    let compiled = built(&snapshot);
    let site = compiled.site.as_ref().expect("there is a site");
    let theme = embedded::theme("default");
    for name in ["apple-touch-icon.png", "icon-192.png", "icon-maskable-512.png"] {
        let drawn = &site.files[&format!("assets/{name}")];
        assert!(drawn.starts_with(b"\x89PNG"), "{name}");
        assert_ne!(**drawn, *theme[&format!("static/{name}")], "{name} is the theme's");
    }
    assert_eq!(*site.files["assets/icon-512.png"], *b"my own");
    let app = page(&compiled, "manifest.webmanifest");
    assert!(app.contains("assets/icon-maskable-512.png"), "{app}");
}

/// Both themes of the binary make a page for each file of the content.
#[test]
fn every_theme_makes_every_page() {
    let pages = |theme| {
        let compiled = built(&roadmap(theme, "ru"));
        let site = compiled.site.expect("there is a site");
        let own = ["progress/index.html", "help/index.html"];
        let is_page = |path: &String| {
            let of_the_theme = own.contains(&path.as_str()) || path.starts_with("print/");
            path.ends_with("/index.html") && !of_the_theme
        };
        site.files.into_keys().filter(is_page).collect::<Vec<String>>()
    };
    assert_eq!(pages("plain"), pages("default"));
}

/// A later version of the built-in theme: every template has one more line where a page begins,
/// and the stylesheet, the words and a file are others.
fn upgraded() -> impl Iterator<Item = (String, Vec<u8>)> {
    embedded::theme("default").into_iter().map(|(path, bytes)| {
        let mut bytes = bytes.into_owned();
        if path == "templates/base.html" {
            let text = String::from_utf8(bytes).expect("a template is text");
            let body = text.find("<body").expect("a page has a body");
            let end = body + text[body..].find('\n').expect("its tag has a line");
            bytes = format!("{}<p>The new version</p>{}", &text[..end], &text[end..]).into();
        } else if path == "static/roadbook.css" {
            bytes.extend_from_slice(b"\np { margin: 0 }\n");
        } else if path == "locales/en.ftl" {
            bytes.extend_from_slice(b"\nsource = Study plan\n");
        }
        (format!("themes/default/{path}"), bytes)
    })
}

/// What a site or a chain of themes overrides stays; the rest is that of the new version.
#[test]
fn overrides_survive_an_upgrade_of_the_theme() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/theme");
    for case in ["site.txt", "chain.txt"] {
        let before = Archive::read(&folder.join(case)).snapshot();
        let mut after = before.clone();
        after.files.extend(upgraded().map(|(path, bytes)| (path.into(), bytes.into())));
        let (before, after) = (built(&before), built(&after));
        let path = "sources/linux/index.html";
        let (old, new) = (page(&before, path), page(&after, path));
        assert!(new.contains("<p>The new version</p>"), "{case}: the upgrade shows");
        let main = |html: &str| {
            let (_, rest) = html.split_once("<main").expect("a page has a main part");
            rest.split_once("</main>").expect("it is closed").0.replace("Study plan", "Source")
        };
        assert_eq!(main(&old), main(&new), "{case}");
        let css = "assets/roadbook.css";
        let tokens = |text: String| text.trim_end().rsplit('\n').next().map(str::to_owned);
        assert_eq!(tokens(page(&before, css)), tokens(page(&after, css)), "{case}");
        assert!(page(&after, css).contains("p {margin: 0 }"), "{case}");
    }
}
