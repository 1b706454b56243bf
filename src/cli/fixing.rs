//! What `check --fix` and `check --diff` do: safe fixes are applied in memory and the articles
//! checked again, until nothing is left to fix; then they are written, or shown.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::selection::subtract_baseline;
use super::{CLEAN, FOUND, Failure, Global, rewriting};
use crate::config::Settings;
use crate::project::{self, Checked, Group, Mended, Unsaved};

/// A fix makes room for another at most this often.
const ROUNDS: usize = 5;

/// The articles with their fixes.
pub(super) struct Fixed {
    mended: BTreeMap<Arc<str>, Mended>,
    texts: Unsaved,
}

/// Applies what is to be fixed; `checked` is then what is left. Known findings are left alone.
pub(super) fn fix(
    groups: &[Group],
    settings: &Settings,
    checked: &mut Checked,
    look: &dyn Fn(&Unsaved) -> Checked,
) -> Result<Fixed, Failure> {
    let mut fixed = Fixed { mended: BTreeMap::new(), texts: Unsaved::new() };
    for _ in 0..ROUNDS {
        let mut findings = checked.findings.clone();
        subtract_baseline(settings, &mut findings)?;
        if !project::mend(groups, &findings, &mut fixed.texts, &mut fixed.mended) {
            break;
        }
        *checked = look(&fixed.texts);
    }
    Ok(fixed)
}

impl Fixed {
    fn count(&self) -> usize {
        self.mended.values().map(|it| it.fixes).sum()
    }

    fn after(&self, path: &str) -> &[u8] {
        self.texts.get(path).map(String::as_bytes).unwrap_or_default()
    }

    /// Shows what would change, and says so by the exit code.
    pub(super) fn show(&self, global: &Global) -> Result<u8, Failure> {
        let shown = self.mended.iter().map(|(path, it)| rewriting::diff(path, &it.before, self.after(path)));
        super::print(&shown.collect::<String>())?;
        self.say(global, "would be fixed");
        Ok(if self.mended.is_empty() { CLEAN } else { FOUND })
    }

    /// Writes the articles. One that changed on disk in the meantime is not written.
    pub(super) fn write(&self, global: &Global) -> Result<(), Failure> {
        let write =
            |(path, it): (&Arc<str>, &Mended)| rewriting::write(path, &it.on_disk, &it.before, self.after(path));
        let failures: Vec<String> =
            self.mended.iter().filter_map(|it| write(it).err()).map(|failure| failure.to_string()).collect();
        if !failures.is_empty() {
            return Err(failures.join("\n").into());
        }
        self.say(global, "fixed");
        Ok(())
    }

    fn say(&self, global: &Global, done: &str) {
        if global.quiet == 0 {
            say!("{} findings in {} articles {done}", self.count(), self.mended.len());
        }
    }
}
