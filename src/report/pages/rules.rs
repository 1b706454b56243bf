//! The pages of rules, in the report: what a finding means, without a network.

use std::fmt::Write as _;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use serde::Serialize;

use super::frame::escape;
use super::{Edition, Page, PageError};
use crate::report::RuleInfo;

/// A rule as it is shown.
#[derive(Clone, Debug, Serialize)]
pub(super) struct RuleView<'a> {
    name: &'a str,
    summary: &'a str,
    family: &'a str,
    severity: &'a str,
    html: String,
}

impl<'a> RuleView<'a> {
    /// With its page up to the examples, or with all of it.
    pub fn of(rule: &'a RuleInfo, whole: bool) -> Self {
        let page = if whole { rule.page } else { rule.page.split("\n## Examples").next().unwrap_or(rule.page) };
        let (name, summary, family) = (rule.name, rule.summary, rule.family);
        RuleView { name, summary, family, severity: rule.severity.name(), html: html(page) }
    }
}

/// The page with all rules.
///
/// # Errors
/// When its template is broken.
pub fn rules(edition: &Edition<'_>) -> Result<Page, PageError> {
    #[derive(Serialize)]
    struct View<'a> {
        tool: &'a str,
        hash: &'a str,
        rules: Vec<RuleView<'a>>,
    }
    let rules = edition.rules.iter().map(|rule| RuleView::of(rule, true)).collect();
    let html = edition.frame.fill("rules.html", &View { tool: edition.tool, hash: edition.hash, rules })?;
    Ok(Page { file: "rules.html".to_owned(), html })
}

/// The Markdown of our own pages, without their title: paragraphs, lists, code, headings.
fn html(page: &str) -> String {
    let mut out = String::with_capacity(page.len() * 2);
    let mut in_title = false;
    for event in Parser::new_ext(page, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => in_title = true,
            Event::End(TagEnd::Heading(HeadingLevel::H1)) => in_title = false,
            _ if in_title => {}
            Event::Start(tag) => out.push_str(opening(&tag)),
            Event::End(tag) => out.push_str(closing(&tag)),
            Event::Text(text) => escape(&mut out, &text),
            Event::Code(text) => {
                out.push_str("<code>");
                escape(&mut out, &text);
                out.push_str("</code>");
            }
            Event::SoftBreak | Event::HardBreak => out.push('\n'),
            Event::Html(text) | Event::InlineHtml(text) => escape(&mut out, &text),
            Event::Rule => {
                let _ = write!(out, "<hr>");
            }
            _ => {}
        }
    }
    out
}

fn opening(tag: &Tag<'_>) -> &'static str {
    match tag {
        Tag::Paragraph => "<p>",
        Tag::Heading { .. } => "<h3>",
        Tag::CodeBlock(_) => "<pre tabindex=\"0\"><code>",
        Tag::List(Some(_)) => "<ol>",
        Tag::List(None) => "<ul>",
        Tag::Item => "<li>",
        Tag::Emphasis => "<em>",
        Tag::Strong => "<strong>",
        _ => "",
    }
}

fn closing(tag: &TagEnd) -> &'static str {
    match tag {
        TagEnd::Paragraph => "</p>",
        TagEnd::Heading(_) => "</h3>",
        TagEnd::CodeBlock => "</code></pre>",
        TagEnd::List(true) => "</ol>",
        TagEnd::List(false) => "</ul>",
        TagEnd::Item => "</li>",
        TagEnd::Emphasis => "</em>",
        TagEnd::Strong => "</strong>",
        _ => "",
    }
}
