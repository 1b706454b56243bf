//! Pieces for search and retrieval: `hexapla render --to chunks`. One a procedure, a policy, a
//! question and a section of prose; steps are not cut apart, and a note stays with its step.

use schemars::JsonSchema;
use serde::Serialize;

use super::document::marks;
use super::topic::{Article, Block, Body, Head, Label, Procedure, Quality, Slot, State, Step, joined};
use super::{OnError, Options, prose};
use crate::procedure::Scope;

/// A piece.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
#[schemars(title = "hexapla render --to chunks: one line")]
pub struct Chunk {
    /// The version of this contract.
    pub version: u32,
    /// `KEY#ANCHOR@LOCALE`: the same as long as the section has its anchor.
    pub id: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: ChunkKind,
    /// The key of the article.
    pub article: String,
    /// The anchor of the section; empty before the first heading.
    pub section: String,
    /// The file that it was read from; absent where the source is known from translations only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The locale that it is written for.
    pub locale: String,
    /// The heading that names it.
    pub title: String,
    /// The headings above it, outermost first.
    pub heading_path: Vec<String>,
    /// What it says, a line for each step, note and paragraph.
    pub text: String,
    /// The same with marks; what is not in the locale stands in `<mark lang="…">`.
    pub markdown: String,
    /// What the texts that are not in the locale are, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fallbacks: Vec<Fallback>,
    /// The steps of a procedure, outermost ones only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<String>,
    /// The UI labels that it names, each once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    /// The policies that stand in a procedure.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<String>,
    /// What it holds for.
    #[serde(skip_serializing_if = "Scope::is_empty")]
    pub scope: Scope,
    /// The roles that may do it, in the words of the source.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// Destinations of its links.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<String>,
    /// A hash of what the source says in it.
    pub source_hash: String,
    /// A hash of the piece: index it again when this changes.
    pub content_hash: String,
    /// `MT` or `HT`, as the front matter says.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub translation_type: String,
    /// The date of the front matter.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub updated: String,
    /// Whether it is behind the source.
    pub stale: bool,
    /// What is known of its texts.
    pub quality: Quality,
}

/// Kinds of pieces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum ChunkKind {
    Procedure,
    Policy,
    Question,
    #[default]
    Section,
}

/// A text that is not in the locale of its piece.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Fallback {
    /// The segment.
    pub segment: String,
    /// The locale that the text is in.
    pub locale: String,
    /// Why.
    pub reason: super::topic::Reason,
}

/// The JSON Schema of one line.
pub fn chunk_schema() -> schemars::Schema {
    crate::report::schema_of::<Chunk>()
}

/// The pieces of an article, by place: the section, then what stands in it.
pub fn chunks(article: &Article, options: &Options) -> Vec<Chunk> {
    let mut found = Vec::new();
    for (index, section) in article.sections.iter().enumerate() {
        let path = heading_path(article, index);
        let title = joined(&section.title, |it| it.text.clone());
        let of = |head: &Head| head.section == section.head.section;
        for question in article.questions.iter().filter(|it| of(&it.head)) {
            let mut piece = Piece::default();
            piece.line("", &question.question);
            question.answer.iter().for_each(|it| piece.line("", it));
            found.push(piece.chunk(ChunkKind::Question, &question.head, title.clone(), path.clone()));
        }
        let withheld = options.on_error == OnError::Withhold && !section.head.quality.findings.is_empty();
        if !withheld && !section.is_question && !article.is_contents() {
            let mut piece = Piece::default();
            piece.blocks(&section.prose, "");
            if !piece.text.is_empty() {
                let title = if title.is_empty() { joined(&article.title, |it| it.text.clone()) } else { title.clone() };
                piece.scope = section.scope.clone();
                piece.slots(&section.title);
                found.push(piece.chunk(ChunkKind::Section, &section.head, title, path.clone()));
            }
        }
        for procedure in article.procedures.iter().filter(|it| of(&it.head)) {
            let mut piece = Piece::default();
            piece.procedure(procedure);
            piece.scope = Scope { roles: Vec::new(), ..section.scope.clone() };
            let title = procedure.title.as_ref().map_or_else(|| title.clone(), |it| it.text.clone());
            found.push(piece.chunk(ChunkKind::Procedure, &procedure.head, title, path.clone()));
        }
        for policy in article.policies.iter().filter(|it| of(&it.head)) {
            let mut piece = Piece::default();
            piece.line("", &policy.text);
            piece.scope = policy.states.scope.clone();
            found.push(piece.chunk(ChunkKind::Policy, &policy.head, title.clone(), path.clone()));
        }
    }
    found
}

