//! `roadbook theme`.
//!
//! Input: a curriculum's folder. Output: what its themes are and have, and copies of their files.
//! Responsibility: what a person reads of them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{complain, say};
use crate::diagnostic::{Diagnostic, Span, has_errors};
use crate::disk::{self, DiskError};
use crate::node::Spanned;
use crate::parse::config::{self, Config};
use crate::report::{Colour, Format, report};
use crate::snapshot::{Overrides, Snapshot};
use crate::theme::{self, Copies, Link, Merged, OptionKind, OptionValue, SITE, Theme};

#[derive(Debug, clap::Args)]
pub(super) struct ThemeArguments {
    #[command(subcommand)]
    command: ThemeCommand,
}

#[derive(Debug, clap::Subcommand)]
enum ThemeCommand {
    /// List the themes: built in, and the curriculum's own.
    List {
        /// The curriculum's folder.
        #[arg(default_value = ".")]
        dir: PathBuf,
    },
    /// Show a theme's options, templates with their blocks, and files.
    Show {
        /// The theme [default: the one that `book.toml` names].
        name: Option<String>,
        /// The curriculum's folder.
        #[arg(default_value = ".")]
        dir: PathBuf,
    },
    /// Copy a file of the theme, to change it as a whole. To change a part, override a block.
    Eject {
        /// The file, as `theme show` lists it: `stage.html`, `static/favicon.svg`.
        file: String,
        /// The curriculum's folder.
        #[arg(default_value = ".")]
        dir: PathBuf,
        /// Take over into the copy what has changed in the theme since.
        #[arg(long)]
        merge: bool,
    },
}

pub(super) fn theme(arguments: &ThemeArguments) -> Result<ExitCode, DiskError> {
    match &arguments.command {
        ThemeCommand::List { dir } => {
            let (snapshot, config) = read(dir)?;
            say(&listed(&snapshot, config.as_ref()));
            Ok(ExitCode::SUCCESS)
        }
        ThemeCommand::Show { name, dir } => show(name.as_deref(), dir),
        ThemeCommand::Eject { file, dir, merge } => eject(file, dir, *merge),
    }
}

fn read(dir: &Path) -> Result<(Snapshot, Option<Config>), DiskError> {
    let (snapshot, _) = disk::read(dir, Overrides::default())?;
    let config = snapshot.files.get(config::PATH).and_then(|bytes| config::read(bytes).0);
    Ok((snapshot, config))
}

fn listed(snapshot: &Snapshot, config: Option<&Config>) -> String {
    let mut text = String::new();
    for name in theme::names(snapshot) {
        let own = snapshot.below(&format!("themes/{name}/")).next().is_some();
        let here = config.is_some_and(|config| config.theme.value == name);
        let chain = theme::chain(snapshot, &named(&name), &mut Vec::new());
        let parents: Vec<&str> = chain
            .iter()
            .map(|link| link.name.as_str())
            .filter(|link| *link != name && *link != SITE)
            .collect();
        let about = chain.iter().find(|link| link.name == name);
        let about = about.and_then(|link| link.manifest.description.as_deref());
        let about = match about {
            None if name == SITE => "overrides of this curriculum, whatever its theme",
            about => about.unwrap_or_default(),
        };
        let _ = writeln!(
            text,
            "{} {name:12} {:8} {about}{}",
            if here { '*' } else { ' ' },
            if own { "own" } else { "built in" },
            if parents.is_empty() {
                String::new()
            } else {
                format!(" (on {})", parents.join(", "))
            }
        );
    }
    text
}

fn named(name: &str) -> Spanned<String> {
    Spanned { value: name.to_owned(), span: Span::file(config::PATH) }
}

fn show(name: Option<&str>, dir: &Path) -> Result<ExitCode, DiskError> {
    let (snapshot, config) = read(dir)?;
    let chosen = config.as_ref().map_or_else(|| named(config::DEFAULT_THEME), |c| c.theme.clone());
    let wanted = name.map_or_else(|| chosen.clone(), named);
    // A site's options are those of the theme that it has.
    let options = match &config {
        Some(config) if wanted.value == chosen.value => config.theme_options.as_slice(),
        _ => &[],
    };
    let mut diagnostics = Vec::new();
    let chain = theme::chain(&snapshot, &wanted, &mut diagnostics);
    if has_errors(&diagnostics) {
        return Ok(refuse(&diagnostics, &snapshot));
    }
    let theme = theme::load(&snapshot, &wanted, options, &mut diagnostics);
    say(&shown(&theme, &chain));
    Ok(ExitCode::SUCCESS)
}

fn refuse(diagnostics: &[Diagnostic], snapshot: &Snapshot) -> ExitCode {
    complain(&report(diagnostics, snapshot, Format::Human, Colour::Off));
    ExitCode::FAILURE
}

