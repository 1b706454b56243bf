//! Sentences → HTML: marks, links and images, and the sign of a text in another language.

use super::html::{Writer, attributes, reason_word, safe_id};
use super::links::Target;
use crate::render::inline::{Mark, Run};
use crate::render::topic::{Reason, Slot, State};

impl Writer<'_> {
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
                    Some(file) => self.image(&file, alt, ""),
                    None if alt.trim().is_empty() => {}
                    None => self.missing(|it| it.text(alt)),
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

    /// The text of an image that is not there.
    pub(super) fn missing(&mut self, alt: impl FnOnce(&mut Self)) {
        let word = self.words.html("image");
        self.push("<span class=\"missing\">");
        self.push(&word);
        self.push(": ");
        alt(self);
        self.push("</span>");
    }

    /// An image; `lang` are the attributes of a text that is not in the language of the page.
    pub(super) fn image(&mut self, file: &str, alt: &str, lang: &str) {
        let way = super::links::relative(self.from.file, file);
        self.push("<img loading=\"lazy\" src=\"");
        self.text(&way);
        self.push("\" alt=\"");
        self.text(alt);
        self.push(&format!("\"{lang}>"));
    }
}

fn sign(slot: &Slot) -> (State, Option<Reason>, &str) {
    match slot.state {
        State::Fallback => (State::Fallback, Some(slot.reason.unwrap_or(Reason::Untranslated)), &slot.locale),
        state => (state, None, ""),
    }
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
