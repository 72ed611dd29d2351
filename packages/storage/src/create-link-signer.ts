import { createHmac, timingSafeEqual } from "node:crypto";
import type { Secret } from "@valet/runtime";
import { z } from "zod";

/** One object, under one name, until one moment. */
const LinkClaim = z.object({
  key: z.string(),
  fileName: z.string(),
  contentType: z.string(),
  /** Milliseconds since 1970. */
  expiresAtMs: z.int(),
});
export type LinkClaim = z.infer<typeof LinkClaim>;

export type ReadLink =
  | { readonly kind: "valid"; readonly claim: LinkClaim }
  | { readonly kind: "refused"; readonly reason: "expired" | "invalid" };

export interface LinkSigner {
  /** A token for an address. Its claim is signed and not secret: do not log it. */
  readonly sign: (claim: LinkClaim) => string;
  readonly read: (token: string, now: Date) => ReadLink;
}

/** Tokens of one purpose are nothing to a signer of another, whatever key they share. */
export function createLinkSigner({
  key,
  purpose,
}: {
  readonly key: Secret;
  readonly purpose: string;
}): LinkSigner {
  const macOf = (claim: string) =>
    createHmac("sha256", key.reveal()).update(`${purpose}\n${claim}`).digest("base64url");
  return {
    sign(claim) {
      const signed = Buffer.from(JSON.stringify(LinkClaim.parse(claim))).toString("base64url");
      return `${signed}.${macOf(signed)}`;
    },
    read(token, now) {
      const [signed = "", mac = "", ...more] = token.split(".");
      // As text: two spellings of the same bytes would be two tokens.
      if (more.length > 0 || !isSame(mac, macOf(signed))) return refused("invalid");
      const claim = LinkClaim.parse(JSON.parse(Buffer.from(signed, "base64url").toString("utf8")));
      return claim.expiresAtMs <= now.getTime() ? refused("expired") : { kind: "valid", claim };
    },
  };
}

function refused(reason: "expired" | "invalid"): ReadLink {
  return { kind: "refused", reason };
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
