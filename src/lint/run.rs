//! All rules over one article in all its locales.

use std::cell::OnceCell;
use std::sync::Arc;

use super::{Check, Compared, Context, Fact, Findings, Group, RULES, Remains, Rule, Votes, Written};
use super::{across, consensus, fingerprint, suppress};
use crate::bitext::{Basis, Bitext, Lexicons, Progress, Relation};
use crate::config::Settings;
use crate::diagnostic::{Diagnostic, Label};
use crate::document::Document;
use crate::locale::Locale;
use crate::signal::Known;
use crate::termbase::{Muted, Translation};

/// A document and how it is to be compared.
#[derive(Debug)]
pub struct Article {
    /// The index of the document.
    pub document: usize,
    /// The index of the document with its source, and how the two belong together; `None` for a
    /// source, or for an article that has none. For [`Relation::Own`] it may be the article itself;
    /// where it is another, that one's front matter is the source of this one's.
    pub source: Option<(usize, Relation)>,
    /// What the translation was made from, where somebody wrote it down.
    pub basis: Option<Basis>,
}

impl Article {
    /// Its bitext, where it has a source.
    pub fn bitext<'d>(&'d self, documents: &'d [Document], lexicons: &Lexicons) -> Option<Bitext<'d>> {
        let target = &documents[self.document];
        let (source, relation) = self.source?;
        let bitext = match relation {
            Relation::Own => Bitext::embedded(target, (source != self.document).then(|| &documents[source])),
            relation => Bitext::aligned(&documents[source], target, relation, lexicons.get(&target.locale)),
        };
        Some(bitext.made_from(self.basis.as_ref()))
    }
}

/// What checking one group gives.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The findings, by article and place.
    pub findings: Vec<Diagnostic>,
    /// How many units were compared.
    pub units: usize,
    /// How far each translated article is, by its path.
    pub progress: Vec<(Arc<str>, Progress)>,
    /// What is to be compared with other articles; see [`super::compare`].
    pub facts: Vec<Fact>,
    /// Its translations, for what things are called in all articles.
    pub translations: Vec<Translation>,
}

/// Checks one article in all its locales. Documents that no article names are there to be compared
/// with, and are not checked themselves; they come last.
pub fn check_group(
    key: &str,
    documents: &[Document],
    articles: &[Article],
    source_locale: &Locale,
    locales: &[Locale],
    settings: &Settings,
    lexicons: &Lexicons,
) -> Outcome {
    let bitexts: Vec<Bitext<'_>> = articles.iter().filter_map(|article| article.bitext(documents, lexicons)).collect();
    check_bitexts(key, documents, articles, &bitexts, source_locale, locales, settings, Reach::Project)
}

/// How far what an article states is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// What it states is kept, to be compared with other articles.
    Project,
    /// It is not: only the article itself is of interest.
    Article,
}

/// The same, where the articles are aligned already.
#[allow(clippy::too_many_arguments)]
pub fn check_bitexts<'a>(
    key: &'a str,
    documents: &'a [Document],
    articles: &'a [Article],
    bitexts: &'a [Bitext<'a>],
    source_locale: &'a Locale,
    locales: &'a [Locale],
    settings: &'a Settings,
    reach: Reach,
) -> Outcome {
    let votes = Votes::count(bitexts);
    let mut known = Known::default();
    let mut findings = Findings::new(settings, documents);
    for document in articles.iter().map(|article| &documents[article.document]) {
        let bitext = bitexts.iter().find(|bitext| bitext.target.path == document.path);
        let locale = &document.locale;
        let same_version = bitext.is_none_or(Bitext::same_version);
        let context = Context { settings, source_locale, locale, votes: &votes, same_version };
        let (statements, written, remains) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        for rule in RULES {
            findings.begin(rule);
            if findings.severity(rule.severity, &document.path).is_none() {
                continue;
            }
            match (rule.check, bitext) {
                (Check::Statements(check) | Check::Both(check, _), Some(bitext)) => {
                    // Read once, for all rules that compare them, and only where one is switched on.
                    let statements = statements.get_or_init(|| Compared::all(bitext, &context, &mut known));
                    statements.iter().for_each(|it| check(it, &context, &mut findings));
                }
                (Check::Written(check), Some(bitext)) => {
                    check(written.get_or_init(|| Written::all(bitext)), &context, &mut findings);
                }
                (Check::Remains(check), Some(bitext)) => {
                    check(remains.get_or_init(|| Remains::all(bitext, &context)), bitext, &context, &mut findings);
                }
                _ => check_one(rule, document, bitext, &context, &mut findings),
            }
        }
    }
    // What an article is only compared with is checked where it is at home.
    let own = articles.iter().map(|article| article.document + 1).max().unwrap_or(0);
    let own = &documents[..own];
    let (article, policies) = (OnceCell::new(), OnceCell::new());
    let group = Group { key, documents: own, bitexts, source_locale, locales, settings, article, policies };
    for rule in RULES {
        if let Check::Group(check) | Check::Both(_, check) = rule.check
            && !findings.is_off(rule, own)
        {
            findings.begin(rule);
            check(&group, &mut findings);
        }
    }
    // A comment that keeps one of them quiet is used.
    let has_comments = |it: &Document| memchr::memmem::find(it.source.text().as_bytes(), b"hexapla").is_some();
    let (mut facts, mut translations) = match reach == Reach::Project || own.iter().any(has_comments) {
        true => (across::gather(&group, &findings), across::translations(&group, &findings)),
        false => (Vec::new(), Vec::new()),
    };
    let units = bitexts.iter().map(|bitext| bitext.units.len()).sum();
    let progress = bitexts.iter().map(|it| (it.target.path.clone(), it.drift().progress())).collect();
    let findings = settle(own, findings, &mut facts, &mut translations, bitexts, settings);
    Outcome { findings, units, progress, facts, translations }
}

