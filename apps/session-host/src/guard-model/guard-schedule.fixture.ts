import { type GateCommand, createRequestGate, createSubmitLatch } from "@valet/browser";
import { isValetError } from "@valet/contracts";
import { createLogger } from "@valet/runtime";
import { type Session, createSession } from "../create-session.ts";
import { type GuardRecords, createGuardRecords } from "./guard-records.fixture.ts";
import {
  type Released,
  type Sending,
  type SiteAnswer,
  createGuardedPage,
  site,
} from "./guarded-page.fixture.ts";

/** One start of the task's work; the engine may start it again while this one still runs. */
export interface Drive {
  readonly clicks: readonly SiteAnswer[];
  /** The order to arm arrives a second time, whenever. */
  readonly armsTwice: boolean;
  readonly disarm: "told" | "told twice" | "lost";
  /** Killed before this step of its own; 9 is never. */
  readonly diesBefore: number;
  /** The person wants it sent once more, whatever became of it. */
  readonly repeats: boolean;
}

export interface Scenario {
  readonly drives: readonly Drive[];
  /** What the page, or a person in it, sends besides. */
  readonly strays: readonly Sending[];
  /** What the gate gets to hear of each decision; a lost one is a no, for whoever asked. */
  readonly decisions: readonly ("heard" | "lost" | "failed")[];
  readonly isClosed: boolean;
}

const log = createLogger({ name: "schedule", level: "silent" });
const form = { url: `${site}/form`, target: { method: "POST", url: `${site}/apply` } };
const ids = {
  sessionId: "00000000-0000-4000-9000-000000000001",
  taskId: "00000000-0000-4000-9000-000000000002",
  userId: "00000000-0000-4000-9000-000000000003",
};

/** Where the gate stands by the orders that its session took. */
interface Standing {
  readonly order: "closed" | { readonly armedFor: string };
}

interface World {
  readonly deliver: (label: string) => Promise<void>;
  readonly records: GuardRecords;
  readonly session: Session;
  readonly page: ReturnType<typeof createGuardedPage>;
  readonly stand: (standing: Standing) => void;
  readonly faults: string[];
}

/**
 * Plays one scenario over the real gate, session and latch. Every message waits for `deliver`, so that
 * whoever gives it decides the order. Returns a function that says, when nothing is left to deliver, what
 * should not have happened.
 */
export function playSchedule(
  deliver: (label: string) => Promise<void>,
  scenario: Scenario,
): () => string[] {
  const faults: string[] = [];
  const records = createGuardRecords(ids.sessionId);
  let standing: Standing = { order: "closed" };
  let released = 0;
  let isCutOff = false;
  const latch = createSubmitLatch();
  const gate = createRequestGate({
    onRelease: (url) => latch.begin(new URL(url).origin),
    onSettled: () => latch.end(),
    onRefusal: () => undefined,
  });
  const decisions = [...scenario.decisions];
  const session = createSession(
    {
      metrics: { decided: () => undefined, dispatched: () => undefined },
      live: { limits: { idleMs: 1, limitMs: 1, absentMs: 1 }, allowsClipboard: false },
      onControlEnded: () => undefined,
      log,
      browser: browserBehind(gate, () => {
        isCutOff = true;
      }),
      records: {
        async maySubmit(attempt) {
          const asked = standing;
          await deliver("the database is asked");
          const isAllowed = records.dispatch(attempt);
          await deliver("the database answers");
          const heard = decisions.shift() ?? "heard";
          if (heard === "failed") throw new Error("The connection was lost.");
          if (heard === "lost" || !isAllowed) return false;
          const before = released;
          // The gate goes on in the same turn of the loop.
          void deliver("later").then(() => {
            const isHeld = standing === asked && released === before && !isCutOff;
            if (isHeld) faults.push("kept what the database had allowed");
          });
          return true;
        },
        // No person has control in these schedules.
        maySubmitPress: () => Promise.resolve(false),
        tellPress: () => undefined,
        recordAnswer: () => undefined,
      },
    },
    { ...ids, url: "about:blank", hostUrl: "http://127.0.0.1:1", pooled: false },
  );

  function onReleased(request: Released): void {
    if (isCutOff) return;
    if (!passesOnce(latch, request)) faults.push("the latch did not stop a repeat");
    if (request.isRedirected) {
      if (new URL(request.url).origin !== site) faults.push("followed to another origin");
      return;
    }
    released += 1;
    const row = records.findByRequest(request.digest);
    if (row?.state !== "dispatched") faults.push("released without the database's yes");
    if (standing.order === "closed") faults.push("released after the gate was closed");
    else if (standing.order.armedFor !== row?.intentId) faults.push("released for another attempt");
    if (released > 1 + records.resubmits()) faults.push("released twice");
  }

  const page = createGuardedPage({ gate, deliver, onReleased });
  const world: World = {
    deliver,
    records,
    session,
    page,
    faults,
    stand: (next) => {
      standing = next;
    },
  };
  for (const [index, one] of scenario.drives.entries()) void drive(world, one, index);
  for (const sending of scenario.strays) {
    void deliver(`the page sends: ${sending}`).then(() => page.send(sending, "stores"));
  }
  if (scenario.isClosed) {
    void deliver("the session is closed").then(() => {
      records.end();
      return session.close("closed");
    });
  }
  return () => [...faults, ...page.faults()];
}

