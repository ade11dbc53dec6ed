//! `book.toml` to a [`Config`].
//!
//! Input: the file's bytes. Output: a [`Config`] and diagnostics. Responsibility: which settings
//! there are, and their defaults; the only module that knows TOML.

use std::sync::Arc;

use toml::Spanned as TomlSpanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::node::{Asked, Entry, Fields, Node, Spanned, Value};
use crate::text;

/// Where the settings stand.
pub const PATH: &str = "book.toml";
/// The theme of a curriculum that names none.
pub const DEFAULT_THEME: &str = "default";

/// What `book.toml` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The curriculum's permanent id; part of every stored tick.
    pub id: String,
    /// Its title.
    pub title: String,
    /// BCP 47 language of content and interface; default `en`.
    pub language: String,
    /// One sentence for search engines.
    pub description: Option<String>,
    /// Who wrote the content.
    pub authors: Vec<String>,
    /// The content's licence, an SPDX expression.
    pub license: Option<String>,
    /// An emoji.
    pub icon: Option<String>,
    /// Absolute address of the site's root, ending in `/`.
    pub site_url: Option<String>,
    /// Address of the repository, without a slash at the end.
    pub repository: Option<String>,
    /// The domain that the host serves the site under.
    pub cname: Option<String>,
    /// Name of the theme; default `default`.
    pub theme: Spanned<String>,
    /// Options of the theme, as written; the theme knows which there are.
    pub theme_options: Vec<Entry>,
    /// What becomes of raw HTML in Markdown.
    pub raw_html: RawHtml,
    /// What browsers keep for reading without a network.
    pub offline: Offline,
    /// Words that search takes for each other, each list of one meaning.
    pub synonyms: Vec<Vec<String>>,
}

/// What browsers keep for reading without a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Offline {
    /// Nothing, and what an earlier release kept is removed.
    Off,
    /// The whole site up to so many bytes; of a larger one its shell, and the rest on demand.
    UpTo(u64),
}

/// The megabytes that browsers keep without being asked.
const OFFLINE_MEGABYTES: u8 = 24;

/// What becomes of raw HTML in Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RawHtml {
    /// It stays as it is: one's own content.
    Keep,
    /// It is shown as text: a stranger's content.
    Escape,
}

/// Reads `book.toml`. Without a usable `id` or `title` there is no curriculum to build.
#[must_use]
pub fn read(bytes: &[u8]) -> (Option<Config>, Vec<Diagnostic>) {
    let path: Arc<str> = Arc::from(PATH);
    let mut diagnostics = Vec::new();
    let Some(source) = super::read_text(&path, bytes, 1 << 20, &mut diagnostics) else {
        return (None, diagnostics);
    };
    let Some(entries) = parse(source, &path, &mut diagnostics) else {
        return (None, diagnostics);
    };
    let config = config(&entries, &path, &mut diagnostics, &mut Vec::new());
    (config, diagnostics)
}

/// The keys of a table of `book.toml`; those of the file itself have no table.
pub type Table = (&'static str, Vec<Asked>);

/// The keys of `book.toml`, table by table, as the reader asks for them.
#[must_use]
pub fn keys() -> Vec<Table> {
    let mut tables = Vec::new();
    let _ = config(&[], &Arc::from(PATH), &mut Vec::new(), &mut tables);
    tables
}

/// Reads a file of TOML as keys with values.
pub fn read_entries(
    path: &Arc<str>,
    bytes: &[u8],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<Entry>> {
    let source = super::read_text(path, bytes, 1 << 20, diagnostics)?;
    parse(source, path, diagnostics)
}

fn parse(source: &str, path: &Arc<str>, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<Entry>> {
    let (table, errors) = DeTable::parse_recoverable(source);
    if errors.is_empty() {
        return Some(entries(table.get_ref(), path));
    }
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        diagnostics.push(Diagnostic::new(
            Code::Syntax,
            Span::new(path, span.start, span.end),
            format!("no valid TOML: {}", error.message().trim()),
            "see https://toml.io for the form; texts stand in double quotes",
        ));
    }
    None
}

fn entries(table: &DeTable<'_>, path: &Arc<str>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_span: Span::new(path, key.span().start, key.span().end),
            value: node(value, path),
        })
        .collect();
    entries.sort_by(|a, b| a.key_span.cmp(&b.key_span));
    entries
}

fn node(value: &TomlSpanned<DeValue<'_>>, path: &Arc<str>) -> Node {
    let span = Span::new(path, value.span().start, value.span().end);
    let plain = |text: String| Value::Scalar { text, quoted: false };
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Scalar { text: text.to_string(), quoted: true },
        DeValue::Integer(number) => plain(number.as_str().to_owned()),
        DeValue::Float(number) => plain(number.as_str().to_owned()),
        DeValue::Boolean(value) => plain(value.to_string()),
        DeValue::Datetime(value) => plain(value.to_string()),
        DeValue::Array(items) => Value::List(items.iter().map(|item| node(item, path)).collect()),
        DeValue::Table(table) => Value::Table(entries(table, path)),
    };
    Node { span, value }
}

