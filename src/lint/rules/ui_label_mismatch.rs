use crate::bitext::Bitext;
use crate::diagnostic::Severity;
use crate::lint::terms::one_of;
use crate::lint::{Check, Context, Family, Findings, Rule};
use crate::locale::LocaleData;
use crate::termbase::strings::{LabelName, Labels, same_label};
use crate::termbase::{LabelUse, Likeness, Name, uses};

pub(super) const RULE: Rule = Rule {
    name: "ui-label-mismatch",
    summary: "a button, menu or page is not called what the product calls it",
    family: Family::Labels,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("ui-label-mismatch"),
    check: Check::Bitext(check),
};

/// So many names are shown.
const MAX_SHOWN: usize = 3;

fn check(bitext: &Bitext<'_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    let strings = &context.settings.bases.strings;
    if strings.is_empty() {
        return;
    }
    let labels = strings.labels(context.locale);
    if labels.is_empty() {
        return;
    }
    let data = context.locale.data();
    for it in uses(bitext, context.source_locale) {
        let names = labels.names(&it.label);
        let Some(first) = names.first() else { continue };
        if is_called(&it, names, &labels, data) {
            continue;
        }
        let shown: Vec<String> = names.iter().take(MAX_SHOWN).map(|it| format!("“{}”", it.text)).collect();
        let (label, shown) = (&it.label, one_of(&shown));
        let from = format!("{}: {}", first.file, first.key);
        let message = match same_label(&it.rendering, label) {
            true => format!("“{label}” stays in the source language here; the product calls it {shown} ({from})"),
            false => format!("“{label}” is “{}” here; the product calls it {shown} ({from})", it.rendering),
        };
        // What is only named may be a thing and not its button; what the product has not translated
        // may be waiting for that.
        let grave = it.ordered && !names.iter().all(|it| it.is_source);
        let severity = if grave { Severity::Warning } else { Severity::Info };
        let help = "use the name that is on the screen";
        findings.in_unit(it.unit, it.place, message).severity(severity).help(help);
    }
}

/// Whether a target calls a label by one of its names, or cannot be told to do otherwise.
fn is_called(it: &LabelUse<'_, '_>, names: &[LabelName], labels: &Labels, data: Option<&'static LocaleData>) -> bool {
    if names.iter().any(|name| same_label(&name.text, &it.rendering)) {
        return true;
    }
    let is_source = same_label(&it.rendering, &it.label);
    let rendering = Name::of(&it.rendering, data);
    // The marks slid off the name, or two labels changed places: it stands beside the rendering.
    let text = it.unit.target.map(|target| target.text()).unwrap_or_default();
    let beside = Name::of(&text.replacen(it.rendering.as_str(), " ", 1), data);
    if names.iter().any(|name| Name::of(&name.text, data).is_in(&beside)) {
        return true;
    }
    // The name of another label is no form of this one's.
    if labels.has(&it.rendering) && !is_source {
        return false;
    }
    let is_form = |name: &LabelName| Name::of(&name.text, data).likeness(&rendering) != Likeness::Other;
    names.iter().any(is_form) || !is_source && !Name::is_credible(&it.rendering, &it.label, data)
}
