//! Bytes to lines and columns, for people.

use std::cell::OnceCell;

use serde::{Deserialize, Serialize};

/// A place as a person counts it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    /// 1-based line.
    pub line: u32,
    /// 1-based column in Unicode code points.
    pub column: u32,
    /// 0-based byte offset in the file.
    pub byte: u32,
}

/// Where the lines of a text begin. A line ends with LF; a CR before it belongs to the line.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// The characters before each block of [`BLOCK`] bytes; made for the first long line that is
    /// asked about, so that many places on one line are counted once and not each from its start.
    blocks: OnceCell<Vec<u32>>,
}

const BLOCK: usize = 4 << 10;

impl LineIndex {
    /// Reads the line starts of a text.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1));
        Self { starts, blocks: OnceCell::new() }
    }

    /// The 0-based number of the line that holds `byte`.
    pub fn line_of(&self, byte: u32) -> usize {
        self.starts.partition_point(|&start| start <= byte) - 1
    }

    /// The byte where a 0-based line begins; the end of the last line for one too many.
    pub fn line_start(&self, line: usize) -> Option<usize> {
        self.starts.get(line).map(|&start| start as usize)
    }

    /// The place of `byte` in `text` (the text the index was made of). A byte past the end is the
    /// end, one inside a character is that character's start.
    pub fn position(&self, text: &str, byte: u32) -> Position {
        let mut byte = (byte as usize).min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        let line = self.line_of(byte as u32);
        let start = self.starts[line] as usize;
        let column = match byte - start {
            0..BLOCK => characters(&text.as_bytes()[start..byte]),
            _ => self.characters_before(text, byte) - self.characters_before(text, start),
        } + 1;
        Position { line: line as u32 + 1, column, byte: byte as u32 }
    }
    fn characters_before(&self, text: &str, byte: usize) -> u32 {
        let bytes = text.as_bytes();
        let blocks = self.blocks.get_or_init(|| {
            let before = |sum: &mut u32, block: &[u8]| {
                let before = *sum;
                *sum += characters(block);
                Some(before)
            };
            bytes.chunks(BLOCK).scan(0, before).collect()
        });
        let (block, start) = (byte / BLOCK, byte / BLOCK * BLOCK);
        match start == bytes.len() && block > 0 {
            true => blocks[block - 1] + characters(&bytes[start - BLOCK..]),
            false => blocks[block] + characters(&bytes[start..byte]),
        }
    }
}

/// How many characters begin in these bytes of UTF-8.
fn characters(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count() as u32
}
