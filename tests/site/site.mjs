// A help site in a real browser, from a disk: valid, accessible, searchable, printable, and harmless.
//
//   HEXAPLA=target/release/hexapla [CORPUS=FOLDER OF ARTICLES] node site.mjs [PART OF A TEST'S NAME]

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";
import { harmful, rightToLeft } from "./projects.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const hexapla = resolve(process.env.HEXAPLA || join(root, "target/debug/hexapla"));
const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const vnu = join(dirname(require.resolve("vnu-jar/package.json")), "build/dist/vnu.jar");
const work = mkdtempSync(join(tmpdir(), "hexapla-site-"));
const say = (text) => console.log(`   ${text}`);

const run = (...args) => execFileSync(hexapla, args, { encoding: "utf8", maxBuffer: 1 << 30, cwd: work, stdio: ["ignore", "pipe", "inherit"] });
const render = (project, name, ...more) => {
  run("render", project, "--to", "site", "-o", join(work, name), "-q", ...more);
  return join(work, name);
};
const pages = (folder) => readdirSync(folder, { recursive: true }).filter((it) => it.endsWith(".html")).map((it) => join(folder, it)).sort();
const shown = (file) => relative(work, file);

const sample = render(join(root, "content"), "sample", "--base-url", "https://example.org/help");
const turned = render(rightToLeft(join(work, "garden")), "turned");
const evil = render(harmful(join(work, "harm")), "evil");
// Articles of a larger project, where there is one; nothing of it is kept.
const project = process.env.CORPUS && existsSync(process.env.CORPUS) ? resolve(process.env.CORPUS) : join(root, "content");
const large = process.env.CORPUS ? render(project, "large") : sample;

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});

// A page, with everything it must not do written down.
const open = async (file, { width = 1280, scheme = "light", fragment = "" } = {}) => {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && faults.push(`console: ${message.text()}`));
  page.on("dialog", (dialog) => (faults.push(`dialog: ${dialog.message()}`), dialog.dismiss()));
  page.on("request", (request) => {
    const inside = request.url().startsWith(pathToFileURL(work).href) || request.url().startsWith("data:");
    if (!inside) faults.push(`request: ${request.url()}`);
  });
  page.on("requestfailed", (request) => faults.push(`failed: ${request.url()}`));
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: scheme },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
  await page.goto(pathToFileURL(file).href + fragment, { waitUntil: "load" });
  return { page, faults, close: () => context.close() };
};
const settled = (page, query) => page.waitForFunction((query) => document.getElementById("hx-results").dataset.query === query, { timeout: 10000 }, query);
const search = async (page, query) => {
  await page.$eval("#hx-q", (field, query) => {
    field.value = query;
    field.form.requestSubmit();
  }, query);
  await settled(page, query);
  return page.$$eval("#hx-results > li > a", (all) => all.map((it) => ({ href: it.getAttribute("href"), text: it.textContent })));
};

// Procedures and their titles, from the model.
const titles = (tag) => {
  const { procedures } = JSON.parse(run("render", project, "--to", "json", "--locale", tag, "-q"));
  const all = procedures.filter((it) => it.title && it.title.state === "ok" && it.title.locale === tag);
  const count = new Map();
  for (const { title } of all) count.set(title.text, (count.get(title.text) || 0) + 1);
  const own = all.filter((it) => count.get(it.title.text) === 1 && it.title.text.length > 3);
  const step = Math.max(1, Math.floor(own.length / 20));
  return own.filter((_, at) => at % step === 0).slice(0, 20).map((it) => it.title.text);
};
// A phrase from the middle of a title: words, or characters where no spaces are.
const phrase = (title, close) => {
  if (close) {
    const chars = [...title];
    const isLatin = (at) => /[a-z0-9]/i.test(chars[at] || "");
    let from = Math.max(0, Math.floor((chars.length - 8) / 2));
    let to = from + 8;
    // Nobody types half a Latin word.
    while (from > 0 && isLatin(from - 1) && isLatin(from)) from -= 1;
    while (isLatin(to - 1) && isLatin(to)) to += 1;
    return chars.slice(from, to).join("");
  }
  const words = title.split(/\s+/);
  return words.length <= 3 ? title : words.slice(words.length > 4 ? 1 : 0, 5).join(" ");
};

