//! One bead a line, byte offsets half open: a contract.

use serde::Serialize;

use super::Bead;

#[derive(Serialize)]
struct Line<'a> {
    source: &'a str,
    target: &'a str,
    src_spans: Vec<[u32; 2]>,
    tgt_spans: Vec<[u32; 2]>,
    confidence: f64,
    origin: &'static str,
}

pub(super) fn line(bead: &Bead<'_, '_>) -> String {
    let line = Line {
        source: bead.source_path(),
        target: bead.target_path(),
        src_spans: Bead::spans(bead.unit.source),
        tgt_spans: Bead::spans(bead.unit.target),
        confidence: bead.confidence(),
        origin: bead.origin(),
    };
    // Numbers and strings can always be written.
    serde_json::to_string(&line).unwrap_or_default() + "\n"
}
