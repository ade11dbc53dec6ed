//! What the binary carries with it.
//!
//! Input: the repository's own folders, when the program is built. Output: the built-in themes, the
//! roadmap, and what a new repository needs besides. Responsibility: the only module that embeds
//! files.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "themes/"]
#[exclude = "*/client/*"]
struct Themes;

#[derive(RustEmbed)]
#[folder = "content/"]
struct Content;

/// The roadmap's settings.
pub const BOOK: &str = include_str!("../book.toml");
/// The roadmap's permanent ids.
pub const LOCK: &str = include_str!("../progress.lock");
/// The workflow that publishes a curriculum; this repository's own is the same.
pub const WORKFLOW: &str = include_str!("../.github/workflows/pages.yml");
/// The action that puts a pinned program on the path of a workflow.
pub const ACTION: &str = include_str!("scaffold/action.yml");
/// What a new repository says of itself, with `{title}` in it.
pub const READ_ME: &str = include_str!("scaffold/README.md");

/// The names of the built-in themes.
#[must_use]
pub fn themes() -> Vec<String> {
    let mut names: Vec<String> =
        Themes::iter().filter_map(|path| Some(path.split_once('/')?.0.to_owned())).collect();
    names.sort();
    names.dedup();
    names
}

/// The files of a built-in theme, by their path below its folder; empty where there is none.
#[must_use]
pub fn theme(name: &str) -> BTreeMap<String, Cow<'static, [u8]>> {
    let prefix = format!("{name}/");
    Themes::iter()
        .filter_map(|path| {
            let rest = path.strip_prefix(prefix.as_str())?.to_owned();
            Some((rest, Themes::get(&path)?.data))
        })
        .collect()
}

/// The roadmap's files, by their path from a curriculum's folder.
#[must_use]
pub fn content() -> BTreeMap<String, Cow<'static, [u8]>> {
    Content::iter()
        .filter_map(|path| Some((format!("content/{path}"), Content::get(&path)?.data)))
        .collect()
}
