import { createHash } from "node:crypto";
import type { CdpConnection, RequestGate } from "@valet/browser";

/** What a page may try to send. */
export type Sending = "application" | "elsewhere" | "reading";
/** How the site answers an application. */
export type SiteAnswer = "stores" | "dies" | "moves" | "moves away";

export const site = "https://jobs.example.com";
const addresses: Readonly<Record<Sending, readonly [method: string, url: string]>> = {
  application: ["POST", `${site}/apply`],
  elsewhere: ["POST", "https://collector.example.net/in"],
  reading: ["GET", `${site}/places`],
};

interface Paused {
  readonly sending: Sending;
  readonly digest: string;
  readonly networkId: string;
  readonly url: string;
  readonly answer: SiteAnswer;
  /** Of the request whose redirect this is. */
  readonly follows: string | undefined;
  readonly outcomes: ("continued" | "failed")[];
}

export interface Released {
  readonly digest: string;
  readonly url: string;
  readonly isRedirected: boolean;
  readonly answer: SiteAnswer;
}

export interface GuardedPage {
  send(sending: Sending, answer: SiteAnswer): void;
  /** Requests that were not answered exactly once, or not as their kind demands. */
  faults(): string[];
}

export interface GuardedPageInput {
  readonly gate: RequestGate;
  readonly deliver: (label: string) => Promise<void>;
  /** An application leaves. */
  readonly onReleased: (released: Released) => void;
}

/** A page behind the gate, as Chromium speaks of it: in memory, over a connection of its own. */
export function createGuardedPage({ gate, deliver, onReleased }: GuardedPageInput): GuardedPage {
  const all = new Map<string, Paused>();

  function pause(paused: Paused): void {
    const requestId = `request-${all.size}`;
    all.set(requestId, paused);
    const [method] = addresses[paused.sending];
    gate.onEvent(connection, {
      method: "Fetch.requestPaused",
      sessionId: "page",
      params: {
        requestId,
        networkId: paused.networkId,
        ...(paused.follows === undefined ? {} : { redirectedRequestId: paused.follows }),
        resourceType: "Document",
        request: {
          method,
          url: paused.url,
          ...(method === "GET" ? {} : { postData: paused.networkId }),
        },
      },
    });
  }

  function tell(method: string, params: Readonly<Record<string, unknown>>): void {
    gate.onEvent(connection, { method, sessionId: "page", params });
  }

  async function answer(requestId: string, { networkId, answer: how, digest, url }: Paused) {
    await deliver(`the site ${how}`);
    if (how === "dies") {
      tell("Network.loadingFailed", { requestId: networkId, errorText: "net::ERR_EMPTY_RESPONSE" });
    } else if (how === "stores") {
      tell("Network.responseReceived", { requestId: networkId, response: { status: 200 } });
    } else {
      tell("Network.requestWillBeSent", { requestId: networkId, redirectResponse: {} });
      const to = how === "moves" ? `${url}/again` : "https://elsewhere.example.net/apply";
      pause({
        sending: "application",
        digest,
        networkId,
        url: to,
        answer: "stores",
        follows: requestId,
        outcomes: [],
      });
    }
  }

  const connection: CdpConnection = {
    async call(method, { requestId = "" } = {}) {
      const paused = all.get(String(requestId));
      if (paused !== undefined) {
        const isContinued = method === "Fetch.continueRequest";
        paused.outcomes.push(isContinued ? "continued" : "failed");
        if (isContinued && paused.sending === "application") {
          onReleased({ ...paused, isRedirected: paused.follows !== undefined });
          void answer(String(requestId), paused);
        }
      }
      await deliver(`Chromium hears ${method}`);
      return {};
    },
    close: () => undefined,
  };

  return {
    send(sending, how) {
      const [method, url] = addresses[sending];
      const networkId = `network-${all.size}`;
      const body = method === "GET" ? "" : networkId;
      const digest = createHash("sha256").update(`${method} ${url}\n${body}`).digest("hex");
      pause({ sending, digest, networkId, url, answer: how, follows: undefined, outcomes: [] });
    },
    faults: () =>
      [...all].flatMap(([id, paused]) => {
        const outcome = paused.outcomes.join(" and ");
        if (paused.outcomes.length !== 1) return [`${id} was answered: ${outcome || "never"}`];
        const wanted = { application: outcome, elsewhere: "failed", reading: "continued" };
        return outcome === wanted[paused.sending] ? [] : [`${paused.sending} was ${outcome}`];
      }),
  };
}
