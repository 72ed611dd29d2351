import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Where a file of this repository is, given its path from the top. */
export function repositoryPath(file: string): string {
  return path.join(root, file);
}

export function readRepositoryFile(file: string): Promise<string> {
  return readFile(repositoryPath(file), "utf8");
}

/** Puts a mistake into a file's text; throws when there is no place for it, so that none is missed. */
export function plantMistake(text: string, right: string, wrong: string): string {
  if (!text.includes(right)) throw new Error(`The file does not contain: ${right}`);
  return text.replace(right, () => wrong);
}
