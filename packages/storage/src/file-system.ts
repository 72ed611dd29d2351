import { type FileHandle, open, readFile, readdir } from "node:fs/promises";

// A folder where a file was asked for, or the other way round, is no object either.
const notThere: readonly (string | undefined)[] = ["ENOENT", "ENOTDIR", "EISDIR"];

/** The code of a failed system call; `undefined` for any other error. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error &&
    "syscall" in error &&
    "code" in error &&
    typeof error.code === "string"
    ? error.code
    : undefined;
}

/** `undefined` in place of an error that says there is no such file. */
export async function ifThere<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (notThere.includes(systemCode(error))) return undefined;
    throw error;
  }
}

/** Empty when there is no such folder. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  return (await ifThere(readdir(folder))) ?? [];
}

export async function readIfThere(path: string): Promise<string | undefined> {
  return ifThere(readFile(path, "utf8"));
}

/** A plain file to read; `undefined` when there is none. */
export async function openIfThere(path: string): Promise<FileHandle | undefined> {
  const file = await ifThere(open(path, "r"));
  // A folder opens as well.
  if (file === undefined || (await file.stat()).isFile()) return file;
  await file.close();
  return undefined;
}

/** A file that was made, renamed or linked outlives a power cut only when its folder is flushed. */
export async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
