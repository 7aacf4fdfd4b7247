/** @typedef {import("../../src/channels/message.ts").NumberedMessage} Message */

/**
 * An element with properties and children; strings become text, never markup.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {object} props @param {(Node | string)[]} kids
 */
export function el(tag, props, ...kids) {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...kids);
  return node;
}

/** One message of either side. `who` is read aloud before it. @param {string} className @param {string} who @param {Node[]} parts */
export function bubble(className, who, ...parts) {
  const speaker = el("span", { className: "sr" }, `${who}: `);
  return el("div", { className: `bubble ${className}`, tabIndex: -1 }, speaker, ...parts);
}

/** @param {Message["calls"]} calls */
export function callLinks(calls) {
  return calls.map(({ label, tel }) => el("a", { className: "call", href: `tel:${tel}` }, label));
}

/**
 * What a message of the bot shows above its choices. `owner.save` fetches a file when its button is pressed.
 * @param {Message} message @param {string} base @param {{ save(file: Message["files"][number]): void }} owner
 */
export function messageParts({ text, media, calls, links, files = [] }, base, owner) {
  /** @type {HTMLElement[]} */
  const parts = text ? [el("p", {}, text)] : [];
  const src = media && `${base}media/${media.file}`;
  if (media?.kind === "image") parts.unshift(el("img", { src, alt: "" }));
  if (media?.kind === "voice") parts.push(el("audio", { src, controls: true, preload: "none" }));
  parts.push(...callLinks(calls));
  for (const { label, url } of links) {
    if (/^https?:/.test(url)) parts.push(el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label));
  }
  for (const file of files) parts.push(el("button", { onclick: () => owner.save(file) }, file.label));
  return parts;
}

/**
 * Buttons of which one can be pressed once, until the group loses its class `sent`.
 * @param {string} name @param {Message["choices"]} choices @param {(token: string, label: string) => void} press
 */
export function choiceGroup(name, choices, press) {
  const group = el("div", { className: "choices", tabIndex: -1 });
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", name);
  for (const { label, token } of choices) {
    const onclick = () => {
      if (group.classList.contains("sent")) return;
      group.classList.add("sent");
      press(token, label);
    };
    group.append(el("button", { onclick }, label));
  }
  return group;
}
