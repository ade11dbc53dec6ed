//! `roadbook serve`.
//!
//! Input: arguments. Output: what the author reads in the terminal while the preview runs.
//! Responsibility: words; the work is `crate::serve`'s.

use std::path::PathBuf;
use std::process::ExitCode;

use super::{CacheArguments, Common, complain, say, show};
use crate::disk::DiskError;
use crate::report::Format;
use crate::serve::{Event, Options, PORT};
use crate::snapshot::Overrides;

#[derive(Debug, clap::Args)]
pub(super) struct ServeArguments {
    /// The curriculum's folder.
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// The port; where it is busy, the next free one.
    #[arg(long, value_name = "N", default_value_t = PORT)]
    port: u16,
    /// Open the browser.
    #[arg(long)]
    open: bool,
    /// What opens a file in an editor: an address with `{file}`, `{line}` and `{column}`.
    #[arg(long, value_name = "ADDRESS", default_value = "vscode://file{file}:{line}:{column}")]
    editor: String,
    /// Address of the repository, over `book.toml`.
    #[arg(long, value_name = "URL")]
    repository: Option<String>,
}

pub(super) fn serve(arguments: &ServeArguments) -> Result<ExitCode, DiskError> {
    let options = Options {
        dir: arguments.dir.clone(),
        port: arguments.port,
        overrides: Overrides { repository: arguments.repository.clone(), ..Overrides::default() },
        editor: arguments.editor.clone(),
    };
    let common = Common {
        dir: arguments.dir.clone(),
        site_url: None,
        repository: None,
        message_format: Format::Human,
        deny_warnings: false,
        verbose: false,
        cache: CacheArguments::default(),
    };
    crate::serve::serve(&options, &mut |event| match event {
        Event::Serving(address, busy) => {
            if let Some(port) = busy {
                say(&format!("Port {port} is busy\n"));
            }
            say(&format!("Serving {} at {address}; Ctrl-C ends it\n", options.dir.display()));
            if arguments.open
                && let Err(error) = open::that_detached(address)
            {
                complain(&format!("the browser cannot be opened: {error}\n"));
            }
        }
        Event::Compiled(compiled, snapshot, time) => {
            show(&common, snapshot, &compiled.diagnostics);
            let stats = &compiled.stats;
            let time = time.as_millis();
            if crate::diagnostic::has_errors(&compiled.diagnostics) {
                say(&format!("The last good state is shown ({time} ms)\n"));
            } else {
                say(&format!("{} of {} pages in {time} ms\n", stats.rendered, stats.pages));
            }
        }
        Event::Panicked => complain("The compiler failed; the last good state is shown\n"),
        Event::Unreadable(error) => complain(&format!("error: {error}\n")),
        Event::Polling(reason) => complain(&format!(
            "The machine does not tell of changes ({reason}); files are looked at each second\n"
        )),
    })?;
    Ok(ExitCode::SUCCESS)
}
