// Small projects that the sample site does not hold: one that means harm, one that is long, one that is
// written from right to left.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const write = (folder, files) => {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
};

// Answers the text of one segment, which holds whatever could steer a page.
export const evilProject = (folder) => {
  const call = "window.pwned=1";
  const segment = (days) =>
    `Wait ${days} </script><script>${call}</script> \u202etxt.exe\u202c [go](javascript:${call}) "onmouseover="${call} 'x' \u0001 &lt;img src=x onerror=${call}&gt; \`</textarea>\``;
  const article = (days) =>
    [
      `---`, `title: "</title><script>${call}</script>"`, `---`, `# <img src=x onerror=${call}> Title`, ``, segment(days), ``,
      `<svg onload=${call}></svg> <iframe src="javascript:${call}"></iframe>`, ``, `![x](https://example.invalid/track.png) <!-- </main> --> {{ 7 * 7 }}`, ``,
      `1. **\`</style><script>${call}</script>\`**`, ``, `<meta http-equiv="refresh" content="0;url=https://example.invalid">`, ``,
    ].join("\n");
  const names = ["evil", "a<b>\"'&c", "javascript:x"];
  const files = {};
  for (const name of names) {
    files[`en-us/${name}.md`] = article("14 days");
    files[`de-de/${name}.md`] = article("15 Tage");
  }
  write(folder, files);
  return segment("15 Tage");
};

export const longProject = (folder, rows) => {
  const lines = (word, unit) => Array.from({ length: rows }, (_, at) => `${word} ${at} within ${at + 2} ${unit}, **and** [go](a.md).`);
  write(folder, {
    "en-us/long.md": `---\ntitle: Long\n---\n# Long\n\n${lines("Save the file", "days").join("\n\n")}\n`,
    "de-de/long.md": `---\ntitle: Lang\n---\n# Lang\n\n${lines("Speichern Sie die Datei", "Wochen").join("\n\n")}\n`,
  });
};

export const rightToLeftProject = (folder) => {
  write(folder, {
    "en-us/save.md": "---\ntitle: Save\n---\n# Save\n\nYou can save within 14 days.\n",
    "ar/save.md": "---\ntitle: حفظ\n---\n# حفظ\n\nيمكنك الحفظ خلال 14 يومًا.\n",
  });
};
