/** What a message is about, as people who help would sort it. `none` is the absence of a label. */
export const LABELS = [
  "danger-now",
  "domestic-violence",
  "sexual-violence",
  "child-abuse",
  "online-abuse",
  "image-abuse",
  "trafficking",
  "self-harm",
  "workplace-harassment",
  "legal",
  "shelter",
  "talk-to-person",
  "help-other",
] as const;
export type Label = (typeof LABELS)[number];
