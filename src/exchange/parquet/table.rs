//! What a table is made of.

/// A table.
#[derive(Debug)]
pub struct Table {
    /// Its name, and that of its folder.
    pub name: &'static str,
    /// What a row of it is.
    pub about: &'static str,
    /// Its columns, in order. The locale is the folder, and no column of the file.
    pub columns: &'static [Column],
}

/// A column.
#[derive(Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What stands in it.
    pub kind: Kind,
    /// What it means, and in which unit.
    pub about: &'static str,
}

/// What stands in a column. All but `Texts` may lack a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// UTF-8.
    Text,
    /// A list of texts, which may be empty.
    Texts,
    /// A whole number of 64 bits.
    Int,
    /// A number of 64 bits with a fraction.
    Number,
    /// True or false.
    Flag,
}

impl Kind {
    /// As engines call it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Text => "string",
            Kind::Texts => "list of strings",
            Kind::Int => "int64",
            Kind::Number => "double",
            Kind::Flag => "boolean",
        }
    }
}

/// A value of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// None is said.
    Nothing,
    /// Of [`Kind::Text`].
    Text(String),
    /// Of [`Kind::Texts`].
    Texts(Vec<String>),
    /// Of [`Kind::Int`].
    Int(i64),
    /// Of [`Kind::Number`].
    Number(f64),
    /// Of [`Kind::Flag`].
    Flag(bool),
}

/// The values of a row, in the order of the columns.
pub type Row = Vec<Cell>;

impl Cell {
    /// A text; nothing where it is empty.
    pub(super) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Cell::Nothing } else { Cell::Text(text) }
    }

    /// A text that may be missing.
    pub(super) fn maybe(text: Option<&impl AsRef<str>>) -> Self {
        text.map_or(Cell::Nothing, |it| Cell::Text(it.as_ref().to_owned()))
    }

    /// A number that may be missing.
    pub(super) fn int(number: Option<impl Into<i64>>) -> Self {
        number.map_or(Cell::Nothing, |it| Cell::Int(it.into()))
    }
}
