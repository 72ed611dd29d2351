import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askPeer } from "./peer-parser.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "valet-peer-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A parser that runs this with the words after it in `given`. */
async function peerOf(body: string): Promise<string> {
  const file = join(folder, "peer.mjs");
  await writeFile(file, `const given = process.argv.slice(2);\n${body}\n`);
  return `${process.execPath} ${file} --some option`;
}

test("a peer gets the path last, and what it prints is what it read", async () => {
  const command = await peerOf(
    "console.log(JSON.stringify({ basics: { name: given.join(' ') } }));",
  );
  const { read, hasFailed } = await askPeer(command, "/a b.pdf", AbortSignal.any([]));
  expect([read, hasFailed]).toEqual([{ basics: { name: "--some option /a b.pdf" } }, false]);
});

test.each([
  ["ends with a fault", "process.exit(3);"],
  ["prints no JSON", "console.log('hello');"],
  ["prints something else", "console.log('[]');"],
])("a peer that %s has read nothing", async (_what, body) => {
  const { read, hasFailed } = await askPeer(await peerOf(body), "/a.pdf", AbortSignal.any([]));
  expect([read, hasFailed]).toEqual([{ basics: {} }, true]);
});

test("a command that is not there is said", async () => {
  await expect(askPeer("/nowhere/peer", "/a.pdf", AbortSignal.any([]))).rejects.toMatchObject({
    code: "USAGE",
  });
});
