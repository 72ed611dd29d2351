import { PersonWall } from "@valet/contracts";
import { type TaskEnd, findTask } from "@valet/db";
import { reasonsAtWall } from "@valet/domain";
import type { WorkerDeps } from "../deps.ts";
import type { PersonNeed } from "./person-texts.ts";

/** What the site wants, where a person can only do it in the live view. */
const wants: Readonly<Partial<Record<PersonWall, string>>> = {
  captcha: "a captcha, which only a person may solve",
  sign_in: "that you sign in or make an account",
  consent: "a consent of your own",
};

/**
 * The end of an application that meets a wall on a browser that nobody can see: waiting for the person would
 * be in vain. Undefined where they can get past it.
 */
export async function findEndUnseen(
  deps: WorkerDeps,
  { taskId, kind }: { readonly taskId: string; readonly kind: PersonNeed["kind"] },
  signal: AbortSignal,
): Promise<TaskEnd | undefined> {
  const wall = PersonWall.safeParse(kind).data;
  if (wall === undefined) return undefined;
  const wanted = wants[wall];
  if (wanted === undefined) return undefined;
  const task = await findTask(deps.db, { id: taskId });
  if (task === undefined || task.sessionId === null) return undefined;
  const host = await deps.hosts.ofSession(task.sessionId);
  const { viewers } = await host.getSession(task.sessionId, signal);
  if (viewers !== undefined) return undefined;
  return {
    outcome: "not_submitted",
    reason: reasonsAtWall[wall],
    message: `The site asks for ${wanted}, and the browsers of this machine have no display on which you could do that. Nothing was sent. Apply by hand at ${task.jobUrl}, or install tigervnc-standalone-server where the session host runs and start the application again.`,
  };
}
