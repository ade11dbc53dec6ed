//! Curricula of any size, the same on every machine.
//!
//! Input: a [`Plan`]. Output: a [`Snapshot`], and a folder where one is wanted. Responsibility:
//! content that costs what real content costs. No two stages share a title, a topic, a note, a
//! paragraph or a code block, so nothing can be saved by remembering it, and the whole builds
//! without a diagnostic.
#![expect(clippy::disallowed_methods, reason = "a generator writes files")]

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use roadbook::snapshot::Snapshot;

mod code;
mod words;

use words::{Random, capital, label};

/// How many stages a level has.
pub(crate) const STAGES_IN_LEVEL: usize = 20;
/// How many sources there are.
const SOURCES: usize = 5;
/// How many parts each source has.
const PARTS: usize = 4;
/// How many topics the two blocks of a stage have.
const TOPICS: [usize; 2] = [5, 5];

/// Whether stages have projects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Projects {
    /// None has.
    None,
    /// Each has one.
    OnePerStage,
}

/// What is to be generated.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// How many stages.
    pub(crate) stages: usize,
    /// Whether they have projects.
    pub(crate) projects: Projects,
}

impl Plan {
    /// The curriculum in memory, as `disk` would read it.
    pub(crate) fn snapshot(&self) -> Snapshot {
        let mut files = vec![
            ("book.toml".to_owned(), book(self.stages)),
            ("content/README.md".to_owned(), self.home()),
            ("content/tracking/weekly.md".to_owned(), tracking()),
        ];
        files.extend((0..SOURCES).map(|no| (source_path(no), source(no))));
        files.extend((0..self.levels()).map(|no| (level_path(no), self.level(no))));
        for stage in 0..self.stages {
            files.push((stage_path(stage), self.stage(stage)));
            if self.projects == Projects::OnePerStage {
                files.push((project_path(stage), project(stage)));
            }
        }
        Snapshot::of(files.into_iter().map(|(path, text)| (path, text.into_bytes())))
    }

    fn levels(&self) -> usize {
        self.stages.div_ceil(STAGES_IN_LEVEL)
    }

    fn home(&self) -> String {
        let mut random = Random::new("home", 0);
        let mut text = front(&[("title", "A generated curriculum")]);
        let _ = writeln!(text, "{}\n", random.paragraph("curriculum", 4));
        if self.stages > 0 {
            let first = stage_path(0);
            let first = first.strip_prefix("content/").expect("stages are content");
            let _ = writeln!(text, "Begin with [{}]({first}).\n", title(0));
        }
        text
    }

    fn level(&self, no: usize) -> String {
        let mut random = Random::new("level", no);
        let name = format!("level {}", no + 1);
        let goal = random.sentence(&name, 9);
        let mut text = front(&[
            ("title", &format!("The {} of {}", random.noun(), capital(&label(no)))),
            ("duration", "12-18 months"),
            ("goal", &goal),
        ]);
        for _ in 0..2 {
            let _ = writeln!(text, "{}\n", random.paragraph(&name, 4));
        }
        let first = no * STAGES_IN_LEVEL;
        let last = (first + STAGES_IN_LEVEL).min(self.stages) - 1;
        for stage in [first, last] {
            let folder = stage_folder(stage);
            let _ = writeln!(text, "- [{}]({folder}/README.md)", title(stage));
        }
        text
    }

    /// About 4 KB: facts, an introduction, two blocks with weeks, topics, notes and code.
    fn stage(&self, no: usize) -> String {
        let mut random = Random::new("stage", no);
        let name = capital(&label(no));
        let goal = random.sentence(&name, 10);
        let requires = if no == 0 { "[]".to_owned() } else { format!("[{}]", label(no - 1)) };
        let mut text = front(&[
            ("title", &title(no)),
            ("duration", "4-6 weeks"),
            ("goal", &goal),
            ("requires", &requires),
            ("sources", &format!("[{}]", source_id(no % SOURCES))),
        ]);
        let _ = writeln!(text, "{}\n", random.paragraph(&name, 3));
        text.push_str(&self.road(no, &mut random));
        let mut topic = 0;
        for (block, topics) in TOPICS.into_iter().enumerate() {
            let weeks = 2 * block + 1;
            let heading = random.words(4);
            let _ = writeln!(text, "## Weeks {weeks}-{}: {name} and {heading}\n", weeks + 1);
            let _ = writeln!(text, "📖 {}\n", citation(no + block, "../.."));
            let _ = writeln!(text, "{}\n", random.paragraph(&name, 2));
            let (language, code) = code::block(2 * no + block, &name, &mut random);
            let _ = writeln!(text, "```{language}\n{code}```\n");
            for _ in 0..topics {
                text.push_str(&topic_with_note(topic, &name, &mut random));
                topic += 1;
            }
            text.push('\n');
        }
        text
    }

