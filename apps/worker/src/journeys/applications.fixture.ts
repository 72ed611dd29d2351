import { setTimeout as delay } from "node:timers/promises";
import type { TaskDetail } from "@valet/contracts";
import { isEnded } from "@valet/domain";
import type { TestValet } from "@valet/testkit";
import type { Applicant } from "./applicant.fixture.ts";

/** Ways in which people apply; together they go through all of the guarded code. */
export type Way = keyof typeof ways;

interface Person {
  readonly ada: Applicant;
  readonly valet: TestValet;
  readonly taskId: string;
}

interface WayOf {
  /** The site and the beginning of the job's name. */
  readonly job: string;
  readonly mode: "autopilot" | "copilot";
  /** What the person does about the state that is shown; called again and again until the end. */
  readonly act?: (person: Person, task: TaskDetail, turn: number) => Promise<unknown>;
  /** Asked to do something once more after the end. */
  readonly after?: (person: Person, task: TaskDetail) => Promise<unknown>;
}

const correctedPhone = "2025550177";

const approve: WayOf["act"] = async ({ ada, taskId }, { state, humanStep, fields }, turn) => {
  if (state !== "awaiting_review" || humanStep?.digest === undefined) return;
  const phone = fields.find(({ meaning }) => meaning === "phone");
  await ada.client.approveTask(taskId, {
    digest: humanStep.digest,
    ...(turn === 0 && phone !== undefined
      ? { fieldOverrides: { [phone.id]: correctedPhone } }
      : {}),
  });
};

/** A consent does not cover a form that is another one after a crash: then the person looks after all. */
const approveIfAsked: WayOf["act"] = async (person, task) => approve(person, task, 1);

export const ways = {
  /** Three pages, without a look. */
  autopilot: { job: "plain/jobs/engineer", mode: "autopilot", act: approveIfAsked },
  /** One page; the person looks and corrects a value. */
  copilot: { job: "greenhouse/acme/jobs/engineer", mode: "copilot", act: approve },
  /** Three pages; the browser is gone when the person has approved. */
  rebuilt: {
    job: "plain/jobs/engineer",
    mode: "copilot",
    act: async (person, task, turn) => {
      if (task.state === "awaiting_review" && turn === 0) await closeBrowser(person);
      await approve(person, task, turn);
    },
  },
  /** The form is another one on the new browser: shown again, and approved again. */
  changed: {
    job: "greenhouse/acme/jobs/engineer-changing",
    mode: "copilot",
    act: async (person, task, turn) => {
      if (task.state === "awaiting_review" && turn === 0) await closeBrowser(person);
      await approve(person, task, turn);
    },
  },
  /** The site never answers, so a person says what became of it. */
  stated: {
    job: "greenhouse/acme/jobs/engineer-silent",
    mode: "autopilot",
    act: approveIfAsked,
    after: ({ ada, taskId }) => ada.client.resolveTask(taskId, { outcome: "confirmed" }),
  },
  /** The person decides against it when it is shown. */
  cancelled: {
    job: "plain/jobs/engineer",
    mode: "copilot",
    act: async ({ ada, taskId }, { state }) => {
      if (state === "awaiting_review") await ada.client.cancelTask(taskId);
    },
  },
} as const satisfies Record<string, WayOf>;

const lookEveryMs = 250;

/** The application's person, who does what the way says until it has ended; undefined after the time limit. */
export async function accompany(
  person: Person,
  way: Way,
  signal: AbortSignal,
): Promise<TaskDetail | undefined> {
  const { act, after }: WayOf = ways[way];
  const { ada, taskId } = person;
  const shown: string[] = [];
  while (!signal.aborted) {
    // The API may be away; a person tries again.
    const task = await ada.client.getTask(taskId).catch(() => undefined);
    if (task !== undefined && isEnded(task.state)) {
      if (after !== undefined && task.outcome === "unconfirmed") {
        await after(person, task).catch(() => undefined);
      }
      return task;
    }
    const step = task?.humanStep?.id;
    if (task !== undefined && step !== undefined) {
      if (!shown.includes(step)) shown.push(step);
      await act?.(person, task, shown.indexOf(step)).catch(() => undefined);
    }
    await delay(lookEveryMs, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}

async function closeBrowser({ valet, taskId }: Person): Promise<void> {
  const { url, token } = valet.sessionHost;
  await fetch(`${url}/sessions?taskId=${taskId}`, {
    method: "DELETE",
    headers: { authorization: `Bearer ${token}` },
  });
}
