import {
  type CdpCommand,
  type CdpEvent,
  type CdpMessage,
  type CdpReply,
  unknownSession,
} from "./cdp-message.ts";

export interface CdpLinkListener {
  /** Replies (with the sender's own ids) and events, only of this link's sessions. */
  receive(message: CdpMessage): void;
  /** The browser is gone or has ended the link; not called after the link's own `close`. */
  closed(): void;
}

/**
 * One browser-level connection among several. It sees only the targets it attached to, and its
 * commands reach no others: a session id of another link is answered as unknown.
 */
export interface CdpLink {
  send(command: CdpCommand): void;
  /** Resolves when the browser has answered every command so far that `isMeant`; not after `close`. */
  answered(isMeant: (method: string) => boolean): Promise<void>;
  /** At once: nothing sent afterwards reaches the browser, nothing more is received. */
  close(): void;
}

/** The pipe's own view of a link. */
export interface PipeLink extends CdpLink {
  onEvent(event: CdpEvent): void;
  /** Ends it from the browser's side. */
  end(): void;
}

export interface LinkInput {
  readonly root: string;
  readonly listener: CdpLinkListener;
  readonly owners: Map<string, PipeLink>;
  readonly post: (command: Omit<CdpCommand, "id">, onReply: (reply: CdpReply) => void) => number;
  readonly forget: (id: number) => void;
}

export function createLink({ root, listener, owners, post, forget }: LinkInput): PipeLink {
  const sessions = new Set<string>();
  const waiting = new Map<number, WaitingCommand>();
  let isOpen = true;

  function own(sessionId: unknown): void {
    if (typeof sessionId !== "string") return;
    sessions.add(sessionId);
    owners.set(sessionId, link);
  }
  function disown(sessionId: string): void {
    sessions.delete(sessionId);
    owners.delete(sessionId);
  }
  function shut(): void {
    isOpen = false;
    for (const sessionId of sessions) owners.delete(sessionId);
    sessions.clear();
    for (const id of waiting.keys()) forget(id);
    waiting.clear();
  }
  /** The client knows nothing of its root session: to it, that is the browser. */
  function outward(message: CdpMessage): CdpMessage {
    return message.sessionId === root ? { ...message, sessionId: undefined } : message;
  }

  const link: PipeLink = {
    send(command) {
      if (!isOpen) return;
      const sessionId = command.sessionId ?? root;
      if (!sessions.has(sessionId)) {
        listener.receive({ id: command.id, sessionId, error: unknownSession });
        return;
      }
      const id = post({ method: command.method, params: command.params, sessionId }, (reply) => {
        const { answered } = waiting.get(id) ?? {};
        waiting.delete(id);
        answered?.resolve();
        if (!isOpen) return;
        if (attachMethods.has(command.method)) own(reply.result?.sessionId);
        listener.receive(outward({ ...reply, id: command.id, sessionId }));
      });
      waiting.set(id, { method: command.method, answered: Promise.withResolvers() });
    },
    async answered(isMeant) {
      const meant = [...waiting.values()].filter(({ method }) => isMeant(method));
      await Promise.all(meant.map(({ answered }) => answered.promise));
    },
    onEvent(event) {
      const about = event.params.sessionId;
      if (event.method === "Target.attachedToTarget") own(about);
      listener.receive(outward(event));
      if (event.method === "Target.detachedFromTarget" && typeof about === "string") disown(about);
    },
    end() {
      if (!isOpen) return;
      shut();
      listener.closed();
    },
    close() {
      if (!isOpen) return;
      shut();
      post({ method: "Target.detachFromTarget", params: { sessionId: root } }, () => undefined);
    },
  };
  own(root);
  return link;
}

interface WaitingCommand {
  readonly method: string;
  readonly answered: PromiseWithResolvers<void>;
}

/** Their answers name a session of the caller that no event may have announced. */
const attachMethods = new Set(["Target.attachToTarget", "Target.attachToBrowserTarget"]);
