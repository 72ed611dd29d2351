import { ValetError } from "@valet/contracts";
import type { z } from "zod";

/**
 * The engine's `inputValidator` only draws the dashboard's form, so what arrives is checked here.
 * Throws `VALIDATION` with the paths that are wrong and never a value.
 */
export function parseInput<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.map(({ path }) => path.join(".") || "(root)");
  throw new ValetError(
    "VALIDATION",
    "A run was started with input that is not ours. Nothing was done.",
    {
      paths,
    },
  );
}
