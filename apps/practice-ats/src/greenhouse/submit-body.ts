import type { FieldValues } from "../form-field.ts";

export interface SubmitBody {
  /** By field id; a file's answer is the id of its upload. */
  readonly answers: FieldValues;
  /** The eight characters that were mailed, once they were asked for. */
  readonly securityCode?: string;
}

export const submitBodySchema = {
  type: "object",
  required: ["answers"],
  properties: {
    answers: {
      type: "object",
      additionalProperties: {
        anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }],
      },
    },
    securityCode: { type: "string" },
  },
};
