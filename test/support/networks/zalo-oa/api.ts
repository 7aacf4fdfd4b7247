import { z } from "zod";
import { withFaults } from "../shared/chance.ts";
import { type Call, gatewayPage, json, type Reply } from "../shared/http-server.ts";
import { countOne } from "../shared/ledger.ts";
import { jsonOf, paramsOf } from "../shared/params.ts";
import { read } from "./attachment.ts";
import type { Outbox } from "./events.ts";
import { OaFault } from "./fault.ts";
import { createSend, type Sent } from "./send.ts";
import type { OaState, OaUser } from "./state.ts";
import { createUploads, type UploadKind } from "./uploads.ts";

const MINUTE_MS = 60_000;

type Result = Pick<Sent, "data"> & Partial<Sent>;
type Endpoint = (call: Call) => Promise<Result>;

/** The API behind the access token. */
export function createApi(state: OaState, outbox: Outbox): (call: Call) => Promise<Reply> {
  const endpoints = endpointsOf(state, outbox);
  const limit = createLimit(state);
  return (call) => {
    const name = call.path.replace(/^\/v\d\.0\/oa\//, "");
    const { headers, exceeded } = limit();
    return withFaults({
      ...state,
      failing: () =>
        name === "message/cs" && state.chance.hits(0.5) ? refusal(state, -200, "send failed") : gatewayPage(500),
      tooMany: () => refusal(state, -32, "too many requests"),
      work: async () => {
        try {
          if (exceeded) throw new OaFault(-32, "too many requests");
          const result = await run(state, endpoints, call);
          countOne(state.ledger.calls, name);
          const cut = () => void (result.messageId !== undefined && state.ledger.unknowable.add(result.messageId));
          return { reply: json({ error: 0, message: "Success", data: result.data }, 200, headers), cut };
        } catch (error) {
          if (!(error instanceof OaFault)) throw error;
          if (error.blame) state.ledger.refuse(name, `${error.message} (${error.code})`);
          return { reply: refusal(state, error.code, error.message, headers), cut: () => undefined };
        }
      },
    });
  };
}

async function run(state: OaState, endpoints: Readonly<Record<string, Endpoint>>, call: Call): Promise<Result> {
  const { access_token: token, authorization } = call.headers;
  if (authorization !== undefined) throw new OaFault(-216, "the token belongs into the header access_token");
  switch (state.tokens.check(typeof token === "string" ? token : "")) {
    case "unknown":
      throw new OaFault(-216, "access token is invalid");
    case "invalid":
      throw new OaFault(-216, "access token is invalid", { blame: false });
    case "expired":
      throw new OaFault(-220, "access token has expired", { blame: false });
    case "ok": {
      const key = `${call.verb} ${call.path}`;
      const endpoint = Object.hasOwn(endpoints, key) ? endpoints[key] : undefined;
      if (endpoint === undefined) throw new OaFault(-201, "no such address");
      return endpoint(call);
    }
  }
}

const Who = z.strictObject({ user_id: z.string().min(1) });

function endpointsOf(state: OaState, outbox: Outbox): Readonly<Record<string, Endpoint>> {
  const uploads = createUploads(state);
  const send = createSend(state, uploads, outbox);
  const upload =
    (kind: UploadKind): Endpoint =>
    async (call) => {
      const isForm = call.headers["content-type"]?.startsWith("multipart/form-data") === true;
      return { data: uploads.put(kind, isForm ? await paramsOf(call) : null) };
    };
  return {
    "POST /v3.0/oa/message/cs": (call) => send(bodyOf(call)),
    "POST /v3.0/oa/quota/message": async (call) => ({ data: quotaOf(state, personOf(state, bodyOf(call))) }),
    "GET /v3.0/oa/user/detail": async (call) => ({ data: detailOf(personOf(state, dataOf(call))) }),
    "GET /v2.0/oa/getoa": async () => ({
      data: { oaid: state.options.oaId, name: "An Tâm", is_verified: true, package_name: "Gói thử" },
    }),
    "POST /v2.0/oa/upload/image": upload("image"),
    "POST /v2.0/oa/upload/gif": upload("gif"),
    "POST /v2.0/oa/upload/file": upload("file"),
    "POST /v2.0/oa/message": async () => {
      throw new OaFault(-240, "the old message API is closed");
    },
  };
}

function bodyOf({ headers, body }: Call): unknown {
  if (headers["content-type"]?.startsWith("application/json") !== true) throw new OaFault(-201, "not JSON");
  return jsonOf(body);
}

/** GET parameters come as one JSON text. */
function dataOf({ query }: Call): unknown {
  return jsonOf(Buffer.from(query.get("data") ?? ""));
}

function personOf(state: OaState, params: unknown): OaUser {
  const user = state.users.get(read(Who, params).user_id);
  if (user === undefined) throw new OaFault(-201, "no such user");
  return user;
}

function quotaOf({ options }: OaState, { lastInteraction, free }: OaUser) {
  return {
    last_interaction: String(lastInteraction ?? 0),
    cs_reply: { remain: free, total: options.freeReplies },
    promotion: { remain: 0, total: 0 },
  };
}

function detailOf({ id, name, follower, lastInteraction }: OaUser) {
  const [year, month, day] = new Date(lastInteraction ?? 0).toISOString().slice(0, 10).split("-");
  return {
    user_id: id,
    display_name: name,
    user_is_follower: follower,
    is_sensitive: false,
    user_last_interaction_date: `${day}/${month}/${year}`,
  };
}

function refusal({ options }: OaState, error: number, message: string, headers: Readonly<Record<string, string>> = {}) {
  return json({ error, message }, options.errorStatus === "real" ? 400 : 200, headers);
}

/** Requests in each minute of the network's clock. */
function createLimit(state: OaState): () => { headers: Readonly<Record<string, string>>; exceeded: boolean } {
  const { perMinute } = state.options;
  let minute = 0;
  let count = 0;
  return () => {
    const now = Math.floor(state.now() / MINUTE_MS);
    count = now === minute ? count + 1 : 1;
    minute = now;
    const remain = String(Math.max(0, perMinute - count));
    return {
      headers: { "x-ratelimit-limit": String(perMinute), "x-ratelimit-remain": remain },
      exceeded: count > perMinute,
    };
  };
}
