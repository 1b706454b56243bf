//! Labels in small letters, where the screen and the other labels begin with a capital.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Conflicts;
use super::label_names::Use;
use crate::diagnostic::{Label, Severity};
use crate::locale::LocaleData;

/// Of so many labels the habit of a locale can be told.
const MIN_LABELS: usize = 10;
/// A site that begins fewer of its labels with a capital than one in so many writes them small.
const HABIT: usize = 4;

/// Reports the labels of one locale that begin with a small letter where the source has a capital,
/// unless it is the habit of the locale. A place that another finding has is left to it.
pub fn judge(uses: &[Use<'_>], data: Option<&LocaleData>, conflicts: &mut Conflicts<'_>) {
    let begins = |text: &str, is: fn(char) -> bool| text.starts_with(is);
    let capital = |it: &&Use<'_>| !it.1.weak && begins(&it.1.label, char::is_uppercase) && !it.1.glossed;
    let labels: Vec<&Use<'_>> = uses.iter().filter(capital).collect();
    let share = |is: fn(char) -> bool| labels.iter().filter(|it| it.1.ordered && begins(&it.1.rendering, is)).count();
    let (usual, small) = (share(char::is_uppercase), share(char::is_lowercase));
    if usual + small >= MIN_LABELS && usual * HABIT < usual + small {
        return;
    }
    let place = |it: &Label| (it.path.clone(), it.range.start.line, it.range.start.column);
    let known: BTreeSet<(Arc<str>, u32, u32)> = conflicts.places().map(place).collect();
    for (fact, named) in labels.into_iter().filter(|it| it.1.ordered && begins(&it.1.rendering, char::is_lowercase)) {
        let first = named.rendering.split_whitespace().next().unwrap_or_default();
        let is_word = first.chars().all(|it| it.is_alphabetic() || "'’-".contains(it));
        let slid = data.is_some_and(|data| data.serves(first) || data.cannot_be_label(&named.rendering));
        if !is_word || slid || known.contains(&place(&fact.place)) {
            continue;
        }
        let message = format!("“{}” is “{}” here, in small letters", named.label, named.rendering);
        if conflicts.place(Severity::Info, &fact.locale, fact.place.clone(), message) {
            conflicts.unit(named.unit.clone());
            conflicts.help(match usual + small {
                count if count >= MIN_LABELS => format!(
                    "{usual} of {count} labels of this language begin with a capital: write it as the screen does"
                ),
                _ => "the label begins with a capital: write it as the screen does".to_owned(),
            });
        }
    }
}
