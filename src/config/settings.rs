//! The settings as meant: layers of files put together, patterns compiled, questions answered.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::error::{Step, from_toml, in_our_words};
use super::layout::Half;
use super::{
    ConfigError, FailOn, FilePattern, Globs, Layout, Level, Place, RawConfig, RawLabels, RawOverride, RawResource,
    RawTerms, Resource, did_you_mean,
};
use crate::diagnostic::Severity;
use crate::locale::{self, Locale, Words};
use crate::termbase::Bases;
use crate::termbase::base::{Names, Termbase};

/// The keys in use: of the Learn platform, of MDN, and of others.
const REVISION_KEYS: [&str; 4] = ["ms.sourcegitcommit", "l10n.sourceCommit", "source_commit", "source_hash"];

/// What the command line says; it has the last word.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// Replaces `select`.
    pub select: Option<Vec<String>>,
    /// Rules not to run, whatever the files say.
    pub ignore: Vec<String>,
    /// Rules to run besides.
    pub extend_select: Vec<String>,
    /// How the findings of rules or families count.
    pub severity: Vec<(String, Level)>,
    /// Replaces `fail-on`.
    pub fail_on: Option<FailOn>,
    /// Replaces `source-locale`.
    pub source_locale: Option<Locale>,
    /// Added to `exclude`.
    pub exclude: Vec<String>,
    /// Replaces `baseline`; relative to the current folder.
    pub baseline: Option<PathBuf>,
}

/// The settings in force.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The locale that articles are written in first.
    pub source_locale: Locale,
    /// From which severity on the run fails.
    pub fail_on: FailOn,
    /// The only files to read; all of them when empty.
    pub include: Globs,
    /// Files not to read.
    pub exclude: Globs,
    /// The file of findings that are known already.
    pub baseline: Option<PathBuf>,
    /// The front matter keys by which a translation names the revision of its source.
    pub revision_keys: Vec<String>,
    /// The file that says what the translations were made from.
    pub record: PathBuf,
    /// Whether a suppression must say why.
    pub require_reason: bool,
    /// Names that stay as they are in every language.
    pub do_not_translate: Vec<String>,
    /// The termbases.
    pub term_files: Vec<FilePattern>,
    /// The product's own strings.
    pub resources: Vec<Resource>,
    /// What the termbases and the strings hold. Whoever reads files puts it here; until then it is the names alone.
    pub bases: Arc<Bases>,
    /// Where translations stand, tried in this order.
    pub layouts: Vec<Layout>,
    /// The settings files read, the nearest one last, each with its text.
    files: Vec<(PathBuf, String)>,
    /// The folder that patterns are relative to.
    root: PathBuf,
    cwd: PathBuf,
    /// The way from the root to the current folder, with `/` at its end where it is not empty.
    prefix: Option<String>,
    selection: Selection,
    severity: BTreeMap<String, Level>,
    rules: BTreeMap<String, toml::Table>,
    /// The lexicons that the files change.
    words: Vec<(Locale, Arc<Words>)>,
    overrides: Vec<Override>,
    last_word: Selection,
    last_severity: BTreeMap<String, Level>,
    names: Vec<(String, Place)>,
    identity: String,
}

#[derive(Clone, Debug, Default)]
struct Selection {
    select: Vec<String>,
    ignore: Vec<String>,
}

#[derive(Clone, Debug)]
struct Override {
    raw: RawOverride,
    paths: Globs,
    locales: Vec<Locale>,
}

impl Selection {
    fn verdict(&self, rule: &str, family: &str) -> Option<bool> {
        verdict(&self.select, &self.ignore, rule, family)
    }
}

/// Whether a rule is run; `None` where nothing is said about it. The narrower word wins, and of
/// two equally narrow ones the one that keeps the rule quiet.
fn verdict(select: &[String], ignore: &[String], rule: &str, family: &str) -> Option<bool> {
    let narrow = |names: &[String]| {
        let width = |name: &String| match name.as_str() {
            name if name == rule => 3,
            name if name == family => 2,
            "all" => 1,
            _ => 0,
        };
        names.iter().map(width).max().unwrap_or(0)
    };
    let (select, ignore) = (narrow(select), narrow(ignore));
    (select + ignore > 0).then_some(select > ignore)
}

