//! Whether two renderings are one name: case, particles, brackets and inflection are no difference
//! to a reader who looks for a label on the screen.

use crate::locale::{LocaleData, Script};

/// A rendering, ready to be compared with others of its locale.
#[derive(Clone, Debug)]
pub struct Name<'d> {
    folded: String,
    words: Vec<String>,
    data: Option<&'d LocaleData>,
}

/// What two renderings have to do with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// They differ in nothing but case and signs.
    Same,
    /// One holds the other, or is another form of it.
    Akin,
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
        let text = text.to_lowercase().replace('ё', "е");
        let all: Vec<&str> = text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
        let folded = if spaced { all.join(" ") } else { all.concat() };
        let serves = |word: &str| {
            data.is_some_and(|data| {
                data.function_words.contains(word)
                    || data.ambiguous_function_words.contains(word)
                    || data.never_a_label.iter().any(|it| it == word)
            })
        };
        let mut words: Vec<String> = all.iter().filter(|word| !serves(word)).map(|it| (*it).to_owned()).collect();
        if words.is_empty() || !spaced {
            words = all.iter().map(|it| (*it).to_owned()).collect();
        }
        Name { folded, words, data }
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
        let (short, long) = if self.folded.len() <= other.folded.len() { (self, other) } else { (other, self) };
        if !short.folded.is_empty() && long.folded.contains(&short.folded) {
            return Likeness::Akin;
        }
        let akin = match self.is_spaced() {
            true => self.holds(other) || other.holds(self),
            false => self.without_particles() == other.without_particles(),
        };
        if akin { Likeness::Akin } else { Likeness::Other }
    }

    /// Whether a text, folded, says this name in any form.
    pub fn is_in(&self, text: &Name<'_>) -> bool {
        match self.is_spaced() {
            true => text.holds(self),
            false => text.folded.contains(&self.folded),
        }
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
        let letters = text.chars().filter(|it| it.is_alphabetic()).count();
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
        let serves = |it: &str| data.function_words.contains(it) || data.ambiguous_function_words.contains(it);
        let case = !is_low(first) || is_low(label);
        let length = text.split_whitespace().count() <= 3 * label.split_whitespace().count() + 2;
        let named = data.never_a_label.iter().any(|it| it == first);
        case && length && !named && !last.is_some_and(|it| is_low(it) && serves(it))
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
    // A prefix was put before the stem, too.
    let longest = (0..few)
        .flat_map(|a| (0..many).map(move |b| (a, b)))
        .map(|(a, b)| letters.0[a..].iter().zip(&letters.1[b..]).take_while(|(x, y)| x == y).count())
        .max();
    longest.is_some_and(|it| it > MIN_STEM && it * 5 >= few * 3)
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
        check("de", "Menü Garten", "Garten", Likeness::Akin);
        check("ru", "Отменить", "Отмена", Likeness::Akin);
        check("ru", "моему профилю", "Мой профиль", Likeness::Akin);
        check("ru", "Учётная запись", "учетной записи", Likeness::Akin);
        check("fr", "Paramètres du compte", "Paramètres de compte", Likeness::Akin);
        check("zh-CN", "打开设置", "设置", Likeness::Akin);
    }

    #[test]
    fn another_word_is_another_name() {
        check("de", "Senden", "Übermitteln", Likeness::Other);
        check("ru", "Назначить", "Выбрать", Likeness::Other);
        check("zh-TW", "新增要求", "新的要求", Likeness::Other);
        check("ja", "提出", "送信", Likeness::Other);
    }
}
