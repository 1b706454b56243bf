//! Bytes to lines and columns, for people.

/// A place as a person counts it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
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
}

impl LineIndex {
    /// Reads the line starts of a text.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1));
        Self { starts }
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
        let column = text[start..byte].chars().count() as u32 + 1;
        Position { line: line as u32 + 1, column, byte: byte as u32 }
    }
}
