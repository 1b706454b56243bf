//! Rows → files: compressed with Snappy, ten thousand rows in a group, the same rows to the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;

use crate::locale::Locale;

use super::{Cell, Column, Kind, Row, Rows, Table};

/// So many rows are held until they are written together.
const GROUP: usize = 10_000;

/// Files to be, by table and locale. Every locale gets a file of every table, so that none is missing
/// where an engine looks for it.
pub struct Dataset {
    tables: Vec<&'static Table>,
    locales: BTreeSet<String>,
    parts: BTreeMap<(&'static str, String), Part>,
}

impl Dataset {
    /// A dataset of these tables.
    pub fn new(tables: &[&'static Table]) -> Self {
        Dataset { tables: tables.to_vec(), locales: BTreeSet::new(), parts: BTreeMap::new() }
    }

    /// Says that there are articles in a locale, whether or not they have rows.
    pub fn has(&mut self, locale: &Locale) {
        self.locales.insert(super::tag(locale));
    }

    /// Adds rows.
    ///
    /// # Errors
    /// When they are beyond the limits of the format.
    pub fn add(&mut self, rows: Rows) -> Result<(), ParquetError> {
        for (table, locale, row) in rows {
            self.part(table, &locale)?.push(row)?;
        }
        Ok(())
    }

    /// The files, each with its table and its locale, in order.
    ///
    /// # Errors
    /// When they are beyond the limits of the format.
    pub fn finish(mut self) -> Result<Vec<File>, ParquetError> {
        for table in self.tables.clone() {
            for locale in self.locales.clone() {
                self.part(table, &locale)?;
            }
        }
        let file = |((table, locale), part): ((&'static str, String), Part)| {
            let rows = part.written + part.rows.len();
            Ok(File { table, locale, rows, bytes: part.finish()? })
        };
        self.parts.into_iter().map(file).collect()
    }

    fn part(&mut self, table: &'static Table, locale: &str) -> Result<&mut Part, ParquetError> {
        if !self.locales.contains(locale) {
            self.locales.insert(locale.to_owned());
        }
        match self.parts.entry((table.name, locale.to_owned())) {
            std::collections::btree_map::Entry::Occupied(it) => Ok(it.into_mut()),
            std::collections::btree_map::Entry::Vacant(it) => Ok(it.insert(Part::new(table)?)),
        }
    }
}

/// A file.
pub struct File {
    /// Its table.
    pub table: &'static str,
    /// Its locale.
    pub locale: String,
    /// How many rows it has.
    pub rows: usize,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

struct Part {
    table: &'static Table,
    writer: SerializedFileWriter<Vec<u8>>,
    rows: Vec<Row>,
    written: usize,
}

impl Part {
    fn new(table: &'static Table) -> Result<Self, ParquetError> {
        let fields = table.columns.iter().map(field).collect::<Result<_, _>>()?;
        let schema = Type::group_type_builder(table.name).with_fields(fields).build()?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_created_by(concat!("hexapla ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
        Ok(Part { table, writer, rows: Vec::new(), written: 0 })
    }

    fn push(&mut self, row: Row) -> Result<(), ParquetError> {
        debug_assert_eq!(row.len(), self.table.columns.len(), "{}", self.table.name);
        self.rows.push(row);
        if self.rows.len() == GROUP { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), ParquetError> {
        let rows = std::mem::take(&mut self.rows);
        if rows.is_empty() {
            return Ok(());
        }
        self.written += rows.len();
        let mut group = self.writer.next_row_group()?;
        for (index, column) in self.table.columns.iter().enumerate() {
            let Some(mut writer) = group.next_column()? else { break };
            write(column.kind, &mut writer, rows.iter().map(|row| &row[index]))?;
            writer.close()?;
        }
        group.close()?;
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<u8>, ParquetError> {
        self.flush()?;
        self.writer.into_inner()
    }
}

fn field(column: &Column) -> Result<Arc<Type>, ParquetError> {
    let text = |name: &str, repetition| {
        let it = Type::primitive_type_builder(name, Physical::BYTE_ARRAY);
        it.with_repetition(repetition).with_logical_type(Some(LogicalType::String)).build()
    };
    let plain =
        |physical| Type::primitive_type_builder(column.name, physical).with_repetition(Repetition::OPTIONAL).build();
    Ok(Arc::new(match column.kind {
        Kind::Text => text(column.name, Repetition::OPTIONAL)?,
        Kind::Int => plain(Physical::INT64)?,
        Kind::Number => plain(Physical::DOUBLE)?,
        Kind::Flag => plain(Physical::BOOLEAN)?,
        Kind::Texts => {
            let element = Arc::new(text("element", Repetition::REQUIRED)?);
            let list = Type::group_type_builder("list").with_repetition(Repetition::REPEATED);
            let list = Arc::new(list.with_fields(vec![element]).build()?);
            let outer = Type::group_type_builder(column.name).with_repetition(Repetition::REQUIRED);
            outer.with_logical_type(Some(LogicalType::List)).with_fields(vec![list]).build()?
        }
    }))
}

fn write<'c>(
    kind: Kind,
    writer: &mut SerializedColumnWriter<'_>,
    cells: impl Iterator<Item = &'c Cell>,
) -> Result<(), ParquetError> {
    let bytes = |text: &str| ByteArray::from(text.as_bytes().to_vec());
    match kind {
        Kind::Text => some::<ByteArrayType>(writer, cells, |it| match it {
            Cell::Text(text) => Some(bytes(text)),
            _ => None,
        }),
        Kind::Int => some::<Int64Type>(writer, cells, |it| match it {
            Cell::Int(number) => Some(*number),
            _ => None,
        }),
        Kind::Number => some::<DoubleType>(writer, cells, |it| match it {
            Cell::Number(number) => Some(*number),
            _ => None,
        }),
        Kind::Flag => some::<BoolType>(writer, cells, |it| match it {
            Cell::Flag(flag) => Some(*flag),
            _ => None,
        }),
        Kind::Texts => {
            // Of a list the first element begins a row, and an empty one has none.
            let (mut values, mut defined, mut repeated) = (Vec::new(), Vec::new(), Vec::new());
            for cell in cells {
                let texts: &[String] = if let Cell::Texts(texts) = cell { texts } else { &[] };
                values.extend(texts.iter().map(|it| bytes(it)));
                defined.extend(if texts.is_empty() { vec![0] } else { vec![1; texts.len()] });
                repeated.extend((0..texts.len().max(1)).map(|at| i16::from(at > 0)));
            }
            let writer = writer.typed::<ByteArrayType>();
            writer.write_batch(&values, Some(&defined), Some(&repeated)).map(|_| ())
        }
    }
}

/// Writes values of which some may be missing.
fn some<'c, T: DataType>(
    writer: &mut SerializedColumnWriter<'_>,
    cells: impl Iterator<Item = &'c Cell>,
    value: impl Fn(&Cell) -> Option<T::T>,
) -> Result<(), ParquetError> {
    let (mut values, mut defined) = (Vec::new(), Vec::new());
    for cell in cells {
        let value = value(cell);
        defined.push(i16::from(value.is_some()));
        values.extend(value);
    }
    writer.typed::<T>().write_batch(&values, Some(&defined), None).map(|_| ())
}
