use crate::bitext::Unit;
use crate::diagnostic::Severity;
use crate::document::Side;
use crate::lint::marks;
use crate::lint::{Check, Context, Family, Findings, Rule};
use crate::markdown::InlineKind;
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "placeholder-mismatch",
    summary: "a placeholder of the source is changed or gone",
    family: Family::Inline,
    severity: Severity::Error,
    since: "0.1.0",
    page: page!("placeholder-mismatch"),
    check: Check::Unit(check),
};

fn check(unit: &Unit<'_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some((source, target)) = marks::compared(unit, context) else { return };
    let bare = |side: &Side<'_>| {
        memchr::memchr2(b'{', b'%', side.raw().as_bytes()).is_none()
            && !side.inlines.iter().any(|inline| inline.kind == InlineKind::Placeholder)
    };
    if bare(&source) && bare(&target) {
        return;
    }
    let mut lost = placeholders(&source);
    let mut added = Vec::new();
    for placeholder in placeholders(&target) {
        match lost.iter().position(|it| it.0 == placeholder.0) {
            Some(at) => drop(lost.remove(at)),
            None => added.push(placeholder),
        }
    }
    for (index, (text, span)) in lost.iter().enumerate() {
        let said = marks::quoted(text);
        match added.get(index) {
            Some((other, place)) => {
                findings.in_unit(unit, *place, format!("the placeholder `{said}` became `{}`", marks::quoted(other)))
            }
            None => findings.in_unit(unit, target.span, format!("the placeholder `{said}` is gone")),
        }
        .source(*span, "the placeholder in the source")
        .help("keep placeholders letter for letter");
    }
    for (text, span) in added.iter().skip(lost.len()) {
        findings
            .in_unit(unit, *span, format!("the source has no placeholder `{}`", marks::quoted(text)))
            .severity(Severity::Warning);
    }
}

/// The placeholders of a side as they are compared.
fn placeholders(side: &Side<'_>) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    for inline in side.inlines {
        let raw = side.document.slice(inline.span);
        match inline.kind {
            InlineKind::Placeholder => found.push((key(raw), inline.span)),
            InlineKind::Text => in_text(raw, inline.span.start as usize, &mut found),
            _ => {}
        }
    }
    found
}

/// A placeholder without what may be translated in it: `[!INCLUDE [text](path)]` is its path.
fn key(raw: &str) -> String {
    if raw.starts_with("[!")
        && let Some((_, path)) = raw.rsplit_once("](")
    {
        return path.trim_end_matches([')', ']']).to_owned();
    }
    // A component is its name: its attributes may hold words.
    if raw.starts_with('<') || raw.starts_with(":::") {
        let end = raw.find([' ', '\n', '>']).unwrap_or(raw.len());
        return raw[..end].to_owned();
    }
    raw.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `{name}`, `${x}`, `%s` and `%1$s` in plain text.
fn in_text(text: &str, base: usize, found: &mut Vec<(String, Span)>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) = memchr::memchr2(b'{', b'%', &bytes[at..]) {
        let start = at + next;
        let rest = &bytes[start + 1..];
        let length = if bytes[start] == b'{' {
            let name = rest
                .iter()
                .take_while(|it| it.is_ascii_alphanumeric() || b"_-.:{} ".contains(it) && **it != b'}')
                .count();
            let closed = rest.get(name) == Some(&b'}');
            (closed && name > 0 && name < 60).then_some(name + 2)
        } else {
            let number = rest.iter().take_while(|it| it.is_ascii_digit()).count();
            let number = if number > 0 && rest.get(number) == Some(&b'$') { number + 1 } else { 0 };
            let letter = rest.get(number).is_some_and(|it| b"sd@".contains(it));
            let ends = rest.get(number + 1).is_none_or(|it| !it.is_ascii_alphanumeric());
            let free = start == 0 || !bytes[start - 1].is_ascii_digit();
            (letter && ends && free).then_some(number + 2)
        };
        match length {
            Some(length) => {
                found.push((text[start..start + length].to_owned(), Span::new(base + start, base + start + length)));
                at = start + length;
            }
            None => at = start + 1,
        }
    }
}
