//! The help site: small articles in, the telling pieces of its pages out. What needs a browser is in
//! `tests/site`.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::folder::{Folder, files};
use crate::render::{listing, modelled, pair, site};

/// Renders `site/` to `out/`.
fn render(folder: &Folder, more: &[&str]) {
    let args = [&["render", "site", "--to", "site", "-o", "out"], more].concat();
    folder.run(&args).shows(0, "", "wrote ");
}

fn pages(folder: &Folder) -> Vec<(String, String)> {
    let root = folder.0.join("out");
    let all = files(&root).into_iter().filter(|it| it.extension().is_some_and(|it| it == "html"));
    all.map(|it| {
        let name = it.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        (name, std::fs::read_to_string(it).unwrap())
    })
    .collect()
}

#[track_caller]
fn has(page: &str, piece: &str) {
    assert!(page.contains(piece), "no {piece} in:\n{page}");
}

#[track_caller]
fn has_not(page: &str, piece: &str) {
    assert!(!page.contains(piece), "{piece} in:\n{page}");
}

/// An article in English.
fn article(text: &str) -> Folder {
    Folder::empty().write("site/en-us/pay.md", &format!("---\ntitle: Pay\n---\n{text}")).clone_paths()
}

/// What a reader sees of a page, and nothing of its markup.
fn seen(html: &str) -> String {
    let document = scraper::Html::parse_document(html);
    let main = scraper::Selector::parse("main").unwrap();
    let text: String = document.select(&main).flat_map(|it| it.text()).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn each_procedure_and_policy_stands_on_exactly_one_page() {
    let folder = site();
    let (procedures, policies) = modelled(&folder);
    render(&folder, &[]);
    let pages = pages(&folder);
    let of_kind = |kind: &str| {
        let mark = format!("<body class=\"page-{kind}\">");
        pages.iter().filter(move |(_, html)| html.contains(&mark)).collect::<Vec<_>>()
    };
    assert_eq!(of_kind("procedure").len(), procedures.len());
    let mut met = BTreeSet::new();
    for (name, html) in of_kind("policies") {
        for (at, _) in html.match_indices("<li id=\"policy-") {
            assert!(met.insert(format!("{name} {}", &html[at..at + 25])), "{name}");
        }
    }
    assert_eq!(met.len(), policies.len());
    // No page of a procedure lacks a sentence of it.
    let topics: Value = serde_json::from_str(&folder.run(&["render", "site", "--to", "json"]).out).unwrap();
    for procedure in topics["procedures"].as_array().unwrap() {
        let of = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
        let locale = of(procedure, "locale");
        let article = of(procedure, "article");
        let prefix = format!("{locale}/{article}--");
        let all: Vec<String> =
            of_kind("procedure").iter().filter(|(name, _)| name.starts_with(&prefix)).map(|(_, it)| seen(it)).collect();
        for step in procedure["steps"].as_array().unwrap() {
            for slot in step["text"].as_array().unwrap() {
                let text = of(slot, "text");
                assert!(all.iter().any(|it| it.contains(&text)), "{prefix}: {text}");
            }
        }
    }
}

#[test]
fn one_job_or_two_give_the_same_bytes_and_a_second_run_changes_none() {
    let folder = site();
    for jobs in ["1", "2"] {
        let out = format!("out-{jobs}");
        folder.run(&["render", "site", "--to", "site", "-o", &out, "-j", jobs]).shows(0, "", "");
    }
    assert!(listing(&folder.0.join("out-1")) == listing(&folder.0.join("out-2")));
    let times = || files(&folder.0.join("out-1")).iter().map(|it| it.metadata().unwrap().modified().unwrap()).max();
    let before = times();
    folder.run(&["render", "site", "--to", "site", "-o", "out-1"]).shows(0, "", "");
    assert_eq!(times(), before);
}

#[test]
fn a_sentence_that_fell_back_says_so_and_steps_keep_their_numbers() {
    let folder = pair([
        ("Select the invoice.", ""),
        ("Wait for 30 days.", "Warten Sie 60 Tage."),
        ("Select **Pay**.", "Wählen Sie **Bezahlen** aus."),
    ]);
    render(&folder, &[]);
    let page = folder.read("out/de-DE/pay--pay-an-invoice.html");
    let step = |at: u32, number: u32| {
        format!(
            "<li id=\"step-{at}\"><a class=\"number\" href=\"#step-{at}\" aria-label=\"Schritt {number}\">{number}</a>"
        )
    };
    has(
        &page,
        &format!(
            "{}<div class=\"do\">\n<p><span class=\"other\" lang=\"en-US\">Select the invoice.</span><small class=\"sign\" lang=\"en-US\" title=\"noch nicht übersetzt\">English</small></p>",
            step(1, 1)
        ),
    );
    has(&page, &step(2, 3));
    has(&page, "title=\"Fehler in der Übersetzung gefunden\">English</small>");
    has_not(&page, "60 Tage");
    has(&page, "<p>Wählen Sie <strong>Bezahlen</strong> aus.</p>");
    has(&page, "<li id=\"step-3-1\">");
    has(&page, "<li>noch nicht übersetzt</li>\n<li>Fehler in der Übersetzung gefunden</li>");
    has(&page, "<html lang=\"de-DE\" dir=\"ltr\">");
    has(&page, "<link rel=\"alternate\" hreflang=\"en-US\" href=\"../en-US/pay--pay-an-invoice.html\">");
    has(
        &page,
        "<a href=\"../en-US/pay--pay-an-invoice.html\" hreflang=\"en-US\" lang=\"en-US\" dir=\"ltr\">English</a>",
    );
    has(&folder.read("out/de-DE/pay.html"), "<a href=\"pay--pay-an-invoice.html\">Bezahlen einer Rechnung</a>");
    render(&folder, &["--numbers", "repaired"]);
    has(&folder.read("out/de-DE/pay--pay-an-invoice.html"), &step(2, 2));
}

#[test]
fn what_stands_between_steps_goes_with_them() {
    let folder = article(
        "# Pay\n\nYou must pay within 30 days after the invoice date.\n\n## Pay online\n\nTo pay, follow these steps:\n\n\
         1. Open the **Invoices** page.\n\n   ```shell\n   pay --all < list\n   ```\n\n   ![The page](pay.png)\n\
         2. Select **Pay**.\n\n   > [!WARNING]\n   > You can't change the billing frequency after you place the order.\n\n## Later\n\nNothing.\n",
    );
    folder.write("site/en-us/pay.png", b"png");
    render(&folder, &[]);
    let page = folder.read("out/en-US/pay--pay-online.html");
    has(&page, "<h1>Pay online</h1>");
    has(&page, "<p>To pay, follow these steps:</p>");
    has(&page, "<pre tabindex=\"0\" dir=\"ltr\"><code class=\"language-shell\">pay --all &lt; list</code></pre>");
    has(&page, "alt=\"The page\">");
    has(
        &page,
        "<div class=\"alert warning\" role=\"note\">\n<p class=\"alert-title\">Warning</p>\n<p><span id=\"policy-",
    );
    let image = files(&folder.0.join("out/media"));
    assert_eq!(image.iter().map(|it| std::fs::read(it).unwrap()).collect::<Vec<_>>(), [b"png"]);
    let topic = folder.read("out/en-US/pay.html");
    // The heading stays, and leads to the page.
    has(
        &topic,
        "<div class=\"card\"><h2 id=\"pay-online\"><a href=\"pay--pay-online.html\">Pay online</a></h2><p class=\"card-text\">Steps: 2</p></div>",
    );
    has(&topic, "<h2 id=\"later\">Later</h2>\n<p>Nothing.</p>");
    has_not(&topic, "<pre");
    let sheet = folder.read("out/en-US/policies.html");
    has(&sheet, "<span class=\"badge must\">Must</span> <span class=\"badge deadline\">Time limit</span>");
    has(&sheet, "href=\"pay.html#policy-");
    has(&sheet, "href=\"pay--pay-online.html#policy-");
}

#[test]
fn links_lead_to_pages_or_are_text() {
    let folder = article(
        "# Pay\n\n[a](other.md) [b](other.md#use-the-key) [c](other.md#more) [d](gone.md) [e](/docs/x) \
         [f](https://example.org/a?b=1&c=2) [g](#pay) [h](javascript:alert) [i](../../../etc/passwd) \
         [j](OTHER.md#none) ![there](gone.png) ![](gone.png)\n",
    );
    folder.write(
        "site/en-us/other.md",
        "# Other\n\nText.\n\n## Use the key\n\n1. Open the **Keys** page.\n2. Select **Use**.\n\n## More\n\nText.\n",
    );
    render(&folder, &[]);
    let page = folder.read("out/en-US/pay.html");
    for link in [
        "<a href=\"other.html\">a</a>",
        "<a href=\"other--use-the-key.html\">b</a>",
        "<a href=\"other.html#more\">c</a> d e ",
        "<a class=\"away\" rel=\"noreferrer\" href=\"https://example.org/a?b=1&amp;c=2\">f</a>",
        "<a href=\"#pay\">g</a> h i ",
        "<a href=\"other.html\">j</a> <span class=\"missing\">Image: there</span>",
    ] {
        has(&page, link);
    }
}

#[test]
fn contents_and_breadcrumbs_come_from_the_table_and_else_from_folders() {
    let folder = article("# Pay\n\nText.\n");
    folder.write("site/en-us/deep/more.md", "# More\n\nText.\n");
    folder.write("site/en-us/faq.md", "# Answers\n\nText.\n");
    let toc = "- name: Money\n  items:\n  - name: Paying\n    href: pay.md\n  - name: Gone\n    href: gone.md\n  - name: More\n    href: deep/toc.yml\n";
    folder.write("site/en-us/TOC.yml", toc);
    folder.write("site/en-us/deep/toc.yml", "- name: Deep\n  href: more.md\n");
    render(&folder, &["--title", "Garden help"]);
    let contents = folder.read("out/en-US/index.html");
    has(&contents, "<span class=\"group\">Money</span>");
    has(&contents, "<a href=\"pay.html\">Paying</a>");
    has(&contents, "<a href=\"deep/more.html\">Deep</a>");
    has(&contents, "<span class=\"group\">More articles</span>");
    has(&contents, "<a href=\"faq.html\">Answers</a>");
    has_not(&contents, "Gone");
    let page = folder.read("out/en-US/deep/more.html");
    has(
        &page,
        "<li><a href=\"../index.html\">Contents</a></li>\n<li><span>Money</span></li>\n<li><span>More</span></li>\n<li aria-current=\"page\"><span>Deep</span></li>",
    );
    has(&page, "<title>More | Garden help</title>");
}

#[test]
fn a_sitemap_needs_to_know_where_the_site_is() {
    let folder = pair([
        ("Select it.", "Wählen Sie es aus."),
        ("Open it.", "Öffnen Sie es."),
        ("Close it.", "Schließen Sie es."),
    ]);
    render(&folder, &[]);
    assert!(!folder.0.join("out/sitemap.xml").exists());
    render(&folder, &["--base-url", "https://example.org/help"]);
    let map = folder.read("out/sitemap.xml");
    has(
        &map,
        "<url><loc>https://example.org/help/de-DE/pay.html</loc><xhtml:link rel=\"alternate\" hreflang=\"de-DE\" href=\"https://example.org/help/de-DE/pay.html\"/><xhtml:link rel=\"alternate\" hreflang=\"en-US\"",
    );
    has(
        &folder.read("out/de-DE/pay.html"),
        "<link rel=\"canonical\" href=\"https://example.org/help/de-DE/pay.html\">",
    );
}

#[test]
fn templates_and_styles_are_replaced_file_by_file() {
    let folder = article("# Pay\n\nText.\n");
    folder.write(
        "theme/topic.html",
        "{% extends \"layout.html\" %}{% block main %}<b>{{ page.body.html|safe }}</b>{% endblock %}",
    );
    folder.write("theme/colours.css", ":root { --accent: teal }");
    folder.write("theme/logo.svg", "<svg/>");
    render(&folder, &["--templates", "theme"]);
    let page = folder.read("out/en-US/pay.html");
    has(&page, "<b><span id=\"pay\"></span>\n<p>Text.</p>");
    has(
        &page,
        "<link rel=\"stylesheet\" href=\"../assets/style.css\">\n<link rel=\"stylesheet\" href=\"../assets/colours.css\">",
    );
    assert_eq!(folder.read("out/assets/logo.svg"), "<svg/>");
    let broken = |text: &str, error: &str| {
        folder.write("theme/topic.html", text);
        folder.run(&["render", "site", "--to", "site", "-o", "out", "--templates", "theme"]).shows(2, "", error);
    };
    broken("one\n{% if %}", "topic.html:2: ");
    broken("one\ntwo\n{{ page.colour }}", "topic.html:3: ");
    folder.run(&["render", "site", "--to", "site", "-o", "out", "--templates", "none"]).shows(2, "", "none: ");
}

#[test]
fn nothing_of_a_page_comes_from_elsewhere_and_no_article_writes_markup() {
    let folder = article(
        "# <script>alert(1)</script>Pay \\<b onclick=x\\>\n\nText <img src=\"https://example.org/x.png\" onerror=alert(2)>.\n\n\
         ![far](https://example.org/far.png) `</script>`\n\n1. Open `</code><script>`.\n2. Select **Save**.\n",
    );
    folder.write("site/en-us/CON.md", "# Con\n\nText.\n");
    folder.write("site/en-us/index.md", "# Index\n\nText.\n");
    folder.write("site/en-us/日本.md", "# Far\n\nText.\n\n## <a name=\"hx-main\"></a>Same\n\n[it](#hx-main)\n");
    render(&folder, &[]);
    let names: Vec<String> =
        files(&folder.0.join("out")).iter().map(|it| it.to_string_lossy().to_lowercase()).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    assert!(names.iter().all(|it| it.is_ascii() && !it.ends_with("/con.html")), "{names:?}");
    for (name, html) in pages(&folder) {
        let document = scraper::Html::parse_document(&html);
        let all = |selector: &str| document.select(&scraper::Selector::parse(selector).unwrap()).collect::<Vec<_>>();
        let scripts: Vec<&str> = all("script").iter().map(|it| it.value().attr("src").unwrap_or("inside")).collect();
        assert!(
            scripts.iter().all(|it| it.ends_with("assets/site.js") || it.ends_with("assets/search.js")),
            "{name}: {scripts:?}"
        );
        let sources = all("link[rel=stylesheet], img, iframe, source");
        let address =
            |it: &scraper::ElementRef<'_>| it.value().attr("src").or(it.value().attr("href")).unwrap_or("").to_owned();
        assert!(sources.iter().all(|it| !address(it).contains(':')), "{name}");
        let handlers = all("*").iter().any(|it| it.value().attrs().any(|(name, _)| name.starts_with("on")));
        assert!(!handlers && all("style").is_empty(), "{name}");
        let ids: Vec<&str> = all("[id]").iter().filter_map(|it| it.attr("id")).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{name}");
    }
    for path in files(&folder.0.join("out/assets/search")) {
        has_not(&std::fs::read_to_string(path).unwrap(), "</");
    }
}

#[test]
fn a_language_without_words_borrows_them_and_says_so() {
    let folder = article("# Pay\n\n## Pay it\n\n1. Open the page.\n2. Wait 3 days.\n");
    folder.write("site/he-il/pay.md", "---\ntitle: Pay\n---\n# <a name=\"pay\"></a>לשלם\n\n## <a name=\"pay-it\"></a>לשלם את זה\n\n1. פתח את הדף.\n2. המתן 3 ימים.\n");
    render(&folder, &[]);
    let page = folder.read("out/he-IL/pay--pay-it.html");
    has(&page, "<html lang=\"he-IL\" dir=\"rtl\">");
    has(&page, "<a class=\"skip\" href=\"#hx-main\"><span lang=\"en\" dir=\"ltr\">Skip to content</span></a>");
    has(&page, "<p>פתח את הדף.</p>");
}

#[test]
fn a_source_that_is_known_from_a_translation_that_is_not_wanted_has_the_same_page() {
    let text = "---\ntitle: T\n---\n# <a name=\"pay\"></a><span data-ttu-id=\"a1b2c-101\">支払う</span><span class=\"sxs-lookup\"><span data-stu-id=\"a1b2c-101\">Pay</span></span>\n";
    let folder = Folder::empty().write("site/ja-jp/deep/pay.md", text).clone_paths();
    folder.write("site/de-de/other.md", "---\ntitle: T\n---\n# Anderes\n\nText.\n");
    for more in [&[][..], &["--locale", "en"]] {
        render(&folder, more);
        has(&folder.read("out/en-US/deep/pay.html"), "<h1>Pay</h1>");
        std::fs::remove_dir_all(folder.0.join("out")).unwrap();
    }
}

#[test]
fn two_tables_that_name_each_other_are_one_tree() {
    let folder = Folder::empty();
    for (name, text) in [
        ("TOC.yml", "- name: Start\n  href: a.md\n- name: More\n  href: sub/toc.yml\n"),
        ("sub/toc.yml", "- name: Back\n  href: ../TOC.yml\n- name: Deep\n  href: b.md\n"),
        ("a.md", "---\ntitle: A\n---\n# A\n\nWater the roses.\n"),
        ("sub/b.md", "---\ntitle: B\n---\n# B\n\nCut the roses.\n"),
    ] {
        folder.write(&format!("site/en-us/{name}"), text);
    }
    render(&folder, &[]);
    let contents = folder.read("out/en-US/index.html");
    for name in ["Start", "More", "Deep"] {
        has(&contents, &format!(">{name}<"));
    }
}

#[test]
fn names_that_differ_in_case_keep_their_links() {
    let folder = Folder::empty();
    folder.write("site/en-us/Pay.md", "---\ntitle: Upper\n---\n# Upper\n\nWater the roses.\n");
    folder.write("site/en-us/pay.md", "---\ntitle: Lower\n---\n# Lower\n\nCut the roses.\n");
    folder.write("site/en-us/more.md", "---\ntitle: More\n---\n# More\n\nSee [one](pay.md) and [two](Pay.md).\n");
    render(&folder, &[]);
    let more = folder.read("out/en-US/more.html");
    for (link, title) in [("one", "Lower"), ("two", "Upper")] {
        let before = more.split(&format!("\">{link}</a>")).next().unwrap();
        let href = before.rsplit("href=\"").next().unwrap();
        has(&folder.read(&format!("out/en-US/{href}")), &format!("<h1>{title}</h1>"));
    }
}

#[test]
fn what_no_site_can_be_made_with_is_refused() {
    let folder = article("# Pay\n\nPay with a card.\n");
    let run = |more: &[&str]| folder.run(&[&["render", "site", "--to", "site", "-o", "out"], more].concat());
    run(&["--base-url", "javascript:alert(1)"]).shows(2, "", "this is no address of a folder");
    run(&["--base-url", "https://example.org/help?x=1"]).shows(2, "", "this is no address of a folder");
    run(&["--locale", "fr-FR"]).shows(2, "", "there is nothing to make a site of");
}

#[test]
fn pages_of_an_earlier_run_are_told() {
    let folder = article("# Pay\n\nPay with a card.\n");
    folder.write("out/en-US/old.html", "<p>Pay in cash.</p>");
    folder.run(&["render", "site", "--to", "site", "-o", "out"]).shows(0, "", "1 page of an earlier run");
}
