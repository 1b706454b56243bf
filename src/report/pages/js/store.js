// Decisions: kept in this browser under the hash of the report, one for each unit of an article.

const KEY = `hexapla:decisions:${data.report}`;
const decisions = new Map();
let kept = true;

const keyOf = (path, unit) => JSON.stringify([path, unit]);

const isText = (it) => typeof it === "string";

// A decision as it may stand in a file; null where it is none.
const checked = (it) => {
  if (!it || !isText(it.path) || !isText(it.locale) || !isText(it.unit) || !isText(it.lock)) return null;
  const ignored = (Array.isArray(it.ignored) ? it.ignored : [])
    .filter((one) => one && isText(one.rule) && isText(one.fingerprint) && isText(one.reason))
    .map(({ rule, fingerprint, reason }) => ({ rule, fingerprint, reason }));
  const decision = { path: it.path, locale: it.locale, unit: it.unit, lock: it.lock, accepted: it.accepted === true };
  if (isText(it.proposal)) decision.proposal = it.proposal;
  if (isText(it.comment) && it.comment) decision.comment = it.comment;
  if (ignored.length) decision.ignored = ignored;
  return decision;
};

const isEmpty = (it) => !it.accepted && it.proposal === undefined && !it.comment && !(it.ignored || []).length;

const load = () => {
  decisions.clear();
  let text = null;
  try {
    text = localStorage.getItem(KEY);
  } catch {
    kept = false;
  }
  let all = [];
  try {
    all = JSON.parse(text || "[]");
  } catch {
    all = [];
  }
  for (const it of Array.isArray(all) ? all : []) {
    const decision = checked(it);
    if (decision) decisions.set(keyOf(decision.path, decision.unit), decision);
  }
};

const save = () => {
  try {
    localStorage.setItem(KEY, JSON.stringify([...decisions.values()]));
    kept = true;
  } catch {
    kept = false;
  }
  document.dispatchEvent(new Event("decisions"));
};

// Changes one decision. Another tab may have written since: what is stored is read first.
const decide = (place, change) => {
  if (kept) load();
  const key = keyOf(place.path, place.unit);
  const decision = decisions.get(key) || { ...place, accepted: false };
  decision.lock = place.lock;
  change(decision);
  if (decision.ignored && !decision.ignored.length) delete decision.ignored;
  if (!decision.comment) delete decision.comment;
  if (isEmpty(decision)) decisions.delete(key);
  else decisions.set(key, decision);
  save();
};

const decisionOf = (place) => decisions.get(keyOf(place.path, place.unit));

window.addEventListener("storage", (event) => {
  if (event.key !== KEY) return;
  load();
  document.dispatchEvent(new Event("decisions"));
});
