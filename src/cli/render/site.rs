//! `hexapla render --to site`: what the site needs from the disk.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::super::Failure;
use super::Args;
use crate::locale::Locale;
use crate::project::{self, Group};
use crate::render::{self, Article, Site, TocFile};

/// What ends in this is an image that a page can show.
const IMAGES: [&str; 8] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp"];
/// So large a file is no image of a help site.
const LARGEST: u64 = 32 * 1024 * 1024;

/// Tables of contents that have no source, by key and locale.
pub(super) fn contents(
    groups: &[Group],
    keys: &BTreeMap<String, String>,
    wanted: &dyn Fn(&Locale) -> bool,
) -> Vec<TocFile> {
    let mut found = Vec::new();
    for member in groups.iter().flat_map(|group| &group.members) {
        let path = &*member.found.path;
        let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
        if !matches!(&*name, "toc.yml" | "toc.yaml") || !wanted(&member.locale) {
            continue;
        }
        let (Some(key), Ok(source)) = (keys.get(path), project::load(&member.found.on_disk)) else { continue };
        let key = key.strip_suffix(".yml").or_else(|| key.strip_suffix(".yaml")).unwrap_or(key);
        found.push(TocFile { key: key.to_owned(), locale: member.locale.to_string(), text: source.text().to_owned() });
    }
    found
}

/// Refuses what no site can be made with.
pub(super) fn check(args: &Args) -> Result<(), Failure> {
    let is_place =
        |rest: &str| !rest.is_empty() && !rest.contains(|it: char| it.is_whitespace() || "?#<>\"".contains(it));
    let base = &args.base_url;
    let rest = base.strip_prefix("https://").or_else(|| base.strip_prefix("http://"));
    if base.is_empty() || rest.is_some_and(is_place) {
        return Ok(());
    }
    Err(format!("--base-url {base}: this is no address of a folder, as `https://example.org/help/` is").into())
}

/// Writes the site; says how many files it has, and how many pages of the folder are none of them.
pub(super) fn write(
    args: &Args,
    folder: &Path,
    articles: &[Article],
    contents: Vec<TocFile>,
) -> Result<(usize, usize), Failure> {
    if !articles.iter().any(|it| !it.is_contents()) {
        return Err("no article has one of these locales: there is nothing to make a site of".into());
    }
    let pictures = Pictures::of(&args.paths);
    let find = |article: &str, address: &str| pictures.find(article, address);
    let own = match &args.templates {
        Some(folder) => own(folder)?,
        None => BTreeMap::new(),
    };
    let title = args.title.as_deref();
    let site = Site { title, base_url: &args.base_url, own, contents, images: &find };
    let written = Mutex::new(BTreeSet::new());
    let emit = |name: &str, bytes: &[u8]| {
        project::write_changed(folder, Path::new(name), bytes)?;
        written.lock().unwrap_or_else(|it| it.into_inner()).insert(name.to_owned());
        Ok(())
    };
    render::site(articles, &site, &emit).map_err(|error| error.to_string())?;
    for (path, name) in pictures.met.into_inner().unwrap_or_else(|it| it.into_inner()) {
        let bytes = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        emit(&name, &bytes).map_err(|error| error.to_string())?;
    }
    let written = written.into_inner().unwrap_or_else(|it| it.into_inner());
    Ok((written.len(), stale(folder, &written)))
}

/// How many pages stand in the folders of the locales, and are none of this run.
fn stale(folder: &Path, written: &BTreeSet<String>) -> usize {
    let names = |path: &Path| -> Vec<String> {
        let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
        entries.filter_map(|it| it.file_name().into_string().ok()).collect()
    };
    let locales = names(folder).into_iter().filter(|it| Locale::parse(it).is_some_and(|it| it.is_known()));
    let pages =
        locales.flat_map(|locale| names(&folder.join(&locale)).into_iter().map(move |it| format!("{locale}/{it}")));
    pages.filter(|it| it.ends_with(".html") && !written.contains(it)).count()
}

/// The templates and other files of a user.
fn own(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let failed = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).map_err(|error| failed(folder, error))? {
        let path = entry.map_err(|error| failed(folder, error))?.path();
        let Some(name) = path.file_name().and_then(|it| it.to_str()).filter(|it| !it.starts_with('.')) else {
            continue;
        };
        if path.is_file() {
            files.insert(name.to_owned(), std::fs::read(&path).map_err(|error| failed(&path, error))?);
        }
    }
    Ok(files)
}

/// The images of articles: those that lie in the project.
struct Pictures {
    /// The folders of the project.
    roots: Vec<PathBuf>,
    /// What the site calls each.
    met: Mutex<BTreeMap<PathBuf, String>>,
}

impl Pictures {
    fn of(paths: &[PathBuf]) -> Self {
        let here = [PathBuf::from(".")];
        let paths = if paths.is_empty() { &here } else { paths };
        let folder = |path: &PathBuf| {
            let path = path.canonicalize().ok()?;
            if path.is_dir() { Some(path) } else { path.parent().map(Path::to_owned) }
        };
        Pictures { roots: paths.iter().filter_map(folder).collect(), met: Mutex::new(BTreeMap::new()) }
    }

    fn find(&self, article: &str, address: &str) -> Option<String> {
        let address = address.split(['?', '#']).next().unwrap_or_default();
        let address = render::decoded(address);
        let ending = address.rsplit_once('.')?.1.to_ascii_lowercase();
        if address.contains([':', '\\', '\0']) || address.starts_with("//") || !IMAGES.contains(&&*ending) {
            return None;
        }
        let path = match address.strip_prefix('/') {
            Some(below) => self.roots.iter().map(|root| root.join(below)).find(|it| it.is_file())?,
            None => Path::new(article).parent()?.join(&address),
        };
        let path = path.canonicalize().ok().filter(|path| self.roots.iter().any(|root| path.starts_with(root)))?;
        std::fs::metadata(&path).ok().filter(|it| it.is_file() && it.len() <= LARGEST)?;
        let mut met = self.met.lock().unwrap_or_else(|it| it.into_inner());
        if let Some(name) = met.get(&path) {
            return Some(name.clone());
        }
        let bytes = std::fs::read(&path).ok()?;
        let name = format!("media/{}.{ending}", &blake3::hash(&bytes).to_hex()[..16]);
        met.insert(path, name.clone());
        Some(name)
    }
}
