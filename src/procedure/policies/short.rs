//! A policy in a few words, the same in every language: for tests and for the matrix.

use std::fmt::Write;

use super::super::model::{Bound, Modality, Policy, Temporal};

/// `renewal-window action-pack: permission only, expiry ..P30D`.
pub fn shorthand(policy: &Policy) -> String {
    let subject = policy.subject.as_deref().map(|it| format!(" {it}")).unwrap_or_default();
    format!("{}{subject}: {}", policy.kind, values(policy))
}

/// What a policy states of its subject.
pub fn values(policy: &Policy) -> String {
    let mut said: Vec<String> = Vec::new();
    let modality = match policy.modality {
        Modality::Statement => None,
        other => Some(word(other).to_owned()),
    };
    said.extend(modality);
    for (is, text) in [
        (policy.negated, "not"),
        (policy.exclusive, "only"),
        (policy.automatic, "automatic"),
        (policy.example, "example"),
    ] {
        said.extend(is.then(|| text.to_owned()));
    }
    said.extend(policy.channel.clone());
    said.extend(policy.time.as_ref().map(time));
    said.extend(policy.frequency.as_ref().map(|it| format!("every {it}")));
    said.extend(policy.consequence.clone());
    said.extend(policy.quantities.iter().map(|it| {
        let bound = it.bound.as_deref().map(|it| format!("{it} ")).unwrap_or_default();
        format!("{bound}{}", it.value)
    }));
    if let Some(validity) = &policy.validity {
        let since = validity.from.as_ref().map(|it| format!("from {it}"));
        said.extend(since.or_else(|| validity.until.as_ref().map(|it| format!("until {it}"))));
    }
    if said.is_empty() { "stated".to_owned() } else { said.join(", ") }
}

/// The word for a modality.
fn word(modality: Modality) -> &'static str {
    match modality {
        Modality::Obligation => "obligation",
        Modality::ContingentObligation => "contingent-obligation",
        Modality::Recommendation => "recommendation",
        Modality::Permission => "permission",
        Modality::Possibility => "possibility",
        Modality::Prohibition => "prohibition",
        Modality::Exemption => "exemption",
        Modality::Statement => "statement",
    }
}

/// `expiry +P0D( to +P30D`: an opening bound that is left out has a bracket.
fn time(time: &Temporal) -> String {
    let mut text = time.anchor.clone().unwrap_or_default();
    let bound = |it: &Bound| {
        let at = it.offset.as_deref().or(it.date.as_deref()).unwrap_or("?");
        format!("{at}{}", if it.closed == Some(false) { " excluded" } else { "" })
    };
    let mut put = |word: &str, value: &str| {
        let space = if text.is_empty() { "" } else { " " };
        let _ = write!(text, "{space}{word}{value}");
    };
    if let Some(start) = &time.start {
        put("from ", &bound(start));
    }
    if let Some(end) = &time.end {
        put("to ", &bound(end));
    }
    if let Some(length) = &time.length {
        put("for ", length);
    }
    if time.open_ended {
        put("open-ended", "");
    }
    text
}
