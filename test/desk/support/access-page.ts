import { join } from "node:path";
import { ROLES } from "../../../src/desk/access.ts";
import { EVERY_PLACE } from "./access-places.ts";
import { DOOR_ROWS, nameOf, ROWS, statusFor, statusOfStranger, thingsOf } from "./access-rows.ts";

/** Where the table stands for people to read; `node scripts/desk-access.ts` writes it. */
export const PAGE_FILE = join(import.meta.dirname, "../../../docs/desk-access.md");

const INTRO = `# Who may do what at the desk

*Made from the data of \`test/desk/support/access-rows.ts\` by \`node scripts/desk-access.ts\`. \`test/desk/access.test.ts\` tries every cell over
HTTP on a real server and every action on the command line, and fails when a route has no row or this page is out of step.*

**Tiếng Việt.** Bảng này ghi máy chủ trả lời gì cho từng địa chỉ của bàn làm việc, theo vai trò và địa bàn của người hỏi. 200: xem được.
303: đã làm xong, hoặc được đưa sang trang khác. 403: không được phép, không có gì thay đổi. 404: không có. 422: chưa làm, vì nội dung
chưa hợp lệ, như nơi nhận ngoài địa bàn; lời giải thích nằm ngay cạnh ô. Trong ví dụ, An Tâm là của Hà Nội; “ward” là phường Hoàn Kiếm (Hà
Nội), “far” là một phường ở Quảng Ninh.

**English.** What the server answers at each address of the desk, by the role and the place of whoever asks. 200: shown. 303: done, or sent
on to another page. 403: not allowed, and nothing has changed. 404: there is none. 422: not done, because what was sent does not fit, such
as a place that is not theirs; the form says so beside the field. In the example the bot is Hà Nội's; “ward” is Hoàn Kiếm ward (Hà Nội),
“far” is a ward of Quảng Ninh.
`;

const PLACES = `
## Pages and forms

A column is a role. Where the place matters, a cell has five answers, for staff whose place is: none · the authority's own (Hà Nội) ·
the ward · another ward of Hà Nội · another province (Quảng Ninh, the far thing's own). Who is limited to the authority's own place is
limited by nothing. “Of”: what the address is about, by its place; – where places do not matter. Nobody, half (the password was given,
not yet the code) and off (switched off meanwhile) get the same answer everywhere here.

`;

const DOORS = `
## Ways in and out

Places do not matter here. They are tried with what is not right (an unknown name, a made-up code or link), but for one's own password at
\`/desk/renew\`.

`;

const REST = `
## Beside the table

- Every form above without its token, with the token of somebody else's session or of a page before the sign-in, from another site
  (\`Sec-Fetch-Site\`) or from another origin: 403, and nothing has changed.
- The address of a form asked for as a page, and every other method: 404.
- The same action on the command line, by role, place and thing: the same answer. A form may say 422 beside the field where the command
  says \`outside-place\`.
- \`POST /desk/command\` is for programs of this machine that have the key of the data folder; for everybody else there is no such address
  (\`test/desk/command-route.test.ts\`).
- Lists, the calendar, the first page and the audit trail show what concerns one's own place alone; nothing of another place can be moved
  here by a form, nor the other way round.
- Nobody releases what they wrote, whatever their roles: 403 (\`test/desk/broadcast-actions.test.ts\`, \`test/desk/month.test.ts\`).
`;

/** The whole page, in Markdown. */
export function accessPage(): string {
  return [INTRO, PLACES, pages(), DOORS, doors(), REST].join("");
}

function pages(): string {
  const rows = ROWS.flatMap((row) =>
    thingsOf(row).map((thing) => {
      const cells = ROLES.map((role) => answers(EVERY_PLACE.map((place) => statusFor(row, { role, place }, thing))));
      return line([`\`${nameOf(row)}\``, thing ?? "–", String(statusOfStranger(row)), ...cells]);
    }),
  );
  return table(["route", "of", "nobody, half, off", ...ROLES], rows);
}

/** One number where every place gets the same. */
function answers(statuses: readonly number[]): string {
  return new Set(statuses).size === 1 ? String(statuses[0]) : statuses.join(" · ");
}

function doors(): string {
  const rows = DOOR_ROWS.map((row) => {
    const { nobody, half, off } = row.strangers;
    const cells = [nobody, half, off, ...ROLES.map((role) => row.full[role])].map(String);
    return line([`\`${nameOf(row)}\``, ...cells]);
  });
  return table(["route", "nobody", "half", "off", ...ROLES], rows);
}

function table(headings: readonly string[], rows: readonly string[]): string {
  return `${[line(headings), line(headings.map(() => "---")), ...rows].join("\n")}\n`;
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
