//! Which language a text is in: script first, language second.

use whatlang::{Detector, Lang};

use super::profile::letter_runs;
use super::{Locale, LocaleData, Profile, Script, matches, profile, supported};

/// A language and whether a finding may rest on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identified {
    /// The language, with its script where that tells two apart.
    pub locale: Locale,
    /// Whether there was enough text and no contradiction.
    pub reliable: bool,
}

/// The language of `text`, or `None` where there is too little evidence.
pub fn identify(text: &str) -> Option<Identified> {
    decide(text, &[])
}

/// The language of `text` for certain, where it is none of `expected`: what [`identify`] says, found
/// without the detector where the text is plainly in one of them.
pub fn identify_other(text: &str, expected: &[&Locale]) -> Option<Locale> {
    let found = decide(text, expected).filter(|found| found.reliable)?.locale;
    (!expected.iter().any(|locale| matches(locale, &found))).then_some(found)
}

fn decide(text: &str, expected: &[&Locale]) -> Option<Identified> {
    let profile = profile(text);
    // A syllable or a Chinese character weighs about three letters.
    let east = profile.han + profile.kana + profile.hangul;
    if east > 0 && east * 3 >= profile.latin + profile.cyrillic {
        return eastern(text, &profile, east * 2 >= profile.latin && east >= 4);
    }
    if profile.cyrillic > profile.latin {
        return alphabetic(text, Script::Cyrillic, profile.cyrillic, expected);
    }
    if profile.latin > profile.other { alphabetic(text, Script::Latin, profile.latin, expected) } else { None }
}

/// Kana and hangul name their language; Han is told by the characters only one locale uses.
fn eastern(text: &str, profile: &Profile, reliable: bool) -> Option<Identified> {
    let telling = match () {
        () if profile.kana > 0 && profile.kana * 8 >= profile.han => Script::Hiragana,
        () if profile.hangul > profile.han => Script::Hangul,
        () => Script::Han,
    };
    if telling != Script::Han {
        let (locale, _) = supported().find(|(_, data)| data.scripts.contains(&telling))?;
        return Some(Identified { locale, reliable });
    }
    let mut scores: Vec<(usize, Locale)> = supported()
        .filter(|(_, data)| !data.distinct_characters.is_empty())
        .map(|(locale, data)| (text.chars().filter(|it| data.distinct_characters.contains(*it)).count(), locale))
        .collect();
    scores.sort_by_key(|it| std::cmp::Reverse(it.0));
    let second = scores.get(1).map_or(0, |it| it.0);
    let (best, locale) = scores.into_iter().next()?;
    // Short labels in Chinese characters alone may be Japanese.
    (best > second).then(|| Identified { locale, reliable: reliable && best >= 2 * second + 2 && profile.han >= 8 })
}

/// How many words are function words of this language alone. A word comes with what is elided at
/// its start: `l'` of `l'article`.
fn evidence(words: &[(&str, Option<String>)], data: &LocaleData) -> usize {
    let owns = |word: &str| data.function_words.contains(word);
    words.iter().filter(|(word, elided)| owns(word) || elided.as_deref().is_some_and(owns)).count()
}

/// Function words decide, and the detector speaks where they are silent or agree.
fn alphabetic(text: &str, script: Script, letters: u32, expected: &[&Locale]) -> Option<Identified> {
    let elided = |word: &str| word.find(['\'', '’']).map(|at| format!("{}'", &word[..at]));
    let words: Vec<_> = letter_runs(text).map(|range| &text[range]).map(|word| (word, elided(word))).collect();
    let mut scores: Vec<(usize, Locale, &LocaleData)> = supported()
        .filter(|(_, data)| data.scripts.contains(&script))
        .map(|(locale, data)| (evidence(&words, data), locale, data))
        .collect();
    scores.sort_by_key(|it| std::cmp::Reverse(it.0));
    let second = scores.get(1).map_or(0, |it| it.0);
    let (best, locale, data) = scores.first()?;
    if *best > 0 && expected.iter().any(|it| matches(it, locale)) {
        // Below, another language is reliable only where there is no function word at all.
        return None;
    }
    let silent = *best < 2 || *best < 2 * second;
    if script == Script::Latin && !silent && *best >= 3 {
        // The detector could not change this, and it is slow.
        return Some(Identified { locale: locale.clone(), reliable: true });
    }
    let detected = Detector::with_denylist(vec![Lang::Lat, Lang::Epo]).detect(text);
    let agrees = detected.as_ref().is_some_and(|it| it.lang().code() == data.iso_639_3);
    // A Cyrillic text shares its small words with its neighbours, so the detector has the say there.
    let outvoted = script == Script::Cyrillic && detected.as_ref().is_some_and(|it| it.is_reliable()) && !agrees;
    if !silent && !outvoted {
        return Some(Identified { locale: locale.clone(), reliable: *best >= 3 || agrees });
    }
    if *best > second && (agrees || letters < 40) && !outvoted {
        return Some(Identified { locale: locale.clone(), reliable: agrees && letters >= 20 });
    }
    let info = detected.filter(|it| it.is_reliable() && letters >= 20)?;
    let known = scores.iter().find(|(_, _, data)| data.iso_639_3 == info.lang().code());
    let locale = match known {
        Some((_, locale, _)) => locale.clone(),
        None => Locale::parse(info.lang().code())?,
    };
    // Without a single function word a list of names looks like any language.
    Some(Identified { locale, reliable: letters >= 60 && *best == 0 && known.is_none() })
}
