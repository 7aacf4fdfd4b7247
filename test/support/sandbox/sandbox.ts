import { createServer, type Server } from "node:http";
import type { Rig } from "../networks/rig.ts";
import { BotProcess } from "./bot-process.ts";
import { readPageFiles } from "./page-files.ts";
import { People } from "./people.ts";
import { createRouter } from "./router.ts";
import { readTexts } from "./texts.ts";
import { Troubles } from "./troubles.ts";

export interface Sandbox {
  /** `http://127.0.0.1:port`. */
  readonly address: string;
  /** Stops the page; the rig belongs to whoever started it. */
  close(): Promise<void>;
}

/** Serves the page with the phones. Rejects with the system's error when the port cannot be had; 0 takes any. */
export async function openSandbox(rig: Rig, port: number): Promise<Sandbox> {
  const texts = await readTexts();
  const people = new People(rig, ["Lan", "Minh"]);
  const parts = { rig, people, troubles: new Troubles(rig), bot: new BotProcess(rig) };
  const route = createRouter({ ...parts, texts, files: await readPageFiles() });
  const server = createServer((request, response) => {
    route(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  return {
    address: `http://127.0.0.1:${portOf(server)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the page has no port");
  return address.port;
}
