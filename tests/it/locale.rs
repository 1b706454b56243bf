//! Languages as data: each file's own passages, and the laws of cutting.

use hexapla::locale::{Locale, foreign_run, identify, matches, profile, segment, supported, wrong_chinese};
use proptest::prelude::*;

fn locale(tag: &str) -> Locale {
    Locale::parse(tag).unwrap()
}

fn sentences<'a>(tag: &str, text: &'a str) -> Vec<&'a str> {
    segment(text, &locale(tag), &[]).into_iter().map(|range| &text[range]).collect()
}

#[test]
fn every_file_passes_its_own_passages() {
    for (locale, data) in supported() {
        for passage in &data.test_passages {
            let text = passage.join(if data.words_are_spaced { " " } else { "" });
            assert_eq!(&sentences(locale.tag(), &text), passage, "{locale}");
            let found = identify(&text).unwrap_or_else(|| panic!("{locale}: nothing in {text}"));
            assert_eq!(found.locale, locale, "{text}");
        }
    }
}

#[test]
fn no_function_word_is_evidence_for_two_languages() {
    for (locale, data) in supported().filter(|(_, data)| data.words_are_spaced) {
        for (other, others) in supported().filter(|(other, _)| *other != locale) {
            for word in data.function_words.to_sorted() {
                assert!(!others.function_words.contains(word), "{word} is a word of {locale} and {other}");
            }
        }
    }
}

#[test]
fn tags_find_their_data() {
    for (tag, name) in [
        ("zh-CN", "zh-Hans"),
        ("zh-Hans-SG", "zh-Hans"),
        ("zh-HK", "zh-Hant"),
        ("zh-Hant-TW", "zh-Hant"),
        ("pt-BR", "pt"),
    ] {
        assert!(matches(&locale(tag), &locale(name)), "{tag}");
    }
    assert!(!matches(&locale("zh-CN"), &locale("zh-TW")));
    assert!(!matches(&Locale::UNKNOWN, &Locale::UNKNOWN));
    assert!(locale("ru-RU").is_spaced() && !locale("ja-JP").is_spaced());
}

#[test]
fn cuts_are_mended() {
    assert_eq!(sentences("en", "1. Open the tab."), ["1. Open the tab."]);
    assert_eq!(sentences("en", "Write to John F. Smith about it."), ["Write to John F. Smith about it."]);
    assert_eq!(sentences("en", "Bring pens, paper, etc. Then begin."), ["Bring pens, paper, etc.", "Then begin."]);
    assert_eq!(sentences("zh-CN", "打开（见下。再看。）然后关闭。完成"), ["打开（见下。再看。）然后关闭。", "完成"]);
    let text = "Press Stop. Now and wait.";
    assert_eq!(segment(text, &locale("en"), std::slice::from_ref(&(6..15))).len(), 1);
}

#[test]
fn sentences_end_where_marks_hide_it() {
    let cut = |tag: &str, text: &str, protected: &[&str], expected: &[&str]| {
        let range = |part: &&str| text.find(part).map(|at| at..at + part.len()).unwrap();
        let protected: Vec<_> = protected.iter().map(range).collect();
        let found: Vec<&str> = segment(text, &locale(tag), &protected).into_iter().map(|it| &text[it]).collect();
        assert_eq!(found, expected);
    };
    cut(
        "de",
        "Wählen Sie **Ja aus.** Dann warten Sie.",
        &["**Ja aus.**"],
        &["Wählen Sie **Ja aus.**", "Dann warten Sie."],
    );
    cut("zh-CN", "选择 **“确定”。** 然后等待。", &["**“确定”。**"], &["选择 **“确定”。**", "然后等待。"]);
    cut("en", "See [the page.](a.md) Then go on.", &["[the page.](a.md)"], &["See [the page.](a.md)", "Then go on."]);
    cut("en", "See [it](a.md#/). Then go on.", &["[it](a.md#/)"], &["See [it](a.md#/).", "Then go on."]);
    cut("en", "Use **e.g.** Paris or Rome.", &["**e.g.**"], &["Use **e.g.** Paris or Rome."]);
    cut("en", "Copy the ID. Send it on.", &[], &["Copy the ID.", "Send it on."]);
    cut("en", "No. In this case it is No. 5.", &[], &["No.", "In this case it is No. 5."]);
    cut("en", "Ask us (by mail only. See below).", &[], &["Ask us (by mail only.", "See below)."]);
    cut("en", "It ends. [](a.md) Go on.", &["[](a.md)"], &["It ends. [](a.md)", "Go on."]);
    cut("en", "a. Open the lid.", &[], &["a.", "Open the lid."]);
    cut("en", "A. Smith wrote it.", &[], &["A. Smith wrote it."]);
    cut("ru", "Он закрыт с 2 мая 2021 г. Ждите ответа.", &[], &["Он закрыт с 2 мая 2021 г.", "Ждите ответа."]);
    cut("ja", "これは何ですか? 「例」を見てください。", &[], &["これは何ですか?", "「例」を見てください。"]);
}

