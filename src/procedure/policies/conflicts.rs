//! Two policies that cannot both hold. What may differ for a reason that articles give (another
//! product, another scope, a condition) is no conflict.

use super::super::model::{Modality, Scope};
use super::leave;
use super::pairs;
use super::rules;
use super::soft;
use super::stated::{Kept, Stated};
use super::window::{Window, differ};

/// Two policies that cannot both hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// How grave it is.
    pub gravity: Gravity,
    /// What the first says.
    pub here: String,
    /// What the other says.
    pub there: String,
    /// What they speak of: “the renewal window of action-pack”.
    pub about: String,
}

/// How grave a conflict is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// It may confuse.
    Confuses,
    /// Who follows one of them is misled.
    Misleads,
}

/// What two policies that are held against each other contradict each other in. Whether they stand
/// in one article matters: what follows one another there is often told apart by the text.
pub fn conflicts(one: &Stated, other: &Stated, same_article: bool) -> Option<Conflict> {
    if one.policy.example || other.policy.example || one.kept == Kept::Former || other.kept == Kept::Former {
        return None;
    }
    // A change is told by `stale-policy`.
    if one.policy.validity.is_some() || other.policy.validity.is_some() {
        return None;
    }
    let fit = fit(one, other)?;
    let about = about(one, other);
    let found = |gravity, here: String, there: String| Some(Conflict { gravity, here, there, about: about.clone() });
    if one.kept == Kept::Procedure || other.kept == Kept::Procedure {
        if same_article {
            return None;
        }
        return ungated(one, other, fit).and_then(|(here, there)| found(Gravity::Confuses, here, there));
    }
    let tests = [refunds, windows, soft::softened, channels, itself];
    for test in tests {
        if let Some((gravity, here, there)) = test(one, other, fit) {
            return found(gravity, here, there);
        }
    }
    if let Some((gravity, here, there)) = leave::contrary(one, other, fit).filter(|_| !same_article) {
        return found(gravity, here, there);
    }
    if let Some(gravity) = rules::contrary(one, other, fit == Fit::Same).filter(|_| !same_article) {
        return found(gravity, says(one), says(other));
    }
    let (gravity, here, there) = pairs::differ_in_one(one, other).filter(|_| !same_article)?;
    found(gravity, here, there)
}

/// Whether a policy keeps what another article says held before a change.
pub fn outdated(stated: &Stated, former: &Stated) -> bool {
    if stated.kept != Kept::Policy
        || stated.policy.example
        || stated.policy.validity.is_some()
        || stated.kin != former.kin
    {
        return false;
    }
    let (Some(now), Some(then)) = (window(stated), window(former)) else { return false };
    let ends = now.close().zip(then.close());
    let same =
        ends.is_some_and(|(now, then)| !differ(now, then)) && now.start.is_none_or(|it| (0..=24).contains(&it.0));
    let anchor = |it: &Stated| it.policy.time.as_ref().and_then(|it| it.anchor.clone());
    let alike =
        stated.policy.action == former.policy.action && anchor(stated).is_some() && anchor(stated) == anchor(former);
    let scope = scopes(&stated.policy.scope, &former.policy.scope).is_some();
    same && (alike || scope && fit(stated, former) == Some(Fit::Same))
}

/// How two policies belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// They are said of one thing.
    Same,
    /// They name no product, and nothing tells what they are said of apart.
    Unnamed,
}

fn about(one: &Stated, other: &Stated) -> String {
    let kind = if one.policy.kind == other.policy.kind { &one.policy.kind } else { &one.kin };
    let subject = [one, other].into_iter().find(|it| !it.subject.is_empty()).map(|it| it.subject.join(" "));
    match subject {
        Some(subject) => format!("{} ({subject})", kind.replace('-', " ")),
        None => kind.replace('-', " "),
    }
}

/// Whether two policies are said of one thing, as far as they say.
pub(super) fn fit(one: &Stated, other: &Stated) -> Option<Fit> {
    let shared = scopes(&one.policy.scope, &other.policy.scope)?;
    let (a, b) = (&one.subject, &other.subject);
    let (less, more) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    match (less.is_empty(), more.is_empty()) {
        (false, false) => {
            let within = less.iter().all(|it| more.contains(it));
            // One word may be that of a whole trade: two sentences that are one are said of one thing.
            (less == more || within && (less.len() > 1 || pairs::are_twins(one, other))).then_some(Fit::Same)
        }
        (true, false) => {
            let (general, special) = if a.is_empty() { (one, other) } else { (other, one) };
            let covered = !general.heads.is_empty() && general.heads.iter().any(|it| special.heads.contains(it));
            let is_term = one.policy.kind.ends_with("-term");
            (shared && covered).then_some(Fit::Same).or(is_term.then_some(Fit::Unnamed))
        }
        _ => Some(if shared && !one.heads.is_empty() && one.heads == other.heads { Fit::Same } else { Fit::Unnamed }),
    }
}

