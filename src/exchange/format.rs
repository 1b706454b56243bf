//! The formats: what each is called, what it can carry, and who reads it back.

use clap::ValueEnum;

use super::{File, Form, Returned, jsonl, xliff};

/// A format that translations leave in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Format {
    /// JSON Lines: one unit a line
    Jsonl,
    /// XLIFF 1.2: for translation tools
    Xliff,
}

/// A file that is not of its format.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ReadError(pub String);

impl Format {
    /// The extension of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Jsonl => "jsonl",
            Format::Xliff => "xlf",
        }
    }

    /// How it writes markup.
    pub fn form(self) -> Form {
        match self {
            Format::Jsonl => Form::Literal,
            Format::Xliff => Form::Tagged,
        }
    }

    /// Whether a file of it may hold articles in several target locales.
    pub fn mixes_locales(self) -> bool {
        match self {
            Format::Jsonl => true,
            Format::Xliff => false,
        }
    }

    /// The format of a file, by its name and its first bytes.
    pub fn of(name: &str, _bytes: &[u8]) -> Option<Self> {
        let extension = name.rsplit_once('.')?.1.to_ascii_lowercase();
        match extension.as_str() {
            "jsonl" | "ndjson" => Some(Format::Jsonl),
            "xlf" | "xliff" => Some(Format::Xliff),
            _ => None,
        }
    }

    /// Writes articles.
    pub fn write(self, files: &[File]) -> Vec<u8> {
        match self {
            Format::Jsonl => jsonl::write(files),
            Format::Xliff => xliff::write(files),
        }
    }

    /// Reads what came back.
    ///
    /// # Errors
    /// When the file is not of this format.
    pub fn read(self, bytes: &[u8]) -> Result<Vec<Returned>, ReadError> {
        match self {
            Format::Jsonl => jsonl::read(bytes),
            Format::Xliff => xliff::read(bytes),
        }
    }
}
