//! DITA 1.2: a map for each locale, a concept for each article, a task for each procedure. Sections
//! are concepts in the concept. Written step numbers have no place there: steps are counted by
//! whoever shows them. A text that is not in the locale says its language and is underlined.

use std::collections::BTreeSet;

use super::inline::{Mark, Run};
use super::topic::{Alert, Article, Block, Body, Item, Label, Procedure, Slot, State, Step};

/// A file of the map.
#[derive(Clone, Debug)]
pub struct DitaFile {
    /// Its name in the folder of the locale.
    pub name: String,
    /// What stands in it.
    pub text: String,
}

/// The article and its procedures; `None` for what says nothing itself.
pub fn dita(article: &Article) -> Option<Vec<DitaFile>> {
    if article.is_contents() {
        return None;
    }
    let key = file_key(&article.key);
    let mut files = vec![DitaFile { name: format!("{key}.dita"), text: concept(article) }];
    for procedure in &article.procedures {
        files.push(DitaFile { name: format!("{key}/{}.dita", task_id(procedure)), text: task(procedure, article) });
    }
    Some(files)
}

/// The lines of an article in the map.
pub fn dita_entry(article: &Article) -> String {
    let key = file_key(&article.key);
    let mut text = format!("  <topicref href=\"{}.dita\" type=\"concept\"", href(&key));
    if article.procedures.is_empty() {
        return text + "/>\n";
    }
    text.push_str(">\n");
    for procedure in &article.procedures {
        let file = format!("{key}/{}.dita", task_id(procedure));
        text.push_str(&format!("    <topicref href=\"{}\" type=\"task\"/>\n", href(&file)));
    }
    text + "  </topicref>\n"
}

/// The map of a locale. `title` is what the site is called.
pub fn dita_map(locale: &str, title: Option<&str>, entries: &str) -> String {
    let title = escaped(title.unwrap_or(locale));
    format!(
        "{XML}<!DOCTYPE map PUBLIC \"-//OASIS//DTD DITA Map//EN\" \"map.dtd\">\n<map xml:lang=\"{}\">\n  <title>{title}</title>\n{entries}</map>\n",
        escaped(locale)
    )
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

fn concept(article: &Article) -> String {
    let mut out = Out::new(article, "");
    out.text.push_str(XML);
    out.text.push_str("<!DOCTYPE concept PUBLIC \"-//OASIS//DTD DITA Concept//EN\" \"concept.dtd\">\n");
    let root = article.sections.iter().position(|it| it.level == 1);
    let id = root.map_or_else(|| name(&article.key), |at| name(&article.sections[at].head.section));
    out.ids.insert(id.clone());
    out.line(&format!("<concept id=\"{id}\" xml:lang=\"{}\">", escaped(&article.locale)));
    out.element("title", &article.title);
    if let Some(description) = &article.description {
        out.element("shortdesc", std::slice::from_ref(description));
    }
    out.line("<conbody>");
    let first = article.sections.iter().enumerate().filter(|(at, it)| it.level == 0 || Some(*at) == root);
    first.for_each(|(_, section)| out.blocks(&section.prose));
    out.line("</conbody>");
    for at in 0..article.sections.len() {
        let section = &article.sections[at];
        let is_top = section.parent.is_none() || section.parent == root;
        if section.level > 0 && Some(at) != root && is_top {
            out.section(article, at);
        }
    }
    out.line("</concept>");
    out.text
}

fn task(procedure: &Procedure, article: &Article) -> String {
    // Its file lies in a folder beside the article's.
    let mut out = Out::new(article, "../");
    out.text.push_str(XML);
    out.text.push_str("<!DOCTYPE task PUBLIC \"-//OASIS//DTD DITA Task//EN\" \"task.dtd\">\n");
    out.line(&format!("<task id=\"{}\" xml:lang=\"{}\">", task_id(procedure), escaped(&article.locale)));
    let title = procedure.title.as_ref().map_or(article.title.as_slice(), std::slice::from_ref);
    out.element("title", title);
    out.line("<taskbody>");
    let is_before = |slot: &Slot| procedure.prerequisites.iter().any(|it| it.text.segment == slot.segment);
    if !procedure.prerequisites.is_empty() {
        let mut before: Vec<Slot> = Vec::new();
        for it in &procedure.prerequisites {
            if before.iter().all(|met| met.segment != it.text.segment) {
                before.push(it.text.clone());
            }
        }
        out.line("<prereq>");
        out.lines(&before);
        out.line("</prereq>");
    }
    let context: Vec<Slot> = procedure.introduction.iter().filter(|it| !is_before(it)).cloned().collect();
    if !context.is_empty() {
        out.line("<context>");
        out.lines(&context);
        out.line("</context>");
    }
    out.line("<steps>");
    procedure.steps.iter().for_each(|step| out.step(step, "step"));
    out.line("</steps>");
    let mut result = procedure.outcome.clone();
    for slot in procedure.follow_up.iter().flat_map(|it| &it.text) {
        if result.iter().all(|it| it.segment != slot.segment) {
            result.push(slot.clone());
        }
    }
    if !result.is_empty() {
        out.line("<result>");
        out.lines(&result);
        out.line("</result>");
    }
    out.line("</taskbody>");
    out.line("</task>");
    out.text
}

/// A file being written.
struct Out<'a> {
    text: String,
    locale: &'a str,
    /// What stands before a relative address.
    up: &'a str,
    /// The labels of the step that is being written.
    labels: BTreeSet<String>,
    /// The ids given so far.
    ids: BTreeSet<String>,
}

