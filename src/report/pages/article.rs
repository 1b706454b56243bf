//! One article in all its locales → its page.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use super::cards::{self, Card};
use super::marks::{self, Mark};
use super::places::{Place, Places};
use super::rows::{Row, rows};
use super::rules::RuleView;
use super::{Edition, Page, PageError, direction, lang, names, signals};
use crate::bitext::{Bitext, Origin, Relation, Unit};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::document::{Document, Side};
use crate::lint::{Compared, Context, Votes};
use crate::procedure::{self, Outline};
use crate::signal::Known;
use crate::text::{LineIndex, Span};

/// So many bytes of rows are on one page; an article with more has several.
const FULL: usize = 4 << 20;
/// So many rows are filled into the template at a time. A section with more is cut.
const ROWS: usize = 300;

/// An article as it is to be shown.
pub struct ArticleInput<'i, 'd> {
    /// Its key, as it is shown.
    pub key: &'i str,
    /// Its documents.
    pub documents: &'i [Document],
    /// Its translations, in the order of their columns.
    pub bitexts: &'i [Bitext<'d>],
    /// The findings in its documents.
    pub findings: &'i [&'i Diagnostic],
}

/// The pages of an article.
#[derive(Clone, Debug)]
pub struct ArticlePages {
    /// Its title.
    pub title: String,
    /// The pages, the first one first.
    pub pages: Vec<Page>,
}

/// A translation, at the head of the page and of its column.
#[derive(Clone, Debug, Serialize)]
struct Column<'a> {
    index: usize,
    locale: &'a str,
    lang: &'a str,
    direction: &'static str,
    path: &'a str,
    /// `MT` or `HT`, as the article says.
    made_by: &'a str,
    hash: &'a str,
    date: &'a str,
    source_path: &'a str,
    relation: &'static str,
    units: usize,
    missing: usize,
    extra: usize,
    behind: usize,
    doubtful: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
}

#[derive(Serialize)]
struct SectionView<'a> {
    index: usize,
    title: &'a str,
    anchor: &'a str,
    level: u8,
    goes_on: bool,
    columns: &'a [Column<'a>],
    source_lang: &'a str,
    source_direction: &'static str,
    rows: Vec<RowView<'a>>,
}

#[derive(Serialize)]
struct RowView<'a> {
    id: String,
    number: String,
    /// The anchors of its segments by the numbers of the model, which the policies refer to.
    also: Vec<String>,
    role: &'a str,
    place: &'a str,
    source: Option<SideView>,
    cells: Vec<Cell<'a>>,
    cards: Vec<Card<'a>>,
}

#[derive(Serialize)]
struct SideView {
    html: String,
    line: u32,
    /// Signs of findings that mean all of it.
    whole: String,
}

/// What a translation has for a row.
#[derive(Serialize)]
struct Cell<'a> {
    column: usize,
    /// Whether the translation knows the row at all: another version may not.
    known: bool,
    unit: &'a str,
    lock: String,
    target: Option<SideView>,
    /// Signs of findings whose counterpart is not there.
    gaps: Vec<String>,
    /// Words for filters: `missing`, `stale`, `aligned`.
    tokens: String,
    confidence: u8,
    /// Whether the confidence is worth saying.
    aligned: bool,
    stale: Option<Stale>,
}

/// What the source said when a segment was translated, and what it says now.
#[derive(Clone, Serialize)]
struct Stale {
    then: Option<String>,
    now: Option<String>,
}

#[derive(Serialize)]
struct View<'a> {
    tool: &'a str,
    hash: &'a str,
    key: &'a str,
    title: &'a str,
    source_locale: &'a str,
    source: Option<SourceView<'a>>,
    columns: &'a [Column<'a>],
    whole: &'a [Card<'a>],
    rows: String,
    n_rows: usize,
    part: usize,
    parts: Vec<String>,
    rules: Vec<RuleView<'a>>,
    data: String,
}

#[derive(Clone, Copy, Serialize)]
struct SourceView<'a> {
    path: &'a str,
    hash: &'a str,
    date: &'a str,
}

/// What the script knows of the page.
#[derive(Serialize)]
struct Data<'a> {
    tool: &'a str,
    report: &'a str,
    columns: Vec<DataColumn<'a>>,
}

#[derive(Serialize)]
struct DataColumn<'a> {
    locale: &'a str,
    path: &'a str,
}

