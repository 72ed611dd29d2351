/** 0 done, 1 failed or cancelled, 2 wrong usage, 3 waits for a person. Part of the contract. */
export const exitCodes = { done: 0, failed: 1, usage: 2, waits: 3 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
