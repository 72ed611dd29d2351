import { ValetError } from "@valet/contracts";

/** The longest that S3 signs for. */
const longestSeconds = 7 * 24 * 60 * 60;

/** When a link made now ends; throws `INTERNAL` for what is no whole number of seconds up to seven days. */
export function linkExpiry(expiresInSeconds: number, now: Date): Date {
  const isLength =
    Number.isInteger(expiresInSeconds) &&
    expiresInSeconds >= 1 &&
    expiresInSeconds <= longestSeconds;
  if (!isLength) {
    throw new ValetError("INTERNAL", "Valet made a link for a time that no link lasts.", {
      expiresInSeconds,
    });
  }
  return new Date(now.getTime() + expiresInSeconds * 1_000);
}
