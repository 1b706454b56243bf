//! `hexapla init`

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Failure, print};
use crate::config::{Overrides, Settings};
use crate::locale;
use crate::project;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Replace a hexapla.toml that is there
    #[arg(long)]
    force: bool,
}

pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let cwd = std::env::current_dir()?;
    let file = Path::new("hexapla.toml");
    if file.exists() && !args.force {
        return Err("hexapla.toml is there already (replace it with --force)".into());
    }
    let settings = Settings::defaults(&cwd, &Overrides::default())?;
    let identify = |text: &str| locale::identify(text).filter(|it| it.reliable).map(|it| it.locale);
    let groups = project::groups(project::discover(&[PathBuf::from(".")], &settings)?, &settings, &identify);
    let mut locales: BTreeMap<String, usize> = BTreeMap::new();
    for member in groups.iter().flat_map(|group| &group.members) {
        *locales.entry(member.locale.to_string()).or_default() += 1;
    }
    let seen: Vec<String> = locales
        .iter()
        .map(|(locale, count)| match locale.as_str() {
            "" => format!("not known ({count})"),
            locale => format!("{locale} ({count})"),
        })
        .collect();
    let seen = if seen.is_empty() { "none yet".to_owned() } else { seen.join(", ") };
    let text = format!(
        "# Settings of hexapla. `hexapla config` prints all that are in force, `hexapla config schema` what there is.\n\
         # Articles found here, by locale: {seen}\n\
         source-locale = \"en-US\"\n\
         fail-on = \"warning\"\n\
         \n\
         # exclude = [\"drafts/**\"]\n\
         # do-not-translate = [\"Product Name\"]\n\
         \n\
         # [severity]\n\
         # missing-article = \"off\"\n"
    );
    project::atomic_write(file, text.as_bytes())?;
    print(&format!("wrote hexapla.toml (articles found, by locale: {seen})\n"))
}
