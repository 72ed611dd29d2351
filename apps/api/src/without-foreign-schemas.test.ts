import { expect, test } from "vitest";
import { withoutForeignSchemas } from "./without-foreign-schemas.ts";

const to = (name: string) => ({ $ref: `#/components/schemas/${name}` });

test("what a route refers to stays, whatever stands between, and what somebody else has named goes", () => {
  const document = {
    openapi: "3.1.0",
    paths: { "/tasks": { get: { responses: [{ schema: { items: to("Task") } }] } } },
    components: {
      securitySchemes: { apiKey: {} },
      schemas: {
        Task: { properties: { step: to("Step") } },
        Step: { properties: { next: to("Step") } },
        Theirs: { properties: { also: to("AlsoTheirs") } },
        AlsoTheirs: {},
      },
    },
  };
  const { Task, Step } = document.components.schemas;
  expect(withoutForeignSchemas(document)).toEqual({
    ...document,
    components: { securitySchemes: { apiKey: {} }, schemas: { Task, Step } },
  });
});
