import { randomBytes } from "node:crypto";
import { link } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ValetError } from "@valet/contracts";
import { Secret } from "@valet/runtime";
import { flushFolder, readIfThere, systemCode } from "./file-system.ts";
import type { TemporaryFiles } from "./temporary-files.ts";

/**
 * The key that links into this folder are signed with. The first process that needs one makes it;
 * of several that come at once, all take the one that got its place.
 */
export async function readLinkKey(
  { root, temporary }: { readonly root: string; readonly temporary: TemporaryFiles },
  signal: AbortSignal,
): Promise<Secret> {
  const path = join(root, ".link-key");
  const kept = await readIfThere(path);
  if (kept !== undefined) return checked(kept);
  const body = Buffer.from(randomBytes(32).toString("hex"));
  await temporary.with({ body }, signal, async (file) => {
    try {
      // Unlike a rename, a link never takes the place of what is there.
      await link(file.path, path);
      await flushFolder(dirname(path));
    } catch (error) {
      if (systemCode(error) !== "EEXIST") throw error;
    }
  });
  return readLinkKey({ root, temporary }, signal);
}

/** With half a key or none anybody could sign. */
function checked(kept: string): Secret {
  if (/^[\da-f]{64}$/.test(kept)) return new Secret(kept);
  throw new ValetError(
    "CONFIG_INVALID",
    "The key for links to stored files is damaged, so no link can be made or followed. Delete the file .link-key in the storage folder; links made before end with that.",
  );
}
