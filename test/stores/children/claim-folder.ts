import { AppError } from "../../../src/errors.ts";
import { openDataFolder } from "../../../src/stores/data-folder.ts";

/** Claims the folder, says "claimed" and stays; or says why it could not, and ends. */
try {
  await openDataFolder(process.argv[2] ?? "");
  console.log("claimed");
  setInterval(() => {}, 60_000);
} catch (error) {
  console.log(error instanceof AppError ? `${error.code} ${error.message}` : String(error));
}
