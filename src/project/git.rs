//! What changed since a revision, and what was in one, asked of the `git` program.

use std::collections::{BTreeSet, HashMap};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

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
    let top = top(cwd)?;
    let commit = commit(cwd, revision)?;
    // Before the first commit there is no HEAD, but then there is no other revision either.
    let base =
        git(cwd, &["merge-base", &commit, "HEAD"])?.map_err(|_| GitError::NoCommonAncestor(revision.to_owned()))?;
    let diff = git(&top, &["diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", &text(&base), "--"])?
        .map_err(GitError::Failed)?;
    let new = git(&top, &["ls-files", "--others", "--exclude-standard", "-z"])?.map_err(GitError::Failed)?;
    let real = cwd.canonicalize().unwrap_or_else(|_| cwd.to_owned());
    let top = top.canonicalize().unwrap_or(top);
    let paths = [diff, new].concat();
    let paths = paths.split(|byte| *byte == 0).filter(|path| !path.is_empty());
    Ok(paths.map(|path| relative(&top.join(&*String::from_utf8_lossy(path)), &real)).collect())
}

/// The top folder of the repository that a folder is in.
pub(super) fn top(folder: &Path) -> Result<PathBuf, GitError> {
    let top = git(folder, &["rev-parse", "--show-toplevel"])?.map_err(|words| match words {
        words if words.contains("not a git repository") => GitError::NoRepository(folder.to_owned()),
        words => GitError::Failed(words),
    })?;
    Ok(PathBuf::from(text(&top)))
}

/// The commit that a revision names.
pub(super) fn commit(folder: &Path, revision: &str) -> Result<String, GitError> {
    let name = format!("{revision}^{{commit}}");
    let commit = git(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &name])?;
    commit.map(|it| text(&it)).map_err(|_| GitError::UnknownRevision(revision.to_owned()))
}

/// The paths of all files of a commit, from the top folder.
pub(super) fn files(top: &Path, commit: &str) -> Result<Vec<String>, GitError> {
    let list = git(top, &["ls-tree", "-r", "--name-only", "-z", commit])?.map_err(GitError::Failed)?;
    let paths = list.split(|byte| *byte == 0).filter(|path| !path.is_empty());
    Ok(paths.filter_map(|path| String::from_utf8(path.to_vec()).ok()).collect())
}

/// For each path that was ever committed, from the top folder, the commits that changed it, the
/// newest first.
pub(super) fn commits_by_path(top: &Path) -> Result<HashMap<String, Vec<String>>, GitError> {
    let log =
        ["-c", "core.quotePath=false", "log", "--format=%H", "--name-only", "--no-renames", "-m", "--first-parent"];
    let log = git(top, &log)?.map_err(GitError::Failed)?;
    let mut commits: HashMap<String, Vec<String>> = HashMap::new();
    let mut commit = "";
    let log = String::from_utf8_lossy(&log);
    // The hash of a commit, an empty line, its paths.
    let is_hash = |line: &str| matches!(line.len(), 40 | 64) && line.bytes().all(|it| it.is_ascii_hexdigit());
    for line in log.lines().filter(|line| !line.is_empty()) {
        match is_hash(line) {
            true => commit = line,
            false => commits.entry(line.to_owned()).or_default().push(commit.to_owned()),
        }
    }
    Ok(commits)
}

/// A hash of all that decides what git answers about the past: the current commit and what may bring
/// or hide others. `None` where that cannot be told.
pub(super) fn state(folder: &Path) -> Option<[u8; 32]> {
    if std::env::vars_os().any(|(name, _)| is_telling(&name.to_string_lossy())) {
        return None;
    }
    let common = match top(folder) {
        Ok(_) => git(folder, &["rev-parse", "--git-common-dir"]).ok()?.ok()?,
        Err(GitError::NoRepository(_)) => return Some([0; 32]),
        Err(_) => return None,
    };
    let common = folder.join(text(&common));
    let objects = common.join("objects");
    if objects.join("info/alternates").exists() {
        return None;
    }
    let head = git(folder, &["rev-parse", "--verify", "--quiet", "HEAD"]).ok()?.unwrap_or_default();
    let names = git(folder, &["for-each-ref", "--format=%(objectname) %(refname)"]).ok()?.ok()?;
    // A new object changes the folder that it comes into.
    let mut places = vec![objects.clone()];
    places.extend(std::fs::read_dir(&objects).ok()?.filter_map(|it| Some(it.ok()?.path())));
    let others = ["shallow", "info/grafts", "config", "FETCH_HEAD"];
    places.extend(others.map(|it| common.join(it)));
    places.sort();
    let mut hasher = blake3::Hasher::new();
    hasher.update(&head).update(&names);
    for place in places {
        let changed = std::fs::metadata(&place).and_then(|it| it.modified()).ok();
        hasher.update(format!("{place:?} {changed:?}\n").as_bytes());
    }
    Some(hasher.finalize().into())
}

/// Whether a variable of the environment changes what git answers about the past.
fn is_telling(variable: &str) -> bool {
    let names = [
        "GIT_DIR",
        "GIT_COMMON_DIR",
        "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_NO_REPLACE_OBJECTS",
        "GIT_REPLACE_REF_BASE",
        "GIT_SHALLOW_FILE",
        "GIT_GRAFT_FILE",
        "GIT_NAMESPACE",
        "GIT_WORK_TREE",
    ];
    names.contains(&variable) || variable.starts_with("GIT_CONFIG")
}

/// The current commit, and whether the past is there; nothing where there is none.
pub(super) fn present(folder: &Path) -> Vec<u8> {
    let told = git(folder, &["rev-parse", "--is-shallow-repository", "HEAD"]);
    told.ok().and_then(Result::ok).unwrap_or_default()
}

/// A git that answers with one object after the other, as long as it is kept.
#[derive(Debug)]
pub(super) struct Objects {
    git: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Objects {
    pub(super) fn open(top: &Path) -> std::io::Result<Self> {
        let mut git = command(top, &["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        match (git.stdin.take(), git.stdout.take()) {
            (Some(input), Some(output)) => Ok(Objects { git, input, output: BufReader::new(output) }),
            _ => Err(std::io::Error::other("git has no pipes")),
        }
    }

    /// The bytes of a file, by a name as in `COMMIT:PATH`; `None` where git has no such file.
    pub(super) fn blob(&mut self, name: &str) -> Option<Vec<u8>> {
        if name.contains(['\n', '\r', '\0']) {
            return None;
        }
        writeln!(self.input, "{name}").ok()?;
        self.input.flush().ok()?;
        let mut header = String::new();
        self.output.read_line(&mut header).ok()?;
        // `HASH TYPE SIZE`, or the name and `missing`.
        let mut words = header.trim_end().rsplit(' ');
        let size: u64 = words.next()?.parse().ok()?;
        let kind = words.next()?;
        if !matches!(kind, "blob" | "commit" | "tree" | "tag") {
            return None;
        }
        let mut bytes = Vec::new();
        (&mut self.output).take(size + 1).read_to_end(&mut bytes).ok()?;
        bytes.pop();
        (kind == "blob" && bytes.len() as u64 == size).then_some(bytes)
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        let _ = self.git.kill();
        let _ = self.git.wait();
    }
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
    let output = command(folder, arguments).stdin(Stdio::null()).output().map_err(GitError::NotRun)?;
    Ok(match output.status.success() {
        true => Ok(output.stdout),
        false => Err(text(&output.stderr)),
    })
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments).env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0");
    command
}
