import { createServer, type RequestListener } from "node:http";
import { z } from "zod";
import { Screens } from "../screens.ts";
import { type FlushedStore, openFlushedStore } from "../text-stores.ts";
import { answerParent } from "./child.ts";
import { portOf } from "./listening.ts";

/** What the process of a peer is told first, and nothing after that. */
const Settings = z.object({
  apiRoot: z.string(),
  path: z.string(),
  secret: z.string(),
  sessions: z.enum(["memory", "flushed"]),
  texts: z.map(z.string(), z.string()),
});
export type PeerSettings = z.infer<typeof Settings>;

/** With the screens made and the file open, if sessions are in one. */
export interface PeerParts extends PeerSettings {
  readonly screens: Screens;
  readonly file: FlushedStore | undefined;
}

/** Listens with what `make` gives and answers with the port. */
export function servePeer(make: (parts: PeerParts) => RequestListener): void {
  let file: FlushedStore | undefined;
  const open = async (told: unknown) => {
    const settings = Settings.parse(told);
    file = settings.sessions === "flushed" ? await openFlushedStore() : undefined;
    file?.flushEveryWrite();
    return portOf(createServer(make({ ...settings, screens: new Screens(settings.texts), file })));
  };
  answerParent(open, async () => file?.close());
}
