// The way in for every command. Plain JavaScript, so that a Node that is too old can still say so.
import module from "node:module";

const major = Number(process.versions.node.split(".")[0]);
if (major < 24) {
  console.error(
    `An Tâm needs Node 24 or newer; this is ${process.versions.node}. ` +
      "Run it through npm (npm start, npm run chat): `npm ci` installs the right Node for it.",
  );
  process.exit(1);
}
module.enableCompileCache?.();
await import("./src/main.ts");
