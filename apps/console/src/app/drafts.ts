/** What somebody typed and did not save yet, with what was saved when they began. */
export interface Draft<T> {
  readonly typed: T;
  readonly savedThen: T;
}

/** Those of one kind of form, each by what it is about. */
export interface Drafts<T> {
  readonly read: (key: string) => Draft<T> | undefined;
  readonly write: (key: string, draft: Draft<T>) => void;
  readonly forget: (key: string) => void;
  /** Tells of every change of them. Gives how to stop. */
  readonly onChange: (listener: () => void) => () => void;
}

interface Kind {
  readonly count: () => number;
  readonly forgetAll: () => void;
}

const kinds = new Set<Kind>();
let owner: string | undefined;

/**
 * A login that ends, or a look at another page, loses nothing that stands here. It stands in memory alone: what a
 * person types of themselves goes into no storage of the browser.
 */
export function createDrafts<T>(): Drafts<T> {
  const kept = new Map<string, Draft<T>>();
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  kinds.add({
    count: () => kept.size,
    forgetAll() {
      kept.clear();
      tell();
    },
  });
  return {
    read: (key) => kept.get(key),
    write(key, draft) {
      kept.set(key, draft);
      tell();
    },
    forget(key) {
      if (kept.delete(key)) tell();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

export function hasDrafts(): boolean {
  return [...kinds].some(({ count }) => count() > 0);
}

export function forgetDrafts(): void {
  for (const { forgetAll } of kinds) forgetAll();
}

/** Nobody finds what another person typed in this window. */
export function keepDraftsOf(personId: string): void {
  if (!isDraftOwner(personId)) forgetDrafts();
  owner = personId;
}

/** Also where nobody is known yet: there is nothing of anybody then. */
export function isDraftOwner(personId: unknown): boolean {
  return owner === undefined || owner === personId;
}

/** Whether two values of a form are the same; they are plain, and their members in one order. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
