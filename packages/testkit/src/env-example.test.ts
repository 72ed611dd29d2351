import { glob } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { parse as parseToml } from "smol-toml";
import { beforeAll, expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { z } from "zod";
import { readRepositoryFile, repositoryPath } from "./repository-file.ts";
import { schemaFaults } from "./schema-faults.ts";

/** Variables that no app's schema names, with who reads them. */
const readElsewhere: Readonly<Record<string, string>> = {
  ANTHROPIC_API_KEY: "nobody yet; design §10 reserves the name",
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
    for (const value of Object.values(z.record(z.string(), z.unknown()).parse({ ...Object(exported) }))) {
      if (value instanceof z.ZodObject) found.set(file.split("/")[1] ?? file, value);
    }
  }
  schemas = found;
});

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
    return name === undefined || value === undefined
      ? []
      : [{ name, value, above: lines[at - 1] ?? "" }];
  });
}

function variablesRead(): string[] {
  const inSchemas = [...schemas.values()].flatMap((schema) => Object.keys(schema.shape));
  return [...new Set([...inSchemas, ...Object.keys(readElsewhere)])].toSorted();
}

function schemaOf(app: string): z.ZodObject {
  const schema = schemas.get(app);
  if (schema === undefined) throw new Error(`No *config.ts of apps/${app} exports a zod object.`);
  return schema;
}

test("every app that reads variables has a schema to compare with", () => {
  expect([...schemas.keys()].toSorted()).toEqual(["api", "cli", "session-host", "worker"]);
});

test("variables said to be read elsewhere are in no schema", () => {
  const inSchemas = new Set([...schemas.values()].flatMap((schema) => Object.keys(schema.shape)));

  expect(Object.keys(readElsewhere).filter((name) => inSchemas.has(name))).toEqual([]);
});

test(".env.example holds exactly the variables that are read, each once, under a line that says what it is", async () => {
  const lines = readExample(await readRepositoryFile(".env.example"));

  expect(lines.map(({ name }) => name).toSorted()).toEqual(variablesRead());
  expect(lines.filter(({ above }) => !/^# \S.*\.$/.test(above)).map(({ name }) => name)).toEqual([]);
});

test("a default shown in .env.example is the one in the schema", async () => {
  const shown = new Map(
    readExample(await readRepositoryFile(".env.example")).map(({ name, value }) => [name, value]),
  );
  const differing = [...schemas].flatMap(([app, schema]) =>
    Object.entries(schema.shape).flatMap(([name, field]) => {
      const missing = z.unknown().pipe(z.custom<z.ZodType>((given) => given instanceof z.ZodType)).parse(field).safeParse(undefined);
      if (!missing.success || missing.data === undefined) return [];
      return shown.get(name) === String(missing.data) ? [] : [`${app} ${name}`];
    }),
  );

  expect(differing).toEqual([]);
});

test("copying .env.example changes nothing: every line is commented out", async () => {
  const text = await readRepositoryFile(".env.example");

  expect(text.split("\n").filter((line) => line !== "" && !line.startsWith("#"))).toEqual([]);
});

// What the deployment files give a process must be a configuration that it accepts.

const Environment = z.record(z.string(), z.string());

/** As compose fills in `${NAME:-default}`, and `${NAME}` with a value. */
function interpolate(environment: z.infer<typeof Environment>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      value.replaceAll(/\$\{\w+(?::-([^}]*))?\}/g, (_whole, byDefault: string | undefined) => byDefault ?? "x"),
    ]),
  );
}

function unread(app: string, environment: Record<string, string>): string[] {
  const known = schemaOf(app).shape;
  return Object.keys(environment).filter(
    (name) => !(name in known) && !name.startsWith("HATCHET_CLIENT_"),
  );
}

const ComposeServices = z.object({
  services: z.record(
    z.string(),
    z.object({ environment: Environment.optional(), volumes: z.array(z.string()).optional() }),
  ),
});

test.each(["api", "worker", "session-host"])("compose gives the %s what it needs to start", async (app) => {
  const compose = parseYaml(await readRepositoryFile("docker-compose.hatchet.yml"), { merge: true });
  const service = ComposeServices.parse(compose).services[app];
  const mounts = service?.volumes?.join() ?? "";
  const environment = {
    ...interpolate(service?.environment ?? {}),
    ...(mounts.includes("engine-token:") ? { HATCHET_CLIENT_TOKEN: "x" } : {}),
    ...(mounts.includes("session-host-token:") ? { VALET_SESSION_HOST_TOKEN: "x" } : {}),
  };

  expect(schemaFaults(schemaOf(app), environment)).toEqual([]);
  const sharedByAll = ["VALET_PUBLIC_URL"];
  expect(unread(app, environment).filter((name) => !sharedByAll.includes(name))).toEqual([]);
});

test("fly.toml and the secrets it names give every process what it needs to start", async () => {
  const text = await readRepositoryFile("fly.toml");
  const { env } = z.object({ env: Environment }).parse(parseToml(text));
  const secrets = text.slice(text.indexOf("# Secrets:"), text.indexOf("[env]")).match(/[A-Z][A-Z0-9_]{3,}/g);
  const given = {
    ...Object.fromEntries((secrets ?? []).map((name) => [name, "https://example.com"])),
    ...env,
  };
  const apps = ["api", "worker", "session-host"];

  expect(apps.flatMap((app) => schemaFaults(schemaOf(app), given))).toEqual([]);
  const unreadByAll = apps.map((app) => new Set(unread(app, given)));
  expect(Object.keys(given).filter((name) => unreadByAll.every((names) => names.has(name)))).toEqual([]);
});
