//! Parquet: what hexapla knows of a corpus, as tables for the engines that people query with.
//!
//! A dataset is a folder with a folder for each table and in it one for each locale, named as Hive
//! does: `segments/locale=de-DE/part-0.parquet`. What is written to a file is small enough to be held.
//!
//! | file | holds |
//! |---|---|
//! | `table` | tables, columns, cells |
//! | `part` | rows → the bytes of a file |
//! | `segments`, `beads`, `signals`, `policies`, `findings` | one table each |

mod beads;
mod findings;
mod part;
mod policies;
mod segments;
mod signals;
mod table;

pub use part::Dataset;
pub use table::{Cell, Column, Kind, Row, Table};

use std::collections::BTreeMap;

use crate::bitext::Bitext;
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Side};
use crate::locale::{Locale, Words};
use crate::procedure::{ArticleModel, Counterpart, Reading, counterparts};
use crate::text::LineIndex;

/// The tables, in the order of the data: what is written, what corresponds, what is stated, what
/// holds, what was found.
pub const TABLES: [&Table; 5] = [&segments::TABLE, &beads::TABLE, &signals::TABLE, &policies::TABLE, &findings::TABLE];

/// The table of findings.
pub const FINDINGS: &Table = &findings::TABLE;

/// Rows, each with its table and its locale.
pub type Rows = Vec<(&'static Table, String, Row)>;

/// The rows of an article: all but the findings. `locale` is that of sources, `words` gives those of
/// a language.
pub fn rows<'w>(
    article: &ArticleModel,
    reading: &Reading<'_>,
    bitexts: &[&Bitext<'_>],
    locale: &Locale,
    words: impl Fn(&Locale) -> &'w Words,
) -> Rows {
    let own = reading.locale(locale);
    let source = Variant {
        document: reading.document,
        locale: own,
        lines: LineIndex::new(reading.document.source.text()),
        sides: reading.outline.passages.iter().map(|(_, side)| Some(*side)).collect(),
        is_source: true,
    };
    let mut variants = vec![source];
    let mut places = Vec::new();
    for bitext in bitexts {
        let found = counterparts(reading, bitext);
        places.push(beads::places(reading, &found));
        variants.push(Variant {
            document: bitext.target,
            locale: &bitext.target.locale,
            lines: LineIndex::new(bitext.target.source.text()),
            sides: found.iter().map(side).collect(),
            is_source: false,
        });
    }
    let sections = segments::sections(reading);
    let mut rows = Rows::new();
    for variant in &variants {
        let tag = tag(variant.locale);
        let mut add = |table, row| rows.push((table, tag.clone(), row));
        segments::rows(article, reading, &sections, variant, &mut |row| add(&segments::TABLE, row));
        signals::rows(article, reading, variant, words(variant.locale), &mut |row| add(&signals::TABLE, row));
        policies::rows(article, reading, variant, &mut |row| add(&policies::TABLE, row));
    }
    for ((bitext, places), variant) in bitexts.iter().zip(&places).zip(&variants[1..]) {
        beads::rows(article, own, bitext, places, &mut |row| rows.push((&beads::TABLE, tag(variant.locale), row)));
    }
    rows
}

/// The rows of findings. `articles` gives the key and the locale of an article by its path.
pub fn finding_rows(findings: &[Diagnostic], articles: &BTreeMap<String, (String, Locale)>) -> Rows {
    findings::rows(findings, articles)
}

/// An article in one locale.
struct Variant<'a> {
    document: &'a Document,
    locale: &'a Locale,
    lines: LineIndex,
    /// What it has for each segment of the source.
    sides: Vec<Option<Side<'a>>>,
    is_source: bool,
}

impl Variant<'_> {
    /// The 1-based line of a byte.
    fn line(&self, byte: u32) -> Cell {
        Cell::Int(self.lines.line_of(byte) as i64 + 1)
    }
}

/// What a translation has for a segment, where that is not part of what it has for the one before.
fn side<'a>(counterpart: &Counterpart<'a>) -> Option<Side<'a>> {
    match counterpart {
        Counterpart::Side(side) => Some(*side),
        Counterpart::None | Counterpart::Joined => None,
    }
}

/// A locale as the name of a folder.
fn tag(locale: &Locale) -> String {
    if locale.is_known() { locale.tag().to_owned() } else { "und".to_owned() }
}
