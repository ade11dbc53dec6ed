//! A folder of Markdown to an [`Outline`].
//!
//! Input: files by path. Output: an [`Outline`]. Responsibility: which file is a level, a stage or a
//! block: by mdBook's `SUMMARY.md` where there is one, else by the folders.

use std::collections::BTreeMap;

use super::Report;
use super::lines::{markdown, tasks, text_of};
use super::outline::{Article, Head, Level, Outline, Part, Stage};
use super::section::{Line, Section, portable, sections};
use super::words::{Role, head, role};
use crate::node::Extra;
use crate::parse::foreign_front_matter;
use crate::text::{is_absolute, join_path, percent_decode, split_prefix};

/// The marks of a link to a file of the folder, until it is known where the file went.
pub(super) const FILE: &str = "import:";

/// Reads a folder.
pub(super) fn outline(
    files: &BTreeMap<String, String>,
    name: &str,
    report: &mut Report,
) -> Outline {
    let reader = Reader { files };
    let summary =
        ["src/SUMMARY.md", "SUMMARY.md"].into_iter().find(|path| files.contains_key(*path));
    let mut outline = match summary {
        Some(summary) => reader.book(summary, name, report),
        None => reader.folders(name, report),
    };
    outline.escape_html |= files.keys().any(|path| reader.page(path).escape_html);
    outline
}

struct Reader<'a> {
    files: &'a BTreeMap<String, String>,
}

/// A file, read.
struct Page {
    head: Head,
    weight: i64,
    goal: Option<String>,
    root: Section,
    escape_html: bool,
}

/// A chapter of `SUMMARY.md`.
struct Chapter {
    depth: usize,
    title: String,
    path: String,
    line: usize,
}

