//! `hexapla report`

mod folder;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use self::folder::Folder;
use super::articles::{RunArgs, below, find, is_wanted, locales, remark};
use super::progress::Progress;
use super::selection::{RuleArgs, rules, subtract_baseline};
use super::{Failure, Global};
use crate::config::{Overrides, Settings};
use crate::diagnostic::{Diagnostic, Severity};
use crate::locale::Locale;
use crate::procedure::{self, ArticleModel};
use crate::project::{self, Group, History, Reviewed, Survey};
use crate::report::pages::{ArticleInput, ArticleLine, Edition, Frame, IndexInput, LocaleCell, Names, article, index};
use crate::report::{ArticleStatus, Status, Summary, pages};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The folder holds an index with the policies that are stated in more than one way and the state of every article \
and locale, and a page for each article: source and translations side by side, each finding at the characters it \
means. The pages need no network and no server. What a reviewer decides – accepted, ignored with a reason, proposed, \
commented – stays in the browser until it is exported as a decisions file.

The same input gives the same bytes. A folder that holds anything else is left alone, unless --force is given; files \
of an older report that are no longer part of it are removed, and no others.

Exit codes: 0 done, 2 the work could not be done.")]
pub(super) struct Args {
    /// Articles and folders [default: the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// The folder to write the pages to
    #[arg(
        short,
        long,
        visible_alias = "output-dir",
        value_name = "DIR",
        default_value = "hexapla-report",
        help_heading = "Output"
    )]
    output: PathBuf,
    /// Write into a folder that holds other files, which stay
    #[arg(long, help_heading = "Output")]
    force: bool,

    #[command(flatten)]
    rules: RuleArgs,

    /// These locales only
    #[arg(long, value_name = "LOCALE", value_delimiter = ',', help_heading = "Articles")]
    locale: Vec<String>,
    #[command(flatten)]
    run: RunArgs,
}

/// The program, as pages and decisions name it.
const TOOL: &str = concat!("hexapla ", env!("CARGO_PKG_VERSION"));

pub(super) fn run(args: &Args, global: &Global) -> Result<u8, Failure> {
    let settings = args.run.settings_to_check(global, Overrides { ..args.rules.overrides() })?;
    let wanted = locales(&args.locale)?;
    let wanted = |locale: &Locale| is_wanted(&wanted, locale);
    let folder = Folder::open(&args.output, args.force)?;
    let groups = find(&args.paths, &settings)?;
    let articles: usize = groups.iter().map(|group| group.members.len()).sum();
    // Every article is read twice: to be checked, and to be shown.
    let progress = Progress::new(2 * articles, global.quiet == 0);
    let history = History::open(&settings)?;
    let done = |articles| progress.done(articles);
    let mut survey = Survey::new(&groups, &settings, &history, &done);
    narrow(args, &groups, &settings, &mut survey.checked.findings, &wanted)?;
    let (keys, hash) = (keys(&groups, &args.paths), survey.hash());
    let mut names = Names::default();
    for (group, key) in groups.iter().zip(&keys) {
        names.add(key, group.members.iter().map(|it| &*it.found.path));
    }
    let (rules, frame) = (rules(), Frame::new()?);
    let edition = Edition { tool: TOOL, hash: &hash, settings: &settings, names: &names, rules: &rules, frame: &frame };
    let view = |it: Reviewed<'_>| -> Result<(Shown, Vec<String>), String> {
        let number = groups.iter().position(|group| std::ptr::eq(group, it.group));
        let key = keys[number.expect("it is one of them")].as_str();
        let input = ArticleInput { key, documents: it.documents, bitexts: &it.bitexts, findings: &it.findings };
        let made = article(&input, &edition).map_err(|error| error.to_string())?;
        let mut files = Vec::new();
        for page in &made.pages {
            folder.write(&page.file, &page.html).map_err(|error| error.to_string())?;
            files.push(page.file.clone());
        }
        Ok((Shown { key: key.to_owned(), title: made.title, page: files[0].clone() }, files))
    };
    let (mut shown, mut written) = (Vec::new(), Vec::new());
    let remarks = survey.each(&wanted, &view, &mut |articles, made| -> Result<(), Failure> {
        progress.done(articles);
        if let Some((article, files)) = made.transpose()? {
            shown.push(article);
            written.extend(files);
        }
        Ok(())
    })?;
    progress.end();
    let first = first_page(&groups, &survey, &settings, &wanted, &keys, shown, &edition)?;
    for page in [pages::rules(&edition)?, first] {
        folder.write(&page.file, &page.html)?;
        written.push(page.file);
    }
    let n_pages = written.len();
    folder.settle(TOOL, &hash, written)?;
    if global.quiet == 0 {
        let first = args.output.join("index.html");
        say!("wrote {n_pages} pages; open {} in a browser", first.display());
    }
    Ok(remark(&remarks, global))
}

/// An article that has a page.
struct Shown {
    key: String,
    title: String,
    page: String,
}

