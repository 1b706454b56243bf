//! `hexapla render --to site`: what the site needs from the disk.

use std::collections::BTreeMap;
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

/// Writes the site; says how many files it has.
pub(super) fn write(
    args: &Args,
    folder: &Path,
    articles: &[Article],
    contents: Vec<TocFile>,
) -> Result<usize, Failure> {
    let pictures = Pictures::of(&args.paths);
    let find = |article: &str, address: &str| pictures.find(article, address);
    let own = match &args.templates {
        Some(folder) => own(folder)?,
        None => BTreeMap::new(),
    };
    let title = args.title.as_deref();
    let site = Site { title, base_url: &args.base_url, own, contents, images: &find };
    let count = Mutex::new(0);
    let emit = |name: &str, bytes: &[u8]| {
        project::write_changed(folder, Path::new(name), bytes)?;
        *count.lock().unwrap_or_else(|it| it.into_inner()) += 1;
        Ok(())
    };
    render::site(articles, &site, &emit).map_err(|error| error.to_string())?;
    for (name, path) in pictures.met.into_inner().unwrap_or_else(|it| it.into_inner()) {
        let bytes = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        emit(&name, &bytes).map_err(|error| error.to_string())?;
    }
    Ok(count.into_inner().unwrap_or_else(|it| it.into_inner()))
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
    /// Files of the site, and where each comes from.
    met: Mutex<BTreeMap<String, PathBuf>>,
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
        let data = std::fs::metadata(&path).ok().filter(|it| it.is_file() && it.len() <= LARGEST)?;
        let mut met = self.met.lock().unwrap_or_else(|it| it.into_inner());
        if let Some((name, _)) = met.iter().find(|(_, it)| **it == path) {
            return Some(name.clone());
        }
        debug_assert!(data.is_file());
        let bytes = std::fs::read(&path).ok()?;
        let name = format!("media/{}.{ending}", &blake3::hash(&bytes).to_hex()[..16]);
        met.insert(name.clone(), path);
        Some(name)
    }
}
