//! One name for one thing: the labels of the user interface that articles name, what each is called
//! in a translation, and when two renderings are the same name. This room finds and compares; what
//! is a fault is for a rule to say.
//!
//! | file | holds |
//! |---|---|
//! | `sentence`, `code_names` | a segment as words and labels |
//! | `labels` | which stretch of a target stands for which label of the source |
//! | `marks` | the stretches of a target that may be labels |
//! | `uses` | all labels of a translated article, with what they are called there |
//! | `classes` | the renderings of one label, put together where they are one name |
//! | `table` | all labels of some articles, with what each locale calls them |
//! | `likeness` | whether two renderings are one name |
//! | `passage`, `kept` | translation units, kept without their documents; and between runs |
//! | `wording` | what each term is called, learned from all articles of a locale |
//! | `base` | termbases, and the terms of a text |
//! | `strings` | the product's own strings, and what they call a label |

pub mod base;
mod classes;
mod code_names;
mod kept;
mod labels;
mod likeness;
mod marks;
mod passage;
mod sentence;
pub mod strings;
mod table;
mod uses;
mod wording;

pub use classes::{Class, classes};
pub use kept::{Packed, SourceTexts, Translations, Unpacked};
pub use labels::{Pair, Rendering, renderings};
pub use likeness::{Likeness, Name};
pub use passage::{Muted, Passage, Text, Translation};
pub use sentence::{Marked, Sentence, Token, TokenKind, is_path_sign};
pub use table::{Entry, Standing, TERMS_VERSION, Term, TermLocale, TermPlace, TermRendering, Terms};
pub use uses::{LabelUse, uses};
pub use wording::{
    Course, Fault, Kept, Language, LearnedRendering, LearnedTerm, Lesson, Memory, NameUse, Place, Shares, Syllabus,
    Wording,
};

/// What the settings name for a run: read once, and given to the rules with the settings.
#[derive(Debug, Default)]
pub struct Bases {
    /// The termbases.
    pub terms: base::Termbase,
    /// Names that stay as they are in every language.
    pub names: base::Names,
    /// The product's own strings.
    pub strings: strings::ProductStrings,
    /// The hash of the files that all this was read from; zero where there is none.
    pub hash: [u8; 32],
}
