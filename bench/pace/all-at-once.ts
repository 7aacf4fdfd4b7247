import { serveContender } from "./contender.ts";
import { peerApi } from "./peer-api.ts";

/** Nothing holds the calls back but the network. */
serveContender((run) => peerApi(run));
