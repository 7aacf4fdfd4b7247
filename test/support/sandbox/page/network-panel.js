import { ask } from "./ask.js";
import { button, el, keep } from "./dom.js";
import { label, t } from "./words.js";

/** @typedef {import("../view-data.ts").NetworkView} NetworkView */

const SHARES = ["failing", "tooMany", "cutBefore", "cutAfter", "webhookCut", "redelivered"];
const SHARE_STEPS = [0, 0.1, 0.3, 0.6, 1];
const LATENCY_STEPS = [0, 300, 1000, 3000, 10000];
const HOUR_MS = 3600000;
const LEAPS = { leap_hour: HOUR_MS, leap_day: 24 * HOUR_MS, leap_week: 8 * 24 * HOUR_MS };
const CALM = Object.fromEntries([["offline", false], ["latencyMs", 0], ...SHARES.map((name) => [name, 0])]);

/** What one network is asked by the bot, and how badly it behaves. */
export class NetworkPanel {
  /** @param {string} network */
  constructor(network) {
    this.network = network;
    this.summary = el("summary");
    this.offline = el("input", { type: "checkbox", onchange: () => this.change({ offline: this.offline.checked }) });
    this.latency = this.select(LATENCY_STEPS, "latencyMs");
    this.shares = SHARES.map((name) => ({ name, field: this.select(SHARE_STEPS, name) }));
    this.ahead = el("p", { className: "ahead", hidden: true });
    this.calls = el("ul", { className: "calls" });
    this.refusals = el("ul", { className: "refusals" });
    this.node = el(
      "details",
      { className: "network" },
      this.summary,
      this.troubles(),
      this.clock(),
      el("h3", { "data-t": "calls" }),
      this.calls,
      this.refusals,
    );
  }

  /** @param {readonly number[]} steps @param {string} name */
  select(steps, name) {
    const options = steps.map((step) => el("option", { value: String(step) }));
    const field = el("select", {}, ...options);
    field.onchange = () => this.change({ [name]: Number(field.value) });
    return field;
  }

  troubles() {
    const row = (/** @type {string} */ key, /** @type {Node} */ field) =>
      el("label", { className: "row", "data-hint": `${key}_hint` }, field, el("span", { "data-t": key }));
    const shares = this.shares.map(({ name, field }) => row(`trouble_${name}`, field));
    return el(
      "fieldset",
      {},
      el("legend", { "data-t": "troubles" }),
      row("trouble_offline", this.offline),
      row("trouble_latency", this.latency),
      ...shares,
      button("", () => this.change(CALM), { "data-t": "calm" }),
    );
  }

  clock() {
    const leaps = Object.entries(LEAPS).map(([key, aheadMs]) =>
      button("", () => this.change({ aheadMs }), { "data-t": key }),
    );
    return el("fieldset", { className: "leaps" }, el("legend", { "data-t": "clock" }), ...leaps, this.ahead);
  }

  /** @param {object} trouble */
  change(trouble) {
    void ask("/trouble", { network: this.network, trouble });
  }

  label() {
    label(this.node);
    for (const option of this.latency.options) option.textContent = t("milliseconds", { count: option.value });
    for (const { field } of this.shares) {
      for (const option of field.options) option.textContent = t("percent", { count: Number(option.value) * 100 });
    }
  }

  /** @param {NetworkView} view */
  show({ calls, refusals, waiting, troubles }) {
    const total = calls.reduce((sum, [, count]) => sum + count, 0);
    const refused = refusals.reduce((sum, { count }) => sum + count, 0);
    this.summary.replaceChildren(
      t("network_summary", { calls: total, waiting }),
      el("span", { className: refused > 0 ? "refused" : "" }, t("refused", { count: refused })),
    );
    this.offline.checked = troubles.offline === true;
    for (const { name, field } of [{ name: "latencyMs", field: this.latency }, ...this.shares])
      field.value = String(troubles[name]);
    const hours = Math.round(Number(troubles.aheadMs) / HOUR_MS);
    this.ahead.hidden = hours === 0;
    this.ahead.textContent = t("ahead", { hours });
    keep(
      this.calls,
      calls,
      ([method, count]) => `${method} ${count}`,
      ([method, count]) => el("li", {}, el("code", {}, method), ` × ${count}`),
    );
    const line = (/** @type {typeof refusals[number]} */ { method, why, count }) => `${method}: ${why} × ${count}`;
    keep(this.refusals, refusals, line, (refusal) => el("li", {}, line(refusal)));
  }
}
