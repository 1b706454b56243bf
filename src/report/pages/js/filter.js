// Which rows and columns are shown. The view is kept in the address, so that a link brings it back.

const COLUMNS_AT_FIRST = 3;
const SETS = ["severity", "rule", "state", "where", "decision"];
const view = { locale: null, severity: new Set(), rule: new Set(), state: new Set(), where: new Set(), decision: new Set() };
Object.assign(view, { below: 101, q: "", marks: "facts", raw: false });

const sheet = new CSSStyleSheet();
const rows = [];
const menus = {};

const columnName = (index) => data.columns[index].locale || data.columns[index].path;

const readRows = () => {
  for (const tr of $$("tr.unit")) {
    const cards = $$(".card", tr).map((el) => ({ el, column: el.dataset.c, severity: el.dataset.v, rule: el.dataset.r }));
    const cells = $$("td.tgt", tr).map((el) => ({
      el,
      column: el.dataset.c,
      states: new Set(el.dataset.t.split(" ")),
      sure: el.dataset.q === undefined ? 101 : Number(el.dataset.q),
    }));
    rows.push({ tr, cards, cells, where: tr.dataset.p, source: $("td.src", tr), text: null });
  }
};

const shownColumns = () => {
  const all = data.columns.map((_, index) => index);
  const asked = view.locale ? all.filter((index) => view.locale.has(columnName(index))) : [];
  return new Set((asked.length ? asked : all.slice(0, COLUMNS_AT_FIRST)).map(String));
};

const textOf = (row, columns) => {
  const cells = row.cells.filter((cell) => columns.has(cell.column)).map((cell) => cell.el);
  const cards = row.cards.filter((card) => isShown(card, columns)).map((card) => card.el);
  return [row.source, ...cells, ...cards, $(".no", row.tr)].map((el) => (el ? el.textContent : "")).join("\n");
};

const isShown = (card, columns) => card.column === undefined || columns.has(card.column);

// A plain text in any case, or a regular expression between slashes.
const matcher = (query) => {
  if (!query) return () => true;
  const parts = /^\/(.+)\/([a-z]*)$/.exec(query);
  if (parts) {
    try {
      const pattern = new RegExp(parts[1], parts[2].replace(/[gy]/g, "") || "iu");
      return (text) => pattern.test(text);
    } catch {
      return () => false;
    }
  }
  const wanted = query.toLocaleLowerCase();
  return (text) => text.toLocaleLowerCase().includes(wanted);
};

const decisionWords = (row, columns) => {
  const words = new Set();
  for (const cell of row.cells) {
    if (!columns.has(cell.column)) continue;
    for (const word of (cell.el.dataset.d || "").split(" ")) if (word) words.add(word);
  }
  for (const card of row.cards) if (isShown(card, columns) && card.el.classList.contains("ignored")) words.add("ignored");
  if (!words.size) words.add(row.cards.some((card) => isShown(card, columns)) ? "open" : "none");
  return words;
};

// What a row has of each facet, and whether it fits.
const facts = (row, columns) => {
  const cards = row.cards.filter((card) => isShown(card, columns));
  const cells = row.cells.filter((cell) => columns.has(cell.column));
  const states = new Set(cells.flatMap((cell) => [...cell.states]));
  return { cards, cells, states, decisions: decisionWords(row, columns) };
};

const any = (set, values) => !set.size || [...values].some((it) => set.has(it));

const fits = (row, it, but) => {
  if (but !== "where" && view.where.size && !view.where.has(row.where)) return false;
  if (but !== "state" && !any(view.state, it.states)) return false;
  if (but !== "decision" && !any(view.decision, it.decisions)) return false;
  if (but !== "below" && view.below <= 100 && !it.cells.some((cell) => cell.sure < view.below)) return false;
  const severity = but === "severity" ? new Set() : view.severity;
  const rule = but === "rule" ? new Set() : view.rule;
  if (!severity.size && !rule.size) return true;
  if (severity.has("clean") && !it.cards.length) return true;
  return it.cards.some((card) => (!severity.size || severity.has(card.severity)) && (!rule.size || rule.has(card.rule)));
};

// A source that several targets share bears the marks of those that are shown.
const drawShared = (columns) => {
  for (const mark of $$("mark[data-m]")) {
    mark.dataset.k ??= mark.className;
    const isOn = mark.dataset.m.split(" ").some((it) => columns.has(it));
    const [kind, beneath] = (mark.dataset.b || "").split(" ");
    mark.className = isOn ? mark.dataset.k : kind ? `${kind} signal` : "off";
    const signs = mark.dataset.o.split(" ").map((it) => it.split(":"));
    const shown = signs.filter(([column, sign]) => sign && columns.has(column)).map(([, sign]) => sign);
    if (!isOn && beneath) shown.push(beneath);
    if (shown.length) mark.dataset.s = shown.join(" ");
    else delete mark.dataset.s;
  }
};

