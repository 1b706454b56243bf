use crate::bitext::Unit;
use crate::diagnostic::Severity;
use crate::document::Side;
use crate::lint::marks::{self, Marked};
use crate::lint::{Check, Context, Family, Findings, Rule};
use crate::locale::{LocaleData, Script};
use crate::markdown::InlineKind;
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "link-mismatch",
    summary: "the links of the target are not those of the source",
    family: Family::Inline,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("link-mismatch"),
    check: Check::Unit(check),
};

fn check(unit: &Unit<'_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some((source, target)) = marks::compared(unit, context) else { return };
    if marks::is_plain(&source) && marks::is_plain(&target) {
        return;
    }
    destinations(unit, &source, &target, context, findings);
    written_out(unit, &source, &target, findings);
    let here = marks::links(&target);
    if !here.is_empty() {
        texts(unit, &marks::links(&source), &here, context, findings);
    }
}

/// Whether both sides lead to the same places.
fn destinations(
    unit: &Unit<'_>,
    source: &Side<'_>,
    target: &Side<'_>,
    context: &Context<'_>,
    findings: &mut Findings<'_>,
) {
    // A heading that is translated has another fragment, but not one in the letters of the source
    // where the target is written in other letters.
    let latin = context.locale.data().is_none_or(|data| data.scripts.contains(&Script::Latin));
    let same = |a: &str, b: &str| {
        let fragment = |it: &'_ str| it.find('#').map_or(it.len(), |at| at + 1);
        let (from, to) = (&a[fragment(a)..], &b[fragment(b)..]);
        let kept = latin
            || from == to
            || from.is_empty()
            || to.is_empty()
            || !from.is_ascii()
            || !to.is_ascii()
            || to.contains('%');
        kept && same_page(a, b)
    };
    if written(source).map(|(_, to)| to).eq(written(target).map(|(_, to)| to)) {
        return;
    }
    let (there, here) = (addresses(source), addresses(target));
    let mut lost = there.clone();
    let mut added = Vec::new();
    for address in here.clone() {
        match lost
            .iter()
            .position(|it| it.1 == address.1)
            .or_else(|| lost.iter().position(|it| same(&it.1, &address.1)))
        {
            Some(at) => drop(lost.remove(at)),
            None => added.push(address),
        }
    }
    // A repeated link that is written once still leads there.
    lost.retain(|(_, key)| !here.iter().any(|(_, it)| same(it, key)));
    added.retain(|(_, key)| !there.iter().any(|(_, it)| same(it, key)));
    for (index, (span, _)) in lost.iter().enumerate() {
        let from = marks::quoted(source.document.slice(*span));
        match added.get(index) {
            Some((to, _)) => findings
                .in_unit(
                    unit,
                    *to,
                    format!("the link to `{from}` leads to `{}`", marks::quoted(target.document.slice(*to))),
                )
                .source(*span, "the destination in the source")
                .help("let it lead where the source does"),
            None => findings
                .in_unit(unit, target.span, format!("the link to `{from}` is gone"))
                .source(*span, "the link in the source")
                .help("link the same words as the source"),
        };
    }
    for (span, _) in added.iter().skip(lost.len()) {
        let to = marks::quoted(target.document.slice(*span));
        findings.in_unit(unit, *span, format!("the source has no link to `{to}`")).severity(Severity::Info);
    }
}

/// A link that shows its own markup.
fn written_out(unit: &Unit<'_>, source: &Side<'_>, target: &Side<'_>, findings: &mut Findings<'_>) {
    let seam = |side: &Side<'_>| {
        marks::prose(side).find_map(|(inline, text)| {
            memchr::memchr(b']', text.as_bytes())?;
            let (at, mark) = ["](", "]/("].iter().find_map(|mark| Some((text.find(mark)?, mark)))?;
            Some(Span::new(inline.span.start as usize + at, inline.span.start as usize + at + mark.len()))
        })
    };
    if let Some(span) = seam(target)
        && seam(source).is_none()
    {
        let text = target.document.slice(span);
        findings
            .in_unit(unit, span, format!("the markup of a link shows as text: `{text}`"))
            .help("write the link as the source does");
    }
}

/// The destinations of a side as they are compared.
fn addresses(side: &Side<'_>) -> Vec<(Span, String)> {
    written(side).map(|(span, address)| (span, key(address))).collect()
}

