//! `hexapla import`

use std::path::{Path, PathBuf};

use super::articles::{RunArgs, find};
use super::merging::{MergeArgs, finish};
use super::{Failure, Global};
use crate::exchange::{Format, Returned};
use crate::project;

/// A larger file is not read (256 MiB).
const MAX_BYTES: u64 = 256 << 20;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Units are found by article and id, in any order; those that did not come back stay as they are. A unit is \
rewritten where its lock says that the article still has the target that left. Where both have changed, or \
codes are missing, or the structure of the article would change, it is refused with the reason, and all others \
are written. No byte outside of rewritten targets changes.

Exit codes: 0 done, 1 some units were refused, 2 the work could not be done.")]
pub(super) struct Args {
    /// Files that `hexapla export` made and a translation tool gave back
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The format of the files [default: what their names and first bytes say]
    #[arg(long, value_enum, value_name = "FORMAT")]
    from: Option<Format>,
    #[command(flatten)]
    merge: MergeArgs,
    #[command(flatten)]
    run: RunArgs,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<u8, Failure> {
    let settings = args.run.settings(global)?;
    let mut returned = Vec::new();
    for file in &args.files {
        returned.extend(read(file, args.from)?);
    }
    let groups = find(&args.merge.within, &settings)?;
    args.merge.name(&mut returned, &groups);
    let (imported, remarks) = project::import(&groups, &settings, returned);
    finish(&imported, &remarks, &args.merge, global)
}

fn read(file: &Path, format: Option<Format>) -> Result<Vec<Returned>, Failure> {
    let bytes = bytes(file)?;
    let format = format.or_else(|| Format::of(&file.to_string_lossy(), &bytes));
    let Some(format) = format else {
        return Err(format!("{}: its format is not known; say which with --from", file.display()).into());
    };
    Ok(format.read(&bytes).map_err(|error| format!("{}: {error}", file.display()))?)
}

/// The bytes of a file that a person named.
pub(super) fn bytes(file: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error: std::io::Error| format!("{}: {error}", file.display());
    let size = std::fs::metadata(file).map_err(failed)?.len();
    if size > MAX_BYTES {
        return Err(format!("{}: larger than {} MiB", file.display(), MAX_BYTES >> 20).into());
    }
    Ok(std::fs::read(file).map_err(failed)?)
}
