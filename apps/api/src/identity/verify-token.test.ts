import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { Problem } from "@valet/contracts";
import { type CryptoKey, type JWTPayload, SignJWT, exportJWK, generateKeyPair } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiFixture, openApiFixture } from "../api.fixture.ts";
import { createTokenVerifier } from "./verify-token.ts";

const issuer = "https://issuer.test/auth";
const audience = "authenticated";

interface Signer {
  readonly alg: string;
  readonly kid: string;
  readonly privateKey: CryptoKey;
}

const published: object[] = [];
let answersKeys = true;
const keyServer = createServer((_request, response) => {
  if (answersKeys) response.setHeader("content-type", "application/json");
  response.writeHead(answersKeys ? 200 : 503).end(JSON.stringify({ keys: published }));
});
let jwksUrl = "";
let api: ApiFixture;
let signer: Signer;

beforeAll(async () => {
  keyServer.listen(0, "127.0.0.1");
  await once(keyServer, "listening");
  const address = keyServer.address();
  if (address === null || typeof address === "string") throw new Error("It listens on TCP.");
  jwksUrl = `http://127.0.0.1:${address.port}/keys`;
  signer = await publishKey("ES256");
  api = await openApiFixture({ verifyToken: verifier() });
});
afterAll(async () => {
  await api.close();
  keyServer.close();
  keyServer.closeAllConnections();
});

const verifier = () => createTokenVerifier({ jwksUrl, issuer, audience, cooldownMs: 0 });

async function newKey(alg: string): Promise<Signer & { readonly publicKey: CryptoKey }> {
  return { alg, kid: randomUUID(), ...(await generateKeyPair(alg, { extractable: true })) };
}

async function publishKey(alg: string): Promise<Signer> {
  const { publicKey, ...made } = await newKey(alg);
  published.push({ ...(await exportJWK(publicKey)), kid: made.kid, alg, use: "sig" });
  return made;
}

const now = () => Math.floor(Date.now() / 1000);
const good = (sub: string = randomUUID()): JWTPayload => ({
  sub,
  iss: issuer,
  aud: audience,
  exp: now() + 600,
});

function sign(claims: JWTPayload, by: Signer = signer): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: by.alg, kid: by.kid }).sign(by.privateKey);
}

async function ask(token: string, url = "/tasks") {
  return api.app.inject({ url, headers: { authorization: `Bearer ${token}` } });
}

test("whoever brings a good token is known from then on, as the same person", async () => {
  const claims = good();
  const answers = await Promise.all(
    Array.from({ length: 4 }, async () => ask(await sign(claims), "/profile")),
  );
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200]);
  const subject = `${issuer} ${claims.sub}`;
  const rows = await api.db
    .selectFrom("users")
    .selectAll()
    .where("subject", "=", subject)
    .execute();
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ role: "user", name: expect.stringMatching(/^person-/) });
});

test("all asymmetric algorithms of the list count, also of a key that is published later", async () => {
  for (const alg of ["RS256", "PS384", "ES512", "EdDSA"]) {
    const later = await publishKey(alg);
    expect([alg, (await ask(await sign(good(), later))).statusCode]).toEqual([alg, 200]);
  }
});

test("what the token claims makes nobody an admin, their row does", async () => {
  const claims = { ...good(), role: "admin", scope: "admin", user_role: "admin" };
  expect((await ask(await sign(claims), "/admin/sessions")).statusCode).toBe(403);
  await api.db
    .updateTable("users")
    .set({ role: "admin" })
    .where("subject", "=", `${issuer} ${claims.sub}`)
    .execute();
  expect((await ask(await sign(claims), "/admin/sessions")).statusCode).toBe(200);
});

test("a token that is no good is refused in the same words, whatever is wrong with it", async () => {
  const stranger = await newKey("ES256");
  const { sub: _sub, ...noSubject } = good();
  const { exp: _exp, ...noEnd } = good();
  const unsigned = (header: object, claims: object) =>
    [header, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
  const secret = new TextEncoder().encode(JSON.stringify(published[0]));
  const tokens = {
    "another key": await sign(good(), stranger),
    "a known name of another's key": await sign(good(), { ...stranger, kid: signer.kid }),
    "no subject": await sign(noSubject),
    "an empty subject": await sign(good("")),
    "a subject with control characters": await sign(good("a\u0000b")),
    "an endless subject": await sign(good("x".repeat(300))),
    "no end": await sign(noEnd),
    "an end 31 seconds ago": await sign({ ...good(), exp: now() - 31 }),
    "a start in a minute": await sign({ ...good(), nbf: now() + 60 }),
    "another issuer": await sign({ ...good(), iss: "https://issuer.test/other" }),
    "another audience": await sign({ ...good(), aud: "anon" }),
    "too much": await sign({ ...good(), more: "x".repeat(8 * 1024) }),
    "no algorithm": `${unsigned({ alg: "none" }, good())}.`,
    "a shared secret": await new SignJWT(good())
      .setProtectedHeader({ alg: "HS256", kid: signer.kid })
      .sign(secret),
    "a changed claim": (await sign(good())).replace(
      /\.[^.]+\./,
      `.${Buffer.from(JSON.stringify(good())).toString("base64url")}.`,
    ),
    "no token at all": "a.b.c",
    "dots alone": "..",
  };
  const { body } = await ask("valet_nobody");
  for (const [what, token] of Object.entries(tokens)) {
    const answer = await ask(token);
    expect([what, answer.statusCode, answer.body]).toEqual([what, 401, body]);
  }
  expect((await ask(await sign({ ...good(), exp: now() - 15 }))).statusCode).toBe(200);
});

test("while the keys cannot be had nobody is refused for good, and keys of ours still count", async () => {
  const { apiKey } = await api.addPerson();
  for (const url of [jwksUrl, "http://127.0.0.1:1/keys"]) {
    answersKeys = false;
    const verify = createTokenVerifier({ jwksUrl: url, issuer, audience });
    await expect(verify(await sign(good()))).rejects.toMatchObject({
      code: "SIGN_IN_UNAVAILABLE",
      status: 503,
    });
  }
  const unknown = await newKey("ES256");
  const answer = await ask(await sign(good(), unknown));
  expect([answer.statusCode, Problem.parse(answer.json()).code]).toEqual([
    503,
    "SIGN_IN_UNAVAILABLE",
  ]);
  expect((await ask(apiKey)).statusCode).toBe(200);
  answersKeys = true;
});

test("where nobody issues tokens each of them is refused", async () => {
  const plain = await openApiFixture();
  const headers = { authorization: `Bearer ${await sign(good())}` };
  expect((await plain.app.inject({ url: "/tasks", headers })).statusCode).toBe(401);
  await plain.close();
});
