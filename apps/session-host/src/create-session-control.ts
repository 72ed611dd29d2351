import { type LiveEnding, ValetError } from "@valet/contracts";

/** When a person's control ends by itself; all in milliseconds. */
export interface ControlLimits {
  /** Without a key or a movement of the pointer. */
  readonly idleMs: number;
  /** In all. */
  readonly limitMs: number;
  /** Without a connection: a closed laptop must not keep the application waiting for long. */
  readonly absentMs: number;
}

/**
 * A person's control of one browser, held by one window at a time.
 *
 * States: `free` → `taking` (`reserve`) → `held` (`grant`) → `free` (`end`: handed back, no input for
 * `idleMs`, `limitMs` over, no connection for `absentMs`, or the session is over).
 * While it is `taking` or `held`, other windows are refused; while it is `held`, input passes.
 */
export interface SessionControl {
  /**
   * Keeps other windows out from now on; `undefined` when this window has control already.
   *
   * @throws ValetError `CONTROL_TAKEN`.
   */
  reserve(control: string): Reservation | undefined;
  /** Whether this window has control now. */
  holds(control: string): boolean;
  /** Of whoever has control now. */
  fence(): number | undefined;
  /** When they took it. */
  since(): Date | undefined;
  /** The person did something. */
  touch(): void;
  /** This window is connected until what is returned is called. */
  connect(control: string): () => void;
  end(ending: LiveEnding): void;
}

export interface Reservation {
  /** It has the fence, and nothing of automation is on its way any more. */
  grant(fence: number): void;
  /** It came to nothing. */
  giveUp(): void;
}

export interface SessionControlDeps {
  readonly limits: ControlLimits;
  /** Somebody has control from now on. */
  readonly onGrant: () => void;
  /** Control has ended; who had it is to be cut, and workers may come in again. */
  readonly onEnd: (ended: Held, ending: LiveEnding) => void;
}

export interface Held {
  readonly control: string;
  readonly fence: number;
  readonly since: Date;
}

export function createSessionControl({
  limits,
  onGrant,
  onEnd,
}: SessionControlDeps): SessionControl {
  let taking: string | undefined;
  let held: Held | undefined;
  let connections = 0;
  let timers: Partial<Record<"idle" | "limit" | "absent", NodeJS.Timeout>> = {};

  function startTimer(name: keyof typeof timers, afterMs: number, ending: LiveEnding): void {
    clearTimeout(timers[name]);
    timers[name] = setTimeout(() => end(ending), afterMs).unref();
  }

  function end(ending: LiveEnding): void {
    for (const timer of Object.values(timers)) clearTimeout(timer);
    timers = {};
    const ended = held;
    held = undefined;
    connections = 0;
    if (ended !== undefined) onEnd(ended, ending);
  }

  return {
    reserve(control) {
      if (held?.control === control) return undefined;
      if (held !== undefined || taking !== undefined) throw takenByAnotherWindow();
      taking = control;
      return {
        grant(fence) {
          taking = undefined;
          held = { control, fence, since: new Date() };
          startTimer("idle", limits.idleMs, "idle");
          startTimer("limit", limits.limitMs, "time_limit");
          startTimer("absent", limits.absentMs, "idle");
          onGrant();
        },
        giveUp: () => (taking = undefined),
      };
    },
    holds: (control) => held?.control === control,
    fence: () => held?.fence,
    since: () => held?.since,
    touch() {
      if (held !== undefined) timers.idle?.refresh();
    },
    connect(control) {
      const mine = held;
      if (mine?.control !== control) throw takenByAnotherWindow();
      connections += 1;
      clearTimeout(timers.absent);
      return () => {
        if (held !== mine) return;
        connections -= 1;
        if (connections === 0) startTimer("absent", limits.absentMs, "idle");
      };
    },
    end,
  };
}

export function takenByAnotherWindow(): ValetError {
  return new ValetError(
    "CONTROL_TAKEN",
    "Another window controls this browser, or control has ended, so this one can only look on. Hand it back there, or wait until it has been idle for a while.",
  );
}

/** For a worker that wants the browser. */
export function heldByPerson(sessionId: string): ValetError {
  return new ValetError(
    "CONTROL_TAKEN",
    "A person controls this browser now, so nothing is done in it. Valet goes on when it is handed back.",
    { sessionId },
  );
}
