import { createHash, randomBytes } from "node:crypto";

/** 256 random bits that open something: a ticket, a session, the body of a key. Stored as its hash alone. */
export function newSecretText(): string {
  return randomBytes(32).toString("base64url");
}

/** With 256 random bits a slow hash would add nothing, and a search by hash says nothing of how a secret begins. */
export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
