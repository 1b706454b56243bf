// The review pages, driven in a real browser as a reviewer drives them: from a disk, by keyboard, and
// with an article that means harm.
//
//   HEXAPLA=target/release/hexapla CHROMIUM=/usr/bin/chromium node review.mjs [PART OF A TEST'S NAME]

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";
import { evilProject, longProject, rightToLeftProject } from "./projects.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const hexapla = resolve(process.env.HEXAPLA || join(root, "target/debug/hexapla"));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "hexapla-review-"));

const report = (project, out) => {
  execFileSync(hexapla, ["report", project, "-o", join(folder, out), "-q"], { cwd: root, stdio: "inherit" });
  return (file) => pathToFileURL(join(folder, out, file)).href;
};

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});

// A page of its own, with everything it must not do written down.
const open = async (url, options = {}) => {
  const context = options.context || (await browser.createBrowserContext());
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && faults.push(`console: ${message.text()}`));
  page.on("dialog", (dialog) => (faults.push(`dialog: ${dialog.message()}`), dialog.dismiss()));
  page.on("request", (request) => /^(file|blob):/.test(request.url()) || faults.push(`request: ${request.url()}`));
  await page.setViewport({ width: options.width || 1280, height: 900 });
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: options.scheme || "light" },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
  if (options.script === false) await page.setJavaScriptEnabled(false);
  await page.goto(url, { waitUntil: "load" });
  return { page, context, faults };
};

const isClean = ({ faults }) => assert.deepEqual(faults, []);
const shown = (page) => page.$$eval("tr.unit:not([hidden])", (all) => all.length);
const visibleCards = (page) => page.$$eval(".card", (all) => all.filter((it) => it.checkVisibility() && !it.closest("[hidden]")).length);
const press = async (page, ...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};
const exported = async (page) => {
  const client = await page.createCDPSession();
  const to = mkdtempSync(join(folder, "downloads-"));
  await client.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: to, browserContextId: page.browserContext().id });
  await page.click("#export");
  // The file is there before its end is written.
  const isWhole = (file) => {
    try {
      return Boolean(JSON.parse(readFileSync(file, "utf8")));
    } catch {
      return false;
    }
  };
  for (let waited = 0; waited < 100; waited += 1) {
    const file = readdirSync(to).find((it) => it.endsWith(".json"));
    if (file && isWhole(join(to, file))) return join(to, file);
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("nothing was downloaded");
};
// Axe is put in by the browser's own means: the policy of the page holds for the page.
const axeFinds = async (page) => {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.map((it) => `${it.id}: ${it.nodes.slice(0, 3).map((node) => `${node.target} ${node.any.map((any) => any.message)}`).join(" | ")}`);
};

const sample = report("content", "sample");
const article = sample("articles/buy-a-subscription.html");

