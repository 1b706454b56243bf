//! `cargo bench --bench lsp`: from a keystroke to the findings, as an editor sees it – the message with
//! the change goes in, and the message with the findings of that version comes out.
//!
//! The article is made up: bilingual spans of eight kinds, with numbers that differ.

use std::io::{BufReader, PipeReader, PipeWriter, Read, Write};
use std::path::PathBuf;

use divan::Bencher;
use serde_json::{Value, json};

fn main() {
    rayon::ThreadPoolBuilder::new().num_threads(2).build_global().expect("the first pool");
    divan::main();
}

/// Source, target, and whether there is a number in them.
const KINDS: [(&str, &str); 8] = [
    ("Select **Invoices**, then **Export**.", "Wählen Sie **Rechnungen** und dann **Exportieren** aus."),
    (
        "You must renew the subscription within {} days after it expires.",
        "Sie müssen das Abonnement innerhalb von {} Tagen nach seinem Ablauf verlängern.",
    ),
    ("The customer does not pay more than {} EUR a month.", "Der Kunde bezahlt nicht mehr als {} EUR im Monat."),
    (
        "See [the list of plans](plans.md#plan-{}) before you order.",
        "Sehen Sie sich [die Liste der Pläne](plans.md#plan-{}) an, bevor Sie bestellen.",
    ),
    (
        "If the order fails, the portal shows the code `E{}`.",
        "Wenn die Bestellung fehlschlägt, zeigt das Portal `E{}` an.",
    ),
    (
        "Only a **Sales agent** can change the {} seats of an account.",
        "Nur ein **Vertriebsmitarbeiter** kann die {} Plätze eines Kontos ändern.",
    ),
    (
        "The report of March {}, 2024 lists every account that was closed.",
        "Der Bericht vom {}. März 2024 führt jedes Konto auf, das geschlossen wurde.",
    ),
    (
        "Wait until the status is **Active**, and open the page again.",
        "Warten Sie, bis der Status **Aktiv** ist, und öffnen Sie die Seite erneut.",
    ),
];

fn span(number: usize, (source, target): (&str, &str)) -> String {
    let (id, value) = (number + 101, (1 + number % 27).to_string());
    let (source, target) = (source.replace("{}", &value), target.replace("{}", &value));
    format!(
        "<span data-ttu-id=\"0a1b2-{id}\">{target}</span><span class=\"sxs-lookup\">\
         <span data-stu-id=\"0a1b2-{id}\">{source}</span></span>"
    )
}

/// A bilingual article with so many segments: a heading, three paragraphs, a procedure of four steps,
/// four paragraphs, and so on.
fn article(segments: usize) -> String {
    let mut text = "---\ntitle: Rechnungen\ndescription: Rechnungen.\nms.contentlocale: de-DE\n---\n".to_owned();
    for number in 0..segments {
        let kind = KINDS[(number * 5 + number / 12) % KINDS.len()];
        match number % 12 {
            0 => text += &format!("\n## <a name=\"part-{number}\"></a>{}\n\n", span(number, ("Part", "Teil"))),
            step @ 4..=7 => text += &format!("{}. {}\n", step - 3, span(number, kind)),
            8 => text += &format!("\n{}\n\n", span(number, kind)),
            _ => text += &format!("{}\n\n", span(number, kind)),
        }
    }
    text
}

/// A server with one article open in it, and the client's ends of its pipes.
struct Session {
    input: PipeWriter,
    output: BufReader<PipeReader>,
    address: String,
    version: i64,
    folder: PathBuf,
}

impl Session {
    fn with(segments: usize) -> Self {
        let folder = std::env::temp_dir().join(format!("hexapla-bench-{}-{segments}", std::process::id()));
        std::fs::create_dir_all(folder.join("de-de")).expect("a folder");
        let text = article(segments);
        std::fs::write(folder.join("de-de/article.md"), &text).expect("an article");
        let (from_client, input) = std::io::pipe().expect("a pipe");
        let (output, to_client) = std::io::pipe().expect("a pipe");
        std::thread::spawn(move || hexapla::lsp::serve(&mut BufReader::new(from_client), to_client));
        let address = format!("file://{}/de-de/article.md", folder.display());
        let mut it = Session { input, output: BufReader::new(output), address, version: 0, folder };
        it.send(json!({"id": 1, "method": "initialize", "params": {"capabilities": {}}}));
        it.send(json!({"method": "initialized", "params": {}}));
        let document = json!({"uri": it.address, "version": 0, "languageId": "markdown", "text": text});
        it.send(json!({"method": "textDocument/didOpen", "params": {"textDocument": document}}));
        it.findings();
        // The survey of the project looks at it once more.
        std::thread::sleep(std::time::Duration::from_millis(500));
        it
    }

    fn send(&mut self, message: Value) {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("a server");
    }

    fn receive(&mut self) -> Value {
        let mut header = Vec::new();
        while !header.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            self.output.read_exact(&mut byte).expect("a server");
            header.push(byte[0]);
        }
        let header = String::from_utf8_lossy(&header);
        let length = header.trim().rsplit(' ').next().and_then(|it| it.parse().ok()).expect("a length");
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).expect("a server");
        serde_json::from_slice(&body).expect("a message")
    }

    /// Waits for the findings of the version that was sent last.
    fn findings(&mut self) -> usize {
        loop {
            let message = self.receive();
            if message["params"]["version"] == self.version {
                return message["params"]["diagnostics"].as_array().map_or(0, Vec::len);
            }
        }
    }

    /// Types a letter into the first paragraph, or takes it out again.
    fn keystroke(&mut self) -> usize {
        self.version += 1;
        let (line, at) = (9, json!({"line": 9, "character": 33}));
        let (end, text) = match self.version % 2 {
            1 => (at.clone(), "x"),
            _ => (json!({"line": line, "character": 34}), ""),
        };
        let document = json!({"uri": self.address, "version": self.version});
        let changes = json!([{"range": {"start": at, "end": end}, "text": text}]);
        let params = json!({"textDocument": document, "contentChanges": changes});
        self.send(json!({"method": "textDocument/didChange", "params": params}));
        self.findings()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A keystroke in a bilingual article with so many segments.
#[divan::bench(args = [60, 600, 2400], sample_count = 100, sample_size = 1)]
fn keystroke_to_findings(bencher: Bencher<'_, '_>, segments: usize) {
    let mut session = Session::with(segments);
    bencher.bench_local(move || session.keystroke());
}
