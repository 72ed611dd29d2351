import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import http from "node:http";
import https from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { expect, onTestFinished, test } from "vitest";

import { createPracticeAts } from "../app.ts";
import { vendorSites } from "./vendor-sites.ts";

interface HostsFile {
  readonly address: string;
  readonly hosts: readonly string[];
  readonly authority: string;
}

async function startSites() {
  const folder = await mkdtemp(join(tmpdir(), "practice-hosts-"));
  const hostsFile = join(folder, "hosts.json");
  const sites = await createPracticeAts({ ledgerPath: join(folder, "ledger.jsonl"), hostsFile });
  const url = await sites.listen({ port: 0 });
  // Boundary: our own server wrote the file.
  const map = JSON.parse(await readFile(hostsFile, "utf8")) as HostsFile;
  let isOpen = true;
  const close = async () => {
    if (isOpen) await sites.close();
    isOpen = false;
  };
  onTestFinished(async () => {
    await close();
    await rm(folder, { recursive: true });
  });
  return { url, map, hostsFile, close };
}

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

/** As a browser with the host map would. */
function open({ address, authority: ca }: HostsFile, url: string): Promise<Answer> {
  const { hostname, pathname } = new URL(url);
  const [host, port] = address.split(":");
  const headers = { host: hostname };
  return answerTo(https.request({ host, port, ca, path: pathname, servername: hostname, headers }));
}

/** As any browser on this machine would. */
function openByHand(practiceUrl: string, address: string): Promise<Answer> {
  const { port } = new URL(practiceUrl);
  const { hostname, pathname, search } = new URL(`https://${address}`);
  const headers = { host: `${hostname}.localhost:${port}` };
  return answerTo(http.request({ host: "127.0.0.1", port, path: pathname + search, headers }));
}

async function answerTo(request: http.ClientRequest): Promise<Answer> {
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    request.on("response", resolve).on("error", reject).end();
  });
  return { status: response.statusCode, body: await text(response) };
}

test.each(vendorSites.map((site) => [site.name, site] as const))(
  "%s answers under its own host name with a certificate for it, and by hand below localhost",
  async (_, site) => {
    const { url, map } = await startSites();
    const address = site.posting(3);
    const byName = await open(map, `https://${address}`);
    expect(byName.status).toBe(200);
    expect(byName.body).toContain("Northwind Practice");
    await expect(open({ ...map, authority: "" }, `https://${address}`)).rejects.toThrow(
      /self-signed/,
    );
    expect(await openByHand(url, address)).toMatchObject({ status: 200 });
    expect(await openByHand(url, `example.com/${address}`)).toMatchObject({ status: 404 });
  },
);

test("no other host is answered for", async () => {
  const { map } = await startSites();
  const site = vendorSites[0];
  const path = new URL(`https://${site?.posting(3)}`).pathname;
  await expect(open(map, `https://jobs.example.com${path}`)).rejects.toThrow(/altnames/);
});

test("the file is there while the sites are, and gone after", async () => {
  const { hostsFile, map, close } = await startSites();
  expect(map.hosts).toContain("jobs.lever.co");
  await close();
  expect(existsSync(hostsFile)).toBe(false);
});

test("a page lists every vendor with its quirks, and each link answers by hand", async () => {
  const { url } = await startSites();
  const page = await (await fetch(`${url}/vendors?seed=2`)).text();
  const links = [...page.matchAll(/href="(http:[^"]+)"/gu)].map((match) => match[1] ?? "");
  const quirks = vendorSites.flatMap((site) => site.quirks);
  expect(links).toHaveLength(vendorSites.length + quirks.length);
  for (const link of links) {
    const { hostname, pathname, search } = new URL(link);
    const address = `${hostname.replace(/\.localhost$/u, "")}${pathname}${search}`;
    const { status } = await openByHand(url, address);
    // A closed posting may be gone.
    const isGone = status === 404 && /quirk=closed/u.test(link);
    expect([link, isGone ? 200 : status]).toEqual([link, expect.toBeOneOf([200, 301, 302, 303])]);
  }
});