fn level(levels: &BTreeMap<String, Level>, rule: &str, family: &str) -> Option<Level> {
    levels.get(rule).or_else(|| levels.get(family)).or_else(|| levels.get("all")).copied()
}

impl Settings {
    /// The settings of a run in the folder `cwd`: those of `file`, or of the file found from
    /// `cwd` upward, or the defaults.
    pub fn load(file: Option<&Path>, cwd: &Path, overrides: &Overrides) -> Result<Self, ConfigError> {
        match file {
            Some(file) => Self::read(Some(&cwd.join(file)), cwd, cwd, overrides),
            None => match super::find(cwd) {
                Some((file, _)) => {
                    let mut root = file.parent().unwrap_or(cwd);
                    if root.ends_with(".config") {
                        root = root.parent().unwrap_or(root);
                    }
                    Self::read(Some(&file), root, cwd, overrides)
                }
                None => Self::read(None, cwd, cwd, overrides),
            },
        }
    }

    /// The settings without any file.
    pub fn defaults(cwd: &Path, overrides: &Overrides) -> Result<Self, ConfigError> {
        Self::read(None, cwd, cwd, overrides)
    }

    fn read(file: Option<&Path>, root: &Path, cwd: &Path, last: &Overrides) -> Result<Self, ConfigError> {
        let layers = match file {
            Some(file) => read_layers(file, cwd)?,
            None => Vec::new(),
        };
        let mut it = Self {
            source_locale: Locale::parse("en-US").unwrap_or_default(),
            fail_on: FailOn::default(),
            include: Globs::default(),
            exclude: Globs::default(),
            baseline: None,
            revision_keys: REVISION_KEYS.map(str::to_owned).to_vec(),
            record: root.join("hexapla-record.json"),
            require_reason: false,
            do_not_translate: Vec::new(),
            term_files: Vec::new(),
            resources: Vec::new(),
            bases: Arc::default(),
            layouts: Vec::new(),
            files: Vec::new(),
            root: root.to_owned(),
            cwd: cwd.to_owned(),
            prefix: cwd
                .strip_prefix(root)
                .ok()
                .map(|way| way.iter().map(|part| format!("{}/", part.to_string_lossy())).collect()),
            selection: Selection { select: vec!["all".into()], ignore: Vec::new() },
            severity: BTreeMap::new(),
            rules: BTreeMap::new(),
            words: Vec::new(),
            overrides: Vec::new(),
            last_word: Selection { select: Vec::new(), ignore: last.ignore.clone() },
            last_severity: last.severity.iter().cloned().collect(),
            names: Vec::new(),
            identity: String::new(),
        };
        for (path, text, raw) in layers {
            it.files.push((path, text));
            it.add(raw)?;
        }
        it.apply(last)?;
        let names = Names::new(&it.do_not_translate, &Termbase::default(), &it.source_locale);
        it.bases = Arc::new(Bases { names, ..Bases::default() });
        it.identity = it.identify(last);
        Ok(it)
    }

    /// All that the settings were made from and that what is found in an article depends on. What
    /// only says which articles are read, or what becomes of findings, is left out.
    fn identify(&self, last: &Overrides) -> String {
        let Overrides { select, ignore, extend_select, severity, source_locale, .. } = last;
        let Overrides { fail_on: _, exclude: _, baseline: _, .. } = last;
        format!("{:?}", (&self.files, &self.root, &self.cwd, select, ignore, extend_select, severity, source_locale))
    }

    /// Equal for settings that mean the same for what is found in an article. The files that they
    /// name are told apart by the hash of [`Self::bases`].
    pub fn identity(&self) -> &str {
        &self.identity
    }