    /// Links to the stages before and after.
    fn road(&self, no: usize, random: &mut Random) -> String {
        let before = no.checked_sub(1).map(|before| (random.words(3), before));
        let after = Some(no + 1).filter(|after| *after < self.stages);
        let after = after.map(|after| (random.words(3), after));
        let mut text = String::new();
        for (words, other) in [before, after].into_iter().flatten() {
            let path = neighbour_path(no, other);
            let _ = writeln!(text, "The {words} of [{}]({path}) belong here too.", title(other));
        }
        text.push('\n');
        text
    }
}

/// The same curriculum after its author has written one more sentence into the introduction of the
/// stage in the middle.
pub(crate) fn edited(snapshot: &Snapshot, plan: Plan) -> Snapshot {
    let path = stage_path(plan.stages / 2);
    let old = std::str::from_utf8(&snapshot.files[path.as_str()]).expect("pages are text");
    let (before, after) = old.split_once("\n## ").expect("a stage has blocks");
    let text = format!("{before}\nA sentence that was not here before.\n\n## {after}");
    let mut edited = snapshot.clone();
    edited.files.insert(path.into(), text.into_bytes().into());
    edited
}

/// The same curriculum with another title in the middle of the road, which its neighbours show too.
pub(crate) fn retitled(snapshot: &Snapshot, plan: Plan) -> Snapshot {
    let path = stage_path(plan.stages / 2);
    let old = std::str::from_utf8(&snapshot.files[path.as_str()]).expect("pages are text");
    let text = old.replacen("title: ", "title: Renamed ", 1);
    let mut retitled = snapshot.clone();
    retitled.files.insert(path.into(), text.into_bytes().into());
    retitled
}

/// The same curriculum in a theme of its own, after so many edits of its template of stages.
pub(crate) fn with_theme(snapshot: &Snapshot, edits: usize) -> Snapshot {
    let book = std::str::from_utf8(&snapshot.files["book.toml"]).expect("settings are text");
    let files = [
        ("book.toml", format!("{book}[theme]\nname = \"own\"\n")),
        ("themes/own/theme.toml", "name = \"own\"\nparent = \"default\"\n".to_owned()),
        (
            "themes/own/templates/stage.html",
            format!(
                "{{% extends \"default/stage.html\" %}}\n\
                 {{% block main %}}{{{{ super() }}}}<p>Edit {edits}</p>{{% endblock %}}\n"
            ),
        ),
    ];
    let mut themed = snapshot.clone();
    themed.files.extend(files.map(|(path, text)| (path.into(), text.into_bytes().into())));
    themed
}

/// Writes a curriculum into a folder, which is made where there is none.
///
/// # Errors
/// Where the machine refuses.
pub(crate) fn write_to(snapshot: &Snapshot, folder: &Path) -> io::Result<()> {
    for (path, bytes) in &snapshot.files {
        let path = folder.join(&**path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, bytes)?;
    }
    Ok(())
}

fn book(stages: usize) -> String {
    format!(
        "[curriculum]\nid = \"generated-{stages}\"\ntitle = \"A generated curriculum\"\n\
         language = \"en\"\ndescription = \"{stages} stages that nobody has to learn\"\n"
    )
}

fn front(keys: &[(&str, &str)]) -> String {
    let mut text = String::from("---\n");
    for (key, value) in keys {
        let _ = writeln!(text, "{key}: {value}");
    }
    text.push_str("---\n\n");
    text
}

fn level_folder(level: usize) -> String {
    format!("{}-level-{}", (level + 1) * 10, level + 1)
}

