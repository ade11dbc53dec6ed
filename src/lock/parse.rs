//! The lock from text.
//!
//! Input: the text of `progress.lock`. Output: [`Lock`] and diagnostics. Responsibility: reading
//! whatever merges and hands left of the file, and saying which lines are beyond reading.
//!
//! Sections may come in any order and repeatedly, and an id may occur more than once: this is what
//! `merge=union` leaves behind. Nothing is quadratic in the length of the text.

use std::sync::Arc;

use super::escape::{text_end, unescaped, unword};
use super::{Family, ItemId, Lock, LockedHeading, LockedItem, LockedPage, State, VERSION, Wording};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::kind::{PageKey, PageKind};
use crate::text::is_inside;

/// Unreadable lines that are shown one by one; the rest are only counted.
const MAX_SHOWN: usize = 20;
/// What begins the version line.
pub(super) const MAGIC: &str = "roadbook-lock ";

impl Lock {
    /// Reads the text of the lock at `path`. Never fails: what can be read is in the lock, what
    /// cannot is in the diagnostics. An empty text is an empty lock.
    ///
    /// Where a diagnostic is an error, the lock must not be written back, since ids may be missing
    /// from it.
    #[must_use]
    pub fn parse(path: &str, text: &str) -> (Self, Vec<Diagnostic>) {
        let mut parser = Parser {
            path: Arc::from(path),
            lock: Self::default(),
            page: None,
            unreadable: 0,
            conflict: false,
            diagnostics: Vec::new(),
        };
        let text_start = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
        if parser.version(text_start, &text[text_start..]) {
            let mut start = 0;
            for line in text.split_inclusive('\n') {
                let bare = line.trim_end_matches(['\n', '\r']);
                if start > 0 {
                    parser.line(start, bare);
                }
                start += line.len();
            }
        }
        parser.finish()
    }
}

/// Which of git's conflict marks a line is: seven signs, then a blank or nothing. Marks of
/// conflicts within a conflict's base are longer.
pub(super) fn conflict_mark(line: &str) -> Option<char> {
    let mark = line.chars().next().filter(|sign| matches!(sign, '<' | '|' | '=' | '>'))?;
    let behind = line.trim_start_matches(mark);
    let exact = line.len() - behind.len() == 7;
    (exact && (behind.is_empty() || behind.starts_with(' '))).then_some(mark)
}

struct Parser {
    path: Arc<str>,
    lock: Lock,
    /// The section that the lines belong to, taken out of the lock while it is read.
    page: Option<(PageKey, LockedPage)>,
    unreadable: usize,
    conflict: bool,
    diagnostics: Vec<Diagnostic>,
}

impl Parser {
    /// Reads the first line; whether the rest can be read.
    fn version(&mut self, start: usize, text: &str) -> bool {
        let line = text.lines().next().unwrap_or_default().trim_end();
        let span = Span::new(&self.path, start, start + line.len());
        if text.trim().is_empty() {
            return false;
        }
        match line.strip_prefix(MAGIC).map(str::parse::<u32>) {
            Some(Ok(version)) if (1..=VERSION).contains(&version) => true,
            Some(Ok(version)) if version > VERSION => {
                self.diagnostics.push(Diagnostic::new(
                    Code::LockVersion,
                    span,
                    format!(
                        "the lock is of version {version}, and this program reads versions up to \
                         {VERSION}"
                    ),
                    "install a newer Roadbook; the lock is left as it is",
                ));
                false
            }
            _ if conflict_mark(line).is_some() => {
                self.line(start, line);
                true
            }
            _ => {
                self.diagnostics.push(Diagnostic::new(
                    Code::LockSyntax,
                    span,
                    "the lock does not begin with its version",
                    format!("restore the first line: `{MAGIC}{VERSION}`"),
                ));
                true
            }
        }
    }

    fn line(&mut self, start: usize, line: &str) {
        if line.trim().is_empty() {
            return;
        }
        let read = if conflict_mark(line).is_some() {
            self.conflict_mark(start, line);
            Some(())
        } else if line.starts_with('[') {
            self.header(line)
        } else if let Some(name) = line.strip_prefix("page: ") {
            self.enter_named(name)
        } else if line.starts_with("end: ") || line.starts_with(MAGIC) {
            Some(())
        } else if let Some(rest) = line.strip_prefix("anchor: ") {
            self.anchor(rest)
        } else if let Some(rest) = line.strip_prefix("url: ") {
            self.url(rest)
        } else if let Some(rest) = line.strip_prefix("was: ") {
            self.former_url(rest)
        } else {
            self.item(line)
        };
        if read.is_none() {
            self.unreadable(start, line);
        }
    }

    fn conflict_mark(&mut self, start: usize, line: &str) {
        if !self.conflict {
            self.conflict = true;
            self.diagnostics.push(Diagnostic::new(
                Code::LockConflict,
                Span::new(&self.path, start, start + line.len()),
                "the lock holds git's conflict marks",
                "run `roadbook lock --resolve`: it unites both sides without losing an id",
            ));
        }
    }

    fn unreadable(&mut self, start: usize, line: &str) {
        self.unreadable += 1;
        if self.unreadable <= MAX_SHOWN {
            let message = if self.page.is_none() {
                "this line of the lock stands before the first section"
            } else {
                "this line of the lock cannot be read"
            };
            self.diagnostics.push(Diagnostic::new(
                Code::LockSyntax,
                Span::new(&self.path, start, start + line.len()),
                message,
                "restore it from the repository's history: `git log -p progress.lock`",
            ));
        }
    }

