import type { z } from "zod";

/** Every way in which a value is not as the schema wants it: `path: message`. */
export function schemaFaults(schema: z.ZodType, value: unknown): string[] {
  const { error } = schema.safeParse(value);
  return error?.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`) ?? [];
}
