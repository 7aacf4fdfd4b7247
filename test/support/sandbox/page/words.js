const KEY = "lang";
/** @type {Record<string, Record<string, string>>} */
const texts = await (await fetch("/texts.json")).json();

let lang = new URL(location.href).searchParams.get(KEY) === "en" ? "en" : "vi";

/** The language of this page, not of the phones. */
export function pageLang() {
  return lang;
}

/** The text of a key of texts/<lang>.yaml. @param {string} key @param {Record<string, string | number>} [params] */
export function t(key, params = {}) {
  const text = texts[lang][key] ?? key;
  return text.replace(/\{\{(\w+)\}\}/g, (_, name) => String(params[name] ?? ""));
}

/** Writes the standing texts below `root` in the present language. @param {ParentNode} root */
export function label(root) {
  for (const node of marked(root, "data-t")) node.textContent = t(node.getAttribute("data-t") ?? "");
  for (const node of marked(root, "data-hint")) node.setAttribute("title", t(node.getAttribute("data-hint") ?? ""));
  for (const node of marked(root, "data-label")) {
    node.setAttribute("aria-label", t(node.getAttribute("data-label") ?? ""));
  }
}

/** @param {ParentNode} root @param {string} name */
function marked(root, name) {
  return root.querySelectorAll(`[${name}]`);
}

/** Changes to the other language; loading the page again keeps it. */
export function otherLang() {
  lang = lang === "vi" ? "en" : "vi";
  const url = new URL(location.href);
  url.searchParams.set(KEY, lang);
  history.replaceState(null, "", url);
}
