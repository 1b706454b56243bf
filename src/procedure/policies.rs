//! What holds: the policies that the source of an article states, each with the words that prove it.
//!
//! | file | holds |
//! |---|---|
//! | `spots` | segments with the headings, lead-ins and table headers they stand under |
//! | `clause` | one sentence with its quantities, cues and the marks of what it is about |
//! | `subject` | what a sentence is said of |
//! | `time` | sentence → window, point, recurrence |
//! | `frames`, `parts` | sentence → policies |
//! | `examples` | what worked examples and names of windows add |
//! | `duty` | cues → modality |
//! | `locales` | duties that translations state otherwise |
//! | `gates` | procedures, as far as policies are held against them |
//! | `stated` | a policy as it is kept to be compared |
//! | `short` | a policy in a few words |
//! | `window`, `conflicts`, `rules`, `pairs`, `soft`, `leave` | two of them that cannot both hold |

mod clause;
mod conflicts;
mod frames;
mod duty;
mod examples;
mod gates;
mod leave;
mod locales;
mod pairs;
mod parts;
mod rules;
mod short;
mod soft;
mod spots;
mod stated;
mod subject;
mod time;
mod window;

pub use conflicts::{Conflict, Gravity, conflicts, outdated, scopes};
pub use short::{shorthand, values};
pub use stated::{Kept, Stated};
pub use window::hours;

use std::collections::HashMap;

use clause::{Read, Reader};

use super::model::{Policy, Scope};
use super::outline::Outline;
use super::reading::Reading;
use crate::bitext::Bitext;
use crate::locale::{Locale, Words};

/// The policies that the source of an article states, in order of place; empty where its language
/// has no words for them. `words` are those of the language, with what the settings change.
pub fn policies(key: &str, outline: &Outline<'_>, locale: &Locale, words: &Words) -> Vec<Stated> {
    let Some(reader) = Reader::new(outline, locale, words) else { return Vec::new() };
    let mut stated: Vec<Stated> = Vec::new();
    for spot in spots::spots(outline) {
        let Some(read) = reader.read(&spot) else { continue };
        let from = stated.len();
        for clause in read.clauses() {
            frames::frames(&reader, &read, &clause, &mut stated);
        }
        // What a worked example shows is part of what it is an example of.
        for at in from..stated.len() {
            examples::from_example(&mut stated, at);
        }
    }
    examples::resolve(&mut stated);
    gates::gates(&reader, &mut stated);
    stated.iter_mut().for_each(|it| it.name(key));
    stated
}

/// What an article as a whole holds for: one market, one system.
pub fn scope(outline: &Outline<'_>, locale: &Locale, words: &Words) -> Scope {
    Reader::new(outline, locale, words).map(|it| it.scope()).unwrap_or_default()
}

/// The policies of an article as its model has them, with the duties that translations state
/// otherwise.
pub(super) fn published<'w>(
    key: &str,
    reading: &Reading<'_>,
    locale: &Locale,
    bitexts: &[&Bitext<'_>],
    words: impl Fn(&Locale) -> &'w Words,
) -> Vec<Policy> {
    let mut stated = policies(key, &reading.outline, locale, words(locale));
    stated.retain(|it| it.kept != Kept::Procedure);
    for bitext in bitexts {
        locales::differing(&mut stated, reading.document, bitext, words(&bitext.target.locale));
    }
    let mut policies: Vec<Policy> = stated.into_iter().map(|it| it.policy).collect();
    // One sentence may state two of a kind: "from 60 to 30 days".
    let mut times: HashMap<String, u32> = HashMap::new();
    for policy in &mut policies {
        let again = times.entry(policy.id.clone()).or_default();
        *again += 1;
        if *again > 1 {
            policy.id.push_str(&format!("-{again}"));
        }
    }
    policies
}

impl Read<'_, '_> {
    /// Whether something in it is worth a second look.
    fn is_of_interest(&self) -> bool {
        use crate::locale::Sort;
        self.marks.iter().any(|it| matches!(it.sort, Sort::Action | Sort::Term | Sort::Consequence))
    }
}
