import { glob } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { parse as parseToml } from "smol-toml";
import { beforeAll, expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { z } from "zod";
import { plantMistake, readRepositoryFile, repositoryPath } from "./repository-file.ts";
import { schemaFaults } from "./schema-faults.ts";

/** Variables that no app's schema names, with who reads them. */
const readElsewhere: Readonly<Record<string, string>> = {
  HATCHET_CLIENT_API_URL: "the Hatchet SDK",
  HATCHET_CLIENT_HOST_PORT: "the Hatchet SDK",
  HATCHET_CLIENT_NAMESPACE: "the Hatchet SDK",
  HATCHET_CLIENT_TLS_ROOT_CA_FILE: "the Hatchet SDK",
  HATCHET_CLIENT_TLS_SERVER_NAME: "the Hatchet SDK",
  HATCHET_CLIENT_TLS_STRATEGY: "the Hatchet SDK",
  PRACTICE_LEDGER: "apps/practice-ats/src/read-config.ts, which has no schema",
  PRACTICE_PORT: "apps/practice-ats/src/read-config.ts, which has no schema",
  VALET_SIDECAR_SHA256: "packages/stack/src/start-stack.ts",
};

/** The configuration schema of each app, by the app's name. */
let schemas: ReadonlyMap<string, z.ZodObject>;

beforeAll(async () => {
  const found = new Map<string, z.ZodObject>();
  for await (const file of glob("apps/*/src/*config.ts", { cwd: repositoryPath(".") })) {
    // Loaded by its address, since nobody imports an app; a config file starts nothing.
    const exported: unknown = await import(
      /* @vite-ignore */ pathToFileURL(repositoryPath(file)).href
    );
    for (const value of Object.values(
      z.record(z.string(), z.unknown()).parse({ ...Object(exported) }),
    )) {
      if (value instanceof z.ZodObject) found.set(file.split("/")[1] ?? file, value);
    }
  }
  schemas = found;
});

function schemaOf(app: string): z.ZodObject {
  const schema = schemas.get(app);
  if (schema === undefined) throw new Error(`No *config.ts of apps/${app} exports a zod object.`);
  return schema;
}

function variablesInSchemas(): Set<string> {
  return new Set([...schemas.values()].flatMap((schema) => Object.keys(schema.shape)));
}

test("every app that reads variables has a schema to compare with", () => {
  expect([...schemas.keys()].toSorted()).toEqual(["api", "cli", "session-host", "worker"]);
});

test("a variable said to be read elsewhere is in no schema", () => {
  const inSchemas = variablesInSchemas();

  expect(Object.keys(readElsewhere).filter((name) => inSchemas.has(name))).toEqual([]);
});

// .env.example

interface ExampleLine {
  readonly name: string;
  readonly value: string;
  /** The line above it. */
  readonly above: string;
}

function readExample(text: string): ExampleLine[] {
  const lines = text.split("\n");
  return lines.flatMap((line, at) => {
    const [, name, value] = /^#?([A-Z][A-Z0-9_]*)=(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return [];
    return [{ name, value, above: lines[at - 1] ?? "" }];
  });
}

function exampleFaults(text: string): string[] {
  const lines = readExample(text);
  const shown = new Map(lines.map(({ name, value }) => [name, value]));
  const read = new Set([...variablesInSchemas(), ...Object.keys(readElsewhere)]);
  return [
    ...[...read].filter((name) => !shown.has(name)).map((name) => `${name} is missing`),
    ...[...shown.keys()].filter((name) => !read.has(name)).map((name) => `nobody reads ${name}`),
    ...(lines.length === shown.size ? [] : ["a variable stands there twice"]),
    ...lines
      .filter(({ above }) => !/^# \S.*\.$/.test(above))
      .map(({ name }) => `no line above ${name} says what it is`),
    ...[...schemas].flatMap(([app, schema]) =>
      defaultsOf(schema)
        .filter(([name, value]) => shown.get(name) !== value)
        .map(([name, value]) => `${name} is ${value} by default in ${app}`),
    ),
    ...text
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => `not commented out: ${line}`),
  ];
}

const Simple = z.union([z.string(), z.number(), z.boolean()]);

/** What each variable that has a default is when it is not set. */
function defaultsOf(schema: z.ZodObject): [name: string, value: string][] {
  return Object.entries(schema.shape).flatMap(([name, field]) => {
    const { data } = z.object({ [name]: field }).safeParse({});
    const value = Simple.safeParse(data?.[name]);
    return value.success ? [[name, String(value.data)]] : [];
  });
}

test(".env.example holds exactly the variables that are read, each explained, with their defaults", async () => {
  expect(exampleFaults(await readRepositoryFile(".env.example"))).toEqual([]);
});

test.each([
  [
    "a missing variable",
    "#VALET_BROWSER_USER=valet-browser\n",
    "",
    "VALET_BROWSER_USER is missing",
  ],
  ["one that nobody reads", "#NO_COLOR=1", "#NO_COLOUR=1", "nobody reads NO_COLOUR"],
  [
    "another default",
    "#WORKER_SLOTS=24",
    "#WORKER_SLOTS=2",
    "WORKER_SLOTS is 24 by default in worker",
  ],
  ["an unexplained one", "# Live browsers at once", "\n", "no line above VALET_MAX_SESSIONS"],
  ["a value that is set", "#DATABASE_URL=", "DATABASE_URL=", "not commented out: DATABASE_URL="],
])("the check of .env.example finds %s", async (_name, right, wrong, fault) => {
  const faults = exampleFaults(
    plantMistake(await readRepositoryFile(".env.example"), right, wrong),
  );

  expect(faults.join("\n")).toContain(fault);
});

// What the deployment files give a process must be a configuration that it accepts and reads.

const Environment = z.record(z.string(), z.string());
type Environment = z.infer<typeof Environment>;

const Compose = z.object({
  services: z.record(
    z.string(),
    z.object({ environment: Environment.default({}), volumes: z.array(z.string()).default([]) }),
  ),
});

/** As compose fills in `${NAME:-default}`, and `${NAME}` with some value. */
function interpolate(environment: Environment): Environment {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      value.replaceAll(/\$\{\w+(?::-([^}]*))?\}/g, (_all, byDefault?: string) => byDefault ?? "x"),
    ]),
  );
}

