import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ValetError } from "@valet/contracts";
import { type Db, addFirstKey, addUser, findKeyHolder, findUserByName } from "@valet/db";

const name = "local";

/**
 * Sees to it that `<stateDir>/api-key` (0600) holds a key of the admin `local`: makes the user when
 * there is none, and another key when the file is missing or its key is not known.
 */
export async function ensureFirstUser(db: Db, stateDir: string): Promise<"kept" | "written"> {
  const path = join(stateDir, "api-key");
  const given = (await readFile(path, "utf8").catch(() => "")).trim();
  if (given !== "" && (await findKeyHolder(db, given)) !== undefined) return "kept";
  const apiKey = await newKey(db);
  await mkdir(stateDir, { recursive: true });
  // Renamed into place, so that a reader never sees half a key.
  const temporary = `${path}.${randomBytes(4).toString("hex")}`;
  await writeFile(temporary, `${apiKey}\n`, { mode: 0o600 });
  await chmod(temporary, 0o600);
  await rename(temporary, path);
  return "written";
}

async function newKey(db: Db): Promise<string> {
  const known = await findUserByName(db, name);
  if (known !== undefined) return addFirstKey(db, known);
  try {
    const { apiKey } = await addUser(db, { name, role: "admin" });
    return apiKey;
  } catch (error) {
    // Another API process was faster.
    if (error instanceof ValetError && error.code === "USER_NAME_TAKEN") return newKey(db);
    throw error;
  }
}
