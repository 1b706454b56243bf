use crate::bitext::Bitext;
use crate::diagnostic::Severity;
use crate::document::{Document, Format, Role, visible_text};
use crate::lint::{Check, Family, Findings, Group, Rule, problems};
use crate::locale::{LocaleData, Script};
use crate::markdown::{NodeKind, ProblemKind, ScalarStyle};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "invalid-front-matter",
    summary: "the front matter cannot be read, or reads oddly",
    family: Family::Metadata,
    severity: Severity::Error,
    since: "0.1.0",
    page: page!("invalid-front-matter"),
    check: Check::Group(check),
};

fn check(group: &Group<'_>, findings: &mut Findings<'_>) {
    let help = "mend the YAML; the site drops what it cannot read";
    for document in group.documents {
        problems::report(document, ProblemKind::FrontMatter, help, findings);
    }
    for bitext in group.bitexts.iter().filter(|it| it.target.format == Format::Markdown) {
        texts(bitext, findings);
    }
}

/// Odd titles and descriptions.
fn texts(bitext: &Bitext<'_>, findings: &mut Findings<'_>) {
    let document = bitext.target;
    let Some(front) = document.front_matter() else { return };
    let spaced = document.locale.is_spaced();
    for entry in front.entries.iter().filter(|entry| matches!(&*entry.path, "title" | "description")) {
        let unit = bitext.units.iter().find(|it| it.id.strip_prefix("front-matter:") == Some(&*entry.path));
        let Some(unit) = unit else { continue };
        let raw = document.slice(entry.span);
        let key = &*entry.path;
        let mut say = |at: usize, length: usize, message: String, sure: bool| {
            let start = entry.span.start as usize + at;
            findings.in_unit(unit, Span::new(start, start + length), message).severity(problems::doubt(sure));
        };
        if raw.starts_with("& ") {
            say(0, 1, format!("the {key} begins with a stray `&`"), true);
        }
        if key == "title" && raw.trim_end().ends_with(['、', '，', ',', ';', '；']) {
            let last = raw.trim_end().chars().next_back().map_or(0, char::len_utf8);
            say(raw.trim_end().len() - last, last, "the title ends in the middle of a sentence".into(), true);
        }
        if entry.style != ScalarStyle::Block && raw.len() != raw.trim().len() && !raw.trim().is_empty() {
            let end = raw.trim_end().len();
            let (at, length) =
                if end < raw.len() { (end, raw.len() - end) } else { (0, raw.len() - raw.trim_start().len()) };
            say(at, length, format!("a space within the quotes of the {key}"), true);
        }
        let first = raw.chars().next().filter(|it| it.is_lowercase());
        let word = raw.split(' ').next().unwrap_or_default();
        // A name may begin in lower case: "iPhone", "ms.topic".
        if let Some(first) = first
            && word.chars().skip(1).all(|it| it.is_lowercase() || it == '-')
            && capitals(document)
        {
            say(0, first.len_utf8(), format!("the {key} begins in lower case"), true);
        }
        brackets(raw, key, document.locale.data(), &mut say);
        if key == "title"
            && let Some(at) = raw.find(". ")
            && raw[at + 2..].starts_with(char::is_lowercase)
            && raw[..at].chars().rev().take_while(|it| it.is_alphabetic()).count() > 4
        {
            say(at, 1, "the title goes on in lower case after a full stop".into(), true);
        }
        if !spaced && let Some(at) = space_in_word(raw) {
            say(at, 1, format!("a space between two characters of the {key}"), true);
        }
        if let Some(at) = raw.find(" & ") {
            let before = raw[..at].chars().next_back().is_some_and(is_small);
            let after = raw[at + 3..].chars().next().is_some_and(is_small);
            let word = raw[..at].rsplit(' ').next().unwrap_or_default();
            let lower = !spaced || word.chars().next().is_some_and(is_small);
            if before && after && lower {
                say(at + 1, 1, format!("a bare `&` between words of the {key}"), true);
            }
        }
        if spaced
            && let Some(at) = raw.find(" -")
            && raw[at + 2..].starts_with(char::is_uppercase)
            && raw[..at].rsplit(' ').next().is_some_and(|word| word.starts_with(char::is_uppercase))
        {
            say(at, 1, format!("a space before a hyphen in the {key}"), true);
        }
    }
}

/// A letter of the text, not the capital of a name.
fn is_small(letter: char) -> bool {
    letter.is_alphabetic() && !letter.is_uppercase()
}

/// Whether the article's headings begin with a capital, for the most part.
fn capitals(document: &Document) -> bool {
    let heading = |node: u32| matches!(document.tree.nodes[node as usize].kind, NodeKind::Heading { .. });
    let (mut upper, mut lower) = (0, 0);
    let headings = document.segments.iter().filter(|it| it.role != Role::Source && it.node.is_some_and(heading));
    for segment in headings {
        let text = visible_text(document, document.inlines_of(segment));
        upper += u32::from(text.trim().starts_with(char::is_uppercase));
        lower += u32::from(text.trim().starts_with(char::is_lowercase));
    }
    upper > 0 && upper >= lower
}

/// The space between two letters of a script that puts none there.
fn space_in_word(raw: &str) -> Option<usize> {
    let han = |it: Option<char>| it.is_some_and(|it| Script::of(it) == Some(Script::Han));
    memchr::memchr_iter(b' ', raw.as_bytes())
        .find(|&at| han(raw[..at].chars().next_back()) && han(raw[at + 1..].chars().next()))
}

/// Brackets that are empty, closed before they are opened, or padded.
fn brackets(raw: &str, key: &str, data: Option<&LocaleData>, say: &mut impl FnMut(usize, usize, String, bool)) {
    let mut open: Option<usize> = None;
    for (at, it) in raw.char_indices() {
        match it {
            '(' | '（' => open = Some(at),
            ')' | '）' => match open.take() {
                None => {
                    // `a)` and `1)` number things.
                    if raw[..at].chars().filter(|it| it.is_alphanumeric()).count() > 2 {
                        return say(
                            at,
                            it.len_utf8(),
                            format!("a bracket in the {key} is closed before it is opened"),
                            true,
                        );
                    }
                }
                Some(start) => {
                    let inner = &raw[start..at];
                    let inner = &inner[inner.chars().next().map_or(0, char::len_utf8)..];
                    let length = at + it.len_utf8() - start;
                    if inner.trim().is_empty() {
                        return say(start, length, format!("empty brackets in the {key}"), true);
                    }
                    // `(of the partners)` is what is left of a sentence around the brackets.
                    if data.is_some_and(|data| !data.words_are_spaced && data.cannot_be_label(inner)) {
                        return say(start, length, format!("the brackets in the {key} begin with a particle"), true);
                    }
                    if inner.starts_with(' ') {
                        return say(start, length, format!("a space after the opening bracket in the {key}"), true);
                    }
                }
            },
            _ => {}
        }
    }
    if let Some(start) = open {
        say(start, 1, format!("a bracket in the {key} is not closed"), true);
    }
}
