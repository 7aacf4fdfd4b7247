import { apiThrottler } from "@grammyjs/transformer-throttler";
import { serveContender } from "./contender.ts";
import { peerApi } from "./peer-api.ts";

/** grammY's own throttler, its global limit set to what is permitted; one message a second to a chat, as it comes. */
serveContender((run) => {
  const { perSecond } = run;
  const global = { reservoir: perSecond, reservoirRefreshAmount: perSecond, reservoirRefreshInterval: 1_000 };
  return peerApi(run, apiThrottler({ global }));
});