fn check_one(
    rule: &'static Rule,
    document: &Document,
    bitext: Option<&Bitext<'_>>,
    context: &Context<'_>,
    findings: &mut Findings<'_>,
) {
    match (rule.check, bitext) {
        (Check::Document(check), _) => check(document, context, findings),
        (Check::Unit(check), Some(bitext)) => bitext.units.iter().for_each(|unit| check(unit, context, findings)),
        (Check::Bitext(check) | Check::Learned(check, ..), Some(bitext)) => check(bitext, context, findings),
        _ => {}
    }
}

/// The finding for an article that cannot be read; `None` where the settings do not want it.
pub fn unreadable(path: &str, too_large: bool, message: String, settings: &Settings) -> Option<Diagnostic> {
    let rule = super::rule(if too_large { "limit-exceeded" } else { "unreadable-article" })?;
    let mut finding = Diagnostic {
        rule: rule.name,
        severity: settings.severity_for(rule.name, rule.family.name(), rule.severity, path, "")?,
        message,
        help: None,
        primary: Label { path: path.into(), ..Label::default() },
        labels: Vec::new(),
        unit: None,
        fix: None,
        fingerprint: String::new(),
    };
    fingerprint::assign(std::slice::from_mut(&mut finding));
    Some(finding)
}

/// Suppressions, the vote of the locales, order, fingerprints.
fn settle(
    documents: &[Document],
    mut findings: Findings<'_>,
    facts: &mut Vec<Fact>,
    translations: &mut [Translation],
    bitexts: &[Bitext<'_>],
    settings: &Settings,
) -> Vec<Diagnostic> {
    let unused = super::rule("unused-suppression");
    let mut suppressions = Vec::new();
    for document in documents {
        if memchr::memmem::find(document.source.text().as_bytes(), b"hexapla").is_none() {
            continue;
        }
        let Some(labeler) = findings.labeler(&document.path) else { continue };
        let found = suppress::read(document, labeler.lines());
        suppressions.push((document, found));
    }
    // The findings are taken out and put back, so that what is unused can be reported.
    let mut told = findings.take();
    let mut silence = |told: &mut Vec<Diagnostic>| {
        for (document, suppressions) in &mut suppressions {
            suppress::apply(suppressions, &document.path, told);
        }
    };
    silence(&mut told);
    consensus::vote(&mut told, bitexts);
    // What was moved may be kept quiet where it is now.
    silence(&mut told);
    facts.retain(|fact| {
        let own = suppressions.iter_mut().find(|(document, _)| document.path == fact.place.path);
        !own.is_some_and(|(_, all)| suppress::covers(all, fact.rule, fact.place.range.start.line))
    });
    // Whether these find something is known when all articles are read: till then they count as used.
    let asks = |name: &String| super::rule(name).is_some_and(|rule| rule.check.wording().is_some());
    for (document, all) in &mut suppressions {
        let own = translations.iter_mut().find(|it| it.path == document.path);
        let Some(own) = own else { continue };
        for it in all.iter_mut() {
            it.used |= it.rules.iter().any(asks);
            let names = it.rules.iter().filter(|name| asks(name) || *name == "all");
            own.muted.extend(names.map(|rule| Muted { rule: rule.clone(), lines: it.lines }));
        }
    }
    if let Some(rule) = unused {
        findings.begin(rule);
        for (document, suppressions) in &suppressions {
            for suppression in suppressions {
                let unknown = suppression.rules.iter().find(|name| super::rule(name).is_none() && *name != "all");
                let names = suppression.rules.join(", ");
                match unknown {
                    Some(name) => {
                        findings.document(document, suppression.span, format!("there is no rule `{name}`"));
                    }
                    None if !suppression.used => {
                        let message = format!("no finding of `{names}` is here to be kept quiet");
                        findings.document(document, suppression.span, message).help("remove the comment");
                    }
                    None if suppression.reason.is_empty() && settings.require_reason => {
                        let message = format!("`{names}` is kept quiet without a reason");
                        findings.document(document, suppression.span, message).help("write the reason after a colon");
                    }
                    None => {}
                }
            }
        }
    }
    let mut found = findings.finish();
    found.extend(told);
    across::in_order(found)
}
