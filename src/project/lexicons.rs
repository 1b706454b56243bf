//! Learns the lexicons of a run: one for each locale that some article has to be aligned in. Read
//! once more for it are as many articles as teach enough, and no more than that.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;

use super::open::read;
use super::{Group, Member, MemberId, Relation, Unsaved};
use crate::bitext::{Lesson, Lexicons, learn};
use crate::locale::Locale;

/// Bytes of source text after which more of it teaches little more: about a hundred articles.
const ENOUGH: u64 = 640 << 10;

/// The lexicons for these of all groups. Articles of all groups teach, so that an article
/// is aligned alike whether or not the others are asked for.
pub(super) fn lexicons<'g>(
    groups: &[Group],
    chosen: impl IntoIterator<Item = &'g Group>,
    is_wanted: &dyn Fn(&Locale) -> bool,
    unsaved: &Unsaved,
) -> Lexicons {
    let learned = aligned(chosen, is_wanted).into_iter().filter_map(|locale| {
        let lessons = lessons(groups, locale, unsaved);
        // One article alone learns from itself when it is aligned.
        (lessons.len() > 1).then(|| (locale.clone(), learn(&lessons)))
    });
    learned.collect()
}

/// The locales in which some article of these has to be aligned, in order.
pub(super) fn aligned<'g>(
    chosen: impl IntoIterator<Item = &'g Group>,
    is_wanted: &dyn Fn(&Locale) -> bool,
) -> Vec<&'g Locale> {
    let members = chosen.into_iter().flat_map(|group| &group.members);
    let members = members.filter(|member| is_aligned(member) && is_wanted(&member.locale));
    let mut locales: Vec<&Locale> = members.map(|member| &member.locale).collect();
    locales.sort();
    locales.dedup();
    locales
}

fn is_aligned(member: &Member) -> bool {
    matches!(member.relation, Relation::SameVersion | Relation::SameSource { .. } | Relation::OtherVersion { .. })
}

/// The articles that teach, each with its source, in order.
pub(super) fn teachers(groups: &[Group], locale: &Locale) -> Vec<(MemberId, MemberId)> {
    let teachers: Vec<(MemberId, MemberId)> = (0..groups.len())
        .flat_map(|group| (0..groups[group].members.len()).map(move |member| MemberId { group, member }))
        .filter(|&id| groups[id.group].members[id.member].locale == *locale)
        .filter_map(|id| Some((source_of(groups, id)?, id)))
        .collect();
    // A bilingual article is about three times as long as its source.
    let size = |&(source, target): &(MemberId, MemberId)| {
        let bytes = groups[source.group].members[source.member].found.size;
        if source == target { bytes / 3 } else { bytes }
    };
    let all: u64 = teachers.iter().map(size).sum();
    // Where there is more than enough, some are taken from everywhere, as many as are enough.
    let (mut seen, mut taken) = (0, 0);
    let teachers = teachers.into_iter().filter(|it| {
        let wanted = all <= ENOUGH || taken * all <= seen * ENOUGH;
        seen += size(it);
        taken += if wanted { size(it) } else { 0 };
        wanted
    });
    teachers.collect()
}

fn lessons(groups: &[Group], locale: &Locale, unsaved: &Unsaved) -> Vec<Lesson> {
    let document = |id: MemberId| read(&groups[id.group].members[id.member], unsaved).ok();
    let teach = |(source, target): (MemberId, MemberId)| {
        let target_document = document(target)?;
        if source == target {
            return Some(Lesson::embedded(&target_document));
        }
        Some(Lesson::of(&document(source)?, &target_document))
    };
    // What hexapla fails on is left out here, and reported where it is aligned.
    let lesson = |ids: (MemberId, MemberId)| catch_unwind(AssertUnwindSafe(|| teach(ids))).ok().flatten();
    teachers(groups, locale).into_par_iter().filter_map(lesson).collect()
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
