//! Slots and blocks → HTML. All text of articles is untrusted; it becomes HTML here and in the
//! templates, and nowhere else.

use std::collections::HashMap;

use super::escape::escape;
use super::links::{From, Target, fragment};
use super::words::Words;
use crate::locale::Locale;
use crate::render::inline::{Mark, Run};
use crate::render::topic::{Block, Item, Reason, Slot, State, Step};

/// Where the images of articles are.
pub(super) trait Images: Sync {
    /// The file in the folder of the site that shows an image, by its address in an article.
    fn find(&self, address: &str) -> Option<String>;
}

/// Writes the inside of one page.
pub(super) struct Writer<'w> {
    pub from: &'w From<'w, 'w>,
    pub words: &'w Words,
    pub locale: &'w Locale,
    pub images: &'w dyn Images,
    /// The steps that are still to come, by the segment that each begins with.
    steps: HashMap<&'w str, (String, &'w Step)>,
    /// Ids that sentences are to have, by segment.
    ids: HashMap<String, String>,
    /// Why texts fell back, as far as was met.
    pub reasons: Vec<Reason>,
    pub flagged: bool,
    pub out: String,
}

impl<'w> Writer<'w> {
    pub fn new(from: &'w From<'w, 'w>, words: &'w Words, locale: &'w Locale, images: &'w dyn Images) -> Self {
        Writer {
            from,
            words,
            locale,
            images,
            steps: HashMap::new(),
            ids: HashMap::new(),
            reasons: Vec::new(),
            flagged: false,
            out: String::new(),
        }
    }

    /// Steps that have ids: `step-3`, below it `step-3-1`.
    pub fn expect(&mut self, steps: &'w [Step], above: &str) {
        for (index, step) in steps.iter().enumerate() {
            let id = format!("{above}-{}", index + 1);
            if let Some(first) = step.text.first() {
                self.steps.entry(&first.segment).or_insert_with(|| (id.clone(), step));
            }
            if let Some(body) = &step.body {
                self.expect(body.steps(), &id);
            }
        }
    }

    /// A sentence that has an id.
    pub fn name(&mut self, segment: &str, id: String) {
        self.ids.entry(segment.to_owned()).or_insert(id);
    }

    pub fn push(&mut self, html: &str) {
        self.out.push_str(html);
    }

    pub fn text(&mut self, text: &str) {
        escape(&mut self.out, text);
    }

