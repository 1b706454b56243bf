//! `hexapla diff`: planted changes of every kind, and nothing else.

use std::path::Path;
use std::process::Command;

use crate::project::Folder;

fn hexapla(folder: &Folder, args: &[&str]) -> (i32, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_hexapla")).args(args).current_dir(&folder.0).output().unwrap();
    let text = String::from_utf8(run.stdout).unwrap() + &String::from_utf8(run.stderr).unwrap();
    (run.status.code().unwrap(), text)
}

/// The sample site twice, in `old` and `new`.
fn twice() -> Folder {
    fn copy(from: &Path, below: &str, folder: &Folder) {
        for entry in std::fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{below}/{}", path.file_name().unwrap().to_str().unwrap());
            match path.is_dir() {
                true => copy(&path, &name, folder),
                false => {
                    folder.write(&name, &std::fs::read_to_string(&path).unwrap());
                }
            }
        }
    }
    let folder = Folder::new();
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    copy(&content, "old", &folder);
    copy(&content, "new", &folder);
    folder
}

/// Changes an article of the newer version.
fn edit(folder: &Folder, path: &str, edits: &[(&str, &str)]) {
    let path = format!("new/{path}");
    let mut text = std::fs::read_to_string(folder.0.join(&path)).unwrap();
    for (was, is) in edits {
        assert!(text.contains(was), "{path} holds {was}");
        text = text.replacen(was, is, 1);
    }
    folder.write(&path, &text);
}

/// `KIND PLACE: WAS -> IS`, one a line, without articles that came or went.
fn changes(folder: &Folder) -> Vec<String> {
    let (code, out) = hexapla(folder, &["diff", "old", "new", "--format", "json"]);
    assert_eq!(code, 0, "{out}");
    let changes: serde_json::Value = serde_json::from_str(&out).unwrap();
    let (_, schema) = hexapla(folder, &["diff", "--schema"]);
    assert!(jsonschema::is_valid(&serde_json::from_str(&schema).unwrap(), &changes));
    let text = |it: &serde_json::Value| it.as_str().unwrap_or("").to_owned();
    let line = |it: &serde_json::Value| {
        let place = if it["place"].is_null() { &it["article"] } else { &it["place"] };
        format!("{} {}: {} -> {}", text(&it["kind"]), text(place), text(&it["was"]), text(&it["is"]))
    };
    changes["changes"].as_array().unwrap().iter().map(line).collect()
}

#[test]
fn nothing_changed() {
    let folder = twice();
    assert_eq!(changes(&folder), Vec::<String>::new());
    // White space, emphasis and front matter are no change.
    edit(
        &folder,
        "en-us/renew-a-subscription.md",
        &[("ms.date: 10", "ms.date: 11"), ("3. Select **Renew**.", "3.  Select  **Renew**")],
    );
    assert_eq!(changes(&folder), Vec::<String>::new());
    assert_eq!(
        hexapla(&folder, &["diff", "old", "new", "--exit-code"]),
        (0, "No step, label, note or policy changed.\n".into())
    );
}

#[test]
fn changes_of_every_kind() {
    let folder = twice();
    edit(
        &folder,
        "en-us/renew-a-subscription.md",
        &[
            ("**Subscriptions**.\n2.", "**Billing** > **Subscriptions**.\n2."),
            ("3. Select **Renew**.\n4.", "3. Select **Extend term**.\n4. Read the summary of the price.\n5."),
            ("5. Select **Confirm", "6. Select **Confirm"),
        ],
    );
    edit(
        &folder,
        "en-us/cancel-a-subscription.md",
        &[("3. Select a reason.", "3. Give the reason."), ("4. Enter `CANCEL` in the **Confirmation** box.\n5.", "4.")],
    );
    edit(
        &folder,
        "en-us/add-users.md",
        &[
            ("2. Select **Add user**.\n3.", "2. Select **Add user**.\n3. Select one or more subscriptions.\n4."),
            ("4. Select one or more subscriptions.\n", ""),
            ("expires after 72 hours", "expires after 24 hours"),
        ],
    );
    folder.write("new/en-us/pay.md", "# Pay an invoice\n\n1. Open the invoice.\n2. Select **Pay**.\n");
    std::fs::remove_file(folder.0.join("new/en-us/support-requests.md")).unwrap();
    let mut found = changes(&folder);
    found.retain(|it| !it.starts_with("article-") && !it.starts_with("policy-"));
    let expected = [
        "step-moved add-users#add-a-single-user/s3: s4 Select one or more subscriptions. -> s3 Select one or more subscriptions.",
        "alert-changed add-users#add-a-single-user/s5: note: The temporary password expires after 72 hours. The user must \
         change it at the first sign-in. -> note: The temporary password expires after 24 hours. The user must change it \
         at the first sign-in.",
        "step-reworded cancel-a-subscription#cancel-in-the-partner-portal/s3: Select a reason. -> Give the reason.",
        "step-removed cancel-a-subscription#cancel-in-the-partner-portal/s4: Enter `CANCEL` in the **Confirmation** box. -> ",
        "path-changed renew-a-subscription#renew-in-the-partner-portal/s1:  -> Billing",
        "label-renamed renew-a-subscription#renew-in-the-partner-portal/s3: Renew -> Extend term",
        "step-added renew-a-subscription#renew-in-the-partner-portal/s4:  -> Read the summary of the price.",
    ];
    assert_eq!(found, expected);
    let (_, human) = hexapla(&folder, &["diff", "old", "new"]);
    assert!(human.contains("  label renamed renew-in-the-partner-portal/s3\n    - Renew\n    + Extend term\n    to be followed in de-DE, ja-JP, ru-RU, zh-CN, zh-TW\n"), "{human}");
    assert!(human.contains("pay\n  article added"), "{human}");
    let (_, markdown) = hexapla(&folder, &["diff", "old", "new", "--format", "markdown"]);
    assert!(markdown.contains("## What each locale needs\n\n### de-DE: "), "{markdown}");
}

#[test]
fn versions_are_folders_or_revisions() {
    let folder = Folder::new();
    let git = |args: &[&str]| {
        let own = ["-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false"];
        assert!(Command::new("git").args(own).args(args).current_dir(&folder.0).output().unwrap().status.success());
    };
    git(&["init", "-q"]);
    folder.write("docs/en/a.md", "# Save a file\n\n1. Open the menu.\n2. Select **Save**.\n");
    git(&["add", "-A"]);
    git(&["commit", "-q", "-m", "One"]);
    folder.write("docs/en/a.md", "# Save a file\n\n1. Open the menu.\n2. Select **Keep**.\n");
    let (code, out) = hexapla(&folder, &["diff", "HEAD", "--exit-code"]);
    assert!(code == 1 && out.contains("    - Save\n    + Keep\n"), "{out}");
    let (code, out) = hexapla(&folder, &["diff", "HEAD", "HEAD"]);
    assert!(code == 0 && out.contains("No step"), "{out}");
    let (code, out) = hexapla(&folder, &["diff", "nowhere"]);
    assert!(code == 2 && out.contains("git does not know the revision `nowhere`"), "{out}");
}
