/** Where the stack says what it does: a constant message, data in fields; never a secret. */
export type StackLog = (message: string, fields?: Readonly<Record<string, unknown>>) => void;

/** Environment variables as a process sees them. */
export type Env = Readonly<Record<string, string | undefined>>;
