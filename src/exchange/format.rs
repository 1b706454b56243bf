//! The formats: what each is called, what it can carry, and who reads it back.

use clap::ValueEnum;

use super::{File, Form, Returned, csv, jsonl, po, po_read, tbx, tmx, xliff, xliff2, xliff2_read, xlsx};

/// A format that translations leave in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Format {
    /// Excel workbook: one sheet a locale
    Xlsx,
    /// CSV for spreadsheet programs
    Csv,
    /// JSON Lines: one unit a line
    Jsonl,
    /// XLIFF 1.2: for translation tools
    Xliff,
    /// XLIFF 2.1: for newer translation tools
    Xliff2,
    /// TMX: a translation memory
    Tmx,
    /// gettext PO
    Po,
    /// TBX of 2008, which most tools read: a termbase of the labels in bold
    #[value(name = "tbx-2008")]
    Tbx2008,
    /// TBX of 2019: the same termbase as the standard has it now
    #[value(name = "tbx-2019")]
    Tbx2019,
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
            Format::Xliff | Format::Xliff2 => "xlf",
            Format::Tmx => "tmx",
            Format::Po => "po",
            Format::Tbx2008 | Format::Tbx2019 => "tbx",
        }
    }

    /// How it writes markup.
    pub fn form(self) -> Form {
        match self {
            Format::Xlsx | Format::Csv | Format::Jsonl | Format::Po => Form::Literal,
            Format::Xliff | Format::Xliff2 | Format::Tmx | Format::Tbx2008 | Format::Tbx2019 => Form::Tagged,
        }
    }

    /// Whether a file of it may hold articles in several target locales.
    pub fn mixes_locales(self) -> bool {
        match self {
            Format::Xlsx | Format::Csv | Format::Jsonl => true,
            Format::Tmx | Format::Tbx2008 | Format::Tbx2019 => true,
            Format::Xliff | Format::Xliff2 | Format::Po => false,
        }
    }

    /// The format of a file, by its name and its first bytes.
    pub fn of(name: &str, bytes: &[u8]) -> Option<Self> {
        let extension = name.rsplit_once('.')?.1.to_ascii_lowercase();
        match extension.as_str() {
            "xlsx" => Some(Format::Xlsx),
            "csv" | "tsv" => Some(Format::Csv),
            "jsonl" | "ndjson" => Some(Format::Jsonl),
            "xlf" | "xliff" if xliff2_read::is_it(bytes) => Some(Format::Xliff2),
            "xlf" | "xliff" => Some(Format::Xliff),
            "tmx" => Some(Format::Tmx),
            "po" | "pot" => Some(Format::Po),
            "tbx" if memchr::memmem::find(bytes, b"<martif").is_some() => Some(Format::Tbx2008),
            "tbx" => Some(Format::Tbx2019),
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
            Format::Xliff => Ok(xliff::write(files)),
            Format::Xliff2 => Ok(xliff2::write(files)),
            Format::Tmx => Ok(tmx::write(files)),
            Format::Po => Ok(po::write(files)),
            Format::Tbx2008 => Ok(tbx::write_2008(files)),
            Format::Tbx2019 => Ok(tbx::write_2019(files)),
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
            Format::Xliff => xliff::read(bytes),
            Format::Xliff2 => xliff2_read::read(bytes),
            Format::Tmx => tmx::read(bytes),
            Format::Po => po_read::read(bytes),
            Format::Tbx2008 | Format::Tbx2019 => {
                Err(ReadError("a termbase holds no translations of articles".to_owned()))
            }
        }
    }
}
