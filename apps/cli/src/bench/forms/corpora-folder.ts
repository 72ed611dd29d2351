import { access } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** Folder of the development corpora, or undefined where this machine has none: they are optional. */
export async function corporaFolder(named: string | undefined): Promise<string | undefined> {
  const beside = new URL("../../../../../../shared/corpora", import.meta.url);
  const folder = named ?? fileURLToPath(beside);
  try {
    await access(folder);
    return folder;
  } catch {
    return undefined;
  }
}
