import { type RawBuilder, sql } from "kysely";
import type { Json } from "./schema.gen.ts";

/**
 * A jsonb parameter. It travels as text: the driver would encode a value that the server declares
 * as jsonb itself, and turns arrays into Postgres arrays.
 */
export function jsonValue(value: unknown): RawBuilder<Json> {
  return sql<Json>`(${JSON.stringify(value)}::text)::jsonb`;
}
