use crate::bitext::{Bitext, Unit};
use crate::diagnostic::Severity;
use crate::document::Side;
use crate::lint::leftover::{self, Languages, Siblings, Usages};
use crate::lint::{Check, Context, Family, Finding, Findings, Remains, Rule};
use crate::lint::{marks, remains};
use crate::markdown::NodeKind;

pub(super) const RULE: Rule = Rule {
    name: "untranslated-segment",
    summary: "a segment is still in the source language",
    family: Family::Completeness,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("untranslated-segment"),
    check: Check::Remains(check),
};

/// A translation is unfinished where more than one in so many segments is left.
const UNFINISHED: usize = 4;

fn check(all: &[Remains<'_, '_>], bitext: &Bitext<'_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(languages) = Languages::of(context) else { return };
    let (mut sentences, mut dates, mut doubtful) = (Vec::new(), Vec::new(), Vec::new());
    let (mut foreign, mut short) = (0, Vec::new());
    for remains in all {
        let (unit, target) = (remains.unit, remains.target);
        match unit.source {
            Some(source) if remains.unchanged => {
                let tally = remains.tally();
                let vote = context.votes.of(source.raw());
                if vote.of >= 3 && vote.unchanged * 3 > vote.of * 2 {
                    continue;
                }
                let prose = tally.plain >= 3
                    && match tally.evidence {
                        0 => tally.lower >= if languages.same_script { 4 } else { 3 },
                        // A single small word and digits make a name: "Apps 365 for enterprise".
                        1 => tally.lower >= 2 || tally.lower == 1 && !has_digit(target),
                        _ => tally.lower >= 1 || tally.first,
                    };
                // Words beside an address are said to the reader: "Go to https://…".
                let points = !languages.same_script && target.raw().contains("://");
                if prose || points && remains.is_wording() {
                    sentences.push((unit, target));
                } else if remains.is_date() {
                    dates.push((unit, target));
                } else if tally.plain > 0 && tally.plain <= 5 {
                    doubtful.push(remains);
                }
            }
            Some(source) if is_source_with_gloss(source, target, languages) => {
                report(unit, target, findings);
            }
            _ if remains.is_foreign(context) || remains.is_bare() => {
                foreign += 1;
                report(unit, target, findings);
            }
            _ if remains.is_wording() => short.push((unit, target)),
            _ => {}
        }
    }
    // Where a translation was begun and not finished, nothing is left on purpose.
    let unfinished = !languages.same_script && (foreign + sentences.len()) * UNFINISHED > all.len();
    for (unit, target) in short.into_iter().filter(|_| unfinished) {
        report(unit, target, findings);
    }
    if doubtful.is_empty() && sentences.is_empty() && dates.is_empty() {
        return;
    }
    let siblings = Siblings::count(bitext);
    for (unit, target) in sentences {
        let (done, left) = siblings.of(unit);
        // A whole column or list in the source language is meant, or somebody else's.
        let meant = matches!(target.kind(), Some(NodeKind::Cell { .. })) && left >= 3 && left > done;
        report(unit, target, findings).severity(if meant { Severity::Info } else { Severity::Warning });
    }
    for (unit, target) in dates {
        // Where all the dates beside it are so, they are values of an example.
        let (done, left) = siblings.of(unit);
        if left < 3 || left <= done {
            report(unit, target, findings);
        }
    }
    let mut words = Vec::new();
    for remains in &doubtful {
        each_word(remains.target, |word| words.push(word.to_ascii_lowercase()));
    }
    let usages = Usages::count(bitext, words);
    for remains in doubtful {
        let (unit, target) = (remains.unit, remains.target);
        if unfinished && remains.is_wording() {
            report(unit, target, findings);
        } else if let Some(severity) = is_left(unit, target, languages, &siblings, &usages) {
            report(unit, target, findings).severity(severity);
        }
    }
}

fn has_digit(side: Side<'_>) -> bool {
    side.raw().bytes().any(|byte| byte.is_ascii_digit())
}

fn report<'f, 'a>(unit: &Unit<'_>, target: Side<'_>, findings: &'f mut Findings<'a>) -> Finding<'f, 'a> {
    let message = format!("`{}` is still in the source language", marks::excerpt(&target.text()));
    findings.unit(unit, message).help("translate it, or allow `untranslated-segment` where it is meant to stay")
}

