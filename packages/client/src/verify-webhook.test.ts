import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { verifyWebhook } from "./verify-webhook.ts";

// The example of the scheme's own libraries.
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const now = 1_614_265_330_000;
const body = JSON.stringify({
  type: "ping",
  timestamp: "2021-02-25T15:02:10.000Z",
  data: { webhookId: "4d3c2b1a-0000-4000-8000-000000000000" },
});

function headersOf(text = body, at = now, key = secret) {
  const timestamp = String(Math.floor(at / 1_000));
  const signature = createHmac("sha256", Buffer.from(key.slice(6), "base64"))
    .update(`msg_1.${timestamp}.${text}`)
    .digest("base64");
  return {
    "webhook-id": "msg_1",
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1a,Zm9yIGFub3RoZXIga2luZA== v1,${signature}`,
  };
}

test("what was signed is verified, with headers as Node or as the web has them", async () => {
  const headers = headersOf();
  for (const form of [headers, new Headers(headers)]) {
    expect(await verifyWebhook({ secret, headers: form, body, now })).toMatchObject({
      kind: "verified",
      id: "msg_1",
      message: { type: "ping" },
    });
  }
});

test.each([
  ["another body", { body: `${body} ` }, "signature"],
  ["another secret", { secret: "whsec_AAAA" }, "signature"],
  ["a message of ten minutes ago", { now: now + 600_000 }, "too_old"],
  ["a message of the future", { now: now - 600_000 }, "too_old"],
  ["another id", { headers: { ...headersOf(), "webhook-id": "msg_2" } }, "signature"],
  ["no signature", { headers: { ...headersOf(), "webhook-signature": "v1," } }, "signature"],
  ["no base64", { headers: { ...headersOf(), "webhook-signature": "v1,é" } }, "signature"],
  ["no headers", { headers: {} }, "headers"],
  ["a body that is no message", { body: "{}", headers: headersOf("{}") }, "body"],
  ["a body that is no JSON", { body: "{", headers: headersOf("{") }, "body"],
])("%s is refused", async (_what, change, why) => {
  const received = { secret, headers: headersOf(), body, now, ...change };
  expect(await verifyWebhook(received)).toEqual({ kind: "refused", why });
});
