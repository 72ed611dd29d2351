import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ValetClient } from "@valet/client";

export interface SavedReceipt {
  /** `receipt-<taskId>.json`. */
  readonly json: string;
  /** `receipt-<taskId>.html`. */
  readonly html: string;
}

/** Fetches both forms of an application's receipt and writes them, readable by their owner only. */
export async function saveReceipt(
  client: ValetClient,
  { taskId, folder }: { readonly taskId: string; readonly folder: string },
  signal: AbortSignal,
): Promise<SavedReceipt> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const json = join(folder, `receipt-${taskId}.json`);
  const html = join(folder, `receipt-${taskId}.html`);
  await writeFile(json, await client.getReceipt(taskId, "json", signal), { mode: 0o600 });
  await writeFile(html, await client.getReceipt(taskId, "html", signal), { mode: 0o600 });
  return { json, html };
}
