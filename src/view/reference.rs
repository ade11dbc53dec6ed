//! The reference of what templates see.
//!
//! Input: the types of [`view`](super). Output: `docs/template-data.md` and the same as a JSON
//! Schema. Responsibility: that what is published is what the types say; their doc comments are
//! the descriptions.
#![expect(clippy::disallowed_methods, reason = "a test reads and writes the published files")]

use std::fmt::Write as _;
use std::path::Path;

use schemars::{JsonSchema, Schema, schema_for};
use serde_json::{Map, Value};

use super::{NavView, PageView, SiteView};

/// What a template is given.
#[expect(dead_code, reason = "only its schema is wanted")]
#[derive(JsonSchema)]
struct TemplateData {
    /// The curriculum as a whole.
    site: SiteView,
    /// The page, in every template but `nav.html`.
    page: PageView,
    /// The navigation of one level, in `nav.html` alone.
    nav: NavView,
    /// The navigation as `nav.html` wrote it: HTML, empty where the theme has no `nav.html`.
    level_nav: String,
    /// The Content-Security-Policy, for a `<meta>` of every page.
    csp: String,
}

#[test]
fn the_reference_of_template_data_is_current() {
    let schema = schema_for!(TemplateData);
    let json = serde_json::to_string_pretty(&schema).expect("a schema is JSON") + "\n";
    let page = page(&schema);
    for (file, text) in [("template-data.md", page), ("schemas/template-data.json", json)] {
        current(file, &text);
    }
}

#[test]
fn the_published_schemas_are_current() {
    for (name, text) in crate::schema::schemas() {
        current(&format!("schemas/{name}"), &text);
    }
}

fn current(file: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(file);
    if std::env::var_os("RECORD").is_some() {
        std::fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("made");
        std::fs::write(&path, text).expect("the reference can be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "write docs/{file} anew: RECORD=1 cargo test --lib current");
}

fn page(schema: &Schema) -> String {
    let schema = schema.as_value();
    let mut text = "# What templates see\n\nMade from the types of `src/view.rs`; as JSON Schema: \
        [schemas/template-data.json](schemas/template-data.json). A value that may be missing is \
        `null` and counts as false in `{% if %}`. Beside these there is the function \
        `t(id=\"…\")`, a word of the theme.\n\n"
        .to_owned();
    table(&mut text, schema);
    let empty = Map::new();
    let definitions = schema["$defs"].as_object().unwrap_or(&empty);
    let mut names: Vec<&String> = definitions.keys().collect();
    names
        .sort_by_key(|name| (!["SiteView", "PageView", "NavView"].contains(&name.as_str()), *name));
    for name in names {
        let definition = &definitions[name];
        let _ = writeln!(text, "\n## {name}\n");
        let _ = writeln!(text, "{}\n", described(definition));
        if definition["properties"].is_object() {
            table(&mut text, definition);
        }
        for case in definition["oneOf"].as_array().into_iter().flatten() {
            for (key, value) in case["properties"].as_object().into_iter().flatten() {
                let _ = writeln!(text, "- `{key}`: {}. {}", type_of(value), described(case));
            }
        }
    }
    text
}

fn table(text: &mut String, object: &Value) {
    text.push_str("| field | type | meaning |\n| --- | --- | --- |\n");
    for (name, field) in object["properties"].as_object().into_iter().flatten() {
        let _ = writeln!(text, "| `{name}` | {} | {} |", type_of(field), described(field));
    }
    for part in object["oneOf"].as_array().into_iter().flatten() {
        for (name, field) in part["properties"].as_object().into_iter().flatten() {
            let _ = writeln!(text, "| `{name}` | {} | {} |", type_of(field), described(part));
        }
    }
}

fn described(schema: &Value) -> String {
    let text = schema["description"].as_str().unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

/// A type in a few words; one of the definitions as a link.
fn type_of(schema: &Value) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap_or(reference);
        return format!("[{name}](#{})", name.to_lowercase());
    }
    let names: Vec<&str> = match &schema["type"] {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => {
            let any = schema["anyOf"].as_array().into_iter().flatten();
            let all: Vec<String> = any.map(type_of).collect();
            return if all.is_empty() { "anything".to_owned() } else { all.join(" or ") };
        }
    };
    let words: Vec<String> = names
        .into_iter()
        .map(|name| match name {
            "array" => format!("list of {}", type_of(&schema["items"])),
            "object" => match &schema["additionalProperties"] {
                Value::Object(_) => "table".to_owned(),
                _ => "nothing of its own".to_owned(),
            },
            "integer" => "number".to_owned(),
            "string" => "text".to_owned(),
            "boolean" => "true or false".to_owned(),
            other => other.to_owned(),
        })
        .collect();
    words.join(" or ")
}