/// Makes the pages of an article.
///
/// # Errors
/// When a template is broken.
pub fn article(input: &ArticleInput<'_, '_>, edition: &Edition<'_>) -> Result<ArticlePages, PageError> {
    let sheet = Sheet::of(input, edition);
    let columns = sheet.columns();
    let (sections, whole) = sheet.sections(&columns);
    let source = sheet.source();
    let mut parts: Vec<(String, usize)> = vec![(String::new(), 0)];
    for section in &sections {
        let html = edition.frame.fill("section.html", section)?;
        let n_rows = section.rows.len();
        match parts.last_mut().filter(|(rows, _)| rows.is_empty() || rows.len() + html.len() <= FULL) {
            Some((rows, count)) => {
                rows.push_str(&html);
                *count += n_rows;
            }
            None => parts.push((html, n_rows)),
        }
    }
    let title = sheet.title();
    let told: BTreeSet<&str> = input.findings.iter().map(|it| it.rule).collect();
    let rules = edition.rules.iter().filter(|rule| told.contains(rule.name));
    let rules: Vec<RuleView<'_>> = rules.map(|rule| RuleView::of(rule, false)).collect();
    let name = names::name(input.key);
    let file = |part: usize| match part {
        0 => format!("{name}.html"),
        part => format!("{name}.~{}.html", part + 1),
    };
    let files: Vec<String> = (0..parts.len()).map(file).collect();
    let data = super::frame::data(&Data {
        tool: edition.tool,
        report: edition.hash,
        columns: columns.iter().map(|it| DataColumn { locale: it.locale, path: it.path }).collect(),
    });
    let mut pages = Vec::with_capacity(parts.len());
    for (part, (rows, n_rows)) in parts.into_iter().enumerate() {
        let view = View {
            tool: edition.tool,
            hash: edition.hash,
            key: input.key,
            title: &title,
            source_locale: edition.settings.source_locale.tag(),
            source,
            columns: &columns,
            whole: if part == 0 { &whole } else { &[] },
            rows,
            n_rows,
            part,
            parts: files.clone(),
            rules: rules.clone(),
            data: data.clone(),
        };
        let html = edition.frame.fill("article.html", &view)?;
        pages.push(Page { file: format!("{}/{}", names::FOLDER, files[part]), html });
    }
    Ok(ArticlePages { title, pages })
}

/// An article while its page is made.
struct Sheet<'a, 'd> {
    input: &'a ArticleInput<'a, 'd>,
    edition: &'a Edition<'a>,
    rows: Vec<Row<'d>>,
    /// The row of each unit, by bitext.
    row_of: Vec<Vec<usize>>,
    /// The places of each source, by bitext: those of one document are read once.
    places: Vec<usize>,
    read: Vec<Places>,
    /// The lines of the documents, by path.
    lines: HashMap<&'a str, LineIndex>,
    /// The document that the model of the article is read from, and the numbers of its segments by text.
    model: Option<(&'a Document, HashMap<String, Vec<String>>)>,
}

/// What is shown of a row beside its texts.
#[derive(Default)]
struct Told<'a> {
    cards: Vec<Card<'a>>,
    source: Vec<Mark>,
    targets: BTreeMap<usize, Vec<Mark>>,
    source_whole: Vec<String>,
    target_whole: BTreeMap<usize, Vec<String>>,
    gaps: BTreeMap<usize, Vec<String>>,
}

impl<'a, 'd> Sheet<'a, 'd> {
    fn of(input: &'a ArticleInput<'a, 'd>, edition: &'a Edition<'a>) -> Self {
        let rows = rows(input.bitexts);
        let mut row_of: Vec<Vec<usize>> = input.bitexts.iter().map(|it| vec![0; it.units.len()]).collect();
        for (number, row) in rows.iter().enumerate() {
            for (bitext, unit) in row.units.iter().enumerate() {
                if let Some(unit) = unit {
                    row_of[bitext][*unit] = number;
                }
            }
        }
        let (mut places, mut read): (Vec<usize>, Vec<Places>) = Default::default();
        let mut known: Vec<*const Document> = Vec::new();
        for bitext in input.bitexts {
            let at = known.iter().position(|it| std::ptr::eq(*it, bitext.source)).unwrap_or_else(|| {
                known.push(bitext.source);
                read.push(Places::of(bitext.source));
                read.len() - 1
            });
            places.push(at);
        }
        let documents = input.bitexts.iter().flat_map(|it| [it.source, it.target]);
        let lines = documents.map(|it| (&*it.path, LineIndex::new(it.source.text()))).collect();
        let model = procedure::source_of(input.documents, &edition.settings.source_locale).map(|document| {
            let mut by_text: HashMap<String, Vec<String>> = HashMap::new();
            for (number, side) in Outline::of(document).passages {
                by_text.entry(side.raw().trim().to_owned()).or_default().push(number);
            }
            (document, by_text)
        });
        Sheet { input, edition, rows, row_of, places, read, lines, model }
    }

