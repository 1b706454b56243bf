// How the program is started and what it is told: without the editor, so that a test can do the same.

"use strict";

/** The files that are articles. */
const LANGUAGES = ["markdown", "mdx", "yaml", "html"];

/** @param {string} path */
function serverOptions(path) {
  return { command: path, args: ["lsp"] };
}

/** @param {boolean} inlayHints */
function clientOptions(inlayHints) {
  return {
    documentSelector: LANGUAGES.map((language) => ({ scheme: "file", language })),
    initializationOptions: { inlayHints, showsPages: true },
    synchronize: { configurationSection: "hexapla" },
  };
}

module.exports = { serverOptions, clientOptions };
