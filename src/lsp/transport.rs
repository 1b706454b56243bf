//! Messages on two streams of bytes: a header with the length, and JSON.
//!
//! `lsp-server` has such a thing, too; it ends the session at the first message that is none, and
//! makes room for as many bytes as a header says.

use std::io::{self, BufRead, Read, Write};

use serde_json::{Value, json};

/// A longer message is not read.
const MAX_BYTES: u64 = 256 << 20;
/// A longer line is no header.
const MAX_HEADER: u64 = 8 << 10;

/// JSON-RPC: this is no JSON.
pub(super) const PARSE_ERROR: i32 = -32700;
/// JSON-RPC: this is no message.
pub(super) const INVALID_REQUEST: i32 = -32600;
/// JSON-RPC: nobody knows the method.
pub(super) const METHOD_NOT_FOUND: i32 = -32601;
/// JSON-RPC: the parameters are not those of the method.
pub(super) const INVALID_PARAMS: i32 = -32602;
/// JSON-RPC: a fault of ours.
pub(super) const INTERNAL_ERROR: i32 = -32603;
/// The client has not begun the session yet.
pub(super) const NOT_INITIALIZED: i32 = -32002;
/// The client does not want to know any more.
pub(super) const CANCELLED: i32 = -32800;

/// What a client sends.
#[derive(Debug, PartialEq)]
pub(super) enum Incoming {
    /// It wants an answer.
    Request { id: Value, method: String, params: Value },
    /// It tells something.
    Notification { method: String, params: Value },
    /// It answers a request of ours.
    Response { id: Value, result: Value },
    /// It is no message; why.
    Malformed { id: Value, code: i32, message: String },
}

/// Reads messages until the stream ends, or nobody takes them.
pub(super) fn read(input: &mut dyn BufRead, give: &mut dyn FnMut(Incoming) -> bool) -> io::Result<()> {
    while let Some(message) = next(input)? {
        if !give(message) {
            break;
        }
    }
    Ok(())
}

fn next(input: &mut dyn BufRead) -> io::Result<Option<Incoming>> {
    let malformed = |message: String| Some(Incoming::Malformed { id: Value::Null, code: PARSE_ERROR, message });
    let mut length = None;
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.take(MAX_HEADER).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let header = String::from_utf8_lossy(&line);
        let header = header.trim();
        if header.is_empty() && line.ends_with(b"\n") {
            match length {
                Some(_) => break,
                // A blank line between two messages does no harm.
                None => continue,
            }
        }
        let Some((name, value)) = header.split_once(':') else {
            return Ok(malformed(format!("this is no header: {}", shortened(header))));
        };
        if name.eq_ignore_ascii_case("content-length") {
            match value.trim().parse::<u64>() {
                Ok(value) => length = Some(value),
                Err(_) => return Ok(malformed(format!("this is no length: {}", shortened(value)))),
            }
        }
    }
    let length = length.unwrap_or_default();
    if length > MAX_BYTES {
        io::copy(&mut input.take(length), &mut io::sink())?;
        return Ok(malformed(format!("the message is longer than {} MiB", MAX_BYTES >> 20)));
    }
    let mut body = Vec::new();
    input.take(length).read_to_end(&mut body)?;
    if (body.len() as u64) < length {
        return Ok(None);
    }
    Ok(Some(parse(&body)))
}

fn parse(body: &[u8]) -> Incoming {
    let mut value: Value = match serde_json::from_slice(body) {
        Ok(value) => value,
        Err(error) => {
            let message = format!("this is no JSON: {error}");
            return Incoming::Malformed { id: Value::Null, code: PARSE_ERROR, message };
        }
    };
    let mut part = |key: &str| value.get_mut(key).map(Value::take);
    let (id, method) = (part("id"), part("method"));
    let params = part("params").unwrap_or_default();
    let result = part("result");
    let is_id = |id: &Value| id.is_string() || id.is_i64() || id.is_u64();
    match (id, method) {
        (Some(id), Some(Value::String(method))) if is_id(&id) => Incoming::Request { id, method, params },
        (None, Some(Value::String(method))) => Incoming::Notification { method, params },
        (Some(id), None) => Incoming::Response { id, result: result.unwrap_or_default() },
        (id, _) => {
            let id = id.filter(is_id).unwrap_or_default();
            Incoming::Malformed { id, code: INVALID_REQUEST, message: "this is no message of JSON-RPC".into() }
        }
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Writes a message.
pub(super) fn write(output: &mut dyn Write, mut message: Value) -> io::Result<()> {
    message["jsonrpc"] = "2.0".into();
    let body = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{body}", body.len())?;
    output.flush()
}

/// An answer.
pub(super) fn answer(id: Value, result: Value) -> Value {
    json!({"id": id, "result": result})
}

/// An answer that says why there is none.
pub(super) fn refusal(id: Value, code: i32, message: &str) -> Value {
    json!({"id": id, "error": {"code": code, "message": message}})
}

/// Something to tell.
pub(super) fn notification(method: &str, params: Value) -> Value {
    json!({"method": method, "params": params})
}

/// Something to ask of the client.
pub(super) fn request(id: &str, method: &str, params: Value) -> Value {
    json!({"id": id, "method": method, "params": params})
}
