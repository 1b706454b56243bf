//! `hexapla render`

mod digest;
mod site;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::articles::{RunArgs, find, is_wanted, locales, remark};
use super::progress::Progress;
use super::{Failure, Global, export};
use crate::config::Settings;
use crate::diagnostic::Diagnostic;
use crate::locale::Locale;
use crate::project::{self, Group, History, Modelled};
use crate::render::{self, Article, Flag, Format, Input, LlmsEntry, Numbers, OnError, Options, TocFile, Topics};
use crate::report::counted;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Help content is made from the model of each article, in every locale that it has. A sentence that is not translated, \
that is behind its source, or in which `hexapla check` finds an error or another meaning is not printed in the \
translation: the source stands in its place, with its language, visibly marked. Nothing is printed that no article says.

json and chunks without -o go to standard output; with -o DIR there is one file a locale, `DIR/de-DE.json`. The other \
formats need a folder, and have one for each locale in it: `DIR/de-DE/guide/renew.md`. Files that are there already \
are replaced, no other is touched, and none is removed. Choose a folder that is not among the articles: rendered \
articles are articles.

site makes a folder of HTML that needs no server and no network: open `DIR/index.html`. `--templates DIR` takes files of \
yours in place of its own, by their names – layout.html, topic.html, procedure.html, contents.html, policies.html, \
questions.html, search.html, languages.html, style.css, site.js, search.js; other files are put beside them, and other \
styles are read after its own.

The same input gives the same bytes.

Exit codes: 0 done, 2 the work could not be done.")]
pub(super) struct Args {
    /// Articles and folders [default: the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The format
    #[arg(long, value_enum, value_name = "FORMAT", required_unless_present = "schema")]
    to: Option<Format>,
    /// The folder, or for json and chunks also the file, to write to
    #[arg(short, long, visible_alias = "output-dir", value_name = "PATH", help_heading = "Output")]
    output: Option<PathBuf>,
    /// Print the JSON Schema of a format
    #[arg(long, value_enum, value_name = "FORMAT", help_heading = "Output")]
    schema: Option<SchemaOf>,
    /// What is done with a text in which an error was found
    #[arg(long, value_enum, default_value_t, value_name = "HOW", help_heading = "Texts")]
    on_error: OnError,
    /// Which findings are errors here
    #[arg(long, value_enum, default_value_t, value_name = "WHICH", help_heading = "Texts")]
    flag: Flag,
    /// Do not look for errors; what is not translated is still told
    #[arg(long, help_heading = "Texts")]
    no_findings: bool,
    /// What stands before the ids of jsonld, and where a site will stand: `https://example.org/help/`. Without it a
    /// site has no sitemap
    #[arg(long, value_name = "URL", default_value = "", hide_default_value = true, help_heading = "Output")]
    base_url: String,
    /// What the site is called, for site, llms and dita [default: the locale; “Help” in each language]
    #[arg(long, value_name = "TEXT", help_heading = "Output")]
    title: Option<String>,
    /// Templates and styles in place of those of a site, or beside them, by their names
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    templates: Option<PathBuf>,
    /// The older version for changes: a folder, or a git revision
    #[arg(long, value_name = "OLD", help_heading = "Articles")]
    since: Option<String>,
    /// Which numbers steps have
    #[arg(long, value_enum, default_value_t, value_name = "WHICH", help_heading = "Texts")]
    numbers: Numbers,
    /// These locales only
    #[arg(long, value_name = "LOCALE", value_delimiter = ',', help_heading = "Articles")]
    locale: Vec<String>,
    #[command(flatten)]
    run: RunArgs,
}

/// The formats that have a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum SchemaOf {
    Json,
    /// Of one line
    Chunks,
    /// Of the file of one locale
    Changes,
}

/// What an article is rendered from.
fn input<'i, 'd>(modelled: &'i Modelled<'_, 'd>, findings: &'i [Diagnostic], settings: &'i Settings) -> Input<'i, 'd> {
    Input {
        article: &modelled.article,
        reading: modelled.reading,
        bitexts: modelled.bitexts,
        findings,
        source_locale: &settings.source_locale,
    }
}

