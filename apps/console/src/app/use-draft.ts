import { useCallback, useSyncExternalStore } from "react";
import { type Drafts, isSame } from "./drafts.ts";

export interface OpenDraft<T> {
  /** As it is typed, else as it is saved. */
  readonly value: T;
  readonly change: (how: (before: T) => T) => void;
  readonly forget: () => void;
  readonly isUnsaved: boolean;
  /** Something else was saved elsewhere after this was begun. */
  readonly isOvertaken: boolean;
}

export interface UseDraftInput<T> {
  readonly drafts: Drafts<T>;
  readonly key: string;
  readonly saved: T;
}

/** The state of a form that outlives its page. */
export function useDraft<T>({ drafts, key, saved }: UseDraftInput<T>): OpenDraft<T> {
  const draft = useSyncExternalStore(drafts.onChange, () => drafts.read(key));
  const change = useCallback(
    (how: (before: T) => T) => {
      const { typed: before = saved, savedThen = saved } = drafts.read(key) ?? {};
      const typed = how(before);
      if (isSame(typed, saved)) drafts.forget(key);
      else drafts.write(key, { typed, savedThen });
    },
    [drafts, key, saved],
  );
  const forget = useCallback(() => drafts.forget(key), [drafts, key]);
  return {
    value: draft?.typed ?? saved,
    change,
    forget,
    isUnsaved: draft !== undefined,
    isOvertaken:
      draft !== undefined && !isSame(draft.savedThen, saved) && !isSame(draft.typed, saved),
  };
}

/** Whether something stands there that is not saved yet. */
export function useHasDraft<T>(drafts: Drafts<T>, key: string): boolean {
  return useSyncExternalStore(drafts.onChange, () => drafts.read(key) !== undefined);
}
