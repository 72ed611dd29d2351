import { z } from "zod";

/** What the session host saw of the answer to the one request it released; no page text, no headers. */
export const SubmitResponse = z.strictObject({
  /** HTTP status of the last answer, after redirects; null when none came. */
  status: z.number().int().min(100).max(599).nullable(),
  /** The browser's name of the network failure; null when there was none. */
  failed: z.string().max(200).nullable(),
  /** How many redirects were followed from the released request. */
  redirects: z.number().int().min(0),
  /** The connection died after bytes were sent, and the browser's own second send was stopped. */
  latched: z.boolean(),
  /** By the host's clock. */
  at: z.iso.datetime(),
});
export type SubmitResponse = z.infer<typeof SubmitResponse>;