const tests = {
  "the pages open from a disk without a fault, with links that lead somewhere": async () => {
    for (const file of ["index.html", "rules.html", "articles/buy-a-subscription.html"]) {
      const it = await open(sample(file));
      const links = await it.page.$$eval("a[href]", (all) => [...new Set(all.map((a) => a.href))]);
      for (const link of links) {
        const { pathname, hash } = new URL(link);
        const text = readFileSync(fileURLToPath(`file://${pathname}`), "utf8");
        const id = decodeURIComponent(hash.slice(1));
        assert.ok(!id || id.includes("=") || text.includes(`id="${id}"`), `${file} links to ${link}`);
      }
      isClean(it);
      await it.context.close();
    }
  },

  "filters narrow, count, and come back with the address": async () => {
    const it = await open(article);
    const { page } = it;
    const all = await shown(page);
    const cards = await visibleCards(page);
    const toggle = async (name, value) => {
      await page.$$eval("details.menu", (menus, name) => menus.forEach((menu) => (menu.open = Boolean(menu.querySelector(`input[name="${name}"]`)))), name);
      await page.click(`input[name="${name}"][value="${value}"]`);
    };
    const count = (name, value) => page.$eval(`input[name="${name}"][value="${value}"]`, (input) => Number(input.closest("label").querySelector(".n").textContent));
    const warnings = await count("severity", "warning");
    await toggle("severity", "warning");
    assert.equal(await shown(page), warnings);
    assert.ok(warnings > 0 && warnings < all);
    assert.match(page.url(), /#severity=warning$/);
    const rule = await page.$eval('input[name="rule"]', (input) => input.value);
    const ruled = await count("rule", rule);
    await toggle("rule", rule);
    assert.equal(await shown(page), ruled);
    await page.reload();
    assert.equal(await shown(page), ruled, "a link brings the view back");
    await page.click("#reset");
    assert.equal(await shown(page), all);
    const last = await page.$$eval('input[name="locale"]', (inputs) => inputs.at(-1).value);
    assert.equal(await page.$$eval("#rows thead th.tgt", (th) => th.filter((it) => it.checkVisibility()).length), 3);
    await toggle("locale", last);
    assert.equal(await page.$$eval("#rows thead th.tgt", (th) => th.filter((it) => it.checkVisibility()).length), 4);
    assert.ok((await visibleCards(page)) >= cards);
    await page.type("#q", "/500/");
    await page.waitForFunction(() => location.hash.includes("q="));
    assert.ok((await shown(page)) >= 1 && (await shown(page)) < all);
    const other = await open(`${article}#locale=${last}&below=100&raw=1&marks=all`);
    assert.equal(await other.page.$$eval("#rows thead th.tgt", (th) => th.filter((it) => it.checkVisibility()).length), 1);
    assert.ok(await other.page.$$eval(".s", (all) => all.some((it) => it.checkVisibility())));
    isClean(it);
    isClean(other);
  },

  "the keyboard does it all, and decisions are kept, exported and taken in again": async () => {
    const it = await open(article);
    const { page } = it;
    const here = (get) => page.$eval(".here", get);
    await press(page, "j", "j");
    const first = await here((cell) => cell.closest("tr").id);
    await press(page, "k");
    assert.notEqual(await here((cell) => cell.closest("tr").id), first);
    await press(page, "l");
    assert.equal(await here((cell) => cell.dataset.c), "1");
    await press(page, "a");
    const accepted = await here((cell) => ({ unit: cell.dataset.u, lock: cell.dataset.k, d: cell.dataset.d }));
    assert.equal(accepted.d, "accepted");
    await press(page, "c");
    await page.keyboard.type("Looks right");
    await page.click(".ask button[type=submit]");
    await press(page, "n");
    assert.ok(await here((card) => card.matches(".card")));
    const card = await here((card) => ({ fingerprint: card.dataset.f, rule: card.dataset.r }));
    await press(page, "Enter");
    assert.ok(await here((card) => !card.querySelector("details") || card.querySelector("details").open));
    await press(page, "i");
    await page.click(".ask button[type=submit]");
    assert.ok(await page.$(".ask"), "a reason is required");
    await page.keyboard.type("house style");
    await page.keyboard.down("Control");
    await press(page, "Enter");
    await page.keyboard.up("Control");
    assert.equal(await page.$(".ask"), null);
    assert.ok(await here((card) => card.classList.contains("ignored")));
    await press(page, "n", "n", "p", "j", "e");
    const proposed = await page.$eval(".ask", (form) => ({ unit: form.closest("td").dataset.u, path: form.closest("td").dataset.c }));
    await page.keyboard.type(" <b>besser</b> </script>");
    await page.click(".ask button[type=submit]");
    assert.ok(await page.$eval(".said ins", (ins) => ins.textContent.endsWith("<b>besser</b> </script>") && !ins.children.length));
    await press(page, "/");
    assert.equal(await page.evaluate(() => document.activeElement.id), "q");
    await page.keyboard.type("j?a");
    assert.equal(await page.$eval("#q", (q) => q.value), "j?a", "keys are text in a field");
    await page.$eval("#q", (q) => ((q.value = ""), q.dispatchEvent(new Event("input")), q.blur()));
    await press(page, "?");
    assert.ok(await page.$eval("#help", (dialog) => dialog.open));
    await press(page, "Escape");
    await page.waitForFunction(() => !document.querySelector("#help").open);
    // The dialog gives its focus back with the next frame.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await press(page, "f");
    await page.waitForSelector("details.menu[open]", { timeout: 5000 });
    await press(page, "Escape");
    await page.reload();
    assert.equal(await page.$eval("#decided", (it) => it.textContent), "3", "decisions outlive the page");
    const file = await exported(page);
    const decisions = JSON.parse(readFileSync(file, "utf8"));
    assert.deepEqual(Object.keys(decisions), ["version", "tool", "report", "decisions"]);
    assert.equal(decisions.version, 1);
    assert.match(decisions.tool, /^hexapla \d/);
    const [a] = decisions.decisions.filter((it) => it.accepted);
    assert.equal(a.unit, accepted.unit);
    assert.equal(a.lock, accepted.lock);
    assert.equal(a.comment, "Looks right");
    assert.match(a.path, /^content\/[a-z-]+\/buy-a-subscription\.md$/);
    const [ignored] = decisions.decisions.filter((it) => it.ignored);
    assert.deepEqual(ignored.ignored, [{ ...{ rule: card.rule, fingerprint: card.fingerprint }, reason: "house style" }]);
    const [p] = decisions.decisions.filter((it) => it.proposal);
    assert.equal(p.unit, proposed.unit);
    for (const one of decisions.decisions) {
      assert.ok(["path", "locale", "unit", "lock"].every((name) => typeof one[name] === "string"));
      assert.equal(typeof one.accepted, "boolean");
      assert.match(one.lock, one.unit ? /^[0-9a-f]{16}$/ : /^$/);
    }
    // Another machine.
    const other = await open(article);
    const input = await other.page.$("#import");
    await input.uploadFile(file);
    await other.page.waitForFunction(() => document.querySelector("#decided").textContent === "3");
    assert.deepEqual(JSON.parse(readFileSync(await exported(other.page), "utf8")), decisions);
    const junk = join(folder, "junk.json");
    writeFileSync(junk, '{"version": 1, "decisions": [{"path": 1}, null, {"__proto__": {"x": 1}}, "<img src=x>"]}');
    await input.uploadFile(junk);
    await other.page.waitForFunction(() => document.querySelector("#live").textContent.startsWith("0 decisions"));
    assert.equal(await other.page.$eval("#decided", (it) => it.textContent), "3");
    const index = await open(sample("index.html"), { context: it.context });
    assert.equal(await index.page.$eval("#decided", (it) => it.textContent), "3", "the first page knows them, too");
    isClean(it);
    isClean(other);
    isClean(index);
  },

  "everything can be reached by Tab, and single keys can be switched off": async () => {
    const it = await open(article);
    await it.page.evaluate(() => localStorage.setItem("hexapla:keys", "off"));
    await press(it.page, "j", "a");
    assert.equal(await it.page.$(".here"), null);
    const tabbable = await it.page.$$eval("button, summary, a[href], input", (all) => all.filter((el) => el.tabIndex >= 0 && el.checkVisibility()).map((el) => el.textContent.trim()));
    for (const name of ["Accept", "Propose", "Comment", "Ignore", "Import"]) assert.ok(tabbable.some((it) => it.startsWith(name)), name);
    isClean(it);
  },

  "axe finds nothing": async () => {
    const found = [];
    for (const file of ["index.html", "rules.html", "articles/buy-a-subscription.html", "articles/cancel-a-subscription.html"]) {
      for (const scheme of ["light", "dark"]) {
        for (const width of file.includes("buy") || file.includes("index") ? [1280, 400] : [1280]) {
          const it = await open(sample(file), { scheme, width });
          await it.page.$$eval("details:not(.menu)", (all) => all.forEach((details) => (details.open = true)));
          if (file.includes("buy") && width === 1280) {
            await press(it.page, "n", "i");
            await it.page.keyboard.type("x");
            await it.page.click(".ask button[type=submit]");
            await press(it.page, "j", "a", "e", "!");
          }
          found.push(...(await axeFinds(it.page)).map((line) => `${file} ${scheme} ${width}: ${line}`));
          await it.context.close();
        }
      }
    }
    const it = await open(`${article}#marks=all&raw=1`);
    await it.page.$eval("details.menu", (menu) => (menu.open = true));
    found.push(...(await axeFinds(it.page)));
    await it.page.$eval("details.menu", (menu) => (menu.open = false));
    await it.page.click(".card a.rule");
    found.push(...(await axeFinds(it.page)));
    assert.deepEqual(found, []);
  },

  "no page is wider than a small screen": async () => {
    for (const file of ["index.html", "rules.html", "articles/buy-a-subscription.html"]) {
      const it = await open(sample(file), { width: 400 });
      assert.ok((await it.page.evaluate(() => document.documentElement.scrollWidth)) <= 400, file);
    }
  },

  "without script there are plain tables": async () => {
    const it = await open(article, { script: false });
    const cells = await it.page.$$eval("td.tgt", (all) => all.map((cell) => cell.checkVisibility() && cell.textContent));
    assert.ok(cells.length > 100 && cells.every(Boolean));
    assert.ok(cells.some((text) => text.includes("Auswählen eines Plans")));
    assert.ok(await it.page.$$eval(".card", (all) => all.length > 5 && all.every((card) => card.checkVisibility())));
    const roles = await it.page.$$eval("#rows [role]", (all) => [...new Set(all.map((el) => el.getAttribute("role")))].sort());
    assert.deepEqual(roles, ["cell", "columnheader", "row", "rowgroup", "rowheader"]);
    isClean(it);
  },

  "it prints on A4 landscape, with head and findings": async () => {
    const it = await open(article);
    const pdf = Buffer.from(await it.page.pdf({ preferCSSPageSize: true, printBackground: false })).toString("latin1");
    const box = /\/MediaBox ?\[ ?0 0 ([\d.]+) ([\d.]+)/.exec(pdf);
    assert.ok(Math.abs(Number(box[1]) - 842) < 2 && Math.abs(Number(box[2]) - 595) < 2, box[0]);
    assert.ok((pdf.match(/\/Type ?\/Page\b/g) || []).length >= 3);
    await it.page.emulateMediaType("print");
    assert.equal(await it.page.$eval("#rows thead", (head) => getComputedStyle(head).display), "table-header-group");
    assert.ok((await visibleCards(it.page)) > 5);
    isClean(it);
  },

  "an article that means harm does nothing": async () => {
    const raw = evilProject(join(folder, "evil"));
    const url = report(join(folder, "evil"), "evil-out");
    const index = await open(url("index.html"));
    const pages = await index.page.$$eval("table.articles th a", (all) => all.map((a) => a.href));
    assert.ok(pages.length >= 2);
    for (const href of pages) {
      const it = await open(href);
      await it.page.$$eval("details", (all) => all.forEach((details) => (details.open = true)));
      await it.page.$$eval(".t *, .card *", (all) => all.slice(0, 400).forEach((el) => el.matches("a, button, textarea") || el.click()));
      assert.equal(await it.page.evaluate(() => window.pwned), undefined);
      assert.equal(await it.page.$$eval("script", (all) => all.length), 2);
      assert.equal(await it.page.$$eval("a[href]", (all) => all.filter((a) => a.protocol !== "file:").length), 0);
      assert.ok(!(await it.page.evaluate(() => /[\u202a-\u202e\u2066-\u2069]/.test(document.body.innerHTML))));
      isClean(it);
      await it.context.close();
    }
    // What is proposed begins with the very bytes of the article.
    const it = await open(pages.find((href) => href.includes("evil")));
    await it.page.evaluate(() => {
      const cell = [...document.querySelectorAll("td.tgt[data-u]")].find((td) => td.querySelector("[data-x='202E']"));
      [...cell.querySelectorAll("button")].find((b) => b.textContent === "Propose").click();
    });
    assert.equal(await it.page.$eval(".ask textarea", (area) => area.value), raw);
    isClean(index);
    isClean(it);
  },

  "languages are written in their direction": async () => {
    rightToLeftProject(join(folder, "rtl"));
    const url = report(join(folder, "rtl"), "rtl-out");
    const it = await open(url("articles/save.html"));
    const dirs = await it.page.$$eval("td.tgt .t", (all) => [...new Set(all.map((el) => `${el.lang} ${getComputedStyle(el).direction}`))]);
    assert.deepEqual(dirs, ["ar rtl"]);
    isClean(it);
  },

  "fifteen hundred rows are no burden": async () => {
    longProject(join(folder, "long"), 1500);
    const url = report(join(folder, "long"), "long-out");
    const began = Date.now();
    const it = await open(url("articles/long.html"));
    assert.ok((await it.page.$$("tr.unit")).length >= 1500);
    const opened = Date.now() - began;
    const filtered = await it.page.evaluate(() => {
      const began = performance.now();
      location.hash = "severity=warning";
      return new Promise((done) => setTimeout(() => requestAnimationFrame(() => done(performance.now() - began)), 0));
    });
    console.log(`    opened in ${opened} ms, filtered in ${Math.round(filtered)} ms`);
    assert.ok(opened < 8000 && filtered < 2500);
    assert.equal(await it.page.$eval("tr.unit", (row) => getComputedStyle(row).contentVisibility), "auto");
    isClean(it);
  },
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  if (!name.includes(process.argv[2] || "")) continue;
  const began = Date.now();
  try {
    await test();
    console.log(`ok   ${name} (${Date.now() - began} ms)`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}\n${error.stack}`);
  }
}
await browser.close();
rmSync(folder, { recursive: true, force: true });
console.log(failed ? `${failed} failed` : "all passed");
process.exit(failed ? 1 : 0);
