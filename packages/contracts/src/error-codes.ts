import { z } from "zod";
import { errorPolicies } from "./error-policies.ts";

export type ErrorCode = keyof typeof errorPolicies;

const codes = Object.keys(errorPolicies) as [ErrorCode, ...ErrorCode[]]; // keys of the literal above

export const ErrorCode = z.enum(codes);

/** The only body an error response has. */
export const Problem = z
  .object({
    code: ErrorCode,
    message: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof Problem>;
