import { readFile } from "node:fs/promises";
import { BlockList, isIP } from "node:net";
import { ValetError } from "@valet/contracts";
import type { ListenInput } from "./serve-host.ts";
import type { SessionHostConfig } from "./session-host-config.ts";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8);
loopback.addAddress("::1", "ipv6");

/**
 * Where to listen. Beyond loopback only with TLS: what goes over the wire is the person's data and
 * the token.
 *
 * @throws ValetError `CONFIG_INVALID`.
 */
export async function readListenInput(config: SessionHostConfig): Promise<ListenInput> {
  const { VALET_SESSION_HOST_LISTEN: address, VALET_SESSION_HOST_PORT: port } = config;
  const { VALET_SESSION_HOST_TLS_CERT: certFile, VALET_SESSION_HOST_TLS_KEY: keyFile } = config;
  if ((certFile === undefined) !== (keyFile === undefined)) {
    throw invalid(
      "TLS needs both files: set VALET_SESSION_HOST_TLS_CERT and VALET_SESSION_HOST_TLS_KEY.",
    );
  }
  const tls =
    certFile === undefined || keyFile === undefined
      ? undefined
      : { cert: await readPem(certFile), key: await readPem(keyFile) };
  if (!isLoopback(address)) {
    if (tls === undefined) {
      throw invalid(
        `Listening on ${address} would show people's data and the token to the network. Set VALET_SESSION_HOST_TLS_CERT and VALET_SESSION_HOST_TLS_KEY, or listen on 127.0.0.1.`,
      );
    }
    if (config.VALET_SESSION_HOST_PUBLIC_URL === undefined) {
      throw invalid(
        `Workers cannot tell from ${address} where this host is. Set VALET_SESSION_HOST_PUBLIC_URL to the https address they reach it at.`,
      );
    }
  }
  return { address, port, tls };
}

function isLoopback(address: string): boolean {
  if (address === "localhost") return true;
  const version = isIP(address);
  return version !== 0 && loopback.check(address, version === 6 ? "ipv6" : "ipv4");
}

async function readPem(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw invalid(
      `${file} cannot be read, so the session host has no TLS. Correct its path.`,
      cause,
    );
  }
}

function invalid(message: string, cause?: unknown): ValetError {
  return new ValetError("CONFIG_INVALID", message, {}, { cause });
}