    fn add(&mut self, raw: RawConfig) -> Result<(), ConfigError> {
        self.note_names(&raw);
        if let Some(tag) = &raw.source_locale {
            self.source_locale = self.locale(tag, &["source-locale".into()])?;
        }
        if let Some(select) = raw.select {
            self.selection.select = select;
        }
        if let Some(ignore) = raw.ignore {
            self.selection.ignore = ignore;
        }
        self.selection.select.extend(raw.extend_select.into_iter().flatten());
        self.fail_on = raw.fail_on.unwrap_or(self.fail_on);
        self.require_reason = raw.require_reason.unwrap_or(self.require_reason);
        if let Some(names) = raw.do_not_translate {
            self.do_not_translate = names;
        }
        let file = self.files.last().map(|(path, _)| self.cwd.join(path));
        let folder = file.as_deref().and_then(Path::parent).unwrap_or(&self.root).to_owned();
        if let Some(baseline) = raw.baseline {
            self.baseline = Some(folder.join(baseline));
        }
        if let Some(record) = raw.record {
            self.record = folder.join(record);
        }
        if let Some(keys) = raw.revision_keys {
            self.revision_keys = keys;
        }
        if let Some(terms) = raw.terms {
            self.do_not_translate.extend(terms.do_not_translate.into_iter().flatten());
            if let Some(files) = terms.files {
                let pattern = |(item, text): (usize, &String)| {
                    self.file_pattern(text, &folder, &["terms".into(), "files".into(), item.into()], false)
                };
                self.term_files = files.iter().enumerate().map(pattern).collect::<Result<_, _>>()?;
            }
        }
        if let Some(labels) = raw.labels {
            self.resources.clear();
            for (item, raw) in labels.resources.iter().enumerate() {
                let at = ["labels".into(), "resources".into(), item.into()];
                let step = |key: &str| [&at[..], &[key.into()]].concat();
                let (files, source) =
                    if raw.source.is_some() { (step("files"), step("source")) } else { (at.to_vec(), Vec::new()) };
                let source = raw.source.as_deref().map(|text| self.file_pattern(text, &folder, &source, false));
                let files = self.file_pattern(&raw.files, &folder, &files, true)?;
                self.resources.push(Resource { files, source: source.transpose()? });
            }
        }
        if let Some(include) = raw.include {
            self.include = self.globs(&include, &["include".into()])?;
        }
        if let Some(exclude) = raw.exclude {
            self.exclude = self.globs(&exclude, &["exclude".into()])?;
        }
        self.severity.extend(raw.severity);
        for (rule, mut options) in raw.rules {
            if let Some(value) = options.remove("severity") {
                let level = value.as_str().and_then(Level::parse).ok_or_else(|| {
                    let steps = ["rules".into(), rule.as_str().into(), "severity".into()];
                    self.error(&steps, false, format!("unknown severity {value}"))
                        .with_help(Some("one of error, warning, info, off".into()))
                })?;
                self.severity.insert(rule.clone(), level);
            }
            self.rules.entry(rule).or_default().extend(options);
        }
        for (tag, changes) in raw.lexicon {
            self.change_words(&tag, &changes)?;
        }
        for (index, raw) in raw.layout.iter().enumerate() {
            let layout = Layout::new(raw).map_err(|(half, message)| {
                let half = if half == Half::Source { "source" } else { "target" };
                self.error(&["layout".into(), index.into(), half.into()], false, message)
            })?;
            self.layouts.push(layout);
        }
        for (index, raw) in raw.overrides.into_iter().enumerate() {
            let at = |key: &str| ["overrides".into(), index.into(), key.into()];
            if raw.paths.is_empty() && raw.locales.is_empty() {
                return Err(self.error(&at("")[..2], false, "an override needs `paths` or `locales`"));
            }
            let paths = self.globs(&raw.paths, &at("paths"))?;
            let mut locales = Vec::new();
            for (item, tag) in raw.locales.iter().enumerate() {
                let [a, b, c] = at("locales");
                locales.push(self.locale(tag, &[a, b, c, item.into()])?);
            }
            self.overrides.push(Override { raw, paths, locales });
        }
        Ok(())
    }

    fn apply(&mut self, last: &Overrides) -> Result<(), ConfigError> {
        if let Some(select) = &last.select {
            self.selection = Selection { select: select.clone(), ignore: Vec::new() };
        }
        self.last_word.select = last.extend_select.clone();
        self.selection.select.extend(last.extend_select.iter().cloned());
        self.fail_on = last.fail_on.unwrap_or(self.fail_on);
        if let Some(locale) = &last.source_locale {
            self.source_locale = locale.clone();
        }
        if let Some(baseline) = &last.baseline {
            self.baseline = Some(self.cwd.join(baseline));
        }
        if !last.exclude.is_empty() {
            let patterns = [self.exclude.patterns(), &last.exclude].concat();
            self.exclude = Globs::new(&patterns).map_err(|(index, message)| {
                ConfigError::new(Path::new("--exclude"), format!("`{}`: {message}", patterns[index]))
            })?;
        }
        let said = [last.select.as_deref().unwrap_or(&[]), &last.ignore, &last.extend_select].concat();
        let said = said.into_iter().chain(last.severity.iter().map(|(name, _)| name.clone()));
        self.names.extend(said.map(|name| (name, Place::default())));
        Ok(())
    }

