//! What changed since a revision, asked of the `git` program.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use super::Group;
use super::paths::possible_keys;
use crate::config::Settings;

/// Why git gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// The program is not there.
    #[error("cannot run git: {0}")]
    NotRun(std::io::Error),
    /// The folder is in no repository.
    #[error("{}: not in a git repository", .0.display())]
    NoRepository(PathBuf),
    /// There is no such revision.
    #[error("git does not know the revision `{0}`")]
    UnknownRevision(String),
    /// The revision has nothing in common with the current one, or the clone is too shallow to tell.
    #[error("`{0}` and the current revision have no common ancestor (is the clone shallow?)")]
    NoCommonAncestor(String),
    /// Anything else, in git's words.
    #[error("git: {0}")]
    Failed(String),
}

/// The files that differ from the common ancestor of `revision` and the current revision, with what
/// is not committed and not tracked. Deleted files, and both names of a renamed one, are among
/// them. Paths are relative to `cwd`, with `/`.
pub fn changed_since(revision: &str, cwd: &Path) -> Result<BTreeSet<String>, GitError> {
    let top = git(cwd, &["rev-parse", "--show-toplevel"])?.map_err(|words| match words {
        words if words.contains("not a git repository") => GitError::NoRepository(cwd.to_owned()),
        words => GitError::Failed(words),
    })?;
    let top = PathBuf::from(text(&top));
    let commit =
        git(cwd, &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")])?
            .map_err(|_| GitError::UnknownRevision(revision.to_owned()))?;
    // Before the first commit there is no HEAD, but then there is no other revision either.
    let base = git(cwd, &["merge-base", &text(&commit), "HEAD"])?
        .map_err(|_| GitError::NoCommonAncestor(revision.to_owned()))?;
    let diff = git(&top, &["diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", &text(&base), "--"])?
        .map_err(GitError::Failed)?;
    let new = git(&top, &["ls-files", "--others", "--exclude-standard", "-z"])?.map_err(GitError::Failed)?;
    let real = cwd.canonicalize().unwrap_or_else(|_| cwd.to_owned());
    let top = top.canonicalize().unwrap_or(top);
    let paths = [diff, new].concat();
    let paths = paths.split(|byte| *byte == 0).filter(|path| !path.is_empty());
    Ok(paths.map(|path| relative(&top.join(&*String::from_utf8_lossy(path)), &real)).collect())
}

/// The groups of which a file changed, in order. A source that changed, or is gone, selects its
/// translations, because these are in its group.
pub fn select_changed(groups: &[Group], changed: &BTreeSet<String>, settings: &Settings) -> Vec<usize> {
    let shown = |path: &str| match path.starts_with('/') {
        true => relative(Path::new(path), settings.cwd()),
        false => path.to_owned(),
    };
    let gone: BTreeSet<String> = changed
        .iter()
        .filter(|path| !settings.cwd().join(path).exists())
        .flat_map(|path| possible_keys(path, settings))
        .collect();
    let is_changed = |group: &Group| {
        gone.contains(&group.key) || group.members.iter().any(|it| changed.contains(&shown(&it.found.path)))
    };
    groups.iter().enumerate().filter(|(_, group)| is_changed(group)).map(|(index, _)| index).collect()
}

/// The way from one folder to a file, `..` included.
fn relative(path: &Path, folder: &Path) -> String {
    let common = path.components().zip(folder.components()).take_while(|(a, b)| a == b).count();
    let up = folder.components().skip(common).map(|_| Component::ParentDir);
    let way: PathBuf = up.chain(path.components().skip(common)).collect();
    way.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end_matches(['\n', '\r']).to_owned()
}

/// Runs git; its output, or its words where it fails.
fn git(folder: &Path, arguments: &[&str]) -> Result<Result<Vec<u8>, String>, GitError> {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .env("LC_ALL", "C")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .stdin(std::process::Stdio::null())
        .output()
        .map_err(GitError::NotRun)?;
    Ok(match output.status.success() {
        true => Ok(output.stdout),
        false => Err(text(&output.stderr)),
    })
}
