import { ValetError } from "@valet/contracts";
import { engineVersion } from "../bootstrap/engine.mjs";
import type { RunningEngine } from "./start-engine.ts";

export interface StartSidecarInput {
  /** The engine's own database; never Valet's. */
  readonly databaseUrl: string;
  /** SHA-256 of the sidecar's binary; without it the release's own list of sums is trusted. */
  readonly checksum?: string | undefined;
}

/**
 * The engine where there is no Go: the SDK downloads its sidecar of the pinned version and runs it.
 * It ends with this process, so it needs no record. This way needs internet and was not exercised.
 *
 * @throws `ENGINE_UNAVAILABLE`
 */
export async function startSidecar(input: StartSidecarInput): Promise<Omit<RunningEngine, "pid">> {
  const { databaseUrl, checksum } = input;
  try {
    // Loaded here: it takes half a second that every command would pay.
    const { startEmbeddedSidecar } = await import("@hatchet-dev/typescript-sdk/v1/embedded.js");
    const sidecar = await startEmbeddedSidecar({
      version: engineVersion,
      databaseUrl,
      ...(checksum === undefined ? {} : { checksum }),
    });
    const { token, grpcAddress, apiUrl, stop } = sidecar;
    const env = {
      HATCHET_CLIENT_TOKEN: token,
      HATCHET_CLIENT_TLS_STRATEGY: "none",
      HATCHET_CLIENT_HOST_PORT: grpcAddress,
      HATCHET_CLIENT_API_URL: apiUrl,
    };
    return { token, grpcHostPort: grpcAddress, apiUrl, env, version: engineVersion, close: stop };
  } catch (cause) {
    throw new ValetError(
      "ENGINE_UNAVAILABLE",
      "The Hatchet engine could not be started as a downloaded sidecar. Install Go 1.21 or later, so that it is built here, or set HATCHET_CLIENT_TOKEN to an engine of your own.",
      { version: engineVersion },
      { cause },
    );
  }
}
