//! What is learned from many articles is the same with a cache and without one, whichever of them
//! changed: what a language calls a term, what becomes of names, what is said twice.

use proptest::prelude::*;

use crate::cache::{agrees, told};
use crate::folder::Folder;

const WORDS: [&str; 9] = ["amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heron", "iris"];

/// The sentences of an article in one language beside the English ones. Some articles use another name
/// of the term, one of them both; one writes the name of the program otherwise.
fn sentences(language: &str, number: usize) -> [(String, String); 6] {
    let word = WORDS[number];
    let (usual, other) = match language {
        "de" => ("Abrechnungskonto", "Zahlakte"),
        "fr" => ("compte de facturation", "dossier comptable"),
        _ => ("請求先アカウント", "課金用の口座"),
    };
    let one = if number.is_multiple_of(3) { other } else { usual };
    let two = if number.is_multiple_of(3) && number != 3 { other } else { usual };
    let shell = if number == 4 { "Powershell" } else { "PowerShell" };
    let texts = match language {
        "de" => [
            format!("Öffnen Sie das {one} vor dem Versand von {word}."),
            format!("Die Seite {word} zeigt das {two} neben der Liste."),
            format!("Starten Sie {shell}, um {word} zu erneuern."),
            format!("Drucken Sie {word} zweimal."),
            format!("Der Bericht {word} wird nach einer Woche gelöscht."),
            "Schließen Sie danach alle offenen Fenster.".to_owned(),
        ],
        "fr" => [
            format!("Ouvrez le {one} avant l’envoi de {word}."),
            format!("La page {word} montre le {two} près de la liste."),
            format!("Lancez {shell} pour renouveler {word}."),
            format!("Imprimez {word} deux fois."),
            format!("Le rapport {word} est supprimé après une semaine."),
            "Fermez ensuite toutes les fenêtres ouvertes.".to_owned(),
        ],
        _ => [
            format!("{word} を送る前に{one}を開きます。"),
            format!("{word} ページでは一覧の横に{two}が出ます。"),
            format!("{shell} を使って {word} を更新します。"),
            format!("{word} を二回印刷します。"),
            format!("報告書 {word} は一週間後に消えます。"),
            "その後で窓をすべて閉じます。".to_owned(),
        ],
    };
    let sources = [
        format!("Open the billing account before you send {word}."),
        format!("The {word} page shows the billing account beside the list."),
        format!("Start PowerShell to renew {word}."),
        format!("Print {word} twice."),
        format!("The report {word} is deleted after a week."),
        "Then close all of the open windows.".to_owned(),
    ];
    let mut sources = sources.into_iter();
    texts.map(|text| (text, sources.next().unwrap_or_default()))
}

fn article(language: &str, number: usize) -> String {
    let mut text = format!("---\nms.contentlocale: {language}\n---\n");
    for (at, (target, source)) in sentences(language, number).into_iter().enumerate() {
        let id = format!("a{number}-{}", 101 + at);
        text += &format!(
            "\n<span data-ttu-id=\"{id}\">{target}</span><span class=\"sxs-lookup\">\
             <span data-stu-id=\"{id}\">{source}</span></span>\n"
        );
    }
    text
}

fn path(language: &str, number: usize) -> String {
    format!("docs/{language}/{}.md", WORDS[number])
}

fn project(name: &str) -> Folder {
    let folder = Folder::new(name, &[("hexapla.toml", "select = [\"all\"]\n")]);
    for language in ["de", "fr", "ja"] {
        for number in 0..WORDS.len() {
            folder.write(&path(language, number), &article(language, number));
        }
    }
    folder
}

#[test]
fn what_was_learned_is_learned_anew_where_it_changed() {
    let folder = project("cache-learned");
    let first = agrees(&folder, &[], "cold");
    for told in ["課金用の口座", "Powershell", "inconsistent-translation", "translated-name"] {
        assert!(first.contains(told), "{told}: {first}");
    }
    let edit = |language: &str, number: usize, from: &str, to: &str| {
        let path = path(language, number);
        let text = folder.read(&path);
        assert!(text.contains(from), "{from}: {text}");
        folder.write(&path, &text.replacen(from, to, 1));
        agrees(&folder, &[], &format!("{path}: {from} → {to}"))
    };
    let second = edit("ja", 3, "課金用の口座", "請求先アカウント");
    assert_ne!(first, second);
    edit("fr", 4, "Powershell", "PowerShell");
    // What one language has of a name is told to the others.
    edit("de", 2, "PowerShell", "die Konsole");
    edit("ja", 2, "PowerShell", "シェル");
    // The sources of all languages are read together.
    edit("fr", 5, "Open the billing account", "Open the payment account");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_edits_of_terms_and_names(edits in prop::collection::vec((0usize..3, 0usize..9, 0usize..10), 2..6)) {
        let folder = project("cache-learned-edits");
        told(&folder, &[]);
        let changes = [
            ("Abrechnungskonto", "Zahlakte"),
            ("compte de facturation", "dossier comptable"),
            ("請求先アカウント", "課金用の口座"),
            ("PowerShell", "Powershell"),
            ("PowerShell", ""),
            ("billing account", "payment account"),
            ("close all", "close two"),
            (".</span><span class", "!</span><span class"),
            ("。</span><span class", "</span><span class"),
            ("Start PowerShell", "Start GitHub"),
        ];
        for (language, number, change) in edits {
            let path = path(["de", "fr", "ja"][language], number);
            let (from, to) = changes[change];
            folder.write(&path, &folder.read(&path).replacen(from, to, 1));
            let bare = told(&folder, &["--no-cache"]);
            prop_assert_eq!(told(&folder, &[]), bare);
        }
    }
}
