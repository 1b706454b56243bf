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
    let straight: usize = all.iter().map(|written| pairs(written).len()).sum();
    if straight == 0 {
        return;
    }
    let first = |open: &str| open.chars().next().filter(|it| !matches!(it, '"' | '‘' | '‚'));
    let mut own: Vec<char> = data.quotes.iter().filter_map(|(open, _)| first(open)).collect();
    own.sort_unstable();
    own.dedup();
    let times = |mark: char| -> usize {
        let mut bytes = [0; 4];
        let finder = memchr::memmem::Finder::new(mark.encode_utf8(&mut bytes));
        all.iter().map(|written| finder.find_iter(written.text.as_bytes()).count()).sum()
    };
    let typographic: usize = own.iter().copied().map(times).sum();
    if typographic == 0 || typographic < 2 * straight && straight > 3 {
        return;
    }
    let Some((open, close)) = data.quotes.iter().find(|(open, _)| first(open).is_some()) else { return };
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