    pub fn blocks<'b>(&mut self, blocks: impl IntoIterator<Item = &'b Block>) {
        blocks.into_iter().for_each(|it| self.block(it));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(own) => self.wrapped("<p>", own, "</p>\n"),
            Block::Tab(own) => self.wrapped("<p class=\"tab\">", own, "</p>\n"),
            Block::List { ordered, items } => self.list(*ordered, items),
            Block::Alert { kind, blocks } => {
                let known = ["note", "tip", "important", "caution", "warning"];
                let kind = known.iter().find(|it| **it == kind.as_str()).unwrap_or(&"note");
                self.push(&format!("<div class=\"alert {kind}\" role=\"note\">\n<p class=\"alert-title\">"));
                let word = self.words.html(kind);
                self.push(&word);
                self.push("</p>\n");
                self.blocks(blocks);
                self.push("</div>\n");
            }
            Block::Table { head, rows } => self.table(head, rows),
            Block::Image(source) => {
                if let Some(file) = self.images.find(source) {
                    self.push("<p class=\"image\">");
                    self.image(&file, "");
                    self.push("</p>\n");
                }
            }
            Block::Code { language, text } => {
                let language: String = language.chars().take_while(|it| it.is_ascii_alphanumeric()).collect();
                let class = if language.is_empty() { String::new() } else { format!(" class=\"language-{language}\"") };
                self.push(&format!("<pre tabindex=\"0\" dir=\"ltr\"><code{class}>"));
                self.text(text);
                self.push("</code></pre>\n");
            }
        }
    }

    fn wrapped(&mut self, open: &str, slots: &[Slot], close: &str) {
        let start = self.out.len();
        self.push(open);
        let inside = self.out.len();
        self.slots(slots, true);
        match self.out[inside..].trim().is_empty() {
            true => self.out.truncate(start),
            false => self.push(close),
        }
    }

    fn list(&mut self, ordered: bool, items: &[Item]) {
        let found: Vec<Option<(String, &Step)>> = items.iter().map(|it| self.step_of(it)).collect();
        let tag = if ordered { "ol" } else { "ul" };
        let is_steps = found.iter().flatten().any(|(_, step)| step.number.is_some());
        self.push(&format!("<{tag}{}>\n", if is_steps { " class=\"steps\"" } else { "" }));
        let mut next = 1;
        for (item, step) in items.iter().zip(found) {
            let start = self.out.len();
            let number = step.as_ref().and_then(|(_, it)| it.number.clone());
            match (&step, number) {
                (Some((id, _)), Some(number)) => {
                    let label = self.words.plain("step").replace("{number}", &number);
                    self.push(&format!("<li id=\"{id}\"><a class=\"number\" href=\"#{id}\" aria-label=\""));
                    self.text(&label);
                    self.push("\">");
                    self.text(&number);
                    self.push("</a><div class=\"do\">\n");
                }
                (Some((id, _)), None) => self.push(&format!("<li id=\"{id}\">\n")),
                (None, _) if is_steps => self.push("<li class=\"other-item\"><div class=\"do\">\n"),
                (None, _) => {
                    let written = item.written.filter(|&it| ordered && it != next);
                    self.push(&written.map_or_else(|| "<li>\n".to_owned(), |it| format!("<li value=\"{it}\">\n")));
                    next = item.written.unwrap_or(next).saturating_add(1);
                }
            }
            let inside = self.out.len();
            match item.blocks.as_slice() {
                [Block::Paragraph(own)] if !is_steps => self.slots(own, true),
                blocks => self.blocks(blocks),
            }
            if self.out[inside..].trim().is_empty() && step.is_none() {
                self.out.truncate(start);
                continue;
            }
            self.push(if is_steps { "</div></li>\n" } else { "</li>\n" });
        }
        self.push(&format!("</{tag}>\n"));
    }

    /// The step that an item is.
    fn step_of(&mut self, item: &Item) -> Option<(String, &'w Step)> {
        let own = item.blocks.iter().filter_map(|it| match it {
            Block::Paragraph(own) | Block::Tab(own) => Some(own),
            _ => None,
        });
        let first = own.flatten().find(|it| self.steps.contains_key(&*it.segment))?;
        self.steps.remove(&*first.segment)
    }

    fn table(&mut self, head: &[Vec<Slot>], rows: &[Vec<Vec<Slot>>]) {
        self.push("<div class=\"scroll\" tabindex=\"0\"><table>\n");
        let is_headed = head.iter().any(|cell| !cell.is_empty());
        let mut row = |cells: &[Vec<Slot>], tag: &str, scope: &str| {
            self.push("<tr>");
            for cell in cells {
                let tag = if cell.is_empty() { "td" } else { tag };
                let scope = if cell.is_empty() { "" } else { scope };
                self.push(&format!("<{tag}{scope}>"));
                self.slots(cell, true);
                self.push(&format!("</{tag}>"));
            }
            self.push("</tr>\n");
        };
        if is_headed {
            row(head, "th", " scope=\"col\"");
        }
        // HTML wants no row that is shorter than the others, and GFM gives none.
        rows.iter().filter(|it| !it.is_empty()).for_each(|cells| row(cells, "td", ""));
        self.push("</table></div>\n");
    }

    /// Sentences, with what is not in the language of the page marked.
    pub fn slots(&mut self, slots: &[Slot], links: bool) {
        let mut before = None;
        for group in slots.chunk_by(|one, other| sign(one) == sign(other)) {
            if before.is_some_and(|it| it || group[0].is_spaced) {
                self.push(" ");
            }
            before = group.last().map(|it| it.is_spaced);
            match sign(&group[0]) {
                (State::Fallback, Some(reason), tag) => self.fallback(group, reason, tag, links),
                (State::Flagged, ..) => {
                    self.flagged = true;
                    self.push("<span class=\"flagged\">");
                    self.group(group, links);
                    let why = self.words.plain("error-here").to_owned();
                    self.push("</span><small class=\"sign flag\" title=\"");
                    self.text(&why);
                    self.push("\">!</small>");
                }
                _ => self.group(group, links),
            }
        }
    }

    fn fallback(&mut self, group: &[Slot], reason: Reason, tag: &str, links: bool) {
        if !self.reasons.contains(&reason) {
            self.reasons.push(reason);
        }
        let lang = attributes(tag, self.locale);
        self.push(&format!("<span class=\"other\"{lang}>"));
        self.group(group, links);
        let name = super::words::name_of(tag);
        let why = self.words.plain(reason_word(reason)).to_owned();
        let lang = safe_id(tag);
        self.push(&format!("</span><small class=\"sign\" lang=\"{lang}\" title=\""));
        self.text(&why);
        self.push("\">");
        self.text(&name);
        self.push("</small>");
    }

    fn group(&mut self, group: &[Slot], links: bool) {
        let mut before = None;
        for slot in group {
            if before.is_some_and(|it| it || slot.is_spaced) {
                self.push(" ");
            }
            before = Some(slot.is_spaced);
            let mut closes = 0;
            let step = self.steps.remove(&*slot.segment).map(|(id, _)| id);
            for id in step.into_iter().chain(self.ids.remove(&slot.segment)) {
                self.push(&format!("<span id=\"{id}\">"));
                closes += 1;
            }
            self.runs(&slot.runs, links);
            self.push(&"</span>".repeat(closes));
        }
    }

    fn runs(&mut self, runs: &[Run], links: bool) {
        let mut open: Vec<&str> = Vec::new();
        for (at, run) in runs.iter().enumerate() {
            match run {
                Run::Text(text) => self.text(text),
                Run::Code(text) => {
                    self.push("<code>");
                    self.text(text);
                    self.push("</code>");
                }
                Run::Break => self.push("<br>"),
                Run::Image { source, alt } => match self.images.find(source) {
                    Some(file) => self.image(&file, alt),
                    None if alt.trim().is_empty() => {}
                    None => {
                        let word = self.words.html("image");
                        self.push("<span class=\"missing\">");
                        self.push(&word);
                        self.push(": ");
                        self.text(alt);
                        self.push("</span>");
                    }
                },
                Run::Open(mark) => {
                    let close = match mark {
                        Mark::Strong => self.opened("strong"),
                        Mark::Emphasis => self.opened("em"),
                        Mark::Strike => self.opened("del"),
                        Mark::Link(address) if links && says_something(&runs[at + 1..]) => self.link(address),
                        Mark::Link(_) => "",
                    };
                    open.push(close);
                }
                Run::Close(_) => {
                    let close = open.pop().unwrap_or_default();
                    self.push(close);
                }
            }
        }
        for close in open.into_iter().rev() {
            self.push(close);
        }
    }

    fn opened(&mut self, tag: &'static str) -> &'static str {
        self.push(&format!("<{tag}>"));
        match tag {
            "strong" => "</strong>",
            "em" => "</em>",
            _ => "</del>",
        }
    }

    fn link(&mut self, address: &str) -> &'static str {
        match self.from.target(address) {
            Target::Page(href, other) => {
                self.push("<a href=\"");
                self.text(&href);
                self.push("\"");
                if let Some(tag) = other {
                    self.push(" hreflang=\"");
                    self.text(&tag);
                    self.push("\"");
                }
                self.push(">");
                "</a>"
            }
            Target::Elsewhere(href) => {
                self.push("<a class=\"away\" rel=\"noreferrer\" href=\"");
                self.text(&href);
                self.push("\">");
                "</a>"
            }
            Target::Nowhere => "",
        }
    }

    fn image(&mut self, file: &str, alt: &str) {
        let way = super::links::relative(self.from.file, file);
        self.push("<img loading=\"lazy\" src=\"");
        self.text(&way);
        self.push("\" alt=\"");
        self.text(alt);
        self.push("\">");
    }

    /// A heading with its id.
    pub fn heading(&mut self, level: usize, id: &str, slots: &[Slot]) {
        let level = level.clamp(2, 6);
        let id = if id.is_empty() { String::new() } else { format!(" id=\"{}\"", safe_id(id)) };
        self.wrapped(&format!("<h{level}{id}>"), slots, &format!("</h{level}>\n"));
    }
}