/// Whether two scopes are one, as far as either says anything: `None` where they part, or where only
/// one of them is bounded; else whether both say the same of some dimension.
pub fn scopes(one: &Scope, other: &Scope) -> Option<bool> {
    let mut shared = false;
    for dimension in one.dimensions.keys().chain(other.dimensions.keys()) {
        let (Some(here), Some(there)) = (one.dimensions.get(dimension), other.dimensions.get(dimension)) else {
            return None;
        };
        if here != there {
            return None;
        }
        shared = true;
    }
    Some(shared)
}

/// So much of what carries their meaning two duties with a deadline share, in percent.
const ALIKE: usize = 60;

pub(super) type Found = Option<(Gravity, String, String)>;

/// A window that must be kept, and a procedure that says nothing of it.
fn ungated(one: &Stated, other: &Stated, fit: Fit) -> Option<(String, String)> {
    let (policy, is_first) = match (one.kept, other.kept) {
        (Kept::Policy, Kept::Procedure) => (one, true),
        (Kept::Procedure, Kept::Policy) => (other, false),
        _ => return None,
    };
    let same = one.policy.action == other.policy.action && fit == Fit::Same;
    if !same || !policy.policy.exclusive || policy.policy.time.is_none() {
        return None;
    }
    let (only, any) = (format!("“{}”", excerpt(&policy.text)), "these steps, which say nothing of when".to_owned());
    Some(if is_first { (only, any) } else { (any, only) })
}

pub(super) fn says(it: &Stated) -> String {
    format!("“{}”", excerpt(&it.text))
}

fn excerpt(text: &str) -> String {
    const LONGEST: usize = 120;
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

pub(super) fn window(it: &Stated) -> Option<Window> {
    Window::of(it.policy.time.as_ref()?)
}

pub(super) fn anchors_fit(one: &Stated, other: &Stated) -> bool {
    let anchor = |it: &Stated| it.policy.time.as_ref().and_then(|it| it.anchor.clone());
    match (anchor(one), anchor(other)) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    }
}

/// Conditions beside the time, by which two policies may be told apart.
pub(super) fn conditions_fit(one: &Stated, other: &Stated) -> bool {
    one.policy.conditions.is_empty() && other.policy.conditions.is_empty()
}

/// The same time with another refund, or the same refund with another time.
fn refunds(one: &Stated, other: &Stated, fit: Fit) -> Found {
    let (here, there) = (one.policy.consequence.as_ref()?, other.policy.consequence.as_ref()?);
    if one.policy.kind == "expiry" {
        return None;
    }
    if one.kin != other.kin
        || one.policy.kind != other.policy.kind
        || !anchors_fit(one, other)
        || !conditions_fit(one, other)
    {
        return None;
    }
    let (mine, others) = (window(one)?, window(other)?);
    let bounded = |it: &Window| it.end.is_some() || it.start.is_some();
    if !bounded(&mine) || !bounded(&others) {
        return None;
    }
    let early = |it: &Window| it.start.is_none_or(|it| it.0 <= 0);
    let is_conflict = if here == there {
        let ends = mine.end.zip(others.end);
        one.policy.action == other.policy.action
            && early(&mine)
            && early(&others)
            && ends.is_some_and(|(one, other)| differ(one, other))
    } else {
        fit == Fit::Same && mine.overlaps(&others)
    };
    is_conflict.then(|| (Gravity::Misleads, says(one), says(other)))
}

