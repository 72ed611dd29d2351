import { z } from "zod";
import type { CdpEvent, CdpParams } from "../cdp-message.ts";
import type { GateView } from "../session-host-protocol.ts";
import type { CdpConnection } from "../open-cdp-connection.ts";
import type { WatchedTarget } from "../watch-targets.ts";
import { type GatePolicy, closedPolicy } from "./gate-policy.ts";
import {
  type ApprovedForm,
  type GatePermit,
  type GateState,
  type RefusalReason,
  type ReleasedRequest,
  judgeRequest,
} from "./judge-request.ts";
import { type Press, looksLikeApplication, pressOf } from "./press.ts";
import { withoutSockets } from "./without-sockets.ts";
import { type PausedRequest, readHeldRequest } from "./read-held-request.ts";

/** What the browser saw of the answer to the application. */
export interface SubmitAnswer {
  /** Of the last answer; null when there was none. */
  readonly status: number | null;
  /** Chromium's reason when there was none, such as `net::ERR_EMPTY_RESPONSE`. */
  readonly failed: string | null;
  /** How many redirects led to it. */
  readonly redirects: number;
}

export interface GateInput {
  /** A request is held until the database has said whether it may leave. */
  readonly onDeciding?: () => void;
  /** It was released, or the browser has heard that it was not. */
  readonly onDecided?: () => void;
  /** Called while the request is still held, before it is released. What it throws keeps it here. */
  readonly onRelease: (url: string) => void;
  /** The browser knows what became of what was released. */
  readonly onSettled: () => void;
  readonly onRefusal: (refusal: {
    readonly why: RefusalReason;
    readonly resourceType: string;
  }) => void;
}

export interface ArmedSubmission {
  readonly form: ApprovedForm;
  /** Whether this very request may leave, asked once at most. A failure counts as no. */
  readonly maySubmit: (
    request: Pick<PausedRequest, "digest" | "payload" | "pressDigest">,
  ) => Promise<boolean>;
  /** Told once what came of the released request. */
  readonly onAnswer: (answer: SubmitAnswer) => void;
}

/**
 * Stands between everything in a browser and the network, whoever drives it. A request that changes
 * something is refused or released at once, never parked: a form's POST that is left paused freezes the
 * page for everybody.
 */
export interface RequestGate {
  /** What a target needs before it may run. */
  prepare(connection: CdpConnection, target: WatchedTarget): Promise<unknown>;
  onEvent(connection: CdpConnection, event: CdpEvent): void;
  usePolicy(policy: GatePolicy): void;
  /** What was entered for the person; kept in memory alone, to know it again in a request. */
  learn(values: readonly string[]): void;
  /** Until it is ended with `undefined`, and only while nothing is armed. */
  permit(permit: GatePermit | undefined): void;
  arm(submission: ArmedSubmission): void;
  /** From here on nothing may leave until it is armed anew. A request being decided on is kept, too. */
  disarm(): void;
  /** From here on `onPress` hears of everything that looks like an application and was kept; `undefined` ends that. */
  watchPresses(onPress: ((press: Press) => void) | undefined): void;
  report(): GateView;
}

/** As many as the longest form has. */
const mostValues = 2_000;

