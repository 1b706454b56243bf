// Drives the server over standard input and output as the extension for VS Code starts it: with its
// options, and with the library that it speaks through.
//
//   node drive.mjs PATH-OF-HEXAPLA      (in a copy of editors/vscode, with its packages)

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const { serverOptions, clientOptions } = require("./options.js");
const rpc = require("vscode-jsonrpc/node");

const folder = mkdtempSync(join(tmpdir(), "hexapla-editors-"));
const article = (locale, text) => {
  mkdirSync(join(folder, locale), { recursive: true });
  writeFileSync(join(folder, locale, "move.md"), text);
  return pathToFileURL(join(folder, locale, "move.md")).href;
};
const source = article("en-us", "# Move a seat\n\nYou can move a seat within 14 days.\n");
const text = "# Einen Platz verschieben\n\nSie können einen Platz innerhalb von 41 Tagen verschieben.\n";
const target = article("de-de", text);

const { command, args } = serverOptions(process.argv[2]);
const options = clientOptions(true);
assert.ok(options.documentSelector.some((it) => it.language === "markdown"));
const server = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
const connection = rpc.createMessageConnection(
  new rpc.StreamMessageReader(server.stdout),
  new rpc.StreamMessageWriter(server.stdin),
);

const waiting = [];
const messages = [];
connection.onNotification("textDocument/publishDiagnostics", (params) => {
  waiting.filter((it) => it.uri === params.uri && it.version === params.version).forEach((it) => it.resolve(params));
});
connection.onNotification("window/showMessage", (params) => messages.push(params.message));
connection.onRequest("workspace/configuration", (params) => params.items.map(() => ({ inlayHints: true })));
connection.listen();
const findings = (uri, version) => new Promise((resolve) => waiting.push({ uri, version, resolve }));

const begun = await connection.sendRequest("initialize", {
  processId: process.pid,
  rootUri: pathToFileURL(folder).href,
  workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "docs" }],
  capabilities: { workspace: { configuration: true } },
  initializationOptions: options.initializationOptions,
});
assert.equal(begun.serverInfo.name, "hexapla");
assert.equal(begun.capabilities.positionEncoding, "utf-16");
await connection.sendNotification("initialized", {});

const first = findings(target, 1);
await connection.sendNotification("textDocument/didOpen", {
  textDocument: { uri: target, languageId: "markdown", version: 1, text },
});
const { diagnostics } = await first;
assert.deepEqual(diagnostics.map((it) => it.code), ["changed-duration"]);
assert.equal(diagnostics[0].relatedInformation[0].location.uri, source);

const textDocument = { uri: target };
const position = { line: 2, character: 40 };
const hover = await connection.sendRequest("textDocument/hover", { textDocument, position });
assert.match(hover.contents.value, /P14D within[^]*P41D within/);
const definition = await connection.sendRequest("textDocument/definition", { textDocument, position });
assert.equal(definition.uri, source);
const range = { start: { line: 0, character: 0 }, end: { line: 3, character: 0 } };
const hints = await connection.sendRequest("textDocument/inlayHint", { textDocument, range });
assert.deepEqual(hints.map((it) => it.label), ["Move a seat", "You can move a seat within 14 days."]);
const page = await connection.sendRequest("workspace/executeCommand", {
  command: "hexapla.explain",
  arguments: ["changed-duration"],
});
assert.match(page, /^# /);
assert.deepEqual(messages, [], "the extension shows the page itself");

const second = findings(target, 2);
await connection.sendNotification("textDocument/didChange", {
  textDocument: { uri: target, version: 2 },
  contentChanges: [{ range: { start: { line: 2, character: 37 }, end: { line: 2, character: 39 } }, text: "14" }],
});
assert.deepEqual((await second).diagnostics, []);

const ended = new Promise((resolve) => server.on("exit", resolve));
await connection.sendRequest("shutdown");
await connection.sendNotification("exit");
assert.equal(await ended, 0);
connection.dispose();
rmSync(folder, { recursive: true });
console.log("-- vscode: the server answers what the extension asks");
