import { type SessionHostClient, createSessionHostClient } from "@valet/browser";
import { ValetError } from "@valet/contracts";
import type { Config } from "../config.ts";

/** How live browsers are reached, and from which pages. */
export interface LiveDeps {
  /** Of the API as people open it, such as `https://valet.example.com`. */
  readonly publicOrigin: () => string;
  /** Of further pages that may open a live browser. */
  readonly allowedOrigins: ReadonlySet<string>;
  /** The session host at an address; `undefined` where the API was given no token for them. */
  readonly hostAt: ((url: string) => SessionHostClient) | undefined;
}

/** @throws ValetError `CONFIG_INVALID` for what is no origin. */
export function readLiveDeps(config: Config, listening: () => string): LiveDeps {
  const { VALET_PUBLIC_URL: publicUrl, VALET_SESSION_HOST_TOKEN: token } = config;
  return {
    publicOrigin: () => new URL(publicUrl ?? listening()).origin,
    allowedOrigins: parseOrigins(config.VALET_ALLOWED_ORIGINS),
    hostAt: token === undefined ? undefined : (url) => createSessionHostClient({ url, token }),
  };
}

/** @throws ValetError `CONFIG_INVALID`. */
export function parseOrigins(text: string): ReadonlySet<string> {
  const origins = text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  for (const origin of origins) {
    if (URL.canParse(origin) && new URL(origin).origin === origin) continue;
    throw new ValetError(
      "CONFIG_INVALID",
      "VALET_ALLOWED_ORIGINS holds something that is no origin. Write each as a browser sends it, such as https://console.example.com: no path, no slash at its end, no default port.",
    );
  }
  return new Set(origins);
}

/** Compared as a whole: no wildcard, no ending, no other case, no missing port. */
export function isAllowedOrigin(live: LiveDeps, origin: string | undefined): origin is string {
  if (origin === undefined) return false;
  return origin === live.publicOrigin() || live.allowedOrigins.has(origin);
}

/**
 * @throws ValetError `FORBIDDEN`.
 */
export function assertAllowedOrigin(
  live: LiveDeps,
  origin: string | undefined,
): asserts origin is string {
  if (isAllowedOrigin(live, origin)) return;
  throw new ValetError(
    "FORBIDDEN",
    "Pages of this origin may not open a live browser. If it is a page of yours, name its origin in VALET_ALLOWED_ORIGINS.",
  );
}