    fn header(&mut self, line: &str) -> Option<()> {
        let name = line.trim_end().strip_prefix('[')?.strip_suffix(']')?;
        self.enter_named(name)
    }

    fn enter_named(&mut self, name: &str) -> Option<()> {
        let key = page_key(name.trim_end())?;
        self.enter(key);
        Some(())
    }

    fn enter(&mut self, key: PageKey) {
        if self.page.as_ref().is_some_and(|(current, _)| *current == key) {
            return;
        }
        self.leave();
        let page = self.lock.pages.remove(&key).map(Arc::unwrap_or_clone).unwrap_or_default();
        self.page = Some((key, page));
    }

    fn leave(&mut self) {
        if let Some((key, page)) = self.page.take() {
            self.lock.pages.insert(key, Arc::new(page));
        }
    }

    fn url(&mut self, rest: &str) -> Option<()> {
        let (_, page) = self.page.as_mut()?;
        let (url, title) = rest.split_once(' ').unwrap_or((rest, ""));
        let url = unword(url);
        if !url.is_empty() && !is_inside(&url) {
            return None;
        }
        page.unite_place(url, unescaped(title));
        Some(())
    }

    /// A redirect is written at such an address, so one that leads out of the site is refused.
    fn former_url(&mut self, rest: &str) -> Option<()> {
        let (_, page) = self.page.as_mut()?;
        let url = Some(unword(rest.trim_end())).filter(|url| is_inside(url))?;
        page.former_urls.insert(url);
        Some(())
    }

    fn anchor(&mut self, rest: &str) -> Option<()> {
        let (key, page) = self.page.as_mut()?;
        let (place, formers) = match text_end(rest) {
            end if end < rest.len() => (&rest[..end], rest[end..].strip_prefix(" <- ")?),
            _ => (rest.trim_end(), ""),
        };
        let name = format!("{}:{}", key.kind.name(), super::escape::word(&key.id));
        let own = place.strip_prefix(&name).and_then(|behind| behind.strip_prefix('#'));
        // The line names its page, so it is right even in a wrong section.
        let (other, anchor) = if let Some(anchor) = own {
            (None, anchor)
        } else {
            let (name, anchor) = place.split_once('#')?;
            (Some(page_key(name)?), anchor)
        };
        let heading = LockedHeading {
            anchor: unword(anchor),
            formers: formers
                .split(',')
                .map(str::trim)
                .filter(|former| !former.is_empty())
                .map(unword)
                .collect(),
        };
        match other {
            Some(key) => {
                Arc::make_mut(self.lock.pages.entry(key).or_default()).headings.push(heading);
            }
            None => page.headings.push(heading),
        }
        Some(())
    }

    fn item(&mut self, line: &str) -> Option<()> {
        let (key, page) = self.page.as_mut()?;
        let (id, item) = read_item(key.kind, line)?;
        page.add_item(id, item);
        Some(())
    }

    fn finish(mut self) -> (Lock, Vec<Diagnostic>) {
        self.leave();
        for page in self.lock.pages.values_mut() {
            Arc::make_mut(page).unite_headings();
        }
        if self.unreadable > MAX_SHOWN {
            self.diagnostics.push(Diagnostic::new(
                Code::LockSyntax,
                Span::file(&self.path),
                format!("{} more lines of the lock cannot be read", self.unreadable - MAX_SHOWN),
                "restore the lock from the repository's history: `git log -p progress.lock`",
            ));
        }
        (self.lock, self.diagnostics)
    }
}

fn page_key(name: &str) -> Option<PageKey> {
    let (kind, id) = name.split_once(':')?;
    let kind = PageKind::from_name(kind)?;
    (!id.is_empty()).then(|| PageKey::new(kind, unword(id)))
}

fn read_item(kind: PageKind, line: &str) -> Option<(ItemId, LockedItem)> {
    let id_end = line.find(' ').unwrap_or(line.len());
    let (id, mut rest) = line.split_at(id_end);
    let id = ItemId::new(id)?;
    let mut item = LockedItem::new(Family::usual(kind), "");
    while let Some((mark, behind)) = leading_mark(rest) {
        match mark {
            "~" => item.state = State::Retired,
            "*project" => item.family = Family::Project,
            "*task" => item.family = Family::Task,
            "*entry" => item.family = Family::Entry,
            _ => item.occurrence = mark.strip_prefix('#')?.parse().ok().filter(|&n| n > 0)?,
        }
        rest = behind;
    }
    let end = text_end(rest);
    item.text = Arc::from(unescaped(rest[..end].strip_prefix(' ').unwrap_or_default()));
    rest = &rest[end..];
    while !rest.is_empty() {
        let (mark, behind) = rest.strip_prefix(' ')?.split_once(' ')?;
        let words_end = text_end(behind);
        let mut words = behind[..words_end].split(',').map(str::trim);
        match mark {
            "->" => item.replaced_by = words.map(ItemId::new).collect::<Option<_>>()?,
            "<-" => item.split_from = Some(words.next().and_then(ItemId::new)?),
            "==" => item.aliases = words.map(ItemId::new).collect::<Option<_>>()?,
            _ => item.wording = Some(words.next().and_then(Wording::parse)?),
        }
        rest = &behind[words_end..];
    }
    Some((id, item))
}

/// The mark at the beginning of ` ~ text`, and what follows it.
fn leading_mark(rest: &str) -> Option<(&str, &str)> {
    let inside = rest.strip_prefix(' ')?;
    let end = inside.find(' ').unwrap_or(inside.len());
    let mark = &inside[..end];
    let trailing = super::escape::TRAILING.contains(&mark);
    (mark.starts_with(['~', '*', '#']) && !trailing).then(|| (mark, &inside[end..]))
}
