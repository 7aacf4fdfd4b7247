import type { Content, Media } from "../../../../broadcast/broadcast.ts";
import { BLOCKING, type Preview } from "../../../../broadcast/preview.ts";
import { limitsOf } from "../../../../channels/limits.ts";
import type { OutMessage } from "../../../../channels/message.ts";
import type { ChannelName } from "../../../../channels/port.ts";
import { type Html, html } from "../../../../server/html.ts";
import { badge } from "../../parts.ts";
import type { Here } from "../../route.ts";
import { channelName, count, text } from "./words.ts";

/** Name of a file that was chosen and has not come yet, before its ending: a box is drawn in its place. */
export const COMING_FILE = "new";

/** Whether something keeps this from being released. */
export function isBlocked(previews: readonly Preview[]): boolean {
  return previews.some(({ cuts }) => cuts.some((cut) => BLOCKING.includes(cut)));
}

/** What people will see, by channel, in both languages, and what a channel leaves out. Open is the first channel that has to be mended, else the first. */
export function previewList(here: Here, content: Content, previews: readonly Preview[]): Html {
  const channels = [...new Set(previews.map(({ channel }) => channel))];
  if (channels.length === 0) return html`<p>${text(here, "preview.none")}</p>`;
  const media = content.kind === "message" ? content.media : undefined;
  const blocked = isBlocked(previews) ? html`<p class="problem">${text(here, "preview.blocked")}</p>` : html``;
  const of = (channel: ChannelName) => previews.filter((preview) => preview.channel === channel);
  const opened = channels.find((channel) => isBlocked(of(channel))) ?? channels[0];
  return html`${blocked}${channels.map((channel) => channelPreviews(here, channel, of(channel), media, channel === opened))}`;
}

function channelPreviews(
  here: Here,
  channel: ChannelName,
  previews: readonly Preview[],
  media: Media | undefined,
  open: boolean,
): Html {
  const note = isBlocked(previews) ? badge(text(here, "preview.to-mend"), "bad") : html``;
  return html`<details class="previews" id="preview-${channel}"${open ? html` open` : html``}>
<summary>${channelName(here, channel)} ${note}</summary>
<div class="pair">${previews.map((preview) => figure(here, preview, media))}</div>
</details>`;
}

function figure(here: Here, preview: Preview, media: Media | undefined): Html {
  const { channel, message, lang, cuts, length, most } = preview;
  const alt = media?.alt[lang] ?? "";
  const size = text(here, "preview.length", { length: count(here, length), most: count(here, most) });
  return html`<figure class="preview">
<figcaption>${text(here, `lang.${lang}`)}</figcaption>
${cutList(here, cuts)}
<div class="screen" lang="${lang}">${bubble(here, message, alt)}${keys(channel, message)}</div>
<p class="hint">${size}</p>
</figure>`;
}

function bubble(here: Here, { text: words, media, links }: OutMessage, alt: string): Html {
  const shown = media === undefined ? html`` : mediaShown(here, media, alt);
  const said = words === "" ? html`` : html`<p class="words">${words}</p>`;
  const addresses = links.map(({ label }) => html`<p class="address">${label}</p>`);
  return html`<div class="bubble">${shown}${said}${addresses}</div>`;
}

function mediaShown(here: Here, { kind, file }: NonNullable<OutMessage["media"]>, alt: string): Html {
  if (file.startsWith(`${COMING_FILE}.`)) return html`<p class="coming">${text(here, `preview.coming-${kind}`)}</p>`;
  const address = `/desk/broadcasts/media/${file}`;
  if (kind === "image") return html`<img src="${address}" alt="${alt}">`;
  return html`<audio src="${address}" controls preload="none" aria-label="${alt}"></audio>`;
}

/** Buttons as they will stand below the message, where there are any; here they do nothing. */
function keys(channel: ChannelName, { choices }: OutMessage): Html {
  if (choices.length === 0 || limitsOf(channel).choices.kind === "numbers") return html``;
  return html`<ul class="keys">${choices.map(({ label }) => html`<li>${label}</li>`)}</ul>`;
}

function cutList(here: Here, cuts: readonly Preview["cuts"][number][]): Html {
  if (cuts.length === 0) return html``;
  const rows = cuts.map((cut) => {
    const tone = BLOCKING.includes(cut) ? html` class="wrong"` : html``;
    return html`<li${tone}>${text(here, `cut.${cut}`)}</li>`;
  });
  return html`<ul class="cuts">${rows}</ul>`;
}
