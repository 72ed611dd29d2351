import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The layout of a state folder. */
export function statePaths(stateDir: string) {
  return {
    run: join(stateDir, "run"),
    logs: join(stateDir, "logs"),
    secrets: join(stateDir, "secrets"),
    postgres: join(stateDir, "postgres"),
    redis: join(stateDir, "redis"),
    engine: join(stateDir, "engine"),
  } as const;
}

/**
 * Makes the state folder. Its own mode lets others pass, not look: as root Postgres runs as another
 * user and has to reach its folder; everything below is closed to others.
 */
export async function prepareStateDir(stateDir: string): Promise<void> {
  await mkdir(stateDir, { recursive: true });
  if (process.getuid?.() === 0) await chmod(stateDir, 0o711);
  const { run, logs, secrets } = statePaths(stateDir);
  for (const folder of [run, logs, secrets]) await mkdir(folder, { recursive: true, mode: 0o700 });
}

/** Reads a secret of this state, making it at first use; the file is readable by its owner only. */
export async function keepSecret(
  stateDir: string,
  name: string,
  make: () => string = () => randomBytes(24).toString("hex"),
): Promise<string> {
  const known = await readSecret(stateDir, name);
  if (known !== undefined) return known;
  const secret = make();
  await writeSecret(stateDir, name, secret);
  return secret;
}

export async function readSecret(stateDir: string, name: string): Promise<string | undefined> {
  return readIfThere(join(statePaths(stateDir).secrets, name));
}

export async function writeSecret(stateDir: string, name: string, secret: string): Promise<void> {
  const folder = statePaths(stateDir).secrets;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeWhole(join(folder, name), secret);
}

/** All of it or nothing: a reader never sees half a file. Mode 0600. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  await writeFile(draft, text, { mode: 0o600 });
  await rename(draft, path);
}

export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