/** What the worker does, from its attach to its last word. */
async function drive(world: World, plan: Drive, index: number): Promise<void> {
  const { deliver, records, session, page, stand } = world;
  let step = 0;
  const next = async (label: string): Promise<void> => {
    await deliver(`worker ${index}: ${label}`);
    step += 1;
    if (step > plan.diesBefore) await new Promise(() => undefined);
  };
  await next("takes the fence");
  const fence = records.takeFence();
  await next(`is let in with ${fence}`);
  const isIn = isTaken(() => session.admit({ fence, owner: `worker ${index}` }, () => undefined));
  if (!isIn) return;
  stand({ order: "closed" });
  await next("arms");
  const intentId = records.arm({ fence, repeats: plan.repeats });
  if (intentId === undefined) return;
  const arm = (): void => {
    const isArmed = isHeard(world, fence, { do: "arm", intentId, form });
    if (isArmed) stand({ order: { armedFor: intentId } });
  };
  await next("arms the gate");
  arm();
  if (plan.armsTwice) void deliver(`worker ${index}: arms once more`).then(arm);
  for (const answer of plan.clicks) {
    void deliver(`worker ${index}: clicks`).then(() => page.send("application", answer));
  }
  const close = (): void => {
    if (isHeard(world, fence, { do: "disarm" })) stand({ order: "closed" });
  };
  await next("closes the gate");
  if (plan.disarm !== "lost") close();
  if (plan.disarm === "told twice") void deliver(`worker ${index}: closes once more`).then(close);
  await next("gives up what was not sent");
  records.disarm({ intentId, fence });
  await next("lets go");
  if (session.view().fence === fence) stand({ order: "closed" });
  session.release(fence);
}

function isHeard({ session, faults }: World, fence: number, command: GateCommand): boolean {
  const isReplaced = session.view().fence !== fence;
  const isDone = isTaken(() => session.commandGate({ fence, command }));
  if (isDone && isReplaced) faults.push("heard a worker that was replaced");
  return isDone;
}

/** Whether the host took an order. */
function isTaken(order: () => unknown): boolean {
  try {
    order();
    return true;
  } catch (error) {
    if (isValetError(error, "FENCED") || isValetError(error, "SESSION_LOST")) return false;
    throw error;
  }
}

/** As Chromium uses its proxy: a connection for the request, and when that dies another one. */
function passesOnce(latch: ReturnType<typeof createSubmitLatch>, { url }: Released): boolean {
  const { hostname } = new URL(url);
  let passed = 0;
  const asking = { pass: () => void (passed += 1), refuse: () => undefined };
  latch.askTunnel(`${hostname}:443`, asking).ended();
  latch.askTunnel(`${hostname}:443`, asking);
  return passed === 1;
}

/** Everything around the gate that a schedule does not touch. */
function browserBehind(
  gate: ReturnType<typeof createRequestGate>,
  cutOff: () => void,
): Parameters<typeof createSession>[0]["browser"] {
  return {
    pid: 0,
    display: undefined,
    gate,
    relay: {
      product: "",
      renewTicket: () => "ws://127.0.0.1:1/",
      revokeTicket: () => undefined,
      revokeAndSettle: () => Promise.resolve(),
      roleOf: () => undefined,
      readerTicket: () => "http://127.0.0.1:1/relay/reader",
      admit: () => undefined,
      clientCount: () => 0,
      close: () => undefined,
    },
    observation: { requests: () => [], document: () => undefined, close: () => undefined },
    latched: () => false,
    insertText: () => Promise.resolve(),
    firstPage: { navigate: () => undefined },
    exited: new Promise(() => undefined),
    ageMs: () => 0,
    close: () => {
      cutOff();
      return Promise.resolve();
    },
  };
}
