//! One document to an [`Outline`].
//!
//! Input: a root [`Section`]. Output: an [`Outline`]. Responsibility: which heading is a level, a stage,
//! a block or a page: by its words where headings say it, else by its depth and by what stands below
//! it.

use std::fmt::Write as _;

use super::Report;
use super::lines::{below, bold_heading, markdown, projects, take_goal, take_uses, tasks, text_of};
use super::outline::{Article, Level, Outline, Part, Source, Stage, Tracking};
use super::section::{Line, Section, is_row};
use super::table::{Course, courses};
use super::words::{Role, head, role};

/// Reads a whole document; `name` is its title where it has none.
pub(super) fn outline(root: Section, name: &str, report: &mut Report) -> Outline {
    let mut outline = Outline::default();
    let (mut lines, mut tops) = (root.lines, root.children);
    if let [one] = tops.as_mut_slice()
        && one.level <= 2
        && !one.children.is_empty()
    {
        outline.home = head(&one.title);
        lines.append(&mut one.lines);
        tops = std::mem::take(&mut one.children);
    } else {
        name.clone_into(&mut outline.home.title);
    }
    outline.intro = text_of(&lines);
    let reader = Reader { by_words: says_stages(&tops) };
    let flat = !reader.by_words && !tops.iter().any(|top| top.children.iter().any(has_entries));
    let with_stages = |top: &Section| {
        if reader.by_words {
            top.children.iter().any(|child| role(&child.title) == Role::Stage)
        } else {
            has_entries(top) && !is_beside(top)
        }
    };
    let mut only = Level { head: outline.home.clone(), ..Level::default() };
    for top in &tops {
        let found = role(&top.title);
        let alone = flat && with_stages(top) && !has_courses(top);
        if alone || (reader.by_words && found == Role::Stage) {
            only.stages.push(stage(top, report));
        } else if with_stages(top) {
            reader.level(top, report, &mut outline.levels);
        } else if has_tracking(top) {
            beside(top, report, &mut outline);
        } else if outline.levels.is_empty() && only.stages.is_empty() {
            report.place(top.line, "home", &top.title);
            keep_tasks(top, report);
            outline.intro.push_str(&markdown(top, 2));
        } else {
            let body = format!("{}{}", text_of(&top.lines), below(top, 2));
            report.place(top.line, "page", &top.title);
            keep_tasks(top, report);
            outline.pages.push(Article { head: head(&top.title), body });
        }
    }
    if !only.stages.is_empty() {
        outline.levels.insert(0, only);
    }
    for level in &mut outline.levels {
        for stage in &mut level.stages {
            named_sources(stage, &mut outline.sources);
        }
    }
    outline
}

/// Boxes outside the road and the lists of habits cannot be ticked.
fn keep_tasks(section: &Section, report: &mut Report) {
    for line in section.all().into_iter().flat_map(|section| &section.lines) {
        if line.item().is_some_and(|item| item.task) {
            report.keep(line.no, &line.text);
        }
    }
}

/// Whether headings say which of them is a stage.
fn says_stages(tops: &[Section]) -> bool {
    tops.iter().any(|top| top.all().iter().any(|section| role(&section.title) == Role::Stage))
}

fn has_entries(section: &Section) -> bool {
    section.all().iter().any(|section| section.has_entries())
}

fn has_courses(section: &Section) -> bool {
    section.all().iter().any(|section| courses(&section.lines).is_some())
}

fn has_tracking(section: &Section) -> bool {
    section
        .all()
        .iter()
        .any(|section| matches!(role(&section.title), Role::Tracking(_)) && section.has_entries())
}

/// What is no part of the road: a table of contents, lists of habits.
fn is_beside(top: &Section) -> bool {
    role(&top.title) == Role::Contents || has_tracking(top)
}

