import { createServer } from "node:http";
import { z } from "zod";
import { BOT_INFO } from "../updates.ts";
import { answerParent } from "./child.ts";
import { portOf } from "./listening.ts";
import { ApiQuestion } from "./messages.ts";

const Addressed = z.object({ chat_id: z.coerce.number(), text: z.string() });

/**
 * Takes everything at once, and checks nothing: the cheapest network there can be. Connections stay open for ever,
 * since whoever is not measured stands still.
 */
const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
  const method = (request.url ?? "").split("/").at(-1) ?? "";
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const answer = JSON.stringify({ ok: true, result: take(method, chunks) });
    response.writeHead(200, { "content-type": "application/json", "content-length": answer.length }).end(answer);
  });
});
const port = portOf(server);

const heard = new Map<number, unknown[]>();
let webhook: unknown;
let sendings = 0;

function take(method: string, chunks: readonly Buffer[]): unknown {
  switch (method) {
    case "sendMessage":
    case "editMessageText":
      return sent(chunks);
    case "getMe":
      return BOT_INFO;
    case "getWebhookInfo":
      return { url: "", has_custom_certificate: false, pending_update_count: 0 };
    case "setWebhook":
      webhook = JSON.parse(Buffer.concat(chunks).toString());
      return true;
    case "getMyCommands":
      return [];
    case "getMyDescription":
      return { description: "" };
    case "getMyShortDescription":
      return { short_description: "" };
    default:
      return true;
  }
}

function sent(chunks: readonly Buffer[]): unknown {
  if (heard.size > 0) {
    const payload: unknown = JSON.parse(Buffer.concat(chunks).toString());
    heard.get(Addressed.parse(payload).chat_id)?.push(payload);
  }
  sendings += 1;
  return { message_id: sendings, date: 1, chat: { id: 1, type: "private", first_name: "An" }, text: "" };
}

answerParent(async (asked) => {
  const question = ApiQuestion.parse(asked);
  if (question === "port") return port;
  if (question === "webhook") return webhook;
  if (question === "sent") return sendings;
  if (question === "forget") return heard.clear();
  const list = heard.get(question.chat) ?? [];
  heard.set(question.chat, list);
  return list;
});
