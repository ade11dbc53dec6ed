//! What a browser needs to keep the site.
//!
//! Input: the finished files, [`Config`], the theme's service worker. Output: `sw.js` with the list
//! of all files inside, and the web app manifest. Responsibility: which files belong to a release,
//! and which of them are its shell.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde_json::json;

use crate::embedded;
use crate::finished::File;
use crate::parse::config::{Config, Offline};
use crate::render::fingerprint;

/// The worker's script: the theme's file of this name, and the site's, at its root.
pub(super) const SCRIPT: &str = "sw.js";

/// The places of a fingerprint that are kept; as many as the script compares.
const PLACES: usize = 22;

/// The theme's script below the release that it keeps. Where nothing is to be kept, below the name
/// of the curriculum whose earlier worker it ends.
pub(super) fn worker(config: &Config, files: &BTreeMap<String, File>, script: &[u8]) -> Vec<u8> {
    let head = match config.offline {
        Offline::Off => ended(config),
        Offline::UpTo(most) => format!("self.roadbookRelease={};\n", release(config, files, most)),
    };
    [head.as_bytes(), script].concat()
}

/// For a theme that keeps nothing: readers of an earlier one have its worker still, and would see the
/// old site for ever.
pub(super) fn ending_worker(config: &Config) -> Vec<u8> {
    let built_in = embedded::theme("default").remove("static/sw.js").unwrap_or_default();
    [ended(config).as_bytes(), &built_in].concat()
}

fn ended(config: &Config) -> String {
    format!("self.roadbookRetired={};\n", json!(config.id))
}

fn release(config: &Config, files: &BTreeMap<String, File>, most: u64) -> serde_json::Value {
    let read: Vec<(&String, &File)> = files.iter().filter(|(path, _)| is_read(path)).collect();
    let bytes: u64 = read.iter().map(|(_, file)| file.size()).sum();
    let hashes: BTreeMap<&String, String> = read
        .par_iter()
        .filter_map(|(path, file)| {
            let taken = file.fingerprint().map(str::to_owned);
            let mut hash = taken.or_else(|| Some(fingerprint(file.bytes()?)))?;
            hash.truncate(PLACES);
            Some((*path, hash))
        })
        .collect();
    let shell: Option<Vec<&String>> = (bytes > most)
        .then(|| read.iter().map(|(path, _)| *path).filter(|path| is_shell(path)).collect());
    let mut release = json!({ "curriculum": config.id, "files": hashes, "bytes": bytes });
    if let Some(shell) = shell {
        release["shell"] = json!(shell);
    }
    let mut name = fingerprint(release.to_string().as_bytes());
    name.truncate(PLACES);
    release["release"] = json!(name);
    release
}

/// Whether readers ever come by the file. The hub works from disk alone; the others are for
/// machines, for paper, or to be taken as they are.
fn is_read(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let machines = [
        "hub.html",
        "assets/hub.js",
        "assets/single.js",
        "curriculum.json",
        "robots.txt",
        "llms.txt",
        "CNAME",
    ];
    let to_take = [".zip", ".epub", ".xml"];
    !name.starts_with('.')
        && !path.starts_with("print/")
        && !machines.contains(&path)
        && !path.starts_with("previews/")
        && !to_take.iter().any(|ending| path.ends_with(ending))
}

/// What every page needs, and the pages that lead on.
fn is_shell(path: &str) -> bool {
    let folders = ["assets/", "progress/", "help/"];
    let files = ["index.html", "404.html", "offline.html", "manifest.webmanifest"];
    let scripts = ["data/totals.js", "data/words.js", "data/words-progress.js"];
    folders.iter().any(|folder| path.starts_with(folder))
        || files.contains(&path)
        || scripts.contains(&path)
}

/// The theme's icons: file, size, and what a system may do with it.
const ICONS: [(&str, &str, &str); 3] = [
    ("assets/icon-192.png", "192x192", "any"),
    ("assets/icon-512.png", "512x512", "any"),
    ("assets/icon-maskable-512.png", "512x512", "maskable"),
];

