//! Groups of articles → their models: opens a group, reads and aligns it, drops it.

use super::batches::in_batches;
use super::lexicons::lexicons;
use super::open::{Refused, open};
use super::{Group, MemberId, Relation, Remarks, Unsaved};
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
    let groups = at_home(groups);
    let unsaved = Unsaved::new();
    let lexicons = lexicons(&groups, &groups, is_wanted, &unsaved);
    let work = |group: &Group| {
        let (article, said) = of_group(&groups, group, settings, is_wanted, &lexicons, &unsaved);
        (article.map(view), said)
    };
    let mut remarks = in_batches(&groups, work, emit)?;
    remarks.notes.sort();
    Ok(remarks)
}

fn of_group(
    groups: &[Group],
    group: &Group,
    settings: &Settings,
    is_wanted: &dyn Fn(&Locale) -> bool,
    lexicons: &Lexicons,
    unsaved: &Unsaved,
) -> (Option<ArticleModel>, Remarks) {
    let opened = open(groups, group, settings, unsaved, None);
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
    (Some(procedure::article(&group.key, reading, &settings.source_locale, &wanted, |it| settings.words(it))), remarks)
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
