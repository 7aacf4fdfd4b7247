import { Line } from "./line.js";
import { Memory } from "./memory.js";
import { bubble, callLinks, choiceGroup, el, messageParts } from "./view.js";

const BASE = new URL("..", import.meta.url).href;
const ESCAPES = { times: 3, ms: 1500 };
/** `data-t`: text by key; `data-do`: the method that a press calls. */
const FRAME = `<link id="sheet" rel="stylesheet" href="${BASE}widget/chat.css">
<div id="frame" hidden>
<header><strong data-t="title"></strong>
<button type="button" data-do="switchLanguage" data-t="language" id="language"></button>
<button type="button" data-do="shut" data-t="close" id="shut"></button>
<button type="button" data-do="leave" data-t="quick_exit" class="exit"></button>
<div><small id="operator"></small><small class="keys" data-t="quick_exit_hint"></small></div></header>
<div class="log" id="log" role="log" tabindex="0"><div class="dots" id="dots" aria-hidden="true" hidden><i></i><i></i><i></i></div></div>
<div class="status" id="status" role="status"></div>
<div class="bar"><button type="button" data-do="standing" data-t="menu"></button>
<button type="button" data-do="standing" data-t="help" class="help"></button>
<button type="button" data-do="sharePlace" data-t="share_place" id="place" hidden></button></div>
<form autocomplete="off"><textarea id="input" rows="1" maxlength="4000" autocomplete="off" spellcheck="false"></textarea>
<button class="send" data-t="send"></button></form>
</div>`;

async function loadConfig() {
  for (let ms = 1000; ; ms = Math.min(ms * 2, 15000)) {
    const answer = await fetch(`${BASE}api/config`, { credentials: "omit" }).catch(() => null);
    if (answer?.ok) return answer.json();
    await new Promise((resolve) => setTimeout(resolve, ms));
  }
}

/** The chat. Attributes: `lang`, `start` (deep-link payload), `closable` (its button fires `an-tam-close`). */
class AnTamChat extends HTMLElement {
  async connectedCallback() {
    this.memory = new Memory();
    this.escapes = [];
    this.onKey = (event) => this.countEscape(event);
    addEventListener("keydown", this.onKey, true);
    const { now } = this.memory;
    this.lang = now.lang = now.lang || this.lang || "vi";
    this.config = await loadConfig();
    if (!this.isConnected) return;
    this.build();
    this.line = new Line(BASE, this.memory, this);
    this.begin();
  }

  disconnectedCallback() {
    removeEventListener("keydown", this.onKey, true);
    this.line?.close();
  }

  build() {
    const root = this.attachShadow({ mode: "open" });
    root.innerHTML = FRAME;
    for (const node of root.querySelectorAll("[id]")) this[`$${node.id}`] = node;
    this.$sheet.onload = this.$sheet.onerror = () => {
      this.$frame.hidden = false;
    };
    this.$frame.onclick = ({ target: { dataset } }) => this[dataset.do]?.(dataset);
    this.$shut.hidden = !this.hasAttribute("closable");
    this.$input.onkeydown = (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.sendText(event);
    };
    root.querySelector("form").onsubmit = (event) => this.sendText(event);
    this.label();
  }

  t(key) {
    return this.config.texts[this.lang][key];
  }

  /** Writes every standing text in the present language. */
  label() {
    for (const node of this.shadowRoot.querySelectorAll("[data-t]")) node.textContent = this.t(node.dataset.t);
    this.$language.lang = this.lang === "vi" ? "en" : "vi";
    this.$operator.textContent = this.t("operator").replace("{{operator}}", this.config.operator.name[this.lang]);
    this.$log.setAttribute("aria-label", this.t("log"));
    this.$input.setAttribute("aria-label", this.t("input_label"));
    this.$input.placeholder = this.t("input_placeholder");
  }

  /** A deep link counts once, not again when its page is loaded again. */
  begin() {
    const url = new URL(location.href);
    const linked = url.searchParams.has("start");
    url.searchParams.delete("start");
    if (linked) history.replaceState(null, "", url.href);
    const payload = (linked || !this.memory.now.after) && this.getAttribute("start");
    this.send(payload ? { kind: "start", payload } : { kind: "start" });
  }

