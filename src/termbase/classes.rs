//! What a locale calls one label: its renderings, put together where they are one name.

use std::collections::BTreeMap;

use super::likeness::{Likeness, Name};
use crate::locale::LocaleData;

/// Renderings of a label that are one name.
#[derive(Clone, Debug)]
pub struct Class<'d, T> {
    /// The name, as it is written most often.
    pub shown: String,
    /// The same, to be compared.
    pub name: Name<'d>,
    /// Whether it can be the name of something on a screen; see [`Name::is_credible`].
    pub credible: bool,
    /// Whether the label is left as the source has it.
    pub untranslated: bool,
    /// Where it stands, in the order given.
    pub uses: Vec<T>,
}

/// So often the marks do not slide to the same words.
const OFTEN: usize = 3;

/// The spellings of one name, each with its places.
type Spellings<'t, T> = Vec<(&'t str, Vec<T>)>;

/// Puts the renderings of a label together, the most frequent name first.
pub fn classes<'d, 't, T>(
    label: &str,
    uses: impl IntoIterator<Item = (&'t str, T)>,
    data: Option<&'d LocaleData>,
) -> Vec<Class<'d, T>> {
    let mut texts: BTreeMap<&str, Vec<T>> = BTreeMap::new();
    for (text, place) in uses {
        texts.entry(text).or_default().push(place);
    }
    let mut spellings: BTreeMap<String, (Name<'d>, Spellings<'t, T>)> = BTreeMap::new();
    for (text, places) in texts {
        let name = Name::of(text, data);
        let known = spellings.entry(name.key().to_owned()).or_insert_with(|| (name, Vec::new()));
        known.1.push((text, places));
    }
    let mut names: Vec<(bool, usize, Name<'d>, Spellings<'t, T>)> = Vec::new();
    for (name, mut texts) in spellings.into_values() {
        texts.sort_by_key(|(_, places)| std::cmp::Reverse(places.len()));
        let credible = texts.first().is_some_and(|(text, _)| Name::is_credible(text, label, data));
        names.push((credible, texts.iter().map(|(_, places)| places.len()).sum(), name, texts));
    }
    // Words beside a label that are marked by mistake give no class their name.
    names.sort_by_key(|(credible, count, ..)| (!credible, std::cmp::Reverse(*count)));
    let own = Name::of(label, data);
    let mut found: Vec<Class<'d, T>> = Vec::new();
    for (credible, _, name, texts) in names {
        let Some(shown) = texts.first().map(|(text, _)| (*text).to_owned()) else { continue };
        let untranslated = name.likeness(&own) == Likeness::Same;
        let akin =
            |it: &&mut Class<'d, T>| it.untranslated == untranslated && it.name.likeness(&name) != Likeness::Other;
        let uses = texts.into_iter().flat_map(|(_, places)| places);
        match found.iter_mut().find(akin) {
            Some(class) => class.uses.extend(uses),
            None => {
                let credible = untranslated || credible;
                found.push(Class { shown, name, credible, untranslated, uses: uses.collect() });
            }
        }
    }
    // What is said again and again is a name, however odd.
    for class in found.iter_mut().filter(|it| it.uses.len() >= OFTEN) {
        class.credible |= !data.is_some_and(|data| data.cannot_be_label(&class.shown));
    }
    found.sort_by_key(|it| (!it.credible, std::cmp::Reverse(it.uses.len()), it.untranslated));
    found
}

/// What stands in brackets behind a label that is left as it is: its translation.
pub(super) fn gloss<'t>(text: &'t str, label: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(label)?;
    let rest = rest.trim_start_matches(|it: char| it.is_whitespace() || matches!(it, ']' | '］' | '*' | '\\'));
    let inside = rest.strip_prefix(['(', '（'])?.split([')', '）']).next()?.trim();
    inside.contains(char::is_alphabetic).then_some(inside)
}

/// The rendering in a text that gives the label with it: `Save (Speichern)`.
pub(super) fn without_gloss<'t>(text: &'t str, label: &str) -> &'t str {
    let Some((one, rest)) = text.split_once(['(', '（']) else { return text };
    let (one, other) = (one.trim(), rest.trim_end_matches([')', '）']).trim());
    let bare = |it: &str| it.trim_matches(|it: char| !it.is_alphanumeric()).to_lowercase();
    let label = bare(label);
    match () {
        () if one.is_empty() || other.is_empty() => text,
        () if bare(one) == label => other,
        () if bare(other) == label => one,
        () => text,
    }
}
