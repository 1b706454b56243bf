//! What goes to a terminal: nothing of an article, of a file's name or of an argument steers it.
//! Formats for a person take that out themselves; this is for all the others.

use std::io::{self, IsTerminal, Write};

use crate::text::calm;

/// Standard error, for a person.
pub(super) fn stderr() -> Calm<io::StderrLock<'static>> {
    Calm { out: io::stderr().lock(), pending: Vec::new(), colors: false }
}

/// Says a line to a person.
pub(super) fn say(line: &str) {
    let mut out = stderr();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Standard output: as it is for a program, tamed for a terminal.
pub(super) fn stdout() -> Box<dyn Write> {
    let out = io::stdout().lock();
    match out.is_terminal() {
        true => Box::new(io::BufWriter::new(Calm { out, pending: Vec::new(), colors: true })),
        false => Box::new(io::BufWriter::new(out)),
    }
}

/// Text on its way to a terminal, without what it would obey.
pub(super) struct Calm<W: Write> {
    out: W,
    /// The beginning of a character or of a colour.
    pending: Vec<u8>,
    /// Whether colours go through.
    colors: bool,
}

impl<W: Write> Write for Calm<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.pending.extend_from_slice(bytes);
        let rest = self.pending.split_off(whole(&self.pending, self.colors));
        let text = std::mem::replace(&mut self.pending, rest);
        self.put(&text)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let text = std::mem::take(&mut self.pending);
        self.put(&text)?;
        self.out.flush()
    }
}

impl<W: Write> Calm<W> {
    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        let text = String::from_utf8_lossy(bytes);
        let mut rest = &*text;
        while let Some((before, color, after)) = next_color(rest).filter(|_| self.colors) {
            self.out.write_all(calm(before).as_bytes())?;
            self.out.write_all(color.as_bytes())?;
            rest = after;
        }
        self.out.write_all(calm(rest).as_bytes())
    }
}

/// A text up to a colour, the colour, and what is behind it.
fn next_color(text: &str) -> Option<(&str, &str, &str)> {
    text.match_indices("\x1b[").find_map(|(at, start)| {
        let from = at + start.len();
        let numbers = text[from..].bytes().take_while(|it| it.is_ascii_digit() || *it == b';').count();
        let end = from + numbers + 1;
        (text.as_bytes().get(end - 1) == Some(&b'm')).then(|| (&text[..at], &text[at..end], &text[end..]))
    })
}

/// How much of the bytes ends with a whole character and a whole colour.
fn whole(bytes: &[u8], colors: bool) -> usize {
    let last = (1..=bytes.len().min(3)).find(|back| bytes[bytes.len() - back] >= 0xc0);
    let end = match last.map(|back| bytes.len() - back) {
        Some(at) if std::str::from_utf8(&bytes[at..]).is_err_and(|it| it.error_len().is_none()) => at,
        _ => bytes.len(),
    };
    let Some(escape) = memchr::memrchr(0x1b, &bytes[..end]).filter(|_| colors) else { return end };
    let is_begun = |rest: &[u8]| rest.len() < 16 && rest.iter().all(|it| b"[;0123456789".contains(it));
    if is_begun(&bytes[escape + 1..end]) { escape } else { end }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn passes(colors: bool, text: &str, expected: &str) {
        for size in 1..=text.len() {
            let mut out = Calm { out: Vec::new(), pending: Vec::new(), colors };
            text.as_bytes().chunks(size).for_each(|it| out.write_all(it).unwrap());
            out.flush().unwrap();
            assert_eq!(String::from_utf8(out.out).unwrap(), expected, "{size} bytes at a time");
        }
    }

    #[test]
    fn only_colours_reach_a_terminal() {
        let evil = "a\x1b[2Jb\x1b]8;;http://x\x07c\u{9b}31md\u{202e}é\x08\u{7f}\x1b[";
        let tamed = "a␛[2Jb␛]8;;http://x␇c\u{fffd}31md\u{fffd}é␈␡␛[";
        passes(true, evil, tamed);
        passes(false, evil, tamed);
        passes(true, "\x1b[1;31mrot\x1b[0m\tund\n", "\x1b[1;31mrot\x1b[0m\tund\n");
        passes(false, "\x1b[1mfett", "␛[1mfett");
    }
}
