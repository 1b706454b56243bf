// The first page: its own few filters.

const indexTools = () => {
  const lines = $$("table.articles tbody tr").map((tr) => ({ tr, text: tr.textContent.toLocaleLowerCase(), worst: tr.dataset.e }));
  const counts = new Map();
  lines.forEach((it) => counts.set(it.worst, (counts.get(it.worst) || 0) + 1));
  const draw = () => {
    const params = new URLSearchParams();
    if (view.q) params.set("q", view.q);
    if (view.severity.size) params.set("severity", [...view.severity].join(","));
    const hash = params.toString().replaceAll("%2C", ",");
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
    show();
  };
  const show = () => {
    const search = matcher(view.q);
    let shown = 0;
    for (const it of lines) {
      it.tr.hidden = !search(it.text) || (view.severity.size > 0 && !view.severity.has(it.worst));
      shown += it.tr.hidden ? 0 : 1;
    }
    $("#shown").textContent = `${shown} of ${counted(lines.length, "article")}`;
    $("#nothing").hidden = shown > 0;
    say($("#shown").textContent);
  };
  const search = h("input", {
    type: "search", id: "q", placeholder: "Search articles", value: view.q, "aria-label": "Search the articles",
    oninput: () => {
      view.q = search.value;
      draw();
    },
  });
  const words = [["error", "errors"], ["warning", "warnings at worst"], ["info", "notes at worst"], ["none", "no finding"]];
  const options = words.map(([value, label]) => {
    const it = option("checkbox", "severity", value, label, view.severity.has(value), (input) => {
      if (input.checked) view.severity.add(value);
      else view.severity.delete(value);
      draw();
    });
    it.count.textContent = counts.get(value) || 0;
    return it;
  });
  $("#tools").append(search, menu("severity", "Findings", options), h("span", { id: "shown" }), transferTools());
  show();
};
