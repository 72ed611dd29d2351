import { Problem } from "@valet/contracts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiFixture, keyOf, openApiFixture } from "../api.fixture.ts";
import { loginLimit } from "./rate-limits.ts";

let api: ApiFixture;
beforeAll(async () => void (api = await openApiFixture({ requestsPerMinute: 5 })));
afterAll(() => api.close());

test("who asks too much is told when to come again, and nobody else is held up", async () => {
  const [busy, other] = [await api.addPerson(), await api.addPerson()];
  const urls = ["/tasks", "/profile", "/tasks", "/resumes", "/me", "/tasks"];
  const answers = [];
  for (const url of urls) answers.push(await api.app.inject({ url, headers: keyOf(busy) }));
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200, 429]);
  const last = answers.at(-1);
  expect(Problem.parse(last?.json())).toMatchObject({ code: "RATE_LIMITED" });
  const seconds = Number(last?.headers["retry-after"]);
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
  expect(Object.keys(last?.headers ?? {}).filter((name) => name.startsWith("x-rate"))).toEqual([]);
  expect((await api.app.inject({ url: "/tasks", headers: keyOf(other) })).statusCode).toBe(200);
});

test("whoever is not known takes nothing from what a person may ask", async () => {
  const person = await api.addPerson();
  for (let tried = 0; tried < 10; tried += 1) {
    expect((await api.app.inject({ url: "/tasks" })).statusCode).toBe(401);
  }
  expect((await api.app.inject({ url: "/tasks", headers: keyOf(person) })).statusCode).toBe(200);
});

test("one address tries to log in so often and no more", async () => {
  const payload = { apiKey: "valet_nobody" };
  const login = (remoteAddress: string) =>
    api.app.inject({ method: "POST", url: "/login", payload, remoteAddress });
  for (let tried = 0; tried < loginLimit.max; tried += 1) {
    expect((await login("192.0.2.1")).statusCode).toBe(401);
  }
  const refused = await login("192.0.2.1");
  expect([refused.statusCode, refused.json().code]).toEqual([429, "RATE_LIMITED"]);
  expect((await login("192.0.2.2")).statusCode).toBe(401);
});
