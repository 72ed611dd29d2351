import type { HeldUpBy } from "@valet/contracts";
import type { StartLimits } from "./resolve-limits.ts";
import { startOfNextDay } from "./start-of-day.ts";

/** An application that waits to be started. */
export interface WaitingStart {
  readonly taskId: string;
  readonly userId: string;
  readonly platform: string;
  readonly host: string;
  readonly employer: string | null;
  readonly limits: StartLimits;
  /** Of its person. */
  readonly timeZone: string;
}

/** Applications of one person to one employer there that have a browser, or are about to get one. */
export interface LiveStarts {
  readonly userId: string;
  readonly platform: string;
  readonly host: string;
  readonly count: number;
}

export interface RecentStart {
  readonly userId: string;
  readonly platform: string;
  readonly host: string;
  readonly admittedAt: Date;
}

export interface StartsToday {
  readonly userId: string;
  readonly platform: string;
  readonly employer: string | null;
  readonly count: number;
}

export interface HostPace {
  readonly host: string;
  /** When an application opened a page there last. */
  readonly lastOpenedAt: Date | null;
  /** One was started and has not opened its page yet. */
  readonly isOpening: boolean;
  readonly coolingUntil: Date | null;
}

export interface AdmissionInput {
  readonly now: Date;
  /** Whoever was served longest ago first; the applications of each in the order they are to be started in. */
  readonly queues: readonly (readonly WaitingStart[])[];
  /** Browsers that there is room for in all. */
  readonly room: number;
  /** Applications that may come to wait for their person, with those that are live. */
  readonly waits: number;
  readonly live: readonly LiveStarts[];
  /** Of the last minute. */
  readonly recent: readonly RecentStart[];
  readonly today: readonly StartsToday[];
  readonly paces: readonly HostPace[];
  /** From 0 to 1, for each application another: nobody opens the next page after exactly three seconds. */
  readonly jitter: (taskId: string) => number;
}

export interface HeldUp {
  readonly taskId: string;
  readonly by: HeldUpBy;
  /** Null where nobody can know. */
  readonly until: Date | null;
}

export interface Admission {
  readonly admitted: readonly string[];
  /** Of those that were looked at and may not start yet. */
  readonly heldUp: readonly HeldUp[];
}

/** Spacing is longer than asked for by up to this share of it. */
const jitterShare = 0.5;
const minuteMs = 60_000;

/**
 * Who may start now: in turns, one application of each person, and each only if no limit says otherwise. What
 * is started here counts for all that follow.
 */
export function admitStarts(input: AdmissionInput): Admission {
  const books = openBooks(input);
  const admitted: string[] = [];
  const heldUp = new Map<string, HeldUp>();
  let queues = input.queues.map((queue) => [...queue]);
  while (queues.length > 0) {
    const next: WaitingStart[][] = [];
    for (const queue of queues) {
      const index = queue.findIndex((start) => {
        const held = books.holdUp(start);
        if (held !== undefined) heldUp.set(start.taskId, { taskId: start.taskId, ...held });
        return held === undefined;
      });
      const [start] = index < 0 ? [] : queue.splice(index, 1);
      if (start === undefined) continue;
      books.enter(start);
      heldUp.delete(start.taskId);
      admitted.push(start.taskId);
      next.push(queue);
    }
    queues = next;
  }
  return { admitted, heldUp: [...heldUp.values()] };
}

type Hold = Omit<HeldUp, "taskId">;

