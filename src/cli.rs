//! The command line.
//!
//! Input: arguments. Output: text on the terminal, files through `disk`, an exit code.
//! Responsibility: what a person types and reads; the only module that knows the argument parser,
//! and the only one that looks at a clock.
#![expect(clippy::disallowed_methods, reason = "the command line may ask the machine")]

use std::ffi::OsString;
use std::io::{IsTerminal, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::compile::{Compiled, Phase, Watch, compile_watched};
use crate::diagnostic::{Code, Diagnostic, has_errors, settle};
use crate::disk::{self, Cache, DiskError};
use crate::report::{Colour, Format, report, summary};
use crate::snapshot::{Overrides, Snapshot, Store};

mod build;
mod bundle;
mod cache;
mod changes;
mod create;
mod fix;
mod github;
mod import;
mod lock;
mod preview;
mod progress;
mod reference;
mod theme;
mod timings;
use cache::CacheArguments;
use progress::Talk;
pub use reference::reference;
use timings::Timings;

/// Compiles a learning curriculum into a website.
#[derive(Debug, Parser)]
#[command(name = "roadbook", version, about, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the site.
    Build(build::BuildArguments),
    /// Preview the site in a browser, renewed as files are saved.
    Serve(preview::ServeArguments),
    /// Check the content without writing anything.
    Check(CheckArguments),
    /// Begin a new curriculum in a new folder.
    Init(create::InitArguments),
    /// Make a curriculum of a document or a folder of Markdown.
    Import(import::ImportArguments),
    /// Add a level, stage, project, source or term at its right place.
    New(create::NewArguments),
    /// Show, write or mend `progress.lock`, which keeps the permanent ids.
    Lock(lock::LockArguments),
    /// List the permanent ids of a page's items.
    Ids(IdsArguments),
    /// Make one file of the whole site: a book, an archive.
    Bundle(bundle::BundleArguments),
    /// List and show themes, and copy files of them.
    Theme(theme::ThemeArguments),
    /// Explain a diagnostic.
    Explain {
        /// The code, as messages show it in brackets. Without it, all codes are listed.
        code: Option<String>,
    },
    /// Print a script that completes commands in a shell.
    Completions {
        /// The shell.
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, clap::Args)]
struct Common {
    /// The curriculum's folder.
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// Absolute address of the site, over `book.toml`.
    #[arg(long, value_name = "URL")]
    site_url: Option<String>,
    /// Address of the repository, over `book.toml`.
    #[arg(long, value_name = "URL")]
    repository: Option<String>,
    /// How messages are written.
    #[arg(long, value_enum, default_value_t)]
    message_format: Format,
    /// Treat warnings as errors.
    #[arg(long)]
    deny_warnings: bool,
    /// Tell of each phase: how long it took, and how much it made.
    #[arg(long, short)]
    verbose: bool,
    #[command(flatten)]
    cache: CacheArguments,
}

impl Common {
    fn talk(&self) -> Talk {
        if self.verbose { Talk::Verbose } else { Talk::Usual }
    }
}

#[derive(Debug, clap::Args)]
struct CheckArguments {
    #[command(flatten)]
    common: Common,
    /// Apply the mends that are certain; without it they are only shown.
    #[arg(long)]
    fix: bool,
    /// With `--fix`: show what would be mended, and write nothing.
    #[arg(long, requires = "fix")]
    dry_run: bool,
}

#[derive(Debug, clap::Args)]
struct IdsArguments {
    /// The page's id, its `kind:id`, or its file.
    page: String,
    #[command(flatten)]
    common: Common,
}

/// Runs the command line and returns its exit code: 0 for success, 1 for errors in the content
/// and for work that could not be done, 2 for wrong usage.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let result = match arguments.command {
        Command::Build(arguments) => build::build(&arguments),
        Command::Serve(arguments) => preview::serve(&arguments),
        Command::Check(arguments) => check(&arguments),
        Command::Init(arguments) => create::init(&arguments),
        Command::New(arguments) => create::new(&arguments),
        Command::Lock(arguments) if arguments.resolve => lock::resolve(&arguments.common.dir),
        Command::Lock(arguments) => lock::lock_command(&arguments),
        Command::Ids(arguments) => ids(&arguments),
        Command::Bundle(arguments) => bundle::bundle(&arguments),
        Command::Import(arguments) => import::import(&arguments),
        Command::Theme(arguments) => theme::theme(&arguments),
        Command::Explain { code } => Ok(explain(code.as_deref())),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "roadbook", &mut script);
            say(&String::from_utf8_lossy(&script));
            Ok(ExitCode::SUCCESS)
        }
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            complain(&format!("error: {error}\n"));
            ExitCode::FAILURE
        }
    }
}

