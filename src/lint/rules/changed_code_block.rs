use crate::bitext::Bitext;
use crate::diagnostic::Severity;
use crate::document::Document;
use crate::lint::{Check, Context, Family, Findings, Rule, problems};
use crate::markdown::NodeKind;
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "changed-code-block",
    summary: "a code block is not that of the source",
    family: Family::Structure,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("changed-code-block"),
    check: Check::Bitext(check),
};

fn check(bitext: &Bitext<'_>, _: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(original) = bitext.original else { return };
    let (sources, targets) = (blocks(original), blocks(bitext.target));
    if sources.len() != targets.len() {
        return;
    }
    for (source, target) in sources.iter().zip(&targets) {
        let (from, to) = (original.slice(*source), bitext.target.slice(*target));
        if from == to || from.lines().count() != to.lines().count() {
            continue;
        }
        let mut at = target.start as usize;
        for (line, wanted) in to.split_inclusive('\n').zip(from.lines()) {
            let (text, place) = (line.trim(), at + line.len() - line.trim_start().len());
            at += line.len();
            // Comments and texts shown to people are translated.
            if text != wanted.trim() && !is_comment(text) {
                let found = findings.document(
                    bitext.target,
                    Span::new(place, place + text.len()),
                    format!("the source has `{}` here", wanted.trim()),
                );
                // What is not ASCII may be output for people, which a translator is right to translate.
                let found = found.severity(problems::doubt(text.is_ascii()));
                found.label(original, *source, "the source").help("copy the line from the source");
            }
        }
    }
}

fn is_comment(line: &str) -> bool {
    ["#", "//", "--", ";", "*", "/*", "<!--", "REM "].iter().any(|mark| line.starts_with(mark))
        || [" #", " //"].iter().any(|mark| line.contains(mark))
}

fn blocks(document: &Document) -> Vec<Span> {
    let nodes = document.tree.nodes.iter();
    nodes.filter_map(|node| if let NodeKind::Code { body, .. } = node.kind { Some(body) } else { None }).collect()
}
