//! What every target demands of whatever the program makes of its bytes.

use std::collections::BTreeMap;
use std::sync::Once;

use roadbook::compile::{Compiled, Memo, compile};
use roadbook::diagnostic::{Diagnostic, Span};
use roadbook::report::{Colour, Format, report};
use roadbook::snapshot::Snapshot;
use roadbook::text::is_inside;

/// The templates that pages are rendered with; the default theme would take most of the time.
const TEMPLATES: [&str; 11] = [
    "home",
    "level",
    "stage",
    "project",
    "source",
    "tracking",
    "glossary",
    "page",
    "index",
    "not-found",
    "nav",
];
const BOOK: &str = "[curriculum]\nid = \"case\"\ntitle = \"Case\"\n[theme]\nname = \"mine\"\n";
const FRONT: &str = "---\ntitle: T\n---\n\n";

/// Every diagnostic points into its file, between two characters, and can be shown.
pub fn check(diagnostics: &[Diagnostic], snapshot: &Snapshot) {
    let inside = |span: &Span| {
        assert!(span.start <= span.end);
        if let Some(bytes) = snapshot.files.get(&*span.path) {
            assert!(span.end <= bytes.len(), "{span:?}");
            if let Ok(text) = std::str::from_utf8(bytes) {
                assert!(text.is_char_boundary(span.start), "{span:?}");
                assert!(text.is_char_boundary(span.end), "{span:?}");
            }
        }
    };
    for diagnostic in diagnostics {
        inside(&diagnostic.span);
        diagnostic.related.iter().for_each(|(span, _)| inside(span));
        diagnostic.fix.iter().for_each(|fix| inside(&fix.span));
        assert!(!diagnostic.message.is_empty() && !diagnostic.help.is_empty());
    }
    let few = &diagnostics[..diagnostics.len().min(3)];
    let text = report(few, snapshot, Format::Human, Colour::Off);
    assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
    let text = report(few, snapshot, Format::Short, Colour::Off);
    assert_eq!(text.lines().count(), few.len());
}

/// Compiles a small curriculum with these files in it.
pub fn build(files: &[(&str, &[u8])]) -> (Snapshot, Compiled) {
    // Handing such small work to another thread would take longer than doing it.
    static ALONE: Once = Once::new();
    ALONE.call_once(|| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread();
        pool.build_global().expect("there is no pool yet");
    });
    let mut all: BTreeMap<String, Vec<u8>> = TEMPLATES
        .iter()
        .map(|name| (format!("themes/mine/templates/{name}.html"), b"{{ site.title }}".to_vec()))
        .collect();
    for (path, text) in [
        ("book.toml", BOOK.to_owned()),
        ("content/10-a/README.md", FRONT.to_owned()),
        ("content/10-a/10-b/README.md", format!("{FRONT}## Week 1\n\n- [ ] Read\n- [ ] Write\n")),
        ("content/sources/linux.md", format!("{FRONT}## Part 1\n")),
        ("content/10-a/10-b/pipes.svg", String::new()),
    ] {
        all.insert(path.to_owned(), text.into_bytes());
    }
    for name in ["page", "stage", "project", "glossary"] {
        let text = b"<!DOCTYPE html><title>{{ page.title }}</title>{{ page.body | safe }}".to_vec();
        all.insert(format!("themes/mine/templates/{name}.html"), text);
    }
    for (path, bytes) in files {
        all.insert((*path).to_owned(), bytes.to_vec());
    }
    let snapshot = Snapshot::of(all);
    let compiled = compile(&snapshot, &mut Memo::default());
    check(&compiled.diagnostics, &snapshot);
    if let Some(site) = &compiled.site {
        for path in site.files.keys() {
            assert!(is_inside(path), "{path:?} lies outside");
        }
    }
    (snapshot, compiled)
}

/// The lock that a build leaves changes nothing at the next one.
pub fn build_again(snapshot: &Snapshot, compiled: &Compiled) {
    let (Some(lock), true) = (&compiled.lock, compiled.site.is_some()) else { return };
    let mut files = snapshot.files.clone();
    files.insert("progress.lock".into(), lock.clone().into_bytes().into());
    let again = compile(&Snapshot { files, ..Snapshot::default() }, &mut Memo::default());
    assert_eq!(again.lock.as_ref(), Some(lock), "the lock is not settled");
    assert!(again.changes.is_empty(), "{}", again.changes);
}