/// Tracking lists, and a page for what stands beside them.
fn beside(top: &Section, report: &mut Report, outline: &mut Outline) {
    let mut rest = Section { children: Vec::new(), ..top.clone() };
    let mut track = |section: &Section, cadence| {
        report.place(section.line, "tracking", &section.title);
        let body = format!("{}{}", tasks(&section.lines, report), below(section, 2));
        outline.tracking.push(Tracking { head: head(&section.title), cadence, body });
    };
    if let Role::Tracking(cadence) = role(&top.title)
        && top.has_entries()
    {
        track(top, cadence);
        return;
    }
    for child in &top.children {
        match role(&child.title) {
            Role::Tracking(cadence) if child.has_entries() => track(child, cadence),
            _ => rest.children.push(child.clone()),
        }
    }
    if rest.says_something() || !rest.children.is_empty() {
        report.place(rest.line, "page", &rest.title);
        let body = format!("{}{}", text_of(&rest.lines), below(&rest, 2));
        outline.pages.push(Article { head: head(&rest.title), body });
    } else {
        report.place(rest.line, "tracking lists", &rest.title);
    }
}

struct Reader {
    by_words: bool,
}

impl Reader {
    fn level(&self, top: &Section, report: &mut Report, levels: &mut Vec<Level>) {
        // A table of courses is a level of its own, each course a stage.
        if !self.by_words && has_courses(top) {
            for section in top.all() {
                match courses(&section.lines) {
                    Some(found) => levels.push(course_level(section, found, report)),
                    None if section.has_entries() => {
                        let stages = vec![stage(&alone(section), report)];
                        let head = head(&section.title);
                        levels.push(Level { head, stages, ..Level::default() });
                    }
                    None if levels.is_empty() || section.line == top.line => {
                        report.place(section.line, "level", &section.title);
                        let body = text_of(&section.lines);
                        let head = head(&section.title);
                        levels.push(Level { head, body, ..Level::default() });
                    }
                    None => {
                        if let Some(level) = levels.last_mut() {
                            report.place(section.line, "text of a level", &section.title);
                            level.body.push_str(&markdown(&alone(section), 2));
                        }
                    }
                }
            }
            // A heading above tables of courses is a level only where it has courses itself.
            merge_empty(levels);
            return;
        }
        report.place(top.line, "level", &top.title);
        let mut level = Level { head: head(&top.title), ..Level::default() };
        let mut lines = top.lines.clone();
        level.goal = take_goal(&mut lines);
        if !self.by_words && alone(top).has_entries() {
            level.stages.push(stage(&Section { lines, ..alone(top) }, report));
        } else {
            level.body = text_of(&lines);
        }
        for child in &top.children {
            let is_stage =
                role(&child.title) == Role::Stage || (!self.by_words && has_entries(child));
            if is_stage {
                level.stages.push(stage(child, report));
            } else {
                report.place(child.line, "text of a level", &child.title);
                level.body.push_str(&markdown(child, 2));
            }
        }
        levels.push(level);
    }
}

fn stage(section: &Section, report: &mut Report) -> Stage {
    report.place(section.line, "stage", &section.title);
    let mut stage = Stage { head: head(&section.title), ..Stage::default() };
    program(&section.lines, &mut stage, report);
    for child in &section.children {
        match role(&child.title) {
            Role::Sources => {
                report.place(child.line, "sources", &child.title);
                let mut rest = child.lines.clone();
                stage.sources.append(&mut take_uses(&mut rest));
                stage.body.push_str(&text_of(&rest));
                child.children.iter().for_each(|below| block(below, &mut stage, report));
            }
            Role::Program => {
                report.place(child.line, "program", &child.title);
                program(&child.lines, &mut stage, report);
                child.children.iter().for_each(|below| block(below, &mut stage, report));
            }
            Role::Projects(kind) if child.has_entries() => {
                report.place(child.line, "projects", &child.title);
                let (mut found, rest) = projects(&child.lines, kind, report);
                stage.projects.append(&mut found);
                stage.body.push_str(&rest);
                child.children.iter().for_each(|below| block(below, &mut stage, report));
            }
            _ => block(child, &mut stage, report),
        }
    }
    stage
}

