//! The files of a theme and its parents.
//!
//! Input: a [`Snapshot`] and the theme's name. Output: a [`Theme`] and diagnostics.
//! Responsibility: which file wins where several themes have it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Span, nearest};
use crate::embedded;
use crate::node::Spanned;
use crate::parse::config;
use crate::snapshot::Snapshot;
use crate::words::WordSource;

mod overrides;

/// A theme with its parents.
#[derive(Debug, Default)]
pub struct Theme {
    /// The chain from the theme to its last parent.
    pub chain: Vec<String>,
    /// Every template: `default/stage.html` and its text, the chain's last theme first.
    pub templates: Vec<(String, Arc<str>, String)>,
    /// Locale files in the order of rising precedence: path, language (`ru` of `ru.ftl` and of
    /// `client.ru.ftl`), text.
    pub locales: Vec<(Arc<str>, String, String)>,
    /// Files that the site carries: path below `assets/` and bytes.
    pub assets: BTreeMap<String, Vec<u8>>,
    /// A hash of everything above.
    pub version: [u8; 32],
}

/// The longest chain of parents.
const LONGEST_CHAIN: usize = 16;

/// Loads a theme; one of the site itself wins over an embedded one of the same name.
pub fn load(
    snapshot: &Snapshot,
    name: &Spanned<String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Theme {
    let mut theme = Theme::default();
    let mut files_of_chain = Vec::new();
    let mut next = Some(name.clone());
    while let Some(Spanned { value: name, span: named_at }) = next.take() {
        let files = files_of(snapshot, &name);
        if files.is_empty() || theme.chain.contains(&name) || theme.chain.len() >= LONGEST_CHAIN {
            diagnostics.push(unknown_theme(snapshot, &name, named_at, files.is_empty()));
            break;
        }
        let parent = parent_of(&name, &files, diagnostics);
        theme.chain.push(name);
        files_of_chain.push(files);
        next = parent;
    }
    let mut hasher = blake3::Hasher::new();
    let chain = theme.chain.clone();
    for (name, files) in chain.iter().zip(files_of_chain).rev() {
        for (path, bytes) in files {
            hasher.update(name.as_bytes());
            hasher.update(path.as_bytes());
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(&bytes);
            theme.add(name, &path, bytes, diagnostics);
        }
    }
    theme.version = *hasher.finalize().as_bytes();
    overrides::check(&theme, diagnostics);
    theme
}

type Files = BTreeMap<String, Vec<u8>>;

fn files_of(snapshot: &Snapshot, name: &str) -> Files {
    let folder = format!("themes/{name}/");
    let own: Files = snapshot
        .below(&folder)
        .map(|(path, bytes)| (path[folder.len()..].to_owned(), bytes.to_vec()))
        .collect();
    if !own.is_empty() {
        return own;
    }
    embedded::theme(name).into_iter().map(|(path, bytes)| (path, bytes.into_owned())).collect()
}

fn parent_of(
    name: &str,
    files: &Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Spanned<String>> {
    let path: Arc<str> = Arc::from(format!("themes/{name}/theme.toml"));
    let bytes = files.get("theme.toml")?;
    config::read_theme(&path, bytes, diagnostics)
}

fn unknown_theme(snapshot: &Snapshot, name: &str, span: Span, missing: bool) -> Diagnostic {
    let mut names = embedded::themes();
    names.extend(
        snapshot.below("themes/").filter_map(|(path, _)| {
            Some(path.strip_prefix("themes/")?.split_once('/')?.0.to_owned())
        }),
    );
    names.sort();
    names.dedup();
    if !missing {
        return Diagnostic::new(
            Code::UnknownTheme,
            span,
            format!("the theme `{name}` is its own ancestor"),
            "change `parent` in one of the `theme.toml` files",
        );
    }
    let near = nearest(name, names.iter().map(String::as_str));
    Diagnostic::new(
        Code::UnknownTheme,
        span,
        format!("there is no theme `{name}`"),
        match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are: {}", names.join(", ")),
        },
    )
}

impl Theme {
    fn add(&mut self, name: &str, path: &str, bytes: Vec<u8>, diagnostics: &mut Vec<Diagnostic>) {
        let full: Arc<str> = Arc::from(format!("themes/{name}/{path}"));
        if let Some(file) = path.strip_prefix("static/") {
            self.assets.insert(file.to_owned(), bytes);
        } else if let Some(file) = path.strip_prefix("templates/") {
            if let Some(text) = crate::parse::read_text(&full, &bytes, 1 << 20, diagnostics) {
                self.templates.push((format!("{name}/{file}"), Arc::clone(&full), text.to_owned()));
            }
        } else if let Some(name) =
            path.strip_prefix("locales/").and_then(|file| file.strip_suffix(".ftl"))
            && let Some(text) = crate::parse::read_text(&full, &bytes, 1 << 20, diagnostics)
        {
            self.locales.push((
                Arc::clone(&full),
                name.rsplit('.').next().unwrap_or(name).to_owned(),
                text.to_owned(),
            ));
        }
    }

    /// Sources of words for a language in the order of rising precedence: English first, so that
    /// a language that a theme does not know falls back to it.
    #[must_use]
    pub fn words_for(&self, language: &str) -> Vec<WordSource<'_>> {
        let primary = language.split(['-', '_']).next().unwrap_or(language);
        let mut wanted = vec!["en"];
        for name in [primary, language] {
            if !wanted.contains(&name) {
                wanted.push(name);
            }
        }
        wanted
            .iter()
            .flat_map(|name| {
                self.locales.iter().filter(move |(_, language, _)| language == name).map(
                    |(path, language, text)| WordSource { path: Arc::clone(path), language, text },
                )
            })
            .collect()
    }
}
