import { type TaskRow } from "@valet/db";
import { comparePayload, digestOf } from "@valet/domain";
import type { WorkerDeps } from "../deps.ts";
import { keepRehearsal, keepScreenshot } from "../evidence/keep-evidence.ts";
import type { LiveSession } from "../live-sessions.ts";
import { type PageToSend, enteredOn, formOf } from "./page-to-send.ts";
import { pressSubmit } from "./send-once.ts";
import type { DispatchOutput } from "./step-result.ts";

/**
 * Presses the button like any application, before a gate that keeps what it sends; the application as it
 * would have left is kept as evidence, with what in it differs from the form. Nothing is armed.
 */
export async function rehearse(
  deps: WorkerDeps,
  {
    task,
    live,
    held,
  }: { readonly task: TaskRow; readonly live: LiveSession; readonly held: PageToSend },
  signal: AbortSignal,
): Promise<DispatchOutput> {
  await live.gate.learn(enteredOn(held), signal);
  const press = () => pressSubmit(deps, { task, live, form: held.form }, signal);
  const request = (await live.gate.rehearse(formOf(held), press, signal)) ?? null;
  const lastPage = held.snapshot.pages.at(-1);
  const difference = comparePayload(lastPage?.fields ?? [], request?.entries ?? []);
  const digest = digestOf(held.snapshot);
  await keepRehearsal(
    deps,
    {
      taskId: task.id,
      rehearsal: {
        version: 1,
        digest,
        request,
        notCarried: [...difference.notCarried],
        beyondTheForm: [...difference.beyondTheForm],
      },
    },
    signal,
  );
  await keepScreenshot(deps, { taskId: task.id, kind: "after-submit", page: live.page }, signal);
  return {
    rehearsed: request === null ? "sends_nothing" : "would_send",
    carried: request?.entries.length ?? 0,
    differences: difference.notCarried.length + difference.beyondTheForm.length,
  };
}
