import { expect, test } from "vitest";
import { readPdf } from "../draft/pdf-text.ts";
import { unzip } from "../draft/unzip.ts";
import type { RunningServer } from "../support/server.ts";
import { ChatClient } from "./chat-client.ts";
import { bytesIn } from "./folder.ts";
import { useOwnServer } from "./own-server.ts";
import { formsIn } from "./planted.ts";
import { realApp, textOf } from "./real-app.ts";

/** One phrase for each answer, and one each for a story's second message and an answer that was taken back. */
const PHRASES = ["lan", "hẻm", "khuê", "chồng", "xưởng", "truyện", "thêm", "đau", "rút"].map(
  (word, at) => `${word}-xanh-biếc-77${at}3`,
);
const [NAME = "", HOME = "", OTHER = "", RELATION = "", PLACE = "", STORY = "", MORE = "", HARM = "", BACK = ""] =
  PHRASES;

const own = useOwnServer();

/** Where any phrase stands in the data folder and in what the server said; empty when nowhere. */
async function traces(server: RunningServer): Promise<string[]> {
  const places = new Map<string, Buffer | string>([...(await bytesIn(own.dataDir)), ["the log", server.output()]]);
  return [...places].flatMap(([place, bytes]) =>
    PHRASES.flatMap((phrase) => formsIn(bytes, phrase).map((form) => `${phrase} as ${form} in ${place}`)),
  );
}

/** Comes to the first question of the request for a no-contact order. */
async function begin(address: () => string): Promise<ChatClient> {
  const client = new ChatClient(address);
  await client.open();
  await client.say("/don");
  await client.press("welcome:consent:no");
  await client.press("draft:choose:no-contact");
  await client.press("draft:before:write");
  await client.say("phường Ba Đình, Hà Nội");
  return client;
}

/** Answers everything; resolves with what the review says. */
async function fillIn(client: ChatClient): Promise<string> {
  const press = (choice: string) => client.press(`draft:fill:${choice}`);
  await client.say(BACK);
  await press("back-contact");
  for (const text of [NAME, HOME, OTHER, RELATION, PLACE]) await client.say(text);
  await press("yes-together");
  for (const text of [`Hôm qua nó đánh tôi. ${STORY}`, `Nó đang phá cửa! ${MORE}`]) await client.say(text);
  await press("keep-what");
  await client.say(HARM);
  const { messages } = await press("keep-harm");
  return messages.map(({ text }) => text).join("\n");
}

function fetchFile(server: RunningServer, { token }: { token: string }, id: string, name: string): Promise<Response> {
  return fetch(`${server.address}/api/draft/${id}/${name}`, { headers: { authorization: `Bearer ${token}` } });
}

const KEPT = PHRASES.filter((phrase) => phrase !== BACK);

test("a letter is asked for, shown, fetched and forgotten without a trace on the disk", async () => {
  const server = await own.start();
  const client = await begin(() => server.address);
  const review = await fillIn(client);
  for (const phrase of KEPT) expect(review).toContain(phrase);
  expect(await traces(server)).toEqual([]);
  const { node, messages } = await client.press("draft:fill:make");
  expect(node).toBe("after");
  const files = messages.flatMap((message) => message.files);
  expect(files.map(({ name }) => name)).toEqual(["don.docx", "don.pdf"]);
  const [docx, pdf] = await Promise.all(
    files.map(async ({ id, name }) => Buffer.from(await (await fetchFile(server, client, id, name)).arrayBuffer())),
  );
  const inDocx = unzip(docx ?? Buffer.alloc(0)).get("word/document.xml");
  const inPdf = readPdf(pdf ?? Buffer.alloc(0))
    .map(({ text }) => text)
    .join("");
  for (const phrase of KEPT) expect([inDocx, inPdf.includes(phrase)]).toEqual([expect.stringContaining(phrase), true]);
  expect(inDocx).not.toContain(BACK);
  const stranger = new ChatClient(() => server.address);
  expect((await fetchFile(server, stranger, files[0]?.id ?? "", "don.pdf")).status).toBe(410);
  expect(await traces(server)).toEqual([]);
  for (const { id } of files) expect(server.output()).not.toContain(id);
  await client.forget();
  expect((await fetchFile(server, client, files[0]?.id ?? "", "don.pdf")).status).toBe(410);
  await server.stop();
  expect(await traces(server)).toEqual([]);
});

test("a restart forgets the answers and the letter, and says so", async () => {
  const app = await realApp();
  let server = await own.start();
  const [writing, done] = [await begin(() => server.address), await begin(() => server.address)];
  for (const text of [NAME, HOME, OTHER]) await writing.say(text);
  await fillIn(done);
  const { messages } = await done.press("draft:fill:make");
  const id = messages.flatMap((message) => message.files)[0]?.id ?? "";
  await server.kill9();
  expect(await traces(server)).toEqual([]);
  server = await own.start();
  const answer = await writing.say(RELATION);
  expect(answer.node).toBe("lost");
  expect(answer.messages.map(({ text }) => text).join("\n")).toContain(textOf(app, "draft.lost.text", "vi"));
  const gone = await fetchFile(server, done, id, "don.pdf");
  expect([gone.status, await gone.text()]).toEqual([410, expect.stringContaining(textOf(app, "web.error_gone", "vi"))]);
  expect(await traces(server)).toEqual([]);
  await server.stop();
  expect(await traces(server)).toEqual([]);
});
