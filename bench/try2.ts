import { openBenchApp } from "./app.ts";
import { engineAndTexts } from "./an-tam.ts";
import { Crowd } from "./drive.ts";
const app = await openBenchApp();
const r = await engineAndTexts(app).open(1000);
const c = new Crowd(1000);
for (let i=0;i<5;i++) { const x = await c.drive({runner:r,inFlight:1,forMs:1000,random:Math.random}); console.log(Math.round(x.turnsPerSecond)); }
