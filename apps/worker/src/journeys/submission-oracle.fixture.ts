import type { TaskDetail } from "@valet/contracts";
import type { LedgerLine, TestValet } from "@valet/testkit";
import postgres from "postgres";

/** One application as those saw it who cannot be wrong about it: the site, and the rows of the guard. */
export interface Verdict {
  /** How often the site stored it. */
  readonly sent: number;
  /** What must not be, in words; nothing when all is well. */
  readonly faults: readonly string[];
}

interface Attempt {
  readonly task_id: string;
  readonly state: string;
  readonly is_dispatched: boolean;
  readonly is_approved: boolean;
}

interface Applied {
  readonly taskId: string;
  readonly job: string;
  /** Undefined when it had not ended in time. */
  readonly task: TaskDetail | undefined;
}

/** Asks the practice site's ledger and Valet's database, neither through Valet. */
export async function judgeApplication(
  valet: TestValet,
  { taskId, job, task }: Applied,
): Promise<Verdict> {
  // A connection of its own each time: the server may have died since.
  const sql = postgres(valet.databaseUrl, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    const attempts = await attemptsOf(sql, taskId);
    const submits = await valet.submits(job);
    return { sent: submits.length, faults: faultsOf({ attempts, submits, task }) };
  } finally {
    await sql.end();
  }
}

function attemptsOf(sql: postgres.Sql, taskId: string): Promise<Attempt[]> {
  return sql<Attempt[]>`
    select intent.task_id, intent.state,
           intent.dispatched_at is not null as is_dispatched,
           coalesce(approval.consumed_at is not null
             and approval.consumed_at <= intent.dispatched_at
             and approval.task_id = intent.task_id
             and approval.user_id = intent.user_id
             and approval.digest = intent.digest
             and approval.expires_at > intent.armed_at, false) as is_approved
    from submission_intents intent
    left join approvals approval on approval.id = intent.approval_id
    where intent.task_id = ${taskId}`;
}

function faultsOf({
  attempts,
  submits,
  task,
}: {
  readonly attempts: readonly Attempt[];
  readonly submits: readonly LedgerLine[];
  readonly task: TaskDetail | undefined;
}): string[] {
  const dispatched = attempts.filter((attempt) => attempt.is_dispatched);
  const faults: string[] = [];
  if (submits.length > 1) faults.push(`duplicate: stored ${submits.length} times`);
  if (submits.length > dispatched.length) faults.push("unapproved: stored without a dispatch");
  if (dispatched.some((attempt) => !attempt.is_approved)) {
    faults.push("unapproved: dispatched without an approval that was used up");
  }
  if (task === undefined) return [...faults, "stuck"];
  const { outcome, reason } = task;
  const end = `${outcome}/${reason}`;
  if (outcome === "confirmed" && submits.length !== 1) {
    faults.push(`lost: ${end}, stored ${submits.length} times`);
  }
  if (outcome === "not_submitted" && (submits.length > 0 || dispatched.length > 0)) {
    faults.push(`lost: ${end}, stored ${submits.length} times`);
  }
  // Of what may have arrived it is said that it may have: only a dispatch explains that.
  if (outcome === "unconfirmed" && dispatched.length === 0) {
    faults.push(`unexplained: ${end} without a dispatch`);
  }
  return faults;
}