pub(super) fn run(args: &Args, global: &Global) -> Result<u8, Failure> {
    if let Some(schema) = args.schema {
        let schema = match schema {
            SchemaOf::Json => render::topics_schema(),
            SchemaOf::Chunks => render::chunk_schema(),
            SchemaOf::Changes => render::digest_schema(),
        };
        return super::print(&(serde_json::to_string_pretty(&schema)? + "\n"));
    }
    let Some(format) = args.to else { return Err("say which format: --to FORMAT".into()) };
    if format == Format::Site {
        site::check(args)?;
    }
    let place = Place::of(format, args.output.as_deref())?;
    let settings = args.run.settings(global)?;
    let wanted = locales(&args.locale)?;
    if format == Format::Changes {
        return digest::run(args, &settings, &wanted, global);
    }
    let wanted = |locale: &Locale| is_wanted(&wanted, locale);
    let groups = find(&args.paths, &settings)?;
    let findings = if args.no_findings { Vec::new() } else { export::findings(&groups, &settings)? };
    let keys = keys(&groups, &args.paths);
    let history = History::open(&settings)?;
    let contents = if format == Format::Site { site::contents(&groups, &keys, &wanted) } else { Vec::new() };
    let options = Options { on_error: args.on_error, flag: args.flag, numbers: args.numbers };
    let view = |mut modelled: Modelled<'_, '_>| {
        // Where no variant is wanted, the source is known from one that is not.
        let path = modelled.article.variants.first().map_or(&*modelled.reading.document.path, |it| &*it.path);
        if let Some(key) = keys.get(path) {
            modelled.article.name(key);
        }
        let input = input(&modelled, &findings, &settings);
        let mut articles = render::articles(&input, &options);
        articles.retain(|it| Locale::parse(&it.locale).is_none_or(|it| wanted(&it)));
        articles
    };
    let progress = Progress::new(groups.iter().map(|group| group.members.len()).sum(), global.quiet == 0);
    let (parts, written) = (BTreeMap::new(), BTreeSet::new());
    let (articles, told) = (Vec::new(), Told::default());
    let mut writer = Writer { args, format, place, options: &options, parts, written, articles, contents, told };
    let mut remarks =
        project::models(groups, None, &settings, &wanted, Some(&history), &view, &mut |articles, made| {
            progress.done(articles);
            made.into_iter().flatten().try_for_each(|article| writer.add(article))
        })?;
    progress.end();
    let told = writer.end()?;
    remarks.notes.extend(told.notes());
    if global.quiet == 0 && args.output.is_some() {
        say!("wrote {}", told.written(args.output.as_deref()));
    }
    Ok(remark(&remarks, global))
}

/// The key of each article, by path.
fn keys(groups: &[Group], paths: &[PathBuf]) -> BTreeMap<String, String> {
    let keys = super::report::keys(groups, paths);
    let members =
        groups.iter().zip(keys).flat_map(|(group, key)| group.members.iter().map(move |it| (it, key.clone())));
    members.map(|(it, key)| (it.found.path.to_string(), key)).collect()
}

/// Where the output goes.
enum Place {
    Standard,
    File(PathBuf),
    Folder(PathBuf),
}

impl Place {
    fn of(format: Format, output: Option<&Path>) -> Result<Self, Failure> {
        let Some(output) = output else {
            return match format.is_one_file() {
                true => Ok(Place::Standard),
                false => Err("this is more than one file; say where they go with -o DIR".into()),
            };
        };
        let is_folder = output.is_dir() || output.to_string_lossy().ends_with('/') || output.extension().is_none();
        if format.is_one_file() && !is_folder {
            return Ok(Place::File(output.to_owned()));
        }
        if output.is_file() {
            return Err(format!("{}: this is more than one file, and needs a folder", output.display()).into());
        }
        Ok(Place::Folder(output.to_owned()))
    }
}

/// What a run has to tell.
#[derive(Default)]
struct Told {
    files: usize,
    topics: BTreeMap<&'static str, usize>,
    fallbacks: BTreeMap<String, usize>,
    withheld: BTreeMap<String, usize>,
    extra: BTreeMap<String, usize>,
    doubles: Vec<String>,
    /// Pages in the folder of a site that this run has not written.
    stale: usize,
}

impl Told {
    fn notes(&self) -> Vec<String> {
        let fallback = |(locale, count): (&String, &usize)| {
            format!("{locale}: the source stands in place of {}", counted(*count, "text"))
        };
        let withheld =
            |(locale, count): (&String, &usize)| format!("{locale}: {} with errors left out", counted(*count, "topic"));
        let doubles = self.doubles.iter().map(|it| format!("{it}: another article has the same place; left out"));
        let extra = |(locale, count): (&String, &usize)| {
            format!("{locale}: {} that the source has nothing for left out", counted(*count, "text"))
        };
        let told = self.fallbacks.iter().map(fallback).chain(self.withheld.iter().map(withheld));
        let told = told.chain(self.extra.iter().map(extra));
        let stale = (self.stale > 0).then(|| {
            format!("{} of an earlier run stand in the folder still: remove them", counted(self.stale, "page"))
        });
        told.chain(doubles).chain(stale).collect()
    }

    fn written(&self, output: Option<&Path>) -> String {
        let topic = |(what, count): (&&'static str, &usize)| match (*what, *count) {
            ("policy", 2..) | ("policy", 0) => format!("{count} policies"),
            (what, count) => counted(count, what),
        };
        let topics: Vec<String> = self.topics.iter().map(topic).collect();
        let files = counted(self.files, "file");
        let to = output.map_or_else(String::new, |it| format!(" to {}", it.display()));
        if topics.is_empty() { format!("{files}{to}") } else { format!("{files} ({}){to}", topics.join(", ")) }
    }
}

