import { createHash } from "node:crypto";
import type { SubmitPayload } from "@valet/contracts";
import { z } from "zod";
import type { CdpParams } from "../cdp-message.ts";
import type { HeldRequest } from "./judge-request.ts";
import { pressDigestOf } from "./press.ts";
import { readPayload } from "./read-payload.ts";
import { textOfBody } from "./text-of-body.ts";

export interface PausedRequest extends HeldRequest {
  /** For the answer to Chromium. */
  readonly requestId: string;
  /** SHA-256 over method, address and body, hex. */
  readonly digest: string;
  /** Everything it carries; worked out when asked for. */
  readonly payload: () => SubmitPayload;
  /** `pressDigestOf` its payload. */
  readonly pressDigest: () => string;
}

const Paused = z.object({
  requestId: z.string(),
  networkId: z.string().optional(),
  redirectedRequestId: z.string().optional(),
  resourceType: z.string(),
  request: z.object({
    url: z.string(),
    urlFragment: z.string().optional(),
    method: z.string(),
    headers: z.record(z.string(), z.string()).default({}),
    postData: z.string().optional(),
    /** Parts in order; a file has none of its bytes here. */
    postDataEntries: z.array(z.object({ bytes: z.string().optional() })).optional(),
  }),
});

/** A larger body is looked at as far as this; an application's texts stand before that. */
const mostBodyBytes = 4 * 1024 * 1024;

/** `Fetch.requestPaused` as the gate's rule reads it; `undefined` for an event of another form. */
export function readHeldRequest(params: CdpParams): PausedRequest | undefined {
  const paused = Paused.safeParse(params);
  if (!paused.success) return undefined;
  const { requestId, networkId, redirectedRequestId, resourceType, request } = paused.data;
  const { method, url, headers, postData, postDataEntries = [] } = request;
  const parts = postDataEntries.map(({ bytes = "" }) => Buffer.from(bytes, "base64"));
  const bytes = parts.length > 0 ? Buffer.concat(parts) : Buffer.from(postData ?? "", "utf8");
  const contentType = Object.entries(headers).find(([name]) => /^content-type$/iu.test(name));
  const sent = bytes.subarray(0, mostBodyBytes).toString("utf8");
  const type = contentType?.[1] ?? "";
  const body = textOfBody(sent, type);
  const payload = (): SubmitPayload => ({
    method: method.toUpperCase(),
    url,
    contentType: type.replace(/;.*$/su, ""),
    entries: readPayload({ url, contentType: type, text: sent }),
  });
  return {
    requestId,
    networkId,
    resourceType,
    method: method.toUpperCase(),
    url,
    isRedirected: redirectedRequestId !== undefined,
    ...(body === "" ? {} : { body }),
    digest: createHash("sha256").update(`${method} ${url}\n`).update(bytes).digest("hex"),
    payload,
    pressDigest: () => pressDigestOf(payload()),
  };
}
