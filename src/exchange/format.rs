//! The formats: what each is called, what it can carry, and who reads it back.

use clap::ValueEnum;

use super::{File, Form, Returned, csv, jsonl, xlsx};

/// A format that translations leave in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Format {
    /// Excel workbook: one sheet a locale
    Xlsx,
    /// CSV for spreadsheet programs
    Csv,
    /// JSON Lines: one unit a line
    Jsonl,
}

/// A file that is not of its format.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ReadError(pub String);

/// Articles that a format cannot hold.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct WriteError(pub String);

impl Format {
    /// The extension of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Xlsx => "xlsx",
            Format::Csv => "csv",
            Format::Jsonl => "jsonl",
        }
    }

    /// How it writes markup.
    pub fn form(self) -> Form {
        match self {
            Format::Xlsx | Format::Csv | Format::Jsonl => Form::Literal,
        }
    }

    /// Whether a file of it may hold articles in several target locales.
    pub fn mixes_locales(self) -> bool {
        match self {
            Format::Xlsx | Format::Csv | Format::Jsonl => true,
        }
    }

    /// The format of a file, by its name and its first bytes.
    pub fn of(name: &str, _bytes: &[u8]) -> Option<Self> {
        let extension = name.rsplit_once('.')?.1.to_ascii_lowercase();
        match extension.as_str() {
            "xlsx" => Some(Format::Xlsx),
            "csv" | "tsv" => Some(Format::Csv),
            "jsonl" | "ndjson" => Some(Format::Jsonl),
            _ => None,
        }
    }

    /// Writes articles.
    ///
    /// # Errors
    /// When the articles are beyond the limits of the format.
    pub fn write(self, files: &[File]) -> Result<Vec<u8>, WriteError> {
        match self {
            Format::Xlsx => xlsx::write(files).map_err(WriteError),
            Format::Csv => Ok(csv::write(files)),
            Format::Jsonl => Ok(jsonl::write(files)),
        }
    }

    /// Reads what came back.
    ///
    /// # Errors
    /// When the file is not of this format.
    pub fn read(self, bytes: &[u8]) -> Result<Vec<Returned>, ReadError> {
        match self {
            Format::Xlsx => xlsx::read(bytes),
            Format::Csv => csv::read(bytes),
            Format::Jsonl => jsonl::read(bytes),
        }
    }
}
