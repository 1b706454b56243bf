//! Articles in all their locales: which files belong together, and where each has its source from.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;

use super::paths::{Reading, read_paths};
use super::probe::{anchors_in, probe_text};
use super::{Found, Group, LocaleFrom, Member, MemberId, Problem, Relation, Unsaved, heading_anchors, probe};
use crate::config::Settings;
use crate::document::Format;
use crate::locale::{self, Locale, Plausibility, plausible_locale};
use crate::markdown;

/// Tells the locale of a text; asked only where nothing else does.
pub type Identify<'a> = &'a (dyn Fn(&str) -> Option<Locale> + Sync);

/// How many heading anchors an article needs to be recognised by them.
const MIN_ANCHORS: usize = 4;
/// How much of two articles' anchors must be common, in hundredths of all of them.
const MIN_OVERLAP: usize = 40;

/// Puts files together into articles. Each file is looked at once, in parallel; the answer does not
/// depend on the number of threads.
pub fn groups(found: Vec<Found>, settings: &Settings, identify: Identify<'_>) -> Vec<Group> {
    groups_with(found, settings, identify, &Unsaved::new())
}

/// The same, where the text of an editor takes the place of some files.
pub(super) fn groups_with(
    found: Vec<Found>,
    settings: &Settings,
    identify: Identify<'_>,
    unsaved: &Unsaved,
) -> Vec<Group> {
    let paths: Vec<&str> = found.iter().map(|found| &*found.path).collect();
    let readings = read_paths(&paths, settings);
    let probes: Vec<_> = found
        .par_iter()
        .map(|found| match unsaved.get(&*found.path) {
            Some(text) => probe_text(text),
            None if found.problem.is_none() => probe(&found.on_disk),
            None => Default::default(),
        })
        .collect();
    let mut articles: BTreeMap<(String, &'static str), Vec<Member>> = BTreeMap::new();
    for ((found, reading), probe) in found.into_iter().zip(readings).zip(probes) {
        let Reading { key, locale: path_locale, configured } = reading;
        let format = match found.format {
            Format::Markdown => "",
            Format::Yaml => "yaml",
            Format::Html => "html",
        };
        let from_meta = probe.content_locale.as_deref().and_then(plausible_locale).or_else(|| {
            // `lang: ts` is more often a language to program in.
            probe
                .lang
                .as_deref()
                .and_then(plausible_locale)
                .filter(|(it, sure)| *sure > Plausibility::Word || it.tag().contains('-'))
        });
        let (locale, locale_from) = match from_meta {
            Some((locale, _)) => (locale, LocaleFrom::FrontMatter),
            None if configured => (path_locale.clone(), LocaleFrom::Layout),
            None if path_locale.is_known() => (path_locale.clone(), LocaleFrom::Path),
            None => (Locale::UNKNOWN, LocaleFrom::Nothing),
        };
        let member = Member { found, locale, locale_from, path_locale, relation: Relation::Alone, probe };
        articles.entry((key, format)).or_default().push(member);
    }
    let mut groups: Vec<Group> = articles.into_iter().map(|((key, _), members)| Group { key, members }).collect();
    groups.par_iter_mut().for_each(|group| find_locales(group, settings, identify, unsaved));
    let mut groups = join_by_hash(groups);
    for (index, group) in groups.iter_mut().enumerate() {
        find_source(group, settings);
        find_other_versions(index, group);
    }
    find_related(&mut groups, unsaved);
    groups
}

fn text<'u>(found: &Found, unsaved: &'u Unsaved) -> Option<Cow<'u, str>> {
    match unsaved.get(&*found.path) {
        Some(text) => Some(Cow::Borrowed(text)),
        None => super::load(&found.on_disk).ok().map(|source| Cow::Owned(source.text().to_owned())),
    }
}

