//! Text and codes as a file of XML is read into them.

use super::{NewPart, Shape};

/// What a text is read into: texts side by side are one.
pub(super) fn push_text(parts: &mut Vec<NewPart>, text: &str) {
    match parts.last_mut() {
        Some(NewPart::Text(before)) => before.push_str(text),
        _ if text.is_empty() => {}
        _ => parts.push(NewPart::Text(text.to_owned())),
    }
}

/// A code whose number a file gives; one that is none of ours is 0, which no unit has.
pub(super) fn push_code(parts: &mut Vec<NewPart>, number: Option<&str>, shape: Shape) {
    let number = number.and_then(|it| it.parse().ok()).unwrap_or(0);
    parts.push(NewPart::Code { number, shape });
}
