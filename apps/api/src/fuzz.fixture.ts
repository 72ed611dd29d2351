import * as contracts from "@valet/contracts";
import {
  type Arbitrary,
  anything,
  array,
  boolean,
  constant,
  constantFrom,
  dictionary,
  double,
  integer,
  jsonValue,
  oneof,
  option,
  record,
  string,
  uuid,
} from "fast-check";
import { z } from "zod";

/** Every route of the contract. */
export function contractRoutes(): readonly contracts.Route[] {
  const exported: readonly unknown[] = Object.values(contracts);
  return exported.filter(isRoute);
}

function isRoute(value: unknown): value is contracts.Route {
  return (
    typeof value === "object" &&
    value !== null &&
    "method" in value &&
    "url" in value &&
    "schema" in value
  );
}

/** What a schema is a list of, as far as the routes use it. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

const odd = oneof(
  constantFrom("", " ", "\u0000", "\ud800", "0", "-1", "1e999", "null", "../..", "%00", "'; --"),
  constantFrom("x".repeat(5_000), "é".repeat(100), "\r\nset-cookie: a=b", "{}", "[]"),
);

/** Mostly what the schema asks for, so that more than its first fault is reached. */
export function valueOf(schema: z.ZodType): Arbitrary<unknown> {
  const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Schema;
  return oneof(
    { weight: 7, arbitrary: fitting(json) },
    { weight: 2, arbitrary: spoiled(json) },
    { weight: 1, arbitrary: jsonValue() },
  );
}

function fitting(schema: Schema): Arbitrary<unknown> {
  if (schema.const !== undefined) return constant(schema.const);
  if (schema.enum !== undefined) return constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return oneof(...choices.map(fitting));
  if (Array.isArray(schema.type)) {
    return oneof(...schema.type.map((type: string) => fitting({ ...schema, type })));
  }
  switch (schema.type) {
    case "object":
      return objectOf(schema, fitting);
    case "array":
      return array(fitting(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: 4 });
    case "integer":
      return integer({
        min: Math.max(schema.minimum ?? 0, -(2 ** 31)),
        max: Math.min(schema.maximum ?? 100, 2 ** 31 - 1),
      });
    case "number":
      return double({ noNaN: true });
    case "boolean":
      return boolean();
    case "null":
      return constant(null);
    case "string":
      return textOf(schema);
    default:
      return jsonValue();
  }
}

function textOf({ format }: Schema): Arbitrary<unknown> {
  if (format === "uuid") return uuid();
  if (format === "date-time") return constantFrom("2026-01-01T00:00:00Z", "2026-13-01T00:00:00Z");
  if (format === "uri")
    return constantFrom("https://jobs.test/1", "http://127.0.0.1/", "file:///x");
  return oneof(string({ maxLength: 40 }), constantFrom("https://jobs.test/1", "confirmed"), odd);
}

function objectOf(schema: Schema, inner: (schema: Schema) => Arbitrary<unknown>) {
  const { properties = {}, required = [], additionalProperties } = schema;
  const known = record(
    Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [
        name,
        required.includes(name) ? inner(property) : option(inner(property), { nil: undefined }),
      ]),
    ),
  );
  if (typeof additionalProperties !== "object") return known;
  return dictionary(oneof(string({ maxLength: 20 }), odd), inner(additionalProperties), {
    maxKeys: 4,
  });
}

/** As the schema asks for, but for some places. */
function spoiled(schema: Schema): Arbitrary<unknown> {
  const broken = oneof(odd, jsonValue(), constant(undefined), anything({ maxDepth: 0 }));
  if (schema.type !== "object") return broken;
  const some = objectOf(schema, (property) =>
    oneof({ weight: 3, arbitrary: fitting(property) }, { weight: 1, arbitrary: broken }),
  );
  return oneof(
    some,
    some.map((value) => ({ ...(value as object), surplus: 1 })),
    some.map((value) => ({ ...(value as object), __proto__: null, constructor: {} })),
  );
}

export { odd as oddText };