impl<'a> Out<'a> {
    fn new(article: &'a Article, up: &'a str) -> Self {
        Out { text: String::new(), locale: &article.locale, up, labels: BTreeSet::new(), ids: BTreeSet::new() }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// An element of running text, on one line.
    fn element(&mut self, name: &str, slots: &[Slot]) {
        let text = self.slots(slots);
        self.line(&format!("<{name}>{text}</{name}>"));
    }

    fn section(&mut self, article: &Article, at: usize) {
        let section = &article.sections[at];
        let mut id = name(&section.head.section);
        while !self.ids.insert(id.clone()) {
            id.push('_');
        }
        self.line(&format!("<concept id=\"{id}\">"));
        self.element("title", &section.title);
        self.line("<conbody>");
        self.blocks(&section.prose);
        self.line("</conbody>");
        for inner in 0..article.sections.len() {
            if article.sections[inner].parent == Some(at) {
                self.section(article, inner);
            }
        }
        self.line("</concept>");
    }

    /// Texts that may stand in notes, a paragraph each.
    fn lines(&mut self, slots: &[Slot]) {
        for group in slots.chunk_by(|a, b| a.alert == b.alert) {
            match &group[0].alert {
                Some(kind) => self.note(kind, group),
                None => self.element("p", group),
            }
        }
    }

    fn note(&mut self, kind: &str, slots: &[Slot]) {
        let text = self.slots(slots);
        self.line(&format!("<note type=\"{}\"><p>{text}</p></note>", escaped(kind)));
    }

    fn step(&mut self, step: &Step, element: &str) {
        let is_inner = element != "step";
        let importance = if step.optional { " importance=\"optional\"" } else { "" };
        self.labels = labels(step);
        self.line(&format!("<{element}{importance}>"));
        // What the reader sees then stands last.
        let is_result = |slot: &Slot| step.results.contains(&slot.segment);
        let results = step.text.iter().skip(1).rev().take_while(|slot| is_result(slot)).count();
        let (own, result) = step.text.split_at(step.text.len() - results);
        let (command, more) = own.split_at(own.len().min(1));
        self.element("cmd", command);
        if !more.is_empty() {
            let text = self.slots(more);
            self.line(&format!("<info><p>{text}</p></info>"));
        }
        match &step.body {
            Some(Body::Steps { steps }) if !is_inner => {
                self.line("<substeps>");
                steps.iter().for_each(|step| self.step(step, "substep"));
                self.line("</substeps>");
            }
            Some(Body::Choice { steps, .. }) if !is_inner => {
                self.line("<choices>");
                steps.iter().for_each(|step| self.item(step, "choice"));
                self.line("</choices>");
            }
            Some(Body::Branch { .. }) if step.listed_arms().next().is_none() => {}
            None => {}
            Some(Body::Branch { .. }) if !is_inner => {
                self.line("<choices>");
                step.listed_arms().for_each(|arm| self.element("choice", &arm.text));
                self.line("</choices>");
            }
            Some(Body::Branch { .. }) => {
                self.line("<info>");
                self.arms(step);
                self.line("</info>");
            }
            Some(body) => {
                self.line("<info>");
                self.list(body);
                self.line("</info>");
            }
        }
        self.alerts(&step.alerts, &step.images);
        self.labels = labels(step);
        if !result.is_empty() {
            let text = self.slots(result);
            self.line(&format!("<stepresult><p>{text}</p></stepresult>"));
        }
        self.labels = BTreeSet::new();
        self.line(&format!("</{element}>"));
    }

    fn alerts(&mut self, alerts: &[Alert], images: &[String]) {
        if alerts.is_empty() && images.is_empty() {
            return;
        }
        self.line("<info>");
        self.notes(alerts, images);
        self.line("</info>");
    }

    fn notes(&mut self, alerts: &[Alert], images: &[String]) {
        for alert in alerts.iter().filter(|it| !it.text.is_empty()) {
            self.note(&alert.kind, &alert.text);
        }
        for image in images {
            self.line(&format!("<image href=\"{}\"/>", self.address(image)));
        }
    }

    /// What stands under a step, as a list.
    fn list(&mut self, body: &Body) {
        let element = if matches!(body, Body::Steps { .. }) { "ol" } else { "ul" };
        if body.steps().is_empty() {
            return;
        }
        self.line(&format!("<{element}>"));
        body.steps().iter().for_each(|step| self.item(step, "li"));
        self.line(&format!("</{element}>"));
    }

    fn arms(&mut self, step: &Step) {
        if step.listed_arms().next().is_some() {
            self.line("<ul>");
            step.listed_arms().for_each(|arm| self.element("li", &arm.text));
            self.line("</ul>");
        }
    }

    fn item(&mut self, step: &Step, element: &str) {
        self.labels = labels(step);
        let text = self.slots(&step.text);
        self.line(&format!("<{element}><p>{text}</p>"));
        self.arms(step);
        self.labels = BTreeSet::new();
        if let Some(body) = &step.body {
            self.list(body);
        }
        self.notes(&step.alerts, &step.images);
        self.line(&format!("</{element}>"));
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(own) | Block::Tab(own) => self.element("p", own),
                Block::List { ordered, items } => {
                    let element = if *ordered { "ol" } else { "ul" };
                    let item = |out: &mut Self, item: &Item| {
                        out.line("<li>");
                        out.blocks(&item.blocks);
                        out.line("</li>");
                    };
                    if !items.is_empty() {
                        self.line(&format!("<{element}>"));
                        items.iter().for_each(|it| item(self, it));
                        self.line(&format!("</{element}>"));
                    }
                }
                Block::Alert { kind, blocks } => {
                    self.line(&format!("<note type=\"{}\">", escaped(kind)));
                    self.blocks(blocks);
                    self.line("</note>");
                }
                Block::Table { head, rows } => self.table(head, rows),
                Block::Image(image) => {
                    let address = self.address(&image.source);
                    let alt = image.alt.as_ref().map_or_else(String::new, |it| self.alt(it));
                    self.line(&format!("<p><image href=\"{address}\">{alt}</image></p>"));
                }
                Block::Code { text, .. } => self.line(&format!("<codeblock>{}</codeblock>", escaped(text))),
            }
        }
    }

    fn table(&mut self, head: &[Vec<Slot>], rows: &[Vec<Vec<Slot>>]) {
        let columns = rows.iter().map(Vec::len).chain([head.len()]).max().unwrap_or_default();
        if columns == 0 {
            return;
        }
        self.line("<simpletable>");
        let all = [("sthead", head)].into_iter().chain(rows.iter().map(|row| ("strow", row.as_slice())));
        for (element, row) in all.filter(|(_, row)| !row.is_empty()) {
            self.line(&format!("<{element}>"));
            for column in 0..columns {
                self.element("stentry", row.get(column).map_or(&[], Vec::as_slice));
            }
            self.line(&format!("</{element}>"));
        }
        self.line("</simpletable>");
    }

    /// Texts one behind the other.
    fn slots(&self, slots: &[Slot]) -> String {
        let mut text = String::new();
        let mut before = false;
        for slot in slots {
            if !text.is_empty() && (before || slot.is_spaced) {
                text.push(' ');
            }
            before = slot.is_spaced;
            let runs = self.runs(&slot.runs);
            if slot.state != State::Fallback || slot.locale == self.locale {
                text.push_str(&runs);
                continue;
            }
            // An image has no place in what is underlined.
            let has_image = slot.runs.iter().any(|run| matches!(run, Run::Image { .. }));
            let (open, close) = if has_image { ("", "") } else { ("<u>", "</u>") };
            let locale = escaped(&slot.locale);
            text.push_str(&format!("<ph xml:lang=\"{locale}\" outputclass=\"fallback\">{open}{runs}{close}</ph>"));
        }
        text
    }

    /// What is read in place of an image.
    fn alt(&self, alt: &Slot) -> String {
        let text = escaped(&alt.text);
        match alt.locale == self.locale {
            true => format!("<alt>{text}</alt>"),
            false => format!("<alt xml:lang=\"{}\" outputclass=\"fallback\">{text}</alt>", escaped(&alt.locale)),
        }
    }

    fn runs(&self, runs: &[Run]) -> String {
        let mut text = String::new();
        // A reference does not stand in another.
        let mut open: Vec<&str> = Vec::new();
        for (at, run) in runs.iter().enumerate() {
            match run {
                Run::Text(it) => text.push_str(&escaped(it)),
                Run::Code(it) => text.push_str(&format!("<codeph>{}</codeph>", escaped(it))),
                Run::Break => text.push(' '),
                Run::Image { source, alt } => {
                    let address = self.address(source);
                    let alt = if alt.is_empty() { String::new() } else { format!("<alt>{}</alt>", escaped(alt)) };
                    text.push_str(&format!("<image href=\"{address}\">{alt}</image>"));
                }
                Run::Open(mark) => {
                    let element = match mark {
                        Mark::Strong if self.is_label(&runs[at + 1..]) => "uicontrol",
                        Mark::Strong => "b",
                        Mark::Emphasis => "i",
                        Mark::Strike => "ph",
                        Mark::Link(_) if open.contains(&"xref") => "ph",
                        Mark::Link(_) => "xref",
                    };
                    open.push(element);
                    match mark {
                        Mark::Link(to) if element == "xref" => text.push_str(&self.reference(to)),
                        Mark::Strike => text.push_str("<ph outputclass=\"strike\">"),
                        _ => text.push_str(&format!("<{element}>")),
                    }
                }
                Run::Close(_) => {
                    if let Some(element) = open.pop() {
                        text.push_str(&format!("</{element}>"));
                    }
                }
            }
        }
        text
    }

    /// Whether what stands up to the end of a mark is a label of the step, and nothing but text.
    fn is_label(&self, rest: &[Run]) -> bool {
        match rest {
            [Run::Text(text), Run::Close(Mark::Strong), ..] => self.labels.contains(text.trim()),
            _ => false,
        }
    }

    fn reference(&self, to: &str) -> String {
        let (path, anchor) = to.split_once('#').map_or((to, None), |(path, anchor)| (path, Some(anchor)));
        let is_outside = path.contains(':') || path.starts_with(['/', '~']);
        let article = [".md", ".yml"].iter().find_map(|ending| path.strip_suffix(ending)).filter(|_| !is_outside);
        match article {
            Some(article) => {
                let anchor = anchor.map_or_else(String::new, |it| format!("#{}", name(it)));
                let path = href(&file_key(&decoded(article)));
                format!("<xref href=\"{}{path}.dita{anchor}\" format=\"dita\">", self.up)
            }
            None if path.is_empty() && self.up.is_empty() => {
                format!("<xref href=\"#{}\" format=\"dita\">", name(anchor.unwrap_or_default()))
            }
            None => format!("<xref href=\"{}\" scope=\"external\" format=\"html\">", escaped(to)),
        }
    }

    fn address(&self, source: &str) -> String {
        let is_outside = source.contains(':') || source.starts_with(['/', '~']);
        format!("{}{}", if is_outside { "" } else { self.up }, escaped(source))
    }
}

