//! `hexapla man`

use std::path::{Path, PathBuf};

use clap::CommandFactory;

use super::{Failure, print};
use crate::project;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Write the pages of all commands to a folder instead
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let command = super::Cli::command();
    let Some(folder) = &args.output else {
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page)?;
        return print(&String::from_utf8_lossy(&page));
    };
    // The subcommands are then named in full.
    let mut command = command.disable_help_subcommand(true);
    command.build();
    pages(&command, folder)?;
    Ok(super::CLEAN)
}

/// Writes the page of a command, and those of its subcommands.
fn pages(command: &clap::Command, folder: &Path) -> Result<(), Failure> {
    for command in command.get_subcommands().filter(|it| !it.is_hide_set()) {
        pages(command, folder)?;
    }
    let man = clap_mangen::Man::new(command.clone());
    let mut page = Vec::new();
    man.render(&mut page)?;
    Ok(project::write_inside(folder, Path::new(&man.get_filename()), &page)?)
}
