import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  stat,
  unlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Secret } from "@valet/runtime";
import { openFsStore } from "./open-fs-store.ts";

const { signal } = new AbortController();
const contentType = "application/pdf";

async function temporaryRoot(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "valet-fs-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  return root;
}

/** Puts one of two large bodies under the same key, again and again, until it is killed. */
function startWriter(root: string): ChildProcess {
  const entry = new URL("./open-fs-store.ts", import.meta.url).href;
  const source = `
    import { openFsStore } from ${JSON.stringify(entry)};
    const store = await openFsStore({ root: ${JSON.stringify(root)} });
    const { signal } = new AbortController();
    for (let round = 0; ; round += 1) {
      const body = Buffer.alloc(5_000_000, round % 2 === 0 ? "a" : "b");
      await store.put({ key: "big", body, contentType: "text/" + (round % 2) }, signal);
      process.stdout.write("put\\n");
    }`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", source], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

test("a writer killed in the middle leaves the object whole", async () => {
  const root = await temporaryRoot();
  const store = await openFsStore({ root });
  for (let crash = 0; crash < 2; crash += 1) {
    const child = startWriter(root);
    if (child.stdout === null) throw new Error("The writer has no output.");
    await once(child.stdout, "data");
    // The next put is under way now.
    child.kill("SIGKILL");
    await once(child, "exit");

    const found = await store.get("big", signal);
    expect(found?.body.length).toBe(5_000_000);
    expect(new Set(found?.body).size).toBe(1);
    expect(found?.contentType).toBe(found?.body[0] === 97 ? "text/0" : "text/1");
  }
});

test("while an object is replaced, readers get the old or the new one whole", async () => {
  const store = await openFsStore({ root: await temporaryRoot() });
  const versions = [
    { body: Buffer.alloc(2_000_000, "a"), contentType: "text/a" },
    { body: Buffer.alloc(1_000_000, "b"), contentType: "text/b" },
  ];
  async function writeAll(): Promise<"done"> {
    for (let round = 0; round < 6; round += 1) {
      for (const version of versions) await store.put({ key: "replaced", ...version }, signal);
    }
    return "done";
  }
  await store.put({ key: "replaced", body: Buffer.from("c"), contentType: "text/c" }, signal);

  const writing = writeAll();
  const seen: unknown[] = [];
  for (let state = "writing"; state !== "done";) {
    const found = await store.get("replaced", signal);
    seen.push([found?.body.length, found?.contentType]);
    state = await Promise.race([writing, Promise.resolve("writing")]);
  }

  const whole = [[1, "text/c"], ...versions.map((v) => [v.body.length, v.contentType])];
  expect(seen.length).toBeGreaterThan(1);
  for (const version of seen) expect(whole).toContainEqual(version);
});

test("a file whose bytes changed on the disk is not passed on", async () => {
  const root = await temporaryRoot();
  const store = await openFsStore({ root });
  await store.put({ key: "resumes/r1", body: Buffer.from("whole"), contentType }, signal);
  await writeFile(join(root, "resumes", "r1"), "who");

  await expect(store.get("resumes/r1", signal)).rejects.toMatchObject({
    code: "INTERNAL",
    details: { key: "resumes/r1" },
  });
});

test("a put that fails or is aborted leaves no temporary file and no object", async () => {
  const root = await temporaryRoot();
  const store = await openFsStore({ root });
  await store.put({ key: "taken/name", body: Buffer.from("x"), contentType }, signal);

  await expect(
    store.put({ key: "taken", body: Buffer.from("y"), contentType }, signal),
  ).rejects.toMatchObject({ code: "STORAGE_UNAVAILABLE" });
  const controller = new AbortController();
  const aborted = store.put(
    { key: "aborted", body: Buffer.alloc(50_000_000), contentType },
    controller.signal,
  );
  controller.abort(new Error("stop"));

  await expect(aborted).rejects.toThrow("stop");
  expect(await store.get("aborted", signal)).toBeUndefined();
  expect(await readdir(join(root, ".tmp"))).toEqual([]);
});

test("deleting leaves nothing of the object behind", async () => {
  const root = await temporaryRoot();
  const store = await openFsStore({ root });
  await store.put({ key: "a/b", body: Buffer.from("x"), contentType }, signal);

  await store.delete("a/b", signal);

  expect(await readdir(join(root, "a"))).toEqual([]);
  expect(await readdir(join(root, ".meta", "a"))).toEqual([]);
});

test("only the process's user can read the files", async () => {
  const root = join(await temporaryRoot(), "objects");
  const store = await openFsStore({ root });
  await store.put({ key: "a/b", body: Buffer.from("x"), contentType }, signal);

  const modes = await Promise.all(
    [root, join(root, "a"), join(root, "a", "b")].map(
      async (path) => (await stat(path)).mode & 0o777,
    ),
  );
  expect(modes).toEqual([0o700, 0o700, 0o600]);
});

test("a damaged file ends its stream as damaged, before its whole length", async () => {
  const root = await temporaryRoot();
  const store = await openFsStore({ root });
  const body = Buffer.alloc(200_000, "x");
  await store.put({ key: "a/b", body, contentType }, signal);
  await writeFile(join(root, "a", "b"), Buffer.alloc(200_000, "y"));
  const opened = await store.open("a/b", signal);
  const read: Buffer[] = [];
  opened?.body.on("data", (chunk: Buffer) => read.push(chunk));
  const ended = await new Promise((resolve) => opened?.body.once("error", resolve));

  expect(ended).toMatchObject({ code: "INTERNAL", details: { key: "a/b" } });
  expect(Buffer.concat(read).length).toBeLessThan(200_000);
});

test("what early versions put there is still found", async () => {
  const root = await temporaryRoot();
  const store = await openFsStore({ root });
  await store.put({ key: "a/b", body: Buffer.from("old"), contentType }, signal);
  const [sidecar = ""] = await readdir(join(root, ".meta", "a"));
  await writeFile(join(root, ".meta", "a", sidecar), JSON.stringify({ contentType }));

  expect(await store.get("a/b", signal)).toMatchObject({ body: Buffer.from("old"), contentType });
});

test("adding the same bytes again mends a file that was damaged", async () => {
  const root = await temporaryRoot();
  const store = await openFsStore({ root });
  const input = { under: "a", body: Buffer.from("whole"), contentType };
  const { key } = await store.addOnce(input, signal);
  await writeFile(join(root, key), "wrong");

  expect(await store.addOnce(input, signal)).toMatchObject({ key, wasThere: true });
  expect((await store.get(key, signal))?.body.toString()).toBe("whole");
});

test("a body whose sidecar was taken by a delete at the same moment is not there", async () => {
  const root = await temporaryRoot();
  const store = await openFsStore({ root });
  await store.put({ key: "a/b", body: Buffer.from("x"), contentType }, signal);
  for (const name of await readdir(join(root, ".meta", "a"))) {
    await unlink(join(root, ".meta", "a", name));
  }

  expect(await store.get("a/b", signal)).toBeUndefined();
  await store.put({ key: "a/b", body: Buffer.from("x"), contentType }, signal);
  expect((await store.get("a/b", signal))?.body.toString()).toBe("x");
});

test("a reader keeps the whole object that it opened, whatever happens to its key", async () => {
  const root = await temporaryRoot();
  const store = await openFsStore({ root });
  const body = Buffer.alloc(500_000, "a");
  await store.put({ key: "a/b", body, contentType }, signal);
  const replaced = await store.open("a/b", signal);
  await store.put({ key: "a/b", body: Buffer.from("b"), contentType }, signal);
  const deleted = await store.open("a/b", signal);
  await store.deleteTree("a", signal);

  expect(Buffer.concat((await replaced?.body.toArray()) ?? []).equals(body)).toBe(true);
  expect(Buffer.concat((await deleted?.body.toArray()) ?? []).toString()).toBe("b");
});

async function leaveBehind(root: string, name: string, age: { minutes: number }): Promise<void> {
  const path = join(root, ".tmp", name);
  await mkdir(join(root, ".tmp"), { recursive: true });
  await writeFile(path, "part of a résumé");
  const writtenAt = new Date(Date.now() - age.minutes * 60_000);
  await utimes(path, writtenAt, writtenAt);
}

test("opening removes what killed processes left, and nothing that may still be written", async () => {
  const root = await temporaryRoot();
  await leaveBehind(root, "killed", { minutes: 61 });
  await leaveBehind(root, "at-work", { minutes: 59 });
  await openFsStore({ root });

  expect(await readdir(join(root, ".tmp"))).toEqual(["at-work"]);
});

test("a store that stays open removes it as well, with the first write an hour later", async () => {
  const root = await temporaryRoot();
  let nowMs = Date.now();
  const store = await openFsStore({ root, now: () => new Date(nowMs) });
  await leaveBehind(root, "killed", { minutes: 30 });
  const put = () => store.put({ key: "a", body: Buffer.from("x"), contentType }, signal);
  await put();
  const early = await readdir(join(root, ".tmp"));
  nowMs += 61 * 60_000;
  await put();

  expect(early).toEqual(["killed"]);
  expect(await readdir(join(root, ".tmp"))).toEqual([]);
});

const linkTo = { key: "a/b", fileName: "cv.pdf", expiresInSeconds: 60 };

function tokenOf(link: { readonly url: string } | undefined): string {
  return link?.url.slice("/files/".length) ?? "";
}

test("links end at their time and with their object, and every process of the folder takes them", async () => {
  const root = await temporaryRoot();
  let nowMs = Date.now();
  const now = () => new Date(nowMs);
  const stores = await Promise.all([1, 2, 3, 4].map(() => openFsStore({ root, now })));
  const [first] = stores;
  await first?.put({ key: "a/b", body: Buffer.from("x"), contentType }, signal);
  // All four find that there is no key yet.
  const links = await Promise.all(stores.map((store) => store.link(linkTo, signal)));
  const answers = async () =>
    new Set(
      await Promise.all(
        stores.flatMap((store) =>
          links.map(async (link) => {
            const opened = await store.openLink(tokenOf(link), signal);
            if (opened.kind === "refused") return opened.reason;
            opened.object.body.destroy();
            return opened.fileName;
          }),
        ),
      ),
    );

  expect(await answers()).toEqual(new Set(["cv.pdf"]));
  await first?.delete("a/b", signal);
  expect(await answers()).toEqual(new Set(["gone"]));
  nowMs += 60_000;
  expect(await answers()).toEqual(new Set(["expired"]));
});

test("the key of links is random, the user's own, and no object", async () => {
  const keys: string[] = [];
  for (const root of [await temporaryRoot(), await temporaryRoot()]) {
    const store = await openFsStore({ root });
    await store.put({ key: "a/b", body: Buffer.from("x"), contentType }, signal);
    await store.link(linkTo, signal);
    keys.push(await readFile(join(root, ".link-key"), "utf8"));

    expect((await stat(join(root, ".link-key"))).mode & 0o777).toBe(0o600);
    await expect(store.get(".link-key", signal)).rejects.toMatchObject({ code: "INTERNAL" });
  }

  expect(keys).toEqual([
    expect.stringMatching(/^[\da-f]{64}$/),
    expect.stringMatching(/^[\da-f]{64}$/),
  ]);
  expect(new Set(keys).size).toBe(2);
});

test("a key that is given signs links in place of the folder's, in any folder", async () => {
  const linkKey = new Secret("k".repeat(32));
  const [root, otherRoot] = [await temporaryRoot(), await temporaryRoot()];
  const store = await openFsStore({ root, linkKey });
  await store.put({ key: "a/b", body: Buffer.from("x"), contentType }, signal);
  const token = tokenOf(await store.link(linkTo, signal));
  const sameKey = await openFsStore({ root: otherRoot, linkKey });
  const ownKey = await openFsStore({ root });

  expect(await readdir(root)).not.toContain(".link-key");
  expect(await sameKey.openLink(token, signal)).toEqual({ kind: "refused", reason: "gone" });
  expect(await ownKey.openLink(token, signal)).toEqual({ kind: "refused", reason: "invalid" });
});

test.each(["", "0123456789abcdef"])("with a damaged key (%j) no link is signed", async (kept) => {
  const root = await temporaryRoot();
  await writeFile(join(root, ".link-key"), kept);
  const store = await openFsStore({ root });
  await store.put({ key: "a/b", body: Buffer.from("x"), contentType }, signal);

  await expect(store.link(linkTo, signal)).rejects.toMatchObject({ code: "CONFIG_INVALID" });
});
