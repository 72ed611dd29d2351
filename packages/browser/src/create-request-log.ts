import { z } from "zod";
import type { CdpEvent, CdpParams } from "./cdp-message.ts";
import { isSafeMethod } from "./is-safe-method.ts";
import { readRetryAfter } from "./read-retry-after.ts";
import type { DocumentRecord, RequestRecord } from "./request-record.ts";

const capacityByDefault = 100;

export interface RequestLogInput {
  /** The session's target id when the session is a page's: the id of its main frame. */
  readonly findPageFrame: (sessionId: string | undefined) => string | undefined;
  readonly capacity?: number;
}

export interface RequestLog {
  onEvent(event: CdpEvent): void;
  /** Oldest first, at most `capacity`. */
  entries(): RequestRecord[];
  document(): DocumentRecord | undefined;
}

/** Keeps what became of requests that may change something; reads `Network` events. */
export function createRequestLog({
  findPageFrame,
  capacity = capacityByDefault,
}: RequestLogInput): RequestLog {
  const log: RequestRecord[] = [];
  const open = new Map<string, RequestRecord>();
  /** Navigations of main frames under way, by request id. */
  const navigations = new Map<string, Navigation>();
  let lastDocument: DocumentRecord | undefined;

  function finish(requestId: string, change: { status?: number; failed?: string }): void {
    const record = open.get(requestId);
    if (record === undefined) return;
    Object.assign(record, change, { finishedAt: new Date().toISOString() });
    open.delete(requestId);
  }

  function onSent(event: z.infer<typeof Sent>, sessionId: string | undefined): void {
    const { requestId, loaderId, frameId, request, redirectResponse } = event;
    // A redirect goes on under the same id: its response ends the request that came before it.
    if (redirectResponse !== undefined) finish(requestId, { status: redirectResponse.status });
    const isNavigation = event.type === "Document" && requestId === loaderId;
    const url = withoutQuery(request.url);
    if (isNavigation && frameId !== undefined && frameId === findPageFrame(sessionId)) {
      navigations.set(requestId, { url, isAnswered: false });
    }
    if (isSafeMethod(request.method) || open.has(requestId)) return;
    const startedAt = new Date(event.wallTime * 1_000).toISOString();
    const record = { requestId, method: request.method, url, startedAt, isNavigation };
    open.set(requestId, record);
    log.push(record);
    if (log.length > capacity) {
      const dropped = log.shift();
      if (dropped !== undefined && open.get(dropped.requestId) === dropped) {
        open.delete(dropped.requestId);
      }
    }
  }

  function onResponse({ requestId, response }: z.infer<typeof Received>): void {
    const record = open.get(requestId);
    if (record !== undefined) record.status = response.status;
    const navigation = navigations.get(requestId);
    if (navigation === undefined) return;
    navigation.isAnswered = true;
    const retryAfterSeconds = readRetryAfter(response.headers ?? {}, Date.now());
    lastDocument = {
      url: navigation.url,
      status: response.status,
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    };
  }

  function onEnd(requestId: string, failed?: string): void {
    const navigation = navigations.get(requestId);
    navigations.delete(requestId);
    // A download or a "204 No Content" is answered, and then ends as aborted.
    if (navigation !== undefined && !navigation.isAnswered && failed !== undefined) {
      lastDocument = { url: navigation.url, failed };
    }
    finish(requestId, failed === undefined ? {} : { failed });
  }

  return {
    entries: () => log.map((record) => ({ ...record })),
    document: () => lastDocument,
    onEvent({ method, params, sessionId }) {
      if (method === "Network.requestWillBeSent") {
        read(Sent, params, (sent) => onSent(sent, sessionId));
      } else if (method === "Network.responseReceived") {
        read(Received, params, onResponse);
      } else if (method === "Network.loadingFinished") {
        read(Ended, params, (ended) => onEnd(ended.requestId));
      } else if (method === "Network.loadingFailed") {
        read(Failed, params, (ended) => onEnd(ended.requestId, ended.errorText));
      }
    },
  };
}

interface Navigation {
  readonly url: string;
  isAnswered: boolean;
}

const Sent = z.object({
  requestId: z.string(),
  loaderId: z.string(),
  frameId: z.string().optional(),
  type: z.string().optional(),
  /** Seconds since 1970. */
  wallTime: z.number(),
  request: z.object({ url: z.string(), method: z.string() }),
  redirectResponse: z.object({ status: z.number() }).optional(),
});

const Received = z.object({
  requestId: z.string(),
  response: z.object({
    status: z.number(),
    headers: z.record(z.string(), z.string()).optional(),
  }),
});

const Ended = z.object({ requestId: z.string() });

const Failed = z.object({ requestId: z.string(), errorText: z.string() });

/** An event in a form we do not know is left out: one browser's oddity must not end the others. */
function read<Output>(
  schema: z.ZodType<Output>,
  params: CdpParams,
  use: (value: Output) => void,
): void {
  const parsed = schema.safeParse(params);
  if (parsed.success) use(parsed.data);
}

function withoutQuery(address: string): string {
  const url = URL.parse(address);
  return url === null || url.origin === "null"
    ? `${url?.protocol ?? ""}…`
    : url.origin + url.pathname;
}
