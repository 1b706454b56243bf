//! `hexapla check`

use std::io::{self, Read};
use std::path::PathBuf;

use super::articles::{RunArgs, grouped, locales, nothing_found};
use super::cache::CacheArgs;
use super::merge::{self, Asked};
use super::progress::Progress;
use super::report::keys as report_keys;
use super::selection::RuleArgs;
use super::settling::{self, Output, OutputArgs};
use super::{Failure, Global, fixing, watch};
use crate::config::{FailOn, Overrides, Settings};
use crate::locale::Locale;
use crate::project::{self, Cache, Checked, Group, History, Inquiry, Part, Shard, Unsaved};
use crate::report;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Articles and folders [default: the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    output: OutputArgs,
    /// Print the JSON Schema of `--format json`
    #[arg(long, help_heading = "Output")]
    schema: bool,

    /// Apply the safe fixes to the articles; what is printed is what is left
    #[arg(long, conflicts_with = "stdin_filename", help_heading = "Fixes")]
    fix: bool,
    /// Write nothing; show what the safe fixes would change, as a unified diff
    #[arg(long, conflicts_with_all = ["stdin_filename", "fix", "write_baseline"], help_heading = "Fixes")]
    diff: bool,

    #[command(flatten)]
    rules: RuleArgs,
    /// The least severity that gives exit code 1 [default: warning]
    #[arg(long, value_enum, value_name = "SEVERITY", help_heading = "Rules")]
    fail_on: Option<FailOn>,
    /// Write the findings of this run to the baseline file (hexapla-baseline.json unless named)
    #[arg(long, help_heading = "Rules")]
    write_baseline: bool,

    /// Report on these locales only
    #[arg(long, value_name = "LOCALE", value_delimiter = ',', help_heading = "Articles")]
    locale: Vec<String>,
    /// Only articles changed since the common ancestor with a git revision, and the translations of
    /// changed sources
    #[arg(long, visible_alias = "since", value_name = "REV", help_heading = "Articles")]
    changed_since: Option<String>,
    /// Check standard input as if it were this file
    #[arg(long, value_name = "PATH", help_heading = "Articles")]
    stdin_filename: Option<PathBuf>,
    /// Check the I-th of N parts of the articles, and write what `hexapla merge` puts together: to
    /// hexapla-I-of-N.shard, or to the file named with -o
    #[arg(
        long,
        value_name = "I/N",
        conflicts_with_all = ["format", "statistics", "max_findings", "fix", "diff", "write_baseline", "stdin_filename", "watch"],
        help_heading = "Articles"
    )]
    shard: Option<Shard>,
    /// It is no error when no article is found
    #[arg(long, help_heading = "Articles")]
    allow_empty: bool,

    #[command(flatten)]
    run: RunArgs,
    #[command(flatten)]
    cache: CacheArgs,
    /// Check again whenever an article or a setting changes, until Ctrl-C
    #[arg(short, long, conflicts_with_all = ["stdin_filename", "fix", "diff", "write_baseline"], help_heading = "Run")]
    watch: bool,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<u8, Failure> {
    if args.schema {
        return super::print(&(serde_json::to_string_pretty(&report::schema())? + "\n"));
    }
    match args.watch {
        true => watch::watch(global, &|| once(args, global), &|| {
            let settings = args.run.settings_to_check(global, overrides(args))?;
            Ok(project::sight(&args.paths, &settings)?)
        }),
        false => once(args, global),
    }
}

fn once(args: &Args, global: &Global) -> Result<u8, Failure> {
    let settings = args.run.settings_to_check(global, overrides(args))?;
    let mut unsaved = Unsaved::new();
    let groups = find(args, &settings, &mut unsaved)?;
    let chosen = choose(args, &groups, &settings, &unsaved)?;
    let history = History::open(&settings)?;
    let is_own = |group: &usize| args.shard.is_none_or(|shard| shard.has(&groups[*group].key));
    let articles = chosen.iter().filter(|it| is_own(it)).map(|&group| groups[group].members.len()).sum();
    let progress = Progress::new(articles, args.output.is_for_a_person() && global.quiet == 0);
    let done = |articles| progress.done(articles);
    if let Some(shard) = args.shard {
        let said = args.run.overrides(overrides(args))?;
        let asked = Asked::of(said, args.rules.least(), &args.locale, args.changed_since.is_none());
        let part =
            Part::check(shard, &groups, &chosen, &report_keys(&groups, &args.paths), &settings, &history, asked, &done);
        progress.end();
        return merge::write(part, shard, args.output.file(), global);
    }
    let cache = args.cache.open(&settings)?;
    let (settings, groups, chosen, history) = (&settings, &*groups, &*chosen, &history);
    let run = Run { args, global, settings, groups, chosen, history, locales: locales(&args.locale)?, cache };
    match args.fix || args.diff || args.write_baseline {
        true => run.change(&unsaved, &progress, &done),
        false => run.report(&unsaved, &progress, &done),
    }
}

