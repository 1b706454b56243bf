//! The command line: one file a subcommand. What is said to a person about the run itself goes to
//! standard error; results go to standard output.

/// Says a line to a person, on standard error.
macro_rules! say {
    ($($words:tt)*) => { $crate::cli::terminal::say(&format!($($words)*)) };
}

mod align;
mod apply;
mod articles;
mod cache;
mod check;
mod completions;
mod config;
mod diff;
mod explain;
mod export;
mod fixing;
mod import;
mod init;
mod lsp;
mod man;
mod merge;
mod merging;
mod model;
mod progress;
mod render;
mod report;
mod rewriting;
mod rules;
mod selection;
mod settling;
mod standing;
mod status;
mod terminal;
mod terms;
mod watch;

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::text::calm;

/// Nothing at or above `--fail-on`.
const CLEAN: u8 = 0;
/// Findings at or above `--fail-on`.
const FOUND: u8 = 1;
/// The work could not be done.
const FAILED: u8 = 2;

/// What ends a run: a message for standard error, and exit code 2.
type Failure = Box<dyn std::error::Error>;

#[derive(Debug, Parser)]
#[command(
    name = "hexapla",
    version,
    about = "Reads the articles of a help site in all their languages side by side, and says what a translation lost, added, reversed or left behind",
    after_help = "Exit codes: 0 nothing found at or above --fail-on, 1 findings, 2 the work could not be done."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    global: Global,
}

#[derive(Debug, clap::Args)]
struct Global {
    /// Settings file to use instead of the nearest hexapla.toml
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    color: Color,
    /// Say less: once, no progress and no closing line; twice, exit code only
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    quiet: u8,
    /// Say more about the run
    #[arg(short, long, global = true, action = clap::ArgAction::Count, conflicts_with = "quiet")]
    verbose: u8,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// The flag has the first word, then `NO_COLOR`, then `CLICOLOR_FORCE` and `FORCE_COLOR`, then
    /// whether a terminal is there.
    fn wanted(self) -> bool {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
        match self {
            Color::Always => true,
            Color::Never => false,
            Color::Auto if set("NO_COLOR") => false,
            Color::Auto => set("CLICOLOR_FORCE") || set("FORCE_COLOR") || io::stdout().is_terminal(),
        }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check articles: the main job
    Check(Box<check::Args>),
    /// Put the shards of `check --shard` together: the same findings as of one run
    Merge(merge::Args),
    /// Align translations with their sources: which segment corresponds to which
    Align(Box<align::Args>),
    /// Print what articles tell a reader to do, as data: procedures, steps, labels in every locale
    Model(model::Args),
    /// Say where each locale stands: what is translated, missing, behind
    Status(status::Args),
    /// Say what changed between two versions: steps, labels, notes, policies, and which translations
    /// have to follow
    Diff(diff::Args),
    /// List the UI labels of articles with their names in each locale, as a table or a termbase
    Terms(terms::Args),
    /// Write translations out for the tools that people translate with
    Export(export::Args),
    /// Take corrected translations back into the articles
    Import(import::Args),
    /// Carry out a reviewer's decisions: proposals into the articles, ignored findings into the baseline
    Apply(apply::Args),
    /// Write the review pages: source and translations side by side, to be read and decided on offline
    Report(Box<report::Args>),
    /// Write help content made from the articles: data, pieces for search, documents for other tools
    Render(Box<render::Args>),
    /// List the rules
    Rules(rules::Args),
    /// Print the page of a rule
    #[command(visible_alias = "rule")]
    Explain(explain::Args),
    /// Write a hexapla.toml for this folder
    Init(init::Args),
    /// The cache of earlier runs
    Cache(cache::Args),
    /// Print the settings in force, or their JSON Schema
    Config(config::Args),
    /// Serve an editor: findings as you type, the other language of a segment, fixes
    #[command(visible_alias = "server")]
    Lsp(lsp::Args),
    /// Print completions for a shell
    Completions(completions::Args),
    /// Print the manual page
    Man(man::Args),
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let cli = Cli::try_parse().unwrap_or_else(|error| refuse(&error));
    let result = match &cli.command {
        Command::Check(args) => check::run(args, &cli.global),
        Command::Merge(args) => merge::run(args, &cli.global),
        Command::Align(args) => align::run(args, &cli.global),
        Command::Model(args) => model::run(args, &cli.global),
        Command::Status(args) => status::run(args, &cli.global),
        Command::Diff(args) => diff::run(args, &cli.global),
        Command::Terms(args) => terms::run(args, &cli.global),
        Command::Export(args) => export::run(args, &cli.global),
        Command::Import(args) => import::run(args, &cli.global),
        Command::Apply(args) => apply::run(args, &cli.global),
        Command::Report(args) => report::run(args, &cli.global),
        Command::Render(args) => render::run(args, &cli.global),
        Command::Rules(args) => rules::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Init(args) => init::run(args),
        Command::Cache(args) => cache::run(args, &cli.global),
        Command::Config(args) => config::run(args, &cli.global),
        Command::Lsp(args) => lsp::run(args),
        Command::Completions(args) => completions::run(args),
        Command::Man(args) => man::run(args),
    };
    match result {
        Ok(code) => ExitCode::from(code),
        // A reader that has seen enough closes the pipe; that is no fault.
        Err(failure) if is_broken_pipe(&*failure) => ExitCode::from(CLEAN),
        Err(failure) => {
            say!("error: {}", failure.to_string().trim_end());
            ExitCode::from(FAILED)
        }
    }
}

/// What cannot be understood of the command line. An argument may be the name of any file.
fn refuse(error: &clap::Error) -> ! {
    let is_calm = |it: std::ffi::OsString| calm(&it.to_string_lossy()) == it.to_string_lossy();
    if std::env::args_os().all(is_calm) {
        error.exit();
    }
    // Without colours, which cannot be told from those of the argument.
    say!("{}", error.render().to_string().trim_end());
    std::process::exit(error.exit_code());
}

fn is_broken_pipe(failure: &(dyn std::error::Error + 'static)) -> bool {
    failure.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Prints to standard output.
fn print(text: &str) -> Result<u8, Failure> {
    print_bytes(text.as_bytes())
}

/// Prints to standard output what may be no text.
fn print_bytes(bytes: &[u8]) -> Result<u8, Failure> {
    let mut out = terminal::stdout();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(CLEAN)
}
