import { databaseNames } from "@valet/stack";

/** Whose work processor time was. */
export const processKinds = [
  "API",
  "workers",
  "session host",
  "Chromium",
  "displays",
  "engine",
  "Postgres",
  "Postgres for the engine",
  "Redis",
  "practice site",
  "bare script",
  "the bench itself",
] as const;
export type ProcessKind = (typeof processKinds)[number];

const kindsByName: Readonly<Record<string, ProcessKind>> = {
  api: "API",
  worker: "workers",
  "session-host": "session host",
  engine: "engine",
  postgres: "Postgres",
  redis: "Redis",
  "practice-ats": "practice site",
  "bare-script": "bare script",
  bench: "the bench itself",
};

/** By the name under which a process was started: `worker-2` is a worker. */
export function kindNamed(name: string): ProcessKind | undefined {
  return kindsByName[name.replace(/-\d+$/u, "")];
}

/**
 * Of a process that `root` has started, or one of those it has started: `programs` are the names of their
 * programs, from the process itself up to the root.
 */
export function kindOf(root: ProcessKind, programs: readonly string[]): ProcessKind {
  if (programs.some((program) => program.startsWith("chrom"))) return "Chromium";
  if (programs.some((program) => program.endsWith("vnc"))) return "displays";
  return root;
}

/** Of one of Postgres' own, by its title: `postgres: USER DATABASE HOST(PORT) what it does`. */
export function postgresKindOf(title: string): ProcessKind {
  const [, , database] = title.split(" ");
  return database === databaseNames.hatchet ? "Postgres for the engine" : "Postgres";
}
