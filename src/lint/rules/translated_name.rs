use crate::bitext::Bitext;
use crate::diagnostic::Severity;
use crate::document::Document;
use crate::lint::marks::compared;
use crate::lint::{Check, Conflicts, Context, Family, Findings, Rule};
use crate::termbase::base::{Hit, Names, Reading, Termbase};
use crate::termbase::{Fault, Lesson, NameUse, Wording};

pub(super) const RULE: Rule = Rule {
    name: "translated-name",
    summary: "a name that should stay as it is was changed",
    family: Family::Labels,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("translated-name"),
    check: Check::Learned(check_listed, Lesson::Names, check_learned),
};

/// The key of front matter that lists names which stay as they are in this article.
const LISTED: &str = "no-loc";

/// The names of the settings, of the termbase and of the article's front matter.
fn check_listed(bitext: &Bitext<'_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    let own = |document: &Document| -> Vec<String> {
        let entries = document.front_matter().map_or(&[][..], |front| &front.entries);
        let listed = entries.iter().filter(|it| it.path.split('.').next() == Some(LISTED));
        let each = listed.flat_map(|it| it.value.split(','));
        each.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect()
    };
    let mut listed = own(bitext.source);
    listed.extend(own(bitext.target));
    let of_article = (!listed.is_empty()).then(|| Names::new(&listed, &Termbase::default(), context.source_locale));
    let names: Vec<&Names> = [Some(&context.settings.bases.names), of_article.as_ref()].into_iter().flatten().collect();
    if names.iter().all(|it| it.is_empty()) || !context.same_version {
        return;
    }
    for unit in &bitext.units {
        let Some((source, target)) = compared(unit, context) else { continue };
        let (from, to) = (Reading::of(&source), Reading::of(&target));
        for names in &names {
            let (said, kept) = (names.find(&from), names.find(&to));
            let count = |all: &[Hit<'_>], name: &str| all.iter().filter(|it| it.named.term.text == name).count();
            let mut told: Vec<&str> = Vec::new();
            for hit in &said {
                let name = &*hit.named.term.text;
                if told.contains(&name) || count(&kept, name) >= count(&said, name) {
                    continue;
                }
                told.push(name);
                let message = match count(&kept, name) {
                    0 => format!("“{name}” is to stay as it is, and is not here"),
                    _ => format!("“{name}” is to stay as it is, and stands here less often than in the source"),
                };
                let finding = findings.in_unit(unit, target.span, message);
                let finding = finding.source(from.span(hit.start, hit.end), "the name in the source");
                finding.help("write it as the source does, or take it off the list of names");
            }
        }
    }
}

fn check_learned(locale: &str, wording: &Wording<'_>, conflicts: &mut Conflicts<'_>) {
    for it in &wording.names {
        report(locale, wording, it, conflicts);
    }
}

fn report(locale: &str, wording: &Wording<'_>, it: &NameUse, conflicts: &mut Conflicts<'_>) {
    let (name, written) = (&it.name, &it.written);
    let message = match it.fault {
        Fault::Spelling => format!("“{name}” is written “{written}”"),
        Fault::Torn => format!("the words of “{name}” stand apart"),
        Fault::Partly => format!("of “{name}” only a part stands here: “{written}”"),
        Fault::Lost => format!("“{name}” is missing here"),
        Fault::Glued => format!("“{written}” is written in letters of two alphabets"),
        Fault::Lowered => format!("“{name}” is “{written}” here, without the capital of a name"),
        Fault::Divided => match &it.usual {
            Some(usual) if written == name => {
                format!("“{name}” is left as it is here, and is “{usual}” elsewhere in this article")
            }
            Some(usual) => format!("“{name}” is “{written}” here and “{usual}” elsewhere in this article"),
            None => format!("“{name}” is “{written}” here, and has another name elsewhere in this article"),
        },
        Fault::Translated => format!("“{name}” became “{written}”, which no translation by a person has"),
    };
    // What was learned is likely, and not known.
    if !conflicts.stretch(Severity::Info, locale, wording, it.place, message) {
        return;
    }
    conflicts.help(match it.fault {
        Fault::Lowered => "write a name as a name".to_owned(),
        Fault::Glued => "write each alphabet by itself, with a space or a hyphen between them".to_owned(),
        Fault::Lost if it.kept == 0 => "other languages keep it here".to_owned(),
        Fault::Divided => format!("it stands so in {} other units of the article: use one name", it.kept),
        _ if it.kept == 0 => format!("write “{name}” as the source does"),
        _ => format!("“{name}” stands as it is in {} other units of this language", it.kept),
    });
}
