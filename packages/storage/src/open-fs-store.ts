import { type FileHandle, mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Secret } from "@valet/runtime";
import { safeFileName } from "./content-disposition.ts";
import { type LinkSigner, createLinkSigner } from "./create-link-signer.ts";
import { flushFolder, ifThere, openIfThere, systemCode } from "./file-system.ts";
import { readLinkKey } from "./link-key.ts";
import { linkExpiry } from "./link-terms.ts";
import { contentKey, objectDamaged } from "./object-key.ts";
import type { ObjectAbout, ObjectStore, OpenedObject } from "./object-store.ts";
import { readWhole } from "./read-whole.ts";
import { createSidecars, sidecarOf } from "./sidecars.ts";
import { createStoreGuard } from "./store-guard.ts";
import { type TemporaryFile, createTemporaryFiles } from "./temporary-files.ts";
import { verifyBody } from "./verify-body.ts";

export interface FsStoreConfig {
  readonly root: string;
  /** Signs links; unset, a key in the folder itself does, which all processes of the folder share. */
  readonly linkKey?: Secret | undefined;
  readonly now?: () => Date;
}

interface FoundFile {
  readonly file: FileHandle;
  readonly about: ObjectAbout;
}

const { guarded, faultOf } = createStoreGuard(systemCode);

/**
 * Objects as plain files under `root`, readable by the process's user only.
 *
 * The rename of the body is what puts an object there; its sidecar is written before.
 */
export async function openFsStore(config: FsStoreConfig): Promise<ObjectStore> {
  const { root, linkKey, now = () => new Date() } = config;
  const bodyPath = (key: string) => join(root, key);
  const temporary = createTemporaryFiles(join(root, ".tmp"), now);
  const sidecars = createSidecars(root);
  let signer: LinkSigner | undefined;

  async function signerOf(signal: AbortSignal): Promise<LinkSigner> {
    signer ??= createLinkSigner({
      key: linkKey ?? (await readLinkKey({ root, temporary }, signal)),
      purpose: "file",
    });
    return signer;
  }

  /** Sidecar first: a body without one is not there yet. */
  async function place(
    file: TemporaryFile,
    { key, contentType }: { readonly key: string; readonly contentType: string },
    signal: AbortSignal,
  ): Promise<void> {
    const { sha256 } = file;
    const sidecar = { body: sidecarOf({ contentType, sha256 }) };
    await temporary.with(sidecar, signal, ({ path }) => moveTo(sidecars.path(key, sha256), path));
    await moveTo(bodyPath(key), file.path);
  }

  /** The open file of an object and what is said of it. */
  async function lookUp(key: string): Promise<FoundFile | undefined> {
    const file = await openIfThere(bodyPath(key));
    if (file === undefined) return undefined;
    let isFound = false;
    try {
      const sidecar = await sidecars.find(key, file);
      // A delete was just here, or took the sidecar of a body that was put at the same moment.
      if (sidecar === "none") return undefined;
      if (sidecar === "foreign") throw objectDamaged(key);
      const { size } = await file.stat();
      isFound = true;
      return { file, about: { ...sidecar, byteSize: size } };
    } finally {
      if (!isFound) await file.close();
    }
  }

  async function open(key: string, signal: AbortSignal): Promise<OpenedObject | undefined> {
    const found = await lookUp(key);
    if (found === undefined) return undefined;
    const { file, about } = found;
    const body = verifyBody(
      file.createReadStream({ start: 0 }),
      { ...about, key, faultOf },
      signal,
    );
    return { ...about, body };
  }

  async function typeOf(key: string): Promise<string | undefined> {
    const found = await lookUp(key);
    await found?.file.close();
    return found?.about.contentType;
  }

  await guarded(undefined, new AbortController().signal, () => temporary.sweep());
  return {
    put: ({ key, body, contentType }, signal) =>
      guarded(key, signal, () =>
        temporary.with({ body }, signal, async (file) => {
          await place(file, { key, contentType }, signal);
          return { key, sha256: file.sha256, byteSize: file.byteSize };
        }),
      ),
    addOnce: ({ under, body, contentType, maxBytes }, signal) =>
      guarded(under, signal, () =>
        temporary.with({ body, maxBytes }, signal, async (file) => {
          const { sha256, byteSize } = file;
          const key = contentKey(under, sha256);
          const wasThere = (await ifThere(stat(bodyPath(key))))?.isFile() ?? false;
          // Also when it was there: these bytes are proved, and those may be damaged.
          await place(file, { key, contentType }, signal);
          return { key, sha256, byteSize, wasThere };
        }),
      ),
    open: (key, signal) => guarded(key, signal, () => open(key, signal)),
    get: (key, signal) => guarded(key, signal, async () => readWhole(await open(key, signal))),
    link: ({ key, fileName, expiresInSeconds }, signal) =>
      guarded(key, signal, async () => {
        const expiresAt = linkExpiry(expiresInSeconds, now());
        const contentType = await typeOf(key);
        if (contentType === undefined) return undefined;
        const token = (await signerOf(signal)).sign({
          key,
          fileName: safeFileName(fileName),
          contentType,
          expiresAtMs: expiresAt.getTime(),
        });
        return { url: `/files/${token}`, expiresAt };
      }),
    openLink: (token, signal) =>
      guarded(undefined, signal, async () => {
        const read = (await signerOf(signal)).read(token, now());
        if (read.kind === "refused") return read;
        const { key, fileName, contentType } = read.claim;
        const object = await open(key, signal);
        return object === undefined
          ? { kind: "refused", reason: "gone" }
          : { kind: "opened", fileName, object: { ...object, contentType } };
      }),
    delete: (key, signal) =>
      guarded(key, signal, async () => {
        if ((await ifThere(stat(bodyPath(key))))?.isFile() !== true) return;
        await rm(bodyPath(key), { force: true });
        await sidecars.remove(key);
      }),
    deleteTree: (key, signal) =>
      guarded(key, signal, async () => {
        for (const path of [bodyPath(key), join(root, ".meta", key)])
          await rm(path, { recursive: true, force: true });
        await sidecars.remove(key);
      }),
    close: () => Promise.resolve(),
  };
}

/** The path holds all of the file or what it held before. */
async function moveTo(path: string, from: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await rename(from, path);
  await flushFolder(dirname(path));
}
