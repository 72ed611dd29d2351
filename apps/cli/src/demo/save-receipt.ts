import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ValetClient } from "@valet/client";
import { isValetError } from "@valet/contracts";

export interface SavedReceipt {
  /** `receipt-<taskId>.json`. */
  readonly json: string;
  /** `receipt-<taskId>.html`. */
  readonly html: string;
}

/**
 * Fetches both forms of an application's receipt and writes them, readable by their owner only.
 * Undefined when there is none: an application that failed early has nothing to show.
 */
export async function saveReceipt(
  client: ValetClient,
  { taskId, folder }: { readonly taskId: string; readonly folder: string },
  signal: AbortSignal,
): Promise<SavedReceipt | undefined> {
  const json = join(folder, `receipt-${taskId}.json`);
  const html = join(folder, `receipt-${taskId}.html`);
  const texts = await fetchReceipt(client, taskId, signal);
  if (texts === undefined) return undefined;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(json, texts.json, { mode: 0o600 });
  await writeFile(html, texts.html, { mode: 0o600 });
  return { json, html };
}

async function fetchReceipt(
  client: ValetClient,
  taskId: string,
  signal: AbortSignal,
): Promise<Record<"json" | "html", string> | undefined> {
  try {
    const json = await client.getReceipt(taskId, "json", signal);
    return { json, html: await client.getReceipt(taskId, "html", signal) };
  } catch (error) {
    if (isValetError(error, "NOT_FOUND")) return undefined;
    throw error;
  }
}
