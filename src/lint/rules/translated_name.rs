use crate::diagnostic::Severity;
use crate::lint::{Check, Conflicts, Family, Rule};
use crate::termbase::{Fault, NameUse, Wording};

pub(super) const RULE: Rule = Rule {
    name: "translated-name",
    summary: "a name that should stay as it is was changed",
    family: Family::Labels,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("translated-name"),
    check: Check::Wording(check),
};

fn check(locale: &str, wording: &Wording<'_>, conflicts: &mut Conflicts<'_>) {
    for it in &wording.names {
        report(locale, wording, it, conflicts);
    }
}

fn report(locale: &str, wording: &Wording<'_>, it: &NameUse, conflicts: &mut Conflicts<'_>) {
    let translation = wording.translations[it.place.translation as usize];
    let passage = &translation.passages[it.place.passage as usize];
    if passage.muted.contains(&RULE.name) {
        return;
    }
    let (name, written) = (&it.name, &it.written);
    let message = match it.fault {
        Fault::Spelling => format!("“{name}” is written “{written}”"),
        Fault::Torn => format!("the words of “{name}” stand apart"),
        Fault::Partly => format!("of “{name}” only a part stands here: “{written}”"),
        Fault::Glued => format!("“{name}” has letters of another alphabet at its end: “{written}”"),
        Fault::Lowered => format!("“{name}” is “{written}” here, without the capital of a name"),
        Fault::Translated => format!("“{name}” became “{written}”, which no translation by a person has"),
    };
    let (from, to) = (it.place.from as usize, it.place.to as usize);
    let label = passage.target.label(&translation.path, from, to, "");
    // What was learned is likely, and not known.
    if !conflicts.place(Severity::Info, locale, label, message) {
        return;
    }
    conflicts.unit(passage.reference(translation));
    conflicts.help(match it.fault {
        Fault::Lowered => "write a name as a name, or list it in `[terms]` as it should be".to_owned(),
        _ if it.kept == 0 => format!("write “{name}” as the source does"),
        _ => format!("“{name}” stands as it is in {} other units of this language", it.kept),
    });
}
