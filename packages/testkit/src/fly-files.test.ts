import { engineVersion } from "@valet/stack";
import { parse as parseToml } from "smol-toml";
import { expect, test } from "vitest";
import { z } from "zod";
import { plantMistake, readRepositoryFile } from "./repository-file.ts";
import { schemaFaults } from "./schema-faults.ts";
import { workerDeadlineSeconds } from "./worker-deadline.ts";

// Nothing here can be deployed, so fly.toml and fly.hatchet.toml are parsed and held against what we
// know of Fly's configuration; planted mistakes show that the checks can fail.

const Duration = z.string().regex(/^\d+[smh]$/);
const Processes = z.array(z.string()).min(1).optional();
const HttpCheck = z.strictObject({
  path: z.string().startsWith("/"),
  method: z.enum(["GET", "get"]),
  interval: Duration,
  timeout: Duration,
  grace_period: Duration,
});
const Concurrency = z.strictObject({
  type: z.enum(["connections", "requests"]),
  soft_limit: z.int().positive(),
  hard_limit: z.int().positive(),
});
const service = {
  processes: Processes,
  internal_port: z.int(),
  // Fly would take idle machines away: event streams, engine and browsers look idle for long.
  auto_stop_machines: z.literal("off"),
  auto_start_machines: z.boolean(),
  min_machines_running: z.int().positive(),
  concurrency: Concurrency.optional(),
};
const FlyService = z.strictObject({
  ...service,
  protocol: z.literal("tcp"),
  ports: z
    .array(
      z.strictObject({
        port: z.int(),
        handlers: z.array(z.enum(["tls", "http"])),
        tls_options: z.strictObject({ alpn: z.array(z.enum(["h2", "http/1.1"])) }).optional(),
        http_options: z
          .strictObject({ h2_backend: z.boolean().optional(), idle_timeout: z.int().optional() })
          .optional(),
      }),
    )
    .min(1),
});

/** The part of Fly's configuration that we use; a key that is not here is a mistake or to be added. */
const FlyToml = z.strictObject({
  app: z.string(),
  primary_region: z.string().length(3),
  kill_signal: z.literal("SIGTERM"),
  kill_timeout: z.int().max(300, "is more than Fly gives"),
  build: z.strictObject({ dockerfile: z.string() }).or(z.strictObject({ image: z.string() })),
  deploy: z.strictObject({ strategy: z.literal("rolling"), wait_timeout: Duration }).optional(),
  env: z.record(z.string(), z.string()),
  processes: z.record(z.string(), z.string()).optional(),
  mounts: z
    .array(
      z.strictObject({ source: z.string(), destination: z.string(), initial_size: z.string() }),
    )
    .optional(),
  http_service: z.strictObject({
    ...service,
    force_https: z.literal(true),
    checks: z.array(HttpCheck).optional(),
  }),
  services: z.array(FlyService).optional(),
  checks: z.record(
    z.string(),
    HttpCheck.extend({ processes: Processes, type: z.literal("http"), port: z.int() }),
  ),
  vm: z.array(
    z.strictObject({
      processes: Processes,
      cpu_kind: z.enum(["shared", "performance"]),
      cpus: z.int().positive(),
      memory: z.string().regex(/^\d+(mb|gb)$/),
    }),
  ),
});

const ValetOnFly = z.object({
  build: z.object({ dockerfile: z.literal("Dockerfile") }),
  processes: z.strictObject({
    api: z.literal("node apps/api/src/main.ts"),
    worker: z
      .string()
      .regex(/ apps\/session-host\/src\/main\.ts=\d+ apps\/worker\/src\/main\.ts=\d+$/),
  }),
  http_service: z.object({
    processes: z.tuple([z.literal("api")]),
    checks: z.tuple([z.object({ path: z.literal("/readyz") })]),
  }),
  checks: z.object({
    worker: z.object({ processes: z.tuple([z.literal("worker")]), path: z.literal("/readyz") }),
  }),
  vm: z.tuple([
    z.object({ processes: z.tuple([z.literal("api")]) }),
    z.object({ processes: z.tuple([z.literal("worker")]) }),
  ]),
});

