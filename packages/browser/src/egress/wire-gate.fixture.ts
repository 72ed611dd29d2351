import { z } from "zod";
import type { CdpEvent } from "../cdp-message.ts";
import type { CdpPipe } from "../create-cdp-pipe.ts";
import { type CdpConnection, openCdpConnection } from "../open-cdp-connection.ts";
import { watchTargets } from "../watch-targets.ts";
import type { EgressProxy } from "./create-egress-proxy.ts";

export interface WireGate {
  /** Begins anew: the next request that changes something is the submission. */
  reset(): void;
  /** Whether the submission was answered or has failed. */
  isOver(): boolean;
  /** The status of its answer, or why there is none. */
  outcome(): string;
  readonly connection: CdpConnection;
  /** The session of a target, once everything about it is held or seen. */
  sessionOf(targetId: string): string | undefined;
}

export interface WireGateInput {
  readonly pipe: CdpPipe;
  /** Without it nothing is held or refused: the gate only looks. */
  readonly proxy?: EgressProxy | undefined;
  /** Called for the submission in place of its release, once it is held. */
  readonly onHeld?: () => void;
}

interface Submission {
  readonly networkId: string;
  readonly origin: string;
}

/**
 * As small as a gate can be: it releases the first request that is not GET, HEAD or OPTIONS, and its
 * repeats by a redirect within the same origin, and refuses all others.
 */
export async function openWireGate({ pipe, proxy, onHeld }: WireGateInput): Promise<WireGate> {
  let submission: Submission | undefined;
  let outcome: string | undefined;

  const sessions = new Map<string, string>();
  const watch = watchTargets(async (connection, { sessionId, targetId }) => {
    await Promise.all([
      connection.call("Network.enable", {}, sessionId),
      ...(proxy === undefined ? [] : [connection.call("Fetch.enable", {}, sessionId)]),
    ]);
    sessions.set(targetId, sessionId);
  });

  function onPaused(paused: z.infer<typeof Paused>, sessionId: string | undefined): void {
    const { requestId, request } = paused;
    const networkId = paused.networkId ?? requestId;
    const { origin } = new URL(request.url);
    const isTheSame = submission?.networkId === networkId && submission.origin === origin;
    const changes = !safeMethods.has(request.method);
    if (changes && submission !== undefined && !isTheSame) {
      const refusal = { requestId, errorReason: "Aborted" };
      connection.call("Fetch.failRequest", refusal, sessionId).catch(ignoreGone);
      return;
    }
    if (changes) {
      submission = { networkId, origin };
      proxy?.beginSubmission(origin);
      if (onHeld !== undefined) {
        onHeld();
        return;
      }
    } else if (isTheSame) proxy?.endSubmission();
    connection.call("Fetch.continueRequest", { requestId }, sessionId).catch(ignoreGone);
  }
  function onEnd(requestId: unknown, how: string): void {
    if (requestId !== submission?.networkId || outcome !== undefined) return;
    outcome = how;
    proxy?.endSubmission();
  }
  function onEvent(event: CdpEvent): void {
    watch.onEvent(event);
    const { method, params, sessionId } = event;
    if (method === "Fetch.requestPaused") onPaused(Paused.parse(params), sessionId);
    if (method === "Network.requestWillBeSent" && proxy === undefined) {
      const { requestId, request } = Sent.parse(params);
      if (!safeMethods.has(request.method)) submission ??= { networkId: requestId, origin: "" };
    }
    if (method === "Network.responseReceived") {
      onEnd(params["requestId"], String(Received.parse(params).response.status));
    }
    if (method === "Network.loadingFailed") {
      onEnd(params["requestId"], Failed.parse(params).errorText);
    }
  }

  const connection = await openCdpConnection({ pipe, onEvent });
  await watch.start(connection);
  return {
    connection,
    sessionOf: (targetId) => sessions.get(targetId),
    reset() {
      submission = undefined;
      outcome = undefined;
    },
    isOver: () => outcome !== undefined,
    outcome: () => outcome ?? "none",
  };
}

const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

const Request = z.object({ url: z.string(), method: z.string() });
const Paused = z.object({
  requestId: z.string(),
  networkId: z.string().optional(),
  request: Request,
});
const Sent = z.object({ requestId: z.string(), request: Request });
const Received = z.object({ response: z.object({ status: z.number() }) });
const Failed = z.object({ errorText: z.string() });

function ignoreGone(): void {
  // Targets come and go.
}
