//! `hexapla diff`: planted changes of every kind, and nothing else.

use std::path::Path;
use std::process::Command;

use crate::folder::{Folder, files};

fn hexapla(folder: &Folder, args: &[&str]) -> (i32, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_hexapla")).args(args).current_dir(&folder.0).output().unwrap();
    let text = String::from_utf8(run.stdout).unwrap() + &String::from_utf8(run.stderr).unwrap();
    (run.status.code().unwrap(), text)
}

/// The sample site twice, in `old` and `new`.
fn twice() -> Folder {
    let folder = Folder::empty();
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    for path in files(&content) {
        let name = path.strip_prefix(&content).unwrap().to_str().unwrap();
        for side in ["old", "new"] {
            folder.write(&format!("{side}/{name}"), &std::fs::read(&path).unwrap());
        }
    }
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
        let place = text(if it["place"].is_null() { &it["article"] } else { &it["place"] });
        // The name of a policy is a hash.
        let place = place.split("/P").next().unwrap_or_default();
        format!("{} {place}: {} -> {}", text(&it["kind"]), text(&it["was"]), text(&it["is"]))
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

/// An edit of the source, and what is told of it.
struct Planted {
    article: &'static str,
    was: &'static str,
    is: &'static str,
    told: &'static [&'static str],
}

/// One of each kind.
const PLANTED: &[Planted] = &[
    // Steps.
    Planted {
        article: "renew-a-subscription",
        was: "3. Select **Renew**.\n4. Enter the code",
        is: "3. Select **Extend term**.\n4. Read the summary of the price.\n5. Enter the code",
        told: &[
            "label-renamed renew-in-the-partner-portal/s3: Renew -> Extend term",
            "step-added renew-in-the-partner-portal/s4:  -> Read the summary of the price.",
        ],
    },
    Planted {
        article: "renew-a-subscription",
        was: "select **Subscriptions**.\n2.",
        is: "select **Billing** > **Subscriptions**.\n2.",
        told: &["path-changed renew-in-the-partner-portal/s1:  -> Billing"],
    },
    Planted {
        article: "cancel-a-subscription",
        was: "3. Select a reason.",
        is: "3. Give the reason.",
        told: &["step-reworded cancel-in-the-partner-portal/s3: Select a reason. -> Give the reason."],
    },
    Planted {
        article: "cancel-a-subscription",
        was: "4. Enter `CANCEL` in the **Confirmation** box.\n5.",
        is: "4.",
        told: &["step-removed cancel-in-the-partner-portal/s4: Enter `CANCEL` in the **Confirmation** box. -> "],
    },
    Planted {
        article: "cancel-a-subscription",
        was: "   - If the customer leaves, select **Customer left**.\n",
        is: "   - If the customer moved, select **New provider**.\n   - If the customer leaves, select **Customer left**.\n",
        told: &["step-added cancel-in-the-partner-portal/s3.2:  -> If the customer moved, select **New provider**."],
    },
    // Moved with what lies under it: neither that nor those behind it have moved.
    Planted {
        article: "buy-a-subscription",
        was: "3. In **Catalog**, find the plan, enter the number of seats, and then select **Add to cart**.
   - To pay every month, select **Monthly billing**.
   - To pay for the whole term at once, select **Annual billing**.
4. Select **Review order**. Check the seats and the price carefully.
5. Select **Place order**.
",
        is: "3. Select **Review order**. Check the seats and the price carefully.
4. Select **Place order**.
5. In **Catalog**, find the plan, enter the number of seats, and then select **Add to cart**.
   - To pay every month, select **Monthly billing**.
   - To pay for the whole term at once, select **Annual billing**.
",
        told: &[
            "step-moved place-the-order/s5: s3 In **Catalog**, find the plan, enter the number of seats, and then \
                 select **Add to cart**. -> s5 In **Catalog**, find the plan, enter the number of seats, and then \
                 select **Add to cart**.",
        ],
    },
    Planted {
        article: "support-requests",
        was: "3. Describe the problem, and then select **Submit**.",
        is: "3. Describe the problem.\n4. Select **Submit**.",
        told: &[
            "step-reworded open-a-request/s3: Describe the problem, and then select **Submit**. -> Describe the problem.",
            "step-added open-a-request/s4:  -> Select **Submit**.",
        ],
    },
    Planted {
        article: "read-an-invoice",
        was: "1. Sign in to the Partner Portal, and then select **Billing**.\n2. Select the month, and then select **Download \
              PDF**.\n3. To",
        is: "1. Sign in to the Partner Portal, and then select **Billing**. Select the month, and then select **Download \
             PDF**.\n2. To",
        told: &[
            "steps-joined look-at-an-invoice/s1: Select the month, and then select **Download PDF**. -> Sign in to the \
                 Partner Portal, and then select **Billing**. Select the month, and then select **Download PDF**.",
        ],
    },
    Planted {
        article: "add-users",
        was: "5. Select **Save**. The user gets a temporary password.",
        is: "5. Select **Save**.\n6. The user gets a temporary password.",
        told: &[
            "step-split add-a-single-user/s6: Select **Save**. The user gets a temporary password. -> The user gets a \
                 temporary password.",
        ],
    },
    // Notes of steps and of sections.
    Planted {
        article: "support-requests",
        was: "close a request until you confirm the solution",
        is: "close a request before you confirm the solution in writing",
        told: &[
            "alert-changed response-times: note: We don't close a request until you confirm the solution. Only the person \
                 who opened the request can close it earlier. -> note: We don't close a request before you confirm the \
                 solution in writing. Only the person who opened the request can close it earlier.",
        ],
    },
    Planted {
        article: "support-requests",
        was: "2. Put the invoice number or the plan code in the subject.\n",
        is: "2. Put the invoice number or the plan code in the subject.\n\n   > [!TIP]\n   > One mail for each problem is best.\n",
        told: &["alert-added open-a-request.2/s2:  -> tip: One mail for each problem is best."],
    },
    Planted {
        article: "add-users",
        was: "> [!IMPORTANT]\n> Don't change the order of the columns. If a row has an error, the Partner Portal skips the row \
              and adds the other users.\n",
        is: "",
        told: &[
            "alert-removed add-users-from-a-file: important: Don't change the order of the columns. If a row has an \
                 error, the Partner Portal skips the row and adds the other users. -> ",
        ],
    },
    Planted {
        article: "renew-a-subscription",
        was: "> [!NOTE]\n> You can't change the number",
        is: "> [!WARNING]\n> You can't change the number",
        told: &[
            "alert-changed check-the-renewal-window: note: You can't change the number of seats until the renewal is \
                 complete. Our team is available 24x7 if you need help; see [Support requests]\
                 (support-requests.md#open-a-request). -> warning: You can't change the number of seats until the renewal is \
                 complete. Our team is available 24x7 if you need help; see [Support requests]\
                 (support-requests.md#open-a-request).",
        ],
    },
    // Policies.
    Planted {
        article: "cancel-a-subscription",
        was: "If you cancel within 7 days after the purchase",
        is: "If you cancel within 14 days after the purchase",
        told: &[
            "policy-changed get-a-full-refund: If you cancel within 7 days after the purchase, you get a full refund. -> \
                 If you cancel within 14 days after the purchase, you get a full refund.",
        ],
    },
    Planted {
        article: "buy-a-subscription",
        was: "- You can't buy more than 500 seats in one order.\n",
        is: "",
        told: &["policy-removed before-you-begin: You can't buy more than 500 seats in one order. -> "],
    },
    Planted {
        article: "support-requests",
        was: "You can reopen a request within 14 days after it was closed.",
        is: "You can reopen a request within 14 days after it was closed. You can't reopen a request more than 3 times.",
        told: &["policy-added reopen-a-request:  -> You can't reopen a request more than 3 times."],
    },
    // Procedures.
    Planted {
        article: "read-an-invoice",
        was: "## Open an invoice",
        is: "## Look at an invoice",
        told: &["procedure-renamed look-at-an-invoice: Open an invoice -> Look at an invoice"],
    },
    Planted {
        article: "renew-a-subscription",
        was: "## Turn on automatic renewal",
        is: "## Undo a renewal\n\n1. Select **History**.\n2. Select the renewal, and then select **Undo**.\n\n## Turn on automatic \
             renewal",
        told: &["procedure-added undo-a-renewal:  -> Undo a renewal"],
    },
];

