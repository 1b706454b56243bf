//! Statements: each language's own sentences, and what they state.

use hexapla::locale::supported;
use hexapla::signal::Statement;

#[test]
fn every_lexicon_passes_its_own_sentences() {
    let mut wrong = String::new();
    for (locale, data) in supported() {
        for test in &data.lexicon.tests {
            let statement = Statement::of_text(&test.text, locale.words());
            let words: Vec<&str> = statement.notions.iter().filter(|it| it.firm).map(|it| it.notion.word()).collect();
            let found = words.join("; ");
            if let Some(wanted) = &test.notions
                && found != *wanted
            {
                wrong.push_str(&format!("{locale}: {}\n  means {wanted}\n  reads {found}\n", test.text));
            }
            let found = statement.to_string();
            if found != test.states {
                wrong.push_str(&format!("{locale}: {}\n  says  {}\n  reads {found}\n", test.text, test.states));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
