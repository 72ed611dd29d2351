import type {
  ArmedSubmission,
  GateAnswer,
  GateCommand,
  Press,
  PressGrant,
  RequestGate,
} from "@valet/browser";
import { type SubmitPayload, ValetError } from "@valet/contracts";
import type { SessionMetrics } from "./create-session-metrics.ts";
import type { SessionRecords } from "./create-session-records.ts";

export interface GateOrdersDeps {
  readonly session: { readonly sessionId: string; readonly taskId: string };
  readonly gate: RequestGate;
  readonly latched: () => boolean;
  readonly records: Pick<
    SessionRecords,
    "maySubmit" | "maySubmitPress" | "recordAnswer" | "tellPress"
  >;
  readonly metrics: Pick<SessionMetrics, "decided" | "dispatched">;
  /** The fence of the person in control. */
  readonly inControl: () => number | undefined;
  /** The person in control has sent the application. */
  readonly onSent: () => void;
}

/** What the gate of one session is told: by the holder of its fence, and by a person who presses. */
export interface GateOrders {
  /** `held`: the fence of who orders, which is the newest. Throws ValetError `NO_OPEN_STEP`. */
  obey(held: number, order: GateCommand): GateAnswer;
  /** Nothing that was armed leaves any more. */
  withdraw(): void;
  /** From here on a person is in control, and what they press is passed on to be read. */
  watchPresses(): void;
  endPresses(): void;
  /** What the person in control pressed last. Throws ValetError `NO_OPEN_STEP`. */
  lastPress(): Omit<PressGrant, "relayUrl">;
}

export function createGateOrders(deps: GateOrdersDeps): GateOrders {
  const { session, gate, latched, records, metrics, inControl, onSent } = deps;
  const { sessionId } = session;
  let rehearsed: SubmitPayload | undefined;
  /** Of the person in control: what they pressed last, and the gate kept. */
  let press: Press | undefined;

  function onPress(pressed: Press): void {
    press = pressed;
    records.tellPress(session);
  }

  /** Asks the database about the very request that is held, and says how long that took. */
  function armFor({
    intentId,
    form,
    mayLeave,
  }: {
    readonly intentId: string;
    readonly form: ArmedSubmission["form"];
    readonly mayLeave: ArmedSubmission["maySubmit"];
  }): void {
    const armedAt = performance.now();
    gate.arm({
      form,
      maySubmit: async (request) => {
        const heldAt = performance.now();
        const may = await mayLeave(request);
        const now = performance.now();
        metrics.decided(now - heldAt);
        if (may) metrics.dispatched(now - armedAt);
        return may;
      },
      onAnswer: (answer) =>
        records.recordAnswer({
          intentId,
          answer: { ...answer, latched: latched() },
        }),
    });
  }

  function command(held: number, order: GateCommand): void {
    switch (order.do) {
      case "learn":
        return gate.learn(order.values);
      case "permit":
        return gate.permit(order.permit);
      case "end_permit":
        return gate.permit(undefined);
      case "disarm":
        return gate.disarm();
      case "rehearse":
        rehearsed = undefined;
        return gate.arm({
          form: order.form,
          // The way an application goes, up to the one decision that would let it leave.
          maySubmit: async ({ payload }) => {
            rehearsed = payload();
            return false;
          },
          onAnswer: () => {},
        });
      case "arm": {
        const { intentId, form } = order;
        return armFor({
          intentId,
          form,
          mayLeave: ({ digest: requestDigest }) =>
            records.maySubmit({ intentId, sessionId, fence: held, requestDigest }),
        });
      }
      case "arm_for_press": {
        const { intentId, form } = order;
        if (inControl() !== held || press?.pressDigest !== order.pressDigest) throw noPress();
        return armFor({
          intentId,
          form,
          mayLeave: async ({ digest: requestDigest, pressDigest }) => {
            const attempt = { intentId, sessionId, fence: held, requestDigest };
            const may = await records.maySubmitPress({ ...attempt, pressDigest: pressDigest() });
            // Once it has left: Valet looks what becomes of it, before anybody leaves the page.
            if (may) setImmediate(onSent);
            return may;
          },
        });
      }
    }
  }

  return {
    obey(held, order) {
      command(held, order);
      return { ...gate.report(), ...(rehearsed === undefined ? {} : { rehearsed }) };
    },
    withdraw() {
      gate.disarm();
      rehearsed = undefined;
    },
    watchPresses: () => gate.watchPresses(onPress),
    endPresses() {
      gate.watchPresses(undefined);
      press = undefined;
    },
    lastPress() {
      const fence = inControl();
      if (fence === undefined || press === undefined) throw noPress();
      return { fence, ...press };
    },
  };
}

function noPress(): ValetError {
  return new ValetError(
    "NO_OPEN_STEP",
    "Nobody in control of this browser has pressed that, or they have gone on since. Nothing was sent.",
  );
}
