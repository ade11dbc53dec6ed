//! Lines of a section as Markdown of the curriculum.
//!
//! Input: [`Line`]s. Output: tasks, projects, sources, and text as it was. Responsibility: what one line
//! is: a goal, a source, the bold heading of a block, a project, a topic, a note.

use std::fmt::Write as _;

use super::Report;
use super::outline::{Part, Project, Use};
use super::section::{Line, Section, is_blank, is_row};
use super::table::entries;
use super::words::{goal, head};

/// Takes out the line that says the goal.
pub(super) fn take_goal(lines: &mut Vec<Line>) -> Option<String> {
    let at = lines.iter().position(|line| !line.code && goal(&line.text).is_some())?;
    let line = lines.remove(at);
    goal(&line.text).map(str::to_owned)
}

/// Lines that begin with 📖 name sources: `📖 **Name** → **part**`.
pub(super) fn take_uses(lines: &mut Vec<Line>) -> Vec<Use> {
    let mut found = Vec::new();
    lines.retain(|line| {
        let uses =
            !line.code && line.text.trim_start().starts_with('📖') && !line.text.contains("](");
        if uses {
            found.extend(used(&line.text));
        }
        !uses
    });
    found
}

/// `📖 **Name** → **part**`, without its marks.
fn used(text: &str) -> Option<Use> {
    let bare = text.replace(['📖', '*'], "");
    let (name, part) = match bare.split_once('→') {
        Some((name, part)) => (name, Some(part.trim().to_owned())),
        None => (bare.as_str(), None),
    };
    let name = name.trim().trim_end_matches(':').to_owned();
    (!name.is_empty()).then_some(Use { name, part: part.filter(|part| !part.is_empty()) })
}

/// `**Weeks 1-2: Files** (📖 **Name → part**)` as the heading of a block.
pub(super) fn bold_heading(line: &Line) -> Option<Part> {
    if line.code || line.item().is_some() {
        return None;
    }
    let text = line.text.trim();
    let (title, rest) = text.strip_prefix("**")?.split_once("**")?;
    let rest = rest.trim().trim_start_matches(':').trim();
    let cited = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let sources = match cited {
        Some(cited) if cited.contains('📖') => used(cited).into_iter().collect(),
        _ if rest.is_empty() => Vec::new(),
        _ => return None,
    };
    let mut head = head(title);
    if let Some(duration) = head.duration.take() {
        head.title = format!("{} ({duration})", head.title);
    }
    Some(Part { head, sources, body: String::new() })
}

/// Numbered or listed projects with their steps, and the text between them.
pub(super) fn projects(
    lines: &[Line],
    kind: &'static str,
    report: &mut Report,
) -> (Vec<Project>, String) {
    let mut found: Vec<Project> = Vec::new();
    let mut rest = Vec::new();
    let mut outer = 0;
    for line in lines {
        match line.item() {
            Some(item) if found.is_empty() || item.indent <= outer => {
                outer = item.indent;
                let (title, summary) = named(item.text);
                report.place(line.no, "project", &title);
                found.push(Project { head: head(&title), kind, summary, body: String::new() });
            }
            Some(item) => {
                let body = &mut found.last_mut().map(|project| &mut project.body);
                if let Some(body) = body {
                    let deeper = item.indent.saturating_sub(outer + 4) / 2 * 2;
                    let _ = writeln!(body, "{}- [ ] {}", " ".repeat(deeper), item.text);
                }
            }
            None => match found.last_mut() {
                Some(project) if line.text.starts_with(' ') => {
                    project.body.push_str(line.text.trim());
                    project.body.push('\n');
                }
                _ => rest.push(line.clone()),
            },
        }
    }
    (found, text_of(&rest))
}

/// `**Name** - summary` and the like.
fn named(text: &str) -> (String, Option<String>) {
    let bold = text.strip_prefix("**").and_then(|text| text.split_once("**"));
    let (name, rest) = bold.unwrap_or_else(|| {
        let at = [" - ", " – ", " — ", ": "].iter().filter_map(|sign| text.find(sign)).min();
        text.split_at(at.unwrap_or(text.len()))
    });
    let summary =
        rest.trim_start_matches([' ', '-', '–', '—', ':']).trim().trim_end_matches(':').trim_end();
    (
        name.trim().trim_end_matches(':').to_owned(),
        Some(summary.to_owned()).filter(|text| !text.is_empty()),
    )
}

/// Lines with what can be ticked as tasks. Where there is no task, the outer items of lists and the
/// rows of tables are.
pub(super) fn tasks(lines: &[Line], report: &mut Report) -> String {
    let any = lines.iter().any(|line| line.item().is_some_and(|item| item.task));
    let outer = lines.iter().filter_map(|line| Some(line.item()?.indent)).min().unwrap_or(0);
    let mut out = Vec::new();
    let mut rows = Vec::new();
    for line in lines {
        if is_row(line) {
            rows.push(line.clone());
            continue;
        }
        if !rows.is_empty() {
            out.extend(entries(&std::mem::take(&mut rows)));
        }
        match line.item() {
            Some(item) if item.task || (!any && item.indent == outer) => {
                report.task();
                let text = format!("{}- [ ] {}", " ".repeat(item.indent - outer), item.text);
                out.push(Line { text, ..line.clone() });
            }
            // Two blanks are the least by which a note is told from the next topic.
            Some(item) if item.indent > outer => {
                let mark = if item.ordered { "1." } else { "-" };
                let text = format!("{}{mark} {}", " ".repeat(item.indent - outer), item.text);
                out.push(Line { text, ..line.clone() });
            }
            _ => out.push(line.clone()),
        }
    }
    out.extend(entries(&rows));
    text_of(&out)
}

/// Lines as text, without rules between sections and without blanks at both ends.
pub(super) fn text_of(lines: &[Line]) -> String {
    let is_rule = |line: &&Line| !line.code && is_blank(&line.text) && !line.text.trim().is_empty();
    let text: Vec<&str> =
        lines.iter().filter(|line| !is_rule(line)).map(|line| line.text.as_str()).collect();
    let text = text.join("\n");
    let text = text.trim_matches('\n');
    if text.trim().is_empty() { String::new() } else { format!("{text}\n\n") }
}

/// A section as Markdown with its heading at this level.
pub(super) fn markdown(section: &Section, level: usize) -> String {
    let marks = "#".repeat(level.min(6));
    format!("{marks} {}\n\n{}{}", section.title, text_of(&section.lines), below(section, level + 1))
}

/// The sections below one, their headings at this level.
pub(super) fn below(section: &Section, level: usize) -> String {
    section.children.iter().map(|child| markdown(child, level)).collect()
}
