//! What is learned of a language after a change, with what was learned before it in mind, is what is
//! learned without.

use std::collections::HashSet;
use std::fmt::Write;
use std::sync::Mutex;

use hexapla::bitext::Bitext;
use hexapla::document::{self, Document, Format};
use hexapla::locale::Locale;
use hexapla::termbase::{Course, Lesson, Memory, Shares, SourceTexts, Translation};
use hexapla::text::{LineIndex, Source};
use proptest::prelude::*;

/// Words of the source, each with what it may be called.
struct Words {
    tag: &'static str,
    pairs: [(&'static str, [&'static str; 3]); 6],
    between: &'static str,
}

static GERMAN: Words = Words {
    tag: "de-DE",
    pairs: [
        ("account", ["Konto", "Benutzerkonto", "Zugang"]),
        ("invoice", ["Rechnung", "Faktura", "Rechnungsbeleg"]),
        ("PowerShell", ["PowerShell", "Powershell", "Konsole"]),
        ("plan", ["Tarif", "Plan", "Vertrag"]),
        ("Green Shed", ["Green Shed", "GreenShed", "Schuppen"]),
        ("customer", ["Kunde", "Kunden", "Käufer"]),
    ],
    between: " und ",
};

static CHINESE: Words = Words {
    tag: "zh-CN",
    pairs: [
        ("account", ["帐户", "帐号信息", "用户帐户"]),
        ("invoice", ["发票", "开票单据", "帐单"]),
        ("PowerShell", ["PowerShell", "Powershell", "命令行"]),
        ("plan", ["套餐计划", "计划", "订阅计划书"]),
        ("Green Shed", ["绿色工坊", "绿色的工坊", "Green Shed"]),
        ("customer", ["客户", "客户方", "用户"]),
    ],
    between: "和",
};

static FRENCH: Words = Words {
    tag: "fr-FR",
    pairs: [
        ("account", ["compte", "profil", "accès"]),
        ("invoice", ["facture", "relevé", "note"]),
        ("PowerShell", ["PowerShell", "Powershell", "console"]),
        ("plan", ["forfait", "plan", "contrat"]),
        ("Green Shed", ["Green Shed", "GreenShed", "cabane"]),
        ("customer", ["client", "clients", "acheteur"]),
    ],
    between: " et ",
};

/// A sentence: two words and what each of them is called.
type Sentence = [(usize, usize); 2];

/// So many sentences of the source differ by their number alone: the others repeat one.
const NUMBERS: usize = 9;

impl Words {
    fn sentence(&self, number: usize, sentence: &Sentence) -> (String, String) {
        let number = number % NUMBERS;
        let [one, other] = sentence.map(|(word, name)| (self.pairs[word].0, self.pairs[word].1[name]));
        let target = format!("{}{}{} {number}。", one.1, self.between, other.1);
        (format!("Open the {} {number} and the {} now.", one.0, other.0), target)
    }

    /// Articles of these sentences in both languages; people translated every second one.
    fn articles(&self, sentences: &[Sentence]) -> Vec<String> {
        let each = |(at, sentences): (usize, &[Sentence])| {
            let by = if at.is_multiple_of(2) { "HT" } else { "MT" };
            let mut text = format!("---\nms.translationtype: {by}\n---\n\n");
            for (number, sentence) in sentences.iter().enumerate() {
                let (source, target) = self.sentence(number, sentence);
                writeln!(
                    text,
                    "<span data-ttu-id=\"a-{number}\">{target}</span><span class=\"sxs-lookup\">\
                     <span data-stu-id=\"a-{number}\">{source}</span></span>\n"
                )
                .unwrap();
            }
            text
        };
        sentences.chunks(20).enumerate().map(each).collect()
    }
}

fn read(words: &Words, sentences: &[Sentence]) -> Vec<Document> {
    let read = |(number, text): (usize, String)| {
        let locale = Locale::parse(words.tag).unwrap();
        document::read(format!("{}/{number}.md", words.tag).into(), locale, Format::Markdown, Source::from(&*text))
    };
    words.articles(sentences).into_iter().enumerate().map(read).collect()
}

