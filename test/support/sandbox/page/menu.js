import { button, el, keep } from "./dom.js";
import { label, pageLang, t } from "./words.js";

let count = 0;

/**
 * The button and the panel with everything that can be done on a phone beside typing.
 * @param {import("./phone.js").Phone} phone
 */
export function menuOf(phone) {
  const id = `menu-${++count}`;
  const list = el("div", { className: "acts" });
  const panel = el("div", { id, className: "menu", hidden: true }, list);
  const toggle = button("⋮", () => open(panel.hidden), {
    className: "more",
    "aria-expanded": "false",
    "aria-controls": id,
    "data-label": "more",
  });

  /** @param {boolean} wanted */
  function open(wanted) {
    panel.hidden = !wanted;
    toggle.setAttribute("aria-expanded", String(wanted));
    if (wanted) panel.querySelector("button")?.focus();
  }

  /** @param {() => void} run */
  function close(run) {
    open(false);
    toggle.focus();
    run();
  }

  panel.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape") close(() => {});
  });
  if (phone.network === "telegram")
    panel.append(linkForm((payload) => close(() => void phone.act({ do: "open", payload }))));

  /** @param {string} what */
  function run(what) {
    if (what === "over") phone.startOver();
    else if (what === "location") void phone.act({ do: "location", ...phone.world().place });
    else void phone.act({ do: "send", what });
  }

  /** Starting has words of its own on every network. @param {string} what */
  const nameOf = (what) => t(what === "start" ? `first_${phone.network}` : `act_${what}`);
  return {
    nodes: [toggle, panel],
    label: () => label(panel),
    /** @param {readonly string[]} acts */
    show(acts) {
      const all = [...acts.slice(0, 1), "location", ...acts.slice(1), "over"];
      const made = (/** @type {string} */ what) => button(nameOf(what), () => close(() => run(what)));
      keep(list, all, (what) => `${pageLang()} ${what}`, made);
    },
  };
}

/** Opens the chat by a link or a poster's code. @param {(payload: string) => void} onOpen */
export function linkForm(onOpen) {
  const input = el("input", {
    name: "payload",
    pattern: "[A-Za-z0-9_\\-]{1,64}",
    required: true,
    autocomplete: "off",
    placeholder: "quiz_01",
  });
  const form = el("form", { className: "link" });
  form.append(el("label", {}, el("span", { "data-t": "payload" }), input), el("button", { "data-t": "open_link" }));
  form.onsubmit = (/** @type {Event} */ event) => {
    event.preventDefault();
    onOpen(input.value);
  };
  return form;
}