    fn note_names(&mut self, raw: &RawConfig) {
        let file = self.files.len().checked_sub(1);
        let mut note = |name: &str, steps: Vec<Step>, key: bool| {
            self.names.push((name.to_owned(), Place { file, steps, key }));
        };
        let lists = [("select", &raw.select), ("ignore", &raw.ignore), ("extend-select", &raw.extend_select)];
        for (key, list) in lists {
            for (item, name) in list.iter().flatten().enumerate() {
                note(name, vec![key.into(), item.into()], false);
            }
        }
        for name in raw.severity.keys() {
            note(name, vec!["severity".into(), name.as_str().into()], true);
        }
        for name in raw.rules.keys() {
            note(name, vec!["rules".into(), name.as_str().into()], true);
        }
        for (index, it) in raw.overrides.iter().enumerate() {
            for (key, list) in [("select", &it.select), ("ignore", &it.ignore)] {
                for (item, name) in list.iter().enumerate() {
                    note(name, vec!["overrides".into(), index.into(), key.into(), item.into()], false);
                }
            }
            for name in it.severity.keys() {
                let steps = vec!["overrides".into(), index.into(), "severity".into(), name.as_str().into()];
                note(name, steps, true);
            }
        }
    }

    fn locale(&self, tag: &str, steps: &[Step]) -> Result<Locale, ConfigError> {
        Locale::parse(tag).ok_or_else(|| {
            self.error(steps, false, format!("`{tag}` is not a locale"))
                .with_help(Some("write it as in `pt-BR`, `zh-Hant-TW` or `ja`".into()))
        })
    }

    fn change_words(&mut self, tag: &str, changes: &toml::Table) -> Result<(), ConfigError> {
        let step = [Step::from("lexicon"), tag.into()];
        let locale = self.locale(tag, &step)?;
        let given = serde_json::to_value(changes).unwrap_or_default();
        let lexicon = self.words(&locale).lexicon.with(&given).map_err(|error| {
            let steps: Vec<Step> = step.into_iter().chain(error.keys.iter().map(|key| key.as_str().into())).collect();
            let (message, help) = in_our_words(&error.message);
            self.error(&steps, true, message).with_help(help)
        })?;
        self.words.retain(|(known, _)| !locale::matches(known, &locale));
        self.words.push((locale, Arc::new(Words::new(lexicon))));
        Ok(())
    }

    fn globs(&self, patterns: &[String], steps: &[Step]) -> Result<Globs, ConfigError> {
        Globs::new(patterns).map_err(|(index, message)| {
            let steps = [steps, &[index.into()]].concat();
            self.error(&steps, false, format!("not a path pattern: {message}"))
        })
    }

    fn file_pattern(
        &self,
        text: &str,
        folder: &Path,
        steps: &[Step],
        with_locale: bool,
    ) -> Result<FilePattern, ConfigError> {
        let place = Place { file: self.files.len().checked_sub(1), steps: steps.to_vec(), key: false };
        FilePattern::new(text, folder, place, with_locale).map_err(|message| self.error(steps, false, message))
    }

    /// An error in the file that is being read.
    fn error(&self, steps: &[Step], key: bool, message: impl Into<String>) -> ConfigError {
        let place = Place { file: self.files.len().checked_sub(1), steps: steps.to_vec(), key };
        self.error_at(&place, message)
    }

    /// An error at a place in the settings.
    pub fn error_at(&self, place: &Place, message: impl Into<String>) -> ConfigError {
        match place.file.and_then(|file| self.files.get(file)) {
            Some((path, text)) => ConfigError::at(path, text, place.span(text), message),
            None => ConfigError::new(Path::new("command line"), message),
        }
    }

    /// Every name of a rule or a family that the settings speak of, and where they do. `all` is
    /// not among them.
    pub fn rule_names(&self) -> impl Iterator<Item = (&str, &Place)> {
        self.names.iter().filter(|(name, _)| name != "all").map(|(name, place)| (name.as_str(), place))
    }

