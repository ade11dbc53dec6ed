//! What headings mean by their words.
//!
//! Input: a heading's text. Output: its [`Role`] and its [`Head`]. Responsibility: the words by which
//! people name the parts of a roadmap, in Russian and English.

use super::outline::Head;
use crate::time;

/// What stands below a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Level,
    Stage,
    Sources,
    Program,
    /// With the kind of its projects.
    Projects(&'static str),
    /// With its cadence.
    Tracking(&'static str),
    Contents,
    Other,
}

const LEVELS: [&str; 7] = ["уровень", "level", "фаза", "phase", "часть", "part", "семестр"];
const STAGES: [&str; 6] = ["этап", "stage", "модуль", "module", "глава", "chapter"];
const SOURCES: [&str; 4] = ["источник", "материал", "sources", "materials"];
const PROGRAM: [&str; 3] = ["программа", "program", "syllabus"];
/// In the order of precedence.
const PROJECTS: [(&str, &str); 8] = [
    ("capstone", "capstone"),
    ("дипломн", "capstone"),
    ("практические задания", "exercise"),
    ("упражнен", "exercise"),
    ("exercises", "exercise"),
    ("assignment", "exercise"),
    ("проект", "project"),
    ("project", "project"),
];
const CADENCES: [(&str, &str); 9] = [
    ("вехи", "once"),
    ("milestone", "once"),
    ("еженедел", "weekly"),
    ("weekly", "weekly"),
    ("ежемесяч", "monthly"),
    ("monthly", "monthly"),
    ("ежекварт", "quarterly"),
    ("кварталь", "quarterly"),
    ("quarterly", "quarterly"),
];
const CONTENTS: [&str; 4] = ["содержание", "оглавление", "table of contents", "contents"];
pub(super) const GOALS: [&str; 4] = ["цель", "goal", "objective", "outcome"];
pub(super) const DURATIONS: [&str; 3] = ["duration", "длительность", "срок"];
pub(super) const REQUIRED: [&str; 3] = ["prerequisite", "требован", "requires"];

/// What a heading says that it is.
pub(super) fn role(title: &str) -> Role {
    let bare = without_icon(title).1.to_lowercase();
    let begins = |words: &[&str], text: &str| words.iter().any(|word| text.starts_with(word));
    if labelled(&bare, &STAGES).is_some() {
        return Role::Stage;
    }
    let second = bare.split_once(' ').map_or("", |(_, rest)| rest);
    let level_word = |text: &str| {
        LEVELS.iter().any(|word| {
            text == *word
                || text.strip_prefix(word).is_some_and(|rest| rest.starts_with([':', ' ', '.']))
        })
    };
    if labelled(&bare, &LEVELS).is_some() || level_word(second) {
        return Role::Level;
    }
    if let Some((_, cadence)) = CADENCES.iter().find(|(word, _)| bare.contains(word)) {
        return Role::Tracking(cadence);
    }
    if CONTENTS.contains(&bare.trim_end_matches(':')) {
        return Role::Contents;
    }
    if begins(&SOURCES, &bare) {
        return Role::Sources;
    }
    if begins(&PROGRAM, &bare) {
        return Role::Program;
    }
    let short = bare.split_whitespace().count() <= 3;
    match PROJECTS.iter().find(|(word, _)| bare.starts_with(word)) {
        Some((_, kind)) if short => Role::Projects(kind),
        _ => Role::Other,
    }
}

/// The rest behind `stage 1.2:`; a word without a number is a title.
fn labelled<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    let rest = words.iter().find_map(|word| text.strip_prefix(word))?.strip_prefix(' ')?;
    let number = rest.chars().take_while(|c| c.is_ascii_digit() || ".ivx".contains(*c)).count();
    if number == 0 {
        return None;
    }
    let rest = &rest[number..];
    let title = rest.trim_start_matches([':', '.', '-', '–', '—', ' ']);
    (rest.is_empty() || title.len() < rest.len()).then_some(title)
}

