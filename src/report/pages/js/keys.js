// The keyboard. Single keys can be switched off, for those who speak to their computer.

const KEYS = [
  ["j", "next segment"], ["k", "segment before"], ["l", "next column"], ["h", "column before"],
  ["n", "next finding"], ["p", "finding before"], ["Enter", "open the evidence of the finding"],
  ["a", "accept the target"], ["i", "ignore the finding, with a reason"], ["e", "propose another target"],
  ["c", "comment"], ["f", "filters"], ["/", "search"], ["?", "this help"], ["Esc", "leave"],
];
let here = null;

const isVisible = (el) => el.checkVisibility({ visibilityProperty: true }) && !el.closest("[hidden]");

const go = (el) => {
  if (!el) return say("There is none");
  if (here) here.classList.remove("here");
  here = el;
  here.classList.add("here");
  if (!here.hasAttribute("tabindex")) here.tabIndex = -1;
  here.focus({ preventScroll: true });
  here.scrollIntoView({ block: "nearest" });
  return null;
};

const rowOf = (el) => (el ? el.closest("tr.unit") : null);

const stepRow = (by) => {
  const all = rows.filter((row) => !row.tr.hidden).map((row) => row.tr);
  const at = all.indexOf(rowOf(here));
  const row = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
  const column = here && here.closest("td.tgt") ? here.dataset.c : null;
  go(row && ((column !== null && $(`td.tgt[data-c="${column}"]`, row)) || $$("td.tgt", row).find(isVisible) || $("td.src", row)));
};

const stepColumn = (by) => {
  const row = rowOf(here);
  if (!row) return stepRow(1);
  const all = $$("td.src, td.tgt, .card", row).filter(isVisible);
  return go(all[all.indexOf(here) + by]);
};

const stepFinding = (by) => {
  const all = $$(".card").filter(isVisible);
  let at = all.indexOf(here && here.closest(".card"));
  if (at < 0 && here) {
    const before = all.filter((card) => card.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING);
    at = before.length - (by > 0 ? 1 : 0);
  }
  go(all[at + by]);
};

// The target that a key is meant for: the one chosen, that of the finding chosen, the first one.
const target = () => {
  if (!here) return null;
  const cell = here.closest("td.tgt[data-u]") || cellOfCard(here.closest(".card"));
  return cell || (rowOf(here) ? $$("td.tgt[data-u]", rowOf(here)).find(isVisible) : null);
};

const finding = () => {
  if (!here) return null;
  const card = here.closest(".card");
  if (card) return card;
  const row = rowOf(here);
  const column = here.dataset.c;
  const all = row ? $$(".card:not(.ignored)", row).filter(isVisible) : [];
  return all.find((it) => it.dataset.c === column) || all[0] || null;
};

const acts = {
  j: () => stepRow(1),
  k: () => stepRow(-1),
  l: () => stepColumn(1),
  h: () => stepColumn(-1),
  n: () => stepFinding(1),
  p: () => stepFinding(-1),
  a: () => (target() && $(".t", target()) ? accept(target()) : say("No target is chosen")),
  e: () => (target() && $(".t", target()) ? propose(target()) : say("No target is chosen")),
  i: () => (finding() ? ignore(finding()) : say("No finding is chosen")),
  c: () => {
    const el = target() || (here && here.closest(".card"));
    return el ? comment(el) : say("Nothing is chosen");
  },
  f: () => {
    const first = $("details.menu");
    first.open = true;
    $("summary", first).focus();
  },
  "/": () => $("#q").focus(),
  "?": () => help().showModal(),
};

const help = () => {
  const known = $("#help");
  if (known) return known;
  const on = h("input", { type: "checkbox", checked: preference("keys") !== "off", onchange: () => preference("keys", on.checked ? "on" : "off") });
  const lines = KEYS.flatMap(([key, words]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, words)]);
  const dialog = h(
    "dialog",
    { id: "help", "aria-labelledby": "help-h" },
    h("h2", { id: "help-h" }, "Keys"),
    h("dl", {}, ...lines),
    h("label", {}, on, " single keys are on"),
    h("form", { method: "dialog" }, h("button", { className: "primary" }, "Close")),
  );
  document.body.append(dialog);
  return dialog;
};

const onKey = (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const el = event.target;
  if (event.key === "Escape") {
    $$("details.menu[open]").forEach((it) => {
      it.open = false;
      $("summary", it).focus();
    });
    return;
  }
  if (el.closest("textarea, select, dialog, input:not([type=checkbox]):not([type=radio])")) return;
  if (preference("keys") === "off") return;
  if (event.key === "Enter" && el === here) {
    const card = finding();
    const more = card && $("details", card);
    if (more) more.open = !more.open;
    if (card && !more) go(card);
    event.preventDefault();
    return;
  }
  const act = acts[event.key];
  if (!act || (!isArticle && event.key !== "/")) return;
  event.preventDefault();
  act();
};

const onFocus = (event) => {
  const el = event.target.closest("td.tgt, td.src, .card");
  if (!el || el === here) return;
  if (here) here.classList.remove("here");
  here = el;
  here.classList.add("here");
};

const onClick = (event) => {
  if (event.target.closest("a, button, summary, input, textarea, label")) return;
  const el = event.target.closest("td.tgt, td.src, .card");
  if (el && !String(getSelection())) go(el);
};
