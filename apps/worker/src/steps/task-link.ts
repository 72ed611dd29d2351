import type { WorkerDeps } from "../deps.ts";

/** Where a person opens this application. */
export function taskLink({ publicUrl }: Pick<WorkerDeps, "publicUrl">, taskId: string): string {
  return new URL(`/tasks/${taskId}`, publicUrl).href;
}
