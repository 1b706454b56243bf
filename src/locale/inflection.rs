//! How the words of a language change: enough to know a term again in a sentence.

use serde::{Deserialize, Deserializer};

/// What is known of the forms of nouns and adjectives.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Inflection {
    /// Sets of endings that one word may have: `- s es | y ies`, where `-` is none.
    #[serde(deserialize_with = "paradigms")]
    pub paradigms: Vec<Vec<String>>,
    /// Letters inside of a word that are others in some of its forms: `äa` for `Platz`, `Plätze`.
    #[serde(deserialize_with = "super::typography::pairs")]
    pub alternations: Vec<(char, char)>,
    /// Whether nouns are put together without a space.
    pub compounds: bool,
    /// Whether endings tell so little that a form may be missed.
    pub changes_stems: bool,
}

/// A shorter stem is a word by itself.
const MIN_STEM: usize = 3;
/// So much of a word has to be the stem of both forms, in percent.
const MIN_SHARED: usize = 60;
/// An ending that no paradigm has is not longer than this.
const MAX_ENDING: usize = 4;

impl Inflection {
    /// Whether two words, both in lower case, are forms of one by a paradigm.
    pub fn are_forms(&self, one: &str, other: &str) -> bool {
        if self.have_endings(one, other) {
            return true;
        }
        let is_either = |it: char| self.alternations.iter().any(|(a, b)| it == *a || it == *b);
        one.chars().skip(1).any(is_either) && self.have_endings(&self.levelled(one), &self.levelled(other))
    }

    /// A word without what alternates.
    fn levelled(&self, word: &str) -> String {
        let level = |it: char| self.alternations.iter().find(|(one, _)| *one == it).map_or(it, |(_, other)| *other);
        word.chars().map(level).collect()
    }

    fn have_endings(&self, one: &str, other: &str) -> bool {
        one == other
            || self.paradigms.iter().any(|endings| {
                let stems = endings.iter().filter_map(|it| one.strip_suffix(it.as_str()));
                let mut stems = stems.filter(|stem| stem.chars().count() >= MIN_STEM);
                stems.any(|stem| other.strip_prefix(stem).is_some_and(|rest| endings.iter().any(|it| it == rest)))
            })
    }

    /// What the forms of a word begin with, as far as paradigms and alternations tell.
    pub fn stems(&self, word: &str) -> Vec<String> {
        let endings = self.paradigms.iter().flatten();
        let stems = endings.filter_map(|it| word.strip_suffix(it.as_str()));
        let stems = stems.filter(|stem| stem.chars().count() >= MIN_STEM);
        let stem = stems.min_by_key(|stem| stem.len()).unwrap_or(word);
        let mut found = vec![stem.to_owned()];
        for (at, letter) in stem.char_indices().skip(1) {
            let others = self.alternations.iter().filter_map(|&(a, b)| match letter {
                it if it == a => Some(b),
                it if it == b => Some(a),
                _ => None,
            });
            let rest = &stem[at + letter.len_utf8()..];
            found.extend(others.map(|other| format!("{}{other}{rest}", &stem[..at])));
        }
        found
    }

    /// Whether two words begin alike so far that they may be forms of one, in a language that has
    /// forms.
    pub fn may_be_forms(&self, one: &str, other: &str) -> bool {
        if self.paradigms.is_empty() {
            return self.are_forms(one, other);
        }
        let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
        let (first, second) = (one.chars().count(), other.chars().count());
        let (short, long) = (first.min(second), first.max(second));
        shared > MIN_STEM && shared * 100 >= long * MIN_SHARED && long - shared <= MAX_ENDING && short > MIN_STEM
    }
}

/// `- s es | y ies`
fn paradigms<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Vec<String>>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let ending = |it: &str| if it == "-" { String::new() } else { it.to_owned() };
    Ok(text.split('|').map(|it| it.split_whitespace().map(ending).collect()).collect())
}

#[cfg(test)]
mod tests {
    use crate::locale::Locale;

    #[track_caller]
    fn check(tag: &str, one: &str, other: &str, expected: bool) {
        let locale = Locale::parse(tag).unwrap();
        let inflection = &locale.data().unwrap().inflection;
        assert_eq!(inflection.are_forms(one, other), expected, "{one} / {other}");
        let begins = inflection.stems(one).iter().any(|stem| other.starts_with(stem.as_str()));
        assert!(!expected || begins, "{one} / {other}");
    }

    #[test]
    fn endings_make_forms() {
        check("en", "policy", "policies", true);
        check("en", "seat", "seats", true);
        check("en", "part", "party", false);
        check("de", "abonnement", "abonnements", true);
        check("de", "konto", "konten", true);
        check("de", "platz", "plätze", true);
        check("de", "verträgen", "vertrag", true);
        check("fr", "canal", "canaux", true);
        check("es", "suscripción", "suscripciones", true);
        check("ru", "подписка", "подписок", true);
        check("ru", "лицензия", "лицензией", true);
        check("ru", "подписка", "надписка", false);
    }

    #[test]
    fn a_form_that_no_paradigm_has_begins_alike() {
        let german = Locale::parse("de").unwrap();
        let inflection = &german.data().unwrap().inflection;
        assert!(inflection.may_be_forms("vertrag", "verträge"));
        assert!(!inflection.may_be_forms("anmeldung", "abmeldung"));
        assert!(!inflection.may_be_forms("konto", "kontakt"));
    }
}
