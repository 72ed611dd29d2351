import { ValetError } from "@valet/contracts";
import type { FastifyRequest } from "fastify";

/** A hook that refuses what Postgres could not keep: the NUL character and halves of characters. */
export async function refuseUnstorableText({ body, query }: FastifyRequest): Promise<void> {
  if (!holdsUnstorableText(body) && !holdsUnstorableText(query)) return;
  throw new ValetError(
    "VALIDATION",
    "The request holds text with a NUL character or half of a character. Nothing was changed. Take it out.",
  );
}

function holdsUnstorableText(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\u0000") || !value.isWellFormed();
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(
    ([key, member]) => holdsUnstorableText(key) || holdsUnstorableText(member),
  );
}
