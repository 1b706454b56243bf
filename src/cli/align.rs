//! `hexapla align`

use std::path::PathBuf;

use super::articles::{RunArgs, find, is_wanted, locales, nothing_found, remark, width, write};
use super::progress::Progress;
use super::{Failure, Global};
use crate::bitext::Bitext;
use crate::config::Settings;
use crate::locale::Locale;
use crate::project::{self, Group, LocaleFrom, Relation};
use crate::report::{BeadFormat, BeadStyle, beads, beads_head};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Two files that hold no bilingual spans are a source and its translation, whatever their names; anything \
else is a project, in which articles are paired by their paths and front matter. The words that \
translate each other are learned from all articles of the run.

Columns of tsv: source_path, target_path, origin (embedded or aligned), confidence (0 to 1), source_spans and \
target_spans (half-open bytes, `12-40`, several parted by a space), source_text and target_text (as written; tab, \
line ends and backslash as \\t \\n \\r \\\\).

Exit codes: 0 done, 2 the work could not be done.")]
pub(super) struct Args {
    /// Articles and folders, or a source and its translation [default: the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// How to print the beads
    #[arg(long, visible_alias = "output-format", value_enum, default_value_t = BeadFormat::Human, help_heading = "Output")]
    format: BeadFormat,
    /// Write the beads to a file
    #[arg(short, long, visible_alias = "output-file", value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,

    /// Align these locales only; of two files, the locale of the second
    #[arg(long, value_name = "LOCALE", value_delimiter = ',', help_heading = "Articles")]
    locale: Vec<String>,
    #[command(flatten)]
    run: RunArgs,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<u8, Failure> {
    let settings = args.run.settings(global)?;
    let wanted = locales(&args.locale)?;
    let (groups, wanted) = match pair(args, &settings, &wanted)? {
        Some(pair) => (vec![pair], Vec::new()),
        None => (find(&args.paths, &settings)?, wanted),
    };
    let articles = groups.iter().map(|group| group.members.len()).sum();
    let style = BeadStyle { width: width(), color: args.output.is_none() && global.color.wanted() };
    let wanted = |locale: &Locale| is_wanted(&wanted, locale);
    let view = |bitext: &Bitext<'_>| beads(bitext, args.format, style);
    let progress = Progress::new(articles, args.output.is_some() && global.quiet == 0);
    let mut remarks = project::Remarks::default();
    let mut aligned = 0;
    write(args.output.as_deref(), |out| {
        if global.quiet < 2 {
            out.write_all(beads_head(args.format).as_bytes())?;
        }
        remarks = project::align(&groups, &settings, &wanted, &view, &mut |articles, views| {
            progress.done(articles);
            aligned += views.len();
            let mut views = views.iter().filter(|_| global.quiet < 2);
            views.try_for_each(|view| out.write_all(view.as_bytes()))
        })?;
        Ok(())
    })?;
    progress.end();
    if aligned == 0 {
        remarks.notes.push("no article has a source to be aligned with".to_owned());
    }
    Ok(remark(&remarks, global))
}

/// Two files as a source and its translation, where that is what they are.
fn pair(args: &Args, settings: &Settings, wanted: &[Locale]) -> Result<Option<Group>, Failure> {
    let [source, target] = args.paths.as_slice() else { return Ok(None) };
    let is_file = |path: &PathBuf| settings.cwd().join(path).is_file();
    if !is_file(source) || !is_file(target) {
        return Ok(None);
    }
    let one = |path: &PathBuf| -> Result<_, Failure> {
        let paths = std::slice::from_ref(path);
        let member = find(paths, settings)?.into_iter().next().and_then(|group| group.members.into_iter().next());
        member.ok_or_else(|| nothing_found(paths))
    };
    let (mut source, mut target) = (one(source)?, one(target)?);
    if target.probe.bilingual {
        return Ok(None);
    }
    source.relation = Relation::Source;
    target.relation = Relation::SameVersion;
    if let [locale] = wanted {
        (target.locale, target.locale_from) = (locale.clone(), LocaleFrom::Nothing);
    }
    if source.locale_from == LocaleFrom::Nothing {
        source.locale = settings.source_locale.clone();
    }
    Ok(Some(Group { key: target.found.path.to_string(), members: vec![source, target] }))
}
