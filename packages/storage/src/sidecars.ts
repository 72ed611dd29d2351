import { createHash } from "node:crypto";
import { type FileHandle, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { namesIn, readIfThere } from "./file-system.ts";

/** What the bytes do not say of themselves. Those of early versions know the type only. */
const Sidecar = z.object({ contentType: z.string(), sha256: z.string().optional() });
type Sidecar = z.infer<typeof Sidecar>;

interface WholeSidecar {
  readonly contentType: string;
  readonly sha256: string;
}

/** `none`: the object has no sidecar at all. `foreign`: it has, and none is for these bytes. */
export type FoundSidecar = WholeSidecar | "none" | "foreign";

export interface Sidecars {
  readonly path: (key: string, sha256: string) => string;
  readonly find: (key: string, body: FileHandle) => Promise<FoundSidecar>;
  /** All that the key has had. */
  readonly remove: (key: string) => Promise<void>;
}

/**
 * Files beside the objects, with the hash of the body they belong to in their names, so that old
 * body and new sidecar never meet: a key that was replaced has several.
 */
export function createSidecars(root: string): Sidecars {
  const folder = join(root, ".meta");
  const path = (key: string, sha256: string) => join(folder, `${key}.${sha256.slice(0, 16)}.json`);

  async function pathsOf(key: string): Promise<readonly string[]> {
    const beside = dirname(join(folder, key));
    const names = await namesIn(beside);
    return names
      .filter((name) => isSidecarOf(basename(key), name))
      .map((name) => join(beside, name));
  }

  return {
    path,
    async find(key, body) {
      const [first, ...others] = await pathsOf(key);
      if (first === undefined) return "none";
      if (others.length === 0) {
        const { contentType, sha256 } = parse(await readIfThere(first)) ?? {};
        if (contentType !== undefined && sha256 !== undefined) return { contentType, sha256 };
      }
      // Which of several is this body's only the body itself can tell.
      const sha256 = await hashOf(body);
      const sidecar = parse(await readIfThere(path(key, sha256)));
      return sidecar === undefined ? "foreign" : { contentType: sidecar.contentType, sha256 };
    },
    async remove(key) {
      for (const found of await pathsOf(key)) await rm(found, { force: true });
    },
  };
}

/** The bytes of a sidecar. */
export function sidecarOf(about: WholeSidecar): Uint8Array {
  return Buffer.from(JSON.stringify(about));
}

function parse(text: string | undefined): Sidecar | undefined {
  return text === undefined ? undefined : Sidecar.parse(JSON.parse(text));
}

function isSidecarOf(base: string, name: string): boolean {
  return name.startsWith(`${base}.`) && /^[\da-f]{16}\.json$/.test(name.slice(base.length + 1));
}

async function hashOf(file: FileHandle): Promise<string> {
  const hash = createHash("sha256");
  const chunk = Buffer.allocUnsafe(65_536);
  for (let position = 0; ;) {
    const { bytesRead } = await file.read(chunk, 0, chunk.length, position);
    if (bytesRead === 0) return hash.digest("hex");
    hash.update(chunk.subarray(0, bytesRead));
    position += bytesRead;
  }
}
