import { type CreateBatchBody, toValetError } from "@valet/contracts";
import { type BatchRow, type Db, type NewBatchLine, createBatch, hasBatchOfKey } from "@valet/db";
import type { NetworkPolicy } from "@valet/domain";
import { employerOf, identifyJob } from "@valet/sites/addresses";
import { assertAnsweredOnce } from "../accept-task.ts";
import { admitJobUrl } from "../admit-job-url.ts";
import type { PersonRouteDeps } from "../deps.ts";
import { takePlaces } from "../queue-room.ts";

interface AcceptBatch {
  readonly userId: string;
  readonly body: CreateBatchBody;
  readonly idempotencyKey?: string;
}

interface AcceptBatchDeps extends Pick<PersonRouteDeps, "networkPolicy" | "queueRoom"> {
  /** Of the person. */
  readonly db: Db;
}

type GivenJob = NonNullable<CreateBatchBody["jobs"]>[number];

interface StoreBatch extends Pick<AcceptBatch, "userId" | "body"> {
  readonly given: readonly GivenJob[];
  readonly idempotencyKey: string | undefined;
}

/** Names looked up at the same time. */
const lookUpsAtOnce = 8;

/**
 * Looks at every address and keeps the batch; a line that cannot be a job keeps no other from being one. Throws
 * `QUEUE_FULL` before anything is looked at or stored where too much waits already.
 */
export async function acceptBatch(
  { db, networkPolicy, queueRoom }: AcceptBatchDeps,
  { userId, body, idempotencyKey }: AcceptBatch,
): Promise<{ readonly batch: BatchRow; readonly created: boolean }> {
  assertAnsweredOnce(body.answers ?? []);
  const given = body.jobs ?? (body.jobUrls ?? []).map((jobUrl): GivenJob => ({ jobUrl }));
  const place = await takePlaces(queueRoom, {
    userId,
    places: given.length,
    isThereAlready: () => hasBatchOfKey(db, { userId, idempotencyKey }),
  });
  try {
    const accepted = await storeBatch(
      { db, networkPolicy },
      { userId, body, given, idempotencyKey },
    );
    if (!accepted.created) place?.giveBack();
    return accepted;
  } catch (error) {
    place?.giveBack();
    throw error;
  }
}

async function storeBatch(
  { db, networkPolicy }: Pick<AcceptBatchDeps, "db" | "networkPolicy">,
  { userId, body, given, idempotencyKey }: StoreBatch,
): Promise<{ readonly batch: BatchRow; readonly created: boolean }> {
  const policy = { ...networkPolicy, lookUpHost: once(networkPolicy.lookUpHost) };
  const lines: NewBatchLine[] = [];
  const queue = given.entries();
  await Promise.all(
    Array.from({ length: lookUpsAtOnce }, async () => {
      for (const [index, job] of queue) lines[index] = await readLine(policy, job);
    }),
  );
  return createBatch(db, {
    userId,
    body,
    lines,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  });
}

async function readLine(
  policy: NetworkPolicy,
  { jobUrl: text, answers = [] }: GivenJob,
): Promise<NewBatchLine> {
  try {
    assertAnsweredOnce(answers);
    const jobUrl = await admitJobUrl(policy, text);
    const { site, jobKey } = identifyJob(jobUrl);
    const name = employerOf(jobUrl, site);
    const employer = name === undefined ? undefined : `${site}/${name}`;
    return { kind: "job", jobUrl: jobUrl.href, jobKey, platform: site, employer, answers };
  } catch (error) {
    const { kind, code } = toValetError(error);
    if (kind !== "user") throw error;
    return { kind: "refused", jobUrl: text, code, answers };
  }
}

/** Hundreds of jobs are often at a few hosts. */
function once(lookUpHost: NetworkPolicy["lookUpHost"]): NetworkPolicy["lookUpHost"] {
  const asked = new Map<string, ReturnType<NetworkPolicy["lookUpHost"]>>();
  return (host) => {
    const known = asked.get(host) ?? lookUpHost(host);
    asked.set(host, known);
    return known;
  };
}
