import Bottleneck from "bottleneck";
import { serveContender } from "./contender.ts";
import { peerApi } from "./peer-api.ts";

/** A reservoir that is filled once a second. */
serveContender((run) => {
  const { perSecond } = run;
  const limiter = new Bottleneck({
    reservoir: perSecond,
    reservoirRefreshAmount: perSecond,
    reservoirRefreshInterval: 1_000,
  });
  return peerApi(run, (call, method, payload, signal) => limiter.schedule(() => call(method, payload, signal)));
});
