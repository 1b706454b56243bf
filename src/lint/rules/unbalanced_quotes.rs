use crate::bitext::{Bitext, Unit};
use crate::diagnostic::Severity;
use crate::document::Side;
use crate::lint::marks;
use crate::lint::{Check, Context, Family, Findings, Rule};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "unbalanced-quotes",
    summary: "a bracket or quotation mark of the target has no partner",
    family: Family::Inline,
    severity: Severity::Warning,
    since: "0.1.0",
    page: page!("unbalanced-quotes"),
    check: Check::Bitext(check),
};

/// The classes of pairs that are looked at. Single quotation marks are apostrophes too often.
const CLASSES: usize = 6;
const STRAIGHT: usize = 5;

fn check(bitext: &Bitext<'_>, context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut from = 0;
    while from < bitext.units.len() {
        // A sentence may be cut inside brackets: the units of a block are read as one.
        let node = node(&bitext.units[from]);
        let mut to = from + 1;
        while to < bitext.units.len() && node.is_some() && self::node(&bitext.units[to]) == node {
            to += 1;
        }
        block(&bitext.units[from..to], context, findings);
        from = to;
    }
}

fn node(unit: &Unit<'_>) -> Option<u32> {
    unit.target.and_then(|side| side.node)
}

fn block(units: &[Unit<'_>], context: &Context<'_>, findings: &mut Findings<'_>) {
    let has = |side: Side<'_>| {
        let raw = side.raw().as_bytes();
        memchr::memchr3(b'"', b'(', b')', raw).is_some()
            || memchr::memchr3(b'[', 0xE2, 0xE3, raw).is_some()
            || memchr::memchr3(0xC2, 0xEF, b']', raw).is_some()
    };
    if !units.iter().any(|unit| unit.target.is_some_and(has)) {
        return;
    }
    let (mut source, mut target) = (Balance::default(), Balance::default());
    for (index, unit) in units.iter().enumerate() {
        let Some((_, side)) = marks::compared(unit, context) else { return };
        target.read(&side, index);
    }
    target.close();
    if target.odd.iter().all(Option::is_none) {
        return;
    }
    for (index, unit) in units.iter().enumerate() {
        unit.source.iter().for_each(|side| source.read(side, index));
    }
    source.close();
    for class in 0..CLASSES {
        let Some((span, index, mark)) = target.odd[class] else { continue };
        // All quotation marks of a source are one class: any may become any other.
        let odd = |of: &Balance| match class {
            2.. => of.odd[2..].iter().any(Option::is_some),
            class => of.odd[class].is_some(),
        };
        let mut own = Balance::default();
        if let Some(side) = units[index].source {
            own.read(&side, index);
            own.close();
        }
        if odd(&source) || odd(&own) {
            continue;
        }
        findings
            .in_unit(&units[index], span, format!("`{mark}` has no partner"))
            .help("add the missing mark, or take this one away; the source is balanced");
        return;
    }
}

/// The marks that are open, and the first of each class that has no partner.
#[derive(Default)]
struct Balance {
    open: [Vec<(Span, usize, char)>; CLASSES],
    odd: [Option<(Span, usize, char)>; CLASSES],
}

impl Balance {
    fn read(&mut self, side: &Side<'_>, unit: usize) {
        for (inline, text) in marks::prose(side) {
            for (at, mark) in marks_in(text) {
                let start = inline.span.start as usize + at;
                let place = (Span::new(start, start + mark.len_utf8()), unit, mark);
                match class(mark) {
                    None => {}
                    Some((STRAIGHT, _)) => {
                        // `15"` is a measure.
                        let measure = text[..at].ends_with(|it: char| it.is_ascii_digit());
                        if self.open[STRAIGHT].pop().is_none() && !measure {
                            self.open[STRAIGHT].push(place);
                        }
                    }
                    Some((class, Way::Opens)) => self.open[class].push(place),
                    Some((class, Way::Closes)) => {
                        // `1)` or `Q)` at the start of a text numbers it, in any script.
                        let before = Span::new(side.span.start as usize, start);
                        let numbers = class == 0 && side.document.slice(before).chars().count() <= 2;
                        if self.open[class].pop().is_none() && !numbers {
                            self.odd[class].get_or_insert(place);
                        }
                    }
                    // In German `“` closes, in English it opens; in Swedish `”` does both.
                    Some((class, Way::Either)) => {
                        let partner = self.open[class].pop();
                        if partner.is_none() {
                            self.open[class].push(place);
                        }
                    }
                }
            }
        }
    }

    fn close(&mut self) {
        for class in 0..CLASSES {
            if let Some(place) = self.open[class].first() {
                self.odd[class].get_or_insert(*place);
            }
        }
    }
}

/// The characters that may be marks, with their places: those in ASCII, and those that begin with
/// the bytes of a mark. Nearly all of a text is letters.
fn marks_in(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let may_begin = |byte: u8| matches!(byte, b'"' | b'(' | b')' | b'[' | b']' | 0xC2 | 0xE2 | 0xE3 | 0xEF);
    let places = text.bytes().enumerate().filter(move |(_, byte)| may_begin(*byte));
    places.filter_map(|(at, _)| Some((at, text[at..].chars().next()?)))
}

#[derive(Clone, Copy)]
enum Way {
    Opens,
    Closes,
    Either,
}

fn class(mark: char) -> Option<(usize, Way)> {
    Some(match mark {
        '(' | '（' => (0, Way::Opens),
        ')' | '）' => (0, Way::Closes),
        '[' | '［' | '【' => (1, Way::Opens),
        ']' | '］' | '】' => (1, Way::Closes),
        '「' | '『' => (2, Way::Opens),
        '」' | '』' => (2, Way::Closes),
        '“' | '”' | '„' => (3, Way::Either),
        '«' => (4, Way::Either),
        '»' => (4, Way::Either),
        '"' => (STRAIGHT, Way::Either),
        _ => return None,
    })
}