    /// The line that a side begins on.
    fn line(&self, side: &Side<'_>) -> u32 {
        self.lines.get(&*side.document.path).map_or(0, |lines| lines.line_of(side.span.start) as u32 + 1)
    }

    fn places(&self, bitext: usize) -> &Places {
        &self.read[self.places[bitext]]
    }

    /// The words of the source's title, else of its first heading, else the key.
    fn title(&self) -> String {
        let source = self.input.documents.iter().find(|it| self.is_source(it));
        let titles = ["title", "metadata.title"].iter().filter_map(|key| Some(source?.meta(key).trim().to_owned()));
        let headings = self.read.iter().flat_map(|it| &it.sections).map(|it| it.title.clone());
        let own = self.input.documents.iter().map(|it| it.meta("title").trim().to_owned());
        titles.chain(headings).chain(own).find(|it| !it.is_empty()).unwrap_or_else(|| self.input.key.to_owned())
    }

    fn is_source(&self, document: &Document) -> bool {
        !document.is_bilingual() && document.locale.language() == self.edition.settings.source_locale.language()
    }

    fn source(&self) -> Option<SourceView<'a>> {
        let it = self.input.documents.iter().find(|it| self.is_source(it))?;
        Some(SourceView { path: &it.path, hash: it.meta("ms.openlocfilehash"), date: it.meta("ms.date") })
    }

    fn columns(&self) -> Vec<Column<'a>> {
        let column = |(index, bitext): (usize, &'a Bitext<'d>)| {
            let target = bitext.target;
            let own = self.input.findings.iter().filter(|it| it.primary.path == target.path);
            let count = |severity| own.clone().filter(|it| it.severity == severity).count();
            let progress = bitext.drift().progress();
            let doubtful = |unit: &&Unit<'_>| matches!(unit.origin, Origin::Aligned(it) if it < 0.5 && unit.source.is_some() && unit.target.is_some());
            let date = match target.meta("ms.lasthandoff") {
                "" => target.meta("ms.date"),
                date => date,
            };
            Column {
                index,
                locale: target.locale.tag(),
                lang: lang(&target.locale),
                direction: direction(&target.locale),
                path: &target.path,
                made_by: target.meta("ms.translationtype"),
                hash: target.meta("ms.openlocfilehash"),
                date,
                source_path: &bitext.source.path,
                relation: match bitext.relation {
                    Relation::Own => "holds its own source",
                    Relation::SameVersion => "aligned with its source",
                    Relation::SameSource => "aligned with the source in another article",
                    Relation::Comments => "aligned with the source in its comments",
                    Relation::OtherVersion => "aligned with another version of its source",
                },
                units: bitext.units.iter().filter(|it| it.origin != Origin::FrontMatter).count(),
                missing: bitext.units.iter().filter(|it| it.target.is_none()).count(),
                extra: bitext.units.iter().filter(|it| it.source.is_none() && it.origin != Origin::FrontMatter).count(),
                behind: progress.stale,
                doubtful: bitext.units.iter().filter(doubtful).count(),
                errors: count(Severity::Error),
                warnings: count(Severity::Warning),
                infos: count(Severity::Info),
            }
        };
        self.input.bitexts.iter().enumerate().map(column).collect()
    }

    /// The rows in their sections, and the findings that no row shows.
    fn sections(&self, columns: &'a [Column<'a>]) -> (Vec<SectionView<'_>>, Vec<Card<'a>>) {
        let (mut told, whole) = self.findings();
        self.signals(&mut told);
        let stale = self.stale();
        let mut taken = BTreeSet::new();
        let mut sections: Vec<SectionView<'_>> = Vec::new();
        // What has no place of its own stands with what comes before it.
        let mut last = None;
        for (number, row) in self.rows.iter().enumerate() {
            let place = self.place(row);
            let section = place.map(|(bitext, place)| (self.places[bitext], place.section)).or(last);
            last = section;
            let same = sections.last().filter(|it| it.rows.len() < ROWS);
            let title = section.and_then(|(read, section)| self.read[read].sections.get(section));
            let (words, anchor) = title.map_or(("", ""), |it| (it.title.as_str(), it.id.as_str()));
            let (words, anchor) =
                if row_is_meta(row, self.input.bitexts) { ("Front matter", "") } else { (words, anchor) };
            if same.is_none_or(|it| it.title != words || it.anchor != anchor) {
                let goes_on = sections.last().is_some_and(|it| it.title == words && it.anchor == anchor);
                let source = &self.edition.settings.source_locale;
                sections.push(SectionView {
                    index: sections.len(),
                    title: words,
                    anchor,
                    level: title.map_or(0, |it| it.level),
                    goes_on,
                    columns,
                    source_lang: lang(source),
                    source_direction: direction(source),
                    rows: Vec::new(),
                });
            }
            let told = std::mem::take(&mut told[number]);
            let view = self.row(row, place.map(|(_, place)| place), told, &stale, &mut taken);
            sections.last_mut().expect("there is one").rows.push(view);
        }
        (sections, whole)
    }

    /// The numbers of a row's segments in the model: of the document that the model is read from, or of
    /// one that holds a copy of the text.
    fn numbers(&self, row: &Row<'_>) -> Vec<&str> {
        let Some((bitext, side)) = row.source else { return Vec::new() };
        match &self.model {
            Some((document, by_text)) if !std::ptr::eq(*document, self.input.bitexts[bitext].source) => {
                by_text.get(side.raw().trim()).into_iter().flatten().map(String::as_str).collect()
            }
            _ => self.places(bitext).numbers(side.span).collect(),
        }
    }

    fn place(&self, row: &Row<'_>) -> Option<(usize, &Place)> {
        let (bitext, side) = row.source?;
        Some((bitext, self.places(bitext).at(side.span)?))
    }

    fn row<'s>(
        &'s self,
        row: &Row<'d>,
        place: Option<&'s Place>,
        told: Told<'a>,
        stale: &HashMap<(usize, usize), Stale>,
        taken: &mut BTreeSet<String>,
    ) -> RowView<'s> {
        let number = place.map(|it| it.number.clone()).unwrap_or_default();
        let mut id = format!("s{number}");
        let mut again = 1;
        while !taken.insert(id.clone()) {
            again += 1;
            id = format!("s{number}.{again}");
        }
        let cells = row.units.iter().enumerate().map(|(column, unit)| {
            let Some(index) = *unit else { return Cell::unknown(column) };
            let bitext = &self.input.bitexts[column];
            let unit = &bitext.units[index];
            let marks = told.targets.get(&column).map_or(&[][..], Vec::as_slice);
            let whole = told.target_whole.get(&column).map(|it| it.join(" ")).unwrap_or_default();
            let stale = stale.get(&(column, index)).cloned();
            Cell {
                column,
                known: true,
                unit: &unit.id,
                lock: unit.target.map(|it| it.lock()).unwrap_or_default(),
                target: unit.target.map(|it| SideView { html: marks::html(&it, marks), line: self.line(&it), whole }),
                gaps: told.gaps.get(&column).cloned().unwrap_or_default(),
                tokens: tokens(unit, bitext, stale.is_some()),
                confidence: confidence(unit),
                aligned: matches!(unit.origin, Origin::Aligned(_)),
                stale,
            }
        });
        let source = row.source.map(|(_, side)| SideView {
            html: marks::html(&side, &told.source),
            line: self.line(&side),
            whole: told.source_whole.join(" "),
        });
        let is_meta = row_is_meta(row, self.input.bitexts);
        let key = row.units.iter().zip(self.input.bitexts).find_map(|(unit, it)| Some(&it.units[(*unit)?]));
        let (role, place) = match place {
            _ if is_meta => ("meta", key.and_then(|it| it.id.split_once(':')).map_or("", |it| it.1)),
            Some(place) => (place.role, place.words.as_str()),
            None => ("text", ""),
        };
        let also = self.numbers(row).into_iter().map(|number| format!("m{number}"));
        let also = also.filter(|id| taken.insert(id.clone())).collect();
        RowView { id, number, also, role, place, source, cells: cells.collect(), cards: told.cards }
    }

    /// The findings of each row, and those of none.
    fn findings(&self) -> (Vec<Told<'a>>, Vec<Card<'a>>) {
        let mut told: Vec<Told<'a>> = (0..self.rows.len()).map(|_| Told::default()).collect();
        let mut whole = Vec::new();
        // Rows from left to right, so that the signs of a row are in the order of its columns.
        let column =
            |it: &Diagnostic| self.input.bitexts.iter().position(|bitext| bitext.target.path == it.primary.path);
        let mut all: Vec<(Option<usize>, &'a Diagnostic)> =
            self.input.findings.iter().map(|it| (column(it), *it)).collect();
        all.sort_by_key(|(column, finding)| (*column, std::cmp::Reverse(finding.severity)));
        for (column, finding) in all {
            let locale =
                |path: &str| self.input.documents.iter().find(|it| *it.path == *path).map(|it| it.locale.to_string());
            let locale = locale(&finding.primary.path).unwrap_or_default();
            match self.row_for(column, finding) {
                Some(number) => {
                    let told = &mut told[number];
                    let sign = cards::sign(told.cards.len());
                    self.mark(finding, column, number, &sign, told);
                    told.cards.push(Card::of(finding, column, &locale, sign, true, self.edition));
                }
                None => whole.push(Card::of(finding, column, &locale, String::new(), false, self.edition)),
            }
        }
        (told, whole)
    }

    /// The row that a finding speaks of.
    fn row_for(&self, column: Option<usize>, finding: &Diagnostic) -> Option<usize> {
        let place = cards::span(&finding.primary);
        let path = &*finding.primary.path;
        if finding.primary.range.start.line == 0 {
            return None;
        }
        let Some(column) = column else {
            let holds = |row: &Row<'_>| {
                row.source.is_some_and(|(_, side)| *side.document.path == *path && side.span.contains(place))
            };
            return self.rows.iter().position(holds);
        };
        let units = &self.input.bitexts[column].units;
        let inside = |side: Option<Side<'_>>| {
            side.is_some_and(|it| *it.document.path == *path && it.span.contains(place) && !it.span.is_empty())
        };
        let holds = |unit: &Unit<'_>| inside(unit.target) || inside(unit.source);
        let named = finding.unit.as_ref().filter(|it| !it.id.is_empty());
        let index = match named {
            Some(named) => {
                let same = |unit: &Unit<'_>| unit.id == named.id;
                let at = units.iter().position(|unit| same(unit) && holds(unit));
                at.or_else(|| units.iter().position(same))
            }
            None => units.iter().position(holds),
        };
        index.map(|index| self.row_of[column][index])
    }

    /// Puts a finding's sign on the characters that it means, on both sides.
    fn mark(&self, finding: &Diagnostic, column: Option<usize>, number: usize, sign: &str, told: &mut Told<'a>) {
        let row = &self.rows[number];
        let mut narrow_source = false;
        let mut in_target = false;
        for label in std::iter::once(&finding.primary).chain(&finding.labels) {
            let span = cards::span(label);
            for (at, unit) in row.units.iter().enumerate() {
                let Some(unit) = unit.map(|unit| &self.input.bitexts[at].units[unit]) else { continue };
                let Some(target) = unit.target.filter(|it| is_in(label, it, span)) else { continue };
                in_target |= column == Some(at);
                match is_all(&target, span) {
                    true => told.target_whole.entry(at).or_default().push(sign.to_owned()),
                    false => {
                        in_target |= column == Some(at);
                        let mark = cards::mark(finding, span, sign, None, self.edition);
                        told.targets.entry(at).or_default().push(mark);
                    }
                }
            }
            let units = row.units.iter().enumerate();
            let mut sources = units.filter_map(|(at, unit)| self.input.bitexts[at].units[(*unit)?].source);
            let Some(source) = sources.find(|it| is_in(label, it, span)) else { continue };
            let Some((_, shown)) = row.source else { continue };
            if is_all(&source, span) {
                if std::ptr::eq(label, &finding.primary) {
                    told.source_whole.push(sign.to_owned());
                }
                continue;
            }
            // Another copy of the source is the same text elsewhere.
            if shown.raw() != source.raw() {
                continue;
            }
            let by = |at: u32| at - source.span.start + shown.span.start;
            let span = Span { start: by(span.start), end: by(span.end) };
            narrow_source = true;
            told.source.push(cards::mark(finding, span, sign, column, self.edition));
        }
        let whole = column.and_then(|it| told.target_whole.get(&it)).is_some_and(|it| it.iter().any(|it| it == sign));
        if let Some(column) = column.filter(|_| narrow_source && (whole || !in_target)) {
            if let Some(signs) = told.target_whole.get_mut(&column) {
                signs.retain(|it| it != sign);
            }
            told.gaps.entry(column).or_default().push(sign.to_owned());
        }
    }

    /// What both sides state.
    fn signals(&self, told: &mut [Told<'a>]) {
        let votes = Votes::count(self.input.bitexts);
        let mut known = Known::default();
        for (column, bitext) in self.input.bitexts.iter().enumerate() {
            let settings = self.edition.settings;
            let context = Context {
                settings,
                source_locale: &settings.source_locale,
                locale: &bitext.target.locale,
                votes: &votes,
                same_version: true,
            };
            // Both are in one order.
            let mut units = bitext.units.iter().enumerate();
            for unit in Compared::all(bitext, &context, &mut known) {
                let index = units.find(|(_, it)| std::ptr::eq(*it, unit.unit));
                let Some(number) = index.map(|(index, _)| self.row_of[column][index]) else { continue };
                let (sources, targets) = signals::of(&unit);
                told[number].targets.entry(column).or_default().extend(targets);
                let Some((_, shown)) = self.rows[number].source else { continue };
                let Some(own) = unit.unit.source.filter(|it| it.raw() == shown.raw()) else { continue };
                let by = |at: u32| at - own.span.start + shown.span.start;
                for it in sources {
                    let span = Span { start: by(it.span.start), end: by(it.span.end) };
                    let all = &mut told[number].source;
                    let same = |other: &&mut Mark| (other.severity, other.span, other.kind) == (None, span, it.kind);
                    match all.iter_mut().find(same) {
                        Some(known) if known.sign.is_empty() => known.sign = it.sign,
                        Some(_) => {}
                        None => all.push(Mark { span, ..it }),
                    }
                }
            }
        }
    }

    fn stale(&self) -> HashMap<(usize, usize), Stale> {
        let text = |side: Option<Side<'_>>| side.map(|it| it.raw().trim().to_owned());
        let of = |(column, bitext): (usize, &'a Bitext<'d>)| {
            let stale = bitext.drift().stale.iter();
            stale
                .map(move |it| ((column, it.unit), Stale { then: text(it.then), now: text(it.now) }))
                .collect::<Vec<_>>()
        };
        self.input.bitexts.iter().enumerate().flat_map(of).collect()
    }
}

