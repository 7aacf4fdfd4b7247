import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { type Config, readConfig } from "./config.ts";
import { AppError } from "./errors.ts";
import { LANGS, type Lang } from "./flow/ids.ts";

/** Exit statuses: 0 done, 1 a check found errors or something failed, 2 wrong use or settings. */
const WRONG_USE = 2;
const FAILED = 1;

function settings(): Config {
  try {
    process.loadEnvFile();
  } catch {
    // There is no .env file: the environment alone counts.
  }
  return readConfig(process.env);
}

function langOption(value: string): Lang {
  const lang = LANGS.find((l) => l === value);
  if (lang === undefined) throw new InvalidArgumentError(`choose ${LANGS.join(" or ")}`);
  return lang;
}

function dateOption(value: string): number {
  const at = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T09:00:00+07:00` : value);
  if (Number.isNaN(at)) throw new InvalidArgumentError("write a date as 2026-11-25 or 2026-11-25T21:30:00+07:00");
  return at;
}

const cli = new Command("an-tam").description("An Tâm: a chat bot for the Action Month").exitOverride();

cli
  .command("start")
  .description("serve the web chat")
  .action(async () => (await import("./commands/start.ts")).start(settings()));

cli
  .command("warm")
  .description("prepare the first start; npm ci does it")
  .action(async () => (await import("./commands/warm.ts")).warm());

cli
  .command("chat")
  .description("talk to the bot in the terminal; nothing is kept")
  .option("--lang <lang>", "vi or en", langOption)
  .option("--place <place>", "a province or commune, by name or code")
  .option("--date <date>", "as if it were this day in Viet Nam", dateOption)
  .option("--json", "one input per line in, one JSON line per turn out")
  .action(async (options: { lang?: Lang; place?: string; date?: number; json?: true }) =>
    (await import("./commands/chat.ts")).chat(settings(), options),
  );

cli
  .command("check [folder]")
  .description("prove flows, texts and content; exit 1 on errors")
  .option("--json", "findings as JSON")
  .action(async (folder: string | undefined, options: { json?: true }) => {
    process.exitCode = await (await import("./commands/check.ts")).check(folder, options.json === true);
  });

cli
  .command("draw [folder]")
  .description("draw every flow into docs/flows/")
  .action(async (folder: string | undefined) => (await import("./commands/draw.ts")).draw(folder));

cli
  .command("schema")
  .description("write the JSON schemas for editors into docs/schema/")
  .action(async () => (await import("./commands/schema.ts")).schema());

cli
  .command("setup")
  .description("say who runs this bot, and fill in the campaign of the year")
  .option("--lang <lang>", "vi or en", langOption)
  .option("--file <file>", "take the answers from a YAML file")
  .action(async (options: { lang?: Lang; file?: string }) =>
    (await import("./commands/setup.ts")).setup(settings(), options),
  );

cli
  .command("doctor")
  .description(
    "examine settings, networks, clock, store and public address, and say how to mend each; exit 1 when something is wrong",
  )
  .option("--lang <lang>", "vi or en", langOption)
  .option("--json", "the findings as JSON")
  .action(async (options: { lang?: Lang; json?: true }) => {
    process.exitCode = await (await import("./commands/doctor.ts")).doctor(settings(), options);
  });

cli
  .command("zalo-oa")
  .description("the login of a Zalo Official Account")
  .command("login")
  .description("connect An Tâm to the account, step by step; stop the bot first")
  .option("--lang <lang>", "vi or en", langOption)
  .option("--paste <address>", "the address that the browser landed on, or the code in it")
  .option("--tokens", "enter an access and a refresh token of the API Explorer instead")
  .action(async (options: { lang?: Lang; paste?: string; tokens?: true }) =>
    (await import("./commands/zalo-oa-login.ts")).zaloOaLogin(settings(), options),
  );

const services = cli
  .command("directory")
  .description("print which services people see in each province, what should be called, and what is missing")
  .option("--lang <lang>", "vi or en", langOption)
  .option("--date <date>", "as if it were this day in Viet Nam", dateOption)
  .option("--province <province>", "one province in detail, by name or code")
  .option("--json", "the whole report as JSON")
  .action(async (options: { lang?: Lang; date?: number; province?: string; json?: true }) =>
    (await import("./commands/directory.ts")).directory(settings(), options),
  );

services
  .command("import [file]")
  .description("take a ward's or province's own services from a CSV file; exit 1 and no change when a row is wrong")
  .option("--template", "print an empty file with one example row")
  .action(async (file: string | undefined, _: unknown, command: Command) => {
    const { importDirectory } = await import("./commands/directory-import.ts");
    process.exitCode = await importDirectory(settings(), file, command.optsWithGlobals());
  });

services
  .command("check <id>")
  .description("record that somebody called or opened a service")
  .requiredOption("--by <who>", "role or name of who called; never shown to citizens")
  .addOption(
    new Option("--result <result>", "what came of it").choices(["works", "wrong", "changed"]).makeOptionMandatory(),
  )
  .option("--on <day>", "day of the call, YYYY-MM-DD; today if absent")
  .option("--note <note>", "for the team")
  .action(async (id: string, _: unknown, command: Command) =>
    (await import("./commands/directory-check.ts")).checkService(settings(), id, command.optsWithGlobals()),
  );

cli
  .command("desk [words...]")
  .description("do what the pages of the desk do: <group> <verb> [id] [--field text …]; without words, all there is")
  .option("--as <login>", "the member of staff who does it")
  .option("--file <file>", "the input as YAML or JSON")
  .option("--set <field=text>", "a field named like one of these options", (text, all: string[] = []) => [...all, text])
  .option("--lang <lang>", "vi or en", langOption)
  .option("--json", "the result as JSON")
  .allowUnknownOption()
  .action(
    async (words: string[], options: { as?: string; file?: string; set?: string[]; lang?: Lang; json?: true }) => {
      const [{ desk }, { withDesk }] = await Promise.all([
        import("./commands/desk.ts"),
        import("./commands/with-desk.ts"),
      ]);
      process.exitCode = await desk(settings(), words, options, withDesk);
    },
  );

cli
  .command("classify")
  .description("tell what the safety screen hears in {id,text} lines of JSON on standard input")
  .option("--explain <text>", "one text, with the signals that were used")
  .action(async (options: { explain?: string }) => {
    process.exitCode = await (await import("./commands/classify.ts")).classify(options.explain);
  });

cli
  .command("places")
  .description("tell which place is meant in {id,text} lines of JSON on standard input")
  .action(async () => {
    process.exitCode = await (await import("./commands/places.ts")).places();
  });

cli
  .command("proposals")
  .description("print the proposals and corrections that people agreed to send, as JSON lines")
  .action(async () => (await import("./commands/results.ts")).proposals(settings()));

cli
  .command("counts")
  .description("print what was counted, as CSV; numbers below 5 are hidden")
  .option("--from <day>", "first day, YYYY-MM-DD", "2000-01-01")
  .option("--to <day>", "last day, YYYY-MM-DD", "2100-01-01")
  .action(async (options: { from: string; to: string }) =>
    (await import("./commands/results.ts")).counts(settings(), options.from, options.to),
  );

try {
  await cli.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : WRONG_USE;
  else if (error instanceof AppError) {
    process.stderr.write(`an-tam: ${error.message}\n`);
    process.exitCode = error.code === "config_invalid" || error.code === "input_invalid" ? WRONG_USE : FAILED;
  } else throw error;
}
