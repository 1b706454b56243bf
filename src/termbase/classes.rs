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

/// The spellings of one name, each with its places.
type Spellings<T> = Vec<(String, Vec<T>)>;

/// Puts the renderings of a label together, the most frequent name first.
pub fn classes<'d, T>(
    label: &str,
    uses: impl IntoIterator<Item = (String, T)>,
    data: Option<&'d LocaleData>,
) -> Vec<Class<'d, T>> {
    let mut spellings: BTreeMap<String, BTreeMap<String, Vec<T>>> = BTreeMap::new();
    for (text, place) in uses {
        let key = Name::of(&text, data).key().to_owned();
        spellings.entry(key).or_default().entry(text).or_default().push(place);
    }
    let mut names: Vec<(usize, Spellings<T>)> = Vec::new();
    for texts in spellings.into_values() {
        let mut texts: Spellings<T> = texts.into_iter().collect();
        texts.sort_by_key(|(_, places)| std::cmp::Reverse(places.len()));
        names.push((texts.iter().map(|(_, places)| places.len()).sum(), texts));
    }
    // Words beside a label that are marked by mistake give no class their name.
    let rank = |(count, texts): &(usize, Spellings<T>)| {
        let credible = texts.first().is_some_and(|(text, _)| Name::is_credible(text, label, data));
        (!credible, std::cmp::Reverse(*count))
    };
    names.sort_by_key(rank);
    let own = Name::of(label, data);
    let mut found: Vec<Class<'d, T>> = Vec::new();
    for (_, texts) in names {
        let Some(shown) = texts.first().map(|(text, _)| text.clone()) else { continue };
        let name = Name::of(&shown, data);
        let untranslated = name.likeness(&own) == Likeness::Same;
        let akin =
            |it: &&mut Class<'d, T>| it.untranslated == untranslated && it.name.likeness(&name) != Likeness::Other;
        let places = texts.into_iter().flat_map(|(_, places)| places);
        match found.iter_mut().find(akin) {
            Some(class) => class.uses.extend(places),
            None => {
                let credible = untranslated || Name::is_credible(&shown, label, data);
                found.push(Class { shown, name, credible, untranslated, uses: places.collect() });
            }
        }
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