const axeFinds = async (page) => {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"], preload: false, rules: { "target-size": { enabled: true } } }));
  return found.violations.map((it) => `${it.id}: ${it.nodes.slice(0, 3).map((node) => `${node.target} ${node.any.concat(node.all).map((any) => any.message)}`).join(" | ")}`);
};

const kinds = {
  languages: join(sample, "index.html"),
  contents: join(sample, "de-DE/index.html"),
  topic: join(sample, "zh-CN/buy-a-subscription.html"),
  procedure: join(sample, "ru-RU/buy-a-subscription--place-the-order.html"),
  policies: join(sample, "ja-JP/policies.html"),
  questions: join(sample, "en-US/questions.html"),
  faq: join(sample, "zh-TW/faq.html"),
  search: join(sample, "ja-JP/search.html"),
  "right to left": join(turned, "ar-SA/water.html"),
  "right to left, steps": join(turned, "ar-SA/water--turn-on-the-water.html"),
  "right to left, contents": join(turned, "ar-SA/index.html"),
};

const tests = {
  "every page is valid HTML": () => {
    const more = large === sample ? [] : pages(large).filter((_, at) => at % 25 === 0);
    const files = [...pages(sample), ...pages(turned), ...pages(evil), ...more];
    const list = join(work, "files");
    writeFileSync(list, files.join("\n"));
    // Its guess at the language of a text takes dice: a Chinese page full of product names is English on some runs.
    const { stderr } = spawnSync("java", ["-Xss4m", "-jar", vnu, "--no-langdetect", "--format", "json", ...files], { encoding: "utf8", maxBuffer: 1 << 28 });
    // The checker takes the page's policy for that of another address.
    const messages = JSON.parse(stderr).messages.filter((it) => !it.message.includes("Content Security Policy"));
    assert.deepEqual(messages.map((it) => `${basename(it.url)}:${it.lastLine}: ${it.message}`), []);
    say(`vnu: nothing in ${files.length} pages`);
  },

  "axe finds nothing, in light and dark, wide and narrow": async () => {
    let count = 0;
    for (const [kind, file] of Object.entries(kinds)) {
      for (const [scheme, width] of [["light", 1280], ["dark", 400]]) {
        const { page, faults, close } = await open(file, { scheme, width });
        if (kind === "search") assert.ok((await search(page, "返金")).length > 0);
        if (kind === "topic") await page.$eval("details.menu", (menu) => (menu.open = true));
        assert.deepEqual(await axeFinds(page), [], `${kind}, ${scheme}`);
        assert.deepEqual(faults, [], kind);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${kind} scrolls sideways at ${width}`);
        count += 1;
        await close();
      }
    }
    say(`axe: nothing in ${count} views`);
  },

  "from a Chinese step to its Russian twin": async () => {
    const { page, faults, close } = await open(join(sample, "zh-CN/buy-a-subscription--place-the-order.html"), { width: 400 });
    await page.click("#step-4 > a.number");
    assert.match(page.url(), /#step-4$/);
    const twin = async (tag) => {
      await page.click("details.menu > summary");
      await Promise.all([page.waitForNavigation(), page.click(`.languages a[hreflang="${tag}"]`)]);
    };
    await twin("ru-RU");
    assert.match(page.url(), /ru-RU\/buy-a-subscription--place-the-order\.html#step-4$/);
    assert.equal(await page.evaluate(() => document.documentElement.lang), "ru-RU");
    const place = () => page.$eval("#step-4", (it) => it.getBoundingClientRect().top);
    assert.ok((await place()) < 900 && (await place()) > -20);
    // A reader who scrolls and clicks no number lands at the step at the top.
    await page.evaluate(() => history.replaceState(null, "", location.pathname));
    await page.$eval("#step-3", (it) => { document.body.style.paddingBlockEnd = "60rem"; scrollTo(0, it.getBoundingClientRect().top + scrollY - 70); });
    // By keyboard: the menu is far up, and opens where it stands.
    await page.$eval("details.menu", (menu) => (menu.open = true));
    await page.$eval('.languages a[hreflang="ja-JP"]', (link) => link.focus({ preventScroll: true }));
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    assert.match(page.url(), /ja-JP\/.*#step-3(-1)?$/);
    assert.deepEqual(faults, []);
    await close();
  },

  "the ids of steps are the same in all locales, and all links lead somewhere": () => {
    const steps = new Map();
    let links = 0;
    const files = [...pages(sample), ...pages(turned), ...pages(evil)].map((file) => [file, readFileSync(file, "utf8")]);
    const plain = (text) => text.replaceAll("&#39;", "'").replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
    const ids = new Map(files.map(([file, text]) => [file, new Set([...text.matchAll(/ id="([^"]*)"/g)].map((it) => plain(it[1])))]));
    for (const [file, text] of files) {
      if (/<body class="page-procedure">/.test(text)) {
        const own = [...text.matchAll(/ id="(step-[^"]*)"/g)].map((it) => it[1]).join(" ");
        const name = file.replace(/\/[a-z]{2}-[A-Z]{2}\//, "/*/");
        assert.equal(steps.get(name) || own, own, shown(file));
        steps.set(name, own);
      }
      for (const [, href] of text.matchAll(/ (?:href|src|action)="([^"]*)"/g)) {
        if (/^(https:\/\/|mailto:)/.test(href)) continue;
        const [path, id] = decodeURIComponent(plain(href)).split("#");
        const to = path ? join(dirname(file), path) : file;
        assert.ok(existsSync(to), `${shown(file)} links to ${href}`);
        if (id) assert.ok(ids.get(to).has(id), `${shown(file)} links to ${href}`);
        links += 1;
      }
      assert.doesNotMatch(text, /<(script|img|source|iframe)[^>]* src="(https?:)?\/\//, shown(file));
      assert.doesNotMatch(text, /<link rel="stylesheet" href="(https?:)?\/\//, shown(file));
    }
    say(`${links} links lead somewhere`);
  },

  "a query is cut as the index was": async () => {
    const tags = readdirSync(join(large, "assets/search"));
    let words = 0;
    for (const tag of [...tags.map((it) => [large, it]), [turned, "ar-SA"]]) {
      const { page, close } = await open(join(tag[0], tag[1], "search.html"));
      const parts = {};
      const folder = join(tag[0], "assets/search", tag[1]);
      for (const file of readdirSync(folder)) {
        new Function("hexaplaSearch", readFileSync(join(folder, file), "utf8"))((_, name, data) => (parts[name] = data));
      }
      const index = new Map();
      for (let at = 0; parts[`t${at}`]; at += 1) {
        for (let i = 0; i < parts[`t${at}`].length; i += 2) {
          let number = 0;
          index.set(parts[`t${at}`][i], new Set(parts[`t${at}`][i + 1].map((step) => (number += step >> 4))));
        }
      }
      const found = Array.from({ length: parts.index.pages }, (_, at) => parts[`d${Math.floor(at / parts.index.each)}`][at % parts.index.each]);
      // The last word of a text that was cut may be half a word.
      const texts = found.map(([, title, , , text]) => `${title} \u0001 ${[...text].length < 1200 ? text : text.replace(/[\p{L}\p{N}\p{M}]+$/u, "")}`);
      const cut = await page.evaluate((texts) => texts.map((text) => window.hexaplaTerms(text)), texts);
      cut.forEach((terms, at) => terms.forEach((term) => {
        assert.ok(index.get(term)?.has(at), `${tag[1]}: “${term}” of “${found[at][1]}”`);
        words += 1;
      }));
      await close();
    }
    say(`${words} terms are cut alike in Rust and in the browser`);
  },

  "procedures are found by a phrase from their titles": async () => {
    const missed = [];
    let [asked, found, first] = [0, 0, 0];
    for (const [tag, close] of [["ja-JP", true], ["zh-CN", true], ["ru-RU", false], ["de-DE", false]]) {
      const { page, faults, close: end } = await open(join(large, tag, "search.html"));
      for (const title of titles(tag)) {
        const results = await search(page, phrase(title, close));
        const place = results.findIndex((it) => it.text === title && it.href.includes("--"));
        asked += 1;
        found += place >= 0 && place < 10 ? 1 : 0;
        first += place === 0 ? 1 : 0;
        if (place < 0 || place >= 10) missed.push(`${tag}: ${phrase(title, close)} → ${place} of ${results.length}`);
      }
      assert.deepEqual(faults, []);
      await end();
    }
    say(`${found} of ${asked} procedures are among the first ten, ${first} of them the first`);
    assert.deepEqual(missed, []);
  },

  "the search by keyboard, from any page, and in the language of the source": async () => {
    const { page, faults, close } = await open(join(sample, "de-DE/add-users.html"));
    await page.keyboard.press("/");
    await page.keyboard.type("rechnung bez");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    await settled(page, "rechnung bez");
    assert.match(await page.$eval("#hx-status", (it) => it.textContent), /^Treffer: [1-9]/);
    await page.focus("#hx-q");
    await page.keyboard.press("ArrowDown");
    assert.equal(await page.evaluate(() => document.activeElement.closest("li") === document.querySelector("#hx-results > li")), true);
    await page.keyboard.press("ArrowUp");
    assert.equal(await page.evaluate(() => document.activeElement.id), "hx-q");
    assert.ok((await search(page, "valid payment method")).length > 0, "a sentence that fell back is found");
    assert.deepEqual(await search(page, "zzzz qqqq"), []);
    assert.equal(await page.$eval("#hx-status", (it) => it.textContent), "Nichts gefunden");
    assert.deepEqual(faults, []);
    await close();
  },

  "the sheet of policies narrows": async () => {
    const { page, close } = await open(join(sample, "en-US/policies.html"));
    const count = () => page.$$eval("li.policy", (all) => all.filter((it) => it.checkVisibility()).length);
    const all = await count();
    await page.click('[data-show="deadline"]');
    const some = await count();
    assert.ok(some > 0 && some < all);
    await page.click('[data-show="all"]');
    assert.equal(await count(), all);
    await close();
  },

  "light and dark are the reader's choice": async () => {
    const { page, close } = await open(kinds.procedure);
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await paper();
    await page.click("button.theme");
    await page.click("button.theme");
    assert.notEqual(await paper(), light);
    await close();
  },

  "a page prints": async () => {
    const { page, close } = await open(kinds.procedure);
    const pdf = await page.pdf({ format: "A4" });
    assert.equal(Buffer.from(pdf.slice(0, 5)).toString(), "%PDF-");
    await page.emulateMediaType("print");
    for (const gone of [".find", ".menu", ".turn"]) {
      assert.equal(await page.$eval(gone, (it) => it.checkVisibility()), false, gone);
    }
    assert.ok(await page.$eval("#step-1", (it) => it.checkVisibility()));
    await close();
  },

  "articles that mean harm do none": async () => {
    for (const file of pages(evil)) {
      const { page, faults, close } = await open(file);
      await page.$$eval("main a, main img", (all) => all.forEach((it) => it.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }))));
      const bad = await page.evaluate(() => [...document.querySelectorAll("*")].flatMap((it) => [...it.attributes].filter((at) => /^on/i.test(at.name) || /^(javascript|data):/i.test(at.value)).map((at) => `${at.name}=${at.value}`)));
      assert.deepEqual([bad, faults], [[], []], shown(file));
      await close();
    }
    const { page, faults, close } = await open(join(evil, "en-US/search.html"));
    assert.ok((await search(page, "script alert")).length > 0);
    assert.equal(await page.$$eval("#hx-results script, #hx-results img, #hx-results svg", (all) => all.length), 0);
    assert.deepEqual(faults, []);
    await close();
    const names = readdirSync(evil, { recursive: true }).map((it) => it.toLowerCase());
    assert.equal(new Set(names).size, names.length);
  },
};

const wanted = process.argv[2] || "";
let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  if (!name.includes(wanted)) continue;
  const start = Date.now();
  try {
    await test();
    console.log(`ok ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}\n${error.message}`);
  }
}
await browser.close();
rmSync(work, { recursive: true, force: true });
process.exit(failed ? 1 : 0);
