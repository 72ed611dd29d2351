import { SubmitPayload } from "@valet/contracts";
import { z } from "zod";
import { GatePolicy } from "./gate/gate-policy.ts";
import { ApprovedForm, GatePermit, RefusalReason } from "./gate/judge-request.ts";
import { DocumentRecord, RequestRecord } from "./request-record.ts";

/** What workers say to the session host and hear from it: JSON over HTTP, errors as `Problem`. */

const Id = z.string().min(1).max(200);

/**
 * `live`: has a browser · `lost`: its browser or host died · `closed`: was closed on purpose ·
 * `hibernated`: was closed while a person is waited for.
 */
export const SessionState = z.enum(["live", "lost", "closed", "hibernated"]);
export type SessionState = z.infer<typeof SessionState>;

/** `POST /sessions`: the same task gets the same live session, untouched. */
export const CreateSessionInput = z.object({
  taskId: z.uuid(),
  userId: z.uuid(),
  /** The page to open, http or https; `about:blank` leaves that to whoever attaches. */
  url: z.union([z.literal("about:blank"), z.url({ protocol: /^https?$/ }).max(4_096)]),
  /** What the site is known to send before an application; without it nothing but what asks. */
  policy: GatePolicy.optional(),
});
export type CreateSessionInput = z.infer<typeof CreateSessionInput>;

export const CreatedSession = z.object({
  sessionId: Id,
  taskId: Id,
  state: SessionState,
  /** The host that has the browser: another one than was asked when the task lives there already. */
  hostUrl: z.url(),
  /** Whether a browser was ready and waiting. */
  pooled: z.boolean(),
});
export type CreatedSession = z.infer<typeof CreatedSession>;

/**
 * `POST /sessions/:id/attach`: who wants to drive, and for whom. A session of another task or person
 * is answered as an unknown one. With `fence` only its holder gets in; without, anybody is replaced.
 * With `turn`, the try of a step that asks, nobody gets in once a later try of that step has begun.
 */
export const AttachSessionInput = z.object({
  owner: Id,
  taskId: z.uuid(),
  userId: z.uuid(),
  fence: z.number().int().nonnegative().optional(),
  turn: z.object({ runId: Id, step: Id, attempt: z.number().int().nonnegative() }).optional(),
});
export type AttachSessionInput = z.infer<typeof AttachSessionInput>;

/** `POST /sessions/:id/detach`: its holder lets go; nobody drives until the next attach. */
export const DetachSessionInput = z.object({
  taskId: z.uuid(),
  userId: z.uuid(),
  fence: z.number().int().positive(),
});
export type DetachSessionInput = z.infer<typeof DetachSessionInput>;

/**
 * `POST /sessions/:id/control`: a person takes the browser over. Whoever drove it is cut, and no worker
 * gets in until it is handed back. `control` names the window that asks: asking again with the same name
 * keeps control, another one is refused with `CONTROL_TAKEN` while the first holds it.
 */
export const TakeControlInput = z.object({
  taskId: z.uuid(),
  userId: z.uuid(),
  control: z.uuid(),
});
export type TakeControlInput = z.infer<typeof TakeControlInput>;

export const ControlGrant = z.object({
  /** That of the person; automation with a lower one is cut off. */
  fence: z.number().int().positive(),
  /** Whether the display takes what they copied elsewhere. */
  allowsClipboard: z.boolean(),
});
export type ControlGrant = z.infer<typeof ControlGrant>;

/** `POST /sessions/:id/release`: whichever window holds control, it ends. Also when nobody has it. */
export const ReleaseControlInput = z.object({ taskId: z.uuid(), userId: z.uuid() });
export type ReleaseControlInput = z.infer<typeof ReleaseControlInput>;

/** `POST /sessions/:id/text`: enters text where the cursor stands, for the window that has control. */
export const TypeTextInput = TakeControlInput.extend({ text: z.string().min(1).max(20_000) });
export type TypeTextInput = z.infer<typeof TypeTextInput>;

/**
 * `GET /sessions/:id/display`, upgraded to a WebSocket that speaks RFB. With `control` it acts as long as
 * that window holds control; without, it only looks on.
 */
export const OpenDisplayQuery = z.object({
  taskId: z.uuid(),
  userId: z.uuid(),
  control: z.uuid().optional(),
});
export type OpenDisplayQuery = z.infer<typeof OpenDisplayQuery>;

/** `POST /sessions/:id/read-press`: the page is to be read while the person who pressed stays in control. */
export const ReadPressInput = z.object({ taskId: z.uuid(), userId: z.uuid() });
export type ReadPressInput = z.infer<typeof ReadPressInput>;

