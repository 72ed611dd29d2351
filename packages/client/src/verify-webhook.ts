import { TaskMessage } from "@valet/contracts";
import { z } from "zod";

/** What a webhook receives: what happened, when, and ids and states alone. */
const WebhookMessage = z.union([
  z.object({
    type: z.literal("ping"),
    timestamp: z.iso.datetime(),
    data: z.object({ webhookId: z.uuid() }),
  }),
  z.object({ type: z.string(), timestamp: z.iso.datetime(), data: TaskMessage }),
]);
export type WebhookMessage = z.infer<typeof WebhookMessage>;

export interface ReceivedWebhook {
  readonly secret: string;
  /** Names in lower case, as Node has them, or a `Headers`. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** As it arrived: parsed and written again it would be other bytes. */
  readonly body: string;
  /** Milliseconds since 1970; now, unless given. */
  readonly now?: number;
}

export type VerifiedWebhook =
  /** `id` is the same when a message comes again: keep it to tell a repetition. */
  | { readonly kind: "verified"; readonly id: string; readonly message: WebhookMessage }
  | { readonly kind: "refused"; readonly why: "headers" | "too_old" | "signature" | "body" };

/** A message that is older, or newer, than this may be one that somebody sends again. */
const toleranceSeconds = 300;

/** Whether a message is from this Valet and of now, by the scheme of standardwebhooks.com. */
export async function verifyWebhook({
  secret,
  headers,
  body,
  now = Date.now(),
}: ReceivedWebhook): Promise<VerifiedWebhook> {
  const [id, timestamp, signatures] = names.map((name) => headerOf(headers, name));
  if (id === undefined || signatures === undefined || !/^\d{1,12}$/.test(timestamp ?? "")) {
    return { kind: "refused", why: "headers" };
  }
  if (Math.abs(now / 1_000 - Number(timestamp)) > toleranceSeconds) {
    return { kind: "refused", why: "too_old" };
  }
  const key = await crypto.subtle.importKey(
    "raw",
    bytesOf(secret.replace(/^whsec_/, "")),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["verify"],
  );
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  for (const signature of signatures.split(" ")) {
    const [version, value] = signature.split(",");
    if (version !== "v1" || value === undefined || !base64.test(value)) continue;
    // Compares in constant time.
    if (!(await crypto.subtle.verify("HMAC", key, bytesOf(value), signed))) continue;
    const message = WebhookMessage.safeParse(parsed(body));
    return message.success
      ? { kind: "verified", id, message: message.data }
      : { kind: "refused", why: "body" };
  }
  return { kind: "refused", why: "signature" };
}

const names = ["webhook-id", "webhook-timestamp", "webhook-signature"] as const;
const base64 = /^[A-Za-z0-9+/]{1,512}={0,2}$/;

function headerOf(headers: ReceivedWebhook["headers"], name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const value = headers[name];
  return typeof value === "string" ? value : value?.[0];
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
