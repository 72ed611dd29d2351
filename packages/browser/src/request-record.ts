import { z } from "zod";

/** A request that may have changed something on a site, as the browser saw it. */
export const RequestRecord = z.object({
  requestId: z.string(),
  method: z.string(),
  /** Origin and path only: a query may hold a person's data. */
  url: z.string(),
  startedAt: z.iso.datetime(),
  /** The HTTP status of the answer. Absent and not `failed`: no answer was seen. */
  status: z.number().int().optional(),
  /** Chromium's reason, such as `net::ERR_CONNECTION_RESET`. */
  failed: z.string().optional(),
  finishedAt: z.iso.datetime().optional(),
  /** Whether the browser left the page for the answer (a form's POST, as opposed to `fetch`). */
  isNavigation: z.boolean(),
});
export type RequestRecord = z.infer<typeof RequestRecord>;

/** What the newest navigation of a main frame came to. */
export const DocumentRecord = z.object({
  /** Origin and path only. */
  url: z.string(),
  /** The HTTP status of the document; absent when there was no answer at all. */
  status: z.number().int().optional(),
  /** What it said of when to come again (RFC 9110, 10.2.3); absent where it said nothing that can be read. */
  retryAfterSeconds: z.number().int().nonnegative().optional(),
  /** Chromium's reason when there was no answer, such as `net::ERR_NAME_NOT_RESOLVED`. */
  failed: z.string().optional(),
});
export type DocumentRecord = z.infer<typeof DocumentRecord>;
