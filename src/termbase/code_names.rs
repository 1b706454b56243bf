//! Names of code that are bold like labels: methods, properties, headers. They are nothing on a screen.

use super::sentence::{Sentence, TokenKind};
use crate::locale::FrameWords;

impl Sentence {
    /// Makes words of the labels that name code: "call the **Open** or **Close()** method".
    pub fn unmark_code(&mut self, words: &FrameWords) {
        unmark(self, words);
    }
}

fn unmark(sentence: &mut Sentence, words: &FrameWords) {
    let mut is_code = vec![false; sentence.tokens.len()];
    for at in (0..sentence.tokens.len()).rev() {
        is_code[at] = sentence.label(at).is_some() && {
            let called = sentence.text[sentence.tokens[at].range.clone()].trim_end().ends_with("()");
            called || sentence.phrase(&words.code_things, at + 1).is_some() || is_called(sentence, words, at) || {
                let next = (at + 1..sentence.tokens.len()).find(|&it| !joins(sentence, words, it));
                next.is_some_and(|next| next > at + 1 && is_code[next])
            }
        };
    }
    for (token, _) in sentence.tokens.iter_mut().zip(is_code).filter(|(_, is_code)| *is_code) {
        // No word that is spoken looks like it.
        let name = sentence.text[token.range.clone()].to_lowercase();
        (token.kind, token.word) = (TokenKind::Word, format!("`{name}`").into_boxed_str());
    }
}

/// "Call **Open**", "call the **Open**"
fn is_called(sentence: &Sentence, words: &FrameWords, at: usize) -> bool {
    let is_verb = |at: usize| sentence.phrase(&words.code_verbs, at) == Some(1);
    let before = |by: usize| at.checked_sub(by);
    let determined = before(1).is_some_and(|it| sentence.phrase(&words.determiners, it) == Some(1));
    before(1).is_some_and(is_verb) || determined && before(2).is_some_and(is_verb)
}

fn joins(sentence: &Sentence, words: &FrameWords, at: usize) -> bool {
    let word = [&words.joints, &words.alternative, &words.then, &words.determiners];
    sentence.sign(at) == Some(',') || word.iter().any(|it| sentence.phrase(it, at) == Some(1))
}
