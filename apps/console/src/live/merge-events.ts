import type { TaskEvent } from "@valet/contracts";

/**
 * One application's events by their numbers, each once, whatever came twice or late. A log that begins again
 * (`seq` 1 of something else) replaces what was known.
 */
export function mergeEvents(
  known: readonly TaskEvent[],
  incoming: readonly TaskEvent[],
): readonly TaskEvent[] {
  const last = known.at(-1)?.seq ?? 0;
  const isInOrder = incoming.every(({ seq }, index) => seq === last + 1 + index);
  if (isInOrder) return incoming.length === 0 ? known : [...known, ...incoming];
  const bySeq = new Map([...known, ...incoming].map((event) => [event.seq, event]));
  return [...bySeq.values()].toSorted((one, other) => one.seq - other.seq);
}