    /// The error for a name that no rule and no family has; `known` are those that there are.
    pub fn unknown_rule<'a>(&self, name: &str, place: &Place, known: impl IntoIterator<Item = &'a str>) -> ConfigError {
        let help = did_you_mean(name, known).map(|word| format!("did you mean `{word}`?"));
        self.error_at(place, format!("there is no rule `{name}`")).with_help(help)
    }

    /// A rule's own table, without `severity`.
    pub fn rule_options(&self, rule: &str) -> Option<&toml::Table> {
        self.rules.get(rule)
    }

    /// An error about one option in a rule's table.
    pub fn option_error(&self, rule: &str, option: &str, message: impl Into<String>) -> ConfigError {
        let steps = vec!["rules".into(), rule.into(), option.into()];
        let mut place = Place { file: None, steps, key: false };
        for (file, (_, text)) in self.files.iter().enumerate() {
            if place.span(text).is_some() {
                place.file = Some(file);
            }
        }
        self.error_at(&place, message)
    }

    /// How a rule's findings count in an article; `None` where the rule is not run. `path` is
    /// relative to the current folder.
    pub fn severity_for(
        &self,
        rule: &str,
        family: &str,
        default: Severity,
        path: &str,
        locale: &str,
    ) -> Option<Severity> {
        let mut run = self.selection.verdict(rule, family).unwrap_or(false);
        let mut severity = level(&self.severity, rule, family);
        if !self.overrides.is_empty() {
            let path = self.relative(path);
            for it in self.overrides.iter().filter(|it| it.matches(&path, locale)) {
                run = it.verdict(rule, family).unwrap_or(run);
                severity = level(&it.raw.severity, rule, family).or(severity);
            }
        }
        run = self.last_word.verdict(rule, family).unwrap_or(run);
        severity = level(&self.last_severity, rule, family).or(severity);
        match severity {
            _ if !run => None,
            None => Some(default),
            Some(level) => level.severity(),
        }
    }

    /// Whether an article is to be read, by `include` and `exclude`.
    pub fn includes(&self, path: &str) -> bool {
        let path = self.relative(path);
        (self.include.is_empty() || self.include.matches(&path)) && !self.exclude.matches(&path)
    }

    /// A path that is relative to the current folder, made relative to the settings file.
    pub fn relative<'a>(&self, path: &'a str) -> Cow<'a, str> {
        if !path.starts_with("..") && !path.starts_with('/') {
            match self.prefix.as_deref() {
                Some("") => return Cow::Borrowed(path),
                Some(prefix) => return Cow::Owned(format!("{prefix}{path}")),
                None => {}
            }
        }
        let mut full = PathBuf::new();
        for component in self.cwd.join(path).components() {
            match component {
                Component::ParentDir => {
                    full.pop();
                }
                component => full.push(component),
            }
        }
        match full.strip_prefix(&self.root) {
            Ok(way) => Cow::Owned(way.to_string_lossy().replace('\\', "/")),
            Err(_) => Cow::Borrowed(path),
        }
    }

    /// The words of a language, with the changes that the settings make.
    pub fn words<'a>(&'a self, locale: &Locale) -> &'a Words {
        let changed = self.words.iter().find(|(known, _)| locale::matches(known, locale));
        changed.map_or_else(|| locale.words(), |(_, words)| words)
    }

    /// The current folder.
    pub fn cwd(&self) -> &Path {
        &self.cwd
    }

    /// The folder that patterns are relative to.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A hash of the settings files, of the files that they name, and of the way from their folder to
    /// the current one. It is equal on two machines where the settings are, wherever they stand there.
    pub fn imprint(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        let texts = self.files.iter().map(|(_, text)| text.as_bytes());
        let way = self.prefix.as_deref().unwrap_or("..");
        for part in texts.chain([way.as_bytes(), &self.bases.hash]) {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
        hasher.finalize().to_hex().to_string()
    }

    /// The settings files read, the nearest one last.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(|(path, _)| path.as_path())
    }

    pub(super) fn to_raw(&self) -> RawConfig {
        let mut severity = self.severity.clone();
        severity.extend(self.last_severity.clone());
        let baseline = self.baseline.as_ref().map(|path| path.strip_prefix(&self.root).unwrap_or(path));
        let mut ignore = self.selection.ignore.clone();
        ignore.extend(self.last_word.ignore.iter().cloned());
        RawConfig {
            extend: None,
            source_locale: Some(self.source_locale.to_string()),
            select: Some(self.selection.select.clone()),
            ignore: Some(ignore),
            extend_select: None,
            fail_on: Some(self.fail_on),
            include: (!self.include.is_empty()).then(|| self.include.patterns().to_vec()),
            exclude: Some(self.exclude.patterns().to_vec()),
            baseline: baseline.map(|path| path.to_string_lossy().into_owned()),
            revision_keys: Some(self.revision_keys.clone()),
            record: Some(self.record.strip_prefix(&self.root).unwrap_or(&self.record).to_string_lossy().into_owned()),
            require_reason: Some(self.require_reason),
            do_not_translate: Some(self.do_not_translate.clone()),
            terms: (!self.term_files.is_empty()).then(|| RawTerms {
                files: Some(self.term_files.iter().map(|it| it.text().to_owned()).collect()),
                do_not_translate: None,
            }),
            labels: (!self.resources.is_empty()).then(|| RawLabels {
                resources: self
                    .resources
                    .iter()
                    .map(|it| RawResource {
                        files: it.files.text().to_owned(),
                        source: it.source.as_ref().map(|it| it.text().to_owned()),
                    })
                    .collect(),
            }),
            severity,
            rules: self
                .rules
                .iter()
                .filter(|(_, table)| !table.is_empty())
                .map(|(k, v)| (k.clone(), v.clone()))
                .collect(),
            lexicon: self.words.iter().map(|(locale, words)| (locale.to_string(), changes(locale, words))).collect(),
            layout: self.layouts.iter().map(|layout| layout.raw().clone()).collect(),
            overrides: self.overrides.iter().map(|it| it.raw.clone()).collect(),
        }
    }
}