/// An id as an attribute may hold it: without spaces.
pub(super) fn safe_id(id: &str) -> String {
    let mut out = String::new();
    let plain: String = id.chars().map(|it| if it.is_whitespace() { '-' } else { it }).collect();
    escape(&mut out, &plain);
    out
}

/// The fragment of [`safe_id`].
pub(super) fn fragment_of(id: &str) -> String {
    fragment(&id.chars().map(|it| if it.is_whitespace() { '-' } else { it }).collect::<String>())
}

fn sign(slot: &Slot) -> (State, Option<Reason>, &str) {
    match slot.state {
        State::Fallback => (State::Fallback, Some(slot.reason.unwrap_or(Reason::Untranslated)), &slot.locale),
        state => (state, None, ""),
    }
}

/// The word for why a text fell back.
pub(super) fn reason_word(reason: Reason) -> &'static str {
    match reason {
        Reason::Untranslated => "untranslated",
        Reason::Stale => "stale",
        Reason::Flagged => "flagged",
    }
}

/// ` lang="…"`, and ` dir="…"` where it is not that of the page.
pub(super) fn attributes(tag: &str, page: &Locale) -> String {
    let mut out = format!(" lang=\"{}\"", safe_id(tag));
    if let Some(locale) = Locale::parse(tag).filter(|it| it.is_right_to_left() != page.is_right_to_left()) {
        out.push_str(if locale.is_right_to_left() { " dir=\"rtl\"" } else { " dir=\"ltr\"" });
    }
    out
}

/// Whether a link that begins here has something to be read in it.
fn says_something(runs: &[Run]) -> bool {
    let inside = runs.iter().take_while(|it| !matches!(it, Run::Close(Mark::Link(_))));
    inside.into_iter().any(|it| match it {
        Run::Text(text) | Run::Code(text) => !text.trim().is_empty(),
        Run::Image { alt, .. } => !alt.trim().is_empty(),
        _ => false,
    })
}
