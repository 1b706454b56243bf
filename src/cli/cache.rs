//! `hexapla cache`, and what a run is told of its cache.

use std::path::PathBuf;

use super::{CLEAN, Failure, Global};
use crate::config::{Overrides, Settings};
use crate::project::{self, Cache};

/// The folder of the cache, beside the settings file.
const FOLDER: &str = ".hexapla_cache";

/// What a run may be told of its cache.
#[derive(Debug, clap::Args)]
pub(super) struct CacheArgs {
    /// Neither read nor write the cache
    #[arg(long, help_heading = "Run")]
    no_cache: bool,
    /// Folder of the cache [default: .hexapla_cache beside hexapla.toml]
    #[arg(long, value_name = "DIR", conflicts_with = "no_cache", help_heading = "Run")]
    cache_dir: Option<PathBuf>,
}

impl CacheArgs {
    /// The cache of the run.
    pub(super) fn open(&self, settings: &Settings) -> Result<Cache, Failure> {
        if self.no_cache {
            return Ok(Cache::none());
        }
        let folder = folder(self.cache_dir.as_ref(), settings);
        if project::is_no_cache(&folder) {
            return Err(format!("{}: the folder holds other files, and no cache of hexapla", folder.display()).into());
        }
        Ok(Cache::at(folder))
    }
}

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Remove the cache of this project; the next run is made from nothing
    Clean {
        /// Folder of the cache [default: .hexapla_cache beside hexapla.toml]
        #[arg(long, value_name = "DIR")]
        cache_dir: Option<PathBuf>,
    },
}

pub(super) fn run(args: &Args, global: &Global) -> Result<u8, Failure> {
    let What::Clean { cache_dir } = &args.what;
    let settings = super::config::load(global, &Overrides::default())?;
    let folder = folder(cache_dir.as_ref(), &settings);
    let (entries, bytes) = project::clean(&folder)?;
    if global.quiet == 0 {
        let shown = folder.strip_prefix(settings.cwd()).unwrap_or(&folder).display();
        match entries {
            0 => say!("nothing in {shown}"),
            1 => say!("removed 1 entry of {} KiB from {shown}", bytes.div_ceil(1024)),
            _ => say!("removed {entries} entries of {} KiB from {shown}", bytes.div_ceil(1024)),
        }
    }
    Ok(CLEAN)
}

fn folder(named: Option<&PathBuf>, settings: &Settings) -> PathBuf {
    match named {
        Some(folder) => settings.cwd().join(folder),
        None => settings.root().join(FOLDER),
    }
}
