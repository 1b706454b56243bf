//! What the findings of an article depend on, hashed: the program, the settings with the files that
//! they name, the bytes of the article in all its locales and of what it is compared with, how these
//! belong together, what is recorded of them, and what alignment learned from other articles. What
//! git was asked is not in the key, because it is known only afterwards whether it was.

use std::collections::BTreeMap;
use std::path::Path;

use super::contents::{self, Contents, Hash};
use crate::config::Settings;
use crate::locale::Locale;
use crate::project::fields::Fields;
use crate::project::lexicons::{aligned, teachers};
use crate::project::{Group, History, Member, MemberId, Relation, Unsaved};

/// What an entry is found by.
pub(in crate::project) type Key = Hash;

/// Names the keys of a run.
pub(in crate::project) struct Keys<'a> {
    groups: &'a [Group],
    settings: &'a Settings,
    unsaved: &'a Unsaved,
    history: &'a History,
    contents: &'a Contents,
    /// What all findings depend on.
    common: Key,
    /// What each lexicon of the run is learned from; `None` where that cannot be read.
    lexicons: BTreeMap<Locale, Option<Key>>,
}

/// Fields of something of this kind.
fn fields(kind: &str) -> Fields {
    let mut fields = Fields::default();
    fields.put(kind.as_bytes());
    fields
}

impl<'a> Keys<'a> {
    pub(in crate::project) fn new(
        (groups, chosen): (&'a [Group], &[usize]),
        locales: &[Locale],
        settings: &'a Settings,
        unsaved: &'a Unsaved,
        history: &'a History,
        contents: &'a Contents,
    ) -> Self {
        let mut common = fields("hexapla");
        common.put(concat!(env!("CARGO_PKG_VERSION"), " ", env!("HEXAPLA_BUILD")).as_bytes());
        common.put(settings.identity().as_bytes());
        common.put(&settings.bases.hash);
        locales.iter().for_each(|it| common.put(it.tag().as_bytes()));
        let lexicons = BTreeMap::new();
        let mut keys =
            Keys { groups, settings, unsaved, history, contents, common: *common.sum().as_bytes(), lexicons };
        let locales = aligned(chosen.iter().map(|&index| &groups[index]), &|_| true);
        keys.lexicons = locales.into_iter().map(|it| (it.clone(), keys.lexicon(it, false))).collect();
        keys
    }

    /// The key of a group; `None` where a file cannot be read. `anew` reads all files, whatever is
    /// known of them.
    pub(in crate::project) fn group(&self, index: usize, anew: bool) -> Option<Key> {
        let group = &self.groups[index];
        let mut fields = fields("article");
        fields.put(&self.common);
        fields.put(group.key.as_bytes());
        for member in &group.members {
            self.put_member(member, &mut fields, anew)?;
            let recorded = self.history.recorded(&self.settings.relative(&member.found.path));
            fields.put(format!("{recorded:?}").as_bytes());
            let with = |id: MemberId| &self.groups[id.group].members[id.member];
            let (relation, with) = match member.relation {
                Relation::Own => ("own", None),
                Relation::Source => ("source", None),
                Relation::SameVersion => ("same version", None),
                Relation::SameSource { with: id } => ("same source", Some(with(id))),
                Relation::OtherVersion { with: id } => ("other version", Some(with(id))),
                Relation::Alone => ("alone", None),
            };
            fields.put(relation.as_bytes());
            if let Some(with) = with {
                self.put_member(with, &mut fields, anew)?;
            }
            if let Some(lexicon) = self.lexicons.get(&member.locale) {
                fields.put(&(*lexicon)?);
            }
        }
        Some(*fields.sum().as_bytes())
    }

    /// Whether what these lexicons are learned from is still what their keys say.
    pub(in crate::project) fn has_learned(&self, is_wanted: &dyn Fn(&Locale) -> bool) -> bool {
        self.lexicons.keys().filter(|it| is_wanted(it)).all(|it| self.lexicons[it] == self.lexicon(it, true))
    }

    /// Whether git may be asked what a translation of the group was made from.
    pub(in crate::project) fn may_ask_git(&self, index: usize) -> bool {
        let asks = |it: &Member| matches!(it.relation, Relation::SameVersion | Relation::OtherVersion { .. });
        self.groups[index].members.iter().any(asks)
    }

    /// The name of what is kept of these groups together.
    pub(in crate::project) fn slot(&self, kind: &str, chosen: &[usize]) -> Key {
        let mut fields = fields(kind);
        fields.put(&self.common);
        let members = chosen.iter().flat_map(|&index| &self.groups[index].members);
        members.for_each(|it| fields.put(it.found.path.as_bytes()));
        *fields.sum().as_bytes()
    }

    /// The key of what is made of all these.
    pub(in crate::project) fn all(&self, keys: impl IntoIterator<Item = Option<Key>>) -> Option<Key> {
        let mut fields = fields("all");
        fields.put(&self.common);
        for key in keys {
            fields.put(&key?);
        }
        Some(*fields.sum().as_bytes())
    }

    fn lexicon(&self, locale: &Locale, anew: bool) -> Option<Key> {
        let mut fields = fields("lexicon");
        for (source, target) in teachers(self.groups, locale) {
            for id in [source, target] {
                self.put_member(&self.groups[id.group].members[id.member], &mut fields, anew)?;
            }
        }
        Some(*fields.sum().as_bytes())
    }

    fn put_member(&self, member: &Member, fields: &mut Fields, anew: bool) -> Option<()> {
        let found = &member.found;
        fields.put(found.path.as_bytes());
        fields.put(found.on_disk.as_os_str().as_encoded_bytes());
        // The past of a link is that of the file it leads to.
        fields.put(self.contents.real(&found.on_disk).as_os_str().as_encoded_bytes());
        fields.put(member.locale.tag().as_bytes());
        fields.put(format!("{:?} {:?}", found.format, found.problem).as_bytes());
        if let Some(text) = self.unsaved.get(&*found.path) {
            fields.put(blake3::hash(text.as_bytes()).as_bytes());
        } else if found.problem.is_none() {
            fields.put(&self.hash(&found.on_disk, anew)?);
        }
        Some(())
    }

    fn hash(&self, path: &Path, anew: bool) -> Option<Hash> {
        if anew { contents::fresh(path) } else { self.contents.hash(path) }
    }
}
