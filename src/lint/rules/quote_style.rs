use crate::diagnostic::Severity;
use crate::lint::slip::Slip;
use crate::lint::written::is_cjk;
use crate::lint::{Check, Context, Family, Findings, Rule, Written};

pub(super) const RULE: Rule = Rule {
    name: "quote-style",
    summary: "straight and typographic quotation marks are mixed in an article",
    family: Family::Language,
    severity: Severity::Info,
    since: "0.1.0",
    page: page!("quote-style"),
    check: Check::Written(check),
};

fn check(all: &[Written<'_, '_>], _: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(data) = all.first().and_then(|written| written.data) else { return };
    let own =
        |it: char| data.quotes.iter().any(|(open, _)| it != '"' && open.starts_with(it) && it != '‘' && it != '‚');
    let (mut straight, mut typographic) = (0, 0);
    for written in all {
        straight += pairs(written).len();
    }
    if straight == 0 {
        return;
    }
    for written in all {
        typographic += written.text.chars().filter(|it| own(*it)).count();
    }
    if straight == 0 || typographic == 0 || typographic < 2 * straight && straight > 3 {
        return;
    }
    let Some((open, close)) = data.quotes.iter().find(|(open, _)| open.starts_with(own)) else { return };
    for written in all {
        for (start, end) in pairs(written) {
            let message = "straight quotation marks, in an article that has typographic ones";
            let instead = format!("{open}{}{close}", written.text[start + 1..end - 1].trim());
            Slip::new(start, end, message, "write them as in the rest of the article")
                .perhaps(&instead)
                .tell(written, findings);
        }
    }
}

/// The pairs of straight marks around words of the language.
fn pairs(written: &Written<'_, '_>) -> Vec<(usize, usize)> {
    let text = &*written.text;
    let Some(first) = memchr::memchr(b'"', text.as_bytes()) else { return Vec::new() };
    let marks: Vec<usize> = memchr::memchr_iter(b'"', &text.as_bytes()[first..]).map(|at| first + at).collect();
    if marks.len() % 2 == 1 {
        return Vec::new();
    }
    let cjk = written.is_full_width();
    let own = |two: &&[usize]| {
        let inner = &text[two[0] + 1..two[1]];
        if cjk { inner.chars().any(is_cjk) } else { inner.contains(char::is_alphabetic) }
    };
    marks.chunks_exact(2).filter(own).map(|two| (two[0], two[1] + 1)).collect()
}
