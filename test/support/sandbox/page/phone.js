import { ask } from "./ask.js";
import { bubble } from "./bubble.js";
import { button, el, keep } from "./dom.js";
import { menuOf } from "./menu.js";
import { label, pageLang, t } from "./words.js";

/** @typedef {import("../view-data.ts").NetworkView} NetworkView */

const TOAST_MS = 4000;
/** A reader who is this near to the end sees the newest message. */
const NEAR_END = 120;

/** One phone with one network's app open. */
export class Phone {
  /** @param {string} network @param {() => { person: string, place: { latitude: number, longitude: number } }} world */
  constructor(network, world) {
    this.network = network;
    this.world = world;
    this.answers = 0;
    this.chat = "";
    this.log = el("div", { className: "log", role: "log", tabIndex: 0, "data-label": "log" });
    this.first = button("", () => this.act({ do: "send", what: "start" }), { className: "first" });
    this.toast = el("p", { className: "toast", role: "status" });
    this.keys = el("div", { className: "keyboard" });
    this.blocked = el("p", { className: "notice", "data-t": "you_blocked", hidden: true });
    this.input = el("textarea", { rows: 1, maxLength: 20000, spellcheck: false, "data-label": "input" });
    this.form = el(
      "form",
      { className: "compose" },
      this.input,
      el("button", { "data-t": "send", className: "strong" }),
    );
    this.menu = menuOf(this);
    const bar = el(
      "header",
      { className: "bar" },
      el("div", {}, el("strong", {}, "An Tâm"), this.nameLine()),
      ...this.menu.nodes,
    );
    const parts = [bar, this.log, this.first, this.toast, this.keys, this.blocked, this.form];
    this.node = el("article", { className: `phone ${network}`, "aria-label": t(`network_${network}`) }, ...parts);
    this.listen();
  }

  nameLine() {
    return el("small", { "data-t": `network_${this.network}` });
  }

  listen() {
    this.form.onsubmit = (/** @type {Event} */ event) => this.sendText(event);
    this.input.onkeydown = (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.sendText(event);
    };
  }

  /** @param {object} act */
  async act(act) {
    const done = await ask("/act", { person: this.world().person, network: this.network, act });
    if (done === null) this.say(t("not_possible"));
  }

  startOver() {
    void ask("/start-over", { person: this.world().person, network: this.network });
  }

  /** @param {Event} event */
  sendText(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (text === "") return;
    this.input.value = "";
    void this.act({ do: "type", text });
  }

  /** @param {string} text for a moment */
  say(text) {
    clearTimeout(this.timer);
    this.toast.textContent = text;
    this.timer = setTimeout(() => {
      this.toast.textContent = "";
    }, TOAST_MS);
  }

  /** Writes all texts anew. */
  label() {
    label(this.node);
    this.node.setAttribute("aria-label", t(`network_${this.network}`));
    this.first.textContent = t(`first_${this.network}`);
    this.input.placeholder = t("input");
    this.menu.label();
  }

  /** @param {NetworkView} view */
  show({ chat, messages, keyboard, answer, acts, blocked }) {
    if (chat !== this.chat) this.answers = answer.count;
    const near = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_END;
    const onPress = (/** @type {string} */ name, /** @type {string} */ message) =>
      void this.act({ do: "press", label: name, message });
    const keyOf = (/** @type {typeof messages[number]} */ message) =>
      `${pageLang()} ${chat} ${JSON.stringify(message)}`;
    const fresh = keep(this.log, messages, keyOf, (message) => bubble(message, onPress));
    if (fresh.length > 0 && (near || chat !== this.chat)) this.log.scrollTop = this.log.scrollHeight;
    this.chat = chat;
    this.first.hidden = messages.length > 0;
    keep(this.keys, keyboard, String, (name) => button(name, () => void this.act({ do: "press", label: name })));
    if (answer.count > this.answers) this.say(answer.text);
    this.answers = answer.count;
    this.blocked.hidden = !blocked;
    this.form.hidden = blocked;
    this.menu.show(acts);
  }
}