fn shown(theme: &Theme, chain: &[Link]) -> String {
    let mut text = format!("{}\n", theme.chain.join(" on "));
    for link in chain {
        if let Some(description) = &link.manifest.description {
            let version = link.manifest.version.as_deref().unwrap_or("?");
            let _ = writeln!(text, "{} {version}: {description}", link.name);
        }
    }
    if !theme.options.is_empty() {
        text.push_str("\nOptions, for [theme.options] in book.toml:\n");
    }
    for (name, option) in &theme.options {
        let value = option.value.as_ref().map_or_else(|| "none".to_owned(), written);
        let kind = kind(&option.kind);
        let about = option.description.as_deref().unwrap_or_default();
        let _ = writeln!(text, "  {name} = {value}\n    {kind}. {about}");
    }
    text.push_str("\nTemplates and their blocks, to override in themes/site/templates:\n");
    let files: BTreeSet<&str> =
        theme.templates.iter().filter_map(|(full, ..)| Some(full.split_once('/')?.1)).collect();
    for file in files {
        let blocks: BTreeSet<&str> = theme
            .templates
            .iter()
            .filter(|(full, ..)| full.split_once('/').is_some_and(|(_, name)| name == file))
            .flat_map(|(_, _, source)| theme::blocks(source))
            .collect();
        let blocks: Vec<&str> = blocks.into_iter().collect();
        let _ = writeln!(text, "  {file}: {}", blocks.join(", "));
    }
    text.push_str("\nWords, to override in themes/site/locales:\n");
    for (path, ..) in &theme.locales {
        let _ = writeln!(text, "  {path}");
    }
    text.push_str("\nFiles, to replace in themes/site/static:\n");
    for path in theme.assets.keys() {
        let _ = writeln!(text, "  {path}");
    }
    text
}

fn kind(kind: &OptionKind) -> String {
    match kind {
        OptionKind::Text => "text".to_owned(),
        OptionKind::Boolean => "true or false".to_owned(),
        OptionKind::Integer => "whole number".to_owned(),
        OptionKind::Choice(words) => format!("one of {}", words.join(", ")),
        OptionKind::Color => "color".to_owned(),
        OptionKind::Length => "length".to_owned(),
        OptionKind::Font => "fonts".to_owned(),
    }
}

/// A value as `book.toml` writes it.
fn written(value: &OptionValue) -> String {
    match value {
        OptionValue::Text(text) => format!("{text:?}"),
        OptionValue::Boolean(value) => value.to_string(),
        OptionValue::Integer(number) => number.to_string(),
        OptionValue::Fonts(names) => format!("{:?}", names.join(", ")),
        OptionValue::Color { light, dark } if light == dark => format!("{:?}", light.hex()),
        OptionValue::Color { light, dark } => {
            format!("{{ light = {:?}, dark = {:?} }}", light.hex(), dark.hex())
        }
    }
}

fn eject(file: &str, dir: &Path, merge: bool) -> Result<ExitCode, DiskError> {
    let (snapshot, config) = read(dir)?;
    let Some(config) = config else {
        complain(&format!("error: there is no usable {} in {}\n", config::PATH, dir.display()));
        return Ok(ExitCode::FAILURE);
    };
    let mut diagnostics = Vec::new();
    let chain = theme::chain(&snapshot, &config.theme, &mut diagnostics);
    if has_errors(&diagnostics) {
        return Ok(refuse(&diagnostics, &snapshot));
    }
    // A theme of one's own is the place for its copies; else they lie on the built-in one.
    let own = snapshot.below(&format!("themes/{}/", config.theme.value)).next().is_some();
    let target = if own { config.theme.value.as_str() } else { SITE };
    let written = if merge {
        theme::merge(&chain, target, file)
    } else {
        theme::eject(&chain, target, file).map(Merged::Clean)
    };
    match written {
        Ok(Merged::Unchanged) => {
            say("the theme has not changed it since\n");
            Ok(ExitCode::SUCCESS)
        }
        Ok(Merged::Clean(files)) => {
            write(dir, &files)?;
            Ok(ExitCode::SUCCESS)
        }
        Ok(Merged::Conflict(files)) => {
            write(dir, &files)?;
            complain("error: both sides changed the same lines; decide between the marks\n");
            Ok(ExitCode::FAILURE)
        }
        Err(problem) => {
            complain(&format!("error: {problem}\n"));
            Ok(ExitCode::FAILURE)
        }
    }
}

fn write(dir: &Path, files: &Copies) -> Result<(), DiskError> {
    for (path, bytes) in files {
        disk::replace(&dir.join(path), bytes)?;
        say(&format!("{path}\n"));
    }
    Ok(())
}
