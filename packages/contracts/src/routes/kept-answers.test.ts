import { expect, test } from "vitest";
import * as everything from "./index.ts";
import type { Route } from "./route.ts";

/** Why sending it twice needs no kept answer, or may not have one. */
const without: Readonly<Record<string, string>> = {
  "/tasks": "its key stays with the application for ever",
  "/batches": "its key stays with the batch for ever",
  "/tasks/preview": "it changes nothing",
  "/resumes": "a file is not compared with what came before; a second copy does no harm",
  "/login": "the answer holds what opens the session",
  "/logout": "twice is as good as once",
  "/api-keys": "the answer holds the key, which is kept nowhere",
  "/api-keys/:id/rotate": "the answer holds the key, which is kept nowhere",
  "/admin/users": "the answer holds the key, which is kept nowhere; a name is taken once",
  "/webhooks": "the answer holds the secret, which is shown once",
  "/webhooks/:id/rotate-secret": "the answer holds the secret, which is shown once",
  "/stream-tickets": "the answer holds the ticket, which is kept nowhere",
  "/tasks/:id/takeover": "the answer holds the ticket, which is kept nowhere",
};

const routes = Object.entries(everything).flatMap(([name, one]): Route[] =>
  name.endsWith("Route") ? [one as Route] : [],
);
const posts = routes.filter(({ method }) => method === "POST");

test("every POST keeps its answer for those who send it again, or says why not", () => {
  const undecided = posts.filter(
    ({ url, keepsAnswer }) => (keepsAnswer === true) === url in without,
  );
  expect(undecided.map(({ url }) => url)).toEqual([]);
  expect(posts.length).toBeGreaterThan(Object.keys(without).length);
});

test("where a key counts, the description of the interface says so", () => {
  const silent = posts.filter(
    ({ keepsAnswer, schema }) => keepsAnswer === true && schema.headers === undefined,
  );
  expect(silent).toEqual([]);
});