/// Two windows for one action.
fn windows(one: &Stated, other: &Stated, fit: Fit) -> Found {
    let timed = |it: &Stated| {
        (it.policy.consequence.is_none() || it.policy.kind == "expiry")
            && !matches!(it.policy.modality, Modality::Recommendation | Modality::Possibility | Modality::Prohibition)
            && !it.policy.negated
    };
    let one_kind = one.policy.kind == other.policy.kind && one.policy.action == other.policy.action;
    if !one_kind || !timed(one) || !timed(other) || !anchors_fit(one, other) || !conditions_fit(one, other) {
        return None;
    }
    let is_window = |it: &Stated| {
        it.policy.kind.ends_with("-window")
            || it.policy.kind.ends_with("-term")
            || it.policy.kind.ends_with("-period")
            || it.policy.kind == "expiry"
    };
    let is_expiry = one.policy.kind == "expiry";
    // A deadline of one thing, said in nearly the same words.
    let is_deadline = one.policy.time.is_some()
        && one.likeness(other) >= ALIKE
        && (one.lies_in(other) || other.lies_in(one))
        && !one.subject.is_empty()
        && one.subject == other.subject;
    if !is_window(one) && !is_deadline
        || is_expiry && (one.subject.is_empty() || other.subject.is_empty())
        || fit == Fit::Unnamed && !one.policy.kind.ends_with("-term")
    {
        return None;
    }
    let (mine, others) = (window(one)?, window(other)?);
    let exclusive = one.policy.exclusive || other.policy.exclusive;
    let gravity = if exclusive { Gravity::Misleads } else { Gravity::Confuses };
    let starts = mine.start.zip(others.start);
    let found = (says(one), says(other));
    // Before the event, and after it.
    if let Some(((a, _), (b, _))) = starts
        && (a < 0) != (b < 0)
    {
        return Some((Gravity::Misleads, found.0, found.1));
    }
    // `You can still renew later` says nothing of when one can first.
    let starts = starts.filter(|_| mine.open_ended == others.open_ended);
    // `After it expires` may be said of the day itself, and of the day after.
    let day = |(at, open): (i64, bool)| if open { at..=at + 24 } else { at..=at };
    if let Some((a, b)) = starts
        && a.0 >= 0
        && b.0 >= 0
        && (day(a).end() < day(b).start() || day(b).end() < day(a).start())
    {
        return Some((gravity, found.0, found.1));
    }
    if mine.open_ended != others.open_ended {
        let bounded = if mine.open_ended { &others } else { &mine };
        let close = bounded.close();
        return close.map(|_| (gravity, found.0, found.1));
    }
    if let (Some(a), Some(b)) = (mine.close(), others.close())
        && differ(a, b)
        && mine.extent().zip(others.extent()).is_none_or(|(a, b)| differ(a, b))
    {
        return Some((gravity, found.0, found.1));
    }
    None
}

/// One way to do something, a duty here and a leave there.
fn channels(one: &Stated, other: &Stated, fit: Fit) -> Found {
    let channel = one.policy.channel.as_ref()?;
    let same = Some(channel) == other.policy.channel.as_ref() && one.policy.kind == other.policy.kind;
    if !same || fit != Fit::Same || !conditions_fit(one, other) {
        return None;
    }
    let (mine, others) = (one.policy.modality, other.policy.modality);
    let is = |wanted: &[Modality]| {
        wanted.contains(&mine) && !wanted.contains(&others) || wanted.contains(&others) && !wanted.contains(&mine)
    };
    let stated = mine != Modality::Statement && others != Modality::Statement;
    if !stated {
        return None;
    }
    let grave = is(&[Modality::Prohibition]) || is(&[Modality::Exemption]) && is(&[Modality::Obligation]);
    let gravity = if grave { Gravity::Misleads } else { Gravity::Confuses };
    (is(&[Modality::Prohibition]) || is(&[Modality::Obligation])).then(|| (gravity, says(one), says(other)))
}

/// What happens by itself, and may be done only later.
fn itself(one: &Stated, other: &Stated, fit: Fit) -> Found {
    let (auto, manual) = if one.policy.automatic { (one, other) } else { (other, one) };
    if fit != Fit::Same || !auto.policy.automatic || one.policy.action != other.policy.action {
        return None;
    }
    if manual.policy.automatic && one.policy.negated != other.policy.negated {
        let (yes, no) = if one.policy.negated { (other, one) } else { (one, other) };
        let plain =
            conditions_fit(one, other) && !no.policy.exclusive && window(no).is_none() && !yes.subject.is_empty();
        let one_kind = one.policy.kind == other.policy.kind && one.subject == other.subject;
        let one_thing = one_kind && one.likeness(other) >= ALIKE && !one.partial && !other.partial;
        return (plain && one_thing).then(|| (Gravity::Misleads, says(one), says(other)));
    }
    if manual.policy.automatic {
        let (a, b) = (auto.policy.frequency.as_ref()?, manual.policy.frequency.as_ref()?);
        let (a, b) = (super::window::hours(a)?, super::window::hours(b)?);
        let same = conditions_fit(one, other) && differ(a, b) && one.policy.kind == other.policy.kind;
        return same.then(|| (Gravity::Confuses, says(one), says(other)));
    }
    let later = window(manual)?.start.is_some_and(|(at, open)| at > 0 || open);
    (manual.policy.exclusive && later).then(|| (Gravity::Misleads, says(one), says(other)))
}
