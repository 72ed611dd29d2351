import { NonRetryableError } from "@hatchet-dev/typescript-sdk";
import { ErrorCode, ValetError, errorPolicies } from "@valet/contracts";
import { expect, test } from "vitest";
import { toHatchetError } from "./to-hatchet-error.ts";

test.each(ErrorCode.options)("%s is retried exactly when time or we may mend it", (code) => {
  const error = toHatchetError(new ValetError(code, "It failed."));
  expect(error instanceof NonRetryableError).toBe(errorPolicies[code].kind === "user");
  expect(error.message).toBe(`${code}: It failed.`);
});

test("what we do not know reaches the engine without its text and without a stack", () => {
  const error = toHatchetError(new Error("value Canaria of field email was refused"));
  expect(error.message).toBe("INTERNAL: Something went wrong inside Valet.");
  expect(JSON.stringify({ stack: error.stack, cause: error.cause })).not.toContain("Canaria");
});
