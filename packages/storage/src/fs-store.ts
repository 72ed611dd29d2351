import { randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, readFile, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { assertObjectKey, objectDamaged, sha256Of, storageUnavailable } from "./object-key.ts";
import type { FetchedObject, ObjectStore } from "./object-store.ts";

/** What the bytes do not say of themselves. */
const Sidecar = z.object({ contentType: z.string() });

/**
 * Objects as plain files under `root`, readable by the process's user only.
 *
 * The rename of the body is what puts an object there. Its sidecar is written before and carries
 * the body's hash in its name, so that old body and new sidecar never meet, whatever dies between.
 */
export function createFsStore({ root }: { readonly root: string }): ObjectStore {
  const bodyPath = (key: string) => join(root, key);
  const sidecarPath = (key: string, sha256: string) =>
    join(root, ".meta", `${key}.${sha256.slice(0, 16)}.json`);

  async function get(key: string, signal: AbortSignal): Promise<FetchedObject | undefined> {
    const body = await readIfThere(bodyPath(key), signal);
    if (body === undefined) return undefined;
    const sha256 = sha256Of(body);
    const sidecar = await readIfThere(sidecarPath(key, sha256), signal);
    if (sidecar === undefined) throw objectDamaged(key);
    const { contentType } = Sidecar.parse(JSON.parse(sidecar.toString("utf8")));
    return { body, contentType, sha256 };
  }

  return {
    put: ({ key, body, contentType }, signal) =>
      guarded(key, signal, async () => {
        const sha256 = sha256Of(body);
        const sidecar = Buffer.from(
          JSON.stringify({ contentType } satisfies z.infer<typeof Sidecar>),
        );
        const write = { root, signal };
        await writeWhole(write, sidecarPath(key, sha256), sidecar);
        await writeWhole(write, bodyPath(key), body);
        return { key, sha256, byteSize: body.byteLength };
      }),
    get: (key, signal) => guarded(key, signal, () => get(key, signal)),
    delete: (key, signal) =>
      guarded(key, signal, async () => {
        const body = await readIfThere(bodyPath(key), signal);
        if (body === undefined) return;
        await rm(bodyPath(key), { force: true });
        await rm(sidecarPath(key, sha256Of(body)), { force: true });
      }),
    deleteTree: (key, signal) =>
      guarded(key, signal, async () => {
        const sidecars = join(root, ".meta", key);
        const own = (await namesIn(dirname(sidecars))).filter((name) =>
          isSidecarOf(basename(key), name),
        );
        for (const path of [bodyPath(key), sidecars])
          await rm(path, { recursive: true, force: true });
        for (const name of own) await rm(join(dirname(sidecars), name), { force: true });
      }),
    close: () => Promise.resolve(),
  };
}

async function guarded<T>(key: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  assertObjectKey(key);
  try {
    signal.throwIfAborted();
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    const code = systemCode(error);
    throw code === undefined ? error : storageUnavailable(code, error);
  }
}

/** Writes beside, flushes to the disk and renames: the path holds all of it or what it held before. */
async function writeWhole(
  { root, signal }: { readonly root: string; readonly signal: AbortSignal },
  path: string,
  body: Uint8Array,
): Promise<void> {
  const temporary = join(root, ".tmp", randomUUID());
  await mkdir(dirname(temporary), { recursive: true, mode: 0o700 });
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    await flushed(await open(temporary, "wx", 0o600), (file) => file.writeFile(body, { signal }));
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
  // The rename itself lives in the folder.
  await flushed(await open(dirname(path), "r"));
}

async function flushed(
  file: FileHandle,
  write: (file: FileHandle) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  try {
    await write(file);
    await file.sync();
  } finally {
    await file.close();
  }
}

function isSidecarOf(base: string, name: string): boolean {
  return name.startsWith(`${base}.`) && /^[\da-f]{16}\.json$/.test(name.slice(base.length + 1));
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(systemCode(error) ?? "")) return [];
    throw error;
  }
}

async function readIfThere(path: string, signal: AbortSignal): Promise<Buffer | undefined> {
  try {
    return await readFile(path, { signal });
  } catch (error) {
    // A folder where a file was asked for, or the other way round, is no object either.
    if (["ENOENT", "ENOTDIR", "EISDIR"].includes(systemCode(error) ?? "")) return undefined;
    throw error;
  }
}

function systemCode(error: unknown): string | undefined {
  return error instanceof Error &&
    "syscall" in error &&
    "code" in error &&
    typeof error.code === "string"
    ? error.code
    : undefined;
}
