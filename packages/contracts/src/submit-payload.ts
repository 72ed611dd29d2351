import { z } from "zod";

/** One thing that a request carries. A file has no bytes here: Chromium keeps them to itself. */
export const PayloadEntry = z.union([
  z.object({ name: z.string(), value: z.string() }),
  z.object({ name: z.string(), fileName: z.string() }),
]);
export type PayloadEntry = z.infer<typeof PayloadEntry>;

/** An application as it would have left, in the order in which it carries its parts. */
export const SubmitPayload = z.object({
  method: z.string(),
  /** With its query. */
  url: z.string(),
  contentType: z.string(),
  entries: z.array(PayloadEntry),
});
export type SubmitPayload = z.infer<typeof SubmitPayload>;
