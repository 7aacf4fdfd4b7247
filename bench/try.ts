import { openBenchApp } from "./app.ts";
import { engineOnly, engineAndTexts, durableBot } from "./an-tam.ts";
import { grammySession } from "./grammy-session.ts";
import { grammyConversations } from "./grammy-conversations.ts";
import { telegrafScenes } from "./telegraf-scenes.ts";
import { xstateMachine } from "./xstate-machine.ts";
import { Screens } from "./screens.ts";
import { checkReplies } from "./same-replies.ts";
const app = await openBenchApp();
const texts = app.bundle.texts.vi;
const sc = new Screens(texts);
const all = [engineOnly(app), engineAndTexts(app), grammySession(sc,"memory"), grammyConversations(sc,"memory"), telegrafScenes(sc,"memory"), xstateMachine(sc,"snapshots"),
 durableBot(app), grammySession(sc,"flushed"), grammyConversations(sc,"flushed"), telegrafScenes(sc,"flushed"), xstateMachine(sc,"flushed")];
for (const c of all) { try { await checkReplies(c, texts); console.log("ok", c.name);} catch (e) { console.log("FAIL", c.name, e);} }
for (const c of all.slice(0,6)) {
  const r = await c.open(1000); const t0=performance.now(); let n=0;
  while (performance.now()-t0<1000) { const cit = (n/12|0)%1000; await r.turn(cit, n%12); n++; }
  const t1=performance.now(); let m=0; n=Math.ceil(n/12)*12;
  // finish
  while (performance.now()-t1<1000 || m%12) { const cit = (m/12|0)%1000; await r.turn(cit, m%12); m++; }
  console.log(c.name, Math.round(m/((performance.now()-t1)/1000)), "turns/s", ((performance.now()-t1)*1000/m).toFixed(1),"us");
}
