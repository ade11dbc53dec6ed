//! What an editor may know of front matter, `book.toml` and `theme.toml`.
//!
//! Input: the keys that their readers ask for. Output: JSON Schemas, and the settings with which
//! editors use them. Responsibility: a sentence for each key; which keys there are is only ever
//! said by the readers.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::kind::PageKind;
use crate::node::{Asked, Shape};
use crate::parse::config::{self, Table};
use crate::parse::front_matter_keys;
use crate::theme;
use crate::time::Unit;

/// Every schema by the name of its file.
#[must_use]
pub fn schemas() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for kind in PageKind::ALL {
        let name = kind.name();
        let keys = object(name, &front_matter_keys(kind), &BTreeMap::new());
        let schema = schema(&format!("Front matter: {name}"), keys);
        files.insert(format!("{name}.json"), pretty(&schema));
    }
    files.insert("book.json".to_owned(), pretty(&of_tables("book.toml", config::keys())));
    files.insert("theme.json".to_owned(), pretty(&of_tables("theme.toml", theme::keys())));
    files
}

/// The settings of editors in a curriculum's folder, by path: schemas, completions, and messages
/// at their place.
#[must_use]
pub fn editor_files() -> BTreeMap<String, String> {
    let mut files: BTreeMap<String, String> = schemas()
        .into_iter()
        .filter(|(name, _)| name != "theme.json")
        .map(|(name, text)| (format!("{FOLDER}/{name}"), text))
        .collect();
    let globs: Map<String, Value> = PageKind::ALL
        .iter()
        .map(|kind| (format!("./{FOLDER}/{}.json", kind.name()), json!(pages(*kind))))
        .collect();
    let settings = json!({
        "yaml.schemas": globs,
        "[markdown]": { "editor.quickSuggestions": { "other": true } },
    });
    files.insert(".vscode/settings.json".to_owned(), pretty(&settings));
    let extensions = json!({ "recommendations": ["tamasfe.even-better-toml"] });
    files.insert(".vscode/extensions.json".to_owned(), pretty(&extensions));
    files.insert(".vscode/tasks.json".to_owned(), pretty(&tasks()));
    files.insert(".vscode/roadbook.code-snippets".to_owned(), pretty(&snippets()));
    files
}

/// Where the schemas of a curriculum lie.
const FOLDER: &str = ".vscode/schemas";

/// The line of `book.toml` that tells editors its schema.
pub const BOOK_LINE: &str = "#:schema ./.vscode/schemas/book.json\n";

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("plain values are valid JSON") + "\n"
}

/// Where pages of a kind lie.
fn pages(kind: PageKind) -> &'static [&'static str] {
    match kind {
        PageKind::Home => &["content/README.md"],
        PageKind::Level => &["content/*/README.md"],
        PageKind::Stage => &["content/*/*/README.md"],
        PageKind::Project => &["content/*/*/*.md", "!content/*/*/README.md"],
        PageKind::Source => &["content/sources/**/*.md"],
        PageKind::Tracking => &["content/tracking/**/*.md"],
        PageKind::Page => &["content/pages/**/*.md"],
        PageKind::Glossary => &["content/glossary.md"],
    }
}

/// `roadbook check`, with each problem at its place.
fn tasks() -> Value {
    json!({
        "version": "2.0.0",
        "tasks": [{
            "label": "roadbook check",
            "type": "shell",
            "command": "roadbook check --message-format short",
            "group": { "kind": "build", "isDefault": true },
            "problemMatcher": {
                "owner": "roadbook",
                "fileLocation": ["relative", "${workspaceFolder}"],
                "pattern": {
                    "regexp": "^(.+?):(\\d+):(\\d+): (error|warning)\\[([a-z-]+)\\]: (.*)$",
                    "file": 1, "line": 2, "column": 3, "severity": 4, "code": 5, "message": 6
                }
            }
        }]
    })
}

/// The front matter of each kind of page to fill in, since few editors read a schema for YAML
/// that stands in Markdown.
fn snippets() -> Value {
    let snippets: Map<String, Value> = PageKind::ALL
        .into_iter()
        .map(|kind| {
            let mut body = vec!["---".to_owned()];
            let mut stop = 0;
            for asked in front_matter_keys(kind) {
                let Some(value) = placeholder(&asked.shape) else { continue };
                if !matches!(asked.key, "id" | "aliases") {
                    stop += 1;
                    body.push(format!(
                        "{}: {}",
                        asked.key,
                        value.replace("${N", &format!("${{{stop}"))
                    ));
                }
            }
            body.extend(["---".to_owned(), String::new(), "$0".to_owned()]);
            let name = kind.name();
            let snippet = json!({
                "scope": "markdown",
                "prefix": format!("roadbook-{name}"),
                "description": format!("Front matter: {name}"),
                "body": body,
            });
            (name.to_owned(), snippet)
        })
        .collect();
    Value::Object(snippets)
}

