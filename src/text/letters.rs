//! Letters and digits, told quickly: Unicode's tables are slow where most articles have their letters.

/// Whether a character is a letter: [`char::is_alphabetic`], quick for the scripts that most articles
/// are in.
pub fn is_letter(it: char) -> bool {
    match it {
        '\0'..='\x7f' => it.is_ascii_alphabetic(),
        'А'..='я' | '一'..='鿿' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '가'..='힣' => true,
        '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' => false,
        _ => it.is_alphabetic(),
    }
}

/// Whether a character is a letter or a digit: [`char::is_alphanumeric`], as quick.
pub fn is_letter_or_digit(it: char) -> bool {
    it.is_ascii_digit() || is_letter(it) || !it.is_ascii() && it.is_numeric()
}

/// The letters and digits of a text, in lower case.
pub fn folded_letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|it| is_letter_or_digit(*it)).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_character_is_what_unicode_says() {
        for it in '\0'..=char::MAX {
            assert_eq!(is_letter(it), it.is_alphabetic(), "{it:?}");
            assert_eq!(is_letter_or_digit(it), it.is_alphanumeric(), "{it:?}");
        }
    }
}
