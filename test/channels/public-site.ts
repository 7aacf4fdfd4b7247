import { createServer, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import type { PushChannel } from "../../src/channels/port.ts";

/** What stands at the public address of a bot in a test of one adapter. */
export interface PublicSite {
  readonly url: string;
  /** Its webhooks answer from now on. */
  mount(channel: PushChannel): void;
  close(): Promise<void>;
}

/** Serves the webhooks of a channel, and files below `/media/`. */
export async function startSite(files: Readonly<Record<string, Buffer>> = {}): Promise<PublicSite> {
  let channel: PushChannel | null = null;
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "");
    const file = files[path.replace("/media/", "")];
    const webhook = channel?.webhooks.find((hook) => hook.path === path);
    if (file !== undefined) response.end(file);
    else if (webhook === undefined) response.writeHead(404).end();
    else {
      let said = "";
      void buffer(request)
        .then((body) => webhook.receive({ headers: singleHeaders(request), body, reply: (json) => (said = json) }))
        .then((status) => response.writeHead(status).end(status === 200 ? said : ""));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    mount(mounted) {
      channel = mounted;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function singleHeaders({ headers }: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value?.toString()]));
}
