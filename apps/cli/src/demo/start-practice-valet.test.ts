import { expect, test } from "vitest";
import { withOwnNamespace } from "./start-practice-valet.ts";

test("on a given engine a demo has a namespace of its own, unless it was given one", () => {
  const shared = { HATCHET_CLIENT_TOKEN: "given" };
  const { HATCHET_CLIENT_NAMESPACE: first } = withOwnNamespace(shared);
  expect(first).toMatch(/^valet_demo_[0-9a-f]{8}$/);
  expect(withOwnNamespace(shared)).not.toEqual(withOwnNamespace(shared));
  const named = { ...shared, HATCHET_CLIENT_NAMESPACE: "mine" };
  expect(withOwnNamespace(named)).toBe(named);
});

test("an engine of its own needs none", () => {
  expect(withOwnNamespace({ HATCHET_CLIENT_TOKEN: "" })).toEqual({ HATCHET_CLIENT_TOKEN: "" });
});
