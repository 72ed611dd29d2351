import { mkdtemp, rm } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { onTestFinished } from "vitest";

import { createPracticeAts } from "../app.ts";

export interface VendorAnswer {
  readonly status: number | undefined;
  readonly location: string | undefined;
  readonly body: string;
}

export interface StartedVendorSite {
  /** Asks for an address without `https://`; with a body it is posted, a form as such and all else as JSON. */
  readonly ask: (address: string, body?: unknown) => Promise<VendorAnswer>;
  readonly ledgerPath: string;
}

/** The practice sites as any browser on this machine reaches them, without a browser. */
export async function startVendorSite(): Promise<StartedVendorSite> {
  const folder = await mkdtemp(join(tmpdir(), "practice-vendor-"));
  const ledgerPath = join(folder, "ledger.jsonl");
  const site = await createPracticeAts({ ledgerPath });
  const { port } = new URL(await site.listen({ port: 0 }));
  onTestFinished(async () => {
    await site.close();
    await rm(folder, { recursive: true });
  });
  const ask = async (address: string, body?: unknown): Promise<VendorAnswer> => {
    const { hostname, pathname, search } = new URL(`https://${address}`);
    const sent = body instanceof FormData ? new Response(body) : Response.json(body ?? null);
    const type = sent.headers.get("content-type") ?? "";
    const host = `${hostname}.localhost:${port}`;
    const method = body === undefined ? "GET" : "POST";
    const headers = { host, ...(body !== undefined && { "content-type": type }) };
    const options = { host: "127.0.0.1", port, path: `${pathname}${search}`, method, headers };
    const bytes = Buffer.from(await sent.arrayBuffer());
    return await new Promise((resolve, reject) => {
      const request = http.request(options, (response) => {
        const { statusCode: status } = response;
        const { location } = response.headers;
        text(response).then((read) => resolve({ status, location, body: read }), reject);
      });
      request.on("error", reject);
      request.end(body === undefined ? undefined : bytes);
    });
  };
  return { ask, ledgerPath };
}
