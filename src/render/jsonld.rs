//! schema.org as JSON-LD: a `HowTo` for each procedure, one `FAQPage` for the questions of an article.
//! Policies have no type there. A text that is not in the locale says its language.

use serde_json::{Map, Value, json};

use super::topic::{Alert, Article, Body, Procedure, Question, Slot, State, Step};
use crate::text::uri_reference;

/// An article as JSON-LD; `None` where it has neither procedures nor questions. `base` stands before
/// the ids.
pub fn jsonld(article: &Article, base: &str) -> Option<String> {
    let mut graph: Vec<Value> = article.procedures.iter().map(|it| how_to(it, base)).collect();
    if !article.questions.is_empty() {
        graph.push(faq(article, base));
    }
    if graph.is_empty() {
        return None;
    }
    let document = json!({ "@context": CONTEXT, "@graph": graph });
    // In a page it stands in a script, which a closing tag would end.
    let text = serde_json::to_string_pretty(&document).unwrap_or_default().replace("</", "<\\/");
    Some(text + "\n")
}

const CONTEXT: &str = "https://schema.org";

fn how_to(procedure: &Procedure, base: &str) -> Value {
    let head = &procedure.head;
    let mut node = node("HowTo", id(base, &head.locale, &head.id), &head.locale);
    if let Some(title) = &procedure.title {
        node.insert("name".to_owned(), text(title));
    }
    let before: Vec<&Slot> = procedure.introduction.iter().collect();
    insert(&mut node, "description", before.into_iter().map(text).collect());
    let steps = procedure.steps.iter().map(|it| step(it, it.ordinal, &head.locale)).collect();
    insert(&mut node, "step", steps);
    Value::Object(node)
}

fn step(step: &Step, position: u32, locale: &str) -> Value {
    let mut node = Map::from_iter([("@type".to_owned(), "HowToStep".into()), ("position".to_owned(), position.into())]);
    node.insert("inLanguage".to_owned(), locale.into());
    let mut items: Vec<Value> = step.text.iter().map(|it| item("HowToDirection", text(it))).collect();
    items.extend(step.listed_arms().flat_map(|it| &it.text).map(|it| item("HowToDirection", text(it))));
    for inner in step.body.iter().flat_map(Body::steps) {
        flatten(inner, &mut items);
    }
    items.extend(step.alerts.iter().flat_map(tips));
    insert(&mut node, "itemListElement", items);
    insert(&mut node, "image", step.images.iter().map(|it| it.as_str().into()).collect());
    Value::Object(node)
}

/// There are no steps under steps: what stands under one follows it.
fn flatten(step: &Step, items: &mut Vec<Value>) {
    items.extend(step.text.iter().map(|it| item("HowToDirection", text(it))));
    items.extend(step.listed_arms().flat_map(|it| &it.text).map(|it| item("HowToDirection", text(it))));
    for inner in step.body.iter().flat_map(Body::steps) {
        flatten(inner, items);
    }
    items.extend(step.alerts.iter().flat_map(tips));
}

fn tips(alert: &Alert) -> impl Iterator<Item = Value> + '_ {
    alert.text.iter().map(|it| item("HowToTip", text(it)))
}

fn item(kind: &str, text: Value) -> Value {
    json!({ "@type": kind, "text": text })
}

fn faq(article: &Article, base: &str) -> Value {
    let mut node = node("FAQPage", id(base, &article.locale, &article.key), &article.locale);
    insert(&mut node, "name", article.title.iter().map(text).collect());
    let question = |it: &Question| {
        let mut own = self::node("Question", id(base, &it.head.locale, &it.head.id), &it.head.locale);
        insert(&mut own, "name", it.question.iter().map(text).collect());
        let mut answer = Map::from_iter([("@type".to_owned(), "Answer".into())]);
        insert(&mut answer, "text", it.answer.iter().flatten().map(text).collect());
        own.insert("acceptedAnswer".to_owned(), Value::Object(answer));
        Value::Object(own)
    };
    insert(&mut node, "mainEntity", article.questions.iter().map(question).collect());
    Value::Object(node)
}

fn node(kind: &str, id: String, locale: &str) -> Map<String, Value> {
    Map::from_iter([
        ("@type".to_owned(), kind.into()),
        ("@id".to_owned(), id.into()),
        ("inLanguage".to_owned(), locale.into()),
    ])
}

/// One value stands alone, several in a list, and none not at all.
fn insert(node: &mut Map<String, Value>, key: &str, mut values: Vec<Value>) {
    match values.len() {
        0 => {}
        1 if !matches!(key, "step" | "mainEntity" | "itemListElement") => {
            drop(node.insert(key.to_owned(), values.remove(0)))
        }
        _ => drop(node.insert(key.to_owned(), values.into())),
    }
}

/// A text; one that is not in the locale says its language.
fn text(slot: &Slot) -> Value {
    match slot.state {
        State::Fallback => json!({ "@value": slot.text, "@language": slot.locale }),
        _ => slot.text.as_str().into(),
    }
}

/// `BASE` `LOCALE/KEY#ANCHOR`, as a reference may be written.
fn id(base: &str, locale: &str, id: &str) -> String {
    format!("{base}{}", uri_reference(&format!("{locale}/{id}")))
}
