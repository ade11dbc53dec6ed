//! `roadbook bundle`: the whole site as one file.
//!
//! Input: arguments. Output: a file. Responsibility: where the file goes and what is said of it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::{Common, Timings, compile, complain, say, show};
use crate::bundle::{Form, Whole};
use crate::disk::{self, DiskError};
use crate::report::Format;

#[derive(Debug, Args)]
pub(super) struct BundleArguments {
    /// What the file is.
    #[arg(value_enum)]
    form: FormName,
    #[command(flatten)]
    common: Common,
    /// The file [default: the curriculum's id in its folder].
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormName {
    /// A book for reading systems (EPUB 3).
    Epub,
    /// The site as an archive.
    Zip,
    /// The site as one HTML file.
    Html,
    /// The curriculum as one Markdown file, which `import` reads again.
    Markdown,
}

pub(super) fn bundle(arguments: &BundleArguments) -> Result<ExitCode, DiskError> {
    let common = &arguments.common;
    let (snapshot, compiled) = compile(common, None, &mut Timings::start(common.talk()))?;
    let usable = show(common, &snapshot, &compiled.diagnostics);
    let (Some(site), Some((linked, words)), true) = (&compiled.site, &compiled.linked, usable)
    else {
        return Ok(ExitCode::FAILURE);
    };
    let form = match arguments.form {
        FormName::Epub => Form::Epub,
        FormName::Zip => Form::Zip,
        FormName::Html => Form::Html,
        FormName::Markdown => Form::Markdown,
    };
    let lock = compiled.lock.as_ref().map(ToString::to_string).unwrap_or_default();
    let whole = Whole { snapshot: &snapshot, site, linked, words, lock: &lock };
    let Some(bytes) = crate::bundle::bundle(form, &whole) else {
        complain("error: the theme's home page has no `main`, which holds what a bundle shows\n");
        return Ok(ExitCode::FAILURE);
    };
    let out = arguments.out.clone().unwrap_or_else(|| {
        common.dir.join(format!("{}.{}", linked.curriculum.config.id, form.extension()))
    });
    disk::replace(&out, &bytes)?;
    if common.message_format != Format::Json {
        say(&format!("{}: {} KB\n", out.display(), bytes.len().div_ceil(1024)));
    }
    Ok(ExitCode::SUCCESS)
}
