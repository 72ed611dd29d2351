/** Where fence numbers come from. One session's numbers only ever grow. */
export interface Fences {
  /** Takes the next number for `owner`, who thereby replaces whoever held the last one. */
  take(sessionId: string, owner: string): Promise<number>;
}

/** Numbers that live as long as this process, as its sessions do. */
export function createMemoryFences(): Fences {
  const last = new Map<string, number>();
  return {
    async take(sessionId) {
      const fence = (last.get(sessionId) ?? 0) + 1;
      last.set(sessionId, fence);
      return fence;
    },
  };
}