/// What the settings change in a lexicon.
fn changes(locale: &Locale, words: &Words) -> toml::Table {
    let changes = locale.words().lexicon.changes_to(&words.lexicon);
    toml::Table::try_from(changes).unwrap_or_default()
}

impl Override {
    fn matches(&self, path: &str, locale: &str) -> bool {
        let spoken = |wanted: &Locale| {
            let rest = locale.strip_prefix(wanted.tag());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        (self.paths.is_empty() || self.paths.matches(path))
            && (self.locales.is_empty() || self.locales.iter().any(spoken))
    }

    fn verdict(&self, rule: &str, family: &str) -> Option<bool> {
        verdict(&self.raw.select, &self.raw.ignore, rule, family)
    }
}

/// A settings file and those it extends, the furthest first.
fn read_layers(file: &Path, cwd: &Path) -> Result<Vec<(PathBuf, String, RawConfig)>, ConfigError> {
    let mut layers: Vec<(PathBuf, String, RawConfig)> = Vec::new();
    let mut seen = Vec::new();
    let mut next = Some(file.to_owned());
    while let Some(file) = next {
        let shown = file.strip_prefix(cwd).unwrap_or(&file).to_owned();
        let bytes = std::fs::read(&file);
        let text =
            bytes.and_then(|bytes| String::from_utf8(bytes).map_err(|_| std::io::Error::other("it is not UTF-8")));
        let text = text.map_err(|error| match layers.last() {
            None => ConfigError::new(&shown, format!("cannot read the settings: {error}")),
            Some((path, text, _)) => {
                let place = Place { file: None, steps: vec!["extend".into()], key: false };
                let message = format!("cannot read `{}`: {error}", shown.display());
                ConfigError::at(path, text, place.span(text), message)
            }
        })?;
        let raw: RawConfig = toml::from_str(&text).map_err(|error| from_toml(&shown, &text, &error))?;
        seen.push(file.canonicalize().unwrap_or_else(|_| file.clone()));
        next = raw.extend.as_ref().map(|other| file.parent().unwrap_or(Path::new("")).join(other));
        if let Some(other) = &next
            && seen.contains(&other.canonicalize().unwrap_or_else(|_| other.clone()))
        {
            let place = Place { file: None, steps: vec!["extend".into()], key: false };
            return Err(ConfigError::at(&shown, &text, place.span(&text), "settings that extend themselves"));
        }
        layers.push((shown, text, raw));
    }
    layers.reverse();
    Ok(layers)
}
