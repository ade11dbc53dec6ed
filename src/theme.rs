//! The files of a theme and its parents.
//!
//! Input: a [`Snapshot`] and what `book.toml` says of the theme. Output: a [`Theme`] and
//! diagnostics. Responsibility: which file wins where several themes have it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Span, nearest};
use crate::embedded;
use crate::node::{Entry, Extra, Spanned};
use crate::parse::config;
use crate::picture::icon_names;
use crate::snapshot::Snapshot;
use crate::words::WordSource;

mod colour;
mod copies;
mod manifest;
mod options;
mod overrides;
mod style;
pub use copies::{Copies, Merged, eject, merge};
pub use manifest::{Manifest, Need, Renamed};
pub use options::{OptionKind, OptionValue, Options, ThemeOption};

use manifest::Whose;

/// A theme with its parents.
#[derive(Debug, Default)]
pub struct Theme {
    /// The chain from the theme to its last parent; the site's own files come first.
    pub chain: Vec<String>,
    /// Every template: `default/stage.html` and its text, the chain's last theme first.
    pub templates: Vec<(String, Arc<str>, String)>,
    /// Locale files in the order of rising precedence: path, language (`ru` of `ru.ftl` and of
    /// `client.ru.ftl`), text.
    pub locales: Vec<(Arc<str>, String, String)>,
    /// Files that the site carries: path below `assets/` and bytes.
    pub assets: BTreeMap<String, Vec<u8>>,
    /// The drawing that icons are still to be made of: its path and its name in `assets`.
    pub icon: Option<(Arc<str>, String)>,
    /// Its options with the site's values.
    pub options: Options,
    /// What the core makes for it beside the pages.
    pub needs: Vec<Need>,
    /// A hash of everything above.
    pub version: [u8; 32],
}

/// The longest chain of parents.
const LONGEST_CHAIN: usize = 16;
/// The folder of `themes/` whose files lie on whatever theme the site has.
pub const SITE: &str = "site";

/// One theme of a chain.
#[derive(Debug)]
pub struct Link {
    /// Its name.
    pub name: String,
    /// What it says of itself.
    pub manifest: Manifest,
    /// Its files, by their path below its folder.
    pub files: Files,
}

/// Files by their path below a theme's folder.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Loads a theme; one of the site itself wins over an embedded one of the same name.
pub fn load(
    snapshot: &Snapshot,
    name: &Spanned<String>,
    chosen: &[Entry],
    diagnostics: &mut Vec<Diagnostic>,
) -> Theme {
    let chain = chain(snapshot, name, diagnostics);
    copies::check(&chain, diagnostics);
    let mut theme =
        Theme { chain: chain.iter().map(|link| link.name.clone()).collect(), ..Theme::default() };
    let mut hasher = blake3::Hasher::new();
    let mut stylesheet = None;
    let mut icon = None;
    let mut renamed = Renamed::default();
    for Link { name, manifest, files } in chain.into_iter().rev() {
        options::declare(&mut theme.options, &manifest.options, diagnostics);
        stylesheet = manifest.stylesheet.or(stylesheet);
        theme.needs = manifest.needs.unwrap_or(theme.needs);
        renamed.extend(manifest.renamed);
        icon = manifest.icon.or(icon);
        if let Some(drawing) = &icon
            && files.contains_key(&format!("static/{drawing}"))
        {
            // Icons of a parent show another drawing.
            theme.assets.retain(|asset, _| !icon_names().any(|icon| icon == asset));
            let path = format!("themes/{name}/static/{drawing}");
            theme.icon = Some((path.into(), drawing.clone()));
        }
        for (path, bytes) in files {
            hasher.update(name.as_bytes());
            hasher.update(path.as_bytes());
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(&bytes);
            theme.add(&name, &path, bytes, diagnostics);
        }
    }
    if icon_names().all(|icon| theme.assets.contains_key(icon)) {
        theme.icon = None;
    }
    theme.version = *hasher.finalize().as_bytes();
    options::choose(&mut theme.options, chosen, &renamed, diagnostics);
    if let Some(file) = stylesheet.and_then(|file| theme.assets.get_mut(&file)) {
        *file = style::condensed(file);
        file.extend_from_slice(options::css(&theme.options).as_bytes());
    }
    overrides::check(&theme, &renamed, diagnostics);
    theme
}

