import type { ProcessorTime } from "./watch-processors.ts";

/** So many applications, one after the other at so many at a time, of one side. */
export interface Turn {
  /** Applications that were confirmed, those to get warm left out. */
  readonly confirmed: number;
  /** From the first start to the last confirmation, in milliseconds. */
  readonly tookMs: number;
  /** Spent meanwhile. */
  readonly processors: ProcessorTime;
}

/** What the whole bench varies. */
export interface TurnInput {
  /** Applications at a time. */
  readonly parallel: number;
  readonly applications: number;
  /** Before those that count. */
  readonly warmUps: number;
}

export function perMinute({ confirmed, tookMs }: Turn): number {
  return (confirmed * 60_000) / tookMs;
}

/** Every job of a turn, each another, those to get warm first. */
export function jobsOf({ applications, warmUps }: TurnInput): string[] {
  return Array.from({ length: warmUps + applications }, (_, n) => `engineer-${7_000 + n}`);
}
