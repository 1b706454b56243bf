//! Slots and blocks → HTML. All text of articles is untrusted; it becomes HTML here and in the
//! templates, and nowhere else.

use std::collections::HashMap;

use super::escape::escape;
use super::links::{From, fragment};
use super::words::Words;
use crate::locale::Locale;
use crate::render::topic::{Block, Image, Item, Reason, Slot, State, Step};

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
    pub(super) steps: HashMap<&'w str, (String, &'w Step)>,
    /// Ids that sentences are to have, by segment.
    pub(super) ids: HashMap<String, String>,
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
            Block::Image(image) => self.lone_image(image),
            Block::Code { language, text } => {
                let language: String = language.chars().take_while(|it| it.is_ascii_alphanumeric()).collect();
                let class = if language.is_empty() { String::new() } else { format!(" class=\"language-{language}\"") };
                self.push(&format!("<pre tabindex=\"0\" dir=\"ltr\"><code{class}>"));
                self.text(text);
                self.push("</code></pre>\n");
            }
        }
    }

    fn lone_image(&mut self, image: &Image) {
        let start = self.out.len();
        self.push("<p class=\"image\">");
        let inside = self.out.len();
        match (self.images.find(&image.source), &image.alt) {
            (Some(file), Some(alt)) => {
                let is_other = alt.state == State::Fallback;
                let lang = if is_other { attributes(&alt.locale, self.locale) } else { String::new() };
                self.image(&file, &alt.text, &lang);
            }
            (Some(file), None) => self.image(&file, "", ""),
            (None, Some(alt)) => self.missing(|it| it.slots(std::slice::from_ref(&**alt), false)),
            (None, None) => {}
        }
        match self.out.len() == inside {
            true => self.out.truncate(start),
            false => self.push("</p>\n"),
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
                (Some((id, _)), None) if is_steps => {
                    self.push(&format!("<li id=\"{id}\" class=\"other-item\"><div class=\"do\">\n"));
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

    /// A heading with its id.
    pub fn heading(&mut self, level: usize, id: &str, slots: &[Slot]) {
        let level = level.clamp(2, 6);
        let id = if id.is_empty() { String::new() } else { format!(" id=\"{}\"", safe_id(id)) };
        self.wrapped(&format!("<h{level}{id}>"), slots, &format!("</h{level}>\n"));
    }
}

/// An id as an attribute may hold it: without spaces, and none of the page's own.
pub(super) fn safe_id(id: &str) -> String {
    let mut out = String::new();
    escape(&mut out, &plain_id(id));
    out
}

/// The fragment of [`safe_id`].
pub(super) fn fragment_of(id: &str) -> String {
    fragment(&plain_id(id))
}

fn plain_id(id: &str) -> String {
    let is_own = id.starts_with("hx-") || id.starts_with("policy-");
    let id: String = id.chars().map(|it| if it.is_whitespace() { '-' } else { it }).collect();
    if is_own { format!("own-{id}") } else { id }
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
