use crate::bitext::Unit;
use crate::diagnostic::Severity;
use crate::document::Side;
use crate::lint::marks;
use crate::lint::{Check, Context, Family, Findings, Rule};
use crate::markdown::InlineKind;
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "changed-inline-code",
    summary: "code or an identifier of the source is changed or gone",
    family: Family::Inline,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("changed-inline-code"),
    check: Check::Unit(check),
};

fn check(unit: &Unit<'_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some((source, target)) = marks::compared(unit, context) else { return };
    let code = |side: &Side<'_>| side.inlines.iter().any(|it| matches!(it.kind, InlineKind::Code { .. }));
    if code(&source) || code(&target) {
        bodies(unit, &source, &target, findings);
    }
    identifiers(unit, &source, &target, findings);
}

fn bodies(unit: &Unit<'_>, source: &Side<'_>, target: &Side<'_>, findings: &mut Findings<'_>) {
    let fold = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let body = |side: &Side<'_>| -> Vec<(String, Span)> {
        let of = |it: &crate::markdown::Inline| match it.kind {
            InlineKind::Code { body } => Some((fold(side.document.slice(body)), it.span)),
            _ => None,
        };
        side.inlines.iter().filter_map(of).collect()
    };
    let (mut lost, there) = (body(source), body(target));
    let mut added = Vec::new();
    for code in there {
        match lost.iter().position(|it| it.0 == code.0) {
            Some(at) => drop(lost.remove(at)),
            None => added.push(code),
        }
    }
    let visible = fold(&target.text());
    // Code that lost its marks, or was said once instead of twice, is still there.
    lost.retain(|(text, _)| !visible.contains(text.as_str()));
    for (index, (text, span)) in lost.iter().enumerate() {
        let said = marks::quoted(text);
        match added.get(index) {
            Some((other, place)) => {
                findings.in_unit(unit, *place, format!("the code `{said}` became `{}`", marks::quoted(other)))
            }
            None => findings.in_unit(unit, target.span, format!("the code `{said}` is gone")),
        }
        .source(*span, "the code in the source")
        .help("keep code letter for letter");
    }
}

/// Names of the machine in plain text: `camelCase`, `snake_case`, `file.csv`, GUIDs, `yyyy-MM-dd`.
fn identifiers(unit: &Unit<'_>, source: &Side<'_>, target: &Side<'_>, findings: &mut Findings<'_>) {
    for (inline, text) in marks::prose(source) {
        if !may_hold_identifier(text.as_bytes()) {
            continue;
        }
        let mut at = 0;
        for token in text.split(parts_words) {
            let start = at;
            at += token.len();
            at += text[at..].chars().next().map_or(0, char::len_utf8);
            let name = token.trim_end_matches(['.', '?', '!', '*', '’']);
            let Some(kind) = kind(name) else { continue };
            let raw = target.raw();
            let apart = !matches!(kind, Kind::Option) || raw.contains(&format!(" {name}"));
            if apart && raw.contains(name) {
                continue;
            }
            let spaceless = |it: &str| it.chars().filter(|it| !it.is_whitespace()).collect::<String>();
            let nearly = spaceless(raw).to_lowercase().contains(&name.to_lowercase());
            let severity = match kind {
                Kind::Exact => Severity::Error,
                Kind::Suffix if raw.to_lowercase().contains(&name.to_lowercase().replace('+', " + ")) => continue,
                Kind::Suffix if nearly => Severity::Warning,
                Kind::Suffix => continue,
                // `Set-It-Now` where the source has `Set-It -Now`.
                Kind::Option if spaceless(raw).contains(name) => Severity::Warning,
                Kind::Option => continue,
                Kind::Word if quoted(text, start, name.len()) => Severity::Warning,
                Kind::Word => continue,
                Kind::Format => Severity::Warning,
                // `PowerTools` and `Power Tools` are one name.
                Kind::Name if spaceless(raw).contains(name) => continue,
                Kind::Name => Severity::Warning,
            };
            let place = inline.span.start as usize + start;
            findings
                .in_unit(unit, target.span, format!("the identifier {name:?} is not kept"))
                .severity(severity)
                .source(Span::new(place, place + name.len()), "the identifier in the source")
                .help("identifiers are not translated: write it as the source does");
            return;
        }
    }
}