#[test]
fn what_is_left_untranslated_is_found() {
    let text = "Klicken Sie hier, when you are ready with the form, und warten Sie.";
    let run = foreign_run(text, &locale("de"), &locale("en")).unwrap();
    assert_eq!(&text[run], "when you are ready with the form");
    let text = "请选择 the name of the user 然后继续";
    assert_eq!(&text[foreign_run(text, &locale("zh-CN"), &locale("en")).unwrap()], "the name of the user");
    assert_eq!(foreign_run("Die Bank of England und Ministry of Works", &locale("de"), &locale("en")), None);
    assert_eq!(foreign_run("Der Status ist in der Liste am Ende.", &locale("de"), &locale("en")), None);
}

#[test]
fn characters_of_the_other_chinese_are_found() {
    let text = "請选择這個";
    assert_eq!(wrong_chinese(text, &locale("zh-TW")), [3..9]);
    assert_eq!(wrong_chinese(text, &locale("zh-CN")), [0..3, 9..15]);
    assert!(wrong_chinese("台里后面系只松表制", &locale("zh-TW")).is_empty());
}

#[test]
fn labels_are_told_from_particles() {
    let japanese = locale("ja").data().unwrap();
    for text in ["が", "を選択", "に設定", "と入力"] {
        assert!(japanese.cannot_be_label(text), "{text}");
    }
    for text in ["はい", "もっと見る", "やり直す", "設定"] {
        assert!(!japanese.cannot_be_label(text), "{text}");
    }
    assert!(
        locale("de").data().unwrap().cannot_be_label("in der") || locale("de").data().unwrap().cannot_be_label("der")
    );
}

#[test]
fn letters_are_counted_by_script() {
    let found = profile("Don't 打开 ログ Настройка 설정 2");
    assert_eq!(
        (found.latin, found.latin_words, found.han, found.kana, found.cyrillic, found.hangul),
        (4, 1, 2, 2, 9, 2)
    );
}

proptest! {
    #[test]
    fn sentences_and_white_space_are_the_text(
        text in prop_oneof![".{0,80}", "([a-zA-Z. 。「」(“”)と!?\n\"'1é]|etc\\. |。と){0,60}"],
        tag in prop::sample::select(vec!["en", "ja", "de", "fr", "ru", "ko", "zh-TW", "th"]),
        cut in 0usize..40,
    ) {
        let protected = [cut..cut + 12];
        let mut end = 0;
        for range in segment(&text, &locale(tag), &protected) {
            prop_assert!(range.start >= end && range.start < range.end);
            prop_assert!(text[end..range.start].trim().is_empty());
            prop_assert_eq!(text[range.clone()].trim(), &text[range.clone()]);
            prop_assert!(end == 0 || !(protected[0].start < end && end < protected[0].end));
            end = range.end;
        }
        prop_assert!(text[end..].trim().is_empty());
        let (own, source) = (locale(tag), locale("en"));
        let _ = (identify(&text), foreign_run(&text, &own, &source), wrong_chinese(&text, &own));
    }
}

#[test]
#[ignore = "a measurement: cargo test --release locale::speed -- --ignored --nocapture"]
fn speed() {
    let text = "Select the second tab, and wait until the report is ready. 选择第二个标签页";
    let start = std::time::Instant::now();
    let letters: u32 = (0..200_000).map(|_| profile(std::hint::black_box(text)).letters()).sum();
    let counted = start.elapsed();
    let found: usize = (0..200_000).map(|_| wrong_chinese(std::hint::black_box(text), &locale("zh-TW")).len()).sum();
    println!("{letters} letters in {counted:?}; {found} stretches in {:?}", start.elapsed() - counted);
}
