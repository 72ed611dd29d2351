import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createFsStore } from "./fs-store.ts";

const { signal } = new AbortController();
const contentType = "application/pdf";

async function temporaryRoot(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "valet-fs-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  return root;
}

/** Puts one of two large bodies under the same key, again and again, until it is killed. */
function startWriter(root: string): ChildProcess {
  const entry = new URL("./fs-store.ts", import.meta.url).href;
  const source = `
    import { createFsStore } from ${JSON.stringify(entry)};
    const store = createFsStore({ root: ${JSON.stringify(root)} });
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
  const store = createFsStore({ root });
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
  const store = createFsStore({ root: await temporaryRoot() });
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
  const store = createFsStore({ root });
  await store.put({ key: "resumes/r1", body: Buffer.from("whole"), contentType }, signal);
  await writeFile(join(root, "resumes", "r1"), "who");

  await expect(store.get("resumes/r1", signal)).rejects.toMatchObject({
    code: "INTERNAL",
    details: { key: "resumes/r1" },
  });
});

test("a put that fails or is aborted leaves no temporary file and no object", async () => {
  const root = await temporaryRoot();
  const store = createFsStore({ root });
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
  const store = createFsStore({ root });
  await store.put({ key: "a/b", body: Buffer.from("x"), contentType }, signal);

  await store.delete("a/b", signal);

  expect(await readdir(join(root, "a"))).toEqual([]);
  expect(await readdir(join(root, ".meta", "a"))).toEqual([]);
});

test("only the process's user can read the files", async () => {
  const root = join(await temporaryRoot(), "objects");
  const store = createFsStore({ root });
  await store.put({ key: "a/b", body: Buffer.from("x"), contentType }, signal);

  const modes = await Promise.all(
    [root, join(root, "a"), join(root, "a", "b")].map(
      async (path) => (await stat(path)).mode & 0o777,
    ),
  );
  expect(modes).toEqual([0o700, 0o700, 0o600]);
});
