import type { Network } from "../network.ts";
import { withFaults } from "../shared/chance.ts";
import { type Call, gatewayPage, json, listen, type Outage, type Reply } from "../shared/http-server.ts";
import { countOne } from "../shared/ledger.ts";
import { paramsOf } from "../shared/params.ts";
import { BotFault } from "./fault.ts";
import { hookMethods } from "./hooks.ts";
import { createInbox } from "./inbox.ts";
import type { Method, Methods, Outcome } from "./method.ts";
import { createPhones, type ZaloBotPhone, type ZaloGroup } from "./phone.ts";
import { sendMethods } from "./send.ts";
import { type BotState, createBotState, type ZaloBotOptions } from "./state.ts";

/** A local Zalo Bot Platform with one bot. */
export interface ZaloBotNetwork extends Network {
  readonly token: string;
  /** 19 digits. */
  readonly botId: string;
  phone(name: string): ZaloBotPhone;
  group(name: string): ZaloGroup;
  /** Statuses that the webhook answered with, and how often. */
  readonly answers: ReadonlyMap<number, number>;
  /** The webhook that is set. */
  webhook(): { readonly url: string; readonly secret: string } | null;
  /** Sends this event, whatever it is; null: an empty POST. */
  emit(event: Readonly<Record<string, unknown>> | null): void;
  /** Updates that vanished: not acknowledged, and not repeated. */
  lost(): number;
  /** Moves the network's clock ahead. */
  forward(ms: number): void;
  /** The owner takes a new token; this one is refused from now on. */
  revoke(): void;
  outage: Outage;
}

/** Starts it on a free port. */
export async function startZaloBotNetwork(options: ZaloBotOptions = {}): Promise<ZaloBotNetwork> {
  const state = createBotState(options);
  const inbox = createInbox(state);
  const methods = { ...hookMethods(state, inbox), ...sendMethods(state) };
  let outage: Outage = "none";
  const server = await listen(
    (call) => answer(state, methods, call),
    () => outage,
  );
  return {
    ...server,
    ...createPhones(state, inbox),
    ...state.ledger,
    token: state.token,
    botId: state.botId,
    faults: state.faults,
    webhook: () => state.hook,
    emit: (event) => inbox.push({ chat: "", event, nameless: false }),
    waiting: inbox.waiting,
    lost: inbox.lost,
    forward: (ms) => {
      state.aheadMs += ms;
    },
    revoke: () => {
      state.revoked = true;
    },
    get outage() {
      return outage;
    },
    set outage(next) {
      outage = next;
    },
    close: async () => {
      for (const timer of state.timers) clearTimeout(timer);
      inbox.close();
      await server.close();
    },
  };
}

async function answer(state: BotState, methods: Methods, call: Call): Promise<Reply> {
  const [, token = "", name = ""] = /^\/bot([^/]+)\/([^/]+)$/.exec(call.path.replaceAll("%3A", ":")) ?? [];
  return withFaults({
    ...state,
    failing: () => (state.chance.hits(0.5) ? gatewayPage(502) : failure(state, 403, "Internal server error")),
    tooMany: () => failure(state, 429, "Too many requests"),
    work: async () => {
      try {
        return success(state, name, await run(state, { call, token, method: methodOf(methods, name) }));
      } catch (error) {
        if (!(error instanceof BotFault)) throw error;
        if (error.blame) state.ledger.refuse(name, error.message);
        const reply = failure(state, error.code, error.message, error.oddSpelling ? "errorCode" : "error_code");
        return { reply, cut: () => undefined };
      }
    },
  });
}

function methodOf(methods: Methods, name: string): Method | undefined {
  return Object.hasOwn(methods, name) ? methods[name] : undefined;
}

interface Asked {
  readonly call: Call;
  readonly token: string;
  readonly method: Method | undefined;
}

async function run(state: BotState, { call, token, method }: Asked): Promise<Outcome> {
  if (token !== state.token || state.revoked) throw new BotFault(401, "Unauthorized", { blame: !state.revoked });
  if (method === undefined) throw new BotFault(400, "no such method");
  if (call.verb !== "GET" && call.verb !== "POST") throw new BotFault(400, "neither GET nor POST");
  const params = await paramsOf(call);
  if (params === null) throw new BotFault(400, "the body cannot be read");
  return method(params, call);
}

function success(state: BotState, name: string, { result, messageId, cut }: Outcome) {
  countOne(state.ledger.calls, name);
  const undo = () => {
    if (messageId !== undefined) state.ledger.unknowable.add(messageId);
    cut?.();
  };
  return { reply: json(result === undefined ? { ok: true } : { ok: true, result }), cut: undo };
}

/** Errors come inside HTTP 200, as far as anybody has seen. */
function failure(state: BotState, code: number, description: string, key = "error_code"): Reply {
  const status = state.options.errorStatus === "real" ? code : 200;
  return json({ ok: false, [key]: code, description }, status);
}
