//! Whether two renderings are one name: case, particles, brackets and inflection are no difference
//! to a reader who looks for a label on the screen.

use crate::locale::{LocaleData, Script};
use crate::text::{is_letter, is_letter_or_digit};

/// A rendering, ready to be compared with others of its locale.
#[derive(Clone, Debug)]
pub struct Name<'d> {
    folded: String,
    words: Vec<String>,
    /// From the first word that is no word of grammar to the last.
    core: String,
    capital: bool,
    data: Option<&'d LocaleData>,
}

/// What two renderings have to do with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// They differ in nothing but case and signs.
    Same,
    /// They are the same words in another form, or with other words of grammar between them.
    Form,
    /// One holds the other.
    Part,
    /// They are two names.
    Other,
}

/// An ending is not longer than this.
const MAX_ENDING: usize = 4;
/// A shorter word stands in others by chance.
const MIN_STEM: usize = 4;

impl<'d> Name<'d> {
    /// Reads a rendering by the conventions of its language.
    pub fn of(text: &str, data: Option<&'d LocaleData>) -> Self {
        let spaced = data.is_none_or(|data| data.words_are_spaced);
        let capital = text.trim_start().starts_with(char::is_uppercase);
        let letter = |it| match it {
            '’' => '\'',
            it => data.map_or(it, |data| data.plain_letter(it)),
        };
        let text: String = text.to_lowercase().chars().map(letter).collect();
        // An elided word is one of its own: `l'` in `l'utilisateur`.
        let runs = text.split(|it: char| !is_letter_or_digit(it) && it != '\'').flat_map(|it| it.split_inclusive('\''));
        let bare = |it: &str| it.trim_matches('\'').to_owned();
        let serves =
            |word: &str| data.is_some_and(|data| data.serves(word) || data.never_a_label.iter().any(|it| it == word));
        let all: Vec<(String, bool)> = runs.map(|it| (bare(it), serves(it))).filter(|it| !it.0.is_empty()).collect();
        let text = |all: &[(String, bool)]| {
            let words: Vec<&str> = all.iter().map(|it| it.0.as_str()).collect();
            if spaced { words.join(" ") } else { words.concat() }
        };
        let folded = text(&all);
        let own = |it: &(String, bool)| !it.1;
        let core = match (all.iter().position(own), all.iter().rposition(own)) {
            (Some(first), Some(last)) if spaced => text(&all[first..=last]),
            _ => folded.clone(),
        };
        let has_own = all.iter().any(own);
        let words = all.into_iter().filter(|it| !spaced || !has_own || own(it)).map(|it| it.0).collect();
        Name { folded, words, core, capital, data }
    }

    /// The same where it stands in no sentence: nothing bends it.
    pub fn alone(self) -> Self {
        Name { capital: true, ..self }
    }

    /// The text by which equal names are counted together.
    pub fn key(&self) -> &str {
        &self.folded
    }

    /// Compares two renderings of one label.
    pub fn likeness(&self, other: &Self) -> Likeness {
        if self.folded == other.folded {
            return Likeness::Same;
        }
        let (one, two) = match self.is_spaced() {
            true => (self.holds(other), other.holds(self)),
            false => [self.without_particles() == other.without_particles(); 2].into(),
        };
        let within = |short: &Self, long: &Self| !short.folded.is_empty() && long.folded.contains(&short.folded);
        match () {
            () if one && two => Likeness::Form,
            () if one || two || within(self, other) || within(other, self) => Likeness::Part,
            () => Likeness::Other,
        }
    }

