// The page, and how elements are made: text is always text.

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const data = JSON.parse($("#data").textContent);
const isArticle = document.body.classList.contains("article");

const h = (tag, props, ...kids) => {
  const it = document.createElement(tag);
  for (const [name, value] of Object.entries(props || {})) {
    if (name.startsWith("on")) it.addEventListener(name.slice(2), value);
    else if (name in it && name !== "list" && name !== "form") it[name] = value;
    else it.setAttribute(name, value);
  }
  it.append(...kids.filter((kid) => kid !== null && kid !== undefined));
  return it;
};

const say = (text) => {
  $("#live").textContent = text;
};

const counted = (n, noun) => `${n} ${noun}${n === 1 ? "" : "s"}`;

// A preference that outlives the page, where the browser keeps any.
const preference = (name, value) => {
  try {
    if (value === undefined) return localStorage.getItem(`hexapla:${name}`);
    localStorage.setItem(`hexapla:${name}`, value);
  } catch {
    return null;
  }
  return value;
};

// The text of a segment as the article has it. What HTML cannot hold stands as a number.
const written = (cell) => {
  const text = $(".t", cell);
  let out = "";
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) out += node.data;
    else if (node.dataset && node.dataset.x) out += String.fromCodePoint(parseInt(node.dataset.x, 16));
    else node.childNodes.forEach(walk);
  };
  if (text) walk(text);
  return out;
};
