//! The review pages: an offline site of HTML files in which a person reads source and translations
//! side by side, with every finding at the characters it means, and writes down decisions.
//!
//! | file | holds |
//! |---|---|
//! | `article` | one article in all its locales → one page, or several where it is long |
//! | `index` | where all articles and locales stand, and their policies side by side |
//! | `rows` | bitexts → rows, the same source of several locales in one |
//! | `places` | where a segment stands: section, step, note |
//! | `cards` | findings, and which characters they mean |
//! | `signals` | what both sides state, with the same sign on both |
//! | `marks` | a segment with its marks → HTML |
//! | `readings` | what a policy states, in words |
//! | `rules` | the pages of rules → HTML |
//! | `names` | keys of articles → names of files |
//! | `frame` | templates, escaping, content security policy |
//! | `*.html`, `style.css`, `js/` | what the pages are made of; the script is put together of files without a build step |
//!
//! All text of articles is untrusted. It becomes HTML in `frame` (by the templates) and in `marks`, and
//! nowhere else; the script writes text, never markup.

mod article;
mod cards;
mod frame;
mod index;
mod marks;
mod names;
mod places;
mod readings;
mod rows;
mod rules;
mod signals;

pub use article::{ArticleInput, ArticlePages, article};
pub use frame::{Frame, PageError, data, harmless, write_escaped};
pub use index::{ArticleLine, IndexInput, LocaleCell, index};
pub use names::{Names, is_device, is_page, slug};
pub use rules::rules;

use crate::config::Settings;
use crate::locale::Locale;

/// What all pages of one report share.
pub struct Edition<'a> {
    /// The name and version of the program.
    pub tool: &'a str,
    /// The hash of all that was read.
    pub hash: &'a str,
    /// The settings in force.
    pub settings: &'a Settings,
    /// Which page each article is on.
    pub names: &'a Names,
    /// The rules there are.
    pub rules: &'a [super::RuleInfo],
    /// The templates.
    pub frame: &'a Frame,
}

/// A file of the report.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its path in the folder of the report.
    pub file: String,
    /// Its HTML.
    pub html: String,
}

/// How a locale is written: `ltr` or `rtl`.
fn direction(locale: &Locale) -> &'static str {
    if locale.is_right_to_left() { "rtl" } else { "ltr" }
}

/// A tag for `lang`; none is better than a wrong one.
fn lang(locale: &Locale) -> &str {
    locale.tag()
}
