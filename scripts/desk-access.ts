import { writeFile } from "node:fs/promises";
import { accessPage, PAGE_FILE } from "../test/desk/support/access-page.ts";

// Writes docs/desk-access.md from the table that test/desk/access.test.ts tries.
await writeFile(PAGE_FILE, accessPage());
