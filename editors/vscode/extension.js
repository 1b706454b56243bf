// Starts `hexapla lsp` and lets the editor speak to it. All else is in the program.

"use strict";

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");
const { serverOptions, clientOptions } = require("./options.js");

/** @type {LanguageClient | undefined} */
let client;

/** Pages of rules are shown as documents of this kind: hexapla:/spacing.md */
const SCHEME = "hexapla";
const pages = new Map();

async function start() {
  if (client) return;
  const settings = vscode.workspace.getConfiguration("hexapla");
  const options = clientOptions(settings.get("inlayHints", false));
  options.middleware = {
    executeCommand: async (command, args, next) => {
      const page = await next(command, args);
      if (command === "hexapla.explain" && typeof page === "string") await show(String(args[0]), page);
      return page;
    },
  };
  client = new LanguageClient("hexapla", "hexapla", serverOptions(settings.get("path", "hexapla")), options);
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    const open = "Open Settings";
    const chosen = await vscode.window.showErrorMessage(
      `hexapla was not started: ${error.message}. Is it installed, or named by hexapla.path?`,
      open,
    );
    if (chosen === open) await vscode.commands.executeCommand("workbench.action.openSettings", "hexapla.path");
  }
}

async function stop() {
  const running = client;
  client = undefined;
  if (running) await running.stop();
}

async function show(rule, page) {
  const address = vscode.Uri.from({ scheme: SCHEME, path: `/${rule}.md` });
  pages.set(address.toString(), page);
  await vscode.commands.executeCommand("markdown.showPreviewToSide", address);
}

async function activate(context) {
  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: (address) => pages.get(address.toString()) || "",
    }),
    vscode.commands.registerCommand("hexapla.start", start),
    vscode.commands.registerCommand("hexapla.restart", async () => {
      await stop();
      await start();
    }),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("hexapla.path") && client) {
        await stop();
        await start();
      }
    }),
  );
  await start();
}

module.exports = { activate, deactivate: stop };
