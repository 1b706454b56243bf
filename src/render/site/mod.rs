//! A static help site: a page for each article and procedure in each locale, sheets of policies and
//! questions, contents, and a search that needs no server. Pages open from a disk as well as from the
//! net, and ask for nothing outside of the site.
//!
//! | file | holds |
//! |---|---|
//! | `plan`, `names` | which pages there are, and what their files are called |
//! | `split` | an article → what stays on its page, and what goes onto those of its procedures |
//! | `links`, `html`, `inline` | addresses and texts of articles → those of pages |
//! | `toc` | tables of contents: the tree, and the way to each article |
//! | `view`, `article`, `sheets` | what templates are given |
//! | `fold`, `found`, `search` | the index of the search |
//! | `frame`, `escape`, `words` | templates, and the words of the site in each language |
//! | `assets/` | templates, style and scripts; each may be replaced |

mod article;
mod escape;
mod fold;
mod found;
mod frame;
mod html;
mod inline;
mod links;
mod names;
mod plan;
mod search;
mod sheets;
mod sitemap;
mod split;
mod toc;
mod view;
mod words;

pub use frame::TemplateError;
pub use links::decoded;
pub use toc::TocFile;

use std::collections::BTreeMap;
use std::error::Error;

use rayon::prelude::*;

use self::article::Made;
use self::frame::Frame;
use self::plan::Plan;
use self::view::Shared;
use super::topic::Article;

/// What a site is made with, beside the articles.
pub struct Site<'s> {
    /// What it is called; else each language has a word for it.
    pub title: Option<&'s str>,
    /// Where it will stand: `https://example.org/help/`. Empty where that is not known.
    pub base_url: &'s str,
    /// Templates, styles and other files of the user, by name.
    pub own: BTreeMap<String, Vec<u8>>,
    /// Tables of contents that have no source in the project.
    pub contents: Vec<TocFile>,
    /// The file of the site that an image becomes, by the article that shows it and its address there.
    pub images: &'s (dyn Fn(&str, &str) -> Option<String> + Sync),
}

/// Why a site cannot be made.
pub type SiteError = Box<dyn Error + Send + Sync>;

/// Takes a file of the site: its path below the folder, and its bytes. No path comes twice.
pub type Emit<'e> = dyn Fn(&str, &[u8]) -> Result<(), SiteError> + Sync + 'e;

/// Makes the site. Files are emitted from several threads, in no order.
///
/// # Errors
/// When a template cannot be used, or a file not be written.
pub fn site(articles: &[Article], site: &Site<'_>, emit: &Emit<'_>) -> Result<(), SiteError> {
    let plan = Plan::of(articles);
    let frame = Frame::new(&site.own)?;
    let mut tables: Vec<TocFile> = articles.iter().filter(|it| it.is_contents()).map(table).collect();
    for table in &site.contents {
        if !tables.iter().any(|it| it.key == table.key && it.locale == table.locale) {
            tables.push(table.clone());
        }
    }
    let shared = Shared::of(&plan, &frame, site, &tables);
    let work: Vec<(&str, &str)> =
        plan.entries.iter().flat_map(|(&key, entry)| entry.articles.keys().map(move |&locale| (key, locale))).collect();
    let made: Vec<Made> =
        work.par_iter().map(|(key, locale)| article::pages(&shared, key, locale, emit)).collect::<Result<_, _>>()?;
    let mut by_locale: BTreeMap<&str, Vec<(&str, Made)>> = BTreeMap::new();
    for ((key, locale), made) in work.into_iter().zip(made) {
        by_locale.entry(locale).or_default().push((key, made));
    }
    by_locale.into_par_iter().try_for_each(|(locale, made)| sheets::pages(&shared, locale, &made, emit))?;
    sheets::languages(&shared, emit)?;
    for (name, bytes) in &frame.assets {
        emit(&format!("assets/{name}"), bytes)?;
    }
    if let Some(text) = sitemap::sitemap(&shared) {
        emit("sitemap.xml", text.as_bytes())?;
    }
    Ok(())
}

fn table(article: &Article) -> TocFile {
    TocFile { key: article.key.clone(), locale: article.locale.clone(), text: article.document.clone() }
}
