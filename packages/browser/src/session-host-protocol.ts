import { z } from "zod";
import { DocumentRecord, RequestRecord } from "./request-record.ts";

/** What workers say to the session host and hear from it: JSON over HTTP, errors as `Problem`. */

const Id = z.string().min(1).max(200);

/** `live`: has a browser · `lost`: its browser died by itself · `closed`: was closed on purpose. */
export const SessionState = z.enum(["live", "lost", "closed"]);
export type SessionState = z.infer<typeof SessionState>;

/** `POST /sessions`: the same task gets the same live session, untouched. */
export const CreateSessionInput = z.object({
  taskId: Id,
  userId: Id,
  /** The page to open, http or https. */
  url: z.url({ protocol: /^https?$/ }).max(4_096),
});
export type CreateSessionInput = z.infer<typeof CreateSessionInput>;

export const CreatedSession = z.object({
  sessionId: Id,
  taskId: Id,
  state: SessionState,
});
export type CreatedSession = z.infer<typeof CreatedSession>;

/** `POST /sessions/:id/attach`: who wants to drive, for the log. */
export const AttachSessionInput = z.object({ owner: Id });
export type AttachSessionInput = z.infer<typeof AttachSessionInput>;

export const SessionGrant = z.object({
  /** For `attachToBrowser`; good until the next attach. */
  relayUrl: z.url(),
  /** Grows with every attach; who holds a lower one is cut off. */
  fence: z.number().int().positive(),
});
export type SessionGrant = z.infer<typeof SessionGrant>;

export const SessionView = CreatedSession.extend({
  userId: Id,
  /** 0 until somebody attached. */
  fence: z.number().int().nonnegative(),
  createdAt: z.iso.datetime(),
  /** The newest answer to a navigation of the page; absent until there is one. */
  document: DocumentRecord.optional(),
  /** The last 100 requests that may have changed something, oldest first; kept after the end. */
  requests: z.array(RequestRecord),
});
export type SessionView = z.infer<typeof SessionView>;

export const SessionList = z.object({ sessions: z.array(SessionView.omit({ requests: true })) });
export type SessionList = z.infer<typeof SessionList>;

export const SessionParams = z.object({ id: Id });

export const CloseByTaskQuery = z.object({ taskId: Id });
