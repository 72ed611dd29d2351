import type { Hibernation } from "@valet/db";
import { z } from "zod";
import type { WorkerDeps } from "../deps.ts";

/**
 * What a browser held besides its page: cookies and local storage. The plan and what the page held
 * are in the database already.
 */
export const ParkedState = z.object({
  version: z.literal(1),
  storage: z.object({
    cookies: z.array(
      z.object({
        name: z.string(),
        value: z.string(),
        domain: z.string(),
        path: z.string(),
        expires: z.number(),
        httpOnly: z.boolean(),
        secure: z.boolean(),
        sameSite: z.enum(["Strict", "Lax", "None"]),
      }),
    ),
    origins: z.array(
      z.object({
        origin: z.string(),
        localStorage: z.array(z.object({ name: z.string(), value: z.string() })),
      }),
    ),
  }),
});
export type ParkedState = z.infer<typeof ParkedState>;

export function parkedStateKey({
  taskId,
  epoch,
}: {
  readonly taskId: string;
  readonly epoch: number;
}): string {
  return `hibernations/${taskId}/${epoch}.json`;
}

/** Undefined when the store has lost it: a page can be built without, it is only less likely the same. */
export async function readParkedState(
  { store, log }: WorkerDeps,
  { storageKey, taskId }: Pick<Hibernation, "storageKey" | "taskId">,
  signal: AbortSignal,
): Promise<ParkedState | undefined> {
  const stored = await store.get(storageKey, signal);
  if (stored !== undefined) return ParkedState.parse(JSON.parse(stored.body.toString("utf8")));
  log.warn({ taskId }, "the stored state of a parked browser is missing");
  return undefined;
}
