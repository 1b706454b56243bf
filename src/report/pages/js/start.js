// What happens first.

const openTarget = () => {
  const hash = decodeURIComponent(location.hash.slice(1));
  const line = /^line=(.+):(\d+)$/.exec(hash);
  if (line) return goToLine(line[1], Number(line[2]));
  if (hash.includes("=") || !hash) return null;
  const el = document.getElementById(hash);
  if (!el) return null;
  const row = el.closest("tr.unit");
  if (row && row.hidden) reset();
  const details = el.closest("details");
  if (details) details.open = true;
  if (el.matches(".card")) return go(el);
  if (row) return go($$("td.tgt", row).find(isVisible) || $("td.src", row));
  return el.scrollIntoView();
};

// A place in a file: the last segment that begins on its line or before.
const goToLine = (path, line) => {
  const index = data.columns.findIndex((it) => it.path === path);
  const cells = $$(index < 0 ? "td.src[data-n]" : `td.tgt[data-c="${index}"][data-n]`);
  const before = cells.filter((cell) => Number(cell.dataset.n) <= line);
  const best = before.reduce((a, b) => (a && Number(a.dataset.n) > Number(b.dataset.n) ? a : b), null);
  if (index >= 0 && !shownColumns().has(String(index))) {
    view.locale = new Set([columnName(index)]);
    apply();
  }
  go(best || cells[0]);
};

const showRule = (event) => {
  const link = event.target.closest("a.rule");
  const details = link && document.getElementById(link.getAttribute("href").slice(1));
  if (!details) return;
  event.preventDefault();
  const dialog = h(
    "dialog",
    { className: "prose", "aria-labelledby": "rule-h", onclose: () => dialog.remove() },
    h("h2", { id: "rule-h" }, link.textContent),
    ...[...$(".prose", details).childNodes].map((node) => node.cloneNode(true)),
    h("form", { method: "dialog" }, h("button", { className: "primary" }, "Close")),
  );
  document.body.append(dialog);
  dialog.showModal();
};

const measure = () => {
  document.documentElement.style.setProperty("--tools", `${$("#tools").offsetHeight}px`);
};

const start = () => {
  document.documentElement.classList.add("js");
  document.adoptedStyleSheets = [sheet];
  drawTheme();
  load();
  const wanted = preference("locale");
  if (wanted) view.locale = new Set(wanted.split(","));
  readAddress();
  const tools = $("#tools");
  tools.hidden = false;
  tools.setAttribute("role", "search");
  tools.setAttribute("aria-label", "Filters");
  if (!isArticle) {
    addEventListener("keydown", onKey);
    return indexTools();
  }
  readRows();
  tools.append(...filterTools().filter(Boolean), transferTools(), h("button", { type: "button", id: "keys", onclick: () => help().showModal() }, "Keys"));
  addControls();
  drawDecisions();
  apply();
  measure();
  addEventListener("resize", measure);
  addEventListener("keydown", onKey);
  addEventListener("hashchange", () => {
    if (readAddress()) apply();
    openTarget();
  });
  document.addEventListener("focusin", onFocus);
  document.addEventListener("click", onClick);
  document.addEventListener("click", showRule);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("details.menu")) $$("details.menu[open]").forEach((it) => (it.open = false));
  });
  document.addEventListener("decisions", () => {
    drawDecisions();
    if (view.decision.size) apply();
  });
  return openTarget();
};

start();
