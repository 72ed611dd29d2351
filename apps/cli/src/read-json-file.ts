import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { z } from "zod";
import { usageError } from "./describe-error.ts";

/** A file the person named. @throws `USAGE` when it cannot be read. */
export async function readNamedFile(path: string, cwd: string): Promise<Buffer> {
  try {
    return await readFile(resolve(cwd, path));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    const why = reasons[code] ?? code;
    throw usageError(`The file ${path} cannot be read: ${why}.`);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "permission denied",
  EISDIR: "it is a folder",
};

/** Reads and checks a JSON file; says what is wrong by place and never by value. */
export async function readJsonFile<Schema extends z.ZodType>(
  schema: Schema,
  { path, cwd }: { readonly path: string; readonly cwd: string },
): Promise<z.output<Schema>> {
  const text = (await readNamedFile(path, cwd)).toString("utf8");
  const value = parseJson(text, path);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(
    (issue) => `/${issue.path.map(String).join("/")}: ${issue.message}`,
  );
  throw usageError(`${path} is not valid:\n  ${faults.join("\n  ")}`);
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw usageError(
      `${path} is not JSON. Check it with \`node -e "JSON.parse(...)"\` or an editor.`,
    );
  }
}
