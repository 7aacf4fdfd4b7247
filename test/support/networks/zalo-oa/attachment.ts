import { z } from "zod";
import { OaFault } from "./fault.ts";

const MAX_BUTTONS = 5;
const Title = z.string().min(1).max(100);
const Phone = z.string().regex(/^\d{6,15}$/);

const Button = z.discriminatedUnion("type", [
  z.strictObject({ title: Title, type: z.literal("oa.query.show"), payload: z.string().min(1).max(1_000) }),
  z.strictObject({ title: Title, type: z.literal("oa.query.hide"), payload: z.string().min(1).max(1_000) }),
  z.strictObject({ title: Title, type: z.literal("oa.open.url"), payload: z.strictObject({ url: z.url() }) }),
  z.strictObject({ title: Title, type: z.literal("oa.open.phone"), payload: z.strictObject({ phone_code: Phone }) }),
  z.strictObject({
    title: Title,
    type: z.literal("oa.open.sms"),
    payload: z.strictObject({ phone_code: Phone, content: z.string() }),
  }),
]);
export type Button = z.infer<typeof Button>;

const Buttons = z.strictObject({
  template_type: z.literal("button").optional(),
  buttons: z.array(Button).min(1).max(MAX_BUTTONS),
});

const Id = z.string().min(1);
const Picture = z.discriminatedUnion("media_type", [
  z.strictObject({ media_type: z.literal("image"), url: z.url().optional(), attachment_id: Id.optional() }),
  z.strictObject({
    media_type: z.literal("gif"),
    url: z.url().optional(),
    attachment_id: Id.optional(),
    width: z.int().positive(),
    height: z.int().positive(),
  }),
  z.strictObject({ media_type: z.literal("sticker"), attachment_id: Id }),
]);
export type Picture = z.infer<typeof Picture>;
const Media = z.strictObject({ template_type: z.literal("media"), elements: z.tuple([Picture]) });

const Template = z.strictObject({
  type: z.literal("template"),
  payload: z.looseObject({ template_type: z.string().optional() }),
});
const File = z.strictObject({ type: z.literal("file"), payload: z.strictObject({ token: Id }) });

/** What hangs on a message. */
export type Attachment =
  | { readonly kind: "none" }
  | { readonly kind: "buttons"; readonly buttons: readonly Button[] }
  | { readonly kind: "picture"; readonly picture: Picture }
  | { readonly kind: "file"; readonly token: string };

/** Throws -201 or -210 for what no document shows. */
export function readAttachment(value: Readonly<Record<string, unknown>> | undefined): Attachment {
  if (value === undefined) return { kind: "none" };
  if (value["type"] === "file") return { kind: "file", token: read(File, value).payload.token };
  const { payload } = read(Template, value);
  if (payload.template_type === "media") {
    return { kind: "picture", picture: read(Media, payload).elements[0] };
  }
  if (payload.template_type === "request_user_info") {
    throw new OaFault(-201, "a confidential service does not ask for personal data");
  }
  return { kind: "buttons", buttons: read(Buttons, payload).buttons };
}

/** Parses a part of a call: -210 when only something is too long, -201 otherwise. Names no value. */
export function read<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const why = issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
  throw new OaFault(issues.every(({ code }) => code === "too_big") ? -210 : -201, why);
}
