import { fileURLToPath } from "node:url";
import { Problem, ValetError } from "@valet/contracts";
import type { NewUser } from "@valet/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiFixture, keyOf, openApiFixture } from "./api.fixture.ts";

let api: ApiFixture;
let person: NewUser;

beforeAll(async () => {
  api = await openApiFixture();
  const hidden = { schema: { hide: true } };
  api.app.get("/boom", hidden, () => Promise.reject(new Error(`secret ${canary}`)));
  api.app.get("/wait", hidden, () =>
    Promise.reject(new ValetError("STORAGE_UNAVAILABLE", "Later.")),
  );
  person = await api.addPerson();
});
afterAll(() => api.close());

const canary = "canary-4711-Ada-Example";

test("a request without a key, or with an unknown one, is refused before its body is looked at", async () => {
  for (const headers of [
    {},
    { authorization: "Bearer nonsense" },
    { authorization: "Basic eDp5" },
  ]) {
    const answer = await api.app.inject({ method: "POST", url: "/tasks", headers, payload: "{" });
    expect(answer.statusCode).toBe(401);
    expect(Problem.parse(answer.json()).code).toBe("UNAUTHORIZED");
    expect(answer.headers["www-authenticate"]).toBe("Bearer");
  }
});

test("malformed JSON is a 400 with its code, also when the body is empty", async () => {
  for (const payload of ['{"jobUrl": ', ""]) {
    const answer = await api.app.inject({
      method: "POST",
      url: "/tasks",
      headers: { ...keyOf(person), "content-type": "application/json" },
      payload,
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().code).toBe("MALFORMED_JSON");
  }
});

test("an invalid body names the places that are wrong and never what stood there", async () => {
  const answer = await api.app.inject({
    method: "POST",
    url: "/tasks",
    headers: keyOf(person),
    payload: { jobUrl: 7, resumeId: canary, mode: canary },
  });
  expect(answer.statusCode).toBe(422);
  const { code, details } = Problem.parse(answer.json());
  expect(code).toBe("VALIDATION");
  expect(JSON.stringify(details)).toContain("body/resumeId");
  expect(JSON.stringify(details)).toContain("body/mode");
  expect(answer.body).not.toContain(canary);
});

test("a body over the limit is a 413, another kind of body a 415", async () => {
  const large = await api.app.inject({
    method: "PUT",
    url: "/profile",
    headers: keyOf(person),
    payload: { basics: { summary: "x".repeat(1024 * 1024) } },
  });
  expect([large.statusCode, large.json().code]).toEqual([413, "PAYLOAD_TOO_LARGE"]);
  const odd = await api.app.inject({
    method: "PUT",
    url: "/profile",
    headers: { ...keyOf(person), "content-type": "application/xml" },
    payload: "<x/>",
  });
  expect([odd.statusCode, odd.json().code]).toEqual([415, "UNSUPPORTED_MEDIA_TYPE"]);
});

test("an unknown address is a 404 and so is one that cannot be decoded", async () => {
  for (const url of ["/nothing", "/tasks/%zz", `/tasks/${"x".repeat(300)}`]) {
    const answer = await api.app.inject({ url, headers: keyOf(person) });
    expect([url, answer.statusCode, answer.json().code]).toEqual([url, 404, "NOT_FOUND"]);
  }
});

test("a bug answers with a request id and a neutral text, and the log has the cause", async () => {
  const answer = await api.app.inject({ url: "/boom" });
  expect(answer.statusCode).toBe(500);
  const { code, message, details } = Problem.parse(answer.json());
  expect(code).toBe("INTERNAL");
  expect(message + JSON.stringify(details)).not.toContain("secret");
  const line = api
    .logged()
    .split("\n")
    .find((one) => one.includes("request failed"));
  expect(line).toContain(String(details?.["requestId"]));
  expect(line).toContain("app.test.ts");
});

test("a fault that time can mend answers 503 with its code, and says when to come again", async () => {
  const answer = await api.app.inject({ url: "/wait" });
  expect([answer.statusCode, answer.json().code]).toEqual([503, "STORAGE_UNAVAILABLE"]);
  expect(answer.headers["retry-after"]).toBe("5");
});

test("what a person sends in requests that fail never reaches the log", async () => {
  const headers = { ...keyOf(person), "content-type": "application/json" };
  const profile = { basics: { name: canary, summary: canary } };
  const requests = [
    { method: "PUT", url: "/profile", payload: JSON.stringify({ basics: { email: canary } }) },
    { method: "PUT", url: "/profile", payload: `${JSON.stringify(profile)}}` },
    // jsonb holds no NUL: Postgres would refuse it and quote it.
    {
      method: "PUT",
      url: "/profile",
      payload: JSON.stringify({ basics: { name: `${canary}\u0000` } }),
    },
    { method: "POST", url: "/tasks", payload: JSON.stringify({ jobUrl: `file:///${canary}` }) },
    {
      method: "POST",
      url: "/tasks",
      payload: JSON.stringify({
        jobUrl: `https://${canary}.unknown/`,
        resumeId: crypto.randomUUID(),
        mode: "copilot",
      }),
    },
    { method: "GET", url: `/tasks/${canary}?after=${canary}` },
    { method: "GET", url: `/tasks?cursor=${canary}` },
    { method: "POST", url: `/tasks/${canary}/approve`, payload: `{"digest":"${canary}"}` },
    { method: "POST", url: "/admin/users", payload: `{"name":"${canary}"}` },
  ] as const;
  for (const request of requests) {
    const answer = await api.app.inject({ ...request, headers });
    expect([request.url, answer.statusCode]).not.toEqual([request.url, 200]);
  }
  expect(api.logged()).toContain("request refused");
  // The line of the planted fault above is the only one that may hold it: it stands in the message.
  const lines = api
    .logged()
    .split("\n")
    .filter((line) => line.includes(canary));
  expect(lines.filter((line) => !line.includes("secret"))).toEqual([]);
});

test("a value that is pushed through a log line does reach the log this test looks at", () => {
  api.deps.log.info({ planted: "planted-value" }, "a line");
  expect(api.logged()).toContain("planted-value");
});

test("the committed openapi.json is what the routes say", async () => {
  const served = await api.app.inject({ url: "/openapi.json" });
  expect(served.json().openapi).toBe("3.1.0");
  const path = fileURLToPath(new URL("../openapi.json", import.meta.url));
  await expect(`${JSON.stringify(served.json(), null, 2)}\n`).toMatchFileSnapshot(path);
});

test("the page of the API loads everything from this server", async () => {
  const page = await api.app.inject({ url: "/docs/" });
  expect(page.statusCode).toBe(200);
  expect(page.body).not.toMatch(/(src|href)="(https?:)?\/\//);
  const parts = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, part]) => part ?? "");
  expect(parts.length).toBeGreaterThan(3);
  for (const part of parts) {
    const url = new URL(part, "http://localhost/docs/").pathname;
    expect([part, (await api.app.inject({ url })).statusCode]).toEqual([part, 200]);
  }
  const policy = String(page.headers["content-security-policy"]);
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain("https:");
});