  /** `words` are shown at once as the person's own. */
  send(input, words) {
    const own = words && bubble("me waiting", this.t("you"), el("p", {}, words));
    if (own) this.$log.insertBefore(own, this.$dots);
    this.$dots.hidden = false;
    this.$log.scrollTop = this.$log.scrollHeight;
    this.line.send(input, own);
  }

  press(token, label) {
    this.send({ kind: "choice", token }, label);
  }

  /** Menu and help: ways out that belong to no message. */
  standing({ t }) {
    this.press(`::${t}`, this.t(t));
  }

  shut() {
    this.dispatchEvent(new Event("an-tam-close"));
  }

  switchLanguage() {
    this.lang = this.lang === "vi" ? "en" : "vi";
    this.memory.save({ lang: this.lang });
    this.label();
    this.send({ kind: "text", text: `/lang-${this.lang}` });
  }

  sendText(event) {
    event.preventDefault();
    const text = this.$input.value.trim();
    this.$input.value = "";
    this.$input.focus();
    if (text) this.send({ kind: "text", text }, text);
  }

  /** Rounded to about one kilometre: enough to find the commune. */
  sharePlace() {
    const near = (degrees) => Math.round(degrees * 100) / 100;
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) =>
        this.send({ kind: "location", latitude: near(latitude), longitude: near(longitude) }, this.t("share_place")),
      () => this.tell(this.t("place_denied")),
      { timeout: 15000, maximumAge: 600000 },
    );
  }

  answer({ messages, keep = this.memory.now.keep, restarted }, own) {
    this.settle(own);
    const after = restarted ? 0 : this.memory.now.after;
    const fresh = messages.filter(({ seq }) => seq > after);
    this.memory.save({ keep, after: fresh.length ? fresh[fresh.length - 1].seq : after });
    if (fresh.length) this.show(fresh);
  }

  refused(data, own) {
    this.settle(own);
    own?.append(el("small", {}, this.t("not_sent")));
    this.tell(data?.error?.message ?? this.t("not_sent"));
  }

  settle(own) {
    own?.classList.remove("waiting");
    this.$dots.hidden = !this.line.queue.length;
    for (const group of this.$log.querySelectorAll(".sent")) group.classList.remove("sent");
  }

  show(messages) {
    const log = this.$log;
    const remove = (what) => {
      for (const old of log.querySelectorAll(what)) old.remove();
    };
    const pressed = this.shadowRoot.activeElement?.closest(".choices");
    remove(".choices");
    let first;
    for (const message of messages) {
      const parts = messageParts(message, BASE);
      const nodes = parts.length ? [bubble("bot", this.t("bot"), ...parts)] : [];
      if (message.choices.length) {
        nodes.push(choiceGroup(this.t("choices"), message.choices, (token, label) => this.press(token, label)));
      }
      if (message.clear) remove(".bubble, .choices");
      first = (!message.clear && first) || nodes[0];
      for (const node of nodes) log.insertBefore(node, log.querySelector(".waiting") ?? this.$dots);
    }
    const { expects } = messages[messages.length - 1];
    this.$place.hidden = expects !== "place" || !navigator.geolocation;
    this.$input.inputMode = expects === "number" ? "numeric" : "text";
    if (first) log.scrollTop = first.offsetTop - 12;
    if (pressed) first?.focus({ preventScroll: true });
  }

  trouble(key) {
    this.$dots.hidden = !this.line.queue.length || key !== "";
    const calls = key && key !== "busy" ? callLinks(this.config.calls[this.lang]) : [];
    if (calls.length) calls.unshift(el("p", {}, this.t("urgent_calls")));
    this.tell(key && this.t(key), ...calls);
  }

  /** Says a thing once, not again at every try. */
  tell(text, ...more) {
    if (this.told === text) return;
    this.told = text;
    this.$status.textContent = text;
    this.$status.append(...more);
  }

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
