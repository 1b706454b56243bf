//! Opens a group: reads its articles, and finds the document that each is compared with.

use std::collections::BTreeMap;

use super::{Group, History, Member, MemberId, Problem, Relation, Unsaved};
use crate::bitext;
use crate::config::Settings;
use crate::document::{self, Document};
use crate::lint::Article;
use crate::text::Source;

/// A group with its documents.
#[derive(Default)]
pub(super) struct Opened {
    /// The documents of the group, and behind them those that are only compared with.
    pub documents: Vec<Document>,
    /// The articles of the group that could be read.
    pub articles: Vec<Article>,
    /// How articles were paired, where that is not plain from their paths.
    pub notes: Vec<String>,
    /// Articles that could not be read.
    pub refused: Vec<Refused>,
    /// Whether git was asked what a translation was made from.
    pub asked_git: bool,
}

/// An article that cannot be read.
pub(super) struct Refused {
    pub path: String,
    pub too_large: bool,
    pub why: String,
}

impl Refused {
    /// The words for a person.
    pub(super) fn fault(&self) -> String {
        format!("{}: {}", self.path, self.why)
    }
}

/// Opens a group; with what its translations were made from, where the history is asked.
pub(super) fn open(
    groups: &[Group],
    group: &Group,
    settings: &Settings,
    unsaved: &Unsaved,
    history: Option<&History>,
) -> Opened {
    let mut opened = Opened::default();
    let mut documents: Vec<Document> = Vec::with_capacity(group.members.len());
    // The document of each member, where it could be read.
    let mut places: Vec<Option<usize>> = Vec::with_capacity(group.members.len());
    for member in &group.members {
        places.push(match read(member, unsaved) {
            Ok(document) => {
                documents.push(document);
                Some(documents.len() - 1)
            }
            Err(refused) => {
                opened.refused.push(refused);
                None
            }
        });
    }
    let home = group.members.iter().position(|member| member.relation == Relation::Source);
    let home = home.and_then(|member| Some((&*group.members[member].found.on_disk, places[member]?)));
    let source = home.map(|(_, source)| source);
    let mut elsewhere: BTreeMap<MemberId, Option<usize>> = BTreeMap::new();
    let mut partner = |id: MemberId, documents: &mut Vec<Document>| -> Option<usize> {
        let other = &groups[id.group];
        if std::ptr::eq(other, group) {
            return places[id.member];
        }
        *elsewhere.entry(id).or_insert_with(|| {
            let document = read(&other.members[id.member], unsaved).ok()?;
            documents.push(document);
            Some(documents.len() - 1)
        })
    };
    for (index, member) in group.members.iter().enumerate() {
        let Some(document) = places[index] else { continue };
        let path = &member.found.path;
        let with = |id: MemberId| &groups[id.group].members[id.member].found.path;
        let source = match member.relation {
            Relation::Own => Some((source.unwrap_or(document), bitext::Relation::Own)),
            Relation::SameVersion => source.map(|source| (source, bitext::Relation::SameVersion)),
            Relation::SameSource { with: id } => {
                opened.notes.push(format!("{path} is compared with the source recovered from {}", with(id)));
                partner(id, &mut documents).map(|source| (source, bitext::Relation::SameSource))
            }
            Relation::OtherVersion { with: id } => {
                opened.notes.push(format!("{path} is compared with {}, which is another version", with(id)));
                partner(id, &mut documents).map(|source| (source, bitext::Relation::OtherVersion))
            }
            Relation::Source => None,
            Relation::Alone => {
                document::commented_source(&documents[document], &settings.source_locale).map(|source| {
                    opened.notes.push(format!("{path} is compared with the source in its comments"));
                    documents.push(source);
                    (documents.len() - 1, bitext::Relation::Comments)
                })
            }
        };
        let basis = match (source, home, history) {
            (
                Some((from, bitext::Relation::SameVersion | bitext::Relation::OtherVersion)),
                Some(home),
                Some(history),
            ) if from == home.1 => {
                let source = (&documents[from], home.0);
                opened.asked_git |= history.asks_git(&documents[document], settings);
                history.basis(source, (&documents[document], &member.found.on_disk), settings)
            }
            _ => None,
        };
        opened.articles.push(Article { document, source, basis });
    }
    opened.documents = documents;
    opened
}

/// Reads one article.
pub(super) fn read(member: &Member, unsaved: &Unsaved) -> Result<Document, Refused> {
    let found = &member.found;
    let refused = |too_large, why| Refused { path: found.path.to_string(), too_large, why };
    let source = match unsaved.get(&*found.path) {
        Some(text) => Source::from_bytes(text.clone().into_bytes()),
        None => match &found.problem {
            Some(Problem::TooLarge) => {
                let most = crate::text::MAX_SOURCE_BYTES >> 20;
                return Err(refused(true, format!("the article is larger than {most} MiB; it was not read")));
            }
            Some(Problem::Unreadable(why)) => {
                return Err(refused(false, format!("the article cannot be read: {why}")));
            }
            None => super::load(&found.on_disk)
                .map_err(|error| refused(false, format!("the article cannot be read: {error}")))?,
        },
    };
    Ok(document::read(found.path.clone(), member.locale.clone(), found.format, source))
}
