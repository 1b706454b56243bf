//! gettext PO, back: as gettext, Poedit, Weblate and people write it.

use super::element::decode;
use super::format::ReadError;
use super::po::NO_PLACE;
use super::xml::unpercent;
use super::{NewText, Returned, ReturnedUnit};

/// Reads what came back. Entries that are obsolete, and the header, are left out; what is fuzzy came
/// back, too.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Returned>, ReadError> {
    let text = decode(bytes)?;
    let mut entries = Entries::default();
    for (at, line) in text.split('\n').enumerate() {
        entries.line(line.trim()).map_err(|message| ReadError(format!("line {}: {message}", at + 1)))?;
    }
    entries.end();
    if entries.found.is_empty() && entries.is_foreign {
        return Err(ReadError("none of its entries says which article it is of".to_owned()));
    }
    Ok(entries.found)
}

/// An entry as far as it is read.
#[derive(Default)]
struct Entry {
    context: Option<String>,
    id: Option<String>,
    text: Option<String>,
    is_plural: bool,
    /// The lock and the path of the comment; the path alone of the reference.
    home: Option<(String, String)>,
    place: Option<String>,
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
    found: Vec<Returned>,
    is_foreign: bool,
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
        let rest = rest.trim();
        if mark == ':' {
            let name = match rest.strip_prefix('\u{2068}').and_then(|it| it.split('\u{2069}').next()) {
                Some(name) => Some(name),
                None => rest.split_whitespace().next().and_then(|it| it.rsplit_once(':')).map(|(name, _)| name),
            };
            self.entry.place = self.entry.place.take().or(name.map(unpercent));
        }
        let home =
            rest.strip_prefix("hexapla ").and_then(|it| it.split_once(' ')).filter(|_| mark == ' ' || mark == '.');
        if let (Some((lock, path)), None) = (home, &self.entry.home) {
            self.entry.home = Some((lock.to_owned(), unpercent(path)));
        }
    }

    /// The end of an entry.
    fn end(&mut self) {
        let entry = std::mem::take(&mut self.entry);
        self.field = Field::None;
        let (Some(id), Some(text)) = (entry.id, entry.text) else { return };
        if id.is_empty() && entry.context.is_none() {
            return;
        }
        self.is_foreign = true;
        let (lock, path) = match (entry.home, entry.place) {
            (Some((lock, path)), _) => (Some(lock), path),
            (None, Some(path)) => (None, path),
            (None, None) => return,
        };
        if lock.as_deref() == Some(NO_PLACE) && text.is_empty() {
            return;
        }
        let Some((_, unit)) = entry.context.as_deref().and_then(|it| it.split_once('#')) else { return };
        let target = match entry.is_plural {
            true => NewText::Unreadable("it has plural forms, which a sentence of an article does not".to_owned()),
            false => NewText::Literal(text),
        };
        let lock = lock.filter(|it| it != NO_PLACE);
        let unit = ReturnedUnit { id: unit.to_owned(), lock, source: Some(NewText::Literal(id)), target };
        match self.found.last_mut() {
            Some(last) if last.path == path => last.units.push(unit),
            _ => self.found.push(Returned { path, units: vec![unit] }),
        }
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
