import type {
  GateAnswer,
  GateCommand,
  GatePermit,
  GateView,
  SessionHostClient,
} from "@valet/browser";
import type { FieldValue, PlannedField, SubmitPayload } from "@valet/contracts";

type Armed = Omit<Extract<GateCommand, { readonly do: "arm" }>, "do">;

type ArmedForPress = Omit<Extract<GateCommand, { readonly do: "arm_for_press" }>, "do">;

/**
 * The gate of a session's browser, as the holder of its fence speaks to it. Every method throws `FENCED`
 * once somebody else has taken over.
 */
export interface SessionGate {
  /** What is about to be entered, so that the gate knows the person's values when it sees them. */
  learn(plan: readonly PlannedField[], signal: AbortSignal): Promise<void>;
  /** Lets the page send what `permit` is about for as long as the work lasts, and no application. */
  during<T>(permit: GatePermit, work: () => Promise<T>, signal: AbortSignal): Promise<T>;
  arm(armed: Armed, signal: AbortSignal): Promise<void>;
  /** For the press of the person in control, whose fence this is. */
  armForPress(armed: ArmedForPress, signal: AbortSignal): Promise<void>;
  /** Whatever `work` makes this form send is kept and returned; undefined where it sent nothing of the kind. */
  rehearse(
    form: Armed["form"],
    work: () => Promise<void>,
    signal: AbortSignal,
  ): Promise<SubmitPayload | undefined>;
  disarm(signal: AbortSignal): Promise<void>;
  view(signal: AbortSignal): Promise<GateView>;
}

export interface SessionGateInput {
  readonly host: SessionHostClient;
  readonly sessionId: string;
  readonly taskId: string;
  readonly userId: string;
  readonly fence: number;
}

export function createSessionGate({
  host,
  sessionId,
  taskId,
  userId,
  fence,
}: SessionGateInput): SessionGate {
  const tell = (command: GateCommand, signal: AbortSignal): Promise<GateAnswer> =>
    host.commandGate(sessionId, { taskId, userId, fence, command }, signal);
  return {
    async learn(plan, signal) {
      const values = plan.flatMap(({ action, value }) => (action === "fill" ? textsOf(value) : []));
      if (values.length > 0) await tell({ do: "learn", values }, signal);
    },
    async during(permit, work, signal) {
      await tell({ do: "permit", permit }, signal);
      try {
        return await work();
      } finally {
        // A gate that cannot be reached is closed with its session.
        await tell({ do: "end_permit" }, signal).catch(() => undefined);
      }
    },
    async arm(armed, signal) {
      await tell({ do: "arm", ...armed }, signal);
    },
    async armForPress(armed, signal) {
      await tell({ do: "arm_for_press", ...armed }, signal);
    },
    async rehearse(form, work, signal) {
      await tell({ do: "rehearse", form }, signal);
      await work();
      return (await tell({ do: "disarm" }, signal)).rehearsed;
    },
    async disarm(signal) {
      await tell({ do: "disarm" }, signal);
    },
    async view(signal) {
      return (await host.getSession(sessionId, signal)).gate;
    },
  };
}

function textsOf(value: FieldValue | null): string[] {
  return [value].flat().filter((one) => typeof one === "string");
}
