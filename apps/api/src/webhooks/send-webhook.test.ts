import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { generate } from "selfsigned";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createReceiverDialer } from "./judge-webhook-url.ts";
import { sendWebhook } from "./send-webhook.ts";

let close = async (): Promise<void> => undefined;
let port = 0;
let certificate = "";
const hosts: (string | undefined)[] = [];

/** A receiver that proves to be `receiver.test` and nobody else. */
beforeAll(async () => {
  const { cert, private: key } = await generate([{ name: "commonName", value: "receiver.test" }], {
    keyType: "ec",
    extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: "receiver.test" }] }],
  });
  certificate = cert;
  const server = createServer({ key, cert }, (request, reply) => {
    hosts.push(request.headers.host);
    request.resume().once("end", () => reply.writeHead(204).end());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port; // listening on TCP
  close = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  };
});
afterAll(() => close());

function send(host: string) {
  const dialer = createReceiverDialer({
    allowPrivate: new Set([`${host}:${port}`]),
    lookUpHost: async () => ["127.0.0.1"],
  });
  const url = `https://${host}:${port}/hook`;
  return sendWebhook(dialer, { url, headers: {}, body: "{}" }, new AbortController().signal);
}

test("a receiver proves by its certificate that it is the one in the address", async () => {
  expect(await send("receiver.test")).toMatchObject({
    kind: "unanswered",
    reason: "DEPTH_ZERO_SELF_SIGNED_CERT",
  });
  const usual = getCACertificates("default");
  setDefaultCACertificates([...usual, certificate]);
  try {
    expect(await send("receiver.test")).toMatchObject({ kind: "answered", status: 204 });
    expect(await send("other.test")).toMatchObject({
      kind: "unanswered",
      reason: "ERR_TLS_CERT_ALTNAME_INVALID",
    });
  } finally {
    setDefaultCACertificates(usual);
  }
  expect(hosts).toEqual([`receiver.test:${port}`]);
});

test("a sender that is stopped says so, and one whose receiver is away does not throw", async () => {
  const dialer = createReceiverDialer({
    allowPrivate: new Set(["127.0.0.1:1"]),
    lookUpHost: async () => [],
  });
  const message = { url: "http://127.0.0.1:1/", headers: {}, body: "{}" };
  const { signal } = new AbortController();
  expect(await sendWebhook(dialer, message, signal)).toMatchObject({
    kind: "unanswered",
    reason: "UNREACHABLE",
  });
  const stopped = AbortSignal.abort(new Error("stop"));
  await expect(sendWebhook(dialer, message, stopped)).rejects.toThrow("stop");
});
