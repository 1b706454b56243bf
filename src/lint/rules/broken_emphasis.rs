use crate::bitext::Unit;
use crate::diagnostic::Severity;
use crate::document::Side;
use crate::lint::marks;
use crate::lint::{Check, Context, Family, Findings, Rule};
use crate::markdown::InlineKind;
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "broken-emphasis",
    summary: "marks of emphasis show as text, or brackets lost what they held",
    family: Family::Inline,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("broken-emphasis"),
    check: Check::Unit(check),
};

fn check(unit: &Unit<'_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some((source, target)) = marks::compared(unit, context) else { return };
    let raw = target.raw();
    if memchr::memchr(b'*', raw.as_bytes()).is_some() {
        asterisks(unit, &source, &target, findings);
    }
    if target.inlines.len() > 1 && memchr::memchr2(b'\'', 0xE2, raw.as_bytes()).is_some() {
        elision(unit, &source, &target, findings);
    }
    if memchr::memchr2(b'(', 0xEF, raw.as_bytes()).is_some() {
        empty_brackets(unit, &source, &target, findings);
    }
}

/// A short word with an apostrophe that was torn off the marked word it belongs to: `l' **x**`.
fn elision(unit: &Unit<'_>, source: &Side<'_>, target: &Side<'_>, findings: &mut Findings<'_>) {
    let Some(span) = torn(target) else { return };
    if torn(source).is_none() {
        let text = marks::quoted(target.document.slice(span));
        findings
            .in_unit(unit, span, format!("a space tears `{text}` off the word it belongs to"))
            .help("take the space away");
    }
}

fn torn(side: &Side<'_>) -> Option<Span> {
    side.inlines.windows(2).find_map(|two| {
        let marks = matches!(
            two[1].kind,
            InlineKind::StrongOpen | InlineKind::EmphasisOpen | InlineKind::LinkOpen { .. } | InlineKind::Code { .. }
        );
        let text = side.document.slice(two[0].span);
        let cut = text.trim_end_matches([' ', '\u{a0}']);
        if !marks || two[0].kind != InlineKind::Text || cut.len() == text.len() {
            return None;
        }
        let word = cut.strip_suffix(['\'', '’'])?;
        let length = word.chars().rev().take_while(|it| it.is_alphabetic()).map(char::len_utf8).sum::<usize>();
        let start = two[0].span.start as usize + word.len() - length;
        (1..=6).contains(&length).then(|| Span::new(start, two[0].span.start as usize + cut.len()))
    })
}

/// The asterisks that a reader sees, in runs, written with or without backslashes.
fn runs(side: &Side<'_>) -> Vec<(Span, usize)> {
    let mut found: Vec<(Span, usize)> = Vec::new();
    for (inline, text) in marks::prose(side) {
        let base = inline.span.start as usize;
        for at in memchr::memchr_iter(b'*', text.as_bytes()) {
            let start = base + if text.len() == 2 && text.starts_with('\\') { 0 } else { at };
            let end = base + at + 1;
            match found.last_mut() {
                Some((span, count)) if span.end as usize == start => {
                    *span = Span::new(span.start as usize, end);
                    *count += 1;
                }
                _ => found.push((Span::new(start, end), 1)),
            }
        }
    }
    found
}

fn asterisks(unit: &Unit<'_>, source: &Side<'_>, target: &Side<'_>, findings: &mut Findings<'_>) {
    let (in_source, in_target) = (runs(source), runs(target));
    let total = |runs: &[(Span, usize)]| runs.iter().map(|(_, count)| count).sum::<usize>();
    let lone = |side: &Side<'_>| marks::emphasis(side).len();
    if in_target.is_empty() || total(&in_source) >= total(&in_target) {
        return;
    }
    let longest = in_source.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let shown = in_target.iter().find(|(_, count)| *count > longest.max(1)).or_else(|| {
        // A single one that is too many is a torn mark only where the source has a mark to tear.
        (lone(source) > lone(target) || marks::strong(source).len() > marks::strong(target).len())
            .then(|| in_target.first())
            .flatten()
    });
    if let Some((span, _)) = shown {
        let text = marks::quoted(target.document.slice(*span));
        findings
            .in_unit(unit, *span, format!("the mark `{text}` shows as text"))
            .help("put the marks of emphasis around the words that the source emphasises");
    }
}

/// Brackets that hold nothing, where the source has none such.
fn empty_brackets(unit: &Unit<'_>, source: &Side<'_>, target: &Side<'_>, findings: &mut Findings<'_>) {
    let Some(span) = first_empty(target) else { return };
    if first_empty(source).is_some() {
        return;
    }
    findings
        .in_unit(unit, span, format!("the brackets `{}` hold nothing", target.document.slice(span)))
        .help("put back what the source has in brackets");
}

fn first_empty(side: &Side<'_>) -> Option<Span> {
    for (inline, text) in marks::prose(side) {
        for (at, open) in text.match_indices(['(', '（']) {
            let rest = &text[at + open.len()..];
            let inner = rest.trim_start_matches([' ', '，', ',', '、', '\u{a0}']);
            let close = inner.chars().next().filter(|it| matches!(it, ')' | '）'));
            let before = text[..at].chars().next_back();
            // `name()` is a function, and `)` alone may close an address.
            let call = before.is_some_and(|it| it.is_ascii_alphanumeric() || it == '_') && rest.len() == inner.len();
            if let Some(close) = close.filter(|_| !call) {
                let base = inline.span.start as usize;
                let end = at + open.len() + (rest.len() - inner.len()) + close.len_utf8();
                return Some(Span::new(base + at, base + end));
            }
        }
    }
    None
}