fn parts_words(it: char) -> bool {
    it.is_whitespace() || matches!(it, '(' | ')' | ',' | ';' | '"' | '“' | '”' | '\'' | '/' | '<' | '>' | ':')
}

/// Whether any two bytes could be part of an identifier: most texts have none, and are left at once.
/// All pairs are looked at, without an early end, so that many are compared in one step.
fn may_hold_identifier(text: &[u8]) -> bool {
    let Some(rest) = text.get(1..) else { return false };
    text.iter().zip(rest).fold(false, |any, (&first, &second)| {
        any | matches!(second, b'_' | b'+' | b'"' | 0xE2)
            | (first == b'"')
            | (matches!(first, b'.' | b'-') & second.is_ascii_alphanumeric())
            | (first.is_ascii_lowercase() & second.is_ascii_uppercase())
            | ((first == b'y') & (second == b'y'))
    })
}

/// Whether a token stands in quotation marks.
fn quoted(text: &str, start: usize, length: usize) -> bool {
    text[..start].ends_with(['"', '“']) && text[start + length..].starts_with(['"', '”'])
}

#[derive(Clone, Copy)]
enum Kind {
    /// A GUID: one letter more or less and it names nothing.
    Exact,
    /// The pattern of a date.
    Format,
    /// `.csv`
    Suffix,
    /// `-Option` of a command.
    Option,
    /// `"GET"`: capitals, of which those in quotation marks are typed as they are.
    Word,
    /// `camelCase`, `snake_case`, `Module.Name`
    Name,
}

/// What a token is, if it is no word.
fn kind(token: &str) -> Option<Kind> {
    let bytes = token.as_bytes();
    if let Some(name) = token.strip_prefix('-') {
        let letters = name.len() > 3 && name.bytes().all(|it| it.is_ascii_alphabetic());
        return (letters && name.starts_with(|it: char| it.is_ascii_uppercase())).then_some(Kind::Option);
    }
    if bytes.len() >= 3 && bytes.iter().all(u8::is_ascii_uppercase) {
        return Some(Kind::Word);
    }
    let keys = token.split('+').all(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphanumeric()));
    if keys && token.contains('+') {
        return Some(Kind::Suffix);
    }
    if bytes.len() < 4 || !bytes.iter().all(|it| it.is_ascii_alphanumeric() || b"_-.".contains(it)) {
        return None;
    }
    if bytes.len() == 36
        && bytes.iter().enumerate().all(|(at, it)| match at {
            8 | 13 | 18 | 23 => *it == b'-',
            _ => it.is_ascii_hexdigit(),
        })
    {
        return Some(Kind::Exact);
    }
    if token.contains("yyyy") && token.contains("MM") {
        return Some(Kind::Format);
    }
    if bytes[0] == b'.' {
        return (bytes.len() <= 5 && bytes[1..].iter().all(u8::is_ascii_alphabetic)).then_some(Kind::Suffix);
    }
    if token.contains('-') || !bytes[0].is_ascii_alphabetic() {
        return None;
    }
    // Two letters before the hump: `McDonald` and `iPhone` are names of people and things.
    let hump = bytes
        .windows(3)
        .any(|it| it[0].is_ascii_alphabetic() && it[1].is_ascii_lowercase() && it[2].is_ascii_uppercase())
        && !token.starts_with("Mc")
        && !token.starts_with("Mac");
    let dotted = bytes.windows(3).any(|it| it[0].is_ascii_lowercase() && it[1] == b'.' && it[2].is_ascii_uppercase());
    let snake =
        bytes.windows(3).any(|it| it[0].is_ascii_alphanumeric() && it[1] == b'_' && it[2].is_ascii_alphanumeric());
    // A full stop that lost its space also looks like `Module.Name`.
    let dotted = dotted && bytes.iter().filter(|it| it.is_ascii_uppercase()).count() > 1;
    (hump || dotted || snake).then_some(Kind::Name)
}
