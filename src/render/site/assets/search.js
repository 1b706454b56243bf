// The search. A page that was opened from a disk may not read files, but it may load scripts: the index
// is cut into scripts, and only those that a query needs are loaded.
"use strict";
(() => {
  const list = document.getElementById("hx-results");
  const field = document.getElementById("hx-q");
  const status = document.getElementById("hx-status");
  const { locale, index: folder } = list.dataset;

  // Folding and cutting: as `fold.rs` does.
  const accents = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u064b-\u065f\u0670\u0640]/gu;
  const fold = (text) => text.normalize("NFKD").replace(accents, "").toLowerCase().normalize("NFC");
  const close = /^[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]$/u;
  const closeLetter = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc]$/u;
  const letter = /^[\p{Alphabetic}\p{N}]$/u;
  const hangul = /^\p{Script=Hangul}+$/u;
  const sort = (it) => {
    if (close.test(it)) return "close";
    if (closeLetter.test(it)) return letter.test(it) ? "close" : "gap";
    return letter.test(it) ? "word" : "gap";
  };
  const runs = (text) => {
    const found = [];
    let last = "gap";
    for (const it of fold(text)) {
      const own = sort(it);
      if (own !== last && own !== "gap") found.push({ sort: own, chars: [] });
      if (own !== "gap") found[found.length - 1].chars.push(it);
      last = own;
    }
    return found;
  };
  const pairs = (chars) => chars.slice(1).map((it, at) => chars[at] + it);
  // What a text is found by; the same as in the index.
  const terms = (text) => runs(text).flatMap(({ sort, chars }) => {
    if (sort === "close") return [...chars, ...pairs(chars)];
    const word = chars.join("");
    return chars.length > 2 && hangul.test(word) ? [word, ...pairs(chars)] : [word];
  });
  // What a query asks for: the last word may go on.
  const wanted = (text) => {
    const found = new Map();
    const all = runs(text);
    all.forEach(({ sort, chars }, at) => {
      const word = chars.join("");
      const last = at === all.length - 1;
      const inPairs = chars.length > 1 && (sort === "close" || hangul.test(word));
      for (const term of inPairs ? pairs(chars) : [word]) found.set(term, last && !inPairs);
    });
    return [...found].map(([term, open]) => ({ term, open }));
  };

  // Scripts, each once.
  const parts = new Map();
  const waiting = new Map();
  window.hexaplaSearch = (from, name, data) => {
    if (from !== locale) return;
    parts.set(name, data);
  };
  const load = (name) => {
    if (!waiting.has(name)) {
      waiting.set(name, new Promise((done) => {
        const script = document.createElement("script");
        script.src = `${folder}${name}.js`;
        script.onload = script.onerror = () => done(parts.get(name));
        document.head.append(script);
      }));
    }
    return waiting.get(name);
  };

  // The pages that have a term, with how much it weighs there.
  const postings = async ({ term, open }, { firsts }) => {
    let at = firsts.findIndex((it) => it > term) - 1;
    if (at === -2) at = firsts.length - 1;
    const found = new Map();
    for (at = Math.max(at, 0); at < firsts.length; at += 1) {
      if (firsts[at] > term && !(open && firsts[at].startsWith(term))) break;
      const part = (await load(`t${at}`)) || [];
      for (let i = 0; i < part.length; i += 2) {
        if (part[i] !== term && !(open && part[i].startsWith(term))) continue;
        let page = 0;
        for (const step of part[i + 1]) {
          page += step >> 4;
          const weight = (step & 15) * (part[i] === term ? 1 : 0.6);
          if (weight > (found.get(page) || 0)) found.set(page, weight);
        }
      }
    }
    return found;
  };

  const rank = async (query) => {
    const manifest = await load("index");
    const asked = wanted(query);
    if (!manifest || !asked.length) return [];
    const score = new Map();
    for (const one of asked) {
      const found = await postings(one, manifest);
      const rare = Math.log(1 + manifest.pages / (1 + found.size));
      for (const [page, weight] of found) {
        const own = score.get(page) || { page, met: 0, score: 0 };
        own.met += 1;
        own.score += (rare + 0.1) * weight * (weight >= 8 ? 1 + 2 / (1 + manifest.lengths[page]) : 1);
        score.set(page, own);
      }
    }
    const best = Math.max(0, ...[...score.values()].map((it) => it.met));
    // All that was asked for; where no page has it all, what has most of it.
    const least = best === asked.length ? best : Math.max(1, Math.ceil(best * 0.75));
    const top = [...score.values()].filter((it) => it.met >= least).sort((a, b) => b.met - a.met || b.score - a.score || a.page - b.page);
    const total = top.length;
    const shown = top.slice(0, 50);
    for (const it of shown) {
      const part = (await load(`d${Math.floor(it.page / manifest.each)}`)) || [];
      [it.href, it.title, it.lang, it.way, it.text] = part[it.page % manifest.each] || ["", "", null, "", ""];
      const title = fold(it.title).trim();
      const asked = fold(query).trim();
      if (title === asked) it.score += 1000;
      else if (title.startsWith(asked)) it.score += 200;
      else if (title.includes(asked)) it.score += 100;
    }
    shown.sort((a, b) => b.met - a.met || b.score - a.score || a.page - b.page);
    shown.total = total;
    return shown;
  };

  // A text with what was asked for marked. Folding may change lengths, so that each character is
  // folded by itself.
  const marked = (text, asked) => {
    const chars = [...text];
    let folded = "";
    const place = [];
    chars.forEach((it, at) => { for (const unit of fold(it)) { folded += unit; for (let i = 0; i < unit.length; i += 1) place.push(at); } });
    const marks = new Array(chars.length).fill(false);
    let first = -1;
    for (const { term } of asked) {
      for (let at = folded.indexOf(term); at !== -1; at = folded.indexOf(term, at + term.length)) {
        const before = at === 0 ? " " : folded[at - 1];
        if (sort([...term][0]) === "word" && letter.test(before) && !hangul.test(term)) continue;
        if (first === -1 || place[at] < first) first = place[at];
        for (let i = place[at]; i <= place[at + term.length - 1]; i += 1) marks[i] = true;
      }
    }
    return { chars, marks, first };
  };
  // What fell back to the source says so.
  const sign = () => {
    const tag = list.dataset.source;
    let name = tag;
    try { name = new Intl.DisplayNames([tag], { type: "language" }).of(tag.split("-")[0]); } catch { /* the tag itself */ }
    return Object.assign(document.createElement("small"), { className: "sign before", lang: tag, textContent: name });
  };
  const say = (into, text) => text.split("\uE000").forEach((it, at) => { if (at > 0) into.append(sign()); into.append(it); });
  const put = (into, { chars, marks }, from, to) => {
    let at = from;
    while (at < to) {
      let end = at;
      while (end < to && marks[end] === marks[at]) end += 1;
      const text = chars.slice(at, end).join("");
      if (marks[at]) into.append(Object.assign(document.createElement("mark"), { textContent: text }));
      else say(into, text);
      at = end;
    }
  };

  let turn = 0;
  const show = async () => {
    const own = (turn += 1);
    const query = field.value;
    const found = query.trim() ? await rank(query) : [];
    if (own !== turn) return;
    const asked = wanted(query);
    list.replaceChildren(...found.map((it) => {
      const item = document.createElement("li");
      const link = Object.assign(document.createElement("a"), { href: it.href });
      if (it.lang) link.lang = it.lang;
      const title = marked(it.title, asked);
      put(link, title, 0, title.chars.length);
      item.append(link);
      if (it.way) item.append(Object.assign(document.createElement("p"), { className: "way", textContent: it.way }));
      const text = marked(it.text, asked);
      const from = Math.max(0, text.first - 40);
      const to = Math.min(text.chars.length, from + 180);
      const snippet = document.createElement("p");
      snippet.className = "snippet";
      if (from > 0) snippet.append("… ");
      put(snippet, text, from, to);
      if (to < text.chars.length) snippet.append(" …");
      item.append(snippet);
      return item;
    }));
    const { count, nothing } = list.dataset;
    status.textContent = !query.trim() ? "" : found.length ? count.replace("{count}", String(found.total)) : nothing;
    list.dataset.query = query;
  };

  let timer = 0;
  const find = () => {
    clearTimeout(timer);
    const address = new URL(location.href);
    address.searchParams.set("q", field.value);
    try { history.replaceState(null, "", address); } catch { /* from a disk */ }
    show();
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(find, 120);
  });
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    find();
  });
  // Down and up lead from result to result.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const all = [field, ...list.querySelectorAll("a")];
    const at = all.indexOf(document.activeElement);
    const next = all[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at === -1 || !next) return;
    event.preventDefault();
    next.focus();
  });
  field.value = new URLSearchParams(location.search).get("q") || "";
  if (field.value) show();
  else field.focus();
  // For tests.
  window.hexaplaTerms = terms;
})();
