import { openBenchApp } from "./app.ts";
import { engineOnly, engineAndTexts, durableBot } from "./an-tam.ts";
import { grammySession } from "./grammy-session.ts";
import { grammyConversations } from "./grammy-conversations.ts";
import { telegrafScenes } from "./telegraf-scenes.ts";
import { xstateMachine } from "./xstate-machine.ts";
import { Screens } from "./screens.ts";
import { Crowd } from "./drive.ts";
const app = await openBenchApp();
const sc = new Screens(app.bundle.texts.vi);
const mode = process.argv[4] === "mem" ? "memory" : "flushed";
const all = {engine:engineOnly(app), texts:engineAndTexts(app), session:grammySession(sc,mode), conv:grammyConversations(sc,mode), telegraf:telegrafScenes(sc,mode), xstate:xstateMachine(sc,mode==="memory"?"snapshots":"flushed"), durable: durableBot(app)};
const r = await all[process.argv[2]].open(1000);
const c = new Crowd(1000);
for (let i=0;i<4;i++) { const x = await c.drive({runner:r,citizens:1000,inFlight:Number(process.argv[3]),forMs:1500,random:Math.random}); console.log(process.argv[2], Math.round(x.turnsPerSecond)); }
await r.close();
