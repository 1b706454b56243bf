//! BCP 47 tags, as far as documentation uses them: language, script, region.

use std::fmt;
use std::sync::Arc;

/// A BCP 47 locale in canonical case (`zh-Hant-TW`, `pt-BR`, `ja`). The empty locale is "not known".
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locale {
    tag: Option<Arc<str>>,
    /// Its line in the table of languages, which the tag alone decides: rules ask for it often.
    pub(super) entry: Option<u8>,
}

impl Locale {
    /// The locale that is not known.
    pub const UNKNOWN: Locale = Locale { tag: None, entry: None };

    /// Reads a tag in any case, with `-` or `_`; `None` where it is none. Whether the language
    /// exists is not asked here.
    pub fn parse(tag: &str) -> Option<Self> {
        let mut canonical = String::with_capacity(tag.len());
        for (index, part) in tag.split(['-', '_']).enumerate() {
            let letters = part.bytes().all(|byte| byte.is_ascii_alphabetic());
            let (first, rest) = (part.get(..1)?.to_ascii_uppercase(), part.get(1..)?.to_ascii_lowercase());
            match (index, part.len()) {
                (0, 2..=3) if letters => canonical.push_str(&part.to_ascii_lowercase()),
                (0, _) => return None,
                (_, 4) if letters => canonical.extend(["-", &first, &rest]),
                (_, 2) if letters => canonical.extend(["-", &part.to_ascii_uppercase()]),
                (_, 3) if part.bytes().all(|byte| byte.is_ascii_digit()) => canonical.extend(["-", part]),
                _ => return None,
            }
        }
        let entry = super::data::entry(&canonical);
        Some(Locale { tag: Some(canonical.into()), entry })
    }

    /// The tag in canonical case; empty when not known.
    pub fn tag(&self) -> &str {
        self.tag.as_deref().unwrap_or_default()
    }

    /// The language subtag: `zh` of `zh-Hant-TW`.
    pub fn language(&self) -> &str {
        self.tag().split('-').next().unwrap_or_default()
    }

    /// How well words of this locale serve another one, by BCP 47: `de` serves `de-AT`, `zh-Hant`
    /// serves `zh-TW`, and `fr-FR` serves `fr`, but not `fr-CA`. 0 where they do not.
    pub fn serves(&self, wanted: &Locale) -> usize {
        let region = |it: &Locale| it.tag().split('-').skip(1).find(|it| it.len() < 4).map(str::to_owned);
        let begins = wanted.tag().strip_prefix(self.tag()).is_some_and(|rest| rest.starts_with('-'));
        let (own, other) = (region(self), region(wanted));
        match () {
            () if !self.is_known() || !super::matches(self, wanted) => 0,
            () if self == wanted => 1000,
            // The longer the shared beginning, the better; a script that fits counts, too.
            () if begins => 500 + self.tag().len(),
            () if own == other => 450,
            () if own.is_none() || other.is_none() => 400,
            () => 0,
        }
    }

    /// Whether it is known.
    pub fn is_known(&self) -> bool {
        self.tag.is_some()
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}