    /// Whether two forms of one name differ in what no sentence asks for: a noun takes the case that
    /// its sentence gives it, but a screen says either "Cancel" or "Cancellation".
    pub fn differs_by_choice(&self, other: &Self) -> bool {
        let Some(data) = self.data else { return false };
        if !self.is_spaced() {
            return self.folded != other.folded;
        }
        if !(self.is_free() && other.is_free()) {
            return false;
        }
        if self.words == other.words {
            return self.core != other.core;
        }
        let is_ending = |it: &str| it.is_empty() || data.case_endings.iter().any(|ending| ending == it);
        // The ending may begin with letters that both have: `-ое` and `-ого`.
        let asked = |one: &str, other: &str| {
            let stem = one.char_indices().zip(other.chars()).take_while(|((_, a), b)| a == b);
            let shared = stem.map(|((at, it), _)| at + it.len_utf8()).last().unwrap_or(0);
            let cuts = one[..shared].char_indices().rev().map(|(at, _)| at).take(2);
            std::iter::once(shared).chain(cuts).any(|cut| is_ending(&one[cut..]) && is_ending(&other[cut..]))
        };
        self.words.len() == other.words.len()
            && self.words.iter().zip(&other.words).any(|(one, other)| one != other && !asked(one, other))
    }

    /// Whether it stands as on a screen, and not as a sentence bends it.
    fn is_free(&self) -> bool {
        let Some(data) = self.data.filter(|data| !data.free_endings.is_empty()) else { return true };
        let mut words = self.words.first().into_iter();
        self.capital || words.any(|word| data.free_endings.iter().any(|ending| word.ends_with(ending.as_str())))
    }

    /// Whether a text says this name in any form, its words one behind the other.
    pub fn is_in(&self, text: &Name<'_>) -> bool {
        if !self.is_spaced() {
            return text.folded.contains(&self.folded);
        }
        let says = |words: &[String]| self.words.iter().zip(words).all(|(word, it)| inflects(word, it));
        text.words.windows(self.words.len().max(1)).any(says)
    }

    /// Whether one of two names lacks words of the other that belong to it: they stand between those
    /// that both have, or the label has as many. What is left may have been marked by mistake. Where
    /// words are not spaced, the lesser part is what is lacking.
    pub fn lacks_words(&self, other: &Self, label: &Self) -> bool {
        let (few, many) = if self.folded.len() < other.folded.len() { (self, other) } else { (other, self) };
        if !self.is_spaced() {
            return few.folded.chars().count() * 2 > many.folded.chars().count();
        }
        let ends = |one: Option<&String>, other: Option<&String>| one.zip(other).is_some_and(|(a, b)| inflects(a, b));
        let between = few.words.len() > 1
            && ends(few.words.first(), many.words.first())
            && ends(few.words.last(), many.words.last());
        few.words.len() < many.words.len() && (between || many.words.len() <= label.words.len())
    }

    /// Whether it is a word that is spelled like an English one: "Contact" in French.
    pub fn could_be_native(&self) -> bool {
        let [word] = &self.words[..] else { return false };
        self.data.is_some_and(|data| data.shared_words.contains(word))
    }

    /// Whether no particle stands in it.
    pub fn is_solid(&self) -> bool {
        self.without_particles() == self.folded
    }

    /// Whether two names have a word, or half of their characters, in common.
    pub fn shares(&self, other: &Self) -> bool {
        if self.is_spaced() {
            return self.words.iter().any(|word| other.words.iter().any(|it| inflects(word, it)));
        }
        let few = self.folded.chars().filter(|it| other.folded.contains(*it)).count();
        few * 2 >= self.folded.chars().count().max(other.folded.chars().count())
    }

    fn is_spaced(&self) -> bool {
        self.data.is_none_or(|data| data.words_are_spaced)
    }

    fn holds(&self, few: &Name<'_>) -> bool {
        let mut free: Vec<&String> = self.words.iter().collect();
        // A short word, such as "my", has forms that share no stem.
        let is_long = |it: &&String| it.chars().count() >= MIN_STEM;
        let any_long = few.words.iter().any(|it| is_long(&it));
        few.words.iter().filter(|it| !any_long || is_long(it)).all(|word| {
            let found = free.iter().position(|it| inflects(word, it));
            found.map(|at| free.remove(at)).is_some()
        })
    }

    /// What is left of a name without the particles between its characters.
    fn without_particles(&self) -> String {
        let particle = |it: &char| {
            let mut all = self.data.iter().flat_map(|data| &data.never_a_label);
            all.any(|word| word.chars().eq([*it]))
        };
        self.folded.chars().filter(|it| !particle(it)).collect()
    }