fn level_path(level: usize) -> String {
    format!("content/{}/README.md", level_folder(level))
}

fn stage_folder(stage: usize) -> String {
    format!("{}-{}", (stage % STAGES_IN_LEVEL + 1) * 10, label(stage))
}

fn stage_path(stage: usize) -> String {
    let level = level_folder(stage / STAGES_IN_LEVEL);
    format!("content/{level}/{}/README.md", stage_folder(stage))
}

/// From one stage's page to another's.
fn neighbour_path(from: usize, to: usize) -> String {
    let (level, folder) = (to / STAGES_IN_LEVEL, stage_folder(to));
    if from / STAGES_IN_LEVEL == level {
        format!("../{folder}/README.md")
    } else {
        format!("../../{}/{folder}/README.md", level_folder(level))
    }
}

fn project_path(stage: usize) -> String {
    let level = level_folder(stage / STAGES_IN_LEVEL);
    format!("content/{level}/{}/10-build-{}.md", stage_folder(stage), label(stage))
}

fn source_id(source: usize) -> String {
    format!("handbook-{}", label(source))
}

fn source_path(source: usize) -> String {
    format!("content/sources/{}.md", source_id(source))
}

fn source_title(source: usize) -> String {
    format!("The handbook of {}", capital(&label(source)))
}

/// A link to a part of a source; `root` leads to `content/`.
fn citation(number: usize, root: &str) -> String {
    let (source, part) = (number % SOURCES, number / SOURCES % PARTS + 1);
    let (id, title) = (source_id(source), source_title(source));
    format!("[{title}, part {part}]({root}/sources/{id}.md#part-{part})")
}

fn title(stage: usize) -> String {
    let mut random = Random::new("title", stage);
    format!("{} {} {}", capital(&label(stage)), random.noun(), random.noun())
}

/// Topics of a stage differ in their verb, topics of different stages in the stage's name.
fn topic_with_note(topic: usize, name: &str, random: &mut Random) -> String {
    let verb = words::VERBS[topic % words::VERBS.len()];
    let (what, tool, note) = (random.words(3), random.noun(), random.sentence(name, 14));
    let text = capital(verb);
    format!("- [ ] {text} the {what} of {name} (`{tool} --{verb}`)\n  - I can {note}.\n")
}

fn project(stage: usize) -> String {
    let mut random = Random::new("project", stage);
    let name = capital(&label(stage));
    let summary = random.sentence(&name, 9);
    let mut text = front(&[
        ("title", &format!("Build the {} of {name}", random.noun())),
        ("summary", &summary),
        ("difficulty", &(stage % 5 + 1).to_string()),
        ("hours", "12-20"),
        ("skills", &format!("[{}, {}]", random.noun(), random.noun())),
    ]);
    let _ = writeln!(text, "{}\n", random.paragraph(&name, 4));
    let (language, code) = code::block(stage, &format!("{name}Project"), &mut random);
    let _ = writeln!(text, "```{language}\n{code}```\n");
    for (heading, verbs) in [("Steps", 0..6), ("Acceptance criteria", 6..10)] {
        let _ = writeln!(text, "## {heading}\n");
        for verb in verbs {
            let verb = capital(words::VERBS[verb]);
            let _ = writeln!(text, "- [ ] {verb} {} of {name} in the project", random.words(4));
        }
        text.push('\n');
    }
    text
}

fn source(no: usize) -> String {
    let mut random = Random::new("source", no);
    let mut text = front(&[
        ("title", &source_title(no)),
        ("url", &format!("https://example.org/{}", source_id(no))),
    ]);
    let name = format!("handbook {}", no + 1);
    for part in 1..=PARTS {
        let _ = writeln!(text, "## Part {part}\n\n{}\n", random.paragraph(&name, 4));
    }
    text
}

fn tracking() -> String {
    let mut random = Random::new("tracking", 0);
    let mut text = front(&[("title", "Every week"), ("cadence", "weekly")]);
    let _ = writeln!(text, "{}\n", random.paragraph("week", 3));
    for verb in &words::VERBS[..5] {
        let _ = writeln!(text, "- [ ] {} {} once more", capital(verb), random.words(4));
    }
    text
}