/// The destinations of a side as they are written.
fn written<'a>(side: &Side<'a>) -> impl Iterator<Item = (Span, &'a str)> + use<'a> {
    let document = side.document;
    side.inlines.iter().filter_map(move |inline| {
        let span = match inline.kind {
            InlineKind::LinkOpen { target } => target,
            InlineKind::Autolink => inline.span,
            _ => return None,
        };
        Some((span, document.slice(span)))
    })
}

/// An address without what a translation may change: the locale, the case, `./`, a last slash.
fn key(address: &str) -> String {
    let address = address.trim().trim_start_matches('<').trim_end_matches(['>', '.', ',', '/']).to_lowercase();
    let address = address.trim_start_matches("./").replace("http://", "https://").replace('\\', "");
    let parts = address.split('/').filter(|part| !is_locale(part));
    parts.collect::<Vec<_>>().join("/")
}

/// Whether a part of a path is a locale such as `en-us`.
fn is_locale(part: &str) -> bool {
    let letters = |it: &str, length: std::ops::RangeInclusive<usize>| {
        length.contains(&it.len()) && it.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    match part.split_once('-') {
        Some((language, rest)) => {
            letters(language, 2..=2) && rest.split('-').all(|it| letters(it, 2..=2) || letters(it, 4..=4))
        }
        None => false,
    }
}

/// Whether two addresses are of the same page: the fragment names a heading, which is translated,
/// and a relative path may have become absolute.
fn same_page(a: &str, b: &str) -> bool {
    let ((path_a, host_a), (path_b, host_b)) = (page(a), page(b));
    path_a.trim_end_matches('/') == path_b.trim_end_matches('/')
        && (host_a.is_some() != host_b.is_some() || host_a == host_b)
}

/// The path of an address, and its host where it names one.
fn page(address: &str) -> (&str, Option<&str>) {
    let address = address.split(['#', '?']).next().unwrap_or_default();
    match address.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or(("", Some(rest)), |(host, path)| (path, Some(host))),
        None => (address.trim_start_matches('/'), None),
    }
}

/// Whether the words that are linked can be the name of what is linked.
fn texts(
    unit: &Unit<'_>,
    source: &[Marked<'_>],
    target: &[Marked<'_>],
    context: &Context<'_>,
    findings: &mut Findings<'_>,
) {
    let data = context.locale.data();
    let english = context.source_locale.data();
    let source_glued = source.iter().any(|it| it.after.is_some_and(char::is_alphanumeric));
    let source_serves = english.is_some_and(|data| {
        // `here`, `learn more here`
        source.iter().any(|it| it.text.split_whitespace().next_back().is_some_and(|word| marks::serves(data, word)))
    });
    let source_ends = |ends: &[char]| source.iter().any(|it| it.text.trim_end().ends_with(ends));
    let source_spaced = source.iter().any(|it| it.text.starts_with(char::is_whitespace));
    let source_empty = source.iter().any(|it| it.text.trim().is_empty());
    let holds_image =
        |it: &Marked<'_>| unit.target.is_some_and(|side| side.document.slice(it.inner).contains(['!', '<', '`', ':']));
    for link in target {
        let text = link.text.trim();
        let mut say = |span: Span, message: String, help: &'static str| {
            findings.in_unit(unit, span, message).help(help);
        };
        if text.is_empty() {
            if !source_empty && !holds_image(link) {
                say(
                    link.whole,
                    "the link has no text: a reader cannot see it".into(),
                    "link the words the source links",
                );
            }
            continue;
        }
        if data.is_some_and(|data| is_no_name(data, link, source_serves)) {
            let message = format!("the link is on {:?}, which does not name what it leads to", marks::quoted(text));
            say(link.inner, message, "link the words the source links");
        } else if link.text.starts_with(char::is_whitespace) && !source_spaced {
            say(
                link.inner,
                format!("the text of the link begins with a space: {:?}", marks::quoted(&link.text)),
                "begin the link at its first word",
            );
        } else if text.ends_with([',', '，', '、', ';', '；', '.', '。'])
            && !source_ends(&[',', ';', '.', '!', '?'])
            && unit.target.is_none_or(|side| link.whole != side.span.trimmed(side.document.source.text()))
        {
            let message = format!("the link swallowed the punctuation after {:?}", marks::quoted(text));
            say(link.inner, message, "end the link before it");
        }
        if marks::crosses(text) && !source.iter().any(|it| marks::crosses(&it.text)) && !text.starts_with(['」', ')'])
        {
            let message = format!("the link cuts a bracket or quotation mark: {:?}", marks::quoted(text));
            say(link.inner, message, "begin and end the link on the same side of it");
        }
        if context.locale.is_spaced() && !source_glued && link.after.is_some_and(char::is_alphabetic) {
            let at = link.whole.end as usize;
            let length = link.after.map_or(0, char::len_utf8);
            say(
                Span::new(at, at + length),
                "the word after the link is glued to it".into(),
                "put a space after the link",
            );
        }
    }
}

/// Whether a text cannot be the name of a link: a particle, or one with something after it.
fn is_no_name(data: &LocaleData, link: &Marked<'_>, source_serves: bool) -> bool {
    let text = link.text.trim();
    let starts_cut = text.starts_with(['，', '。', '、', '；', ',', ';', '」', '』', '”', ')', '）', '-', '–'])
        && text.chars().nth(1).is_some_and(char::is_alphabetic);
    let names_nothing = match data.words_are_spaced {
        true => !source_serves && marks::only_serves(data, text),
        false => data.cannot_be_label(text),
    };
    starts_cut || names_nothing || marks::begins_inside(data, link)
}
