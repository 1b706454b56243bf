//! `sitemap.xml`: every page of the site with its twins, where it is known where the site will stand.

use super::escape::escape;
use super::view::Shared;

pub(super) fn sitemap(shared: &Shared<'_>) -> Option<String> {
    let base = shared.base()?;
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    let mut put = |name: &str, has: &dyn Fn(&str) -> bool| {
        let tags: Vec<&str> = shared.locales.keys().copied().filter(|tag| has(tag)).collect();
        for tag in &tags {
            let mut entry = format!("<url><loc>{}</loc>", escaped(&format!("{base}{tag}/{name}.html")));
            for other in tags.iter().filter(|_| tags.len() > 1) {
                let href = escaped(&format!("{base}{other}/{name}.html"));
                entry.push_str(&format!(
                    "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{href}\"/>",
                    escaped(other)
                ));
            }
            out.push_str(&entry);
            out.push_str("</url>\n");
        }
    };
    put("index", &|_| true);
    put("policies", &|tag| shared.locales[tag].has_policies);
    put("questions", &|tag| shared.locales[tag].has_questions);
    for entry in shared.plan.entries.values() {
        put(&entry.name, &|tag| entry.articles.contains_key(tag));
        for (id, name) in &entry.procedures {
            let has =
                |tag: &str| entry.articles.get(tag).is_some_and(|it| it.procedures.iter().any(|it| it.head.id == *id));
            put(name, &has);
        }
    }
    out.push_str(&format!("<url><loc>{}index.html</loc></url>\n</urlset>\n", escaped(&base)));
    Some(out)
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    escape(&mut out, text);
    out
}