/// The headings above a section.
fn heading_path(article: &Article, index: usize) -> Vec<String> {
    let above = std::iter::successors(article.sections[index].parent, |&at| article.sections[at].parent);
    let mut path: Vec<String> = above
        .take(article.sections.len())
        .map(|at| joined(&article.sections[at].title, |it| it.text.clone()))
        .filter(|it| !it.is_empty())
        .collect();
    path.reverse();
    path
}

/// A text as Markdown, marked where it is not in the locale.
pub(super) fn marked(slot: &Slot) -> String {
    if slot.state != State::Fallback {
        return slot.markdown.clone();
    }
    let (open, close) = marks(&slot.locale, None);
    format!("{open}{}{close}", slot.markdown)
}

/// A piece being written.
#[derive(Default)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) markdown: String,
    fallbacks: Vec<Fallback>,
    steps: Vec<String>,
    labels: Vec<String>,
    policies: Vec<String>,
    scope: Scope,
    roles: Vec<String>,
    links: Vec<String>,
}

impl Piece {
    fn chunk(self, kind: ChunkKind, head: &Head, title: String, heading_path: Vec<String>) -> Chunk {
        let variant = head.provenance.as_ref();
        Chunk {
            version: super::RENDER_VERSION,
            id: format!("{}@{}", head.id, head.locale),
            kind,
            article: head.article.clone(),
            section: head.section.clone(),
            path: variant.map(|it| it.path.clone()),
            locale: head.locale.clone(),
            title,
            heading_path,
            text: self.text,
            markdown: self.markdown,
            fallbacks: self.fallbacks,
            steps: self.steps,
            labels: self.labels,
            policies: self.policies,
            scope: self.scope,
            roles: self.roles,
            links: self.links,
            source_hash: head.source_hash.clone(),
            content_hash: head.content_hash.clone(),
            translation_type: variant.map(|it| it.translation_type.clone()).unwrap_or_default(),
            updated: variant.map(|it| it.date.clone()).unwrap_or_default(),
            stale: head.quality.stale,
            quality: head.quality.clone(),
        }
    }

    /// What is to be known of texts.
    fn slots(&mut self, slots: &[Slot]) {
        for slot in slots {
            if let Some(reason) = slot.reason {
                let it = Fallback { segment: slot.segment.clone(), locale: slot.locale.clone(), reason };
                if !self.fallbacks.contains(&it) {
                    self.fallbacks.push(it);
                }
            }
            for run in &slot.runs {
                if let super::Run::Open(super::Mark::Link(to)) = run
                    && !self.links.contains(to)
                {
                    self.links.push(to.clone());
                }
            }
        }
    }

    /// A line of text, with what stands before it.
    pub(super) fn line(&mut self, before: &str, slots: &[Slot]) {
        let (text, markdown) = (joined(slots, |it| it.text.clone()), joined(slots, marked));
        if text.is_empty() {
            return;
        }
        for (all, more) in [(&mut self.text, text), (&mut self.markdown, markdown)] {
            if !all.is_empty() {
                all.push('\n');
            }
            all.push_str(before);
            all.push_str(&more);
        }
        self.slots(slots);
    }

    /// A line that only Markdown has.
    fn sign(&mut self, line: &str) {
        if !self.markdown.is_empty() {
            self.markdown.push('\n');
        }
        self.markdown.push_str(line);
    }

    fn labels(&mut self, labels: &[Label]) {
        for label in labels {
            let path: Vec<&str> = label.path.iter().map(|it| &*it.text).chain([&*label.text]).collect();
            let path = path.join(" > ");
            if !self.labels.contains(&path) {
                self.labels.push(path);
            }
        }
    }

    fn alert(&mut self, kind: &str, slots: &[Slot], indent: &str) {
        self.sign(&format!("{indent}> [!{}]", kind.to_uppercase()));
        let (text, markdown) = (joined(slots, |it| it.text.clone()), joined(slots, marked));
        self.text.push_str(if self.text.is_empty() { "" } else { "\n" });
        self.text.push_str(&format!("{indent}{text}"));
        self.sign(&format!("{indent}> {markdown}"));
        self.slots(slots);
    }

