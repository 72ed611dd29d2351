import type { HostLimits, Limits, PersonLimits } from "@valet/contracts";

/** What one application is kept to. */
export interface StartLimits {
  readonly personLive: number;
  readonly personPerMinute: number;
  readonly personPerDay: number;
  readonly platformLive: number;
  readonly platformPerMinute: number;
  readonly platformPerDay: number;
  readonly hostLive: number;
  readonly hostPerMinute: number;
  readonly hostSpacingMs: number;
  readonly employerPerDay: number;
}

/**
 * Where nobody said anything. Sites ban whoever sends 60 to 100 applications a day, so a person's day on one
 * system ends well before; three seconds are how soon a quick person opens the next job.
 */
export const defaultLimits = {
  // Of the 1,000 durable slots of one worker: it must be able to take over what others held.
  awaiting: 800,
  user: { live: 3, perMinute: 5, perDay: 200 },
  platform: { live: 10, perMinute: 10, perDay: 50 },
  host: { live: 5, perMinute: 10, spacingSeconds: 3 },
  employer: { perDay: 10 },
} satisfies Limits;

interface Limited {
  readonly platform: string;
  readonly host: string;
  readonly employer: string | null;
}

/** Later ones go before earlier ones, in each group by itself. */
export function mergeLimits(...all: readonly Limits[]): Limits {
  const merged: Limits = {};
  for (const limits of all) {
    if (limits.live !== undefined) merged.live = limits.live;
    if (limits.awaiting !== undefined) merged.awaiting = limits.awaiting;
    merged.user = { ...merged.user, ...limits.user };
    merged.platform = { ...merged.platform, ...limits.platform };
    merged.host = { ...merged.host, ...limits.host };
    merged.employer = { ...merged.employer, ...limits.employer };
    merged.platforms = { ...merged.platforms, ...limits.platforms };
    merged.hosts = { ...merged.hosts, ...limits.hosts };
    merged.employers = { ...merged.employers, ...limits.employers };
  }
  return merged;
}

/** What a person is kept to, wherever they apply; of their own limits what is more has no effect. */
export function personLimitsOf(
  everybody: Limits,
  own: PersonLimits = {},
): Record<keyof PersonLimits, number> {
  const person = over(defaultLimits.user, everybody.user);
  return {
    live: Math.min(person.live, own.live ?? Infinity),
    perMinute: Math.min(person.perMinute, own.perMinute ?? Infinity),
    perDay: Math.min(person.perDay, own.perDay ?? Infinity),
  };
}

/** @param own what the person wants to be kept to: it may only be less than what everybody is. */
export function limitsOf(
  { platform, host, employer }: Limited,
  everybody: Limits,
  own: PersonLimits = {},
): StartLimits {
  const { platform: system, host: there, employer: them } = defaultLimits;
  const person = personLimitsOf(everybody, own);
  const site = over(over(system, everybody.platform), everybody.platforms?.[platform]);
  const place = over(over(there, everybody.host), everybody.hosts?.[host]);
  const named = employer === null ? undefined : everybody.employers?.[employer];
  const firm = over(over(them, everybody.employer), named);
  return {
    personLive: person.live,
    personPerMinute: person.perMinute,
    personPerDay: person.perDay,
    platformLive: site.live,
    platformPerMinute: site.perMinute,
    platformPerDay: site.perDay,
    hostLive: place.live,
    hostPerMinute: place.perMinute,
    hostSpacingMs: place.spacingSeconds * 1_000,
    employerPerDay: firm.perDay,
  };
}

/** What is said in place of what was; what is left out stays. */
function over<Key extends string>(
  before: Readonly<Record<Key, number>>,
  said: Readonly<Partial<Record<Key, number | undefined>>> | undefined,
): Record<Key, number> {
  const merged: Record<Key, number> = { ...before };
  for (const key in before) merged[key] = said?.[key] ?? before[key];
  return merged;
}

/** What one start is kept to, wherever it goes. */
export function startLimitsOf(
  start: Limited,
  {
    everybody,
    own,
    isOwnHost,
  }: {
    readonly everybody: Limits;
    readonly own?: PersonLimits;
    /** Whether its host is this machine's own. */
    readonly isOwnHost: boolean;
  },
): StartLimits {
  const limits = limitsOf(start, everybody, own);
  return isOwnHost ? limitsAtOwnHost(limits, everybody.hosts?.[start.host]) : limits;
}

/** At a site of one's own there is nobody to spare: it has what is said of it by name, and limits of browsers. */
export function limitsAtOwnHost(limits: StartLimits, named: HostLimits = {}): StartLimits {
  return {
    ...limits,
    personPerMinute: Infinity,
    personPerDay: Infinity,
    platformPerMinute: Infinity,
    platformPerDay: Infinity,
    employerPerDay: Infinity,
    hostPerMinute: named.perMinute ?? Infinity,
    hostSpacingMs: (named.spacingSeconds ?? 0) * 1_000,
  };
}
