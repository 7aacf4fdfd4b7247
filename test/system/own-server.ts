import { beforeEach, onTestFinished } from "vitest";
import { type RunningServer, startServer } from "../support/server.ts";
import { makeFolder, removeFolder } from "./folder.ts";

export interface OwnServer {
  /** Of the running test alone. */
  readonly dataDir: string;
  /** A bot that logs all it can; killed when the test is over. */
  start(): Promise<RunningServer>;
}

/** A data folder for each test of the file, and servers on it. */
export function useOwnServer(): OwnServer {
  let dataDir = "";
  beforeEach(async () => {
    dataDir = await makeFolder();
    onTestFinished(() => removeFolder(dataDir));
  });
  return {
    get dataDir() {
      return dataDir;
    },
    async start() {
      const server = await startServer({ dataDir, env: { LOG_LEVEL: "debug" } });
      onTestFinished(() => server.kill9());
      return server;
    },
  };
}