/// A closed pipe is no reason to panic.
fn say(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

fn complain(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

fn load(common: &Common) -> Result<(Snapshot, Vec<Diagnostic>), DiskError> {
    let overrides = Overrides {
        site_url: common.site_url.clone(),
        repository: common.repository.clone(),
        ..Overrides::default()
    };
    disk::read(&common.dir, overrides)
}

/// Writes the messages; whether the work may go on.
fn show(common: &Common, snapshot: &Snapshot, diagnostics: &[Diagnostic]) -> bool {
    let colour = if std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none() {
        Colour::On
    } else {
        Colour::Off
    };
    let text = || report(diagnostics, snapshot, common.message_format, colour);
    match common.message_format {
        Format::Json => say(&text()),
        Format::Github => {
            github::show(diagnostics, snapshot, common.repository.as_deref(), &common.dir);
        }
        Format::Human | Format::Short => complain(&text()),
    }
    if common.message_format != Format::Json
        && let Some(summary) = summary(diagnostics)
    {
        complain(&format!("{summary}\n"));
    }
    !has_errors(diagnostics) && (!common.deny_warnings || diagnostics.is_empty())
}

/// Follows a compilation for whoever ran the command.
struct Follow<'a> {
    timings: &'a mut Timings,
    store: Option<&'a dyn Store>,
}

impl Watch for Follow<'_> {
    fn ended(&mut self, phase: Phase, count: usize) {
        self.timings.ended(phase.name(), count, phase.counted());
    }

    fn store(&self) -> Option<&dyn Store> {
        self.store
    }
}

/// Where pages go that nobody wants to have.
struct Nowhere;

impl Store for Nowhere {
    fn put(&self, _: &str, _: &[u8]) {}
}

/// Reads and compiles a curriculum. The pages go to `store`, or else into memory.
fn compile(
    common: &Common,
    store: Option<&dyn Store>,
    timings: &mut Timings,
) -> Result<(Snapshot, Compiled), DiskError> {
    let (snapshot, diagnostics) = load(common)?;
    timings.ended("read", snapshot.files.len(), "files");
    let cache = common.cache.open(&common.dir);
    let follow = Follow { timings, store };
    let compiled = compile_read(&snapshot, diagnostics, cache.as_ref(), follow);
    Ok((snapshot, compiled))
}

/// Compiles what was read, with what is wrong with the reading.
fn compile_read(
    snapshot: &Snapshot,
    mut diagnostics: Vec<Diagnostic>,
    cache: Option<&Cache>,
    mut follow: Follow<'_>,
) -> Compiled {
    let mut memo = cache::memo(cache);
    let mut compiled = compile_watched(snapshot, &mut memo, &mut follow);
    follow.timings.clear();
    cache::keep(cache, memo);
    compiled.diagnostics.append(&mut diagnostics);
    settle(&mut compiled.diagnostics);
    if has_errors(&compiled.diagnostics) {
        compiled.site = None;
    }
    compiled
}

fn check(arguments: &CheckArguments) -> Result<ExitCode, DiskError> {
    let common = &arguments.common;
    let (mut snapshot, mut compiled) =
        compile(common, Some(&Nowhere), &mut Timings::start(common.talk()))?;
    let (files, count) = fix::apply(&compiled.diagnostics, &snapshot);
    if arguments.fix && !arguments.dry_run && count > 0 {
        for (path, bytes) in &files {
            disk::replace(&common.dir.join(&**path), bytes)?;
        }
        say(&format!("mended {count} in {} files\n", files.len()));
        (snapshot, compiled) = compile(common, Some(&Nowhere), &mut Timings::start(common.talk()))?;
    }
    let usable = show(common, &snapshot, &compiled.diagnostics);
    if count > 0 && (!arguments.fix || arguments.dry_run) && common.message_format == Format::Human
    {
        complain(&format!("{count} can be mended by `roadbook check --fix`\n"));
    }
    if !usable {
        return Ok(ExitCode::FAILURE);
    }
    if common.message_format == Format::Human {
        say("No problems found\n");
    }
    Ok(ExitCode::SUCCESS)
}

fn ids(arguments: &IdsArguments) -> Result<ExitCode, DiskError> {
    let common = &arguments.common;
    let (snapshot, compiled) = compile(common, Some(&Nowhere), &mut Timings::start(common.talk()))?;
    if compiled.items.is_empty() {
        show(common, &snapshot, &compiled.diagnostics);
        return Ok(ExitCode::FAILURE);
    }
    let wanted = arguments.page.trim_start_matches("./");
    let matches = |page: &&crate::compile::PageItems| {
        page.key == wanted
            || page.key.split_once(':').is_some_and(|(_, id)| id == wanted)
            || &*page.path == wanted
    };
    let mut found = false;
    for page in compiled.items.iter().filter(matches) {
        found = true;
        say(&format!("{} ({})\n", page.key, page.path));
        for (id, text) in &page.items {
            say(&format!("  {id} {text}\n"));
        }
    }
    if found {
        return Ok(ExitCode::SUCCESS);
    }
    let keys = compiled
        .items
        .iter()
        .flat_map(|page| [page.key.as_str(), page.key.split_once(':').map_or("", |(_, id)| id)]);
    let near = crate::diagnostic::nearest(wanted, keys);
    let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    complain(&format!("error: no page with items is called `{wanted}`{hint}\n"));
    Ok(ExitCode::FAILURE)
}

fn explain(code: Option<&str>) -> ExitCode {
    let Some(name) = code else {
        for code in Code::ALL {
            let first = code.page().lines().next().unwrap_or_default().trim();
            say(&format!("{:24} {first}\n", code.name()));
        }
        return ExitCode::SUCCESS;
    };
    if let Some(code) = Code::from_name(name) {
        say(&format!("{} ({})\n\n", code.name(), code.severity().word()));
        for line in code.page().lines() {
            say(line.strip_prefix(' ').unwrap_or(line));
            say("\n");
        }
        return ExitCode::SUCCESS;
    }
    let near = crate::diagnostic::nearest(name, Code::ALL.iter().map(|code| code.name()));
    let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    complain(&format!("error: there is no code `{name}`{hint}\n"));
    ExitCode::from(2)
}
