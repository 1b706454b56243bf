use crate::bitext::Unit;
use crate::diagnostic::Severity;
use crate::document::Side;
use crate::lint::marks;
use crate::lint::{Check, Context, Family, Findings, Rule};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "image-mismatch",
    summary: "the images of the target are not those of the source",
    family: Family::Inline,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("image-mismatch"),
    check: Check::Unit(check),
};

fn check(unit: &Unit<'_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some((source, target)) = marks::compared(unit, context) else { return };
    if marks::is_plain(&source) && marks::is_plain(&target) {
        return;
    }
    let mut lost = files(&source);
    let mut added = Vec::new();
    for file in files(&target) {
        match lost.iter().position(|it| it.0 == file.0) {
            Some(at) => drop(lost.remove(at)),
            None => added.push(file),
        }
    }
    for (index, (file, span)) in lost.iter().enumerate() {
        match added.get(index) {
            // A picture of a translated screen may have a name of its own.
            Some((other, place)) => findings
                .in_unit(unit, *place, format!("the image `{other}` stands where the source has `{file}`"))
                .severity(Severity::Info),
            None => findings.in_unit(unit, target.span, format!("the image `{file}` is gone")),
        }
        .source(*span, "the image in the source")
        .help("show the same image as the source");
    }
    for (file, span) in added.iter().skip(lost.len()) {
        findings.in_unit(unit, *span, format!("the source has no image `{file}`")).severity(Severity::Info);
    }
}

/// The file names of the images, without the folders, which may name the locale.
fn files(side: &Side<'_>) -> Vec<(String, Span)> {
    let name = |span: Span| {
        let path = side.document.slice(span).trim();
        let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
        (file.to_lowercase(), span)
    };
    marks::images(side).iter().filter_map(|image| image.target).map(name).collect()
}
