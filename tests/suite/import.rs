//! Documents of every shape as curricula. `tests/import` holds one of each, written for the purpose.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use proptest::prelude::*;
use roadbook::compile::{Compiled, Memo, compile};
use roadbook::disk::{self, Found};
use roadbook::import::{Imported, Input, LARGEST, Repair, import};
use roadbook::report::{Colour, Format, report};
use roadbook::snapshot::Snapshot;

const SHAPES: [&str; 8] = [
    "roadmap.md",
    "checklists.md",
    "tables.md",
    "links.md",
    "mdbook",
    "hugo",
    "odin",
    "roadmap-sh",
];

fn texts(name: &str) -> BTreeMap<String, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import").join(name);
    match disk::documents(&path, LARGEST).expect("it can be read") {
        Found::File(text) => BTreeMap::from([(String::new(), text)]),
        Found::Folder(files) => files,
        Found::Nothing(problem) => panic!("{name}: {problem}"),
    }
}

fn imported(name: &str) -> Imported {
    let mut files = texts(name);
    let input = match files.remove("") {
        Some(text) => Input::Document(text),
        None => Input::Folder(files),
    };
    import(input, "case", "Case", Repair::No)
}

fn built(imported: &Imported) -> Compiled {
    let snapshot = Snapshot::of(imported.files.clone());
    let compiled = compile(&snapshot, &mut Memo::default());
    let lines = report(&compiled.diagnostics, &snapshot, Format::Short, Colour::Off);
    assert_eq!(lines, "", "{:#?}", imported.files.keys());
    compiled
}

/// How often each word stands in a text.
fn words(text: &str) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *words.entry(word.to_lowercase()).or_insert(0) += 1;
    }
    words
}

#[test]
fn every_shape_builds_without_a_complaint() {
    for name in SHAPES {
        let compiled = built(&imported(name));
        assert!(compiled.stats.stages > 1, "{name}: {:?}", compiled.stats);
        assert!(compiled.stats.topics > 1, "{name}: {:?}", compiled.stats);
    }
}

