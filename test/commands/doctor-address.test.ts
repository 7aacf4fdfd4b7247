import type { RequestListener, ServerResponse } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { clockFinding, nodeFinding } from "../../src/commands/doctor/machine.ts";
import { addressFindings, isPrivate, reachFindings } from "../../src/commands/doctor/public-address.ts";
import { readConfig } from "../../src/config.ts";
import { type StrangeServer, startStrangeServer } from "../support/strange-server.ts";

const open: StrangeServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function serve(answer: RequestListener): Promise<string> {
  const server = await startStrangeServer(answer);
  open.push(server);
  return server.root;
}

const OFFICIAL = { TELEGRAM_BOT_TOKEN: `1234567890:${"A".repeat(35)}` };
const OA = { ZALO_OA_APP_ID: "36", ZALO_OA_APP_SECRET: "secret-of-app", ZALO_OA_SECRET_KEY: "secret-of-oa" };

describe("the form of PUBLIC_URL", () => {
  const outcomes = async (env: Record<string, string>) =>
    (await addressFindings(readConfig(env), false)).map(({ outcome }) => outcome);

  test("may be absent unless the Official Account is on", async () => {
    expect(await outcomes({})).toEqual(["address.absent"]);
    expect(await outcomes(OA)).toEqual(["address.needed"]);
  });

  test("must be one that people outside can reach, with https and a port that networks use", async () => {
    const env = { ...OFFICIAL, ...OA, PUBLIC_URL: "http://192.168.1.5:9000/" };
    expect(await outcomes(env)).toEqual(["address.http", "port.telegram", "port.zalo-oa", "address.private"]);
    expect(await outcomes({ PUBLIC_URL: "http://localhost" })).toEqual(["address.http-web", "address.private"]);
  });

  test.each([
    "localhost",
    "antam",
    "antam.local",
    "10.0.0.1",
    "172.20.1.1",
    "100.64.0.1",
    "127.0.0.1",
    "[::1]",
    "[fd00::1]",
  ])("%s is of the inside", (host) => expect(isPrivate(host)).toBe(true));

  test.each(["antam.example.gov.vn", "8.8.8.8", "172.32.0.1", "[2001:db8::1]", "fc.gov.vn"])(
    "%s may be public",
    (host) => expect(isPrivate(host)).toBe(false),
  );
});

describe("what answers at PUBLIC_URL", () => {
  const reach = async (answer: RequestListener, { running = true, zaloBot = false } = {}) =>
    (await reachFindings(new URL(await serve(answer)), running, zaloBot)).map(({ outcome }) => outcome);
  const status =
    (code: number, headers = {}) =>
    (_: unknown, response: ServerResponse) =>
      void response.writeHead(code, headers).end();
  const healthy = (_: unknown, response: ServerResponse) => void response.end('{"ok":true}');

  test("is An Tâm", async () => expect(await reach(healthy)).toEqual(["address.ok"]));

  test.each([
    ["somebody else's page", status(200), "address.stranger"],
    ["a redirect", status(301, { location: "https://www.example.gov.vn/healthz?x=1" }), "address.redirect"],
    ["a proxy that finds nobody", status(502), "address.no-answer-behind"],
    ["a filter", status(403), "address.filtered"],
  ])("is %s", async (_, answer, outcome) => expect(await reach(answer)).toEqual([outcome]));

  test("is a proxy alone, while the bot is stopped", async () => {
    expect(await reach(status(502), { running: false })).toEqual(["address.not-running"]);
  });

  test("names where a redirect leads, without its query", async () => {
    const root = await serve(status(302, { location: "/dang-nhap?from=%2Fhealthz" }));
    const [finding] = await reachFindings(new URL(root), true, false);
    expect(finding?.params["to"]).toBe(`${root}/dang-nhap`);
  });

  test("is nobody, not even a name, or nothing that speaks https", async () => {
    const gone = await startStrangeServer(healthy);
    await gone.close();
    const at = async (url: string) => (await reachFindings(new URL(url), true, false))[0]?.outcome;
    expect(await at(gone.root)).toBe("address.refused");
    expect(await at("https://antam.invalid")).toBe("address.dns");
    expect(await at((await serve(healthy)).replace("http:", "https:"))).toBe("address.certificate");
  });

  test("keeps a caller waiting", async () => {
    expect(await reach(() => undefined)).toEqual(["address.timeout"]);
  }, 10_000);

  test("turns away the programme that Zalo's servers say they are", async () => {
    const filtered: RequestListener = (request, response) =>
      /^Java/.test(request.headers["user-agent"] ?? "") ? status(403)(request, response) : healthy(request, response);
    expect(await reach(filtered, { zaloBot: true })).toEqual(["address.ok", "filter.blocked"]);
    expect(await reach(healthy, { zaloBot: true })).toEqual(["address.ok", "filter.ok"]);
    const cloudflare: RequestListener = (request, response) => healthy(request, response.setHeader("cf-ray", "0"));
    expect(await reach(cloudflare, { zaloBot: true })).toEqual(["address.ok", "filter.cloudflare"]);
  });
});

describe("the clock", () => {
  const saying = (offset: number): Promise<string> =>
    serve((_, response) => {
      response.sendDate = false;
      response.setHeader("date", new Date(Date.now() + offset).toUTCString()).end();
    });
  const outcome = async (offset: number) => clockFinding([await saying(offset)]);

  test("may be some seconds off, no more", async () => {
    expect(await outcome(5_000)).toMatchObject({ outcome: "clock.ok" });
    expect(await outcome(-45_000)).toMatchObject({ outcome: "clock.off" });
    expect(await outcome(90 * 60_000)).toMatchObject({ outcome: "clock.off" });
  });

  test("that is off by whole hours is a matter of the time zone", async () => {
    expect(await outcome(7 * 3_600_000)).toMatchObject({ outcome: "clock.zone", params: { hours: "7" } });
  });

  test("cannot be compared with nobody, or with somebody who gives no date", async () => {
    const silent = await serve((_, response) => {
      response.sendDate = false;
      response.end();
    });
    expect(await clockFinding([])).toMatchObject({ outcome: "clock.unchecked" });
    expect(await clockFinding([silent])).toMatchObject({ outcome: "clock.unchecked" });
  });
});

test("an old Node is named", () => {
  expect(nodeFinding("22.9.0")).toMatchObject({ outcome: "node.old" });
  expect(nodeFinding("26.0.0")).toMatchObject({ outcome: "node.ok" });
});
