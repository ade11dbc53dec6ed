//! The invariants of ARCHITECTURE.md that no lint enforces.

use std::collections::BTreeMap;
use std::path::Path;

/// The modules from the ground up; a module imports only from modules before it.
const LAYERS: &[&str] = &[
    "diagnostic",
    "kind",
    "text",
    "time",
    "snapshot",
    "embedded",
    "node",
    "document",
    "highlight",
    "math",
    "measure",
    "words",
    "lock",
    "draft",
    "parse",
    "tree",
    "assemble",
    "identity",
    "identified",
    "model",
    "link",
    "picture",
    "road",
    "search",
    "theme",
    "schema",
    "view",
    "finished",
    "render",
    "site",
    "compile",
    "bundle",
    "import",
    "scaffold",
    "disk",
    "report",
    "serve",
    "cli",
    "lib",
    "main",
    "",
];

/// Each package of the card, and packages with one home besides, by the module that names them.
const HOMES: &[(&str, &str)] = &[
    ("pulldown_cmark", "parse/markdown"),
    ("pulldown_latex", "math"),
    ("imagesize", "measure"),
    ("tera::", "render"),
    ("serde_yaml", "parse/yaml"),
    ("saphyr_parser", "parse/yaml"),
    ("walkdir", "disk/listing"),
    ("notify::", "serve/watch"),
    ("axum::", "serve/server"),
    ("open::that", "cli/preview"),
    ("etcetera", "cli/cache"),
    ("syntect", "highlight"),
    ("two_face", "highlight"),
    ("onig::", "highlight"),
    ("toml::", "parse/config"),
    ("annotate_snippets", "report"),
    ("clap::", "cli"),
    ("rust_embed", "embedded"),
    ("html5gum", "finished/scan"),
    ("memchr::", "finished/scan"),
    ("resvg", "picture"),
    ("ttf_parser", "picture"),
    ("dejavu", "picture"),
    ("encoding_rs", "import/repair"),
    ("html5ever", "bundle/tree"),
    ("zip::write", "bundle/archive"),
    ("sha2::", "render/policy"),
    ("base64::", "render/policy"),
    ("fluent_bundle", "words"),
    ("icu_decimal", "words"),
    ("icu_locale_core", "words"),
    ("intl_memoizer", "words"),
    ("unic_langid", "words"),
    ("deunicode", "text"),
    ("csscolorparser", "theme/colour"),
    ("diffy", "theme/copies"),
    ("frostem", "search/stem"),
];

/// Module path (`parse/yaml`) to its code, comments removed.
fn sources() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    walkdir::WalkDir::new(&root)
        .into_iter()
        .map(|entry| entry.expect("sources can be listed").into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("sources can be read");
            let code: Vec<&str> =
                text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
            let name = path.strip_prefix(&root).expect("below src").with_extension("");
            (name.to_string_lossy().replace('\\', "/"), code.join("\n"))
        })
        .collect()
}

fn layer(module: &str) -> usize {
    let top = module.split('/').next().unwrap_or(module);
    LAYERS
        .iter()
        .position(|name| *name == top)
        .unwrap_or_else(|| panic!("`{top}` is not on the map of layers"))
}

#[test]
fn modules_import_only_from_below() {
    let mut wrong = Vec::new();
    for (module, code) in sources() {
        for (at, _) in code.match_indices("crate::") {
            let target: String =
                code[at + 7..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if module == "lib" || target.is_empty() {
                continue;
            }
            if layer(&target) > layer(&module) {
                wrong.push(format!("{module} imports {target}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Another theme must not meet anything that is made for the built-in one.
#[test]
fn the_core_names_no_file_of_a_theme() {
    let mut wrong = Vec::new();
    for (module, code) in sources() {
        let code = code.split("#[cfg(test)]").next().unwrap_or_default();
        for name in ["roadbook.css", "roadbook.js", "favicon", "plain.css", "themes/default"] {
            if code.contains(name) {
                wrong.push(format!("{module} names {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_package_has_one_home() {
    let mut wrong = Vec::new();
    for (module, code) in sources() {
        for (package, home) in HOMES {
            let at_home = module == *home || module.starts_with(&format!("{home}/"));
            // Formats of messages and timings are arguments of the command line by their nature.
            let derived = *package == "clap::" && module == "report";
            let named = code.match_indices(package).any(|(at, _)| {
                !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
            });
            if named && !at_home && !derived {
                wrong.push(format!("{module} names {package}, whose home is {home}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for name in sources().keys() {
        let path = root.join(format!("{name}.rs"));
        let text = std::fs::read_to_string(&path).expect("sources can be read");
        assert!(text.starts_with("//!"), "{name} does not open with `//!`");
    }
}
