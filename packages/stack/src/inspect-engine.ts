import { engineVersion } from "../bootstrap/engine.mjs";
import { askEngineVersion } from "./ask-engine-version.ts";
import { isSet } from "./choose-engine.ts";
import { type EngineClientConfig, readEngineClientConfig } from "./engine-client-config.ts";
import { readEngineToken } from "./engine-token.ts";
import { listEngineActions } from "./list-engine-workers.ts";
import { type Transport, probeTransport } from "./probe-transport.ts";
import type { Env } from "./stack-log.ts";

/** One thing that was looked at, in the order a client depends on them. */
export type EngineCheck =
  | "token"
  | "address"
  | "grpc-port"
  | "tls"
  | "token-accepted"
  | "version"
  | "api-url"
  | "worker";

/** What was found; several may belong to one check. */
export type EngineFault =
  | "token-missing"
  | "token-malformed"
  | "token-expired"
  | "token-foreign"
  | "address-missing"
  | "grpc-port-shut"
  | "not-grpc"
  | "engine-is-plain"
  | "engine-wants-tls"
  | "certificate-untrusted"
  | "version-unknown"
  | "version-too-old"
  | "api-unreachable"
  | "api-refuses-token"
  | "worker-missing";

export type EngineFinding =
  | { readonly check: EngineCheck; readonly ok: true; readonly message: string }
  | {
      readonly check: EngineCheck;
      readonly ok: false;
      readonly fault: EngineFault;
      readonly message: string;
      /** The command or variable that mends it. */
      readonly fix: string;
    };

export interface InspectEngineInput {
  /** The variables of the Hatchet client that is to be examined. */
  readonly env: Env;
  /** Actions that must have a worker, without namespace: `job-application:start-browser`. */
  readonly actions: readonly string[];
}

/**
 * Finds out why a Hatchet client with this environment does not work, or that it does. Speaks to
 * the engine, changes nothing. A check whose ground is missing is left out: without a token nothing
 * can be asked. Never throws for what it finds.
 */
export async function inspectEngine(input: InspectEngineInput): Promise<EngineFinding[]> {
  const { env, actions } = input;
  const tokenText = env["HATCHET_CLIENT_TOKEN"];
  if (!isSet(tokenText)) return [tokenMissing];
  const claims = readEngineToken(tokenText);
  if (claims === undefined) return [tokenMalformed];
  const token = tokenAge(claims.exp);
  const config = readEngineClientConfig(env, claims);
  if (config === undefined) return [token, addressMissing];
  const [overGrpc, overRest] = await Promise.all([
    inspectGrpc(config, tokenText),
    inspectRest({ config, actions }, tokenText),
  ]);
  return withoutEchoes([token, ...overGrpc, ...overRest]);
}

/** A bad token is refused everywhere; it is said once, where the reason is known best. */
function withoutEchoes(findings: readonly EngineFinding[]): EngineFinding[] {
  const faults = new Set(findings.map((finding) => (finding.ok ? undefined : finding.fault)));
  return findings.filter((finding) => {
    if (finding.ok) return true;
    if (finding.fault === "token-foreign") return !faults.has("token-expired");
    if (finding.fault !== "api-refuses-token") return true;
    return !faults.has("token-expired") && !faults.has("token-foreign");
  });
}

const newToken =
  "Make one in the engine's dashboard (Settings → API tokens) or with `hatchet-admin token create`, and set HATCHET_CLIENT_TOKEN to it.";

const tokenMissing: EngineFinding = {
  check: "token",
  ok: false,
  fault: "token-missing",
  message: "There is no token for the engine: HATCHET_CLIENT_TOKEN is not set.",
  fix: `${newToken} Without it \`npm run -s valet -- up\` starts an engine of its own.`,
};

const tokenMalformed: EngineFinding = {
  check: "token",
  ok: false,
  fault: "token-malformed",
  message: "HATCHET_CLIENT_TOKEN is not a Hatchet token; it may have been cut when it was copied.",
  fix: `Copy the whole token. ${newToken}`,
};

const addressMissing: EngineFinding = {
  check: "address",
  ok: false,
  fault: "address-missing",
  message: "Neither the token nor a variable names the engine's addresses.",
  fix: "Set HATCHET_CLIENT_HOST_PORT (host:port of gRPC) and HATCHET_CLIENT_API_URL.",
};

function tokenAge(expiresAtSeconds: number | undefined): EngineFinding {
  if (expiresAtSeconds === undefined || expiresAtSeconds * 1000 > Date.now()) {
    return { check: "token", ok: true, message: "The token has not expired." };
  }
  const day = new Date(expiresAtSeconds * 1000).toISOString().slice(0, 10);
  const message = `The token expired on ${day}.`;
  return { check: "token", ok: false, fault: "token-expired", message, fix: newToken };
}

async function inspectGrpc(config: EngineClientConfig, token: string): Promise<EngineFinding[]> {
  const address = `${config.host}:${config.port}`;
  const transport = await probeTransport(config);
  if (transport.kind === "shut") {
    const message = `Nothing answers on the engine's gRPC address ${address} (${transport.reason}).`;
    const fix =
      "Start the engine (`npm run -s valet -- up` runs one), or correct HATCHET_CLIENT_HOST_PORT.";
    return [{ check: "grpc-port", ok: false, fault: "grpc-port-shut", message, fix }];
  }
  const open: EngineFinding = { check: "grpc-port", ok: true, message: `${address} is open.` };
  const tls = judgeTls({ config, transport, address });
  if (!tls.ok) return [open, tls];
  return [open, tls, ...judgeVersion(await askEngineVersion(config, token))];
}