/// The theme and its parents, and before them the site's own files.
pub fn chain(
    snapshot: &Snapshot,
    name: &Spanned<String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Link> {
    let mut chain: Vec<Link> = Vec::new();
    let own = files_of(snapshot, SITE);
    if !own.is_empty() && name.value != SITE {
        chain.push(link(SITE.to_owned(), own, Whose::Site, diagnostics));
    }
    let mut next = Some(name.clone());
    while let Some(Spanned { value: name, span: named_at }) = next.take() {
        let files = files_of(snapshot, &name);
        let known = chain.iter().any(|link| link.name == name);
        if files.is_empty() || known || chain.len() >= LONGEST_CHAIN {
            diagnostics.push(unknown_theme(snapshot, &name, named_at, files.is_empty()));
            break;
        }
        if !files.contains_key("theme.toml") {
            diagnostics.push(no_theme(&name, &files));
            break;
        }
        let link = link(name, files, Whose::Theme, diagnostics);
        next.clone_from(&link.manifest.parent);
        chain.push(link);
    }
    chain
}

fn link(name: String, files: Files, whose: Whose, diagnostics: &mut Vec<Diagnostic>) -> Link {
    let path: Arc<str> = Arc::from(format!("themes/{name}/theme.toml"));
    let manifest = files
        .get("theme.toml")
        .map(|bytes| manifest::read(&path, bytes, whose, diagnostics))
        .unwrap_or_default();
    Link { name, manifest, files }
}

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

/// A folder that has the name of a theme and does not say that it is one: it would take the
/// place of the whole theme.
fn no_theme(name: &str, files: &Files) -> Diagnostic {
    let first = files.keys().next().map_or("theme.toml", String::as_str);
    Diagnostic::new(
        Code::UnknownTheme,
        Span::file(&format!("themes/{name}/{first}")),
        format!("`themes/{name}` has no `theme.toml`, so it is no theme"),
        format!("put files that replace single ones of a theme into `themes/{SITE}`"),
    )
}

/// The names of a template's blocks.
pub fn blocks(template: &str) -> impl Iterator<Item = &str> {
    overrides::tags(template, "block").map(|(_, name)| name)
}

/// The keys of `theme.toml`, table by table, as the reader asks for them; those of an option stand
/// under `options`.
#[must_use]
pub fn keys() -> Vec<config::Table> {
    let path: Arc<str> = Arc::from("theme.toml");
    let (_, mut tables) = manifest::tables(&[], &path, Whose::Theme, &mut Vec::new());
    tables.push(("options", options::keys()));
    tables
}

/// The names of all themes of a site: its own and the built-in ones.
#[must_use]
pub fn names(snapshot: &Snapshot) -> Vec<String> {
    let mut names = embedded::themes();
    names.extend(
        snapshot.below("themes/").filter_map(|(path, _)| {
            Some(path.strip_prefix("themes/")?.split_once('/')?.0.to_owned())
        }),
    );
    names.sort();
    names.dedup();
    names
}

fn unknown_theme(snapshot: &Snapshot, name: &str, span: Span, missing: bool) -> Diagnostic {
    let names = names(snapshot);
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

    /// Whether the core makes this for it.
    #[must_use]
    pub fn needs(&self, need: Need) -> bool {
        self.needs.contains(&need)
    }

    /// The values of its options as templates see them.
    #[must_use]
    pub fn option_values(&self) -> BTreeMap<String, Extra> {
        options::values(&self.options)
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