/** What the person in control pressed last, and a way to read the page it was pressed on. */
export const PressGrant = z.object({
  /** For `attachToBrowser`: only reads, and is good while this control lasts. */
  relayUrl: z.url(),
  /** That of the person. */
  fence: z.number().int().positive(),
  pressDigest: z.string(),
  method: z.string(),
  /** Where it would have gone, without its query. */
  place: z.string(),
});
export type PressGrant = z.infer<typeof PressGrant>;

/** What the holder of the fence says to the gate of its browser. */
export const GateCommand = z.discriminatedUnion("do", [
  /** What was entered for the person, to know it again in a request; kept in memory alone. */
  z.object({ do: z.literal("learn"), values: z.array(z.string().max(20_000)).max(2_000) }),
  /** `step`: the form is about to go on to its next page; `upload`: a file is about to be handed over. */
  z.object({ do: z.literal("permit"), permit: GatePermit }),
  z.object({ do: z.literal("end_permit") }),
  /** Lets this intent's request through, once, if the database has it armed for this session and fence. */
  z.object({ do: z.literal("arm"), intentId: z.uuid(), form: ApprovedForm }),
  /**
   * Under a person's control, after this press: lets the same one through, once, if the database has it
   * approved by their act.
   */
  z.object({
    do: z.literal("arm_for_press"),
    intentId: z.uuid(),
    form: ApprovedForm,
    pressDigest: z.string().regex(/^[\da-f]{64}$/),
  }),
  /** Keeps what this form sends and shows it: nothing ever leaves. */
  z.object({ do: z.literal("rehearse"), form: ApprovedForm }),
  z.object({ do: z.literal("disarm") }),
]);
export type GateCommand = z.infer<typeof GateCommand>;

/** `POST /sessions/:id/gate` */
export const CommandGateInput = z.object({
  taskId: z.uuid(),
  userId: z.uuid(),
  fence: z.number().int().positive(),
  command: GateCommand,
});
export type CommandGateInput = z.infer<typeof CommandGateInput>;

/** How the gate of a browser stands. */
export const GateView = z.object({
  state: z.enum(["closed", "armed", "deciding", "spent"]),
  /** Requests that were kept from leaving. */
  refused: z.number().int().nonnegative(),
  lastRefusal: RefusalReason.optional(),
});
export type GateView = z.infer<typeof GateView>;

/** What the gate answers to a command; a rehearsed application is shown to the holder of the fence alone. */
export const GateAnswer = GateView.extend({ rehearsed: SubmitPayload.optional() });
export type GateAnswer = z.infer<typeof GateAnswer>;

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
  /** Who attached last and has not let go. */
  owner: Id.nullable(),
  createdAt: z.iso.datetime(),
  /** Who looks on or acts now; absent where there is no display to look at. */
  viewers: z.number().int().nonnegative().optional(),
  /** While a person has control: how often the gate kept back what they sent. */
  control: z.object({ refused: z.number().int().nonnegative() }).optional(),
  /** Of all its processes, as measured last; absent until then. */
  memoryBytes: z.number().int().nonnegative().optional(),
  /** The newest answer to a navigation of the page; absent until there is one. */
  document: DocumentRecord.optional(),
  /** The last 100 requests that may have changed something, oldest first; kept after the end. */
  requests: z.array(RequestRecord),
  gate: GateView,
});
export type SessionView = z.infer<typeof SessionView>;

/** A browser that waits for a task. */
export const PooledBrowser = z.object({
  ageMs: z.number().int().nonnegative(),
  memoryBytes: z.number().int().nonnegative().optional(),
});
export type PooledBrowser = z.infer<typeof PooledBrowser>;

/** `GET /sessions`: live sessions and the newest ended ones, and what waits in the pool. */
export const SessionList = z.object({
  sessions: z.array(SessionView.omit({ requests: true })),
  pool: z.array(PooledBrowser),
  memory: z.object({
    budgetBytes: z.number().int().nonnegative(),
    usedBytes: z.number().int().nonnegative(),
  }),
});
export type SessionList = z.infer<typeof SessionList>;

export const SessionParams = z.object({ id: Id });

/** `DELETE /sessions/:id` */
export const CloseSessionQuery = z.object({
  as: z.enum(["closed", "hibernated"]).default("closed"),
});

/** `DELETE /sessions`: also when another host has it, which closes it within seconds. */
export const CloseByTaskQuery = z.object({ taskId: Id });
