const pure = "^src/(?:(?:flow|safety|directory|campaign|guide|language)/|draft/(?!files/))";
const adapters = "^src/(channels/(web|terminal|telegram|zalo-bot|zalo-oa)|stores/(sqlite|lowdb|postgres))/";

/** Who may import whom. A breach fails the build. */
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } } },
    {
      name: "pure-core-no-outside",
      comment: "The core is handed clock, chance and data; it opens nothing itself.",
      severity: "error",
      from: { path: pure },
      to: {
        path: "^(node:)?(fs|fs/promises|http|https|net|tls|child_process|sqlite|worker_threads|timers|timers/promises|crypto|perf_hooks|readline)$|node_modules/(grammy|axios|fastify|@fastify|lowdb|pg|pino|commander|write-file-atomic|proper-lockfile)",
      },
    },
    {
      name: "pure-core-no-edges",
      severity: "error",
      from: { path: pure },
      to: { path: "^src/(bot|channels|stores|content|commands|main|config)", pathNot: "^src/content/(bundle|wording)\\.ts$" },
    },
    {
      name: "bot-knows-ports-only",
      severity: "error",
      from: { path: "^src/bot/" },
      to: { path: adapters },
    },
    {
      name: "server-knows-ports-only",
      severity: "error",
      from: { path: "^src/server/" },
      to: { path: `${adapters}|^src/(bot|content|delivery|commands)/` },
    },
    {
      name: "only-the-root-knows-the-desk",
      comment: "Conversations and broadcasts work without the pages of the team.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(desk/|commands/|main\\.ts|stores/)" },
      to: { path: "^src/desk/" },
    },
    {
      name: "adapters-do-not-know-each-other",
      severity: "error",
      from: { path: "^src/channels/([^/]+)/" },
      to: { path: "^src/(channels/[^/]+/|stores/(sqlite|lowdb|postgres)/|bot/)", pathNot: "^src/channels/$1/" },
    },
    {
      name: "only-the-root-wires",
      comment: "Only main.ts and its commands know which adapter is used.",
      severity: "error",
      from: { path: "^src/", pathNot: `^src/(main\\.ts|commands/)|${adapters}` },
      to: { path: adapters },
    },
    {
      name: "only-main-reads-the-environment",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(main\\.ts|commands/)" },
      to: { path: "^src/config\\.ts$", dependencyTypesNot: ["type-only"] },
    },
    { name: "no-orphans", severity: "error", from: { orphan: true, path: "^src/", pathNot: "\\.d\\.ts$" }, to: {} },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default", "types"] },
  },
};
