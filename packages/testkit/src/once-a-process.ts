declare global {
  // The environment that closes them has a copy of this module of its own.
  var valetTestClosers: (() => Promise<void>)[] | undefined;
}

/**
 * For what is dear to open and may serve many test files: opened when first asked for, the same for
 * all files of a test process, and closed after the last of them, by nobody else.
 */
export function onceAProcess<T extends { readonly close: () => Promise<void> }>(
  open: () => Promise<T>,
): () => Promise<T> {
  const start = async (): Promise<T> => {
    const opened = await open();
    (globalThis.valetTestClosers ??= []).push(() => opened.close());
    return opened;
  };
  let started: Promise<T> | undefined;
  return () => (started ??= start());
}

/** In reverse order of their opening. */
export async function closeWhatWasOpened(): Promise<void> {
  const closers = globalThis.valetTestClosers?.splice(0) ?? [];
  for (const close of closers.toReversed()) await close();
}
