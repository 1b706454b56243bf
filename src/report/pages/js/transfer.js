// Decisions out to a file, and in from one.

const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

const decisionsFile = () => {
  const all = [...decisions.values()].sort((a, b) => byText(a.path, b.path) || byText(a.unit, b.unit));
  return JSON.stringify({ version: 1, tool: data.tool, report: data.report, decisions: all }, null, 2) + "\n";
};

const exportDecisions = () => {
  const url = URL.createObjectURL(new Blob([decisionsFile()], { type: "application/json" }));
  const link = h("a", { href: url, download: `decisions-${data.report}.json` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
  say(`${counted(decisions.size, "decision")} exported`);
};

// What the file says takes the place of what is here, unit by unit; all else stays.
const importDecisions = async (file) => {
  let all = null;
  try {
    all = JSON.parse(await file.text());
  } catch {
    return say("This is no decisions file: it is not JSON");
  }
  if (!all || all.version !== 1 || !Array.isArray(all.decisions)) {
    return say("This is no decisions file of version 1");
  }
  const taken = all.decisions.map(checked).filter((it) => it && !isEmpty(it));
  if (kept) load();
  for (const it of taken) decisions.set(keyOf(it.path, it.unit), it);
  save();
  const other = all.report === data.report ? "" : ". They were made on another report: what changed since is marked";
  say(`${counted(taken.length, "decision")} imported${other}`);
  return null;
};

const transferTools = () => {
  const file = h("input", {
    type: "file",
    accept: ".json,application/json",
    id: "import",
    className: "vh",
    tabIndex: -1,
    "aria-hidden": "true",
    onchange: () => {
      if (file.files[0]) importDecisions(file.files[0]);
      file.value = "";
    },
  });
  const count = h("b", { className: "n", id: "decided" });
  const draw = () => {
    count.textContent = decisions.size;
    const note = $("#lost");
    if (note) note.hidden = kept;
  };
  document.addEventListener("decisions", draw);
  draw();
  return h(
    "div",
    { className: "transfer" },
    h("span", { id: "lost", className: "tag bad", hidden: kept }, "not kept by this browser: export before you leave"),
    h("button", { type: "button", id: "export", title: "Save the decisions to a file", onclick: exportDecisions }, isArticle ? "Export " : "Export decisions ", count),
    h("button", { type: "button", id: "import-button", title: "Take decisions from a file", onclick: () => file.click() }, "Import"),
    file,
  );
};