/// An article of which a link, a label inside a path and a whole procedure change.
const PARCEL: &str = "# Send a parcel

## Print a label

1. Read the [packing guide](packing.md) of the parcel.
2. Select **Shipping** > **Labels** > **New label**.
3. Select **Print**.

## Send a parcel back

1. Open the parcel that came back.
2. Select **Return**.
";

#[test]
fn changes_of_every_kind() {
    let folder = twice();
    for (version, article) in [("old", "parcel"), ("new", "parcel"), ("old", "fax")] {
        folder.write(&format!("{version}/en-us/{article}.md"), PARCEL);
    }
    let (kept, _) = PARCEL.split_once("\n## Send a parcel back").unwrap();
    let kept = kept.replace("packing.md", "boxes.md").replace("**Labels**", "**Stickers**");
    folder.write("new/en-us/parcel.md", &kept);
    for planted in PLANTED {
        edit(&folder, &format!("en-us/{}.md", planted.article), &[(planted.was, planted.is)]);
    }
    folder.write("new/en-us/pay.md", "# Pay an invoice\n\n1. Open the invoice.\n2. Select **Pay**.\n");
    let told = |it: &Planted| -> Vec<String> {
        it.told.iter().map(|told| told.replacen(' ', &format!(" {}#", it.article), 1)).collect()
    };
    let mut expected: Vec<String> = PLANTED.iter().flat_map(told).collect();
    expected.extend(
        [
            "article-added pay:  -> ",
            "article-removed fax:  -> ",
            "link-changed parcel#print-a-label/s1: packing.md -> boxes.md",
            "path-changed parcel#print-a-label/s2: Shipping > Labels -> Shipping > Stickers",
            "procedure-removed parcel#send-a-parcel-back: Send a parcel back -> ",
        ]
        .map(str::to_owned),
    );
    expected.sort();
    let mut found = changes(&folder);
    found.sort();
    assert_eq!(found, expected, "{found:#?}");
    let (_, human) = hexapla(&folder, &["diff", "old", "new"]);
    assert!(human.contains("  label renamed renew-in-the-partner-portal/s3\n    - Renew\n    + Extend term\n    to be followed in de-DE, ja-JP, ru-RU, zh-CN, zh-TW\n"), "{human}");
    assert!(human.contains("pay\n  article added"), "{human}");
    // And what each locale needs, in all forms for people.
    let needed = human.split_once("\nde-DE has to follow ").expect(&human).1;
    assert!(
        needed.contains("\n  cancel-a-subscription\n    step reworded cancel-in-the-partner-portal/s3\n"),
        "{human}"
    );
    assert!(needed.contains("\nzh-TW has to follow "), "{human}");
    let (_, markdown) = hexapla(&folder, &["diff", "old", "new", "--format", "markdown"]);
    assert!(markdown.contains("## What each locale needs\n\n### de-DE: "), "{markdown}");
    // The other way round, what was added is removed.
    let (_, back) = hexapla(&folder, &["diff", "new", "old"]);
    assert!(back.contains("  procedure removed undo-a-renewal") && back.contains("pay\n  article removed"), "{back}");
}

