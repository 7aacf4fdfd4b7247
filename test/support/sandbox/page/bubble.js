import { button, el } from "./dom.js";
import { pageLang, t } from "./words.js";

/** @typedef {import("../view-data.ts").MessageView} Message */

/**
 * A message as this kind of app shows it.
 * @param {Message} message
 * @param {(label: string, message: string) => void} onPress
 */
export function bubble(message, onPress) {
  const { from, text, kind, picture, file, buttons } = message;
  const parts = [];
  if (picture) parts.push(el("img", { src: picture, alt: t("picture") }));
  if (file) parts.push(fileLink(file));
  if (text) parts.push(el("p", {}, text));
  if (!text && !picture && !file) parts.push(el("p", { className: "wordless" }, t(`kind_${kind ?? "empty"}`)));
  parts.push(marks(message));
  const box = el("div", { className: "box" }, el("span", { className: "hidden" }, t(`from_${from}`)), ...parts);
  const node = el("div", { className: `bubble ${from}` }, box);
  if (buttons.length > 0) {
    const keys = buttons.map((name) => button(name, () => onPress(name, message.id)));
    node.append(el("div", { className: "keys", role: "group", "aria-label": t("buttons") }, ...keys));
  }
  return node;
}

/** @param {NonNullable<Message["file"]>} file */
function fileLink({ name, size, address }) {
  const kilobytes = t("kilobytes", { count: Math.max(1, Math.round(size / 1024)) });
  return el("a", { className: "file", href: address, download: name }, `${name} · ${kilobytes}`);
}

/** @param {Message} message */
function marks(message) {
  const time = new Date(message.at).toLocaleTimeString(pageLang(), { hour: "2-digit", minute: "2-digit" });
  const said = [message.silent && t("silent"), message.protected && t("protected"), time];
  return el("small", {}, said.filter(Boolean).join(" · "));
}
