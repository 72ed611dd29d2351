import { ValetError } from "@valet/contracts";

export interface StreamSlots {
  /**
   * Takes one of the person's streams; what it returns gives it back.
   *
   * @throws ValetError `TOO_MANY_STREAMS`.
   */
  readonly take: (userId: string) => () => void;
}

/** How many live streams one person may hold open at this server, so that nobody takes all of it. */
export function createStreamSlots(most: number): StreamSlots {
  const taken = new Map<string, number>();
  return {
    take(userId) {
      const count = taken.get(userId) ?? 0;
      if (count >= most) {
        throw new ValetError(
          "TOO_MANY_STREAMS",
          `You have ${most} live streams open, as many as one person may have. Close some, or follow all your applications in one (GET /stream).`,
          { most },
        );
      }
      taken.set(userId, count + 1);
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        const left = (taken.get(userId) ?? 1) - 1;
        if (left === 0) taken.delete(userId);
        else taken.set(userId, left);
      };
    },
  };
}
