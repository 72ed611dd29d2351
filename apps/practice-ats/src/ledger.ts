import { mkdir, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";

export interface LedgerFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What one request asked for. A submit is kind `application` with `stored` true. */
export interface LedgerEntry {
  /** ISO 8601, the moment the request was taken into the ledger. */
  readonly at: string;
  readonly kind: "application" | "step" | "upload" | "code";
  /** False when the site refused what was sent. */
  readonly stored: boolean;
  /** `plain`, or the vendor whose site it is. */
  readonly site: string;
  readonly board?: string | undefined;
  readonly job: string;
  readonly requestId: string;
  /** The applicant's e-mail address in lower case, where the request names one. */
  readonly applicantKey?: string | undefined;
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
  readonly file?: LedgerFile | undefined;
}

export type LedgerLine = Omit<LedgerEntry, "at">;

export interface Ledger {
  readonly path: string;
  /** Resolves once the line is on the disk. Lines are written in the order of the calls. */
  append(line: LedgerLine): Promise<void>;
  /** All lines of the file, those of earlier runs included. */
  entries(): Promise<LedgerEntry[]>;
  close(): Promise<void>;
}

/** Opens the ledger for appending and creates the file and its folder if need be. */
export async function openLedger(path: string): Promise<Ledger> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, "a", 0o600);
  let last: Promise<void> = Promise.resolve();

  async function write(line: LedgerLine): Promise<void> {
    await file.appendFile(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`);
    await file.sync();
  }

  return {
    path,
    append(line) {
      const written = last.then(async () => await write(line));
      // A line that failed is the fault of its own request only; the next one is still tried.
      last = written.catch(() => {});
      return written;
    },
    async entries() {
      await last;
      return parseLines(await readFile(path, "utf8"));
    },
    async close() {
      await last;
      await file.close();
    },
  };
}

function parseLines(text: string): LedgerEntry[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      // Boundary: every line of this file was written by `append`.
      const entry = JSON.parse(line) as LedgerEntry;
      return entry;
    });
}
