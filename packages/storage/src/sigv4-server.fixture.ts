import { createHash, createHmac } from "node:crypto";
import { once } from "node:events";
import { type IncomingMessage, type Server, createServer } from "node:http";
import { buffer } from "node:stream/consumers";

export interface SeenRequest {
  readonly method: string;
  readonly headers: IncomingMessage["headers"];
  /** The error code it was answered with; `undefined` when it was let in. */
  readonly refusal: string | undefined;
}

/** As S3, where it matters: lets in only what is signed with the one secret and still valid. */
export interface SigV4Server {
  readonly endpoint: string;
  readonly seen: readonly SeenRequest[];
  /** Changes one byte of the object at this path. */
  readonly damage: (path: string) => void;
  readonly close: () => Promise<void>;
}

interface SigV4ServerInput {
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly now: () => Date;
}

interface KeptObject {
  readonly body: Buffer;
  readonly headers: Record<string, string>;
}

/** Keeps objects in memory. Written from the published description of Signature Version 4. */
export async function startSigV4Server(input: SigV4ServerInput): Promise<SigV4Server> {
  const objects = new Map<string, KeptObject>();
  const seen: SeenRequest[] = [];

  function answerTo(request: IncomingMessage, url: URL, body: Buffer): [number, KeptObject] {
    const refusal = refusalOf(input, request, url, body);
    seen.push({ method: request.method ?? "", headers: request.headers, refusal });
    if (refusal !== undefined) return [403, errorBody(refusal)];
    if (request.method === "PUT") {
      objects.set(url.pathname, { body, headers: keptHeaders(request.headers) });
      return [200, { body: Buffer.alloc(0), headers: {} }];
    }
    const found = objects.get(url.pathname);
    if (found === undefined) return [404, errorBody("NoSuchKey")];
    const overrides = Object.fromEntries(
      [...url.searchParams]
        .filter(([name]) => name.startsWith("response-"))
        .map(([name, value]) => [name.slice("response-".length), value]),
    );
    return [200, { body: found.body, headers: { ...found.headers, ...overrides } }];
  }

  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const url = new URL(request.url ?? "/", "http://s3");
      const [status, { body: answer, headers }] = answerTo(request, url, body);
      response.writeHead(status, { ...headers, "content-length": answer.byteLength });
      response.end(request.method === "HEAD" ? undefined : answer);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    endpoint: `http://127.0.0.1:${portOf(server)}`,
    seen,
    damage(path) {
      const body = objects.get(path)?.body;
      body?.writeUInt8(body.readUInt8(0) ^ 1, 0);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function refusalOf(
  { region, accessKey, secretKey, now }: SigV4ServerInput,
  request: IncomingMessage,
  url: URL,
  body: Buffer,
): string | undefined {
  const signature = signatureOf(request, url);
  if (signature === undefined) return "AccessDenied";
  const { credential, signedAt, lastsSeconds, signedHeaders, given, payload } = signature;
  const [id, ...scope] = credential.split("/");
  const [day = ""] = scope;
  if (id !== accessKey) return "InvalidAccessKeyId";
  if (scope.join("/") !== `${signedAt.slice(0, 8)}/${region}/s3/aws4_request`)
    return "AccessDenied";

  const canonicalRequest = [
    request.method,
    url.pathname,
    canonicalQuery(url),
    ...signedHeaders.map((name) => `${name}:${String(request.headers[name] ?? "").trim()}`),
    "",
    signedHeaders.join(";"),
    payload,
  ].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", signedAt, scope.join("/"), sha256(canonicalRequest)];
  const signingKey = [day, region, "s3", "aws4_request"].reduce<Buffer | string>(
    (key, part) => createHmac("sha256", key).update(part).digest(),
    `AWS4${secretKey}`,
  );
  const expected = createHmac("sha256", signingKey).update(toSign.join("\n")).digest("hex");
  if (given !== expected) return "SignatureDoesNotMatch";

  const ageSeconds = (now().getTime() - parseTime(signedAt)) / 1_000;
  if (ageSeconds < -900 || ageSeconds >= lastsSeconds) return "AccessDenied";
  const isUnsigned = payload === "UNSIGNED-PAYLOAD";
  return isUnsigned || payload === sha256(body) ? undefined : "XAmzContentSHA256Mismatch";
}

interface Signature {
  /** ACCESS_KEY/DAY/REGION/SERVICE/aws4_request */
  readonly credential: string;
  readonly signedAt: string;
  readonly lastsSeconds: number;
  readonly signedHeaders: readonly string[];
  readonly given: string;
  readonly payload: string;
}

function signatureOf({ headers }: IncomingMessage, url: URL): Signature | undefined {
  const query = (name: string) => url.searchParams.get(name) ?? "";
  if (query("X-Amz-Algorithm") === "AWS4-HMAC-SHA256") {
    return {
      credential: query("X-Amz-Credential"),
      signedAt: query("X-Amz-Date"),
      lastsSeconds: Number(query("X-Amz-Expires")),
      signedHeaders: query("X-Amz-SignedHeaders").split(";"),
      given: query("X-Amz-Signature"),
      payload: "UNSIGNED-PAYLOAD",
    };
  }
  const parts = /^AWS4-HMAC-SHA256 Credential=(.+?), ?SignedHeaders=(.+?), ?Signature=(.+)$/.exec(
    headers.authorization ?? "",
  );
  if (parts === null) return undefined;
  const [, credential = "", signedHeaders = "", given = ""] = parts;
  return {
    credential,
    signedAt: String(headers["x-amz-date"]),
    lastsSeconds: 900,
    signedHeaders: signedHeaders.split(";"),
    given,
    payload: String(headers["x-amz-content-sha256"]),
  };
}

function canonicalQuery(url: URL): string {
  return [...url.searchParams]
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .toSorted()
    .join("&");
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** `20260101T000000Z` as milliseconds since 1970. */
function parseTime(text: string): number {
  return Date.parse(
    text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"),
  );
}

function keptHeaders(headers: IncomingMessage["headers"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name === "content-type" || name.startsWith("x-amz-meta-"))
      .map(([name, value]) => [name, String(value)]),
  );
}

function errorBody(code: string): KeptObject {
  const body = Buffer.from(`<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);
  return { body, headers: { "content-type": "application/xml" } };
}

function sha256(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return address.port;
}
