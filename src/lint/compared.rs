//! What both sides of a unit state, for the rules that compare statements.

use std::cell::OnceCell;

use super::facts::{self, Difference};
use super::{Context, leftover, marks};
use crate::bitext::{Bitext, Unit};
use crate::lint::{Finding, Findings};
use crate::signal::{Known, Quantity, Said, Statement};

/// A unit with the statements of both sides.
pub struct Compared<'u, 'a> {
    /// The unit.
    pub unit: &'u Unit<'a>,
    /// What the source states.
    pub source: Statement,
    /// What the target states.
    pub target: Statement,
    /// Whether the article writes decimals with the sign of its language.
    pub own_decimals: bool,
    pairs: OnceCell<Vec<(usize, usize)>>,
    facts: OnceCell<Vec<Difference>>,
}

impl<'u, 'a> Compared<'u, 'a> {
    /// The units of a bitext that state something on both sides in two languages. Units of another
    /// version are not compared: what differs there is no fault.
    pub fn all(bitext: &'u Bitext<'a>, context: &Context<'_>, known: &mut Known) -> Vec<Self> {
        if !context.same_version {
            return Vec::new();
        }
        let mut all: Vec<Self> = Vec::with_capacity(bitext.units.len());
        all.extend(bitext.units.iter().filter_map(|unit| Self::of(unit, context, known)));
        let decimal = context.words().lexicon.numbers.decimal;
        let own_decimals = decimal.is_some_and(|sign| all.iter().any(|it| it.has_decimal(sign)));
        all.iter_mut().for_each(|it| it.own_decimals = own_decimals);
        all
    }

    fn of(unit: &'u Unit<'a>, context: &Context<'_>, known: &mut Known) -> Option<Self> {
        let (source, target) = (unit.source?, unit.target?);
        if leftover::is_unchanged(source, target) && !source.raw().bytes().any(|it| it.is_ascii_digit()) {
            return None;
        }
        let source = known.read(&source, context.source_words());
        let target = Statement::of(&target, context.words());
        let (pairs, facts) = (OnceCell::new(), OnceCell::new());
        Some(Compared { unit, source, target, own_decimals: false, pairs, facts })
    }

    /// Whether a number of the target has a fraction behind this sign, and its source another sign.
    fn has_decimal(&self, sign: char) -> bool {
        self.pairs().any(|(said, read)| {
            said.value.is_fraction()
                && read.value.is_fraction()
                && self.target.text(read.place()).contains(sign)
                && !self.source.text(said.place()).contains(sign)
        })
    }

    /// The facts that differ.
    pub fn facts(&self) -> &[Difference] {
        self.facts.get_or_init(|| facts::differences(&self.source, &self.target, self.mates()))
    }

    /// The quantities of the source, each with the one of the target that states the same.
    pub fn pairs(&self) -> impl Iterator<Item = (&Quantity, &Quantity)> {
        self.mates().iter().map(|&(source, target)| (&self.source.quantities[source], &self.target.quantities[target]))
    }

    fn mates(&self) -> &[(usize, usize)] {
        self.pairs.get_or_init(|| facts::pairs(&self.source, &self.target))
    }

    /// Whether cues of both languages are known, so that the lack of one says something.
    pub fn is_known(&self) -> bool {
        self.source.known && self.target.known
    }

    /// Whether the target keeps the words of a cue as the source writes them, as in a label that is
    /// not translated: then they are not lost.
    pub fn is_kept(&self, said: Said) -> bool {
        let target = self.target.plain.text.as_str();
        let words = self.source.text(said.place());
        let letter = |it: Option<char>| it.is_some_and(|it| it.is_alphanumeric() || it == '\'');
        let whole =
            |at: usize| !letter(target[..at].chars().next_back()) && !letter(target[at + words.len()..].chars().next());
        // Beyond the letters of Latin script.
        let foreign = target.chars().any(|it| it.is_alphabetic() && it > '\u{24F}');
        foreign && words.is_ascii() && target.match_indices(words).any(|(at, _)| whole(at))
    }

    /// Reports a place in the plain text of the target, with one of the source.
    pub fn report<'f, 'd>(
        &self,
        findings: &'f mut Findings<'d>,
        source: Option<(usize, usize)>,
        target: Option<(usize, usize)>,
        message: String,
    ) -> Finding<'f, 'd> {
        let span = match target {
            Some(place) => self.target.span(place),
            None => self.unit.target.map(|side| side.span).unwrap_or_default(),
        };
        let finding = findings.in_unit(self.unit, span, message);
        match source {
            Some(place) => finding.source(self.source.span(place), "the source says this"),
            None => finding,
        }
    }

    /// Reports what the source says and the target lacks or says otherwise, in plain words.
    pub fn report_readings<'f, 'd>(
        &self,
        findings: &'f mut Findings<'d>,
        source: (usize, usize),
        target: Option<(usize, usize)>,
        lost: &str,
    ) -> Finding<'f, 'd> {
        let said = quote(self.source.text(source));
        let message = match target {
            Some(place) => format!("source: {said}; target: {}", quote(self.target.text(place))),
            None => format!("source: {said}; {lost}"),
        };
        self.report(findings, Some(source), target, message)
    }
}

/// A text in quotation marks, cut where it is long.
pub fn quote(text: &str) -> String {
    format!("“{}”", marks::excerpt(text))
}
