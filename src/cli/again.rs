//! What was printed before and is asked for again: it is printed as it was, and not found anew.

use std::fmt::Debug;
use std::io::{self, Write};

use super::articles::{width, write};
use super::settling::OutputArgs;
use super::{Failure, Global};
use crate::config::Settings;
use crate::project::{Keeping, Printed};

/// All that the output of a check depends on beside what is found: how it is to be printed, what is
/// taken out of it, and what makes it fail. `narrowed` says what else is asked.
pub(super) fn wishes(args: &OutputArgs, narrowed: impl Debug, global: &Global, settings: &Settings) -> String {
    let hash = |file| std::fs::read(file).map(|bytes| blake3::hash(&bytes)).ok();
    let baseline = settings.baseline.as_ref().map(|file| (file, hash(file)));
    let looks = (width(), global.color.wanted(), global.quiet);
    format!("{:?}", (args, narrowed, looks, settings.fail_on, baseline))
}

/// Prints it again; gives the exit code.
pub(super) fn print(args: &OutputArgs, printed: &Printed, global: &Global) -> Result<u8, Failure> {
    if global.quiet < 2 {
        write(args.file(), |out| Ok(out.write_all(printed.text())?))?;
    }
    Ok(printed.code)
}

/// What is printed, and kept while it is.
pub(super) struct Both<'o, 'k> {
    pub out: &'o mut dyn Write,
    pub keeping: Option<&'o mut Keeping<'k>>,
}

impl Write for Both<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        if let Some(keeping) = &mut self.keeping {
            keeping.write_all(&bytes[..count])?;
        }
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