/// The locales that neither front matter nor path tells.
fn find_locales(group: &mut Group, settings: &Settings, identify: Identify<'_>, unsaved: &Unsaved) {
    let source = settings.source_locale.language();
    let has_twin = group.members.iter().any(|it| it.path_locale.is_known());
    let has_source = group.members.iter().any(|it| it.locale.language() == source && !it.probe.bilingual);
    for member in &mut group.members {
        if member.locale.is_known() {
            // Where the front matter and the folder contradict one another, the text has the say.
            let filed = &member.path_locale;
            if member.locale_from == LocaleFrom::FrontMatter
                && filed.is_known()
                && !locale::matches(filed, &member.locale)
                && let Some(text) = text(&member.found, unsaved)
                && identify(&own_text(&text)).is_some_and(|text| locale::matches(&text, filed))
            {
                (member.locale, member.locale_from) = (filed.clone(), LocaleFrom::Path);
            }
            continue;
        }
        if has_twin && !has_source && !member.probe.bilingual {
            (member.locale, member.locale_from) = (settings.source_locale.clone(), LocaleFrom::Default);
        } else if !matches!(member.found.problem, Some(Problem::TooLarge))
            && let Some(text) = text(&member.found, unsaved)
            && let Some(locale) = identify(&own_text(&text))
        {
            (member.locale, member.locale_from) = (locale, LocaleFrom::Text);
        }
    }
}

/// The text in the article's own locale: of a bilingual one, the targets. What the front matter says
/// of the article may be in another language.
fn own_text(text: &str) -> Cow<'_, str> {
    let (pairs, _) = markdown::scan_bilingual(text);
    if pairs.is_empty() {
        let front = text.strip_prefix("---\n").and_then(|rest| Some(4 + rest.find("\n---")? + 4));
        let body = front.map_or(text, |end| &text[end..]);
        let has_body = body.chars().filter(|it| it.is_alphabetic()).count() >= 40;
        return Cow::Borrowed(if has_body { body } else { text });
    }
    Cow::Owned(pairs.iter().map(|pair| &text[pair.target.range()]).collect::<Vec<_>>().join("\n"))
}

/// Puts articles that stand alone together where they were made from the same source: files that
/// were renamed, or given without the folders that would have told.
fn join_by_hash(groups: Vec<Group>) -> Vec<Group> {
    let mut by_hash: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, group) in groups.iter().enumerate() {
        if let [member] = &*group.members
            && let Some(hash) = &member.probe.source_hash
        {
            by_hash.entry(hash.clone()).or_default().push(index);
        }
    }
    let mut home: Vec<usize> = (0..groups.len()).collect();
    for alike in by_hash.values().filter(|alike| alike.len() > 1) {
        let first = alike.iter().find(|&&it| groups[it].members[0].probe.bilingual).unwrap_or(&alike[0]);
        let mut locales = HashSet::from([&groups[*first].members[0].locale]);
        for &index in alike {
            let member = &groups[index].members[0];
            if index != *first && member.locale.is_known() && locales.insert(&member.locale) {
                home[index] = *first;
            }
        }
    }
    let mut joined: Vec<Group> = Vec::with_capacity(groups.len());
    let mut moved = Vec::new();
    let mut place = HashMap::new();
    for (index, group) in groups.into_iter().enumerate() {
        if home[index] == index {
            place.insert(index, joined.len());
            joined.push(group);
        } else {
            moved.push((home[index], group));
        }
    }
    for (home, group) in moved {
        joined[place[&home]].members.extend(group.members);
    }
    joined
}

/// The order of the members, and the relations that a group tells by itself.
fn find_source(group: &mut Group, settings: &Settings) {
    let wanted = &settings.source_locale;
    let source = group
        .members
        .iter()
        .enumerate()
        .filter(|(_, it)| !it.probe.bilingual && it.locale.language() == wanted.language())
        .min_by_key(|(_, it)| (it.locale != *wanted, it.locale.tag().len(), it.found.path.clone()))
        .map(|(index, _)| index);
    for (index, member) in group.members.iter_mut().enumerate() {
        member.relation = match source {
            _ if member.probe.bilingual => Relation::Own,
            Some(source) if source == index => Relation::Source,
            Some(_) => Relation::SameVersion,
            None => Relation::Alone,
        };
    }
    group.members.sort_by(|a, b| {
        let key = |it: &Member| (it.relation != Relation::Source, it.locale.clone(), it.found.path.clone());
        key(a).cmp(&key(b))
    });
}