fn config(
    entries: &[Entry],
    path: &Arc<str>,
    diagnostics: &mut Vec<Diagnostic>,
    tables: &mut Vec<Table>,
) -> Option<Config> {
    let start = Span::new(path, 0, 0);
    let mut inner = Vec::new();
    let mut top = Fields::new(entries, start.clone(), "book.toml", diagnostics);
    let empty: (&[Entry], Span) = (&[], start);

    let (table, span) = top.table("curriculum").unwrap_or_else(|| empty.clone());
    let mut keys = Fields::new(table, span, "[curriculum]", &mut inner);
    let id = keys.required_text("id").filter(|id| {
        let valid = text::is_id(&id.value);
        if !valid {
            keys.report(Diagnostic::new(
                Code::BadId,
                id.span.clone(),
                format!("`{}` cannot be an id", id.value),
                format!(
                    "use lower-case Latin letters, digits and hyphens: `id = \"{}\"`",
                    text::slug(&id.value)
                ),
            ));
        }
        valid
    });
    let title = keys.required_text("title");
    let language = keys.text("language").map_or_else(|| "en".to_owned(), |text| text.value);
    let description = keys.text("description").map(|text| text.value);
    let authors = keys.texts("authors").into_iter().map(|text| text.value).collect();
    let license = keys.text("license").map(|text| text.value);
    let icon = keys.text("icon").map(|text| text.value);
    tables.push(("curriculum", keys.finish()));

    let (table, span) = top.table("site").unwrap_or_else(|| empty.clone());
    let mut keys = Fields::new(table, span, "[site]", &mut inner);
    let site_url = keys.address("url").map(|text| with_slash(text.value));
    let repository = keys.address("repository").map(|text| without_slash(&text.value));
    let cname = keys.text("cname").map(|text| text.value);
    tables.push(("site", keys.finish()));

    let (table, span) = top.table("theme").unwrap_or_else(|| empty.clone());
    let mut keys = Fields::new(table, span, "[theme]", &mut inner);
    let theme = keys.text("name").unwrap_or_else(|| Spanned {
        value: DEFAULT_THEME.to_owned(),
        span: Span::new(path, 0, 0),
    });
    let theme_options = keys.free("options").to_vec();
    tables.push(("theme", keys.finish()));

    let (table, span) = top.table("security").unwrap_or_else(|| empty.clone());
    let mut keys = Fields::new(table, span, "[security]", &mut inner);
    let raw_html = keys
        .choice("raw_html", &[("keep", RawHtml::Keep), ("escape", RawHtml::Escape)])
        .unwrap_or(RawHtml::Keep);
    tables.push(("security", keys.finish()));

    let (table, span) = top.table("offline").unwrap_or_else(|| empty.clone());
    let mut keys = Fields::new(table, span, "[offline]", &mut inner);
    let enabled = keys.boolean("enabled").unwrap_or(true);
    let megabytes = keys.integer("megabytes", 1, u8::MAX).unwrap_or(OFFLINE_MEGABYTES);
    tables.push(("offline", keys.finish()));
    let offline = if enabled { Offline::UpTo(u64::from(megabytes) << 20) } else { Offline::Off };
    let (table, span) = top.table("search").unwrap_or_else(|| empty.clone());
    let mut keys = Fields::new(table, span, "[search]", &mut inner);
    let synonyms = keys.texts("synonyms").iter().map(|names| names_of(&names.value)).collect();
    tables.push(("search", keys.finish()));

    tables.push(("", top.finish()));
    diagnostics.append(&mut inner);
    Some(Config {
        id: id?.value,
        title: title?.value,
        language,
        description,
        authors,
        license,
        icon,
        site_url,
        repository,
        cname,
        theme,
        theme_options,
        raw_html,
        offline,
        synonyms,
    })
}

/// `"k8s, kubernetes"` as its names.
fn names_of(list: &str) -> Vec<String> {
    list.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// An address with exactly one slash at its end.
#[must_use]
pub fn with_slash(mut address: String) -> String {
    if !address.ends_with('/') {
        address.push('/');
    }
    address
}

/// The host of an address.
#[must_use]
pub fn host(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    rest.split(['/', ':']).next()
}

/// An address without a slash or `.git` at its end.
#[must_use]
pub fn without_slash(address: &str) -> String {
    address.trim_end_matches('/').trim_end_matches(".git").to_owned()
}
