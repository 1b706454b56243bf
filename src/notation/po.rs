//! gettext PO, as gettext, Poedit, Weblate and people write it.

use super::{ReadError, decode};

/// An entry of a PO file. Those that are obsolete are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PoEntry {
    /// `msgctxt`
    pub context: Option<String>,
    /// `msgid`
    pub id: String,
    /// `msgstr`; of several forms the texts of all, one behind the other.
    pub text: String,
    /// Whether it has plural forms.
    pub is_plural: bool,
    /// Whether it waits for somebody to look at it.
    pub is_fuzzy: bool,
    /// The comments before it: the sign behind `#`, or a space, and the rest.
    pub comments: Vec<(char, String)>,
}

impl PoEntry {
    /// Whether it is the head of the file.
    pub fn is_header(&self) -> bool {
        self.id.is_empty() && self.context.is_none()
    }
}

/// Reads all entries, the head of the file included.
///
/// # Errors
/// When a line is none of PO.
pub fn po_entries(bytes: &[u8]) -> Result<Vec<PoEntry>, ReadError> {
    let text = decode(bytes)?;
    let mut entries = Entries::default();
    for (at, line) in text.split('\n').enumerate() {
        entries.line(line.trim()).map_err(|message| ReadError::at(at + 1, message))?;
    }
    entries.end();
    Ok(entries.found)
}

/// An entry as far as it is read.
#[derive(Default)]
struct Entry {
    context: Option<String>,
    id: Option<String>,
    text: Option<String>,
    is_plural: bool,
    comments: Vec<(char, String)>,
}

/// The string that a line in quotes goes on.
#[derive(Clone, Copy, Default)]
enum Field {
    #[default]
    None,
    Context,
    Id,
    Text,
    /// One that is read and not used.
    Other,
}

#[derive(Default)]
struct Entries {
    entry: Entry,
    field: Field,
    found: Vec<PoEntry>,
}

impl Entries {
    fn line(&mut self, line: &str) -> Result<(), String> {
        if line.is_empty() || line.starts_with("#~") {
            // Comments belong to what follows them.
            if self.entry.text.is_some() || line.starts_with("#~") {
                self.end();
            }
            return Ok(());
        }
        if let Some(comment) = line.strip_prefix('#') {
            if self.entry.text.is_some() {
                self.end();
            }
            self.comment(comment);
            return Ok(());
        }
        let (word, string) = match line.find('"') {
            Some(at) => (line[..at].trim_end(), &line[at..]),
            None => return Err("this is neither a comment nor a string in quotes".to_owned()),
        };
        let string = unquote(string)?;
        match word {
            "" => {}
            "msgctxt" => {
                if self.entry.text.is_some() || self.entry.id.is_some() {
                    self.end();
                }
                self.field = Field::Context;
            }
            "msgid" => {
                if self.entry.text.is_some() || self.entry.id.is_some() {
                    self.end();
                }
                self.field = Field::Id;
            }
            "msgid_plural" => {
                self.entry.is_plural = true;
                self.field = Field::Other;
            }
            "msgstr" => self.field = Field::Text,
            _ if word.starts_with("msgstr[") && word.ends_with(']') => {
                self.entry.is_plural = true;
                self.field = Field::Text;
            }
            _ => return Err(format!("`{word}` is no word of PO")),
        }
        let text = match self.field {
            Field::Context => &mut self.entry.context,
            Field::Id => &mut self.entry.id,
            Field::Text => &mut self.entry.text,
            Field::Other => return Ok(()),
            Field::None => return Err("a string stands here that belongs to nothing".to_owned()),
        };
        text.get_or_insert_default().push_str(&string);
        Ok(())
    }

    fn comment(&mut self, comment: &str) {
        let (mark, rest) = match comment.chars().next() {
            Some(it @ ('.' | ':' | ',' | '|')) => (it, &comment[1..]),
            _ => (' ', comment),
        };
        self.entry.comments.push((mark, rest.trim().to_owned()));
    }

    /// The end of an entry.
    fn end(&mut self) {
        let Entry { context, id, text, is_plural, comments } = std::mem::take(&mut self.entry);
        self.field = Field::None;
        let (Some(id), Some(text)) = (id, text) else { return };
        let fuzzy = |(mark, rest): &(char, String)| *mark == ',' && rest.split(',').any(|it| it.trim() == "fuzzy");
        let is_fuzzy = comments.iter().any(fuzzy);
        self.found.push(PoEntry { context, id, text, is_plural, is_fuzzy, comments });
    }
}

/// The text of a string in quotes.
fn unquote(string: &str) -> Result<String, String> {
    let inside = string.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    let mut rest = inside.filter(|_| string.len() > 1).ok_or("a string is not closed")?;
    let mut out = String::with_capacity(rest.len());
    while let Some(at) = rest.find(['\\', '"']) {
        out.push_str(&rest[..at]);
        if rest[at..].starts_with('"') {
            return Err("a string ends before its line does".to_owned());
        }
        rest = &rest[at + 1..];
        let letter = rest.chars().next().ok_or("a string is not closed")?;
        let mut length = letter.len_utf8();
        out.push(match letter {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'a' => '\u{7}',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'v' => '\u{b}',
            '\\' | '"' | '\'' | '?' => letter,
            '0'..='7' => {
                length = rest.bytes().take(3).take_while(|it| matches!(it, b'0'..=b'7')).count();
                number(&rest[..length], 8)?
            }
            'x' => {
                length = 1 + rest[1..].bytes().take(2).take_while(u8::is_ascii_hexdigit).count();
                number(&rest[1..length], 16)?
            }
            other => return Err(format!("`\\{other}` is no escape of PO")),
        });
        rest = &rest[length..];
    }
    out.push_str(rest);
    Ok(out)
}

/// The character of an escape by number. Bytes beyond ASCII are parts of characters, which nobody
/// writes so.
fn number(digits: &str, base: u32) -> Result<char, String> {
    let value = u32::from_str_radix(digits, base).ok().filter(|it| *it < 128);
    value.and_then(char::from_u32).ok_or_else(|| format!("`{digits}` is no character"))
}
