//! The formats: what each is called, what it can carry, and who reads it back.

use clap::ValueEnum;

use super::{File, Form, Returned};
use super::{csv, jsonl, po, po_read, tbx, tmx, xliff, xliff2, xliff2_read, xlsx};
use crate::notation::ReadError;

/// A format that translations leave in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Format {
    /// XLIFF 1.2: for translation tools
    Xliff,
    /// XLIFF 2.1: for newer translation tools
    Xliff2,
    /// TMX: a translation memory
    Tmx,
    /// gettext PO
    Po,
    /// Excel workbook: one sheet a locale
    Xlsx,
    /// CSV for spreadsheet programs
    Csv,
    /// TBX of 2008, which most tools read: a termbase of the labels in bold
    #[value(name = "tbx", alias = "tbx-2008")]
    Tbx2008,
    /// TBX of 2019: the same termbase as the standard has it now
    #[value(name = "tbx-2019")]
    Tbx2019,
    /// JSON Lines: one unit a line
    Jsonl,
}

/// Articles that a format cannot hold.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct WriteError(pub String);

impl Format {
    /// The extension of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Xliff | Format::Xliff2 => "xlf",
            Format::Tmx => "tmx",
            Format::Po => "po",
            Format::Xlsx => "xlsx",
            Format::Csv => "csv",
            Format::Tbx2008 | Format::Tbx2019 => "tbx",
            Format::Jsonl => "jsonl",
        }
    }

    /// How it writes markup.
    pub fn form(self) -> Form {
        match self {
            Format::Xliff | Format::Xliff2 | Format::Tmx | Format::Tbx2008 | Format::Tbx2019 => Form::Tagged,
            Format::Po | Format::Xlsx | Format::Csv | Format::Jsonl => Form::Literal,
        }
    }

    /// Whether a file of it may hold articles in several target locales.
    pub fn mixes_locales(self) -> bool {
        match self {
            Format::Xliff | Format::Xliff2 | Format::Po => false,
            Format::Tmx | Format::Xlsx | Format::Csv | Format::Tbx2008 | Format::Tbx2019 | Format::Jsonl => true,
        }
    }

    /// The format of a file, by its first bytes, and by its name where they do not say: tools have
    /// endings of their own, and people rename files.
    pub fn of(name: &str, bytes: &[u8]) -> Option<Self> {
        let extension = name.rsplit_once('.').map_or("", |(_, it)| it).to_ascii_lowercase();
        let xliff = || if xliff2_read::is_it(bytes) { Format::Xliff2 } else { Format::Xliff };
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
        let head = &text[..text.len().min(4096)];
        let has_root = |root: &str| head.starts_with(b"<") && memchr::memmem::find(head, root.as_bytes()).is_some();
        match extension.as_str() {
            _ if bytes.starts_with(b"PK\x03\x04") => Some(Format::Xlsx),
            _ if has_root("<xliff") => Some(xliff()),
            _ if has_root("<tmx") => Some(Format::Tmx),
            _ if has_root("<martif") => Some(Format::Tbx2008),
            _ if has_root("<tbx") => Some(Format::Tbx2019),
            "xlf" | "xliff" => Some(xliff()),
            "tmx" => Some(Format::Tmx),
            "po" | "pot" => Some(Format::Po),
            "xlsx" => Some(Format::Xlsx),
            "csv" | "tsv" => Some(Format::Csv),
            "tbx" => Some(Format::Tbx2019),
            "jsonl" | "ndjson" => Some(Format::Jsonl),
            _ => None,
        }
    }

    /// Writes articles.
    ///
    /// # Errors
    /// When the articles are beyond the limits of the format.
    pub fn write(self, files: &[File]) -> Result<Vec<u8>, WriteError> {
        Ok(match self {
            Format::Xliff => xliff::write(files),
            Format::Xliff2 => xliff2::write(files),
            Format::Tmx => tmx::write(files),
            Format::Po => po::write(files),
            Format::Xlsx => xlsx::write(files).map_err(WriteError)?,
            Format::Csv => csv::write(files),
            Format::Tbx2008 => tbx::write_2008(files),
            Format::Tbx2019 => tbx::write_2019(files),
            Format::Jsonl => jsonl::write(files),
        })
    }

    /// Reads what came back.
    ///
    /// # Errors
    /// When the file is not of this format.
    pub fn read(self, bytes: &[u8]) -> Result<Vec<Returned>, ReadError> {
        match self {
            Format::Xliff => xliff::read(bytes),
            Format::Xliff2 => xliff2_read::read(bytes),
            Format::Tmx => tmx::read(bytes),
            Format::Po => po_read::read(bytes),
            Format::Xlsx => xlsx::read(bytes),
            Format::Csv => csv::read(bytes),
            Format::Tbx2008 | Format::Tbx2019 => {
                Err(ReadError("a termbase holds no translations of articles".to_owned()))
            }
            Format::Jsonl => jsonl::read(bytes),
        }
    }
}