/// The keys of the groups as they are shown, all different: without the folders that lead to the
/// paths given; with what the files end in where an article and a help file have one name.
pub(super) fn keys(groups: &[Group], paths: &[PathBuf]) -> Vec<String> {
    let short: Vec<String> = groups.iter().map(|group| below(&group.key, paths)).collect();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    short.iter().for_each(|key| *times.entry(key).or_default() += 1);
    let mut taken = BTreeSet::new();
    let own = groups.iter().zip(&short).map(|(group, short)| {
        let path = group.members.first().map_or("", |it| &*it.found.path);
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        let longer = [format!("{short}.{ending}"), format!("{}.{ending}", group.key)];
        let numbered = (2..).map(|number| format!("{}.{ending} ({number})", group.key));
        let plain = (times[short.as_str()] == 1).then(|| short.clone());
        let mut all = plain.into_iter().chain(longer).chain(numbered);
        all.find(|key| taken.insert(key.clone())).expect("there is always another number")
    });
    own.collect()
}

/// Takes out what was not asked for and what is known. Findings in sources are of all locales.
fn narrow(
    args: &Args,
    groups: &[Group],
    settings: &Settings,
    findings: &mut Vec<Diagnostic>,
    wanted: &dyn Fn(&Locale) -> bool,
) -> Result<(), Failure> {
    let members = groups.iter().flat_map(|group| &group.members);
    let is_source = |locale: &Locale| *locale == settings.source_locale;
    let paths: BTreeSet<&str> =
        members.filter(|it| wanted(&it.locale) || is_source(&it.locale)).map(|it| &*it.found.path).collect();
    findings.retain(|it| paths.contains(&*it.primary.path) && args.rules.is_grave_enough(it));
    subtract_baseline(settings, findings)?;
    Ok(())
}

fn first_page(
    groups: &[Group],
    survey: &Survey<'_>,
    settings: &Settings,
    wanted: &(dyn Fn(&Locale) -> bool + Sync),
    keys: &[String],
    shown: Vec<Shown>,
    edition: &Edition<'_>,
) -> Result<pages::Page, Failure> {
    let mut standing = super::standing::articles(groups, &survey.checked);
    standing.retain(|it| Locale::parse(&it.locale).is_none_or(|it| wanted(&it)));
    let articles = lines(groups, keys, &standing, shown, &survey.checked.findings);
    let mut entries = Vec::new();
    let members = groups.iter().zip(keys).flat_map(|(group, key)| group.members.iter().map(move |it| (it, key)));
    let key_of: BTreeMap<&str, &String> = members.map(|(it, key)| (&*it.found.path, key)).collect();
    let view = |mut article: ArticleModel| {
        let key = article.variants.first().and_then(|it| key_of.get(it.path.as_str()));
        if let Some(key) = key {
            article.name(key);
        }
        procedure::entries(&article)
    };
    // What it has to say was said when the pages were made.
    project::model(groups.to_vec(), settings, wanted, &view, &mut |_, found| -> Result<(), Failure> {
        entries.extend(found.into_iter().flatten());
        Ok(())
    })?;
    let matrix = procedure::matrix(entries);
    let pages: BTreeMap<String, String> = articles.iter().map(|it| (it.key.clone(), it.page.clone())).collect();
    let checked = &survey.checked;
    let mut summary = Summary {
        articles: checked.articles,
        units: checked.units,
        notes: checked.notes.clone(),
        locales: checked.locales.clone(),
        ..Summary::default()
    };
    summary.count(&checked.findings);
    let status = Status::of(standing);
    let input = IndexInput { status: &status, articles: &articles, matrix: &matrix, pages: &pages, summary: &summary };
    Ok(index(&input, edition)?)
}

/// The lines of the table of articles.
fn lines(
    groups: &[Group],
    keys: &[String],
    standing: &[ArticleStatus],
    shown: Vec<Shown>,
    findings: &[Diagnostic],
) -> Vec<ArticleLine> {
    let mut at: BTreeMap<&str, Vec<&ArticleStatus>> = BTreeMap::new();
    for status in standing {
        at.entry(&status.path).or_default().push(status);
    }
    let paths: BTreeMap<&str, Vec<&str>> = groups
        .iter()
        .zip(keys)
        .map(|(group, key)| (key.as_str(), group.members.iter().map(|it| &*it.found.path).collect()))
        .collect();
    let line = |it: Shown| {
        let paths = &paths[it.key.as_str()];
        let mut locales: BTreeMap<String, LocaleCell> = BTreeMap::new();
        for status in paths.iter().flat_map(|path| at.get(path).into_iter().flatten()) {
            let cell = LocaleCell {
                state: status.state,
                made_by: status.translation_type.clone(),
                counts: status.counts,
                up_to_date: status.counts.up_to_date(),
            };
            locales.entry(status.locale.clone()).or_insert(cell);
        }
        let translated: BTreeSet<&str> = paths
            .iter()
            .filter(|path| at.get(*path).into_iter().flatten().any(|it| it.state != crate::report::State::Missing))
            .copied()
            .collect();
        let own: Vec<&Diagnostic> = findings.iter().filter(|it| paths.contains(&&*it.primary.path)).collect();
        let count = |severity| {
            own.iter().filter(|it| it.severity == severity && !translated.contains(&*it.primary.path)).count()
        };
        let source = [count(Severity::Error), count(Severity::Warning), count(Severity::Info)];
        let worst = own.iter().map(|it| it.severity).max().map_or("none", Severity::name);
        let source_any = source.iter().any(|it| *it > 0);
        ArticleLine { key: it.key, title: it.title, page: it.page, source, source_any, worst, locales }
    };
    let mut lines: Vec<ArticleLine> = shown.into_iter().map(line).collect();
    lines.sort_by(|a, b| a.key.cmp(&b.key));
    lines
}
