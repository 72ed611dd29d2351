import { randomUUID } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

import formbody from "@fastify/formbody";
import multipart from "@fastify/multipart";
import Fastify, { type FastifyInstance, type FastifyServerOptions } from "fastify";

import { registerGreenhouse } from "./greenhouse/greenhouse-routes.ts";
import { indexPage } from "./index-page.ts";
import { openLedger } from "./ledger.ts";
import { registerPlain } from "./plain/plain-routes.ts";
import { maxFileBytes } from "./read-multipart.ts";
import type { SiteDeps } from "./site-deps.ts";
import { makeCertificate } from "./vendor-hosts/make-certificate.ts";
import { registerVendorSites } from "./vendor-hosts/register-vendor-sites.ts";
import { vendorsPage } from "./vendor-hosts/vendors-page.ts";
import { vendorHostNames, vendorSites } from "./vendor-hosts/vendor-sites.ts";

export interface PracticeAtsOptions {
  /** The file the ledger is appended to; it and its folder are created if need be. */
  readonly ledgerPath: string;
  /** How long the confirmation of a slow job takes, in milliseconds. Default 6000. */
  readonly slowMs?: number;
  /**
   * The sites then also answer, over TLS, under the vendors' own host names, and say in this file which
   * these are and where they answer. It is removed again at the end.
   */
  readonly hostsFile?: string | undefined;
}

export interface PracticeAts {
  /** `http://127.0.0.1:PORT`; throws before `listen`. */
  readonly url: string;
  /** Listens on 127.0.0.1 only. Port 0 picks a free one. */
  listen(options: { port: number }): Promise<string>;
  close(): Promise<void>;
}

/** The practice sites over one ledger. Fails if the ledger cannot be opened. */
export async function createPracticeAts(options: PracticeAtsOptions): Promise<PracticeAts> {
  const ledger = await openLedger(options.ledgerPath);
  const stopping = new AbortController();
  const deps = { ledger, slowMs: options.slowMs ?? 6000, stopping: stopping.signal };
  const app = buildServer(deps);
  let vendorHosts: VendorHosts | undefined;
  let url: string | undefined;

  return {
    get url() {
      if (url === undefined) throw new Error("The practice sites have no URL before listen().");
      return url;
    },
    async listen({ port }) {
      if (options.hostsFile !== undefined) {
        vendorHosts = await answerForVendors(deps, options.hostsFile);
      }
      url = await app.listen({ port, host: "127.0.0.1" });
      return url;
    },
    async close() {
      stopping.abort();
      await app.close();
      await vendorHosts?.close();
      await ledger.close();
    },
  };
}

interface VendorHosts {
  close(): Promise<void>;
}

async function answerForVendors(deps: SiteDeps, hostsFile: string): Promise<VendorHosts> {
  const { certificate, key, publicKeySha256 } = await makeCertificate(vendorHostNames);
  const app = buildServer(deps, { https: { cert: certificate, key } });
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  const map = {
    version: 1,
    address: new URL(url).host,
    hosts: vendorHostNames,
    authority: certificate,
    publicKeySha256,
  };
  await mkdir(dirname(hostsFile), { recursive: true });
  await writeFile(hostsFile, JSON.stringify(map));
  return {
    async close() {
      await app.close();
      await rm(hostsFile, { force: true });
    },
  };
}

type ServerOptions = FastifyServerOptions & {
  readonly https?: { readonly cert: string; readonly key: string };
};

function buildServer(deps: SiteDeps, options: ServerOptions = {}): FastifyInstance {
  const app = Fastify({
    ...options,
    genReqId: () => randomUUID(),
    forceCloseConnections: true,
    // Standard output is for the one line that says the server is ready.
    logger: { level: "error", stream: process.stderr },
  });
  app.register(formbody);
  app.register(multipart, {
    limits: { files: 1, fileSize: maxFileBytes },
    throwFileSizeLimit: false,
  });
  app.addHook("onSend", async (_request, reply) => {
    reply.header("cache-control", "no-store");
    if (!reply.hasHeader("content-security-policy")) {
      reply.header("content-security-policy", contentPolicy);
    }
  });
  app.get("/", async (_request, reply) => await reply.type("text/html").send(indexPage().markup));
  app.get<{ Querystring: { seed?: string } }>("/vendors", async ({ query, port }, reply) => {
    const page = vendorsPage({ port: port ?? 80, seed: Number(query.seed ?? 1) });
    return await reply.type("text/html").send(page.markup);
  });
  app.get("/ledger.json", async () => await deps.ledger.entries());
  app.get<{ Querystring: { seed?: string } }>("/sites.json", async ({ query }) =>
    vendorSites.map(({ name, quirks, posting }) => ({
      name,
      quirks,
      posting: `https://${posting(Number(query.seed ?? 0))}`,
    })),
  );
  app.register(async (scope) => registerPlain(scope, deps));
  app.register(async (scope) => registerGreenhouse(scope, deps));
  registerVendorSites(app, deps);
  return app;
}

/** Everything comes from this server; react-select writes its styles into the page. */
const contentPolicy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; form-action 'self'; base-uri 'none'";