    /// Whether a rendering can be the name of something on a screen, and not words beside it that are
    /// marked by mistake. `label` is what the source calls it.
    pub fn is_credible(text: &str, label: &str, data: Option<&LocaleData>) -> bool {
        let text = text.trim();
        let letters = text.chars().filter(|it| is_letter(*it)).count();
        let Some(data) = data else { return letters > 1 };
        let marks = data.label_wrappers.iter().flat_map(|(open, close)| [open, close]);
        let stray = marks.into_iter().any(|mark| text.contains(mark.as_str()));
        let ends = data.never_ends_a_label.iter().any(|end| text.ends_with(end.as_str()));
        if letters < 2 || stray || ends || data.cannot_be_label(text) || text.contains(['，', '。', '、', ',']) {
            return false;
        }
        if !data.words_are_spaced {
            let first = text.chars().next().and_then(Script::of);
            return first != Some(Script::Hiragana);
        }
        let mut words = text.split_whitespace();
        let (Some(first), last) = (words.next(), words.next_back()) else { return false };
        let is_low = |it: &str| it.starts_with(char::is_lowercase);
        // Words of grammar before a name are marked by mistake.
        let own = text.split_whitespace().find(|it| !is_low(it) || !data.serves(it)).unwrap_or(first);
        let case = !data.nouns_are_capital || !is_low(own) || is_low(label);
        let length = text.split_whitespace().count() <= 3 * label.split_whitespace().count() + 2;
        let named = data.never_a_label.iter().any(|it| it == first);
        case && length && !named && !last.is_some_and(|it| is_low(it) && data.serves(it))
    }
}

/// Whether two words are forms of one, or one is a part of the other.
fn inflects(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let letters: (Vec<char>, Vec<char>) = (short.chars().collect(), long.chars().collect());
    let (few, many) = (letters.0.len(), letters.1.len());
    if short == long || few >= MIN_STEM && long.contains(short) {
        return true;
    }
    let stem = letters.0.iter().zip(&letters.1).take_while(|(a, b)| a == b).count();
    if stem + 1 >= MIN_STEM && many - stem <= MAX_ENDING && stem * 2 >= many {
        return true;
    }
    // A prefix was put before the stem, too; more than that makes another compound.
    let wanted = (MIN_STEM + 1).max((few * 3).div_ceil(5));
    let stems = |word: &'_ [char]| word.len().saturating_sub(wanted - 1).min(MAX_ENDING + 1);
    (0..stems(&letters.0)).any(|at| {
        let stem = &letters.0[at..at + wanted];
        (0..stems(&letters.1)).any(|at| letters.1[at..at + wanted] == *stem)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Locale;

    #[track_caller]
    fn check(tag: &str, one: &str, other: &str, expected: Likeness) {
        let locale = Locale::parse(tag).unwrap();
        let likeness = Name::of(one, locale.data()).likeness(&Name::of(other, locale.data()));
        assert_eq!(likeness, expected, "{one} / {other}");
    }

    #[test]
    fn case_signs_and_endings_make_no_other_name() {
        check("de", "Neue Anfrage", "neue Anfrage.", Likeness::Same);
        check("de", "Menü Garten", "Garten", Likeness::Part);
        check("ru", "Отменить", "Отмена", Likeness::Form);
        check("ru", "моему профилю", "Мой профиль", Likeness::Part);
        check("ru", "Учётная запись", "учетной записи", Likeness::Form);
        check("fr", "Paramètres du compte", "Paramètres de compte", Likeness::Form);
        check("zh-CN", "打开设置", "设置", Likeness::Part);
    }

    #[test]
    fn another_word_is_another_name() {
        check("de", "Senden", "Übermitteln", Likeness::Other);
        check("ru", "Назначить", "Выбрать", Likeness::Other);
        check("zh-TW", "新增要求", "新的要求", Likeness::Other);
        check("ja", "提出", "送信", Likeness::Other);
    }
}