impl Reader<'_> {
    fn page(&self, path: &str) -> Page {
        let source = self.files.get(path).map_or("", String::as_str);
        let (keys, body) = foreign_front_matter(source);
        let leads = |address: &str| {
            let (file, anchor) = address.split_once('#').unwrap_or((address, ""));
            let known = |path: String| self.files.contains_key(&path).then_some(path);
            let file = percent_decode(file)?;
            let found = match file.as_str() {
                _ if is_absolute(address) => None,
                "" => known(path.to_owned()),
                _ => {
                    let joined = join_path(path, &file)?;
                    let folder = joined.trim_end_matches('/');
                    let names = ["", ".md", "/index.md", "/_index.md", "/README.md"];
                    let roots = ["", "content/"];
                    roots.into_iter().find_map(|root| {
                        names.into_iter().find_map(|end| known(format!("{root}{folder}{end}")))
                    })
                }
            }?;
            let place = if anchor.is_empty() { String::new() } else { format!("#{anchor}") };
            Some(format!("{FILE}{}{place}", found.replace(' ', "%20")))
        };
        let (text, escape_html) = portable(body, &leads);
        let mut root = sections(&text);
        let text_of_key = |key: &str| match keys.get(key) {
            Some(Extra::Text(text)) => Some(text.clone()),
            Some(Extra::Integer(number)) => Some(number.to_string()),
            _ => None,
        };
        let mut title = text_of_key("title");
        // A heading of the first level is the page's title.
        if let [first, ..] = root.children.as_mut_slice()
            && first.level == 1
        {
            let taken = title.get_or_insert_with(|| first.title.clone());
            if *taken == first.title {
                let mut first = root.children.remove(0);
                root.lines.append(&mut first.lines);
                first.children.append(&mut root.children);
                root.children = first.children;
            }
        }
        let title = title.unwrap_or_else(|| title_of(path));
        let weight = ["weight", "order", "sidebar_position"].into_iter().find_map(|key| match keys
            .get(key)
        {
            Some(Extra::Integer(number)) => Some(*number),
            _ => None,
        });
        let known = ["title", "weight", "order", "sidebar_position", "description"];
        let extra = keys
            .iter()
            .filter(|(key, _)| !known.contains(&key.as_str()))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        let head = Head { origin: Some(path.to_owned()), extra, ..head(&title) };
        Page {
            head,
            weight: weight.unwrap_or(i64::MAX),
            goal: text_of_key("description"),
            root,
            escape_html,
        }
    }

    fn book(&self, summary: &str, name: &str, report: &mut Report) -> Outline {
        let mut outline = Outline::default();
        outline.home.title = self.book_title().unwrap_or_else(|| name.to_owned());
        let root = sections(&self.files[summary]);
        let folder = summary.strip_suffix("SUMMARY.md").unwrap_or_default();
        for section in root.all() {
            let chapters: Vec<Chapter> =
                section.lines.iter().filter_map(|line| chapter(line, folder)).collect();
            let title = if section.level == 0 || section.title.eq_ignore_ascii_case("summary") {
                outline.home.title.clone()
            } else {
                section.title.clone()
            };
            let mut level = Level { head: head(&title), ..Level::default() };
            let outer = chapters.iter().filter(|one| one.depth > 0).map(|one| one.depth).min();
            for chapter in &chapters {
                if chapter.depth == 0 {
                    let page = self.named(chapter);
                    report.place(chapter.line, "page", &chapter.title);
                    let body = prose(&page.root, 2);
                    outline.pages.push(Article { head: page.head, body });
                } else if Some(chapter.depth) == outer || level.stages.is_empty() {
                    report.place(chapter.line, "stage", &chapter.title);
                    level.stages.push(stage(self.named(chapter), report));
                } else if let Some(stage) = level.stages.last_mut() {
                    report.place(chapter.line, "block", &chapter.title);
                    stage.blocks.push(block(&self.named(chapter), report));
                }
            }
            if !level.stages.is_empty() {
                report.place(section.line, "level", &title);
                outline.levels.push(level);
            }
        }
        outline
    }

    fn named(&self, chapter: &Chapter) -> Page {
        let mut page = self.page(&chapter.path);
        page.head.title.clone_from(&chapter.title);
        page
    }

    fn book_title(&self) -> Option<String> {
        let book = self.files.get("book.toml")?;
        let (keys, _) = foreign_front_matter(&format!("+++\n{book}\n+++\n"));
        match keys.get("book")? {
            Extra::Table(book) => match book.get("title")? {
                Extra::Text(title) => Some(title.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    fn folders(&self, name: &str, report: &mut Report) -> Outline {
        let mut outline = Outline::default();
        name.clone_into(&mut outline.home.title);
        let mut pages: Vec<(Vec<String>, Page)> = self
            .files
            .keys()
            .filter(|path| path.ends_with(".md") || path.ends_with(".markdown"))
            .map(|path| (path.split('/').map(str::to_owned).collect(), self.page(path)))
            .collect();
        // A folder around everything says nothing.
        while pages.len() > 1
            && pages.iter().all(|(parts, _)| parts.len() > 1 && parts[0] == pages[0].0[0])
        {
            for (parts, _) in &mut pages {
                parts.remove(0);
            }
        }
        let orders: BTreeMap<Vec<String>, i64> = pages
            .iter()
            .filter(|(parts, _)| is_index(parts))
            .map(|(parts, page)| (parts[..parts.len() - 1].to_vec(), page.weight))
            .collect();
        pages.sort_by_cached_key(|(parts, page)| order(parts, page, &orders));
        for (parts, page) in pages {
            file(&parts, page, &mut outline, report);
        }
        outline
    }
}

/// Puts a file where its folders say that it belongs.
fn file(parts: &[String], page: Page, outline: &mut Outline, report: &mut Report) {
    let title = page.head.title.clone();
    let index = is_index(parts);
    let last = outline.levels.len();
    let level_of = |outline: &mut Outline, report: &mut Report| {
        let known =
            outline.levels.iter().position(|level| level.head.origin.as_deref() == Some(&parts[0]));
        known.unwrap_or_else(|| {
            let title = title_of(&parts[0]);
            report.place(0, "level", &title);
            let head = Head { origin: Some(parts[0].clone()), ..head(&title) };
            outline.levels.push(Level { head, ..Level::default() });
            last
        })
    };
    match parts.len() {
        1 if index => {
            report.place(1, "home", &title);
            outline.home = page.head;
            outline.intro = prose(&page.root, 2);
        }
        1 => {
            report.place(1, "page", &title);
            outline.pages.push(Article { body: prose(&page.root, 2), head: page.head });
        }
        2 if index => {
            let no = level_of(outline, report);
            let level = &mut outline.levels[no];
            level.head.title = title;
            level.goal = page.goal;
            level.body = prose(&page.root, 2);
        }
        2 => {
            let no = level_of(outline, report);
            report.place(1, "stage", &title);
            outline.levels[no].stages.push(stage(page, report));
        }
        _ => {
            let no = level_of(outline, report);
            let folder = format!("{}/{}", parts[0], parts[1]);
            let level = &mut outline.levels[no];
            let of_folder = |stage: &Stage| {
                stage.head.origin.as_deref().is_some_and(|origin| origin.contains(&folder))
            };
            if index && parts.len() == 3 {
                report.place(1, "stage", &title);
                level.stages.push(stage(page, report));
                return;
            }
            report.place(1, "block", &title);
            let part = block(&page, report);
            if let Some(stage) = level.stages.iter_mut().rfind(|stage| of_folder(stage)) {
                stage.blocks.push(part);
            } else {
                let title = title_of(&parts[1]);
                report.place(0, "stage", &title);
                let head = Head { origin: Some(folder), ..head(&title) };
                level.stages.push(Stage { head, blocks: vec![part], ..Stage::default() });
            }
        }
    }
}

/// Where a file stands among the others: what opens a folder first, then by the numbers that its
/// front matter or its name gives, then by name.
fn order(
    parts: &[String],
    page: &Page,
    orders: &BTreeMap<Vec<String>, i64>,
) -> Vec<(i64, u64, String)> {
    let last = parts.len() - 1;
    parts
        .iter()
        .enumerate()
        .map(|(at, part)| {
            let (number, name) = split_prefix(part);
            if at < last {
                let weight = orders.get(&parts[..=at]).copied().unwrap_or(i64::MAX);
                (weight, number, name.to_owned())
            } else if is_index(parts) {
                (i64::MIN, 0, String::new())
            } else {
                (page.weight, number, name.to_owned())
            }
        })
        .collect()
}

fn is_index(parts: &[String]) -> bool {
    let name = parts.last().map(|name| name.to_lowercase());
    matches!(name.as_deref(), Some("_index.md" | "index.md" | "readme.md"))
}

/// A title from a file's name: `10_how-to-learn.md` is `How to learn`.
fn title_of(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let name = name.rsplit_once('.').map_or(name, |(name, _)| name);
    let words = split_prefix(name).1.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// `- [Title](path)` with its depth; 0 for a link outside lists.
fn chapter(line: &Line, folder: &str) -> Option<Chapter> {
    let item = line.item();
    let text = item.map_or(line.text.trim(), |item| item.text);
    let (title, rest) = text.strip_prefix('[')?.split_once("](")?;
    let path = rest.trim_end_matches(')').trim_matches(['<', '>']);
    let path = join_path(&format!("{folder}SUMMARY.md"), path).unwrap_or_default();
    let depth = item.map_or(0, |item| item.indent + 1);
    Some(Chapter { depth, title: title.to_owned(), path, line: line.no })
}

fn prose(root: &Section, level: usize) -> String {
    let below: String = root.children.iter().map(|child| markdown(child, level)).collect();
    format!("{}{below}", text_of(&root.lines))
}

fn stage(page: Page, report: &mut Report) -> Stage {
    let mut stage = Stage { goal: page.goal, head: page.head, ..Stage::default() };
    let has_task =
        |lines: &[Line]| lines.iter().any(|line| line.item().is_some_and(|item| item.task));
    if has_task(&page.root.lines) {
        let body = tasks(&page.root.lines, report);
        stage.blocks.push(Part { body, ..Part::default() });
    } else {
        stage.body = text_of(&page.root.lines);
    }
    for child in &page.root.children {
        report.place(child.line, "block", &child.title);
        let below: String = child.children.iter().map(|below| markdown(below, 3)).collect();
        let given = matches!(role(&child.title), Role::Projects(_)) || has_task(&child.lines);
        let lines = if given { tasks(&child.lines, report) } else { text_of(&child.lines) };
        let head = Head { origin: None, ..head(&child.title) };
        stage.blocks.push(Part { head, body: format!("{lines}{below}"), sources: Vec::new() });
    }
    stage
}

fn block(page: &Page, report: &mut Report) -> Part {
    let has_task = page.root.lines.iter().any(|line| line.item().is_some_and(|item| item.task));
    let lines = if has_task { tasks(&page.root.lines, report) } else { text_of(&page.root.lines) };
    let below: String = page.root.children.iter().map(|below| markdown(below, 3)).collect();
    Part { head: page.head.clone(), body: format!("{lines}{below}"), sources: Vec::new() }
}
