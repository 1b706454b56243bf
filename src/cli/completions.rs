//! `hexapla completions SHELL`

use clap::CommandFactory;

use super::{Failure, print};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The shell
    shell: clap_complete::Shell,
}

pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::Cli::command(), "hexapla", &mut script);
    print(&String::from_utf8_lossy(&script))
}
