/** Reads at most once in `ms`, however many ask; who asks meanwhile gets what was read. */
export function keptFor<T>(
  ms: number,
  read: () => Promise<T>,
  now: () => number = () => performance.now(),
): () => Promise<T> {
  let kept: { readonly at: number; readonly value: Promise<T> } | undefined;
  return () => {
    if (kept === undefined || now() - kept.at >= ms) kept = { at: now(), value: read() };
    return kept.value;
  };
}