const apply = () => {
  const columns = shownColumns();
  const hidden = data.columns.map((_, index) => index).filter((index) => !columns.has(String(index)));
  const rules = hidden.map((index) => {
    return `td[data-c="${index}"],th[data-c="${index}"],.card[data-c="${index}"]{display:none!important}`;
  });
  drawShared(columns);
  sheet.replaceSync(rules.join(" "));
  document.documentElement.dataset.marks = view.marks;
  document.documentElement.classList.toggle("raw", view.raw);
  document.documentElement.classList.toggle("one", columns.size === 1);
  const search = matcher(view.q);
  const counts = { severity: new Map(), rule: new Map(), state: new Map(), where: new Map(), decision: new Map() };
  const add = (map, values) => new Set(values).forEach((it) => map.set(it, (map.get(it) || 0) + 1));
  let shown = 0;
  let found = 0;
  for (const row of rows) {
    const it = facts(row, columns);
    const known = it.cells.some((cell) => !cell.states.has("absent")) || it.cards.length > 0;
    const here = known && (!view.q || search(textOf(row, columns)));
    row.tr.hidden = !here || !fits(row, it, null);
    if (!row.tr.hidden) {
      shown += 1;
      found += it.cards.length;
    }
    if (!here) continue;
    const of = (but, card) => fits(row, it, but) && card;
    if (of("severity", true)) {
      const cards = it.cards.filter((card) => !view.rule.size || view.rule.has(card.rule));
      add(counts.severity, cards.length ? cards.map((card) => card.severity) : it.cards.length ? [] : ["clean"]);
    }
    if (of("rule", true)) {
      add(counts.rule, it.cards.filter((card) => !view.severity.size || view.severity.has(card.severity)).map((card) => card.rule));
    }
    if (of("state", true)) add(counts.state, it.states);
    if (of("where", true)) add(counts.where, [row.where]);
    if (of("decision", true)) add(counts.decision, it.decisions);
  }
  const whole = $$(".whole-article .card");
  for (const card of whole) {
    const { v: severity, r: rule, c: column } = card.dataset;
    const out = (view.severity.size && !view.severity.has(severity)) || (view.rule.size && !view.rule.has(rule));
    card.hidden = Boolean(out) || !isShown({ column }, columns);
  }
  const wholes = whole.filter((card) => !card.hidden).length;
  if (whole.length) {
    $(".whole-article").hidden = !wholes;
    $("#whole-h .n").textContent = wholes;
  }
  found += wholes;
  // On paper it is a table again, and a heading as wide as the columns that are shown.
  for (const head of $$("#rows tr.head th")) head.colSpan = columns.size + 3;
  for (const body of $$("tbody.section")) {
    body.hidden = !$("tr.unit:not([hidden])", body);
  }
  drawMenus(counts, columns);
  const isNarrow = SETS.some((name) => view[name].size) || view.below <= 100 || view.q;
  if ($("#reset")) $("#reset").hidden = !isNarrow;
  const total = $("#shown");
  // What the columns that are not shown hold is not to be missed.
  const elsewhere = $$(".card").filter((card) => !isShown({ column: card.dataset.c }, columns)).length;
  const more = elsewhere ? ` (+${elsewhere} in ${hidden.length} more locale${hidden.length === 1 ? "" : "s"})` : "";
  if (total) total.textContent = `${shown === rows.length ? "" : `${shown} of `}${counted(rows.length, "segment")}, ${counted(found, "finding")}${more}`;
  const nothing = $("#nothing");
  if (nothing) nothing.hidden = shown > 0;
};

const changed = () => {
  const params = new URLSearchParams();
  if (view.locale) params.set("locale", [...view.locale].join(","));
  for (const name of SETS) if (view[name].size) params.set(name, [...view[name]].sort().join(","));
  if (view.below <= 100) params.set("below", view.below);
  if (view.q) params.set("q", view.q);
  if (view.marks !== "facts") params.set("marks", view.marks);
  if (view.raw) params.set("raw", "1");
  const hash = params.toString().replaceAll("%2C", ",");
  history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  apply();
  say($("#shown") ? $("#shown").textContent : "");
};

const readAddress = () => {
  const hash = location.hash.slice(1);
  if (!hash.includes("=")) return null;
  const params = new URLSearchParams(hash);
  const set = (name) => new Set((params.get(name) || "").split(",").filter(Boolean));
  view.locale = params.has("locale") ? set("locale") : view.locale;
  for (const name of SETS) view[name] = set(name);
  view.below = Number(params.get("below")) || 101;
  view.q = params.get("q") || "";
  view.marks = ["none", "facts", "all"].includes(params.get("marks")) ? params.get("marks") : "facts";
  view.raw = params.get("raw") === "1";
  return params;
};

const option = (type, name, value, label, isOn, onchange) => {
  const count = h("span", { className: "n" });
  const input = h("input", { type, name, value, checked: isOn, onchange: () => onchange(input) });
  const line = h("label", {}, input, h("span", {}, label), count);
  return { line, input, count, value };
};

