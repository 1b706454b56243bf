//! Words as the search finds them: `assets/search.js` folds and cuts a query in the same way, and a
//! test in a browser holds the two together.

use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};

/// A text with the differences gone that a reader does not type: width, case, accents.
pub(super) fn fold(text: &str) -> String {
    let apart: String = text.nfkd().filter(|it| !is_accent(*it)).collect();
    apart.to_lowercase().nfc().collect()
}

/// Accents of European letters, points of Hebrew and signs of vowels in Arabic. Marks of kana and of
/// the scripts of India are letters to their readers.
fn is_accent(it: char) -> bool {
    matches!(it, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}')
}

/// What a character is to the search.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Part of a word.
    Word,
    /// Part of a text without spaces.
    Close,
    /// Neither.
    Gap,
}

fn sort(it: char) -> Sort {
    use Script::{Han, Hiragana, Katakana, Khmer, Lao, Myanmar, Thai};
    // The long mark of kana is of no script.
    if it == '\u{30fc}' || matches!(it.script(), Han | Hiragana | Katakana | Thai | Lao | Khmer | Myanmar) {
        return if it.is_alphanumeric() || matches!(it.script(), Thai | Lao | Khmer | Myanmar) {
            Sort::Close
        } else {
            Sort::Gap
        };
    }
    if it.is_alphanumeric() { Sort::Word } else { Sort::Gap }
}

/// The terms of a text, in order: words; for texts without spaces every character, and every two that
/// stand together; for Hangul, words and every two letters of one.
pub(super) fn terms(text: &str) -> Vec<String> {
    let text = fold(text);
    let mut found = Vec::new();
    let mut run: Vec<char> = Vec::new();
    let mut kind = Sort::Gap;
    for it in text.chars().chain([' ']) {
        let own = sort(it);
        if own != kind {
            add(&run, kind, &mut found);
            run.clear();
            kind = own;
        }
        run.push(it);
    }
    found
}

fn add(run: &[char], kind: Sort, found: &mut Vec<String>) {
    let pairs = || run.windows(2).map(|it| it.iter().collect());
    match kind {
        Sort::Gap => {}
        Sort::Close => {
            found.extend(run.iter().map(char::to_string));
            found.extend(pairs());
        }
        Sort::Word => {
            found.push(run.iter().collect());
            if run.len() > 2 && run.iter().all(|it| it.script() == Script::Hangul) {
                found.extend(pairs());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::terms;

    #[test]
    fn texts_become_terms() {
        for (text, expected) in [
            ("Größe der Rechnung", "große der rechnung"),
            ("Ёлка Подписка", "елка подписка"),
            ("ＡＰＩ 2.0", "api 2 0"),
            ("续订 Azure 订阅", "续 订 续订 azure 订 阅 订阅"),
            ("サーバー", "サ ー バ ー サー ーバ バー"),
            ("구독을", "구독을 구독 독을"),
            ("", ""),
        ] {
            assert_eq!(terms(text).join(" "), expected, "{text}");
        }
    }
}