impl Cell<'_> {
    fn unknown(column: usize) -> Self {
        Cell {
            column,
            known: false,
            unit: "",
            lock: String::new(),
            target: None,
            gaps: Vec::new(),
            tokens: "absent".to_owned(),
            confidence: 100,
            aligned: false,
            stale: None,
        }
    }
}

fn row_is_meta(row: &Row<'_>, bitexts: &[Bitext<'_>]) -> bool {
    let mut units = row.units.iter().zip(bitexts).filter_map(|(unit, bitext)| Some(&bitext.units[(*unit)?]));
    units.next().is_some_and(|unit| unit.origin == Origin::FrontMatter)
}

fn is_in(label: &Label, side: &Side<'_>, span: Span) -> bool {
    label.path == side.document.path && side.span.contains(span) && span.start < span.end
}

/// Whether a span is all of a side, white space aside.
fn is_all(side: &Side<'_>, span: Span) -> bool {
    let inner = side.span.trimmed(side.document.source.text());
    span.start <= inner.start && inner.end <= span.end
}

fn confidence(unit: &Unit<'_>) -> u8 {
    match unit.origin {
        Origin::Aligned(confidence) => (confidence.clamp(0.0, 1.0) * 100.0).floor() as u8,
        Origin::Embedded | Origin::FrontMatter => 100,
    }
}

fn tokens(unit: &Unit<'_>, bitext: &Bitext<'_>, is_stale: bool) -> String {
    let sourceless = unit.origin == Origin::FrontMatter;
    let mut tokens = vec![match unit.origin {
        Origin::Embedded => "embedded",
        Origin::Aligned(_) => "aligned",
        Origin::FrontMatter => "meta",
    }];
    let type_of = bitext.target.meta("ms.translationtype");
    match type_of {
        "MT" | "mt" => tokens.push("mt"),
        "HT" | "ht" => tokens.push("ht"),
        _ => {}
    }
    tokens.extend(unit.target.is_none().then_some("missing"));
    tokens.extend((unit.source.is_none() && !sourceless).then_some("extra"));
    tokens.extend(is_stale.then_some("stale"));
    tokens.join(" ")
}
