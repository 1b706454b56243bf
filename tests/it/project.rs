//! Files in a folder → articles in their locales.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use hexapla::config::{Overrides, Settings};
use hexapla::locale::Locale;
use hexapla::project::{self, Group, ProjectError, Relation};

use crate::folder::Folder;

impl Folder {
    fn settings(&self) -> Settings {
        Settings::load(None, &self.0, &Overrides::default()).unwrap_or_else(|error| panic!("{error}"))
    }

    fn found(&self, paths: &[&str]) -> Result<Vec<project::Found>, ProjectError> {
        project::discover(&paths.iter().map(PathBuf::from).collect::<Vec<_>>(), &self.settings())
    }

    fn names(&self, paths: &[&str]) -> String {
        let found = self.found(paths).unwrap();
        found.iter().map(|it| it.path.to_string()).collect::<Vec<_>>().join(" ")
    }

    fn groups(&self) -> Vec<Group> {
        let identify = |text: &str| text.contains("Guten Tag").then(|| Locale::parse("de").unwrap());
        project::groups(self.found(&[]).unwrap(), &self.settings(), &identify)
    }
}

/// One line a file: `key: locale relation`.
fn table(groups: &[Group]) -> String {
    let mut lines = Vec::new();
    for group in groups {
        for member in &group.members {
            let with = |id: project::MemberId| groups[id.group].members[id.member].found.path.clone();
            let relation = match member.relation {
                Relation::Own => "own".to_owned(),
                Relation::Source => "source".to_owned(),
                Relation::SameVersion => "same-version".to_owned(),
                Relation::SameSource { with: id } => format!("same-source {}", with(id)),
                Relation::OtherVersion { with: id } => format!("other-version {}", with(id)),
                Relation::Alone => "alone".to_owned(),
            };
            let locale = if member.locale.is_known() { member.locale.tag() } else { "?" };
            lines.push(format!("{}: {locale} {relation}", group.key));
        }
    }
    lines.join("\n")
}

/// `files` has one a line, with its text after ` | `.
fn check(files: &str, expected: &str) {
    let folder = Folder::empty();
    for line in files.trim().lines() {
        let (path, text) = line.trim().split_once(" | ").unwrap_or((line.trim(), "Text."));
        folder.write(path, &text.replace('⏎', "\n"));
    }
    let expected: Vec<&str> = expected.trim().lines().map(str::trim).collect();
    assert_eq!(table(&folder.groups()), expected.join("\n"), "\n{files}");
}

#[test]
fn sibling_trees() {
    check(
        "en-us/guide/a.md
         zh-cn/guide/a.md
         zh_TW/guide/a.md
         pt-br/guide/b.md",
        "guide/a: en-US source
         guide/a: zh-CN same-version
         guide/a: zh-TW same-version
         guide/b: pt-BR alone",
    );
}

#[test]
fn locale_folders_under_a_default_language() {
    check(
        "docs/a.md
         docs/ja/a.md
         docs/ja/only.md
         docs/more/b.md",
        "docs/a: en-US source
         docs/a: ja same-version
         docs/more/b: ? alone
         docs/only: ja alone",
    );
}

#[test]
fn suffixes() {
    check(
        "README.md
         README.zh-CN.md
         README_de.md
         README-ja.md
         guide.md
         guide.fr.md
         only.fr.md",
        "README: en-US source
         README: de same-version
         README: ja same-version
         README: zh-CN same-version
         guide: en-US source
         guide: fr same-version
         only: fr alone",
    );
}

#[test]
fn one_repository_a_locale() {
    check(
        "docs/a.md
         docs.zh-cn/a.md
         docs.ja/a.md",
        "docs/a: en-US source
         docs/a: ja same-version
         docs/a: zh-CN same-version",
    );
}

#[test]
fn docusaurus_and_hugo() {
    check(
        "docs/a.md
         i18n/fr/docusaurus-plugin-content-docs/current/a.md
         versioned_docs/version-1.0/a.md
         i18n/fr/docusaurus-plugin-content-docs/version-1.0/a.md
         content/en/b.md
         content/zh-cn/b.md
         content/ja/c.md",
        "content/b: en source
         content/b: zh-CN same-version
         content/c: ja alone
         docs/a: en-US source
         docs/a: fr same-version
         versioned_docs/version-1.0/a: en-US source
         versioned_docs/version-1.0/a: fr same-version",
    );
}

#[test]
fn folders_that_only_look_like_locales() {
    check(
        "api/id/get.md
         api/is/get-it.md
         src/it/README.md
         src/README.md
         md/a.md
         how-to-do-it.md
         how-to-do.md
         no/a.md
         to-do/b.md",
        "api/id/get: ? alone
         api/is/get-it: ? alone
         how-to-do: ? alone
         how-to-do-it: ? alone
         md/a: ? alone
         no/a: ? alone
         src/README: ? alone
         src/it/README: ? alone
         to-do/b: ? alone",
    );
}