export function createRequestGate(input: GateInput): RequestGate {
  let policy = closedPolicy;
  let state: GateState = { kind: "closed" };
  let armed: ArmedSubmission | undefined;
  let answer: AnswerWatch | undefined;
  const values = new Set<string>();
  let refused = 0;
  let lastRefusal: RefusalReason | undefined;
  let onPress: ((press: Press) => void) | undefined;

  const knowledge = () => ({ policy, values: [...values] });

  function refuse(connection: CdpConnection, held: Held, why: RefusalReason): Promise<void> {
    refused += 1;
    lastRefusal = why;
    // "Aborted" leaves a form's page and all its values where they are.
    const { requestId } = held.request;
    const params = { requestId, errorReason: "Aborted" };
    const heard = answerChromium(connection, held, "Fetch.failRequest", params);
    input.onRefusal({ why, resourceType: held.request.resourceType });
    if (why !== "already_sent" && looksLikeApplication(held.request, knowledge())) {
      onPress?.(pressOf(held.request.payload()));
    }
    return heard;
  }

  async function decide(connection: CdpConnection, held: Held): Promise<void> {
    input.onDeciding?.();
    try {
      await decideHeld(connection, held);
    } finally {
      input.onDecided?.();
    }
  }

  async function decideHeld(connection: CdpConnection, held: Held): Promise<void> {
    const submission = armed;
    const deciding: GateState = { kind: "deciding" };
    state = deciding;
    const isAllowed = await mayLeave(submission, held);
    // Whoever disarmed or armed anew meanwhile has decided against this one.
    if (!isAllowed || state !== deciding || submission === undefined) {
      if (state === deciding) state = { kind: "closed" };
      await refuse(connection, held, "not_approved");
      return;
    }
    try {
      release(connection, held, submission);
    } catch {
      state = { kind: "closed" };
      await refuse(connection, held, "not_approved");
    }
  }

  function release(connection: CdpConnection, held: Held, submission: ArmedSubmission): void {
    const { networkId, method, url } = held.request;
    const released: ReleasedRequest = { networkId, method, url };
    state = { kind: "spent", released };
    answer = watchAnswer(held, (seen) => {
      answer = undefined;
      input.onSettled();
      submission.onAnswer(seen);
    });
    letGo(connection, held);
  }

  function letGo(connection: CdpConnection, held: Held): void {
    input.onRelease(held.request.url);
    void answerChromium(connection, held, "Fetch.continueRequest", {
      requestId: held.request.requestId,
    });
  }

  function onPaused(connection: CdpConnection, { params, sessionId }: CdpEvent): void {
    const request = readHeldRequest(params);
    // What cannot be read stays paused: it can neither be judged nor let go.
    if (request === undefined || sessionId === undefined) return;
    const held: Held = { request, sessionId };
    const verdict = judgeRequest(request, state, knowledge());
    switch (verdict.kind) {
      case "pass":
        void answerChromium(connection, held, "Fetch.continueRequest", {
          requestId: request.requestId,
        });
        return;
      case "continued":
        letGo(connection, held);
        return;
      case "refuse":
        void refuse(connection, held, verdict.why);
        return;
      case "submit":
        void decide(connection, held);
    }
  }

  return {
    async prepare(connection, { sessionId, type }) {
      const call = (method: string, params: CdpParams = {}) =>
        connection.call(method, params, sessionId);
      const isFrame = type === "page" || type === "iframe";
      const orders = isFrame
        ? [
            call("Fetch.enable", { patterns: heldPatterns }),
            // A script of the site's would stand between the page and the gate, and send for it later.
            call("Network.setBypassServiceWorker", { bypass: true }),
            call("Page.enable"),
            call("Page.addScriptToEvaluateOnNewDocument", {
              source: withoutSockets,
              runImmediately: true,
            }),
          ]
        : [
            call("Fetch.enable", { patterns: heldPatterns }).catch(ignoreUnheld),
            call("Runtime.evaluate", { expression: withoutSockets }),
          ];
      await Promise.all(orders);
    },
    onEvent(connection, event) {
      if (event.method === "Fetch.requestPaused") onPaused(connection, event);
      else answer?.onEvent(event);
    },
    usePolicy(next) {
      policy = next;
    },
    learn(entered) {
      for (const value of entered) if (values.size < mostValues) values.add(value);
    },
    permit(next) {
      if (state.kind === "closed") state = { kind: "closed", permit: next };
    },
    arm(submission) {
      armed = submission;
      state = { kind: "armed", form: submission.form };
    },
    disarm() {
      armed = undefined;
      if (state.kind !== "spent") state = { kind: "closed" };
    },
    watchPresses(listener) {
      onPress = listener;
    },
    report: () => ({
      state: state.kind,
      refused,
      ...(lastRefusal === undefined ? {} : { lastRefusal }),
    }),
  };
}

/**
 * All that can change something, and whatever else carries a query: a form may send itself as a GET. Styles,
 * fonts and pictures without one pass without a stop.
 */
const heldPatterns = [
  ...["Document", "XHR", "Fetch", "Ping", "Other", "EventSource", "CSPViolationReport"].map(
    (resourceType) => ({ urlPattern: "*", resourceType }),
  ),
  { urlPattern: "*\\?*" },
];

/** What a plain worker asks for is held with its page, so it has no gate of its own. */
function ignoreUnheld(error: unknown): void {
  if (!(error instanceof Error) || !/wasn't found/u.test(String(error.cause))) throw error;
}

/** A failure is a no to this request, and says nothing of what was armed since. */
async function mayLeave(
  submission: ArmedSubmission | undefined,
  { request }: Held,
): Promise<boolean> {
  try {
    return (await submission?.maySubmit(request)) ?? false;
  } catch {
    return false;
  }
}

interface Held {
  readonly request: PausedRequest;
  readonly sessionId: string;
}

/** A target may have gone meanwhile, and its request with it. */
function answerChromium(
  connection: CdpConnection,
  { sessionId }: Held,
  method: "Fetch.continueRequest" | "Fetch.failRequest",
  params: Readonly<Record<string, string>>,
): Promise<void> {
  return connection.call(method, params, sessionId).then(ignoreAnswer, ignoreAnswer);
}

function ignoreAnswer(): void {
  // Heard, or gone with its target. Whoever lost the whole connection has been told before.
}

interface AnswerWatch {
  onEvent(event: CdpEvent): void;
}

/**
 * Follows the released request through its redirects to its answer, by Chromium's `Network` events. Once
 * `onAnswer` was called it is to be given no further event.
 */
function watchAnswer(held: Held, onAnswer: (answer: SubmitAnswer) => void): AnswerWatch {
  const { networkId } = held.request;
  let redirects = 0;
  const end = (answer: Omit<SubmitAnswer, "redirects">): void => onAnswer({ ...answer, redirects });
  return {
    onEvent({ method, params }) {
      if (params.requestId !== networkId) return;
      if (method === "Network.requestWillBeSent" && params.redirectResponse !== undefined) {
        redirects += 1;
      }
      if (method === "Network.responseReceived") {
        const received = Received.safeParse(params);
        if (received.success) end({ status: received.data.response.status, failed: null });
      }
      if (method === "Network.loadingFailed") {
        const { errorText } = params;
        end({ status: null, failed: typeof errorText === "string" ? errorText : "unknown" });
      }
    },
  };
}

const Received = z.object({ response: z.object({ status: z.number().int() }) });
