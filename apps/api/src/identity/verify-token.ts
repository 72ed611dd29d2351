import { ValetError } from "@valet/contracts";
import { type JWTVerifyGetKey, createRemoteJWKSet, errors, jwtVerify } from "jose";
import type { Config } from "../config.ts";

/** Who a token is about: the issuer's name for the person, with the issuer. */
export interface TokenSubject {
  readonly subject: string;
  /** When the token ends, the tolerance for clocks included. */
  readonly goodUntil: Date;
}

/**
 * `undefined` for every token that is no good, whatever is wrong with it.
 *
 * @throws ValetError `SIGN_IN_UNAVAILABLE` when the issuer's keys cannot be had: then nobody can tell.
 */
export type VerifyToken = (token: string) => Promise<TokenSubject | undefined>;

export interface TokenVerifierInput {
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  /** Least time between two looks for keys that are not known yet; 30 s unless given. */
  readonly cooldownMs?: number;
}

/** A shared secret signs nothing here: whoever can check such a token could make one. */
const algorithms = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];
const longestToken = 8 * 1024;
const longestSubject = 255;
const toleranceSeconds = 30;
const fetchTimeoutMs = 5_000;

export function createTokenVerifier(input: TokenVerifierInput): VerifyToken {
  const { jwksUrl, issuer, audience, cooldownMs = 30_000 } = input;
  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    timeoutDuration: fetchTimeoutMs,
    cooldownDuration: cooldownMs,
  });
  const findKey: JWTVerifyGetKey = async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (isAboutToken(error)) throw error;
      throw signInUnavailable(error);
    }
  };
  return async (token) => {
    if (token.length > longestToken) return undefined;
    try {
      const { payload } = await jwtVerify(token, findKey, {
        issuer,
        audience,
        algorithms,
        clockTolerance: toleranceSeconds,
        requiredClaims: ["exp", "sub"],
      });
      const { sub, exp } = payload;
      if (!isSubject(sub) || exp === undefined) return undefined;
      // An address holds no space, so no two pairs make the same text.
      return {
        subject: `${issuer} ${sub}`,
        goodUntil: new Date((exp + toleranceSeconds) * 1_000),
      };
    } catch (error) {
      if (error instanceof ValetError) throw error;
      return undefined;
    }
  };
}

/** The keys are there, and none of them is this token's. */
function isAboutToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}

function isSubject(sub: unknown): sub is string {
  if (typeof sub !== "string" || sub === "" || sub.length > longestSubject) return false;
  return sub.isWellFormed() && !/\p{Cc}/u.test(sub);
}

function signInUnavailable(cause: unknown): ValetError {
  return new ValetError(
    "SIGN_IN_UNAVAILABLE",
    "Whoever issues the sign-in tokens does not answer, so nobody can tell whether this one is good. Nothing was done. Try again soon, or use an API key.",
    {},
    { cause },
  );
}

/** @throws ValetError `CONFIG_INVALID` for an address of keys without the issuer they are of. */
export function readTokenVerifier(config: Config): VerifyToken | undefined {
  const { AUTH_JWKS_URL: jwksUrl, AUTH_JWT_ISSUER: issuer, AUTH_JWT_AUDIENCE: audience } = config;
  if (jwksUrl === undefined) return undefined;
  if (issuer !== undefined) return createTokenVerifier({ jwksUrl, issuer, audience });
  throw new ValetError(
    "CONFIG_INVALID",
    "AUTH_JWKS_URL is set and AUTH_JWT_ISSUER is not, so tokens of anybody who has those keys would count. Set AUTH_JWT_ISSUER to the `iss` of the tokens.",
  );
}