/// What was found to be checked, and how.
struct Run<'a> {
    args: &'a Args,
    global: &'a Global,
    settings: &'a Settings,
    groups: &'a [Group],
    chosen: &'a [usize],
    history: &'a History,
    /// The locales that are asked for.
    locales: Vec<Locale>,
    cache: Cache,
}

impl Run<'_> {
    /// Prints what is found; what was printed before, as it was.
    fn report(&self, unsaved: &Unsaved, progress: &Progress, done: &(dyn Fn(usize) + Sync)) -> Result<u8, Failure> {
        let &Run { args, global, settings, groups, chosen, history, ref cache, .. } = self;
        let output = Output::of(&args.output, global, settings)?;
        let inquiry = Inquiry::new(groups, chosen, settings, unsaved, history, cache, done);
        let only: Vec<&String> = unsaved.keys().collect();
        let wishes = output.wishes((&args.locale, args.rules.least(), self.is_whole(), only));
        if let Some(printed) = inquiry.printed(&wishes) {
            progress.end();
            return output.again(&printed);
        }
        let mut answer = inquiry.answer();
        progress.end();
        let mut checked = std::mem::take(&mut answer.checked);
        self.narrow(&mut checked, unsaved);
        checked.faults.iter().for_each(|fault| say!("error: {fault}"));
        output.settle(self.is_whole(), checked, |code| inquiry.keep(&wishes, &answer, code))
    }

    /// Mends articles, or writes the baseline.
    fn change(&self, unsaved: &Unsaved, progress: &Progress, done: &(dyn Fn(usize) + Sync)) -> Result<u8, Failure> {
        let &Run { args, global, settings, groups, chosen, history, ref cache, .. } = self;
        let look = |unsaved: &Unsaved| {
            let mut checked = project::check_cached(groups, chosen, settings, unsaved, history, cache, done);
            self.narrow(&mut checked, unsaved);
            checked
        };
        let mut checked = look(unsaved);
        let fixed = match args.fix || args.diff {
            true => Some(fixing::fix(groups, settings, &mut checked, &look)?),
            false => None,
        };
        progress.end();
        checked.faults.iter().for_each(|fault| say!("error: {fault}"));
        if let Some(fixed) = fixed {
            if args.diff {
                return fixed.show(global);
            }
            fixed.write(global)?;
        }
        if args.write_baseline {
            return settling::write_baseline(settings, &checked);
        }
        Output::of(&args.output, global, settings)?.settle(self.is_whole(), checked, |_| None)
    }

    /// Whether all articles are asked for.
    fn is_whole(&self) -> bool {
        self.args.changed_since.is_none() && self.args.stdin_filename.is_none()
    }

    /// Takes out what was not asked for.
    fn narrow(&self, checked: &mut Checked, unsaved: &Unsaved) {
        let members = self.groups.iter().flat_map(|group| &group.members).map(|it| (&*it.found.path, &it.locale));
        settling::narrow(&mut checked.findings, &self.locales, self.args.rules.least(), members);
        if self.args.stdin_filename.is_some() {
            checked.findings.retain(|finding| unsaved.contains_key(&*finding.primary.path));
        }
    }
}

fn overrides(args: &Args) -> Overrides {
    Overrides { fail_on: args.fail_on, ..args.rules.overrides() }
}

/// The articles, grouped. Standard input takes the place of the file it is named after.
fn find(args: &Args, settings: &Settings, unsaved: &mut Unsaved) -> Result<Vec<Group>, Failure> {
    let mut found = project::discover(&args.paths, settings)?;
    if let Some(path) = &args.stdin_filename {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        let shown = path.to_string_lossy().replace('\\', "/");
        let shown = shown.strip_prefix("./").unwrap_or(&shown).to_owned();
        if !found.iter().any(|it| *it.path == *shown) {
            let format = crate::document::Format::of_path(&shown)
                .ok_or_else(|| format!("{shown}: not an article (Markdown, YAML or HTML)"))?;
            let (on_disk, size) = (path.clone(), bytes.len() as u64);
            let path = shown.as_str().into();
            found.push(project::Found { path, on_disk, format, size, by_name: true, problem: None });
        }
        unsaved.insert(shown, String::from_utf8_lossy(&bytes).into_owned());
    }
    if found.is_empty() && !args.allow_empty {
        return Err(nothing_found(&args.paths));
    }
    Ok(grouped(found, settings))
}

/// The numbers of the groups to check.
fn choose(args: &Args, groups: &[Group], settings: &Settings, unsaved: &Unsaved) -> Result<Vec<usize>, Failure> {
    let mut chosen: Vec<usize> = match &args.changed_since {
        Some(revision) => {
            let changed = project::changed_since(revision, settings.cwd())?;
            project::select_changed(groups, &changed, settings)
        }
        None => (0..groups.len()).collect(),
    };
    if args.stdin_filename.is_some() {
        chosen.retain(|&group| groups[group].members.iter().any(|it| unsaved.contains_key(&*it.found.path)));
    }
    Ok(chosen)
}