const menu = (name, title, options, more) => {
  const badge = h("b", { className: "n" });
  const box = h("fieldset", {}, h("legend", { className: "vh" }, title), ...options.map((it) => it.line), ...(more || []));
  const it = h("details", { className: "menu" }, h("summary", {}, title, " ", badge), box);
  it.addEventListener("toggle", () => {
    if (it.open) $$("details.menu[open]").forEach((other) => other !== it && (other.open = false));
  });
  menus[name] = { it, options, badge };
  return it;
};

const setMenu = (name, title, values, more) => {
  const toggle = (input) => {
    if (input.checked) view[name].add(input.value);
    else view[name].delete(input.value);
    changed();
  };
  return menu(name, title, values.map(([value, label]) => option("checkbox", name, value, label, view[name].has(value), toggle)), more);
};

const drawMenus = (counts, columns) => {
  for (const name of SETS) {
    if (!menus[name]) continue;
    for (const it of menus[name].options) {
      it.count.textContent = counts[name].get(it.value) || 0;
      it.input.checked = view[name].has(it.value);
      it.line.hidden = !counts[name].get(it.value) && !it.input.checked && name === "rule";
    }
    menus[name].badge.textContent = view[name].size + (name === "state" && view.below <= 100 ? 1 : 0) || "";
  }
  if (menus.locale) {
    menus.locale.options.forEach((it, index) => (it.input.checked = columns.has(String(index))));
    menus.locale.badge.textContent = `${columns.size}/${data.columns.length}`;
  }
};

const filterTools = () => {
  const found = (pick) => [...new Set(rows.flatMap(pick))].sort();
  const rules = found((row) => row.cards.map((card) => card.rule));
  const wheres = found((row) => [row.where]);
  const states = new Set(rows.flatMap((row) => row.cells.flatMap((cell) => [...cell.states])));
  const words = {
    mt: "machine translated", ht: "translated by a person", stale: "behind its source", missing: "no translation",
    extra: "not in the source", embedded: "paired in the article", aligned: "paired by alignment", meta: "front matter",
  };
  const places = { text: "running text", step: "step", heading: "heading", alert: "note or warning", table: "table", meta: "front matter" };
  const search = h("input", {
    type: "search", id: "q", placeholder: "Search, or /pattern/", value: view.q, "aria-label": "Search the segments",
    oninput: () => {
      view.q = search.value;
      clearTimeout(search.timer);
      search.timer = setTimeout(changed, 120);
    },
  });
  const pickColumns = () => {
    const picked = menus.locale.options.filter((it) => it.input.checked).map((it) => it.value);
    view.locale = new Set(picked);
    preference("locale", picked.join(","));
    changed();
  };
  const columns = shownColumns();
  const locales = data.columns.map((_, index) =>
    option("checkbox", "locale", columnName(index), columnName(index), columns.has(String(index)), pickColumns));
  const below = [[101, "any"], [95, "below 95 %"], [80, "below 80 %"], [50, "below 50 %"]].map(([value, label]) =>
    option("radio", "below", value, label, view.below === value, (input) => {
      view.below = Number(input.value);
      changed();
    }));
  const marks = [["none", "findings only"], ["facts", "findings and facts"], ["all", "all that is stated"]].map(([value, label]) =>
    option("radio", "marks", value, label, view.marks === value, (input) => {
      view.marks = input.value;
      changed();
    }));
  const raw = option("checkbox", "raw", "1", "text as written", view.raw, (input) => {
    view.raw = input.checked;
    changed();
  });
  const theme = [["", "light or dark as the system is"], ["light", "light"], ["dark", "dark"]].map(([value, label]) =>
    option("radio", "theme", value, label, (preference("theme") || "") === value, (input) => {
      preference("theme", input.value);
      drawTheme();
    }));
  const severities = [["error", "Errors"], ["warning", "Warnings"], ["info", "Notes"], ["clean", "No finding"]];
  return [
    search,
    data.columns.length > 1 ? menu("locale", "Locales", locales) : null,
    setMenu("severity", "Severity", severities),
    setMenu("rule", "Rule", rules.map((it) => [it, it])),
    setMenu("state", "State", Object.entries(words).filter(([it]) => states.has(it)), [h("hr"), h("p", {}, "Confidence of the alignment"), ...below.map((it) => it.line)]),
    setMenu("where", "Where", wheres.map((it) => [it, places[it] || it])),
    setMenu("decision", "Decision", [["open", "open findings"], ["accepted", "accepted"], ["proposed", "proposed"], ["commented", "commented"], ["ignored", "ignored"], ["changed", "text changed since"], ["none", "nothing to decide"]]),
    menu("view", "View", [...marks, raw, ...theme]),
    h("button", { type: "button", id: "reset", onclick: reset }, "Reset"),
    h("span", { id: "shown" }),
  ];
};

const reset = () => {
  SETS.forEach((name) => view[name].clear());
  Object.assign(view, { below: 101, q: "" });
  $("#q").value = "";
  $$('input[name="below"]').forEach((it) => (it.checked = it.value === "101"));
  changed();
};

const drawTheme = () => {
  const theme = preference("theme");
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
};
