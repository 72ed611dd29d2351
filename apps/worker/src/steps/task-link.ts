import type { WorkerDeps } from "../deps.ts";

/** Where a person opens this application. */
export function taskLink({ publicUrl }: Pick<WorkerDeps, "publicUrl">, taskId: string): string {
  return new URL(`/tasks/${taskId}`, publicUrl).href;
}

/** Where a person sees its browser and takes it over; a ticket is given out when they open it. */
export function liveLink(deps: Pick<WorkerDeps, "publicUrl">, taskId: string): string {
  return `${taskLink(deps, taskId)}/live`;
}