/// The web app manifest: with it a phone installs the site. Addresses are relative to the file, so
/// it works below any path.
pub(super) fn app(config: &Config, files: &BTreeMap<String, File>) -> Vec<u8> {
    let mut app = json!({
        "name": config.title,
        "lang": config.language,
        "start_url": "index.html",
        "scope": "./",
        "display": "standalone",
        "background_color": "#ffffff",
    });
    if let Some(description) = &config.description {
        app["description"] = json!(description);
    }
    let icons = ICONS.iter().filter(|(path, ..)| files.contains_key(*path));
    app["icons"] = icons
        .map(|(path, sizes, purpose)| {
            json!({ "src": path, "sizes": sizes, "type": "image/png", "purpose": purpose })
        })
        .collect();
    let mut text = format!("{app:#}");
    text.push('\n');
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::config;

    fn files(pairs: &[(&str, &str)]) -> BTreeMap<String, File> {
        let file = |(path, text): &(&str, &str)| ((*path).to_owned(), text.as_bytes().into());
        pairs.iter().map(file).collect()
    }

    fn head(settings: &str, files: &BTreeMap<String, File>) -> String {
        let book = format!("[curriculum]\nid = \"c\"\ntitle = \"T\"\n{settings}");
        let config = config::read(book.as_bytes()).0.expect("the settings are valid");
        let script = worker(&config, files, b"work();");
        let text = String::from_utf8(script).expect("a script is text");
        text.strip_suffix(";\nwork();").expect("the script stands below").to_owned()
    }

    fn parsed(head: &str) -> serde_json::Value {
        let json = head.strip_prefix("self.roadbookRelease=").expect("a release");
        serde_json::from_str(json).expect("a release is JSON")
    }

    #[test]
    fn a_release_names_what_readers_come_by() {
        let site = files(&[
            ("index.html", "home"),
            ("stages/a/index.html", "a"),
            ("hub.html", ""),
            ("curriculum.json", ""),
            (".nojekyll", ""),
            ("CNAME", ""),
            ("print/index.html", ""),
            ("book.epub", ""),
        ]);
        let release = parsed(&head("", &site));
        let named: Vec<&str> = release["files"]
            .as_object()
            .map_or_else(Vec::new, |files| files.keys().map(String::as_str).collect());
        assert_eq!(named, ["index.html", "stages/a/index.html"]);
        // `printf home | sha256sum`, in base64url.
        assert_eq!(release["files"]["index.html"], "TqFAWIFQdzzjqs54au739A");
        assert_eq!(release["bytes"], 5);
        assert!(release.get("shell").is_none());
    }

    #[test]
    fn any_change_is_another_release() {
        let one = parsed(&head("", &files(&[("index.html", "one")])));
        let two = parsed(&head("", &files(&[("index.html", "two")])));
        let more = parsed(&head("", &files(&[("index.html", "one"), ("a.html", "")])));
        assert_eq!(one, parsed(&head("", &files(&[("index.html", "one")]))));
        assert_ne!(one["release"], two["release"]);
        assert_ne!(one["release"], more["release"]);
    }

    #[test]
    fn of_a_large_site_the_shell_is_named() {
        let large = "x".repeat(1 << 20);
        let site =
            files(&[("index.html", "home"), ("assets/roadbook.css", ""), ("a.html", &large)]);
        let settings = "[offline]\nmegabytes = 1\n";
        assert_eq!(
            parsed(&head(settings, &site))["shell"],
            json!(["assets/roadbook.css", "index.html"])
        );
        assert!(parsed(&head("", &site)).get("shell").is_none());
    }

    #[test]
    fn switched_off_it_ends_an_earlier_one() {
        let head = head("[offline]\nenabled = false\n", &files(&[("index.html", "home")]));
        assert_eq!(head, "self.roadbookRetired=\"c\"");
    }

    #[test]
    fn a_theme_that_keeps_nothing_ends_an_earlier_one() {
        let config = config::read(b"[curriculum]\nid = \"c\"\ntitle = \"T\"\n").0;
        let worker = ending_worker(&config.expect("the settings are valid"));
        let (head, script) = worker.split_at(worker.iter().position(|b| *b == b'\n').unwrap_or(0));
        assert_eq!(head, b"self.roadbookRetired=\"c\";");
        assert!(script.len() > 1, "there is no script below it");
    }
}