function unread(app: string, environment: Environment): string[] {
  const known = schemaOf(app).shape;
  return Object.keys(environment).filter(
    (name) => !(name in known) && !name.startsWith("HATCHET_CLIENT_"),
  );
}

function composeFaults(app: string, text: string): string[] {
  const { services } = Compose.parse(parseYaml(text, { merge: true }));
  const { environment = {}, volumes = [] } = services[app] ?? {};
  const mounts = volumes.join();
  const given = {
    ...interpolate(environment),
    ...(mounts.includes("engine-token:") ? { HATCHET_CLIENT_TOKEN: "x" } : {}),
    ...(mounts.includes("session-host-token:") ? { VALET_SESSION_HOST_TOKEN: "x" } : {}),
  };
  return [
    ...schemaFaults(schemaOf(app), given),
    ...unread(app, given).map((name) => `${app} does not read ${name}`),
  ];
}

function flyFaults(text: string): string[] {
  const { env } = z.object({ env: Environment }).parse(parseToml(text));
  const comment = text.slice(text.indexOf("# Secrets:"), text.indexOf("[env]"));
  const secrets = comment.match(/[A-Z][A-Z0-9_]{3,}/g) ?? [];
  const given = {
    ...Object.fromEntries(secrets.map((name) => [name, "https://example.com"])),
    ...env,
  };
  const apps = ["api", "worker", "session-host"];
  // All processes of a Fly app share one environment, so one reader is enough.
  const readByNone = apps.map((app) => new Set(unread(app, given)));
  return [
    ...apps.flatMap((app) => schemaFaults(schemaOf(app), given)),
    ...Object.keys(given)
      .filter((name) => readByNone.every((names) => names.has(name)))
      .map((name) => `nobody reads ${name}`),
  ];
}

test.each(["api", "worker", "session-host"])(
  "compose gives the %s what it needs to start, and nothing it does not read",
  async (app) => {
    expect(composeFaults(app, await readRepositoryFile("docker-compose.hatchet.yml"))).toEqual([]);
  },
);

test("fly.toml, with the secrets it names, gives every process what it needs to start", async () => {
  expect(flyFaults(await readRepositoryFile("fly.toml"))).toEqual([]);
});

test("a misspelled variable in a deployment file is found", async () => {
  const compose = await readRepositoryFile("docker-compose.hatchet.yml");
  const fly = await readRepositoryFile("fly.toml");
  const composeTypo = plantMistake(compose, "VALET_SESSION_HOST_URL", "VALET_SESSION_URL");
  const flyTypo = plantMistake(fly, "VALET_API_HOST", "VALET_HOST");
  const secretLess = plantMistake(fly, "VALET_SESSION_HOST_TOKEN", "and so on");

  expect(composeFaults("worker", composeTypo).join("\n")).toMatch(
    /VALET_SESSION_HOST_URL: .*\nworker does not read VALET_SESSION_URL/,
  );
  expect(flyFaults(flyTypo)).toEqual(["nobody reads VALET_HOST"]);
  expect(flyFaults(secretLess).join("\n")).toContain("VALET_SESSION_HOST_TOKEN: ");
});
