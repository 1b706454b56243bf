//! `hexapla render --to changes`: two versions of the articles, and what changed for the readers of
//! each locale.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::super::articles::{below, grouped, is_wanted, nothing_found, remark};
use super::super::{Failure, Global, export};
use super::{Args, counted, input};
use crate::config::Settings;
use crate::locale::Locale;
use crate::procedure::{self, ArticleModel};
use crate::project::{self, Checkout, History, Modelled, Remarks};
use crate::render::{self, Article, OnError, Options};

/// One version: its models, and its articles in all locales, by key.
type Version = (Vec<ArticleModel>, Vec<Article>);

pub(super) fn run(args: &Args, settings: &Settings, wanted: &[Locale], global: &Global) -> Result<u8, Failure> {
    let Some(since) = &args.since else {
        return Err("say what the articles are compared with: --since, a folder or a git revision".into());
    };
    let Some(folder) = &args.output else {
        return Err("this is more than one file; say where they go with -o DIR".into());
    };
    let checkout = match settings.cwd().join(since).exists() {
        true => None,
        false => Some(Checkout::of(since, settings.cwd())?),
    };
    let older: Vec<PathBuf> = match &checkout {
        None => vec![PathBuf::from(since)],
        Some(checkout) if args.paths.is_empty() => vec![checkout.folder().to_owned()],
        Some(checkout) => args.paths.iter().map(|it| checkout.folder().join(it)).filter(|it| it.exists()).collect(),
    };
    let newer = if args.paths.is_empty() { vec![PathBuf::from(".")] } else { args.paths.clone() };
    // All labels have to be there in all languages.
    let on_error = if args.on_error == OnError::Withhold { OnError::Source } else { args.on_error };
    let options = Options { on_error, flag: args.flag, numbers: args.numbers };
    let mut remarks = Remarks::default();
    let old = version(&older, settings, &options, false, &mut remarks)?;
    remarks.notes.clear();
    let new = version(&newer, settings, &options, !args.no_findings, &mut remarks)?;
    let changes = procedure::changes(&old.0, &new.0);
    let known: BTreeSet<&str> = new.1.iter().map(|it| &*it.locale).collect();
    let known = known.into_iter().filter(|it| Locale::parse(it).is_none_or(|it| is_wanted(wanted, &it)));
    let mut files = 0;
    for locale in known {
        let digest = render::digest(&changes, &old.1, &new.1, locale);
        let json = serde_json::to_string_pretty(&digest)? + "\n";
        for (ending, text) in [("json", json), ("md", render::digest_markdown(&digest))] {
            let name = export::safe(&format!("{locale}.{ending}"));
            project::write_inside(folder, &name, text.as_bytes())?;
            files += 1;
        }
    }
    if global.quiet == 0 {
        let all = counted(changes.changes.len(), "change");
        say!("wrote {} ({all}) to {}", counted(files, "file"), folder.display());
    }
    Ok(remark(&remarks, global))
}

fn version(
    paths: &[PathBuf],
    settings: &Settings,
    options: &Options,
    check: bool,
    remarks: &mut Remarks,
) -> Result<Version, Failure> {
    let found = if paths.is_empty() { Vec::new() } else { project::discover(paths, settings)? };
    if found.is_empty() {
        return Err(nothing_found(paths));
    }
    let groups = grouped(found, settings);
    let findings = if check { export::findings(&groups, settings)? } else { Vec::new() };
    let history = if check { Some(History::open(settings)?) } else { None };
    let name = |key: &str| match Path::new(key).is_absolute() || !paths.iter().any(|it| it == Path::new(".")) {
        true => below(key, paths),
        false => key.to_owned(),
    };
    let view = |mut modelled: Modelled<'_, '_>| {
        modelled.article.name(&name(&modelled.article.key));
        let input = input(&modelled, &findings, settings);
        let articles = render::articles(&input, options);
        (modelled.article, articles)
    };
    let (mut models, mut articles) = (Vec::new(), Vec::new());
    let said = project::models(groups, None, settings, &|_| true, history.as_ref(), &view, &mut |_, made| {
        if let Some((model, of)) = made {
            models.push(model);
            articles.extend(of);
        }
        Ok::<(), Failure>(())
    })?;
    remarks.notes.extend(said.notes);
    remarks.faults.extend(said.faults);
    models.sort_by(|a, b| a.key.cmp(&b.key));
    Ok((models, articles))
}