/// Puts articles into files.
struct Writer<'w> {
    args: &'w Args,
    format: Format,
    place: Place,
    options: &'w Options,
    /// Files that grow with every article, by name.
    parts: BTreeMap<PathBuf, Part>,
    /// Files that are written.
    written: BTreeSet<PathBuf>,
    /// The articles of a site, which is made of all of them together.
    articles: Vec<Article>,
    /// Its tables of contents.
    contents: Vec<TocFile>,
    told: Told,
}

#[derive(Default)]
struct Part {
    topics: Topics,
    text: String,
    entries: Vec<LlmsEntry>,
}

impl Writer<'_> {
    fn add(&mut self, article: Article) -> Result<(), Failure> {
        let locale = article.locale.clone();
        let fallbacks = article.fallbacks();
        if fallbacks > 0 {
            *self.told.fallbacks.entry(locale.clone()).or_default() += fallbacks;
        }
        if !article.withheld.is_empty() {
            *self.told.withheld.entry(locale.clone()).or_default() += article.withheld.len();
        }
        if article.extra > 0 {
            *self.told.extra.entry(locale.clone()).or_default() += article.extra;
        }
        match self.format {
            Format::Json => {
                self.count("procedure", article.procedures.len());
                self.count("policy", article.policies.len());
                self.part(&format!("{locale}.json")).topics.add(article);
                Ok(())
            }
            Format::Chunks => {
                let chunks = render::chunks(&article, self.options);
                self.count("chunk", chunks.len());
                let mut lines = String::new();
                for chunk in chunks {
                    lines.push_str(&serde_json::to_string(&chunk)?);
                    lines.push('\n');
                }
                self.part(&format!("{locale}.jsonl")).text.push_str(&lines);
                Ok(())
            }
            Format::Markdown => self.write(&article.file(&article.extension), &article.document),
            Format::Jsonld => {
                self.count("procedure", article.procedures.len());
                self.count("question", article.questions.len());
                let text = render::jsonld(&article, &self.args.base_url);
                text.map_or(Ok(()), |text| self.write(&article.file("jsonld"), &text))
            }
            Format::Dita => {
                let Some(files) = render::dita(&article) else { return Ok(()) };
                self.count("procedure", article.procedures.len());
                self.part(&format!("{locale}/map.ditamap")).text.push_str(&render::dita_entry(&article));
                files.iter().try_for_each(|file| self.write(&format!("{locale}/{}", file.name), &file.text))
            }
            // It needs two versions of all articles.
            Format::Changes => Ok(()),
            Format::Site => {
                self.count("procedure", article.procedures.len());
                self.count("policy", article.policies.len());
                self.count("question", article.questions.len());
                let document = if article.is_contents() { article.document } else { String::new() };
                self.articles.push(Article { document, ..article });
                Ok(())
            }
            Format::Llms => {
                let Some(twin) = render::llms_twin(&article) else { return Ok(()) };
                self.part(&format!("{locale}/llms.txt")).entries.push(render::llms_entry(&article));
                self.write(&article.file("md"), &twin)
            }
        }
    }

    fn count(&mut self, what: &'static str, count: usize) {
        *self.told.topics.entry(what).or_default() += count;
    }

    fn part(&mut self, name: &str) -> &mut Part {
        let name = match self.place {
            Place::Folder(_) => name,
            _ => "",
        };
        self.parts.entry(export::safe(name)).or_default()
    }

    /// Writes a file below the folder, once.
    fn write(&mut self, name: &str, text: &str) -> Result<(), Failure> {
        let Place::Folder(folder) = &self.place else { return Ok(()) };
        let name = export::safe(name);
        if !self.written.insert(name.clone()) {
            self.told.doubles.push(name.display().to_string());
            return Ok(());
        }
        project::write_inside(folder, &name, text.as_bytes())?;
        self.told.files += 1;
        Ok(())
    }

    fn end(mut self) -> Result<Told, Failure> {
        if self.format.is_one_file() && self.parts.is_empty() && !matches!(self.place, Place::Folder(_)) {
            self.part("");
        }
        if let (Format::Site, Place::Folder(folder)) = (self.format, &self.place) {
            (self.told.files, self.told.stale) = site::write(self.args, folder, &self.articles, self.contents)?;
            return Ok(self.told);
        }
        let locale = |name: &Path| name.parent().map_or_else(String::new, |it| it.display().to_string());
        for (name, part) in std::mem::take(&mut self.parts) {
            let text = match self.format {
                Format::Json => part.topics.text()?,
                Format::Llms => render::llms(&locale(&name), self.args.title.as_deref(), &part.entries),
                Format::Dita => render::dita_map(&locale(&name), self.args.title.as_deref(), &part.text),
                _ => part.text,
            };
            match &self.place {
                Place::Standard => drop(super::print(&text)?),
                Place::File(file) => project::atomic_write(file, text.as_bytes())?,
                Place::Folder(folder) => project::write_inside(folder, &name, text.as_bytes())?,
            }
            self.told.files += 1;
        }
        Ok(self.told)
    }
}
