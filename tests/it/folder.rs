//! A folder with articles, and the command run in it; the files of a folder.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use hexapla::document::Format;

/// A folder of its own for one test, gone afterwards.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = Folder::named(name);
        for (path, text) in files {
            folder.write(path, text);
        }
        folder
    }

    pub fn empty() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        Folder::named(&NUMBER.fetch_add(1, Ordering::Relaxed).to_string())
    }

    fn named(name: &str) -> Self {
        let name = format!("hexapla-{}-{name}", std::process::id());
        let folder = std::env::temp_dir().canonicalize().unwrap().join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Folder(folder)
    }

    /// Writes a file, and the folders it lies in.
    pub fn write(&self, path: &str, bytes: &(impl AsRef<[u8]> + ?Sized)) -> &Self {
        let path = self.0.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        self
    }

    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.0.join(path)).unwrap()
    }

    pub fn run(&self, args: &[&str]) -> Run {
        self.run_with(args, "")
    }

    pub fn run_with(&self, args: &[&str], stdin: &str) -> Run {
        let mut child = Command::new(env!("CARGO_BIN_EXE_hexapla"))
            .args(args)
            .current_dir(&self.0)
            .env_remove("NO_COLOR")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), stdin.as_bytes()).unwrap();
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Run { code: status.code().unwrap(), out: text(stdout), err: text(stderr) }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    #[track_caller]
    pub fn shows(&self, code: i32, out: &str, err: &str) {
        let seen = format!("code {}\nout:\n{}\nerr:\n{}", self.code, self.out, self.err);
        assert!(self.code == code && self.out.contains(out) && self.err.contains(err), "{seen}");
    }
}

/// The files below a folder, by name; none where there is no such folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The articles among them.
pub fn articles(folder: &Path) -> Vec<PathBuf> {
    let is_article = |path: &PathBuf| Format::of_path(&path.to_string_lossy()).is_some();
    files(folder).into_iter().filter(is_article).collect()
}
