import { createHash } from "node:crypto";
import { extname } from "node:path";
import type { FormField } from "@valet/contracts";
import type { Page } from "playwright";
import { findElement } from "../page-script/page-script.ts";
import { pollUntil } from "../page-script/poll-until.ts";
import type { HeldValue } from "../page-script/read-values.ts";
import { type Traffic, watchTraffic } from "../page-script/watch-traffic.ts";
import { readFormState } from "../read/read-form.ts";
import { findFrame } from "../read/readable-frames.ts";
import type { FillJob } from "./fill-report.ts";
import { readHeldValues } from "./read-held-values.ts";

export interface FileToAttach {
  readonly bytes: Uint8Array;
  /** Hex digest of the bytes that may be attached. */
  readonly sha256: string;
  /** The name the site is to see. */
  readonly fileName: string;
}

/** Widgets that send the file at once need the time of an upload. */
const takenTimeoutMs = 30_000;
/** Readings in a row that must agree once no request is out. */
const quietReadings = 3;

const mimeTypes: Readonly<Record<string, string>> = {
  ".pdf": "application/pdf",
  ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  ".doc": "application/msword",
  ".rtf": "application/rtf",
  ".txt": "text/plain",
};

/** Hands the file to the input and waits until the page itself shows that it has it. */
export async function attachFile(
  page: Page,
  { job, file }: { readonly job: FillJob; readonly file: FileToAttach },
  signal: AbortSignal,
): Promise<void> {
  const { field } = job;
  job.attempts += 1;
  job.problem = null;
  const buffer = Buffer.from(file.bytes);
  // The digest is what was approved: other bytes under the same name must not leave.
  if (createHash("sha256").update(buffer).digest("hex") !== file.sha256) {
    job.problem = "file_changed";
    return;
  }
  const frame = findFrame(page, field.frame);
  const input = frame && (await findElement(frame, field.selector, signal));
  if (input === undefined) {
    job.problem = "missing";
    return;
  }
  const mimeType = mimeTypes[extname(file.fileName).toLowerCase()] ?? "application/octet-stream";
  const traffic = watchTraffic(page);
  try {
    // A required file that was missing stays marked until the form is sent again.
    const wasInvalid = (await readFormState(page, signal)).invalid.includes(field.id);
    const payload = { name: file.fileName, mimeType, buffer };
    await input.setInputFiles(payload, { timeout: takenTimeoutMs, signal });
    const isTaken = await untilTaken(
      { page, field, file, size: buffer.length, traffic, wasInvalid },
      signal,
    );
    if (!isTaken) job.problem = "file_not_taken";
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    job.problem = "not_reachable";
  } finally {
    traffic.close();
  }
}

/** Taken means: shown by the page, not refused by it, and nothing of it is still on its way. */
async function untilTaken(
  {
    page,
    field,
    file: { fileName },
    size,
    traffic,
    wasInvalid,
  }: {
    readonly page: Page;
    readonly field: FormField;
    readonly file: FileToAttach;
    readonly size: number;
    readonly traffic: Traffic;
    readonly wasInvalid: boolean;
  },
  signal: AbortSignal,
): Promise<boolean> {
  let last = "";
  let quiet = 0;
  const verdict = await pollUntil(
    async () => {
      const held = (await readHeldValues(page, [{ ...field, fileName }], signal)).get(field.id);
      const state = JSON.stringify(held?.file);
      quiet = state === last && traffic.isQuiet() ? quiet + 1 : 0;
      last = state;
      if (quiet < quietReadings) return undefined;
      // The whole form is looked at only now: it costs the page time that its upload needs.
      const { invalid, frames } = await readFormState(page, signal);
      if (frames.some(({ busy }) => busy)) {
        quiet = 0;
        return undefined;
      }
      if (!wasInvalid && invalid.includes(field.id)) return { isTaken: false };
      return isFileTaken({ held, fileName, size }) ? { isTaken: true } : undefined;
    },
    { timeoutMs: takenTimeoutMs, signal },
  );
  return verdict?.isTaken ?? false;
}

/** Name and size agree, or the widget that emptied its input shows the name. */
export function isFileTaken({
  held,
  fileName,
  size,
}: {
  readonly held: HeldValue | undefined;
  readonly fileName: string;
  readonly size: number;
}): boolean {
  const file = held?.file;
  if (file === null || file === undefined || file.name !== fileName) return false;
  return file.size === null || file.size === size;
}
