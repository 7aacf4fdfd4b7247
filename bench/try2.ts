import { openBenchApp } from "./app.ts";
import { engineOnly, engineAndTexts, durableBot } from "./an-tam.ts";
import { grammySession } from "./grammy-session.ts";
import { grammyConversations } from "./grammy-conversations.ts";
import { telegrafScenes } from "./telegraf-scenes.ts";
import { xstateMachine } from "./xstate-machine.ts";
import { Screens } from "./screens.ts";
const app = await openBenchApp();
const sc = new Screens(app.bundle.texts.vi);
const all = {engine:engineOnly(app), texts:engineAndTexts(app), session:grammySession(sc,"memory"), conv:grammyConversations(sc,"memory"), telegraf:telegrafScenes(sc,"memory"), xstate:xstateMachine(sc,"snapshots"), durable: durableBot(app)};
const r = await all[process.argv[2]].open(1000);
let m=0; const t1=performance.now();
while (performance.now()-t1<3000 || m%12) { await r.turn((m/12|0)%1000, m%12); m++; }
console.log(process.argv[2], Math.round(m/((performance.now()-t1)/1000)), "turns/s");
await r.close();
