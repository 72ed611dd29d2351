import type { PersonWall } from "@valet/contracts";
import type { TaskRow } from "@valet/db";
import { type FormPage, clickSubmit } from "@valet/forms";
import { adapterOf, readSiteAnswer } from "@valet/sites";
import type { WorkerDeps } from "../deps.ts";
import type { LiveSession } from "../live-sessions.ts";
import { findWall } from "./find-wall.ts";
import { untilGateDecides } from "./until-gate-decides.ts";
import { untilPageSettles } from "./until-page-settles.ts";

/** Walls can show up only after the click: watch at least this long when nothing else is seen. */
const watchMs = 20_000;
/** The gate counts what leaves, not the clicks, so one that did nothing may be repeated. */
const mostClicks = 2;

export interface ApplicationToSend {
  readonly task: TaskRow;
  readonly live: LiveSession;
  readonly form: FormPage;
}

/**
 * Presses the button of an armed application, watches what comes of it and says which wall came up, if one
 * did. Whether anything left is for the gate and the database to say: here nothing is thrown after the click.
 */
export async function sendOnce(
  deps: WorkerDeps,
  application: ApplicationToSend,
  signal: AbortSignal,
): Promise<PersonWall | undefined> {
  const { task, live } = application;
  try {
    await pressSubmit(deps, application, signal);
    const gate = await live.gate.view(signal);
    if (gate.state !== "spent") {
      deps.log.warn({ taskId: task.id, gate }, "the click sent nothing");
      const wall = await findWall(live.page, signal);
      return wall?.kind === "person" ? wall.wall : undefined;
    }
    const look = lookAt(application, signal);
    const settled = await untilPageSettles(look, { timeoutMs: watchMs }, signal);
    return settled.kind === "wall" ? settled.by : undefined;
  } catch (error) {
    deps.log.warn(
      { err: error, taskId: task.id },
      "after the click the page could not be followed",
    );
    return undefined;
  }
}

/** Clicks until the gate has had something to decide, or the page says why it sends nothing. */
export async function pressSubmit(
  deps: Pick<WorkerDeps, "checkpoint">,
  application: ApplicationToSend,
  signal: AbortSignal,
): Promise<void> {
  const { task, live, form } = application;
  const look = lookAt(application, signal);
  for (let click = 1; click <= mostClicks; click += 1) {
    const view = () => live.gate.view(signal);
    const before = await view();
    const pressed = await clickSubmit({ page: live.page, form }, signal);
    await deps.checkpoint("dispatch:clicked", task.id);
    const gate = await untilGateDecides({ view, before }, signal);
    if (gate.state !== "armed" || pressed.kind === "not_clickable") return;
    // A captcha or an error of the form is no silent button.
    const { kind } = await look();
    if (kind === "form_with_errors" || kind === "wall") return;
  }
}

function lookAt({ live, task: { jobKey, platform } }: ApplicationToSend, signal: AbortSignal) {
  return () => readSiteAnswer({ page: live.page, adapter: adapterOf(platform), jobKey }, signal);
}
