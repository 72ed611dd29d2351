import { readFile, readdir } from "node:fs/promises";
import { extname, join, relative } from "node:path";

export interface ConsoleFile {
  readonly type: string;
  readonly body: Buffer;
  /** The same, packed; undefined where that is not worth it. */
  readonly gzip: Buffer | undefined;
}

/** The built console by path, such as `assets/main-1a2b.js`. */
export type ConsoleFiles = ReadonlyMap<string, ConsoleFile>;

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** Where `npm run valet -- up` and `npm test` build it. */
export const builtConsole = join(import.meta.dirname, "../../../console/dist");

/**
 * Reads a built console once: a build that comes later does not mix with it. Nothing where there is none:
 * the API serves without a console too.
 */
export async function readConsole(directory: string): Promise<ConsoleFiles> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return [];
      throw error;
    },
  );
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)));
  const files = paths
    .filter((path) => extname(path) in types)
    .map(async (path): Promise<[string, ConsoleFile]> => {
      const read = (name: string) => readFile(join(directory, name));
      const gzip = paths.includes(`${path}.gz`) ? await read(`${path}.gz`) : undefined;
      return [path, { type: types[extname(path)] ?? "", body: await read(path), gzip }];
    });
  return new Map(await Promise.all(files));
}
