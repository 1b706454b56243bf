//! Groups of articles → their models: opens a group, reads and aligns it, drops it. Whoever needs
//! more than the model is shown the documents that it was read from.

use super::batches::in_batches;
use super::lexicons::lexicons;
use super::open::{Refused, open};
use super::{Group, History, MemberId, Relation, Remarks, Shard, Unsaved};
use crate::bitext::{Bitext, Lexicons};
use crate::config::Settings;
use crate::locale::Locale;
use crate::procedure::{self, ArticleModel, Reading};

/// Makes the models of articles, with the translations into the locales that are wanted. `view` sees
/// each model once, in parallel, and says what to keep of it; `emit` gets that in the order of the
/// groups, until it fails.
pub fn model<T: Send, E>(
    groups: Vec<Group>,
    settings: &Settings,
    is_wanted: &(dyn Fn(&Locale) -> bool + Sync),
    view: &(dyn Fn(ArticleModel) -> T + Sync),
    emit: &mut dyn FnMut(usize, Option<T>) -> Result<(), E>,
) -> Result<Remarks, E> {
    models(groups, None, settings, is_wanted, None, &|modelled| view(modelled.article), emit)
}

/// The model of an article, and what it was read from.
pub struct Modelled<'a, 'd> {
    /// The model.
    pub article: ArticleModel,
    /// The source of the article, read.
    pub reading: &'a Reading<'d>,
    /// The translations that are wanted, by locale and path.
    pub bitexts: &'a [&'a Bitext<'d>],
}

/// The same, with the documents; and with what the translations were made from, where the history
/// is asked. Of a shard its own articles alone.
pub fn models<T: Send, E>(
    groups: Vec<Group>,
    shard: Option<Shard>,
    settings: &Settings,
    is_wanted: &(dyn Fn(&Locale) -> bool + Sync),
    history: Option<&History>,
    view: &(dyn Fn(Modelled<'_, '_>) -> T + Sync),
    emit: &mut dyn FnMut(usize, Option<T>) -> Result<(), E>,
) -> Result<Remarks, E> {
    let groups = at_home(groups);
    let unsaved = Unsaved::new();
    let lexicons = lexicons(&groups, &groups, is_wanted, &unsaved);
    let run = Run { groups: &groups, settings, is_wanted, lexicons: &lexicons, unsaved: &unsaved, history };
    let work = |group: &Group| match shard.is_none_or(|it| it.has(&group.key)) {
        true => run.of_group(group, view),
        false => (None, Remarks::default()),
    };
    let mut remarks = in_batches(&groups, work, emit)?;
    remarks.notes.sort();
    Ok(remarks)
}

struct Run<'r> {
    groups: &'r [Group],
    settings: &'r Settings,
    is_wanted: &'r (dyn Fn(&Locale) -> bool + Sync),
    lexicons: &'r Lexicons,
    unsaved: &'r Unsaved,
    history: Option<&'r History>,
}

impl Run<'_> {
    fn of_group<T>(&self, group: &Group, view: &(dyn Fn(Modelled<'_, '_>) -> T + Sync)) -> (Option<T>, Remarks) {
        let Run { groups, settings, is_wanted, lexicons, unsaved, history } = *self;
        let opened = open(groups, group, settings, unsaved, history);
        let (documents, articles) = (&opened.documents, &opened.articles);
        let faults = opened.refused.iter().map(Refused::fault).collect();
        let mut remarks = Remarks { notes: opened.notes, faults };
        let bitexts: Vec<Bitext<'_>> = articles.iter().filter_map(|it| it.bitext(documents, lexicons)).collect();
        let own = &documents[..articles.len()];
        let comments = bitexts.first().map(|it| it.source);
        let Some(source) = procedure::source_of(own, &settings.source_locale).or(comments) else {
            let left_out = articles.iter().map(|it| &documents[it.document]);
            let note = |path: &str| format!("{path} is left out: it has no source in the project");
            remarks.notes.extend(left_out.map(|it| note(&it.path)));
            return (None, remarks);
        };
        for article in articles.iter().filter(|it| it.source.is_none()) {
            let document = &documents[article.document];
            if !std::ptr::eq(document, source) {
                let path = &document.path;
                remarks.notes.push(format!("{path} is left out: it has no source in the project"));
            }
        }
        let reading = Reading::of(source, &settings.source_locale);
        let mut wanted: Vec<&Bitext<'_>> = bitexts.iter().filter(|it| is_wanted(&it.target.locale)).collect();
        wanted.sort_by_key(|it| (it.target.locale.clone(), it.target.path.clone()));
        let words = |it: &Locale| settings.words(it);
        let article = procedure::article(&group.key, &reading, &settings.source_locale, &wanted, words);
        (Some(view(Modelled { article, reading: &reading, bitexts: &wanted })), remarks)
    }
}

/// Puts translations whose source is held by another article beside that one: renamed files, and
/// those given without the folders that would have told.
fn at_home(groups: Vec<Group>) -> Vec<Group> {
    let home = |index: usize, relation: Relation| match relation {
        Relation::SameSource { with } | Relation::OtherVersion { with } => with.group,
        _ => index,
    };
    let mut stays: Vec<Vec<_>> = groups.iter().map(|_| Vec::new()).collect();
    let mut moved = Vec::new();
    let mut heads: Vec<String> = Vec::with_capacity(groups.len());
    for (index, group) in groups.into_iter().enumerate() {
        heads.push(group.key);
        // A member that others are compared with keeps its number: it never moves, and those that
        // move are put behind.
        let (staying, moving): (Vec<_>, Vec<_>) =
            group.members.into_iter().map(|it| (home(index, it.relation), it)).partition(|(home, _)| *home == index);
        stays[index] = staying.into_iter().map(|(_, it)| it).collect();
        moved.extend(moving);
    }
    for (home, member) in moved {
        stays[home].push(member);
    }
    // Groups without members are dropped, and the others renumbered.
    let mut places = Vec::with_capacity(stays.len());
    let mut count = 0;
    for members in &stays {
        places.push(count);
        count += usize::from(!members.is_empty());
    }
    let mut all: Vec<Group> = Vec::with_capacity(count);
    for (key, mut members) in heads.into_iter().zip(stays) {
        for member in &mut members {
            if let Relation::SameSource { with } | Relation::OtherVersion { with } = &mut member.relation {
                *with = MemberId { group: places[with.group], member: with.member };
            }
        }
        if !members.is_empty() {
            all.push(Group { key, members });
        }
    }
    all
}
