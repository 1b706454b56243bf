//! A rule's page: what it says to a person, and its examples, which are run as tests.

/// A page cut into its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The examples, in order.
    pub examples: Vec<Example>,
}

/// One example: blocks that follow one another up to a block `findings`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Example {
    /// The block `source`, or `source.yml`: the source article.
    pub source: Option<String>,
    /// The block `was`: the source article that the translation was made from.
    pub was: Option<String>,
    /// The block `other`: another article of the project, in the locale of the source.
    pub other: Option<String>,
    /// The block `terms`: a termbase in YAML.
    pub terms: Option<String>,
    /// The blocks `strings LOCALE`: the product's strings in a locale, in JSON.
    pub strings: Vec<(String, String)>,
    /// The block `target`: the translation. Its locale follows the word: `target de-DE`.
    pub target: Option<String>,
    /// The locale of the target; `de-DE` when not said.
    pub locale: String,
    /// The expected findings, one a line: `LINE:COLUMN-LINE:COLUMN severity message`.
    pub findings: String,
    /// The line of the page where the block `findings` begins its text, 0-based.
    pub findings_line: usize,
}

impl Page {
    /// Reads a page.
    pub fn parse(page: &str) -> Self {
        let mut examples = Vec::new();
        let mut example = Example { locale: "de-DE".into(), ..Example::default() };
        let mut fence: Option<(String, String, usize)> = None;
        for (number, line) in page.lines().enumerate() {
            match &mut fence {
                None => {
                    let ticks = line.bytes().take_while(|&byte| byte == b'`').count();
                    if ticks >= 3 {
                        fence = Some((line[..ticks].to_owned(), line[ticks..].trim().to_owned(), number + 1));
                        example.findings.clear();
                    }
                }
                Some((mark, info, start)) if line == *mark => {
                    let text: String =
                        page.lines().skip(*start).take(number - *start).map(|line| format!("{line}\n")).collect();
                    let (name, locale) = info.split_once(' ').unwrap_or((info, ""));
                    match name {
                        "source" => example.source = Some(text),
                        "other" => example.other = Some(text),
                        "terms" => example.terms = Some(text),
                        "strings" => example.strings.push((locale.to_owned(), text)),
                        "was" => example.was = Some(text),
                        "target" => {
                            example.target = Some(text);
                            if !locale.is_empty() {
                                example.locale = locale.to_owned();
                            }
                        }
                        "findings" => {
                            (example.findings, example.findings_line) = (text, *start);
                            let fresh = Example { locale: "de-DE".into(), ..Example::default() };
                            examples.push(std::mem::replace(&mut example, fresh));
                        }
                        _ => {}
                    }
                    fence = None;
                }
                Some(_) => {}
            }
        }
        Page { examples }
    }
}
