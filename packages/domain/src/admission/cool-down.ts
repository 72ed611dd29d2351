/** How a host is left alone after it has turned somebody away. */
export interface CoolDown {
  readonly strikes: number;
  readonly struckAt: Date;
  readonly until: Date;
}

const shortestMs = 60_000;
const longestMs = 24 * 60 * 60_000;
/** Whoever was not turned away for so long begins anew. */
const forgivenAfterMs = 24 * 60 * 60_000;

/**
 * One minute, then twice as long each time, a day at most, and never less than the site has asked for. Several
 * that are turned away while the host cools down were on their way before: they count as one.
 */
export function coolDown(
  before: CoolDown | undefined,
  { now, retryAfterMs = 0 }: { readonly now: Date; readonly retryAfterMs?: number },
): CoolDown {
  const asked = now.getTime() + Math.min(retryAfterMs, longestMs);
  if (before !== undefined && before.until > now) {
    return { ...before, until: new Date(Math.max(before.until.getTime(), asked)) };
  }
  const isForgiven =
    before === undefined || now.getTime() - before.until.getTime() > forgivenAfterMs;
  const strikes = isForgiven ? 1 : before.strikes + 1;
  const own = now.getTime() + Math.min(longestMs, shortestMs * 2 ** (strikes - 1));
  return { strikes, struckAt: now, until: new Date(Math.max(own, asked)) };
}
