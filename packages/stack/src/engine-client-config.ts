import { isSet } from "./choose-engine.ts";
import type { EngineTokenClaims } from "./engine-token.ts";
import type { Env } from "./stack-log.ts";

export type TlsStrategy = "none" | "tls" | "mtls";

/** How a Hatchet client with this environment would reach its engine: the SDK's own rules. */
export interface EngineClientConfig {
  readonly host: string;
  readonly port: number;
  readonly apiUrl: string;
  readonly tenantId: string;
  readonly tls: TlsStrategy;
  readonly serverName: string | undefined;
  readonly caFile: string | undefined;
  readonly certFile: string | undefined;
  readonly keyFile: string | undefined;
  /** Put before workflow, worker and event names; ends in "_" when there is one. */
  readonly namespace: string;
}

/** Undefined when neither a variable nor the token names both addresses. */
export function readEngineClientConfig(
  env: Env,
  claims: EngineTokenClaims,
): EngineClientConfig | undefined {
  const get = (name: string) => {
    const value = env[`HATCHET_CLIENT_${name}`];
    return isSet(value) ? value : undefined;
  };
  const address = splitAddress(get("HOST_PORT") ?? claims.grpc_broadcast_address ?? "");
  const apiUrl = get("API_URL") ?? claims.server_url;
  if (address === undefined || apiUrl === undefined || !URL.canParse(apiUrl)) return undefined;
  return {
    ...address,
    apiUrl: apiUrl.replace(/\/+$/, ""),
    tenantId: claims.sub,
    tls: strategyOf(get("TLS_STRATEGY")),
    serverName: get("TLS_SERVER_NAME"),
    caFile: get("TLS_ROOT_CA_FILE"),
    certFile: get("TLS_CERT_FILE"),
    keyFile: get("TLS_KEY_FILE"),
    namespace: namespaceOf(get("NAMESPACE")),
  };
}

function splitAddress(address: string): { host: string; port: number } | undefined {
  const [, host, port] = /^(?:https?:\/\/)?(\[[^\]]+\]|[^:/]+):(\d+)$/.exec(address) ?? [];
  if (host === undefined || port === undefined) return undefined;
  return { host: host.replace(/^\[|\]$/g, ""), port: Number(port) };
}

function strategyOf(value: string | undefined): TlsStrategy {
  return value === "none" || value === "mtls" ? value : "tls";
}

function namespaceOf(value: string | undefined): string {
  if (value === undefined) return "";
  return (value.endsWith("_") ? value : `${value}_`).toLowerCase();
}
