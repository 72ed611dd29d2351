import { createHash } from "node:crypto";
import { ValetError } from "@valet/contracts";

const longestKey = 512;
const keyPattern = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;

/** Keys are made by our code from ids; one that could leave its folder is a fault in that code. */
export function assertObjectKey(key: string): void {
  if (key.length <= longestKey && keyPattern.test(key)) return;
  throw new ValetError("INTERNAL", "Valet made a name for a file that storage does not take.", {
    keyLength: key.length,
  });
}

/** Where a body is kept by its hash. */
export function contentKey(under: string, sha256: string): string {
  const key = `${under}/${sha256}`;
  assertObjectKey(key);
  return key;
}

export function sha256Of(body: Uint8Array): string {
  return createHash("sha256").update(body).digest("hex");
}

export function objectDamaged(key: string): ValetError {
  return new ValetError(
    "INTERNAL",
    "A stored file is not what was put there. Restore the storage from a backup.",
    { key },
  );
}

/** `reason`: a short code such as `ENOSPC` or `AccessDenied`. */
export function storageUnavailable(reason: string, cause: unknown): ValetError {
  return new ValetError(
    "STORAGE_UNAVAILABLE",
    `The file storage does not answer (${reason}). Check its disk space, address and keys.`,
    { reason },
    { cause },
  );
}