/// What became what, and what was written of it: read the difference when it changes.
#[test]
fn every_shape_becomes_what_was_meant() {
    for name in SHAPES {
        let Imported { files, report } = imported(name);
        let mut text = String::new();
        for (line, what, title) in &report.placed {
            let _ = writeln!(text, "{line:>4} {what}: {title}");
        }
        for (line, kept) in &report.kept {
            let _ = writeln!(text, "{line:>4} kept: {kept}");
        }
        for (path, bytes) in &files {
            let _ = write!(text, "-- {path} --\n{}", String::from_utf8_lossy(bytes));
        }
        let name = format!("tests/import/expected/{}.txt", name.trim_end_matches(".md"));
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        if std::env::var_os("RECORD").is_some() {
            std::fs::write(&path, &text).expect("it can be written");
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(text == expected, "{}: RECORD=1 cargo test import", path.display());
    }
}

/// Headings, tasks and rows: at least 95 of 100 are something that the curriculum knows.
#[test]
fn nearly_all_becomes_typed() {
    for name in SHAPES {
        let report = imported(name).report;
        let typed = report.placed.len() + report.topics;
        assert!(report.kept.len() * 20 <= typed, "{name}: {:?}", report.kept);
    }
}

#[test]
fn no_word_is_lost() {
    // What headings, columns and keys say of themselves is said by the curriculum's form.
    let labels = |name: &str| match name {
        "roadmap.md" => {
            "уровень этап 1 2 источники материала программа изучения проекты этапа \
             практические задания capstone projects цель как идут дела"
        }
        "tables.md" => "courses duration",
        "mdbook" => "book title authors",
        "hugo" => "weight title description 1 2 10 20",
        _ => "",
    };
    for name in SHAPES {
        let output: String = imported(name)
            .files
            .iter()
            .filter(|(path, _)| path.starts_with("content/") || *path == "book.toml")
            .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
            .collect();
        let output = words(&output);
        for (path, text) in texts(name).iter().filter(|(path, _)| !path.ends_with("SUMMARY.md")) {
            // Addresses of links that lead nowhere now are no words.
            let text = without_targets(text);
            for (word, count) in words(&text) {
                let found = output.get(&word).copied().unwrap_or(0);
                let label = labels(name).split_whitespace().any(|label| label == word);
                assert!(label || found >= count, "{name} {path}: «{word}» is lost");
            }
        }
    }
}

fn without_targets(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        out.push_str(before);
        out.push(' ');
        rest = after.split_once(')').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    // Signs of lists are no words either, nor is where a reference leads.
    let lines = out.lines().filter(|line| !line.starts_with("[rye]:")).map(|line| {
        let rest = line.trim_start();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let rest = rest[digits..].strip_prefix(". ").unwrap_or(rest);
        rest.replace("[x]", "")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Each of many equal parts is looked at once; else this would take minutes.
#[test]
fn a_long_document_is_no_slower_than_it_is_long() {
    let part = |no: usize| {
        format!(
            "### Stage 1.1: Same\n\n📖 **Plan {no}** → **part {no}**\n\n```\n# code\n```\n\n\
             - [ ] [topic](https://example.org)\n\n"
        )
    };
    let text: String = (0..8_000).map(part).collect();
    let made = import(Input::Document(text), "case", "Case", Repair::No);
    let stages = made.files.keys().filter(|path| path.ends_with("/README.md")).count();
    assert_eq!(stages, 8_000 + 2, "home and a level stand above the stages");
    assert_eq!(made.report.topics, 8_000);
    assert_eq!(made.report.renamed.len(), 7_999);
}

/// Pieces of documents, usual and strange.
const PIECES: &[&str] = &[
    "# Title\n\n",
    "## Level 1: One (3 months)\n",
    "### Stage 1.1: Same (2 weeks)\n",
    "### Stage 1.2: Same\n",
    "## 🎯\n",
    "#### Projects:\n",
    "#### Sources\n",
    "###### Deep\n",
    "Setext\n------\n",
    "- [ ] task\n",
    "  - [x] nested\n",
    "- [a](b.md) - and [c][d]\n",
    "1. **Name** - what\n",
    "   - step\n",
    "| Courses | Duration |\n| - | - |\n| [A](https://a.example) | 3 weeks |\n| B \\| C | |\n",
    "| a |\n",
    "📖 **Plan** → **part 1**\n",
    "**Weeks 1-2: Begin** (📖 **Plan → part 2**)\n",
    "**Goal:** be done\n",
    "```\n# code\n- [ ] code\n```\n",
    "```\nunclosed\n",
    "```rust,ignore {linenos=table} title=x\nlet a = 1;\n```\n",
    "costs $\\frac{1}{2$ and $5 and A$6 $x$\n",
    "> ## quoted\n> - [ ] task\n",
    "<img src=\"https://evil.example/x.png\">\n\n",
    "<script>alert(1)</script>\n\n",
    "![p](https://p.example/p.png) [x](javascript:alert(1)) [[wiki]]\n",
    "[d]: https://d.example\n",
    "---\n",
    "weekly\n",
    "## Weekly\n- [ ] habit\n",
    "\n",
    "{{ t(id=\"x\") }} {% raw %}\n",
    "import:x ](import:y.md#z)\n",
    "\u{feff}é\0\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever it is, what comes of it builds.
    #[test]
    fn any_document_becomes_a_curriculum_that_builds(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..14),
    ) {
        let text = pieces.concat();
        let made = import(Input::Document(text.clone()), "case", "Case", Repair::Yes);
        let folder = BTreeMap::from([("a/b.md".to_owned(), text.clone()), ("c.md".to_owned(), text.clone())]);
        let other = import(Input::Folder(folder), "case", "Case", Repair::No);
        for imported in [made, other] {
            let snapshot = Snapshot::of(imported.files);
            let compiled = compile(&snapshot, &mut Memo::default());
            let lines = report(&compiled.diagnostics, &snapshot, Format::Short, Colour::Off);
            prop_assert!(compiled.site.is_some(), "{}\n---\n{}", lines, text);
        }
    }
}
