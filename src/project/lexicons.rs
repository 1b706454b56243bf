//! Learns the lexicons of a run: one for each locale that some article has to be aligned in. Read
//! once more for it are as many articles as teach enough, and no more than that.

use rayon::prelude::*;

use super::open::read;
use super::{Group, Member, MemberId, Relation, Unsaved};
use crate::bitext::{Lesson, Lexicons, learn};
use crate::locale::Locale;

/// Bytes of target text after which more of it teaches little more.
const ENOUGH: u64 = 3 << 20;

/// The lexicons for these of all groups. Articles of all groups teach, so that an article
/// is aligned alike whether or not the others are asked for.
pub(super) fn lexicons<'g>(
    groups: &[Group],
    chosen: impl IntoIterator<Item = &'g Group>,
    is_wanted: &dyn Fn(&Locale) -> bool,
    unsaved: &Unsaved,
) -> Lexicons {
    let members = chosen.into_iter().flat_map(|group| &group.members);
    let members = members.filter(|member| is_aligned(member) && is_wanted(&member.locale));
    let mut locales: Vec<&Locale> = members.map(|member| &member.locale).collect();
    locales.sort();
    locales.dedup();
    let learned = locales.into_iter().filter_map(|locale| {
        let lessons = lessons(groups, locale, unsaved);
        // One article alone learns from itself when it is aligned.
        (lessons.len() > 1).then(|| (locale.clone(), learn(&lessons)))
    });
    learned.collect()
}

fn is_aligned(member: &Member) -> bool {
    matches!(member.relation, Relation::SameVersion | Relation::SameSource { .. } | Relation::OtherVersion { .. })
}

fn lessons(groups: &[Group], locale: &Locale, unsaved: &Unsaved) -> Vec<Lesson> {
    let teachers: Vec<(MemberId, MemberId)> = (0..groups.len())
        .flat_map(|group| (0..groups[group].members.len()).map(move |member| MemberId { group, member }))
        .filter(|&id| groups[id.group].members[id.member].locale == *locale)
        .filter_map(|id| Some((source_of(groups, id)?, id)))
        .collect();
    let size = |id: MemberId| groups[id.group].members[id.member].found.size;
    let all: u64 = teachers.iter().map(|it| size(it.1)).sum();
    // Where there is more than enough, every so many bytes an article is taken.
    let mut bytes = 0;
    let taken = teachers.into_iter().filter(|it| {
        let before = bytes;
        bytes += size(it.1);
        all <= ENOUGH || before * ENOUGH / all / (64 << 10) != bytes * ENOUGH / all / (64 << 10)
    });
    let document = |id: MemberId| read(&groups[id.group].members[id.member], unsaved).ok();
    let lesson = |(source, target): (MemberId, MemberId)| {
        let target_document = document(target)?;
        if source == target {
            return Some(Lesson::embedded(&target_document));
        }
        Some(Lesson::of(&document(source)?, &target_document))
    };
    taken.collect::<Vec<_>>().into_par_iter().filter_map(lesson).collect()
}

/// Where the source of an article is: in itself, where it is bilingual.
fn source_of(groups: &[Group], id: MemberId) -> Option<MemberId> {
    let group = &groups[id.group];
    match group.members[id.member].relation {
        Relation::Own => Some(id),
        Relation::SameVersion => {
            let member = group.members.iter().position(|it| it.relation == Relation::Source)?;
            Some(MemberId { group: id.group, member })
        }
        Relation::SameSource { with } | Relation::OtherVersion { with } => Some(with),
        Relation::Source | Relation::Alone => None,
    }
}
