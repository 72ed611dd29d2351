import type { Logger } from "@valet/runtime";
import type { WebSocket } from "ws";
import type { CdpPipe } from "./create-cdp-pipe.ts";
import { type RelayClient, admitClient } from "./relay-client.ts";

export interface RelayInput {
  readonly pipe: CdpPipe;
  readonly product: string;
  /** A client that lets more than this wait unread is cut; 64 MiB unless given. */
  readonly maxUnreadBytes?: number;
}

/** Whoever drives acts on the page; whoever reads sends no input, goes nowhere and changes no request. */
export type RelayRole = "driver" | "reader";

/** Serves one browser to many CDP clients. Only the newest ticket is good: that makes a fence hold. */
export interface Relay {
  readonly product: string;
  /**
   * Cuts every client that came with an earlier ticket, before it returns, and gives the address for
   * the next ones. `onClient` is told once, when the first of them can speak to the browser.
   */
  renewTicket(onClient?: () => void): string;
  /** Cuts every client; until the next ticket nobody comes in. */
  revokeTicket(): void;
  /** The same, and resolves when what they had sent is done in the browser, as far as that can be told. */
  revokeAndSettle(): Promise<void>;
  /**
   * The address for clients that only read, beside those that drive. Good until the driver's ticket is
   * renewed or revoked: then they are cut as well.
   */
  readerTicket(): string;
  /** What a ticket is good for now. */
  roleOf(ticket: string): RelayRole | undefined;
  admit(socket: WebSocket, role: RelayRole): void;
  clientCount(): number;
  close(): void;
}

/** What the hub does for its relays. */
export interface RelayDoor {
  readonly log: Logger;
  issue(): { readonly ticket: string; readonly url: string };
  forget(ticket: string): void;
  closed(): void;
}

const maxUnreadBytesByDefault = 64 * 1024 * 1024;
/** So many earlier tickets are answered `FENCED`; older ones as unknown. */
const rememberedTickets = 200;

export function createRelay(input: RelayInput, door: RelayDoor): Relay {
  const { pipe, product, maxUnreadBytes = maxUnreadBytesByDefault } = input;
  const spent = new Set<string>();
  const clients = new Set<RelayClient>();
  const current: Partial<Record<RelayRole, string>> = {};
  let onFirstClient: (() => void) | undefined;
  let isOpen = true;

  function revokeTicket(): void {
    for (const client of clients) client.cut();
    forgetTicket();
  }

  async function revokeAndSettle(): Promise<void> {
    const settled = [...clients].map((client) => client.cutAndSettle());
    forgetTicket();
    await Promise.all(settled);
  }

  function forgetTicket(): void {
    clients.clear();
    for (const role of ["driver", "reader"] as const) spend(role);
  }

  function spend(role: RelayRole): void {
    const ticket = current[role];
    if (ticket === undefined) return;
    delete current[role];
    spent.add(ticket);
    const [oldest] = spent;
    if (spent.size <= rememberedTickets || oldest === undefined) return;
    spent.delete(oldest);
    door.forget(oldest);
  }

  return {
    product,
    roleOf: (ticket) => (["driver", "reader"] as const).find((role) => current[role] === ticket),
    revokeTicket,
    revokeAndSettle,
    renewTicket(onClient) {
      revokeTicket();
      const { ticket, url } = door.issue();
      current.driver = ticket;
      onFirstClient = onClient;
      return url;
    },
    readerTicket() {
      spend("reader");
      const { ticket, url } = door.issue();
      current.reader = ticket;
      return url;
    },
    admit(socket, role) {
      const client = admitClient({
        pipe,
        socket,
        maxUnreadBytes,
        mayAct: role === "driver",
        log: door.log,
        onLinked() {
          onFirstClient?.();
          onFirstClient = undefined;
        },
      });
      clients.add(client);
      void client.gone.then(() => clients.delete(client));
    },
    clientCount: () => clients.size,
    close() {
      if (!isOpen) return;
      isOpen = false;
      revokeTicket();
      for (const ticket of spent) door.forget(ticket);
      door.closed();
    },
  };
}
