//! TBX: the labels of the user interface that articles name in bold, as a termbase. ISO 30042:2008
//! (`martif`) is what most tools read; ISO 30042:2019 (`tbx`) is what the standard says now.
//!
//! Nothing comes back from a termbase: it is not the articles.

use std::collections::BTreeMap;

use super::xml::{self, attribute};
use super::{CodeKind, File, Part, Shape, Text};

/// Longer words in bold are emphasis.
const MAX_CHARS: usize = 80;

/// What labels are called in other languages: by label, by locale, how often each rendering stands.
pub(super) type Labels<'a> = BTreeMap<String, BTreeMap<&'a str, BTreeMap<String, usize>>>;

/// The names that the two editions have for one thing.
struct Edition {
    concept: &'static str,
    language: &'static str,
    term: &'static str,
}

/// Writes the labels of articles as a `martif` file.
pub(super) fn write_2008(files: &[File]) -> Vec<u8> {
    termbase(source_locale(files), labels(files))
}

/// Writes labels as a `martif` file.
pub(super) fn termbase(source: &str, labels: Labels<'_>) -> Vec<u8> {
    let edition = Edition { concept: "termEntry", language: "langSet", term: "tig" };
    let mut out = xml::DECLARATION.to_owned();
    out.push_str("<martif type=\"TBX\"");
    attribute(&mut out, "xml:lang", source);
    out.push_str(
        ">\n<martifHeader>\n<fileDesc><sourceDesc><p>Labels in the articles, by hexapla</p></sourceDesc></fileDesc>\n",
    );
    out.push_str(
        "<encodingDesc><p type=\"XCSURI\">TBXXCSV02.xcs</p></encodingDesc>\n</martifHeader>\n<text>\n<body>\n",
    );
    write_concepts(&mut out, source, labels, &edition);
    out.push_str("</body>\n</text>\n</martif>\n");
    out.into_bytes()
}

/// Writes the labels of articles as a `tbx` file.
pub(super) fn write_2019(files: &[File]) -> Vec<u8> {
    let edition = Edition { concept: "conceptEntry", language: "langSec", term: "termSec" };
    let mut out = xml::DECLARATION.to_owned();
    out.push_str("<tbx style=\"dca\" type=\"TBX-Basic\" xmlns=\"urn:iso:std:iso:30042:ed-2\"");
    attribute(&mut out, "xml:lang", source_locale(files));
    out.push_str(
        ">\n<tbxHeader>\n<fileDesc><sourceDesc><p>Labels in the articles, by hexapla</p></sourceDesc></fileDesc>\n",
    );
    out.push_str("</tbxHeader>\n<text>\n<body>\n");
    write_concepts(&mut out, source_locale(files), labels(files), &edition);
    out.push_str("</body>\n</text>\n</tbx>\n");
    out.into_bytes()
}

fn source_locale(files: &[File]) -> &str {
    files.first().map_or("en", |it| &it.source_locale)
}

fn write_concepts(out: &mut String, source: &str, labels: Labels<'_>, edition: &Edition) {
    for (label, renderings) in labels {
        // The label itself tells its concept: it keeps its id when others come and go.
        let id = format!("c{}", &blake3::hash(label.as_bytes()).to_hex()[..16]);
        out.push_str(&format!("<{}", edition.concept));
        attribute(out, "id", &id);
        out.push_str(">\n<descrip type=\"subjectField\">user interface</descrip>\n");
        let times = renderings.values().flat_map(BTreeMap::values).sum();
        write_language(out, source, &[(&label, times)], edition);
        for (locale, terms) in &renderings {
            let mut terms: Vec<(&String, usize)> = terms.iter().map(|(term, times)| (term, *times)).collect();
            terms.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
            write_language(out, locale, &terms, edition);
        }
        out.push_str(&format!("</{}>\n", edition.concept));
    }
}

/// The terms of a locale, the usual one first.
fn write_language(out: &mut String, locale: &str, terms: &[(&String, usize)], edition: &Edition) {
    out.push_str(&format!("<{}", edition.language));
    attribute(out, "xml:lang", locale);
    out.push_str(">\n");
    for (at, (term, times)) in terms.iter().enumerate() {
        out.push_str(&format!("<{}><term>", edition.term));
        xml::text(out, term);
        let status = if at == 0 { "preferredTerm-admn-sts" } else { "admittedTerm-admn-sts" };
        let times = if *times == 1 { "once".to_owned() } else { format!("{times} times") };
        out.push_str(&format!(
            "</term><termNote type=\"administrativeStatus\">{status}</termNote><note>{times}</note></{}>\n",
            edition.term
        ));
    }
    out.push_str(&format!("</{}>\n", edition.language));
}

/// The labels of units in which both sides have as many.
fn labels(files: &[File]) -> Labels<'_> {
    let mut found = Labels::new();
    let source = source_locale(files);
    for file in files.iter().filter(|it| it.source_locale == source && it.target_locale != source) {
        for unit in &file.units {
            let Some(target) = &unit.target else { continue };
            let (of_source, of_target) = (bold(&unit.source), bold(target));
            if of_source.len() != of_target.len() {
                continue;
            }
            for (label, rendering) in of_source.into_values().zip(of_target.into_values()) {
                let is_term = |it: &str| !it.is_empty() && it.chars().count() <= MAX_CHARS;
                if is_term(&label) && is_term(&rendering) {
                    let terms = found.entry(label).or_default().entry(&file.target_locale).or_default();
                    *terms.entry(rendering).or_default() += 1;
                }
            }
        }
    }
    found
}

/// The words in bold, by the numbers of their codes.
fn bold(text: &Text) -> BTreeMap<u32, String> {
    let mut found: BTreeMap<u32, String> = BTreeMap::new();
    let mut open: Vec<u32> = Vec::new();
    for part in &text.parts {
        match part {
            Part::Text(text) => {
                for number in &open {
                    found.entry(*number).or_default().push_str(text);
                }
            }
            Part::Code(code) if code.kind == CodeKind::Bold => match code.shape {
                Shape::Open => {
                    found.entry(code.number).or_default();
                    open.push(code.number);
                }
                Shape::Close => open.retain(|number| *number != code.number),
                Shape::Alone => {}
            },
            Part::Code(_) => {}
        }
    }
    found.into_iter().map(|(number, words)| (number, bare(&words).to_owned())).collect()
}

/// A label without the brackets or quotes that some locales write around it.
fn bare(label: &str) -> &str {
    let label = label.trim();
    let pairs = [('[', ']'), ('“', '”'), ('„', '“'), ('"', '"'), ('«', '»'), ('「', '」'), ('『', '』'), ('【', '】')];
    let inside = |(open, close): (char, char)| label.strip_prefix(open)?.strip_suffix(close);
    match pairs.into_iter().find_map(inside) {
        Some(inside) if !inside.trim().is_empty() => inside.trim(),
        _ => label,
    }
}
