import { type Problem, ValetError, toValetError } from "@valet/contracts";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";

/** What a request to the session host ran into, as an error of ours. */
export function asValetError(thrown: unknown): ValetError {
  if (hasZodFastifySchemaValidationErrors(thrown)) {
    const fields = thrown.validation.map((issue) => issue.instancePath);
    return new ValetError(
      "VALIDATION",
      "The request to the session host is not as its protocol wants it.",
      { part: thrown.validationContext, fields },
    );
  }
  if (!(thrown instanceof Error) || !("statusCode" in thrown)) return toValetError(thrown);
  const cause = { cause: thrown };
  if (thrown.statusCode === 400) {
    return new ValetError("MALFORMED_JSON", "The request's body is not JSON.", {}, cause);
  }
  if (thrown.statusCode === 413) {
    return new ValetError("PAYLOAD_TOO_LARGE", "The request's body is too large.", {}, cause);
  }
  if (thrown.statusCode === 415) {
    return new ValetError("UNSUPPORTED_MEDIA_TYPE", "The request's body is not JSON.", {}, cause);
  }
  return toValetError(thrown);
}

export function problemOf(error: ValetError): Problem {
  const { code, message, details } = error;
  return { code, message, details: { ...details } };
}
