//! Strings in plain text: Java properties and Apple strings.

use std::borrow::Cow;
use std::iter::Peekable;
use std::str::Chars;

use super::Sheet;
use crate::notation::{ReadError, decode};

/// The text of a properties file: UTF-8, or Latin-1 as Java had it first.
pub(super) fn text(bytes: &[u8]) -> Cow<'_, str> {
    decode(bytes).unwrap_or_else(|_| bytes.iter().map(|&byte| char::from(byte)).collect::<String>().into())
}

/// Java properties.
pub(super) fn properties(text: &str) -> Result<Sheet, ReadError> {
    let mut sheet = Sheet::default();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let mut line = line.trim_start().to_owned();
        if line.is_empty() || line.starts_with(['#', '!']) {
            continue;
        }
        // A line that ends with a reverse solidus goes on.
        while line.bytes().rev().take_while(|it| *it == b'\\').count() % 2 == 1 {
            line.pop();
            match lines.next() {
                Some(next) => line.push_str(next.trim_start()),
                None => break,
            }
        }
        let mut letters = line.chars().peekable();
        let mut key = String::new();
        while let Some(it) = letters.next_if(|it| !matches!(it, '=' | ':') && !it.is_whitespace()) {
            match it {
                '\\' => key.extend(escaped(&mut letters)),
                it => key.push(it),
            }
        }
        while letters.next_if(|it| it.is_whitespace()).is_some() {}
        if letters.next_if(|it| matches!(it, '=' | ':')).is_some() {
            while letters.next_if(|it| it.is_whitespace()).is_some() {}
        }
        let mut value = String::new();
        while let Some(it) = letters.next() {
            match it {
                '\\' => value.extend(escaped(&mut letters)),
                it => value.push(it),
            }
        }
        // An apostrophe is written twice where a text has arguments.
        sheet.strings.push((key, value.replace("''", "'")));
    }
    Ok(sheet)
}

/// The character behind a reverse solidus.
fn escaped(letters: &mut Peekable<Chars<'_>>) -> Option<char> {
    match letters.next()? {
        'n' | 'r' | 't' | 'f' => Some(' '),
        'u' | 'U' => {
            let mut value = 0;
            for _ in 0..4 {
                let digit = letters.next_if(char::is_ascii_hexdigit)?.to_digit(16)?;
                value = value * 16 + digit;
            }
            char::from_u32(value)
        }
        other => Some(other),
    }
}

/// Apple strings: `"key" = "value";`
pub(super) fn apple(text: &str) -> Result<Sheet, ReadError> {
    let mut sheet = Sheet::default();
    let mut reader = Apple { letters: text.chars().peekable(), line: 1 };
    while let Some(key) = reader.word()? {
        let wanted = |it: char, reader: &Apple<'_>| Err(ReadError::at(reader.line, format!("`{it}` is missing")));
        reader.skip()?;
        if reader.next_if('=').is_none() {
            return wanted('=', &reader);
        }
        let Some(value) = reader.word()? else { return wanted('"', &reader) };
        reader.skip()?;
        if reader.next_if(';').is_none() {
            return wanted(';', &reader);
        }
        sheet.strings.push((key, value));
    }
    Ok(sheet)
}

struct Apple<'t> {
    letters: Peekable<Chars<'t>>,
    line: usize,
}

impl Apple<'_> {
    fn next(&mut self) -> Option<char> {
        let it = self.letters.next();
        self.line += usize::from(it == Some('\n'));
        it
    }

    fn next_if(&mut self, wanted: char) -> Option<char> {
        self.letters.next_if(|it| *it == wanted)
    }

    /// White space and comments.
    fn skip(&mut self) -> Result<(), ReadError> {
        loop {
            match self.letters.peek() {
                Some(it) if it.is_whitespace() => drop(self.next()),
                Some('/') => {
                    let line = self.line;
                    self.next();
                    match self.next() {
                        Some('/') => while self.next().is_some_and(|it| it != '\n') {},
                        Some('*') => {
                            let mut star = false;
                            loop {
                                match self.next() {
                                    Some('/') if star => break,
                                    Some(it) => star = it == '*',
                                    None => return Err(ReadError::at(line, "a comment is not closed")),
                                }
                            }
                        }
                        _ => return Err(ReadError::at(line, "this is neither a string nor a comment")),
                    }
                }
                _ => return Ok(()),
            }
        }
    }

    /// A string in quotes, or a bare word; `None` at the end.
    fn word(&mut self) -> Result<Option<String>, ReadError> {
        self.skip()?;
        let (line, mut text) = (self.line, String::new());
        let Some(&first) = self.letters.peek() else { return Ok(None) };
        if first != '"' {
            let is_bare = |it: &char| it.is_alphanumeric() || matches!(it, '_' | '.' | '-');
            while let Some(it) = self.letters.next_if(is_bare) {
                text.push(it);
            }
            let fault = || ReadError::at(line, "this is neither a string nor a comment");
            return if text.is_empty() { Err(fault()) } else { Ok(Some(text)) };
        }
        self.next();
        loop {
            match self.next() {
                Some('"') => return Ok(Some(text)),
                Some('\\') => text.extend(escaped(&mut self.letters)),
                Some(it) => text.push(it),
                None => return Err(ReadError::at(line, "a string is not closed")),
            }
        }
    }
}