/// A place to fill in, `N` its number.
fn placeholder(shape: &Shape) -> Option<String> {
    Some(match shape {
        Shape::Text => "${N}".to_owned(),
        Shape::Texts | Shape::SourceUses => "[${N}]".to_owned(),
        Shape::Integer(least, most) => {
            let numbers: Vec<String> = (*least..=*most).map(|number| number.to_string()).collect();
            format!("${{N|{}|}}", numbers.join(","))
        }
        Shape::Duration(Some(_)) => "${N:8-12}".to_owned(),
        Shape::Duration(None) => "${N:6-8 weeks}".to_owned(),
        Shape::Choice(words) => format!("${{N|{}|}}", words.join(",")),
        Shape::Choices(_) | Shape::Table | Shape::Free | Shape::Any => return None,
    })
}

fn schema(title: &str, mut object: Value) -> Value {
    object["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    object["title"] = json!(title);
    object
}

/// The schema of a file of tables. A table `[options]` whose keys are known declares options.
fn of_tables(file: &str, tables: Vec<Table>) -> Value {
    let mut top = Vec::new();
    let mut inner = BTreeMap::new();
    for (name, asked) in tables {
        match name {
            "" => top = asked,
            "options" => {
                let option = object("theme.toml [options]", &asked, &BTreeMap::new());
                inner.insert(name, json!({ "type": "object", "additionalProperties": option }));
            }
            _ => {
                let table = object(&format!("{file} [{name}]"), &asked, &BTreeMap::new());
                inner.insert(name, table);
            }
        }
    }
    schema(file, object(file, &top, &inner))
}

fn object(place: &str, asked: &[Asked], inner: &BTreeMap<&str, Value>) -> Value {
    let mut properties = Map::new();
    for Asked { key, shape, .. } in asked {
        let mut value = inner.get(key).cloned().unwrap_or_else(|| of_shape(shape));
        value["description"] = json!(described(place, key));
        properties.insert((*key).to_owned(), value);
    }
    let required: Vec<&str> =
        asked.iter().filter(|asked| asked.required).map(|asked| asked.key).collect();
    let mut object = json!({
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    object
}

fn of_shape(shape: &Shape) -> Value {
    // A number or `true` is read as the text it is written as.
    let text = json!({ "type": ["string", "number", "boolean"] });
    match shape {
        Shape::Text => text,
        Shape::Texts => json!({ "oneOf": [{ "type": "array", "items": text }, text] }),
        Shape::Integer(least, most) => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        Shape::Duration(Some(Unit::Hours)) => {
            json!({ "type": ["string", "integer"], "examples": ["8-12", 10] })
        }
        Shape::Duration(_) => {
            json!({ "type": "string", "examples": ["6-8 weeks", "3 months", "6–9 месяцев"] })
        }
        Shape::Choice(words) if words.contains(&"true") => json!({ "type": "boolean" }),
        Shape::Choice(words) => json!({ "enum": words }),
        Shape::Choices(words) => json!({ "type": "array", "items": { "enum": words } }),
        Shape::Table | Shape::Free => json!({ "type": "object" }),
        Shape::SourceUses => {
            let part = json!({
                "type": "object",
                "properties": {
                    "id": { "type": "string", "description": "The source's id" },
                    "part": { "type": "string", "description": "The part of it, as readers see it" },
                },
                "required": ["id"],
                "additionalProperties": false,
            });
            let entry = json!({ "oneOf": [{ "type": "string" }, part] });
            json!({ "oneOf": [{ "type": "array", "items": entry }, { "type": "string" }] })
        }
        Shape::Any => json!({}),
    }
}

/// What a key is for.
fn described(place: &str, key: &str) -> &'static str {
    match (place, key) {
        ("book.toml", "curriculum") => "What the curriculum is",
        ("book.toml", "site") => "Where the site will stand",
        ("book.toml", "theme") => "How the site looks",
        ("book.toml", "offline") => "What browsers keep for reading without a network",
        ("book.toml", "search") => "What the search knows besides the content",
        ("book.toml [search]", "synonyms") => {
            "Names that search takes for each other: \"k8s, kubernetes\""
        }
        ("book.toml [offline]", "enabled") => "Whether they keep anything; default `true`",
        ("book.toml [offline]", "megabytes") => {
            "How much they keep at once; of a larger site its shell, and the rest on demand"
        }
        ("book.toml", "security") => "How much the content is trusted",
        ("book.toml [curriculum]", "id") => {
            "Permanent id: a learner's progress is kept under it, so it must never change"
        }
        ("book.toml [curriculum]", "title") => "Its title",
        ("book.toml [curriculum]", "language") => {
            "Language of content and interface, as `ru` or `en`; default `en`"
        }
        ("book.toml [curriculum]", "description") => "One sentence for search engines",
        ("book.toml [curriculum]", "authors") => "Who wrote the content",
        ("book.toml [curriculum]", "license") => "The content's licence, an SPDX expression",
        ("book.toml [site]", "url") => "Absolute address of the site",
        ("book.toml [site]", "repository") => {
            "Address of the repository, for the links that edit a page"
        }
        ("book.toml [site]", "cname") => "The domain under which the host serves the site",
        ("book.toml [theme]", "name") => {
            "A folder of `themes/`, or a built-in theme: `default`, `plain`; default `default`"
        }
        ("book.toml [theme]", "options") => {
            "Options of the theme; `roadbook theme show` lists them"
        }
        ("book.toml [security]", "raw_html") => {
            "Whether raw HTML in the content stays as it is or is shown as text"
        }
        ("theme.toml", "name") => "The theme's name, that of its folder",
        ("theme.toml", "description") => "One sentence",
        ("theme.toml", "version") => "Its version",
        ("theme.toml", "parent") => "The theme it builds on",
        ("theme.toml", "icon") => {
            "The drawing (SVG) of `static/` that the icons of phones are made of"
        }
        ("theme.toml", "stylesheet") => "The file of `static/` that design tokens are appended to",
        ("theme.toml", "needs") => {
            "What is made beside the pages: the learner's progress, help, offline, print"
        }
        ("theme.toml", "options") => "What a site may choose in `[theme.options]` of `book.toml`",
        ("theme.toml", "renamed") => {
            "Former names and their successors, for whoever overrides them"
        }
        ("theme.toml [renamed]", "blocks") => "Former names of blocks",
        ("theme.toml [renamed]", "words") => "Former names of words",
        ("theme.toml [renamed]", "options") => "Former names of options",
        ("theme.toml [options]", "type") => "What its value may be",
        ("theme.toml [options]", "choices") => "The words of a `choice`",
        ("theme.toml [options]", "description") => "What it does",
        ("theme.toml [options]", "token") => {
            "The custom property of CSS that carries it; a colour gets `-light` and `-dark` behind it"
        }
        ("theme.toml [options]", "readable_on") => {
            "The option whose colour lies behind this one; the build warns of too little contrast"
        }
        ("theme.toml [options]", "default") => "Its value where a site gives none",
        (_, "title") => "The page's title",
        (_, "id") => {
            "The page's id, where it does not come from its name; it is part of the address"
        }
        (_, "icon") => "An emoji",
        (_, "aliases") => "Former addresses, from the site's root; they lead here",
        (_, "extra") => "Free keys for the theme",
        (_, "duration") => "How long it takes",
        (_, "goal") => "What the learner will be able to do",
        (_, "stages") => "Ids of the stages in order, where it is not the order of their folders",
        ("stage", "requires") => "Ids of the stages to finish before",
        ("stage", "sources") => "Ids of the sources it draws on, with the part where that matters",
        ("stage", "status") => "How ready it is; default `stable`",
        ("project", "requires") => "Ids of the projects to finish before",
        ("project", "summary") => "One line on what it is",
        ("project", "kind") => "Which of the three kinds; default `project`",
        ("project", "difficulty") => "How hard it is, 1 to 5",
        ("project", "hours") => "Hours of work",
        ("project", "skills") => "What it exercises",
        ("source", "also") => "Other names",
        ("source", "url") => "Its own address elsewhere",
        ("tracking", "cadence") => "How often it begins anew; default `once`",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_described(place: &str, schema: &Value, silent: &mut Vec<String>) {
        let Some(properties) = schema["properties"].as_object() else { return };
        for (key, value) in properties {
            if value["description"].as_str().unwrap_or_default().is_empty() {
                silent.push(format!("{place} {key}"));
            }
            check_described(&format!("{place} {key}"), value, silent);
            check_described(&format!("{place} {key}"), &value["additionalProperties"], silent);
        }
    }

    #[test]
    fn every_key_is_described() {
        let mut silent = Vec::new();
        for (name, text) in schemas() {
            let schema = serde_json::from_str(&text).expect("a schema is JSON");
            check_described(&name, &schema, &mut silent);
        }
        assert!(silent.is_empty(), "`described` says nothing of {}", silent.join(", "));
    }

    #[test]
    fn every_table_of_the_settings_is_known() {
        for tables in [config::keys(), theme::keys()] {
            let (_, top) =
                tables.iter().find(|(name, _)| name.is_empty()).expect("the file itself");
            for asked in top.iter().filter(|asked| asked.shape == Shape::Table) {
                let known =
                    tables.iter().any(|(name, keys)| *name == asked.key && !keys.is_empty());
                assert!(known, "the keys of `[{}]` are not handed on by its reader", asked.key);
            }
        }
    }
}
