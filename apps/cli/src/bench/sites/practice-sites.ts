import { mkdtemp, rm } from "node:fs/promises";
import { get, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { PracticeHosts } from "@valet/contracts";
import { readPracticeHosts } from "@valet/runtime";
import { superviseProcess } from "@valet/stack";
import { z } from "zod";

const Ready = z.object({ url: z.url() });
const Sites = z.array(
  z.object({
    name: z.string(),
    posting: z.url(),
    quirks: z.array(z.object({ name: z.string(), outcome: z.string().default("confirmation") })),
  }),
);
const Ledger = z.array(
  z.object({
    kind: z.enum(["application", "step", "upload", "code"]),
    stored: z.boolean(),
    site: z.string(),
    job: z.string(),
    at: z.iso.datetime(),
    fields: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
    file: z.object({ name: z.string(), sha256: z.string() }).optional(),
  }),
);

/** What a practice site wrote down of one request: the outside view of an application. */
export type LedgerLine = z.infer<typeof Ledger>[number];

export interface PracticeSite {
  readonly name: string;
  /** Address of the posting that was asked for. */
  readonly posting: string;
  /** `outcome`: what an application filled in well comes to under it. */
  readonly quirks: readonly { readonly name: string; readonly outcome: string }[];
}

export interface PracticeSites {
  readonly hosts: PracticeHosts;
  /** Asks a vendor's host without a browser. */
  readonly fetch: (address: URL, init: { readonly signal: AbortSignal }) => Promise<Response>;
  sites(seed: number): Promise<readonly PracticeSite[]>;
  ledger(): Promise<readonly LedgerLine[]>;
  close(): Promise<void>;
}

const main = fileURLToPath(new URL("../../../../practice-ats/src/main.ts", import.meta.url));

/** The practice sites in a process of their own, under the vendors' host names. */
export async function startPracticeSites(): Promise<PracticeSites> {
  const stateDir = await mkdtemp(join(tmpdir(), "valet-practice-sites-"));
  const removeState = () => rm(stateDir, { recursive: true, force: true });
  const hostsFile = join(stateDir, "hosts.json");
  try {
    const running = await superviseProcess({
      name: "practice-ats",
      stateDir,
      command: process.execPath,
      args: [main],
      env: { PRACTICE_LEDGER: join(stateDir, "ledger.jsonl"), PRACTICE_HOSTS: hostsFile },
      cwd: stateDir,
      ready: { kind: "json-line" },
      readyTimeoutMs: 60_000,
      graceMs: 5_000,
      log: () => {},
    });
    const { url } = Ready.parse(running.info);
    const hosts = await readPracticeHosts(hostsFile);
    if (hosts === undefined) throw new Error("The practice sites wrote no host map.");
    const ask = async (path: string) => (await fetch(new URL(path, url))).json();
    return {
      hosts,
      fetch: ({ hostname, pathname, search }, { signal }) => {
        const { port } = new URL(url);
        return getFrom({ hostname, port, path: `${pathname}${search}` }, signal);
      },
      sites: async (seed) => Sites.parse(await ask(`/sites.json?seed=${seed}`)),
      ledger: async () => Ledger.parse(await ask("/ledger.json")),
      close: async () => {
        await running.close();
        await removeState();
      },
    };
  } catch (error) {
    await removeState();
    throw error;
  }
}

/** The practice sites tell vendors apart by the `Host` header, which `fetch` does not let one choose. */
async function getFrom(
  {
    hostname,
    port,
    path,
  }: { readonly hostname: string; readonly port: string; readonly path: string },
  signal: AbortSignal,
): Promise<Response> {
  const answered = Promise.withResolvers<IncomingMessage>();
  const headers = { host: `${hostname}.localhost:${port}` };
  get({ host: "127.0.0.1", port, path, headers, signal }, answered.resolve).on(
    "error",
    answered.reject,
  );
  const answer = await answered.promise;
  return new Response(await text(answer), { status: answer.statusCode ?? 500 });
}
