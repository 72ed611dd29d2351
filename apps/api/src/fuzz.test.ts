import { randomUUID } from "node:crypto";
import { Problem, type Route } from "@valet/contracts";
import type { NewUser } from "@valet/db";
import { everyCaseOr } from "@valet/testkit";
import { asyncProperty, assert, constant, constantFrom, oneof, record, uuid } from "fast-check";
import { z } from "zod";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiFixture, keyOf, openApiFixture } from "./api.fixture.ts";
import { contractRoutes, oddText, valueOf } from "./fuzz.fixture.ts";

const runs = everyCaseOr(400, 25);

let api: ApiFixture;
let admin: NewUser;
let ids: string[];

beforeAll(async () => {
  api = await openApiFixture({ requestsPerMinute: 1_000_000_000 });
  admin = await api.addPerson("admin");
  const tasks = await Promise.all(Array.from({ length: 5 }, () => api.addTask(admin.id)));
  ids = [...tasks.map(({ id }) => id), await api.addResumeOf(admin.id)];
});
afterAll(() => api.close());

/** What they do is tried with a person of their own elsewhere: they end what the others need. */
const endsTheRest = new Set(["DELETE /me", "DELETE /api-keys/:id", "POST /api-keys/:id/rotate"]);
const routes = contractRoutes().filter(({ method, url }) => !endsTheRest.has(`${method} ${url}`));

test("the routes come from the contract, all of them", () => {
  const served = new Set(
    api.routes.flatMap((route) => [route.method].flat().map((method) => `${method} ${route.url}`)),
  );
  expect(routes.length).toBeGreaterThan(40);
  for (const { method, url } of routes) expect(served).toContain(`${method} ${url}`);
});

function schemaOf(schema: z.ZodType | undefined) {
  return schema === undefined ? constant(undefined) : valueOf(schema);
}

function queryOf(value: unknown): Record<string, string> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) =>
      one === undefined ? [] : [[name, typeof one === "string" ? one : JSON.stringify(one)]],
    ),
  );
}

test.each(routes.map((route) => [`${route.method} ${route.url}`, route] as const))(
  "%s answers whatever comes with what the contract says, and never with a fault of ours",
  async (_name, route: Route) => {
    const statuses = new Set<number>();
    await assert(
      asyncProperty(
        record({
          id: oneof(constantFrom(...ids), uuid(), oddText),
          other: oneof(uuid(), oddText),
          query: schemaOf(route.schema.querystring),
          body: schemaOf(route.schema.body),
          key: oneof(constant(randomUUID()), oddText),
        }),
        async ({ id, other, query, body, key }) => {
          const url = route.url
            .replace(":id", encodeSafely(id))
            .replace(/:\w+/g, encodeSafely(other));
          const answer = await api.app.inject({
            method: route.method,
            url,
            query: queryOf(query),
            headers: {
              ...keyOf(admin),
              ...(body === undefined ? {} : { "content-type": "application/json" }),
              ...(isHeaderText(key) ? { "idempotency-key": key } : {}),
            },
            ...(body === undefined ? {} : { payload: JSON.stringify(body) ?? "" }),
            payloadAsStream: true,
          });
          const { statusCode: status } = answer;
          statuses.add(status);
          const stream = answer.stream();
          if (String(answer.headers["content-type"]).startsWith("text/event-stream")) {
            stream.destroy();
            return;
          }
          const text = Buffer.concat(await stream.toArray()).toString();
          expect([status < 500, text]).toEqual([true, text]);
          if (status >= 400) {
            Problem.parse(JSON.parse(text));
            return;
          }
          const schema = route.schema.response[status];
          expect([status, schema !== undefined]).toEqual([status, true]);
          const isJson = String(answer.headers["content-type"]).includes("json");
          if (isJson && text !== "") schema?.parse(JSON.parse(text));
        },
      ),
      { numRuns: runs },
    );
    expect(statuses.size).toBeGreaterThan(0);
  },
);

test("a server that answers with what its contract does not say is found out", async () => {
  const schema = z.object({ id: z.uuid() });
  expect(() => schema.parse({ id: "not one" })).toThrow("Invalid UUID");
  const wrong = valueOf(schema);
  const bodies = new Set<string>();
  await assert(
    asyncProperty(wrong, async (value) => {
      bodies.add(schema.safeParse(value).success ? "fits" : "does not");
    }),
    { numRuns: 200 },
  );
  expect([...bodies].toSorted()).toEqual(["does not", "fits"]);
});

function encodeSafely(text: string): string {
  return encodeURIComponent(text.toWellFormed()).slice(0, 300);
}

function isHeaderText(text: string): boolean {
  return /^[\u0020-\u007e]*$/.test(text) && text.length < 1_000;
}
