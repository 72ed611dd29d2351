import { z } from "zod";

/** What a Hatchet API token says about itself. Read, not verified: only the engine can do that. */
const EngineTokenClaims = z.object({
  /** The tenant. */
  sub: z.string(),
  /** Seconds since 1970. */
  exp: z.number().optional(),
  server_url: z.string().optional(),
  grpc_broadcast_address: z.string().optional(),
});
export type EngineTokenClaims = z.infer<typeof EngineTokenClaims>;

/** Undefined when this is no token of Hatchet's making. */
export function readEngineToken(token: string): EngineTokenClaims | undefined {
  const [, payload, signature] = token.split(".");
  if (payload === undefined || signature === undefined) return undefined;
  try {
    const text = Buffer.from(payload, "base64url").toString("utf8");
    return EngineTokenClaims.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