/// A heading's parts: icon, label with number, title, time in brackets.
pub(super) fn head(title: &str) -> Head {
    let (icon, rest) = without_icon(title);
    let mut rest = rest.trim().trim_end_matches(':').trim_end();
    let mut duration = None;
    if let Some((before, inside)) = rest.strip_suffix(')').and_then(|text| text.rsplit_once('('))
        && time::read(inside, None).is_some()
    {
        duration = Some(inside.trim().to_owned());
        rest = before.trim_end();
    }
    let lower = rest.to_lowercase();
    let bare = labelled(&lower, &LEVELS).or_else(|| labelled(&lower, &STAGES));
    // Letters may have another length in lower case.
    let named = bare.filter(|bare| !bare.is_empty() && lower.len() == rest.len());
    let title = named.map_or(rest, |bare| &rest[rest.len() - bare.len()..]);
    Head { title: without_capitals(title), icon, duration, ..Head::default() }
}

/// Splits off the picture that a heading begins with.
pub(super) fn without_icon(title: &str) -> (Option<String>, &str) {
    let title = title.trim();
    let end = title.find(|c: char| c.is_alphanumeric() || c.is_ascii_punctuation());
    let (icon, rest) = title.split_at(end.unwrap_or(title.len()));
    let icon = icon.trim();
    let is_icon = icon.chars().any(|c| u32::from(c) >= 0x2190) && icon.chars().count() <= 8;
    if is_icon && !rest.is_empty() { (Some(icon.to_owned()), rest) } else { (None, title) }
}

/// A title that shouts is written as a sentence.
fn without_capitals(title: &str) -> String {
    let letters = title.chars().filter(|c| c.is_alphabetic());
    let long = letters.clone().count() > 6 && title.contains(' ');
    if !long || letters.clone().any(char::is_lowercase) {
        return title.to_owned();
    }
    let lower = title.to_lowercase();
    let mut letters = lower.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// The text behind `**Goal:**` and the like.
pub(super) fn goal(line: &str) -> Option<&str> {
    let bare = line.trim().trim_start_matches('*');
    let (word, rest) = bare.split_once(':')?;
    let word = word.trim_end_matches('*').trim().to_lowercase();
    let is_goal = GOALS.iter().any(|goal| *goal == word);
    is_goal.then(|| rest.trim_start_matches('*').trim()).filter(|rest| !rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_say_what_they_are() {
        for (title, expected) in [
            ("📚 УРОВЕНЬ 1: ОСНОВЫ (6-9 месяцев)", Role::Level),
            ("🎓 ФИНАЛЬНАЯ ФАЗА: КАРЬЕРА", Role::Level),
            ("🌐 ЭТАП 1.2: Сети (4-6 недель)", Role::Stage),
            ("Stage 3. Databases", Role::Stage),
            ("Modules and packages", Role::Other),
            ("Level design", Role::Other),
            ("Источники материала:", Role::Sources),
            ("Программа изучения:", Role::Program),
            ("Практические задания:", Role::Projects("exercise")),
            ("Проекты этапа:", Role::Projects("project")),
            ("Project-based learning in a large team", Role::Other),
            ("🏆 Квартальные вехи:", Role::Tracking("once")),
            ("Table of Contents", Role::Contents),
        ] {
            assert_eq!(role(title), expected, "{title}");
        }
    }

    #[test]
    fn a_heading_is_taken_apart() {
        let head = head("📚 УРОВЕНЬ 1: ФУНДАМЕНТАЛЬНЫЕ ОСНОВЫ (6-9 месяцев)");
        assert_eq!(head.title, "Фундаментальные основы");
        assert_eq!(head.icon.as_deref(), Some("📚"));
        assert_eq!(head.duration.as_deref(), Some("6-9 месяцев"));
        let plain = super::head("C++ (and C)");
        assert_eq!((plain.title.as_str(), plain.duration), ("C++ (and C)", None));
        assert_eq!(super::head("HTTP").title, "HTTP");
    }

    #[test]
    fn goals_are_found() {
        assert_eq!(goal("**Цель:** Понять сети"), Some("Понять сети"));
        assert_eq!(goal("Goal: ship it"), Some("ship it"));
        assert_eq!(goal("Цель этапа ясна: понять"), None);
    }
}
