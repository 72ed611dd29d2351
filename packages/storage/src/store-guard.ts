import { ValetError } from "@valet/contracts";
import { assertObjectKey, storageUnavailable } from "./object-key.ts";
import { BodyFault } from "./write-body.ts";

export interface StoreGuard {
  /**
   * What every method stands behind: its key is checked where it has one, an abort throws its
   * reason, and other faults are what `faultOf` makes of them.
   */
  readonly guarded: <T>(
    key: string | undefined,
    signal: AbortSignal,
    work: () => Promise<T>,
  ) => Promise<T>;
  /** A fault of the driver as `STORAGE_UNAVAILABLE`; what is none, as it is. */
  readonly faultOf: (error: unknown) => unknown;
}

/** `reasonOf` gives the short code of a driver's fault, and `undefined` for what is none. */
export function createStoreGuard(reasonOf: (error: unknown) => string | undefined): StoreGuard {
  function faultOf(error: unknown): unknown {
    if (error instanceof BodyFault) return error.cause;
    if (error instanceof ValetError) return error;
    const reason = reasonOf(error);
    return reason === undefined ? error : storageUnavailable(reason, error);
  }
  return {
    faultOf,
    async guarded(key, signal, work) {
      if (key !== undefined) assertObjectKey(key);
      try {
        signal.throwIfAborted();
        return await work();
      } catch (error) {
        signal.throwIfAborted();
        throw faultOf(error);
      }
    },
  };
}