/// What is learned of the first language, where the others have the articles beside it, and the bytes
/// that are kept of it.
fn learn(languages: &[(&Words, &[Sentence])], known: Option<&[u8]>) -> (String, Vec<u8>) {
    let documents: Vec<Vec<Document>> = languages.iter().map(|(words, sentences)| read(words, sentences)).collect();
    let mut sources = HashSet::new();
    let mut translation = |it: &Document| {
        let lines = LineIndex::new(it.source.text());
        Translation::of(&Bitext::embedded(it, None), &lines, &mut sources).unwrap()
    };
    let mut translations = |all: &Vec<Document>| all.iter().map(&mut translation).collect();
    let translations: Vec<Vec<Translation>> = documents.iter().map(&mut translations).collect();
    let texts = SourceTexts::of(translations.iter().flatten()).texts;
    let lessons = [Lesson::Renderings, Lesson::Names];
    let course = Course::new(&texts, &Locale::parse("en").unwrap(), &lessons, None);
    let mut read = translations.iter().map(|it| course.read(it.iter().collect())).collect::<Vec<_>>();
    let shares: Vec<Shares> = read.iter().map(|it| course.shares(it)).collect();
    let kept = course.kept(&shares);
    let memory = Mutex::new(Vec::new());
    let keep = |it: &Memory| *memory.lock().unwrap() = postcard::to_stdvec(it).unwrap();
    let known = known.map(|it| postcard::from_bytes(it).unwrap());
    let wording = course.learn(languages[0].0.tag, read.remove(0), &kept, known, Some(&keep));
    let learned = format!("{:#?}\n{:#?}\n{:#?}", wording.terms, wording.repeats, wording.names);
    (learned, memory.into_inner().unwrap())
}

/// A change: the target of a sentence has other names now, or those of another one.
type Edit = (usize, Result<[usize; 2], usize>);

/// Changes one target after another; each time what is learned with the memory is what is learned
/// without. Tells what was learned at first, and how often little enough had changed.
fn agrees(words: &Words, sentences: &[Sentence], edits: &[Edit]) -> Result<(String, usize), TestCaseError> {
    let mut own = sentences.to_vec();
    let others: Vec<&Words> = [&GERMAN, &CHINESE, &FRENCH].into_iter().filter(|it| it.tag != words.tag).collect();
    let languages = |own: &[Sentence], known: Option<&[u8]>| {
        let all: Vec<(&Words, &[Sentence])> =
            std::iter::once((words, own)).chain(others.iter().map(|it| (*it, sentences))).collect();
        learn(&all, known)
    };
    let (first, mut memory) = languages(&own, None);
    let mut little = 0;
    for &(at, edit) in edits {
        let at = at % own.len();
        let [(one, _), (other, _)] = own[at];
        let [first, second] = match edit {
            Ok(names) => names,
            Err(there) => own[there % own.len()].map(|it| it.1),
        };
        own[at] = [(one, first), (other, second)];
        let (anew, bytes) = languages(&own, None);
        let (again, kept) = languages(&own, Some(&memory));
        prop_assert_eq!(&again, &anew);
        // What is gone keeps its number in a memory that goes on, and has none in a new one.
        little += usize::from(kept != bytes);
        memory = kept;
    }
    Ok((first, little))
}

#[test]
fn a_change_touches_little() {
    for words in [&GERMAN, &CHINESE] {
        let sentence = |it: usize| [(it % 6, usize::from(it.is_multiple_of(5))), ((it / 6) % 6, it % 2)];
        let sentences: Vec<Sentence> = (0..60).map(sentence).collect();
        let edits = [(7, Ok([2, 0])), (8, Ok([0, 2])), (30, Ok([1, 1])), (31, Err(8))];
        let (learned, little) = agrees(words, &sentences, &edits).unwrap();
        assert!(learned.contains("LearnedTerm") && learned.contains("NameUse"), "{learned}");
        assert!(little > 0, "{}: everything was learned anew", words.tag);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn with_a_memory_the_same_is_learned(
        sentences in prop::collection::vec([(0..6usize, 0..3usize), (0..6usize, 0..3usize)], 40..80),
        edits in prop::collection::vec((any::<usize>(), prop::result::maybe_ok([0..3usize, 0..3usize], any::<usize>())), 1..5),
        is_spaced in any::<bool>(),
    ) {
        agrees(if is_spaced { &GERMAN } else { &CHINESE }, &sentences, &edits)?;
    }
}
