import { mkdtemp, rm } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { onTestFinished } from "vitest";

import { createPracticeAts } from "../app.ts";
import { type LedgerEntry, openLedger } from "../ledger.ts";

export interface VendorAnswer {
  readonly status: number | undefined;
  readonly location: string | undefined;
  readonly body: string;
}

export interface VendorClient {
  /** `address` as `VendorSite.posting` gives it; with a form it is posted, as a browser would. */
  readonly ask: (address: string, form?: FormData) => Promise<VendorAnswer>;
  readonly lines: () => Promise<readonly LedgerEntry[]>;
}

/** Asks the vendors' sites by hand, without a browser. Everything is closed after the test. */
export async function startVendorClient(): Promise<VendorClient> {
  const folder = await mkdtemp(join(tmpdir(), "practice-vendor-"));
  const ledgerPath = join(folder, "ledger.jsonl");
  const sites = await createPracticeAts({ ledgerPath, slowMs: 10 });
  const { port } = new URL(await sites.listen({ port: 0 }));
  onTestFinished(async () => {
    await sites.close();
    await rm(folder, { recursive: true });
  });
  return {
    ask: async (address, form) => {
      const { hostname, pathname, search } = new URL(`https://${address}`);
      const sent = form && new Response(form);
      const headers: Record<string, string> = { host: `${hostname}.localhost:${port}` };
      const type = sent?.headers.get("content-type");
      if (type) headers["content-type"] = type;
      const body = sent && Buffer.from(await sent.arrayBuffer());
      const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
        const method = form === undefined ? "GET" : "POST";
        const path = `${pathname}${search}`;
        const request = http.request({ host: "127.0.0.1", port, path, method, headers });
        request.on("response", resolve).on("error", reject).end(body);
      });
      const { location } = response.headers;
      return { status: response.statusCode, location, body: await text(response) };
    },
    lines: async () => {
      const ledger = await openLedger(ledgerPath);
      const entries = await ledger.entries();
      await ledger.close();
      return entries;
    },
  };
}

/** A résumé as a browser would send it. */
export function resumeFile(): File {
  return new File(["%PDF-1.4 Ada Example"], "ada-example.pdf", { type: "application/pdf" });
}