/// Whether the target is the source with its translation in brackets, where the source is no label
/// but a sentence.
fn is_source_with_gloss(source: Side<'_>, target: Side<'_>, languages: Languages) -> bool {
    let (source_text, text) = (source.raw().trim(), target.raw().trim());
    let source_text = source_text.trim_end_matches('.');
    text.len() > source_text.len()
        && text.is_char_boundary(source_text.len())
        && text[..source_text.len()].eq_ignore_ascii_case(source_text)
        && text[source_text.len()..].trim_start().starts_with(['(', '（'])
        && {
            let tally = remains::tally(source, languages);
            tally.plain >= 6 && tally.evidence >= 1
        }
}

fn each_word(side: Side<'_>, mut see: impl FnMut(&str)) {
    for (text, _) in leftover::texts(side) {
        for range in leftover::plain_words(text, true) {
            see(&text[range]);
        }
    }
}

/// How grave it is that a short text is the same in both languages, if it is wrong at all: its
/// words are no names (the article has them in lower case), and the article translates them, or
/// translates what stands beside it.
fn is_left(
    unit: &Unit<'_>,
    target: Side<'_>,
    languages: Languages,
    siblings: &Siblings,
    usages: &Usages,
) -> Option<Severity> {
    let odd_byte = |byte: u8| !byte.is_ascii() || byte.is_ascii_digit() || byte == b'_' || byte == b'@';
    if target.raw().bytes().any(odd_byte) || target.code().next().is_some() {
        return None;
    }
    let (mut all, mut some, mut translated, mut evidence) = (true, true, u32::MAX, false);
    // Words that are common ones by the list, and those that are not.
    let capitals = target.text().split(' ').filter(|word| word.starts_with(|it: char| it.is_ascii_uppercase())).count();
    let (mut common, mut rare, mut dropped, mut seen) = (0, 0, false, true);
    each_word(target, |word| {
        if languages.is_evidence(word) {
            evidence = true;
            return;
        }
        let usage = usages.of(word);
        match languages.is_common(word) && usage.kept <= usage.translated {
            true => common += 1,
            false => rare += u32::from(!languages.target.owns(word) && !languages.target.shared_words.contains(word)),
        }
        seen &= usage.common > u32::from(word.as_bytes()[0].is_ascii_lowercase());
        dropped |= usage.kept > usage.translated;
        // Its own unit has it in lower case too, when it is written so.
        let own = u32::from(word.as_bytes()[0].is_ascii_lowercase());
        let known = languages.target.owns(word) || leftover::is_literal(word);
        some &= !known && usage.kept == 0;
        all &= (usage.common > own || languages.same_script && usage.translated > 0)
            && !known
            && usage.kept <= usage.translated;
        translated = translated.min(if usage.kept * 3 <= usage.translated { usage.translated } else { 0 });
    });
    let (done, left) = siblings.of(unit);
    let header =
        matches!(target.kind(), Some(NodeKind::Cell { .. })) && target.node.is_some_and(|node| is_header(target, node));
    let odd = done >= 2 && left * 2 <= done || header && !languages.same_script && done >= left;
    let sure = all
        && match translated {
            // Function words alone: "None", "and".
            u32::MAX => evidence && (odd || done > left),
            _ if languages.same_script => {
                translated >= 2 && (odd || done > left && translated >= 3) || header && odd && translated >= 1
            }
            _ => odd || translated >= 2,
        };
    let heading = matches!(target.kind(), Some(NodeKind::Heading { .. }));
    let beside = odd || header || heading || done > left || left < 3 && (1..u32::MAX).contains(&translated);
    // Where nothing shows the words in lower case they may be a name, as in a list of products.
    let label = common > rare
        && !dropped
        && match capitals {
            0 => beside,
            1 => beside && (seen || done == 0 || header || done >= 4 * left),
            _ => rare == 0 && odd && (seen || done >= 4 * left),
        };
    if sure || label {
        return Some(Severity::Warning);
    }
    // In one script the word may be shared by both languages.
    let doubt = some && translated != u32::MAX && translated >= 1 && (odd || header || done >= left && done > 1);
    (languages.same_script && doubt).then_some(Severity::Info)
}

fn is_header(side: Side<'_>, node: u32) -> bool {
    let nodes = &side.document.tree.nodes;
    let row = nodes[node as usize].parent.map(|row| &nodes[row as usize].kind);
    matches!(row, Some(NodeKind::Row { header: true }))
}
