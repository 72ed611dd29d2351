/** A file that nobody has measured. */
const shortSeconds = 1;

interface Lane {
  /** What it takes first, while there is any. */
  readonly first: string[];
  readonly afterwards: string[];
  seconds: number;
}

/**
 * The longest files first, and journeys one after the other, not side by side: each has Valet's own
 * processes and several browsers at once, and on two cores three of them would wait for each other
 * until their time is up. Once the other files have been given out, the rest of the journeys is.
 */
export function spreadJourneys(
  paths: readonly string[],
  {
    seconds,
    lanes: count,
  }: { readonly seconds: Readonly<Record<string, number>>; readonly lanes: number },
): string[] {
  const secondsOf = (path: string): number => seconds[path] ?? shortSeconds;
  const sorted = paths.toSorted((a, b) => secondsOf(b) - secondsOf(a));
  const journeys = sorted.filter((path) => path.includes("/journeys/"));
  const others = sorted.filter((path) => !path.includes("/journeys/"));
  // Each file is given to the process that is free first, as the runner does.
  const lanes = Array.from({ length: Math.max(1, count) }, (_, index): Lane => {
    const [first, afterwards] = index === 0 ? [journeys, others] : [others, journeys];
    return { first, afterwards, seconds: 0 };
  });
  return paths.flatMap(() => {
    const lane = lanes.reduce((free, one) => (one.seconds < free.seconds ? one : free));
    const path = lane.first.shift() ?? lane.afterwards.shift();
    if (path === undefined) return [];
    lane.seconds += secondsOf(path);
    return [path];
  });
}