function openBooks(input: AdmissionInput) {
  const { now, room, waits, jitter } = input;
  const live = new Tally();
  /** When each start of the last minute, and then some, is a minute ago: in milliseconds, the oldest first. */
  const minute = new Map<string, number[]>();
  const today = new Tally();
  const paces = new Map(input.paces.map((pace) => [pace.host, pace]));
  const keep = (key: string, at: Date) => {
    const times = minute.get(key) ?? [];
    times.push(at.getTime() + minuteMs);
    minute.set(key, times);
  };
  for (const { count, ...start } of input.live)
    for (const key of liveKeys(start)) live.add(key, count);
  const recent = input.recent.toSorted(
    (one, other) => one.admittedAt.getTime() - other.admittedAt.getTime(),
  );
  for (const { admittedAt, ...start } of recent) {
    for (const key of liveKeys(start)) keep(key, admittedAt);
  }
  for (const { count, ...start } of input.today)
    for (const key of dayKeys(start)) today.add(key, count);

  /** When the oldest of the last `limit` is a minute ago; undefined where there is one to spare. */
  const freeAgain = (key: string, limit: number): Date | undefined => {
    const at = minute.get(key)?.at(-limit);
    return at === undefined || at <= now.getTime() ? undefined : new Date(at);
  };
  const tomorrows = new Map<string, Date>();
  const tomorrowIn = (timeZone: string): Date => {
    const at = tomorrows.get(timeZone) ?? startOfNextDay(now, timeZone);
    tomorrows.set(timeZone, at);
    return at;
  };
  const known = (by: HeldUpBy, until: Date | undefined): Hold | undefined =>
    until === undefined || until <= now ? undefined : { by, until };
  const unknown = (by: HeldUpBy, isReached: boolean): Hold | undefined =>
    isReached ? { by, until: null } : undefined;

  return {
    /** What holds it up: of several reasons the first. Of ten thousand that wait each is asked at every look. */
    holdUp(start: WaitingStart): Hold | undefined {
      const { limits, timeZone } = start;
      const pace = paces.get(start.host);
      const [person, platform, host, all] = liveKeys(start);
      const [personDay, platformDay, employerDay] = dayKeys(start);
      const tomorrow = (by: HeldUpBy, isReached: boolean): Hold | undefined =>
        isReached ? { by, until: tomorrowIn(timeZone) } : undefined;
      const spacedUntil = () => {
        if (limits.hostSpacingMs === 0 || !pace?.lastOpenedAt) return undefined;
        const spacing = limits.hostSpacingMs * (1 + jitterShare * jitter(start.taskId));
        return new Date(pace.lastOpenedAt.getTime() + spacing);
      };
      return (
        known("cooling_down", pace?.coolingUntil ?? undefined) ??
        tomorrow("person_per_day", today.of(personDay) >= limits.personPerDay) ??
        tomorrow("platform_per_day", today.of(platformDay) >= limits.platformPerDay) ??
        tomorrow(
          "employer_per_day",
          start.employer !== null && today.of(employerDay) >= limits.employerPerDay,
        ) ??
        unknown("person_live", live.of(person) >= limits.personLive) ??
        unknown("platform_live", live.of(platform) >= limits.platformLive) ??
        unknown("host_live", live.of(host) >= limits.hostLive) ??
        unknown("no_room", live.of(all) >= room) ??
        unknown("awaiting", live.of(all) >= waits) ??
        known("person_per_minute", freeAgain(person, limits.personPerMinute)) ??
        known("platform_per_minute", freeAgain(platform, limits.platformPerMinute)) ??
        known("host_per_minute", freeAgain(host, limits.hostPerMinute)) ??
        unknown("host_spacing", limits.hostSpacingMs > 0 && pace?.isOpening === true) ??
        known("host_spacing", spacedUntil())
      );
    },
    enter(start: WaitingStart): void {
      for (const key of liveKeys(start)) {
        live.add(key, 1);
        keep(key, now);
      }
      for (const key of dayKeys(start)) today.add(key, 1);
      const { host } = start;
      const pace = paces.get(host) ?? { host, lastOpenedAt: null, coolingUntil: null };
      paces.set(host, { ...pace, isOpening: true });
    },
  };
}

class Tally {
  readonly #counts = new Map<string, number>();

  of(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  add(key: string, count: number): void {
    this.#counts.set(key, this.of(key) + count);
  }
}

type Place = Pick<WaitingStart, "userId" | "platform" | "host">;

function liveKeys({ userId, platform, host }: Place) {
  return [`person ${userId}`, `platform ${platform}`, `host ${host}`, "all"] as const;
}

function dayKeys({
  userId,
  platform,
  employer,
}: Pick<StartsToday, "userId" | "platform" | "employer">) {
  return [userId, `${userId} platform ${platform}`, `${userId} employer ${employer}`] as const;
}