const HatchetOnFly = z.object({
  build: z.object({
    image: z.literal(`ghcr.io/hatchet-dev/hatchet/hatchet-lite:${engineVersion}`),
  }),
  env: z.object({
    SERVER_ALLOW_SIGNUP: z.literal("false"),
    SERVER_AUTH_COOKIE_INSECURE: z.literal("f"),
    SERVER_GRPC_BIND_ADDRESS: z.literal("0.0.0.0"),
    SERVER_GRPC_INSECURE: z.literal("t"),
    SERVER_GRPC_PORT: z.literal("7077"),
  }),
  mounts: z.tuple([z.object({ destination: z.literal("/config") })]),
  http_service: z.object({ internal_port: z.literal(8888) }),
  services: z.tuple([
    z.object({
      internal_port: z.literal(7077),
      ports: z.tuple([
        z.object({
          handlers: z.tuple([z.literal("tls"), z.literal("http")]),
          tls_options: z.object({ alpn: z.tuple([z.literal("h2")]) }),
          http_options: z.object({ h2_backend: z.literal(true) }),
        }),
      ]),
    }),
  ]),
  checks: z.object({ engine: z.object({ port: z.literal(8733), path: z.literal("/ready") }) }),
});

const flyFiles = {
  "fly.toml": ValetOnFly,
  "packages/stack/deploy/fly.hatchet.toml": HatchetOnFly,
} as const;
type FlyFile = keyof typeof flyFiles;

/** Ports are written where a process listens and where it is asked; both must be the same. */
async function flyFaults(file: FlyFile, text: string): Promise<string[]> {
  const value = parseToml(text);
  const faults = [...schemaFaults(FlyToml, value), ...schemaFaults(flyFiles[file], value)];
  if (faults.length > 0 || file !== "fly.toml") return faults;

  const { env, processes = {}, http_service, checks, kill_timeout } = FlyToml.parse(value);
  const worker = processes["worker"] ?? "";
  const must: Record<string, boolean> = {
    "the api listens where it is asked":
      Number(env["VALET_API_PORT"]) === http_service.internal_port,
    "the machine of a worker listens where it is asked": worker.includes(
      `run-together.mjs 0.0.0.0:${checks["worker"]?.port} `,
    ),
    "the session host is asked where it listens": worker.includes(
      `session-host/src/main.ts=${env["VALET_SESSION_HOST_PORT"]} `,
    ),
    "the worker is asked where it listens": worker.endsWith(`=${env["VALET_WORKER_PORT"]}`),
    "the worker finds its session host":
      env["VALET_SESSION_HOST_URL"] === `http://127.0.0.1:${env["VALET_SESSION_HOST_PORT"]}`,
    "a worker is given the time it takes to end": kill_timeout >= (await workerDeadlineSeconds()),
  };
  return Object.entries(must).flatMap(([what, holds]) => (holds ? [] : [what]));
}

const flyHatchet = "packages/stack/deploy/fly.hatchet.toml";

test.each(["fly.toml", flyHatchet] as const)(
  "%s is valid and holds what people rely on",
  async (file) => {
    expect(await flyFaults(file, await readRepositoryFile(file))).toEqual([]);
  },
);

test.each([
  ["fly.toml", "an unknown section", "[http_service]", "[http_services]", "http_services"],
  [
    "fly.toml",
    "too little time to end",
    "kill_timeout = 300",
    "kill_timeout = 60",
    "the time it takes",
  ],
  [
    "fly.toml",
    "more time than Fly gives",
    "kill_timeout = 300",
    "kill_timeout = 600",
    "than Fly gives",
  ],
  [
    "fly.toml",
    "a check of the wrong path",
    'path = "/readyz"',
    'path = "/healthz"',
    "checks.0.path",
  ],
  [
    "fly.toml",
    "a wrong port",
    'VALET_WORKER_PORT = "8182"',
    'VALET_WORKER_PORT = "8"',
    "the worker is asked",
  ],
  [flyHatchet, "HTTP/1.1 to the engine", "h2_backend = true", "h2_backend = false", "h2_backend"],
  [flyHatchet, "a protocol that gRPC cannot use", 'alpn = ["h2"]', 'alpn = ["http/1.1"]', "alpn"],
  [flyHatchet, "an engine that is not ours", `:${engineVersion}`, ":v0.1.0", "build.image"],
] as const)("the check of %s finds %s", async (file, _name, right, wrong, fault) => {
  const faults = await flyFaults(file, plantMistake(await readRepositoryFile(file), right, wrong));

  expect(faults.join("\n")).toContain(fault);
});
