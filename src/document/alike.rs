//! How texts are compared: what of a text counts, and how much two have in common.

/// The letters, digits and signs that a reader sees, code included, in lower case, one space where
/// words are parted. Emphasis, the form and destination of links, white space, quotation marks and
/// punctuation do not count.
pub fn essential(text: &str) -> String {
    let mut essential = String::with_capacity(text.len());
    let mut before: Option<char> = None;
    // Whether something that parts words was left out since the last character.
    let mut gap = false;
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        let in_number = matches!(character, '.' | ',' | '\'' | ':' | '/')
            && before.is_some_and(char::is_numeric)
            && rest.peek().is_some_and(|next| next.is_numeric());
        let counts = character.is_alphanumeric() || in_number || is_sign(character);
        if !counts {
            gap |= !matches!(character, '\'' | '’' | '\u{AD}' | '\u{200B}');
        } else {
            if gap && !essential.is_empty() {
                essential.push(' ');
            }
            gap = false;
            essential.extend(character.to_lowercase());
        }
        before = counts.then_some(character);
    }
    essential
}

/// Signs that say something: `5 %`, `C#`, `a < b`, `$5`.
fn is_sign(character: char) -> bool {
    matches!(character, '%' | '#' | '+' | '<' | '>' | '=' | '@' | '&' | '|' | '~' | '^')
        || matches!(character, '$' | '€' | '£' | '¥' | '₽' | '₹' | '₩')
}

/// The words of a text in alphabetical order; where they are not spaced, its characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(Vec<String>);

impl Words {
    /// Of what a reader sees.
    pub fn of(text: &str) -> Self {
        let text = text.to_lowercase();
        let mut words: Vec<String> = Vec::new();
        for part in text.split(|it: char| !it.is_alphanumeric()).filter(|part| !part.is_empty()) {
            match part.chars().any(crate::locale::is_unspaced) {
                true => words.extend(part.chars().map(String::from)),
                false => words.push(part.to_owned()),
            }
        }
        words.sort_unstable();
        Words(words)
    }

    /// How many words both have.
    pub fn common(&self, other: &Words) -> usize {
        let (mut common, mut at) = (0, 0);
        for word in &self.0 {
            while other.0.get(at).is_some_and(|it| it < word) {
                at += 1;
            }
            if other.0.get(at) == Some(word) {
                (common, at) = (common + 1, at + 1);
            }
        }
        common
    }

    /// How many of a thousand words of the shorter text the other has, too.
    pub fn held(&self, other: &Words) -> u32 {
        (1000 * self.common(other) / self.0.len().min(other.0.len()).max(1)) as u32
    }

    /// How many of a thousand words two texts have in common (Dice, 1945).
    pub fn likeness(&self, other: &Words) -> u32 {
        (2000 * self.common(other) / (self.0.len() + other.0.len()).max(1)) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::{Words, essential};

    #[test]
    fn cosmetic_edits_change_nothing() {
        for (one, other) in [
            ("Select Save.", "select  save"),
            ("Don’t “renew” it", "Don't \"renew\" it!"),
            ("Pay – within 5 days:", "Pay - within 5 days"),
        ] {
            assert_eq!(essential(one), essential(other), "{one} / {other}");
        }
        for (one, other) in [("1.5 GB", "15 GB"), ("Do it", "Do not it"), ("C", "C#"), ("1 2", "12"), ("5", "5 %")] {
            assert_ne!(essential(one), essential(other), "{one} / {other}");
        }
    }

    #[test]
    fn likeness_is_the_share_of_common_words() {
        for (one, other, likeness) in [
            ("Select Save.", "Select **Save**", 1000),
            ("Select Save", "Select Keep", 500),
            ("go go", "go", 666),
            ("保存文件", "保存", 666),
            ("", "", 0),
        ] {
            assert_eq!(Words::of(one).likeness(&Words::of(other)), likeness, "{one} / {other}");
        }
    }
}
