use crate::bitext::Bitext;
use crate::diagnostic::Severity;
use crate::lint::leftover::{self, Languages, Usages};
use crate::lint::{Check, Context, Family, Findings, Remains, Rule};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "untranslated-metadata",
    summary: "a title or description is still in the source language",
    family: Family::Metadata,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("untranslated-metadata"),
    check: Check::Bitext(check),
};

fn check(bitext: &Bitext<'_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(languages) = Languages::of(context) else { return };
    let mut doubtful = Vec::new();
    for unit in bitext.units.iter().filter(|unit| unit.id.starts_with("front-matter:")) {
        let Some(remains) = Remains::of(unit, languages) else { continue };
        let key = unit.id.trim_start_matches("front-matter:");
        let unchanged = remains.unchanged && {
            let tally = remains.tally();
            tally.evidence >= 1 && tally.plain >= 2 || tally.lower >= 2
        };
        if unchanged || remains.is_foreign(context) {
            findings.unit(unit, format!("the {key} is still in the source language")).help("translate it");
        } else if !languages.same_script {
            for (text, start) in leftover::texts(remains.target) {
                for range in leftover::plain_words(text, languages.target.words_are_spaced) {
                    let word = &text[range.clone()];
                    let small = languages.source.function_words.contains(word)
                        || languages.source.ambiguous_function_words.contains(word);
                    if !small
                        && word.len() > 2
                        && word.as_bytes()[0].is_ascii_lowercase()
                        && !languages.target.owns(word)
                    {
                        doubtful.push((unit, Span::new(start + range.start, start + range.end), word));
                    }
                }
            }
        }
    }
    let usages = Usages::count(bitext, doubtful.iter().map(|it| it.2.to_ascii_lowercase()));
    for (unit, span, word) in doubtful {
        if usages.of(word).common > 0 {
            let found = findings.in_unit(unit, span, format!("`{word}` is left in the source language"));
            found.help("translate it");
        }
    }
}
