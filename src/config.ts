import { z } from "zod";
import { AppError } from "./errors.ts";

const Origins = z.union([
  z.literal("any"),
  z.string().transform((list) =>
    list
      .split(",")
      .map((origin) => origin.trim())
      .filter(Boolean),
  ),
]);

const Env = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOST: z.string().min(1).default("127.0.0.1"),
  DATA_DIR: z.string().min(1).default("./data"),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  EMBED_ORIGINS: Origins.default("any"),
  EXIT_URL: z.url({ protocol: /^https$/ }).optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
});
export type Config = Readonly<z.infer<typeof Env>>;

/** Called once, by main.ts. Everything else is handed the values it needs. Empty variables count as absent. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = Env.safeParse(given);
  if (!parsed.success) {
    throw new AppError("config_invalid", `settings (see .env.example):\n${z.prettifyError(parsed.error)}`);
  }
  return Object.freeze(parsed.data);
}
