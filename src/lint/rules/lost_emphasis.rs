use crate::bitext::{Bitext, Unit};
use crate::diagnostic::Severity;
use crate::lint::marks;
use crate::lint::{Check, Context, Family, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    name: "lost-emphasis",
    summary: "bold of the source is gone in the target",
    family: Family::Inline,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("lost-emphasis"),
    check: Check::Bitext(check),
};

/// A unit that has fewer bold stretches than its source.
struct Lost<'u, 'a> {
    unit: &'u Unit<'a>,
    source: usize,
    target: usize,
    /// Whether the rest stands in the marks that the locale puts around labels.
    wrapped: bool,
    /// Whether the target shows a seam where a mark was: two spaces that the source has not.
    seam: bool,
    /// Whether the source emphasises a name rather than a word.
    name: bool,
    /// Whether it emphasises a phrase, in lower case.
    phrase: bool,
    /// The bold stretch of the source to show.
    span: crate::text::Span,
}

fn check(bitext: &Bitext<'_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    let (mut kept, mut in_wrappers, mut dropped) = (0usize, 0usize, 0usize);
    let mut lost = Vec::new();
    for unit in &bitext.units {
        let Some((source, target)) = marks::compared(unit, context) else { continue };
        if marks::is_plain(&source) {
            continue;
        }
        let bold: Vec<_> =
            marks::strong(&source).into_iter().filter(|it| it.text.contains(char::is_alphabetic)).collect();
        if bold.is_empty() {
            continue;
        }
        let here = marks::strong(&target);
        // `**A** > **B**` may have become `**A > B**`.
        let joined: usize = here.iter().map(|it| it.text.matches(['>', '＞']).count()).sum();
        let touching = bold.windows(2).filter(|two| {
            let between = crate::text::Span::new(two[0].whole.end as usize, two[1].whole.start as usize);
            source.document.slice(between).trim_matches('/').trim().is_empty()
        });
        let few = here.len() + joined;
        let least = bold.len() - touching.count().min(bold.len() - 1);
        if few >= bold.len() || (few >= least && few > 0 && bold.len() - few == 1 && here.len() > 1) {
            kept += 1;
            continue;
        }
        let wrappers = context
            .locale
            .data()
            .map_or(0, |data| marks::wrappers(data, &target).saturating_sub(marks::quotes(&source)));
        let wrapped = few + wrappers >= bold.len();
        if wrapped {
            in_wrappers += 1
        } else {
            dropped += 1
        }
        let seam = target.raw().contains("  ") && !source.raw().contains("  ");
        let name = bold.iter().any(|it| {
            let text = it.text.trim_end();
            // The first word of a sentence is capital in any case.
            let own = it.solid_before.is_some()
                || text.ends_with(':')
                || text.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
            own && text.starts_with(char::is_uppercase) && text.len() < 60 && !text.ends_with('.')
        });
        let phrase = bold.iter().any(|it| {
            let words = it.text.split_whitespace().count();
            (2..=6).contains(&words) && !it.text.contains(|it: char| it.is_ascii_digit() || matches!(it, ',' | '.'))
        });
        let span = bold[few.min(bold.len() - 1)].inner;
        lost.push(Lost { unit, source: bold.len(), target: here.len(), wrapped, seam, name, phrase, span });
    }
    for it in lost {
        let severity = match it.wrapped {
            true if kept >= 3 * in_wrappers => Severity::Warning,
            true if kept > in_wrappers => Severity::Info,
            // The article, or its language, puts labels into quotation marks.
            true => continue,
            false
                if it.seam
                    || (kept >= 2 * dropped && (it.name || it.target > 0))
                    || (kept * 2 >= dropped * 3
                        && it.name
                        && !bitext.source.slice(it.span).contains(|it: char| it.is_ascii_digit()))
                    || (kept >= 3 * dropped && it.phrase) =>
            {
                Severity::Warning
            }
            false => Severity::Info,
        };
        let message = match (it.source, it.target, it.wrapped) {
            (_, _, true) => format!("the emphasis on {:?} became quotation marks", name(&it, bitext)),
            (1, _, _) => format!("the emphasis on {:?} is gone", name(&it, bitext)),
            (source, target, _) => format!("the source emphasises {source} stretches, the target {target}"),
        };
        let span = it.unit.target.map(|side| side.span).unwrap_or_default();
        findings
            .in_unit(it.unit, span, message)
            .severity(severity)
            .source(it.span, "emphasised in the source")
            .help("emphasise the same words as the source");
    }
}

fn name(lost: &Lost<'_, '_>, bitext: &Bitext<'_>) -> String {
    marks::quoted(bitext.source.slice(lost.span))
}