#[test]
fn a_word_is_a_locale_among_locales() {
    check(
        "docs/a.md
         docs/de/a.md
         docs/fr/a.md
         docs/it/b.md",
        "docs/a: en-US source
         docs/a: de same-version
         docs/a: fr same-version
         docs/b: it alone",
    );
}

#[test]
fn the_source_may_be_the_one_with_the_suffix() {
    check(
        "README.md | Guten Tag
         README.en.md",
        "README: en source
         README: de same-version",
    );
}

#[test]
fn front_matter_comes_first() {
    check(
        "a.md | ---⏎ms.contentlocale: \"fr-FR\"  # set⏎---⏎
         b.md | ---⏎lang: pt-br⏎---⏎
         c.md | ---⏎lang: ts⏎---⏎
         d.md | ---⏎no end: 1⏎ms.contentlocale: it-IT⏎",
        "a: fr-FR alone
         b: pt-BR alone
         c: ? alone
         d: it-IT alone",
    );
}

#[test]
fn a_configured_layout() {
    check(
        "hexapla.toml | [[layout]]⏎source = \"src/{path}.md\"⏎target = \"po/{locale}/out/{path}.md\"
         src/x/a.md
         po/it/out/x/a.md
         po/it/other.md",
        "po/it/other: ? alone
         src/x/a: en-US source
         src/x/a: it same-version",
    );
}

const SPAN: &str = "<span data-ttu-id=\"a-1\">Ja</span>";

#[test]
fn english_recovered_from_an_article_of_the_same_source() {
    check(
        &format!(
            "1.md | ---⏎ms.contentlocale: zh-CN⏎ms.openlocfilehash: abc⏎---⏎{SPAN}
             2.md | ---⏎ms.contentlocale: zh-TW⏎ms.openlocfilehash: abc⏎---⏎
             3.md | ---⏎ms.contentlocale: ru-RU⏎ms.openlocfilehash: abd⏎---⏎"
        ),
        "1: zh-CN own
         1: zh-TW same-source 1.md
         3: ru-RU alone",
    );
}

#[test]
fn another_version_is_known_by_its_anchors() {
    let heads = |names: &str| names.chars().map(|c| format!("## <a name=\"{c}\"></a>x⏎")).collect::<String>();
    check(
        &format!(
            "1.md | ---⏎ms.contentlocale: zh-CN⏎ms.openlocfilehash: 1⏎---⏎{}{SPAN}
             2.md | ---⏎ms.contentlocale: zh-TW⏎ms.openlocfilehash: 2⏎---⏎{}
             3.md | ---⏎ms.contentlocale: zh-TW⏎ms.openlocfilehash: 3⏎---⏎{}
             4.md | ---⏎ms.contentlocale: zh-TW⏎ms.openlocfilehash: 4⏎---⏎{}",
            heads("abcdef"),
            heads("abcdxy"),
            heads("abvwxy"),
            heads("abc"),
        ),
        "1: zh-CN own
         2: zh-TW other-version 1.md
         3: zh-TW alone
         4: zh-TW alone",
    );
}

#[test]
fn what_is_an_article() {
    let folder = Folder::empty();
    folder.write("A.MD", "").write("b.markdown", "").write("c.txt", "").write(".hidden/d.md", "");
    folder.write("faq.yml", "### YamlMime:FAQ\n").write("ci.yml", "on: push\n").write("TOC.yml", "- name: a\n");
    folder.write("page.html", SPAN).write("other.html", "<p>").write(".gitignore", "out/\n").write("out/e.md", "");
    assert_eq!(folder.names(&[]), "A.MD TOC.yml b.markdown faq.yml page.html");
    assert_eq!(folder.names(&["other.html", "out/e.md", "ci.yml"]), "other.html out/e.md");
    assert_eq!(folder.names(&["b.markdown", ".", "./b.markdown"]), "A.MD TOC.yml b.markdown faq.yml page.html");
}

#[test]
fn excluded_also_by_name() {
    let folder = Folder::empty();
    folder.write("hexapla.toml", "exclude = [\"old\", \"docs/*.draft.md\"]");
    folder.write("docs/a.md", "").write("docs/b.draft.md", "").write("docs/old/c.md", "");
    assert_eq!(folder.names(&[]), "docs/a.md");
    assert_eq!(folder.names(&["docs/b.draft.md", "docs/old/c.md", "docs/a.md"]), "docs/a.md");
}

#[test]
fn a_path_that_does_not_exist() {
    let error = Folder::empty().found(&["nowhere/x.md"]).unwrap_err();
    assert_eq!(error.to_string(), "nowhere/x.md: no such file or folder");
}

