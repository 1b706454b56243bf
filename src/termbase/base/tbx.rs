//! TBX: ISO 30042 of 2008 (`martif`) and of 2019 (`tbx`), the latter with data categories as
//! attributes (DCA) or as elements of their modules (DCT).

use super::{Concept, Status, Term};
use crate::locale::Locale;
use crate::notation::xml::{Element, Step, Walk};
use crate::notation::{ReadError, decode};

/// Reads a termbase.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Concept>, ReadError> {
    let text = decode(bytes)?;
    let mut walk = Walk::new(&text, &["termEntry", "conceptEntry"]);
    let (mut concepts, mut is_first) = (Vec::new(), true);
    while let Some(step) = walk.step()? {
        match step {
            Step::Open(root) if std::mem::take(&mut is_first) => {
                if !matches!(&*root.name, "martif" | "tbx" | "TBX") {
                    return Err(walk.fail(format!("this is not TBX, but `{}`", root.name)));
                }
            }
            Step::Whole(entry) => concepts.push(concept(&entry).map_err(|message| walk.fail(message))?),
            Step::Open(_) => {}
        }
    }
    Ok(concepts)
}

fn concept(entry: &Element) -> Result<Concept, String> {
    let mut concept = Concept { do_not_translate: stays(entry), note: note(entry), ..Concept::default() };
    for language in entry.elements().filter(|it| matches!(&*it.name, "langSet" | "langSec")) {
        let tag = language.get("xml:lang").or_else(|| language.get("lang")).unwrap_or_default();
        let locale = Locale::parse(tag).ok_or_else(|| format!("`{tag}` is no locale"))?;
        // Both editions have a level of groups above some terms.
        let groups = language.elements().flat_map(|it| match &*it.name {
            "ntig" => it.elements().filter(|it| it.name == "termGrp").collect(),
            "tig" | "termSec" => vec![it],
            _ => Vec::new(),
        });
        for group in groups {
            let Some(term) = term(group)? else { continue };
            concept.do_not_translate |= stays(group);
            concept.add(&locale, term);
        }
    }
    Ok(concept)
}

fn term(group: &Element) -> Result<Option<Term>, String> {
    let text = group.first("term").map(Element::text).unwrap_or_default();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Ok(None);
    }
    let mut term = Term { text, note: note(group), status: Status::Admitted, ..Term::default() };
    let mut said = None;
    for (category, value) in categories(group) {
        match category {
            "administrativeStatus" | "normativeAuthorization" => {
                let status = Status::parse(&value).ok_or_else(|| format!("`{value}` is no status of a term"))?;
                said = Some(said.map_or(status, |it: Status| it.max(status)));
            }
            "caseSensitive" => term.case_sensitive = is_yes(&value),
            "inflectedForm" | "inflection" | "form" => term.forms.push(value),
            _ => {}
        }
    }
    term.status = said.unwrap_or(Status::Preferred);
    Ok(Some(term))
}

/// Whether an entry or a term is marked to stay as it is.
fn stays(element: &Element) -> bool {
    let is_mark = |(category, value): (&str, String)| match category {
        "doNotTranslate" => is_yes(&value),
        "translate" => value.trim() == "no",
        _ => false,
    };
    let attribute = |it: &Element| it.get("translate").or_else(|| it.foreign("translate")) == Some("no");
    attribute(element) || element.first("term").is_some_and(attribute) || categories(element).into_iter().any(is_mark)
}

fn note(element: &Element) -> Option<String> {
    let text = element.first("note")?.text();
    Some(text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|it| !it.is_empty())
}

fn is_yes(value: &str) -> bool {
    matches!(value.trim().to_ascii_lowercase().as_str(), "yes" | "true" | "1" | "")
}

/// The data categories of an entry or a term: named by an attribute, or by the element itself.
fn categories(element: &Element) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    for child in element.elements() {
        match &*child.name {
            "termNote" | "descrip" | "admin" => {
                found.push((child.get("type").unwrap_or_default(), child.text().trim().to_owned()));
            }
            name if name.ends_with("Grp") => found.extend(categories(child)),
            "term" | "note" | "langSet" | "langSec" | "tig" | "ntig" | "termSec" => {}
            name => found.push((name, child.text().trim().to_owned())),
        }
    }
    found
}
