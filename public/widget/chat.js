import { Line } from "./line.js";
import { Memory } from "./memory.js";
import { bubble, callLinks, choiceGroup, el, messageParts } from "./view.js";

/** @typedef {import("../../src/channels/message.ts").NumberedMessage} Message */

const BASE = new URL("..", import.meta.url).href;
const ESCAPES = { times: 3, ms: 1500 };
/** `data-t`: text by key; `data-do`: the method that a press calls. */
const FRAME = `<link id="sheet" rel="stylesheet" href="${BASE}widget/chat.css">
<div id="frame" hidden>
<header><strong data-t="title"></strong><button data-do="shut" id="shut">–</button>
<button data-do="leave" data-t="quick_exit" class="exit"></button>
<div><small id="operator"></small><small class="keys" data-t="quick_exit_hint"></small></div>
<button data-do="switchLanguage" data-t="language" id="language"></button></header>
<div id="log" role="log" aria-live="polite" tabindex="0"><div id="dots" aria-hidden="true" hidden><i></i><i></i><i></i></div></div>
<div id="status" role="status"></div>
<div class="bar"><button data-do="standing" data-t="menu"></button>
<button data-do="standing" data-t="help" class="help"></button>
<button data-do="sharePlace" data-t="share_place" id="place" hidden></button></div>
<form id="form" autocomplete="off"><textarea id="input" rows="1" maxlength="4000" autocomplete="off" spellcheck="false"></textarea>
<button class="send" data-t="send"></button></form>
</div>`;

async function loadConfig() {
  for (let ms = 1000; ; ms = Math.min(ms * 2, 15000)) {
    const answer = await fetch(`${BASE}api/config`, { credentials: "omit" }).catch(() => null);
    if (answer?.ok) return answer.json();
    await new Promise((resolve) => setTimeout(resolve, ms));
  }
}

/**
 * The chat. Attributes: `lang`, `start` (deep-link payload), `closable` (its button fires `an-tam-close`). Fires
 * `an-tam-ready` once it can be used.
 */
class AnTamChat extends HTMLElement {
  async connectedCallback() {
    this.memory = new Memory();
    /** @type {number[]} */
    this.escapes = [];
    /** Every part of the frame that has an id. @type {Record<string, any>} */
    this.$ = {};
    this.onKey = (event) => this.countEscape(event);
    addEventListener("keydown", this.onKey, true);
    const { now } = this.memory;
    this.lang = now.lang = now.lang || this.lang || "vi";
    this.config = await loadConfig();
    if (!this.isConnected) return;
    this.build();
    this.line = new Line(BASE, this.memory, this);
    this.begin();
    this.dispatchEvent(new Event("an-tam-ready"));
  }

  disconnectedCallback() {
    removeEventListener("keydown", this.onKey, true);
    this.line?.close();
  }

  build() {
    const root = this.attachShadow({ mode: "open" });
    root.innerHTML = FRAME;
    for (const node of root.querySelectorAll("[id]")) this.$[node.id] = node;
    this.$.sheet.onload = this.$.sheet.onerror = () => {
      this.$.frame.hidden = false;
    };
    this.$.frame.onclick = ({ target: { dataset } }) => this[dataset.do]?.(dataset);
    this.$.shut.hidden = !this.hasAttribute("closable");
    this.$.input.onkeydown = (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.sendText(event);
    };
    this.$.form.onsubmit = (event) => this.sendText(event);
    this.label();
  }

  /** @param {string} key of `locales/<lang>/web.yaml` */
  t(key) {
    return this.config.texts[this.lang][key];
  }

  /** Writes every standing text in the present language. */
  label() {
    for (const node of this.$.frame.querySelectorAll("[data-t]")) node.textContent = this.t(node.dataset.t);
    this.$.language.lang = this.lang === "vi" ? "en" : "vi";
    this.$.operator.textContent = this.t("operator").replace("{{operator}}", this.config.operator.name[this.lang]);
    for (const name of ["log", "input", "shut"]) this.$[name].setAttribute("aria-label", this.t(name));
    this.$.input.placeholder = this.t("placeholder");
  }

  /** A deep link counts once, not again when its page is loaded again. */
  begin() {
    const url = new URL(location.href);
    const linked = url.searchParams.has("start");
    url.searchParams.delete("start");
    if (linked) history.replaceState(null, "", url.href);
    const payload = (linked || !this.memory.now.after) && this.getAttribute("start");
    this.send({ kind: "start", ...(payload && { payload }) });
  }

  /** `words` are shown at once as the person's own. @param {object} input @param {string} [words] */
  send(input, words) {
    const own = words && bubble("me waiting", this.t("you"), el("p", {}, words));
    const { log, dots } = this.$;
    if (own) log.insertBefore(own, dots);
    dots.hidden = false;
    log.scrollTop = log.scrollHeight;
    this.line.send(input, own);
  }

  /** @param {string} token @param {string} label */
  press(token, label) {
    this.send({ kind: "choice", token }, label);
  }

  /** Menu and help: ways out that belong to no message. @param {DOMStringMap} dataset */
  standing({ t }) {
    this.press(`::${t}`, this.t(t));
  }

  shut() {
    this.dispatchEvent(new Event("an-tam-close"));
  }

  switchLanguage() {
    this.speak(this.$.language.lang);
    this.send({ kind: "text", text: `/lang-${this.lang}` });
  }

