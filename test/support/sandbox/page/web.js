import { button, el } from "./dom.js";
import { linkForm } from "./menu.js";
import { label, t } from "./words.js";

/** The web chat: the bot's own widget in a small page, one for each person. */
export class WebPhone {
  /** @param {() => { person: string, lang: string, place: { latitude: number, longitude: number } }} world */
  constructor(world) {
    this.world = world;
    /** @type {Map<string, HTMLIFrameElement>} */
    this.frames = new Map();
    this.screen = el("div", { className: "frames" });
    this.gone = el("div", { className: "gone", hidden: true }, el("p", { "data-t": "web_left" }));
    this.gone.append(button("", () => this.startOver(), { "data-t": "act_over", className: "strong" }));
    const over = button("", () => this.startOver(), { "data-t": "act_over" });
    const tools = el("details", { className: "network" }, el("summary", { "data-t": "web_tools" }), el("p", {}, over));
    tools.append(
      linkForm((payload) => this.startOver(payload)),
      el("p", { "data-t": "web_hint" }),
    );
    this.tools = tools;
    const bar = el(
      "header",
      { className: "bar" },
      el("div", {}, el("strong", { "data-t": "web_portal" }), el("small", { "data-t": "network_web" })),
    );
    this.node = el("article", { className: "phone web" }, bar, this.screen, this.gone);
    addEventListener("message", ({ data }) => {
      if (this.frames.has(data?.left)) this.leave(data.left);
    });
  }

  label() {
    label(this.node);
    label(this.tools);
    this.node.setAttribute("aria-label", t("network_web"));
    for (const frame of this.frames.values()) frame.title = t("network_web");
  }

  /** Shows the frame of the person who is chosen now. */
  show() {
    const { person, lang, place } = this.world();
    if (!this.frames.has(person)) this.open(person, lang);
    for (const [name, frame] of this.frames) frame.hidden = name !== person;
    const frame = this.frames.get(person);
    this.gone.hidden = frame?.src !== undefined && frame.src !== "";
    frame?.contentWindow?.postMessage(place, "*");
  }

  /** The conversation of this person begins again in another browser. @param {string} [payload] */
  startOver(payload = "") {
    const { person, lang } = this.world();
    this.open(person, lang, payload);
    this.show();
  }

  /** @param {string} person @param {string} lang @param {string} [payload] */
  open(person, lang, payload = "") {
    this.frames.get(person)?.remove();
    const frame = el("iframe", { name: person, title: t("network_web") });
    frame.setAttribute("sandbox", "allow-scripts allow-forms allow-downloads");
    frame.src = `/web-phone?${new URLSearchParams({ lang, start: payload })}`;
    frame.onload = () => this.show();
    this.frames.set(person, frame);
    this.screen.append(frame);
  }

  /** The quick exit leads to a page outside, which is not opened here. @param {string} person */
  leave(person) {
    this.frames.get(person)?.remove();
    this.frames.set(person, el("iframe", { hidden: true }));
    this.show();
  }
}
