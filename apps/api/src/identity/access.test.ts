import Fastify from "fastify";
import { expect, onTestFinished, test } from "vitest";
import { noteAccess } from "./access.ts";

function guardedApp() {
  const app = Fastify();
  onTestFinished(() => app.close());
  app.addHook("onRoute", noteAccess);
  return app;
}

test("a route that does not say who may use it ends the start", () => {
  expect(() => guardedApp().get("/forgotten", async () => "")).toThrow(/GET \/forgotten .*access/);
  const mistyped = { method: "GET", url: "/x", access: "reed", handler: async () => "" } as const;
  expect(() => guardedApp().route(mistyped)).toThrow(/GET \/x/);
});

test("what a GET route says of itself holds for HEAD as well", async () => {
  const app = guardedApp();
  const route = { method: "GET", url: "/x", access: "read" } as const;
  app.route({
    ...route,
    handler: async ({ routeOptions }, reply) => {
      void reply.header("x-access", routeOptions.config.access ?? "");
      return "";
    },
  });
  for (const method of ["GET", "HEAD"] as const) {
    expect((await app.inject({ method, url: "/x" })).headers["x-access"]).toBe("read");
  }
});