  /** @param {string} lang "vi" or "en" */
  speak(lang) {
    this.memory.save({ lang });
    this.lang = lang;
    this.label();
  }

  /** @param {Event} event */
  sendText(event) {
    event.preventDefault();
    const text = this.$.input.value.trim();
    this.$.input.value = "";
    this.$.input.focus();
    if (text) this.send({ kind: "text", text }, text);
  }

  /** Rounded to about one kilometre: enough to find the province. */
  sharePlace() {
    const near = (degrees) => Math.round(degrees * 100) / 100;
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) =>
        this.send({ kind: "location", latitude: near(latitude), longitude: near(longitude) }, this.t("share_place")),
      () => this.tell(this.t("place_denied")),
      { timeout: 15000, maximumAge: 600000 },
    );
  }

  /**
   * @param {Pick<import("../../src/channels/web/protocol.ts").ChatAnswer, "messages"> & { keep?: boolean, restarted?: boolean, lang?: string }} data
   * @param {HTMLElement} [own]
   */
  answer({ messages, keep = this.memory.now.keep, restarted, lang }, own) {
    this.settle(own);
    if (lang) this.speak(lang);
    const after = restarted ? 0 : this.memory.now.after;
    const fresh = messages.filter(({ seq }) => seq > after);
    this.memory.save({ keep, after: fresh.length ? fresh[fresh.length - 1].seq : after });
    if (fresh.length) this.show(fresh, own);
  }

  refused(data, own) {
    this.settle(own);
    own?.append(el("small", {}, this.t("not_sent")));
    this.tell(data?.error?.message ?? this.t("not_sent"));
  }

  settle(own) {
    own?.classList.remove("waiting");
    this.$.dots.hidden = !this.line.queue.length;
    for (const group of this.$.log.querySelectorAll(".sent")) group.classList.remove("sent");
  }

  /** Below the words they answer. @param {readonly Message[]} messages @param {HTMLElement} [own] */
  show(messages, own) {
    const log = this.$.log;
    const remove = (what) => {
      for (const old of log.querySelectorAll(what)) old.remove();
    };
    const pressed = this.shadowRoot.activeElement?.closest(".choices");
    remove(".choices");
    let place = own ? own.nextSibling : (log.querySelector(".waiting") ?? this.$.dots);
    let first;
    for (const message of messages) {
      const parts = messageParts(message, BASE, this);
      const nodes = parts.length ? [bubble("bot", this.t("bot"), ...parts)] : [];
      if (message.choices.length) {
        nodes.push(choiceGroup(this.t("choices"), message.choices, (token, label) => this.press(token, label)));
      }
      if (message.clear) {
        remove(".bubble, .choices");
        place = this.$.dots;
        first = null;
      }
      first = first || nodes[0];
      for (const node of nodes) log.insertBefore(node, place);
    }
    const { expects } = messages[messages.length - 1];
    this.$.place.hidden = expects !== "place" || !navigator.geolocation;
    this.$.input.inputMode = expects === "number" ? "numeric" : "text";
    if (first) log.scrollTop = first.offsetTop - 12;
    if (pressed) first?.focus({ preventScroll: true });
  }

  /** Fetched with the token: no address in a history or log opens it. @param {Message["files"][number]} file */
  async save({ id, name }) {
    const headers = { authorization: `Bearer ${this.memory.now.token}` };
    try {
      const answer = await fetch(`${BASE}api/draft/${id}/${name}`, { headers, credentials: "omit" });
      if (!answer.ok) throw answer;
      const href = URL.createObjectURL(await answer.blob());
      el("a", { href, download: name }).click();
      setTimeout(URL.revokeObjectURL, 60000, href);
    } catch ({ status }) {
      this.tell(this.t(status === 410 ? "error_gone" : "error_unavailable"));
    }
  }

  /** @param {"" | "busy" | "trouble" | "offline"} key */
  trouble(key) {
    this.$.dots.hidden = !this.line.queue.length || key !== "";
    const calls = key && key !== "busy" ? callLinks(this.config.calls[this.lang]) : [];
    if (calls.length) calls.unshift(el("p", {}, this.t("urgent_calls")));
    this.tell(key && this.t(key), ...calls);
  }

  /** Says a thing once, not again at every try. @param {string} text @param {Node[]} more */
  tell(text, ...more) {
    if (this.told === text) return;
    this.told = text;
    this.$.status.textContent = text;
    this.$.status.append(...more);
  }

  /** @param {KeyboardEvent} event */
  countEscape({ key, repeat }) {
    if (key !== "Escape" || repeat) return;
    const now = Date.now();
    this.escapes = [...this.escapes.filter((at) => now - at < ESCAPES.ms), now];
    if (this.escapes.length >= ESCAPES.times) this.leave();
  }

  /** Quick exit: empties the page, forgets here and on the server, and leaves nothing to come back to. */
  leave() {
    const url = `${BASE}api/chat/forget`;
    const { token } = this.memory.now;
    const target = this.config?.exitUrl ?? this.querySelector("a")?.href;
    this.memory.clear();
    this.line?.close();
    document.head.append(el("meta", { name: "referrer", content: "no-referrer" }));
    document.body.textContent = "";
    if (!navigator.sendBeacon?.(url, token)) fetch(url, { method: "POST", body: token, keepalive: true });
    if (target) location.replace(target);
  }
}

customElements.define("an-tam-chat", AnTamChat);