/// `KIND PLACE [LOCALES]`, one a line: the source of one article and its translation change from the old
/// to the new steps.
fn needed(old: (&[&str], &[&str]), new: (&[&str], &[&str])) -> Vec<String> {
    let folder = Folder::empty();
    let article = |title: &str, steps: &[&str]| {
        let steps: Vec<String> = steps.iter().enumerate().map(|(at, step)| format!("{}. {step}", at + 1)).collect();
        format!("# {title}\n\n{}\n", steps.join("\n"))
    };
    for (version, (source, target)) in [("old", old), ("new", new)] {
        folder.write(&format!("{version}/en-us/lamp.md"), &article("Change the lamp", source));
        folder.write(&format!("{version}/de-de/lamp.md"), &article("Wechseln der Lampe", target));
    }
    let (_, out) = hexapla(&folder, &["diff", "old", "new", "--format", "json"]);
    let changes: serde_json::Value = serde_json::from_str(&out).unwrap();
    let line = |it: &serde_json::Value| {
        let place = it["place"].as_str().unwrap().rsplit('/').next().unwrap();
        format!("{} {place} {}", it["kind"].as_str().unwrap(), it["needed_in"]).replace('"', "")
    };
    changes["changes"].as_array().unwrap().iter().map(line).collect()
}

#[test]
fn a_translation_that_has_followed_needs_nothing() {
    let open = ["Open **Setup** in the menu at the top.", "Öffnen Sie **Setup** im Menü am oberen Rand."];
    let lamp = ["Enter the code `LAMP-7` of the lamp.", "Geben Sie den Code `LAMP-7` der Lampe ein."];
    let power = ["Turn the power off for 30 seconds.", "Schalten Sie den Strom für 30 Sekunden aus."];
    let save =
        ["Select **Save** and wait for the message.", "Wählen Sie **Speichern** und warten Sie auf die Meldung."];
    let keep = ["Select **Keep** and wait for the message.", "Wählen Sie **Behalten** und warten Sie auf die Meldung."];
    let english = [open[0], lamp[0], power[0], save[0]];
    let german = [open[1], lamp[1], power[1], save[1]];
    let before: (&[&str], &[&str]) = (&english, &german);
    for (source, target, told) in [
        // The power goes first.
        ([power[0], open[0], lamp[0], save[0]], german, "step-moved s1 [de-DE]"),
        ([power[0], open[0], lamp[0], save[0]], [power[1], open[1], lamp[1], save[1]], "step-moved s1 []"),
        ([open[0], lamp[0], power[0], keep[0]], german, "label-renamed s4 [de-DE]"),
        ([open[0], lamp[0], power[0], keep[0]], [open[1], lamp[1], power[1], keep[1]], "label-renamed s4 []"),
    ] {
        assert_eq!(needed(before, (&source, &target)), [told]);
    }
    let shorter = ([open[0], lamp[0], save[0]], [open[1], lamp[1], save[1]]);
    assert_eq!(needed(before, (&shorter.0, &german)), ["step-removed s3 [de-DE]"]);
    assert_eq!(needed(before, (&shorter.0, &shorter.1)), ["step-removed s3 []"]);
    assert_eq!(needed((&shorter.0, &shorter.1), (&english, &shorter.1)), ["step-added s3 [de-DE]"]);
    assert_eq!(needed((&shorter.0, &shorter.1), before), ["step-added s3 []"]);
}

#[test]
fn versions_are_folders_or_revisions() {
    let folder = Folder::empty();
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
