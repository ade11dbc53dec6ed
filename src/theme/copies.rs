//! Files of a theme that a site took over as a whole.
//!
//! Input: the chain of themes, and what was recorded when a file was copied. Output: the files of a
//! copy, and diagnostics where an original has changed since. Responsibility: the only module that
//! compares texts line by line.
//!
//! A copy of `templates/stage.html` of the theme `default` is recorded as the file
//! `ejected/default/templates/stage.html` beside it: the original as it was, so that what has
//! changed since can be shown and merged.

use std::collections::BTreeMap;

use super::Link;
use crate::diagnostic::{Code, Diagnostic, Span, nearest};

/// The folder of a theme that holds the originals of its copies.
const RECORDS: &str = "ejected/";
/// The most lines of a file that are compared; the work grows with their square.
const MOST_LINES: usize = 4_000;
/// The most lines of a difference that are shown.
const MOST_SHOWN: usize = 60;

/// Files to write, by path from the curriculum's folder.
pub type Copies = BTreeMap<String, Vec<u8>>;

/// Tells of copies whose original has changed since.
pub(super) fn check(chain: &[Link], diagnostics: &mut Vec<Diagnostic>) {
    for Link { name, files, .. } in chain {
        for (path, then) in files {
            let Some((parent, file)) = record(path) else { continue };
            let Some(parent) = chain.iter().find(|link| link.name == parent) else { continue };
            if !files.contains_key(file) || parent.files.get(file) == Some(then) {
                continue;
            }
            let span = Span::file(&format!("themes/{name}/{file}"));
            let parent_name = &parent.name;
            diagnostics.push(match parent.files.get(file) {
                Some(now) => Diagnostic::new(
                    Code::OutdatedCopy,
                    span,
                    format!("the theme `{parent_name}` has changed `{file}` since it was copied"),
                    format!("run `roadbook theme eject {file} --merge` to take the changes over"),
                )
                .with_detail(difference(then, now)),
                None => Diagnostic::new(
                    Code::OutdatedCopy,
                    span,
                    format!("the theme `{parent_name}` has no `{file}` any more"),
                    format!("see whether it is still needed; then remove `themes/{name}/{path}`"),
                ),
            });
        }
    }
}

/// The theme and the file that a record is of.
fn record(path: &str) -> Option<(&str, &str)> {
    path.strip_prefix(RECORDS)?.split_once('/')
}

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok().filter(|text| text.lines().count() <= MOST_LINES)
}

/// What has changed, line by line; empty where that cannot be said.
fn difference(then: &[u8], now: &[u8]) -> String {
    let (Some(then), Some(now)) = (text(then), text(now)) else { return String::new() };
    let patch = diffy::create_patch(then, now).to_string();
    // The first two lines name the files.
    let lines: Vec<&str> = patch.lines().skip(2).collect();
    let mut shown = lines[..lines.len().min(MOST_SHOWN)].join("\n");
    if lines.len() > MOST_SHOWN {
        shown.push_str("\n…");
    }
    shown
}

/// The path of a file within its theme, by the name that a person gives: `stage.html` or
/// `templates/stage.html`; and the theme that has it, the nearest that is not `target` itself.
fn find<'a>(chain: &'a [Link], target: &str, file: &str) -> Result<(&'a Link, String), String> {
    let parents = || chain.iter().filter(|link| link.name != target);
    let folders = ["", "templates/", "static/", "locales/"];
    for link in parents() {
        for folder in folders {
            let path = format!("{folder}{file}");
            let known = folders[1..].iter().any(|folder| path.starts_with(folder));
            if known && link.files.contains_key(&path) {
                return Ok((link, path));
            }
        }
    }
    let paths = || parents().flat_map(|link| link.files.keys());
    let names = paths().flat_map(|path| [path.as_str(), path.rsplit('/').next().unwrap_or(path)]);
    let hint = nearest(file, names).map(|near| format!("; did you mean `{near}`?"));
    Err(format!("the theme has no file `{file}`{}", hint.unwrap_or_default()))
}

/// The files that make a copy: the file itself, and the record of its original.
///
/// # Errors
/// A sentence where there is no such file, or a copy is there already.
pub fn eject(chain: &[Link], target: &str, file: &str) -> Result<Copies, String> {
    let (parent, path) = find(chain, target, file)?;
    let own = format!("themes/{target}/{path}");
    if chain.iter().any(|link| link.name == target && link.files.contains_key(&path)) {
        return Err(format!(
            "`{own}` is there already; `--merge` takes over what has changed in the theme"
        ));
    }
    let bytes = parent.files[&path].clone();
    let record = format!("themes/{target}/{RECORDS}{}/{path}", parent.name);
    Ok([(own, bytes.clone()), (record, bytes)].into())
}

/// What came of a merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Merged {
    /// The original is as it was.
    Unchanged,
    /// Both sides are in these files.
    Clean(Copies),
    /// The copy holds marks where both sides changed the same lines.
    Conflict(Copies),
}

/// Takes over into a copy what has changed in its original since.
///
/// # Errors
/// A sentence where there is no such copy, or it is no text.
pub fn merge(chain: &[Link], target: &str, file: &str) -> Result<Merged, String> {
    let (parent, path) = find(chain, target, file)?;
    let record = format!("{RECORDS}{}/{path}", parent.name);
    let files = chain.iter().find(|link| link.name == target).map(|link| &link.files);
    let own = files.and_then(|files| Some((files.get(&path)?, files.get(&record)?)));
    let Some((own, then)) = own else {
        return Err(format!("`themes/{target}/{path}` is no copy of a file of the theme"));
    };
    let now = &parent.files[&path];
    if now == then {
        return Ok(Merged::Unchanged);
    }
    let (Some(own), Some(then), Some(now_text)) = (text(own), text(then), text(now)) else {
        return Err(format!("`{path}` is no text, or has more than {MOST_LINES} lines"));
    };
    let write = |text: String| {
        let own = (format!("themes/{target}/{path}"), text.into_bytes());
        Copies::from([own, (format!("themes/{target}/{record}"), now.clone())])
    };
    Ok(match diffy::merge(then, own, now_text) {
        Ok(text) => Merged::Clean(write(text)),
        Err(text) => Merged::Conflict(write(text)),
    })
}