/// A heading below a stage, and those below it: each is a block.
fn block(section: &Section, stage: &mut Stage, report: &mut Report) {
    report.place(section.line, "block", &section.title);
    let mut lines = section.lines.clone();
    let sources = take_uses(&mut lines);
    let mut head = head(&section.title);
    if let Some(duration) = head.duration.take() {
        head.title = format!("{} ({duration})", head.title);
    }
    stage.blocks.push(Part { head, sources, body: tasks(&lines, report) });
    section.children.iter().for_each(|child| block(child, stage, report));
}

/// Lines of a program: goals, sources, blocks that begin with a line in bold type, topics.
fn program(lines: &[Line], stage: &mut Stage, report: &mut Report) {
    let mut lines = lines.to_vec();
    if stage.goal.is_none() {
        stage.goal = take_goal(&mut lines);
    }
    stage.sources.append(&mut take_uses(&mut lines));
    let mut parts: Vec<(Option<Part>, Vec<Line>)> = vec![(None, Vec::new())];
    for line in lines {
        if let Some(part) = bold_heading(&line) {
            report.place(line.no, "block", &part.head.title);
            parts.push((Some(part), Vec::new()));
        } else if let Some((_, lines)) = parts.last_mut() {
            lines.push(line);
        }
    }
    for (part, lines) in parts {
        if let Some(part) = part {
            stage.blocks.push(Part { body: tasks(&lines, report), ..part });
            continue;
        }
        // Text up to the first list stands before the program.
        let first = lines.iter().position(|line| line.item().is_some() || is_row(line));
        let (text, list) = lines.split_at(first.unwrap_or(lines.len()));
        stage.body.push_str(&text_of(text));
        if !list.is_empty() {
            let body = tasks(list, report);
            stage.blocks.push(Part { body, ..Part::default() });
        }
    }
}

/// A heading without those below it.
fn alone(section: &Section) -> Section {
    Section { children: Vec::new(), ..section.clone() }
}

/// A level without courses gives its text to the first that has some.
fn merge_empty(levels: &mut Vec<Level>) {
    let mut merged: Vec<Level> = Vec::new();
    let mut waiting = String::new();
    for mut level in std::mem::take(levels) {
        if level.stages.is_empty() {
            let _ = write!(waiting, "**{}**\n\n{}", level.head.title, level.body);
        } else {
            level.body.insert_str(0, &std::mem::take(&mut waiting));
            merged.push(level);
        }
    }
    if let Some(last) = merged.last_mut() {
        last.body.push_str(&waiting);
    }
    *levels = merged;
}

fn course_level(section: &Section, found: Vec<Course>, report: &mut Report) -> Level {
    report.place(section.line, "level", &section.title);
    let stages = found
        .into_iter()
        .map(|course| {
            report.place(course.line, "stage", &course.title);
            let mut head = head(&course.title);
            head.duration = course.duration;
            let topic = match course.url {
                Some(url) => format!("[{}](<{url}>)", course.title),
                None => course.title,
            };
            let body = format!("- [ ] {topic}\n");
            let blocks = vec![Part { body, ..Part::default() }];
            let text = course.facts;
            Stage { head, body: text, requires: course.requires, blocks, ..Stage::default() }
        })
        .collect();
    let text: Vec<Line> = section.lines.iter().filter(|line| !is_row(line)).cloned().collect();
    let head = head(&section.title);
    Level { head, body: text_of(&text), stages, ..Level::default() }
}

/// A link in a list of sources names one.
fn named_sources(stage: &mut Stage, sources: &mut Vec<Source>) {
    for used in &mut stage.sources {
        if let Some((name, url)) =
            used.name.strip_prefix('[').and_then(|text| text.split_once("]("))
        {
            let url = url.trim_matches(['<', '>', ')']).to_owned();
            let name = name.to_owned();
            if !sources.iter().any(|source| source.name == name) {
                sources.push(Source { name: name.clone(), url: Some(url) });
            }
            used.name = name;
        }
    }
}