/// The translations of one source version carry the same hash. One that stands apart from at least
/// two that agree was made from another version.
fn find_other_versions(index: usize, group: &mut Group) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for hash in group.members.iter().filter_map(|it| it.probe.source_hash.as_deref()) {
        *counts.entry(hash).or_default() += 1;
    }
    let Some((common, count)) = counts.iter().max_by_key(|(_, count)| **count) else { return };
    let (common, count) = ((*common).to_owned(), *count);
    if count < 2 || counts.values().filter(|it| **it == count).count() > 1 {
        return;
    }
    let Some(member) = group.members.iter().position(|it| it.relation == Relation::Source) else { return };
    for it in &mut group.members {
        let other = it.probe.source_hash.as_deref().is_some_and(|hash| hash != common);
        if other && it.relation == Relation::SameVersion {
            it.relation = Relation::OtherVersion { with: MemberId { group: index, member } };
        }
    }
}

/// Finds a source elsewhere for the articles that have none.
fn find_related(groups: &mut [Group], unsaved: &Unsaved) {
    let ids = |groups: &[Group], wanted: &dyn Fn(&Member) -> bool| -> Vec<MemberId> {
        let members = groups.iter().enumerate().flat_map(|(group, it)| {
            it.members.iter().enumerate().map(move |(member, it)| (MemberId { group, member }, it))
        });
        members.filter(|(_, it)| wanted(it) && it.found.problem.is_none()).map(|(id, _)| id).collect()
    };
    let alone = ids(groups, &|it| it.relation == Relation::Alone);
    if alone.is_empty() {
        return;
    }
    let holders = ids(groups, &|it| it.relation == Relation::Own);
    let mut by_hash: HashMap<String, Vec<MemberId>> = HashMap::new();
    for &id in &holders {
        if let Some(hash) = &groups[id.group].members[id.member].probe.source_hash {
            by_hash.entry(hash.clone()).or_default().push(id);
        }
    }
    let mut left = Vec::new();
    for id in alone {
        let hash = groups[id.group].members[id.member].probe.source_hash.clone();
        let alike = hash.and_then(|hash| by_hash.get(&hash));
        let near = alike.and_then(|alike| alike.iter().find(|with| with.group == id.group).or(alike.first()));
        let mate = || holders.iter().find(|with| with.group == id.group);
        match (near, mate()) {
            (Some(&with), _) => groups[id.group].members[id.member].relation = Relation::SameSource { with },
            (None, Some(&with)) => groups[id.group].members[id.member].relation = Relation::OtherVersion { with },
            (None, None) => left.push(id),
        }
    }
    if left.is_empty() {
        return;
    }
    let anchors = |id: &MemberId| {
        let found = &groups[id.group].members[id.member].found;
        unsaved.get(&*found.path).map_or_else(|| heading_anchors(&found.on_disk), |text| anchors_in(text.as_bytes()))
    };
    let wanted: Vec<(MemberId, Vec<u64>)> = left.par_iter().map(|id| (*id, anchors(id))).collect();
    let wanted: Vec<_> = wanted.into_iter().filter(|(_, anchors)| anchors.len() >= MIN_ANCHORS).collect();
    if wanted.is_empty() {
        return;
    }
    let sources = ids(groups, &|it| matches!(it.relation, Relation::Own | Relation::Source));
    let offered: Vec<Vec<u64>> = sources.par_iter().map(anchors).collect();
    let mut holding: HashMap<u64, Vec<usize>> = HashMap::new();
    for (index, anchors) in offered.iter().enumerate().filter(|(_, anchors)| anchors.len() >= MIN_ANCHORS) {
        for &anchor in anchors {
            holding.entry(anchor).or_default().push(index);
        }
    }
    let mut related = Vec::new();
    for (id, anchors) in wanted {
        let mut common: BTreeMap<usize, usize> = BTreeMap::new();
        for index in anchors.iter().filter_map(|anchor| holding.get(anchor)).flatten() {
            *common.entry(*index).or_default() += 1;
        }
        let best = common
            .into_iter()
            .map(|(index, common)| (common * 100 / (anchors.len() + offered[index].len() - common), index))
            .filter(|(overlap, _)| *overlap >= MIN_OVERLAP)
            .max_by_key(|&(overlap, index)| (overlap, std::cmp::Reverse(index)));
        if let Some((_, index)) = best {
            related.push((id, sources[index]));
        }
    }
    for (id, with) in related {
        groups[id.group].members[id.member].relation = Relation::OtherVersion { with };
    }
}
