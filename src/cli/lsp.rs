//! `hexapla lsp`

use std::io;

use super::{CLEAN, FOUND, Failure};
use crate::lsp;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
It speaks the Language Server Protocol on standard input and output, and is started by an editor. Settings are those \
that `hexapla check` finds: in the folder that is open or above it, else above the article.

Exit codes: 0 after `shutdown` and `exit`, 1 otherwise.")]
pub(super) struct Args {
    /// Speak on standard input and output, which it does anyway
    #[arg(long)]
    stdio: bool,
    /// The process of the editor, which is not watched: when it is gone, so is standard input
    #[arg(long = "clientProcessId", value_name = "PID", hide = true)]
    client: Option<u64>,
}

pub(super) fn run(_: &Args) -> Result<u8, Failure> {
    let in_due_form = lsp::serve(&mut io::BufReader::new(io::stdin()), io::stdout());
    Ok(if in_due_form { CLEAN } else { FOUND })
}
