// What a reviewer does with a target or a finding.

const placeOf = (el) => {
  const cell = el.closest("td.tgt") || cellOfCard(el.closest(".card"));
  if (cell && cell.dataset.u) {
    const column = data.columns[Number(cell.dataset.c)];
    return { path: column.path, locale: column.locale, unit: cell.dataset.u, lock: cell.dataset.k };
  }
  const card = el.closest(".card");
  return { path: card.dataset.path, locale: card.dataset.locale, unit: "", lock: "" };
};

const cellOfCard = (card) => {
  if (!card || card.dataset.path || card.dataset.c === undefined) return null;
  return $(`td.tgt[data-c="${card.dataset.c}"]`, card.closest("tr"));
};

const accept = (cell) => {
  const place = placeOf(cell);
  decide(place, (it) => (it.accepted = !it.accepted));
  const now = decisionOf(place);
  say(now && now.accepted ? "Accepted" : "No longer accepted");
};

// A small form in place: a text, what to do with it, and a way out.
const ask = (host, label, text, required, done, extra) => {
  $$(".ask").forEach((it) => it.remove());
  const back = document.activeElement;
  const input = h("textarea", { value: text, rows: Math.min(12, Math.max(2, Math.ceil(text.length / 50))), required, dir: "auto" });
  const close = () => {
    form.remove();
    (back && back.isConnected ? back : host).focus();
  };
  const form = h(
    "form",
    {
      className: "ask",
      onsubmit: (event) => {
        event.preventDefault();
        if (required && !input.value.trim()) return input.focus();
        close();
        return done(input.value);
      },
      onkeydown: (event) => {
        event.stopPropagation();
        if (event.key === "Escape") close();
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
      },
    },
    h("label", {}, h("span", {}, label), input),
    h("div", { className: "row" }, h("button", { type: "submit", className: "primary" }, "Save"), h("button", { type: "button", onclick: close }, "Cancel"), extra || null, h("small", {}, "Ctrl+Enter saves, Esc leaves")),
  );
  host.append(form);
  input.focus();
};

const propose = (cell) => {
  const place = placeOf(cell);
  const now = decisionOf(place);
  const text = now && now.proposal !== undefined ? now.proposal : written(cell);
  const withdraw = now && now.proposal !== undefined
    ? h("button", { type: "button", onclick: (event) => {
        event.target.closest("form").remove();
        decide(place, (it) => delete it.proposal);
      } }, "Withdraw")
    : null;
  ask(cell, "The target as it is to stand, in Markdown", text, false, (proposal) => {
    decide(place, (it) => {
      if (proposal === written(cell)) delete it.proposal;
      else it.proposal = proposal;
    });
    say("Proposal kept");
  }, withdraw);
};

const comment = (el) => {
  const place = placeOf(el);
  const now = decisionOf(place);
  ask(el, "Comment", (now && now.comment) || "", false, (text) => {
    decide(place, (it) => (it.comment = text.trim()));
    say("Comment kept");
  });
};

const ignore = (card) => {
  const place = placeOf(card);
  const { r: rule, f: fingerprint } = card.dataset;
  const now = decisionOf(place);
  const known = now && (now.ignored || []).find((it) => it.fingerprint === fingerprint);
  const change = (reason) =>
    decide(place, (it) => {
      it.ignored = (it.ignored || []).filter((one) => one.fingerprint !== fingerprint);
      if (reason) it.ignored.push({ rule, fingerprint, reason });
    });
  if (known) {
    change(null);
    return say("No longer ignored");
  }
  return ask(card, "Why is this finding to be ignored?", "", true, (reason) => {
    change(reason.trim());
    say("Ignored");
  });
};

const button = (label, title, act) => h("button", { type: "button", title, onclick: act }, label);

const addControls = () => {
  for (const cell of $$("td.tgt[data-u]")) {
    const has = Boolean($(".t", cell));
    const tools = h("span", { className: "do" });
    if (has) tools.append(h("button", { type: "button", className: "ok", title: "a", ariaPressed: "false", onclick: () => accept(cell) }, "Accept"));
    if (has) tools.append(button("Propose", "e", () => propose(cell)));
    tools.append(button("Comment", "c", () => comment(cell)));
    $(".st", cell).append(tools);
  }
  for (const card of $$(".card")) {
    const way = $(".w", card);
    const sign = h("button", { type: "button", className: "ig", title: "i", ariaPressed: "false", onclick: () => ignore(card) }, "Ignore");
    $(".rule", way).after(" ", sign);
    if (!card.closest("tr")) way.append(button("Comment", "c", () => comment(card)));
  }
};

// Shows what is decided on this page.
const drawDecisions = () => {
  for (const cell of $$("td.tgt[data-u]")) {
    const now = decisionOf(placeOf(cell));
    $$(".said", cell).forEach((it) => it.remove());
    const words = [];
    const ok = $(".ok", cell);
    if (ok) {
      ok.ariaPressed = String(Boolean(now && now.accepted));
      ok.textContent = now && now.accepted ? "✓ Accepted" : "Accept";
    }
    if (now) {
      if (now.accepted) words.push("accepted");
      if (now.lock !== cell.dataset.k) {
        words.push("changed");
        cell.append(h("p", { className: "said bad" }, "The text changed since this was decided."));
      }
      if (now.proposal !== undefined) {
        words.push("proposed");
        const text = h("ins", { dir: "auto", lang: data.columns[Number(cell.dataset.c)].locale }, now.proposal || "(nothing)");
        cell.append(h("p", { className: "said" }, h("b", {}, "Proposal "), text));
      }
      if (now.comment) {
        words.push("commented");
        cell.append(h("p", { className: "said" }, h("b", {}, "Comment "), h("span", { dir: "auto" }, now.comment)));
      }
    }
    cell.dataset.d = words.join(" ");
  }
  for (const card of $$(".card")) {
    const now = decisionOf(placeOf(card));
    const known = now && (now.ignored || []).find((it) => it.fingerprint === card.dataset.f);
    card.classList.toggle("ignored", Boolean(known));
    $$(".said", card).forEach((it) => it.remove());
    const sign = $(".ig", card);
    sign.ariaPressed = String(Boolean(known));
    sign.textContent = known ? "✓ Ignored" : "Ignore";
    if (known) card.append(h("p", { className: "said" }, h("b", {}, "Ignored: "), h("span", { dir: "auto" }, known.reason)));
    if (!card.closest("tr") && now && now.comment) {
      card.append(h("p", { className: "said" }, h("b", {}, "Comment "), h("span", { dir: "auto" }, now.comment)));
    }
  }
};