fn labels(step: &Step) -> BTreeSet<String> {
    let arms = match &step.body {
        Some(Body::Branch { arms }) => arms.as_slice(),
        _ => &[],
    };
    let all = step.labels.iter().chain(arms.iter().flat_map(|it| &it.labels));
    let names = |it: &Label| it.path.iter().map(|it| it.text.clone()).chain([it.text.clone()]).collect::<Vec<_>>();
    all.flat_map(names).collect()
}

/// The id of a task: what stands behind the key in that of the procedure.
fn task_id(procedure: &Procedure) -> String {
    let id = &procedure.head.id;
    name(id.strip_prefix(&procedure.head.article).unwrap_or(id).trim_start_matches('#'))
}

/// A name as XML allows it, different for different texts.
fn name(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    for it in text.chars() {
        match it {
            'a'..='z' | 'A'..='Z' => out.push(it),
            '0'..='9' | '-' | '.' => {
                if out.is_empty() {
                    out.push_str("_.");
                }
                out.push(it);
            }
            it => out.push_str(&format!("_{:x}.", it as u32)),
        }
    }
    if out.is_empty() { "_".to_owned() } else { out }
}

/// The key of an article as the name of a file: steps up are left to whoever writes it.
fn file_key(key: &str) -> String {
    key.strip_prefix("./").unwrap_or(key).to_owned()
}

fn decoded(path: &str) -> String {
    path.replace("%20", " ")
}

fn href(path: &str) -> String {
    escaped(&path.replace('%', "%25").replace(' ', "%20").replace('#', "%23"))
}

/// A text as XML: characters that it does not have are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(it),
            it if (it as u32) < 0x20 || matches!(it as u32, 0xFFFE | 0xFFFF) => {}
            it => out.push(it),
        }
    }
    out
}