function judgeTls(input: {
  readonly config: EngineClientConfig;
  readonly transport: Exclude<Transport, { readonly kind: "shut" }>;
  readonly address: string;
}): EngineFinding {
  const { config, transport, address } = input;
  const fail = (fault: EngineFault, message: string, fix: string): EngineFinding => {
    return { check: "tls", ok: false, fault, message, fix };
  };
  if (transport.kind === "foreign") {
    const message = `What listens on ${address} does not speak gRPC; this may be the port of the dashboard or the API.`;
    return fail("not-grpc", message, "Set HATCHET_CLIENT_HOST_PORT to the engine's gRPC port.");
  }
  if (transport.kind === "plain") {
    if (config.tls === "none")
      return { check: "tls", ok: true, message: "Both speak without TLS." };
    const message = `The engine on ${address} speaks without TLS, the client wants TLS ("${config.tls}").`;
    return fail("engine-is-plain", message, "Set HATCHET_CLIENT_TLS_STRATEGY=none.");
  }
  if (config.tls === "none") {
    const message = `The engine on ${address} speaks TLS, the client wants none.`;
    return fail("engine-wants-tls", message, "Set HATCHET_CLIENT_TLS_STRATEGY=tls.");
  }
  if (!transport.trusted) {
    const message = `The certificate of ${address} is not accepted (${transport.reason}).`;
    const fix =
      "Set HATCHET_CLIENT_TLS_ROOT_CA_FILE to the authority that signed it, and HATCHET_CLIENT_TLS_SERVER_NAME to the name it was made for.";
    return fail("certificate-untrusted", message, fix);
  }
  return { check: "tls", ok: true, message: "Both speak TLS and the certificate is accepted." };
}

function judgeVersion(answer: Awaited<ReturnType<typeof askEngineVersion>>): EngineFinding[] {
  if (answer.kind === "refused") {
    const message =
      "The engine refuses the token: it was made by another engine, for another address of this one, or it was revoked.";
    return [{ check: "token-accepted", ok: false, fault: "token-foreign", message, fix: newToken }];
  }
  const accepted: EngineFinding = {
    check: "token-accepted",
    ok: true,
    message: "The engine accepts the token.",
  };
  const fix = `Run Hatchet ${engineVersion} or later; where it was built by hand, set SERVER_VERSION_OVERRIDE=${engineVersion} on the engine.`;
  if (answer.kind === "unknown") {
    const message = `The engine does not tell its version (${answer.reason}), so the SDK falls back to its oldest way.`;
    return [{ check: "version", ok: false, fault: "version-unknown", message, fix }];
  }
  const { version } = answer;
  if (!isAtLeast(version, engineVersion)) {
    const message = `The engine says it is ${version}; the SDK in use needs ${engineVersion} or later.`;
    return [accepted, { check: "version", ok: false, fault: "version-too-old", message, fix }];
  }
  return [accepted, { check: "version", ok: true, message: `The engine is ${version}.` }];
}

/** Semantic versions; what follows a dash counts as before the version, as in v0.1.0-alpha.0. */
export function isAtLeast(version: string, minimum: string): boolean {
  const [left, right] = [version, minimum].map((text) => /^v?(\d+)\.(\d+)\.(\d+)(-)?/.exec(text));
  if (!left || !right) return false;
  for (const index of [1, 2, 3]) {
    const difference = Number(left[index]) - Number(right[index]);
    if (difference !== 0) return difference > 0;
  }
  return left[4] === undefined || right[4] !== undefined;
}

async function inspectRest(
  input: { readonly config: EngineClientConfig; readonly actions: readonly string[] },
  token: string,
): Promise<EngineFinding[]> {
  const { config, actions } = input;
  const answer = await listEngineActions(config, token);
  if (answer.kind === "unreachable") {
    const message = `The engine's API at ${config.apiUrl} cannot be reached (${answer.reason}).`;
    const fix = "Correct HATCHET_CLIENT_API_URL, or start the engine.";
    return [{ check: "api-url", ok: false, fault: "api-unreachable", message, fix }];
  }
  if (answer.kind === "refused") {
    const message = `The engine's API at ${config.apiUrl} refuses the token or is no Hatchet API (status ${answer.status}).`;
    const fix = "Correct HATCHET_CLIENT_API_URL, or use a token of this engine.";
    return [{ check: "api-url", ok: false, fault: "api-refuses-token", message, fix }];
  }
  const reached: EngineFinding = {
    check: "api-url",
    ok: true,
    message: `The API at ${config.apiUrl} answers.`,
  };
  const missing = actions.filter((action) => !answer.actions.has(config.namespace + action));
  return [reached, ...judgeWorkers(missing, actions.length, config.namespace)];
}

function judgeWorkers(
  missing: readonly string[],
  wanted: number,
  namespace: string,
): EngineFinding[] {
  if (missing.length === 0) {
    return [{ check: "worker", ok: true, message: `All ${wanted} steps have a worker.` }];
  }
  const where = namespace === "" ? "" : ` (namespace ${namespace})`;
  return missing.map((action) => ({
    check: "worker",
    ok: false,
    fault: "worker-missing",
    message: `No live worker offers ${action}${where}: runs wait there.`,
    fix: "Start a worker against this engine (`npm run -s valet -- up` starts one); with a namespace, the same HATCHET_CLIENT_NAMESPACE everywhere.",
  }));
}