    /// Texts that may stand in notes.
    fn lines(&mut self, slots: &[Slot]) {
        for group in slots.chunk_by(|a, b| a.alert == b.alert) {
            match &group[0].alert {
                Some(kind) => self.alert(kind, group, ""),
                None => self.line("", group),
            }
        }
    }

    /// A procedure whole.
    pub(super) fn procedure(&mut self, procedure: &Procedure) {
        let title: Vec<Slot> = procedure.title.iter().cloned().collect();
        self.line("", &title);
        // Some are said in another place of the article.
        let elsewhere = |slot: &&Slot| !procedure.introduction.iter().any(|it| it.segment == slot.segment);
        for slot in procedure.prerequisites.iter().map(|it| &it.text).filter(elsewhere) {
            self.line("", std::slice::from_ref(slot));
        }
        self.lines(&procedure.introduction);
        for step in &procedure.steps {
            self.step(step, "");
            self.steps.push(joined(&step.text, |it| it.text.clone()));
        }
        self.lines(&procedure.outcome);
        for task in &procedure.follow_up {
            let said = |slot: &Slot| procedure.outcome.iter().any(|it| it.segment == slot.segment);
            let own: Vec<Slot> = task.text.iter().filter(|slot| !said(slot)).cloned().collect();
            self.line("", &own);
            self.labels(&task.labels);
        }
        self.policies = procedure.policies.clone();
        self.roles = procedure.roles.clone();
    }

    fn step(&mut self, step: &Step, indent: &str) {
        let marker = step.number.as_ref().map_or_else(|| "- ".to_owned(), |it| format!("{it}. "));
        self.line(&format!("{indent}{marker}"), &step.text);
        let deeper = format!("{indent}{}", " ".repeat(marker.chars().count()));
        step.listed_arms().for_each(|arm| self.line(&format!("{deeper}- "), &arm.text));
        step.body.iter().flat_map(Body::steps).for_each(|step| self.step(step, &deeper));
        for alert in &step.alerts {
            self.alert(&alert.kind, &alert.text, &deeper);
        }
        self.labels(&step.labels);
        if let Some(Body::Branch { arms }) = &step.body {
            arms.iter().for_each(|arm| self.labels(&arm.labels));
        }
        for link in &step.links {
            if !self.links.contains(link) {
                self.links.push(link.clone());
            }
        }
    }

    fn blocks(&mut self, blocks: &[Block], indent: &str) {
        for block in blocks {
            match block {
                Block::Paragraph(own) | Block::Tab(own) => self.line(indent, own),
                Block::List { ordered, items } => {
                    for (index, item) in items.iter().enumerate() {
                        let marker = match (ordered, item.written) {
                            (true, number) => format!("{}. ", number.unwrap_or(index as u32 + 1)),
                            (false, _) => "- ".to_owned(),
                        };
                        let deeper = format!("{indent}{}", " ".repeat(marker.len()));
                        match item.blocks.split_first() {
                            Some((Block::Paragraph(own), rest)) => {
                                self.line(&format!("{indent}{marker}"), own);
                                self.blocks(rest, &deeper);
                            }
                            _ => self.blocks(&item.blocks, &deeper),
                        }
                    }
                }
                Block::Alert { kind, blocks } => {
                    let own: Vec<Slot> = prose::slots(blocks).into_iter().cloned().collect();
                    self.alert(kind, &own, indent);
                }
                Block::Table { head, rows } => {
                    for row in std::iter::once(head).chain(rows) {
                        let cell = |of: &dyn Fn(&Slot) -> String| {
                            row.iter().map(|cell| joined(cell, of)).collect::<Vec<_>>().join(" | ")
                        };
                        let (text, markdown) = (cell(&|it| it.text.clone()), cell(&marked));
                        self.text.push_str(if self.text.is_empty() { "" } else { "\n" });
                        self.text.push_str(&format!("{indent}{text}"));
                        self.sign(&format!("{indent}| {markdown} |"));
                        row.iter().for_each(|cell| self.slots(cell));
                        if std::ptr::eq(row, head) {
                            self.sign(&format!("{indent}|{}", "---|".repeat(row.len())));
                        }
                    }
                }
                Block::Code { language, text } => {
                    self.sign(&format!("{indent}```{language}"));
                    for line in text.lines() {
                        self.sign(&format!("{indent}{line}"));
                    }
                    self.sign(&format!("{indent}```"));
                }
                Block::Image(_) => {}
            }
        }
    }
}
