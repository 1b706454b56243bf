//! `hexapla man`

use std::path::PathBuf;

use clap::CommandFactory;

use super::{Failure, print};

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
    let failed = |error| format!("{}: {error}", folder.display());
    std::fs::create_dir_all(folder).map_err(failed)?;
    clap_mangen::generate_to(command, folder).map_err(failed)?;
    Ok(super::CLEAN)
}
