//! `hexapla man`

use clap::CommandFactory;

use super::{Failure, print};

pub(super) fn run() -> Result<u8, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(super::Cli::command()).render(&mut page)?;
    print(&String::from_utf8_lossy(&page))
}
