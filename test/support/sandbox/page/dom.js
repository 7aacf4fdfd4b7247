/**
 * A new element. Properties are set as they are; `data-…`, `aria-…` and `role` as attributes.
 * @param {string} tag
 * @param {Record<string, any>} [props]
 * @param {(Node | string)[]} children
 * @returns {any}
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (/^(?:data-|aria-|role$|list$)/.test(name)) node.setAttribute(name, value);
    else Object.assign(node, { [name]: value });
  }
  node.append(...children);
  return node;
}

/** A button of the page that submits nothing. @param {string} text @param {() => void} onclick @param {Record<string, any>} [props] */
export function button(text, onclick, props = {}) {
  return el("button", { type: "button", textContent: text, onclick, ...props });
}

/**
 * Makes the children of `parent` show these items in this order. A child stays as it is while its item does, so that
 * focus and reading are not disturbed. Gives the children that are new.
 * @template T
 * @param {HTMLElement} parent
 * @param {readonly T[]} items
 * @param {(item: T) => string} keyOf names an item; the same name stands once
 * @param {(item: T) => HTMLElement} make
 * @returns {HTMLElement[]}
 */
export function keep(parent, items, keyOf, make) {
  const old = new Map([...parent.children].map((child) => [child.getAttribute("data-key"), child]));
  /** @type {HTMLElement[]} */
  const fresh = [];
  const children = items.map((item) => {
    const key = keyOf(item);
    const known = old.get(key);
    old.delete(key);
    if (known) return known;
    const made = make(item);
    made.setAttribute("data-key", key);
    fresh.push(made);
    return made;
  });
  for (const gone of old.values()) gone.remove();
  for (const [i, child] of children.entries()) {
    if (parent.children[i] !== child) parent.insertBefore(child, parent.children[i] ?? null);
  }
  return fresh;
}
