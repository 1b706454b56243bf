// The pages work without this. It keeps the step when the language changes, offers light and dark, and
// narrows the sheet of policies.
"use strict";
(() => {
  const root = document.documentElement;
  const store = {
    get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* a disk without a store */ } },
  };
  const themes = ["system", "light", "dark"];
  let theme = themes.includes(store.get("hexapla-theme")) ? store.get("hexapla-theme") : "system";
  const paint = () => (theme === "system" ? root.removeAttribute("data-theme") : root.setAttribute("data-theme", theme));
  paint();

  // The step that is being read: the one that the address names, as long as it is to be seen, else the
  // first that is.
  const decoded = (text) => { try { return decodeURIComponent(text); } catch { return ""; } };
  const here = () => {
    const seen = (it) => { const box = it.getBoundingClientRect(); return box.bottom > 80 && box.top < innerHeight; };
    const named = location.hash && document.getElementById(decoded(location.hash.slice(1)));
    if (named && named.id !== "hx-main" && seen(named)) return named.id;
    if (scrollY < 40) return named && named.id !== "hx-main" ? named.id : "";
    const all = [...document.querySelectorAll("main [id]")].filter((it) => !it.id.startsWith("policy-") || document.body.className === "page-policies");
    const first = all.find((it) => it.getBoundingClientRect().top >= 60);
    if (first && seen(first)) return first.id;
    const above = all.filter((it) => it.getBoundingClientRect().top < 60);
    return above.length ? above[above.length - 1].id : "";
  };

  addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("button.theme");
    if (button) {
      const say = () => {
        button.textContent = { system: "◐", light: "☀", dark: "☾" }[theme];
        const label = `${button.dataset.label}: ${button.dataset[theme]}`;
        button.setAttribute("aria-label", label);
        button.title = label;
      };
      button.hidden = false;
      say();
      button.addEventListener("click", () => {
        theme = themes[(themes.indexOf(theme) + 1) % themes.length];
        store.set("hexapla-theme", theme);
        paint();
        say();
      });
    }

    for (const link of document.querySelectorAll(".languages a")) {
      const plain = link.getAttribute("href");
      const follow = () => {
        const id = here();
        const query = document.body.className === "page-search" ? location.search : "";
        link.setAttribute("href", plain + query + (id ? `#${encodeURIComponent(id)}` : ""));
      };
      for (const event of ["pointerdown", "focus", "click"]) link.addEventListener(event, follow);
    }
    const menu = document.querySelector("details.menu");
    if (menu) {
      addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || !menu.open) return;
        menu.open = false;
        menu.querySelector("summary").focus();
      });
      addEventListener("click", (event) => { if (menu.open && !menu.contains(event.target)) menu.open = false; });
    }
    addEventListener("keydown", (event) => {
      const field = document.getElementById("hx-q");
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !field || event.target.closest("input, textarea, select")) return;
      event.preventDefault();
      field.focus();
    });

    const filter = document.querySelector("fieldset.filter");
    if (filter) {
      filter.hidden = false;
      const buttons = [...filter.querySelectorAll("button")];
      for (const button of buttons) {
        button.addEventListener("click", () => {
          const wanted = button.dataset.show;
          for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
          for (const item of document.querySelectorAll("li.policy")) {
            item.hidden = !(wanted === "all" || (wanted === "deadline" ? "deadline" in item.dataset : item.dataset.kind === wanted));
          }
          for (const sheet of document.querySelectorAll(".sheet")) sheet.hidden = !sheet.querySelector("li.policy:not([hidden])");
        });
      }
    }

    // Of the languages offered, the reader's own comes first.
    const choices = document.querySelector(".choices");
    if (choices) {
      const items = [...choices.children];
      const own = (item, wanted) => item.lang.toLowerCase() === wanted || item.lang.toLowerCase().split("-")[0] === wanted.split("-")[0];
      const exact = (item, wanted) => item.lang.toLowerCase() === wanted;
      for (const wanted of (navigator.languages || []).map((it) => it.toLowerCase())) {
        const found = items.find((it) => exact(it, wanted)) || items.find((it) => own(it, wanted));
        if (!found) continue;
        found.classList.add("own");
        choices.prepend(found);
        break;
      }
    }
  });
})();
