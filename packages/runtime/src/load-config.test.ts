import { ValetError } from "@valet/contracts";
import { expect, test } from "vitest";
import { z } from "zod";
import { loadConfig } from "./load-config.ts";
import { secretSchema } from "./secret.ts";

const Config = z.object({
  DATABASE_URL: z.url(),
  VALET_PORT: z.coerce.number().int().default(4100),
  VALET_DEBUG: z.stringbool().default(false),
  VALET_KEY: secretSchema.optional(),
});

function faultOf(schema: z.ZodObject, env: Record<string, string>): ValetError {
  try {
    loadConfig(schema, env);
  } catch (error) {
    if (error instanceof ValetError) return error;
    throw error;
  }
  throw new Error("The configuration was accepted.");
}

test("variables are parsed, an empty one counts as absent, others are ignored", () => {
  const config = loadConfig(Config, {
    DATABASE_URL: "postgres://127.0.0.1:5432/valet",
    VALET_PORT: "",
    VALET_DEBUG: "true",
    VALET_KEY: "k",
    HOME: "/root",
  });

  expect(config).toMatchObject({
    DATABASE_URL: "postgres://127.0.0.1:5432/valet",
    VALET_PORT: 4100,
    VALET_DEBUG: true,
  });
  expect(config.VALET_KEY?.reveal()).toBe("k");
});

test("every fault is named at once", () => {
  const fault = faultOf(Config, { VALET_PORT: "many", VALET_DEBUG: "perhaps" });

  expect(fault.code).toBe("CONFIG_INVALID");
  expect(fault.message).toContain("DATABASE_URL: is missing");
  expect(fault.message).toMatch(/VALET_PORT: \S/);
  expect(fault.message).toMatch(/VALET_DEBUG: \S/);
  expect(fault.details).toEqual({ variables: ["DATABASE_URL", "VALET_PORT", "VALET_DEBUG"] });
});

test("no value is printed, even where a refinement quotes it", () => {
  const quoting = z
    .object({
      A_URL: z
        .string()
        .refine(() => false, { error: (issue) => `not good: ${String(issue.input)}` }),
      B_MODE: z.enum(["one", "two"]),
    })
    .extend({ C_KEY: secretSchema.refine(() => false, "is not a key of this system") });
  const fault = faultOf(quoting, {
    A_URL: "canary-url",
    B_MODE: "canary-mode",
    C_KEY: "canary-key",
  });

  expect(`${fault.message}${JSON.stringify(fault.details)}${fault.stack}`).not.toContain("canary");
  expect(fault.message).toContain("A_URL: has a value that is not allowed");
  expect(fault.message).toContain("C_KEY: is not a key of this system");
});

test("a rule over several variables is reported together", () => {
  const schema = z
    .object({ A: z.string().optional(), B: z.string().optional() })
    .refine((given) => given.A !== given.B, "set A or B, not both to the same");

  expect(faultOf(schema, { A: "x", B: "x" }).message).toContain(
    "(together): set A or B, not both to the same",
  );
});
