import type { FetchedObject, OpenedObject } from "./object-store.ts";

/** All of a small object. */
export async function readWhole(
  opened: OpenedObject | undefined,
): Promise<FetchedObject | undefined> {
  if (opened === undefined) return undefined;
  const { contentType, sha256 } = opened;
  return { body: Buffer.concat(await opened.body.toArray()), contentType, sha256 };
}
