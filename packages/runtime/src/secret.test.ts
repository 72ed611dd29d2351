import { inspect } from "node:util";
import { expect, test } from "vitest";
import { z } from "zod";
import { Secret, secretSchema } from "./secret.ts";

test("a secret shows itself only through reveal", () => {
  const secret = new Secret("hunter2-canary");
  const shown = [
    String(secret),
    ["joined", secret].join(" "),
    JSON.stringify({ secret }),
    inspect({ deep: [{ secret }] }, { showHidden: true, depth: 9 }),
    JSON.stringify(Object.entries(secret)),
  ].join("\n");

  expect(shown).not.toContain("hunter2-canary");
  expect(String(secret)).toBe("[secret]");
  expect(secret.reveal()).toBe("hunter2-canary");
});

test("the schema gives a secret and refuses an empty one", () => {
  const schema = z.object({ KEY: secretSchema });

  expect(schema.parse({ KEY: "k" }).KEY.reveal()).toBe("k");
  expect(schema.safeParse({ KEY: "" }).success).toBe(false);
});
