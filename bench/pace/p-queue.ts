import PQueue from "p-queue";
import { serveContender } from "./contender.ts";
import { peerApi } from "./peer-api.ts";

/** A queue that keeps a sliding window, replies first. */
serveContender((run) => {
  const queue = new PQueue({ intervalCap: run.perSecond, interval: 1_000, strict: true });
  const priorities = new Map<string, number>(run.chats.slice(-run.talkers).map((chat) => [chat, 1]));
  return peerApi(run, (call, method, payload, signal) =>
    queue.add(() => call(method, payload, signal), { priority: priorities.get(chatIn(payload)) ?? 0 }),
  );
});

function chatIn(payload: object): string {
  return "chat_id" in payload ? String(payload.chat_id) : "";
}
