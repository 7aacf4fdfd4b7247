import type { ChannelReach, Reach } from "../../../../broadcast/reach.ts";
import { type Html, html } from "../../../../server/html.ts";
import { badge, table } from "../../parts.ts";
import type { Here } from "../../route.ts";
import { channelName, count, duration, people, text } from "./words.ts";

const COLUMNS = ["channel", "on", "subscribed", "outside", "allowance", "blocked", "reachable", "takes"] as const;

/** Who can be reached at this moment, honestly: every reason why somebody is not. */
export function reachSection(here: Here, reach: Reach): Html {
  const sum = { reachable: people(here, reach.reachable), subscribed: people(here, reach.subscribed) };
  const takes = reach.reachable === 0 ? "" : text(here, "reach.takes-all", { takes: duration(here, reach.seconds) });
  const headings = COLUMNS.map((column) => text(here, `reach.${column}`));
  return html`<section aria-labelledby="reach-title" class="numbers">
<h2 id="reach-title">${text(here, "reach.title")}</h2>
<p><strong>${text(here, "reach.sum", sum)}</strong> ${takes}</p>
${table(
  text(here, "reach.caption"),
  headings,
  reach.channels.map((channel) => row(here, channel)),
)}
<p class="hint">${text(here, "reach.hint")}</p>
</section>`;
}

function row(here: Here, reach: ChannelReach): readonly (string | Html)[] {
  const { channel, on, subscribed, outsideWindow, allowance, blocked, reachable, seconds } = reach;
  return [
    channelName(here, channel),
    on ? badge(text(here, "reach.is-on"), "good") : badge(text(here, "reach.is-off"), "bad"),
    people(here, subscribed),
    channel === "zalo-oa" ? people(here, outsideWindow) : "–",
    allowance === null ? text(here, "reach.no-limit") : count(here, allowance),
    people(here, blocked),
    html`<strong>${people(here, reachable)}</strong>`,
    reachable === 0 ? "–" : duration(here, seconds),
  ];
}