#[test]
fn paths_are_shown_from_the_current_folder() {
    let folder = Folder::empty();
    folder.write("here/docs/a.md", "").write("b.md", "");
    let settings = Settings::defaults(&folder.0.join("here"), &Overrides::default()).unwrap();
    let paths = [folder.0.join("here/docs"), "../b.md".into(), "../here/./docs".into()];
    let found = project::discover(&paths, &settings).unwrap();
    let names: Vec<&str> = found.iter().map(|it| &*it.path).collect();
    assert_eq!(names, ["../b.md", "docs/a.md"]);
}

#[cfg(unix)]
#[test]
fn links_end_and_give_each_file_once() {
    use std::os::unix::fs::symlink;
    let folder = Folder::empty();
    folder.write("a/x.md", "").write("b/y.md", "");
    symlink(folder.0.join("a"), folder.0.join("b/to-a")).unwrap();
    symlink(folder.0.join("b"), folder.0.join("a/to-b")).unwrap();
    symlink(&folder.0, folder.0.join("a/up")).unwrap();
    symlink("nowhere", folder.0.join("a/broken.md")).unwrap();
    assert_eq!(folder.names(&[]), "a/x.md b/y.md");
}

#[cfg(unix)]
#[test]
fn names_that_are_not_utf8() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::empty();
    fs::write(folder.0.join(std::ffi::OsStr::from_bytes(b"a\xff.md")), "Text.").unwrap();
    assert_eq!(folder.names(&[]), "a\u{fffd}.md");
    assert!(project::load(&folder.found(&[]).unwrap()[0].on_disk).is_ok());
}

#[test]
fn too_large_to_be_an_article() {
    let folder = Folder::empty();
    fs::File::create(folder.0.join("a.md")).unwrap().set_len(hexapla::text::MAX_SOURCE_BYTES + 1).unwrap();
    let found = folder.found(&[]).unwrap();
    assert_eq!(found[0].problem, Some(project::Problem::TooLarge));
    assert!(project::load(&found[0].on_disk).is_err());
}

#[cfg(unix)]
#[test]
fn a_file_is_written_whole() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::empty();
    folder.write("a.md", "old");
    let path = folder.0.join("a.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    project::atomic_write(&path, b"new").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"new");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o440)).unwrap();
    let error = project::atomic_write(&path, b"newer").unwrap_err();
    assert!(error.to_string().ends_with("the file is read-only"), "{error}");
    assert!(project::atomic_write(&folder.0.join("none/a.md"), b"").is_err());
}

fn git(folder: &Path, arguments: &str) {
    let output = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"])
        .args(arguments.split(' '))
        .output()
        .unwrap();
    assert!(output.status.success(), "git {arguments}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn changed_since_a_revision() {
    let folder = Folder::empty();
    for name in ["a", "b", "c", "d", "é"] {
        folder.write(&format!("en-us/{name}.md"), name).write(&format!("de-de/{name}.md"), name);
    }
    git(&folder.0, "init -q -b main");
    git(&folder.0, "add -A");
    git(&folder.0, "commit -q -m one");
    git(&folder.0, "checkout -q -b work");
    folder.write("en-us/a.md", "changed");
    git(&folder.0, "mv en-us/b.md en-us/moved.md");
    git(&folder.0, "commit -q -a -m two");
    // What main did meanwhile is none of our changes.
    git(&folder.0, "checkout -q main");
    folder.write("en-us/d.md", "elsewhere");
    git(&folder.0, "commit -q -a -m three");
    git(&folder.0, "checkout -q work");
    folder.write("en-us/é.md", "not committed").write("de-de/new.md", "not tracked");

    let changed = project::changed_since("main", &folder.0).unwrap();
    let expected = ["de-de/new.md", "en-us/a.md", "en-us/b.md", "en-us/moved.md", "en-us/é.md"];
    assert_eq!(changed, expected.map(String::from).into());
    let groups = folder.groups();
    let selected = project::select_changed(&groups, &changed, &folder.settings());
    let keys: Vec<&str> = selected.iter().map(|&index| &*groups[index].key).collect();
    assert_eq!(keys, ["a", "b", "moved", "new", "é"]);

    let below = project::changed_since("main", &folder.0.join("de-de")).unwrap();
    assert_eq!(below.first().map(String::as_str), Some("../en-us/a.md"));
    let error = project::changed_since("nothing", &folder.0).unwrap_err();
    assert_eq!(error.to_string(), "git does not know the revision `nothing`");
    let outside = Folder::empty();
    let error = project::changed_since("main", &outside.0).unwrap_err();
    assert!(error.to_string().ends_with("not in a git repository"), "{error}");
    assert!(project::select_changed(&groups, &BTreeSet::new(), &folder.settings()).is_empty());
}
