//! `roadbook init` and `roadbook new`.
//!
//! Input: names and titles from the command line. Output: new files. Responsibility: never to
//! touch a file that is there.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{complain, say};
use crate::disk::{self, DiskError};
use crate::import::Repair;
use crate::scaffold::{self, New, Start};
use crate::snapshot::Overrides;
use crate::text::slug;

#[derive(Debug, clap::Args)]
pub(super) struct InitArguments {
    /// The new folder.
    dir: PathBuf,
    /// Begin with three sample weeks instead of the backend roadmap.
    #[arg(long, conflicts_with = "from")]
    blank: bool,
    /// Begin with a document or a folder of Markdown: the same as `import FROM --into DIR`.
    #[arg(long)]
    from: Option<PathBuf>,
    /// The curriculum's permanent id [default: from the folder's name].
    #[arg(long)]
    id: Option<String>,
    /// The curriculum's title, with `--blank`.
    #[arg(long, requires = "blank")]
    title: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct NewArguments {
    /// What to add.
    #[arg(value_enum)]
    what: What,
    /// Its title.
    title: String,
    /// The curriculum's folder.
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// The level of a stage, the stage of a project, by id.
    #[arg(long = "in", value_name = "ID")]
    within: Option<String>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum What {
    Level,
    Stage,
    Project,
    Source,
    Term,
}

pub(super) fn init(arguments: &InitArguments) -> Result<ExitCode, DiskError> {
    let InitArguments { dir, id, from, .. } = arguments;
    if let Some(from) = from {
        return super::import::into_folder(from, dir, id.as_deref(), Repair::No);
    }
    let Some(id) = curriculum_id(id.as_deref(), dir) else { return Ok(ExitCode::from(2)) };
    let start = if arguments.blank { Start::Blank } else { Start::Roadmap };
    let title = arguments.title.as_deref().unwrap_or("My roadmap");
    let pin = pin()?;
    let pinned = pin.is_some();
    let files = scaffold::curriculum(start, &id, title, pin);
    disk::create(&arguments.dir, &files)?;
    let dir = arguments.dir.display();
    say(&format!("{} files in {dir}\nNext: roadbook build {dir}\n", files.len()));
    if !pinned {
        say(&format!(
            "To publish it on GitHub, put `roadbook.pin` of a release at {dir}/{}\n",
            scaffold::PIN
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// The id that is asked for, or one of the folder's name; complains where it is none.
pub(super) fn curriculum_id(asked: Option<&str>, dir: &Path) -> Option<String> {
    let name = dir.file_name().map(|name| name.to_string_lossy().into_owned());
    let id = asked.map_or_else(|| slug(&name.unwrap_or_default()), str::to_owned);
    let id = if id.is_empty() { "roadmap".to_owned() } else { id };
    if crate::text::is_id(&id) {
        return Some(id);
    }
    complain(&format!(
        "error: `{id}` cannot be an id; use lower-case Latin letters, digits and hyphens\n"
    ));
    None
}

/// The pin that a release packs beside the program; a program that was built by hand has none.
pub(super) fn pin() -> Result<Option<String>, DiskError> {
    let program = std::env::current_exe().ok();
    let beside = program.and_then(|program| Some(program.parent()?.join("roadbook.pin")));
    beside.map_or(Ok(None), |path| disk::read_text(&path))
}

pub(super) fn new(arguments: &NewArguments) -> Result<ExitCode, DiskError> {
    let (snapshot, _) = disk::read(&arguments.dir, Overrides::default())?;
    let what = match arguments.what {
        What::Level => New::Level,
        What::Stage => New::Stage,
        What::Project => New::Project,
        What::Source => New::Source,
        What::Term => New::Term,
    };
    match scaffold::page(&snapshot, what, &arguments.title, arguments.within.as_deref()) {
        Ok(file) => {
            let path = arguments.dir.join(Path::new(&file.path));
            disk::replace(&path, file.text.as_bytes())?;
            say(&format!("{}\n", file.path));
            Ok(ExitCode::SUCCESS)
        }
        Err(problem) => {
            complain(&format!("error: {problem}\n"));
            Ok(ExitCode::FAILURE)
        }
    }
}
