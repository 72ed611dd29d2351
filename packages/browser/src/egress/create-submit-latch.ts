/**
 * Lets one submission through and no repeat of it. Chromium sends a POST again by itself, whatever its
 * method, when a connection that it has used before dies before the head of an answer, and after an
 * answer 408 or 421 (`HttpNetworkTransaction::HandleIOError`, `DoReadHeadersComplete`). Each such
 * repeat takes another connection, so between `begin` and `end` an origin gets a single one:
 *
 * - https: `open` → the first tunnel passes → `taken` → it ends or cannot be dialled → `spent`.
 *   While `open` or `taken` further tunnels wait; from `spent` on they are refused.
 * - http: `open` → the first request that is not GET, HEAD or OPTIONS passes → `spent`. All others of
 *   that kind are refused; reading goes on.
 *
 * `end` lets what still waits pass. A second `begin` (a redirect of the submission) starts over.
 */
export interface SubmitLatch {
  /** @param origin a URL's origin, such as `https://jobs.example.com`. */
  begin(origin: string): void;
  end(): void;
  /** Calls `pass` once the tunnel may be dialled, or `refuse`, then or later. */
  askTunnel(key: string, asking: AskingTunnel): TunnelAnswer;
  /** Whether a plain request may be sent. */
  askRequest(key: string, method: string): boolean;
  /** How many tunnels and requests were refused. */
  refusals(): number;
}

export interface AskingTunnel {
  pass(): void;
  refuse(): void;
}

export interface TunnelAnswer {
  /** Its client is gone, it could not be dialled, or either end of it has ended. */
  ended(): void;
}

interface SubmitWindow {
  readonly key: string;
  readonly isTunnelled: boolean;
  state: "open" | "taken" | "spent";
  only: AskingTunnel | undefined;
  readonly waiting: Set<AskingTunnel>;
}

export function createSubmitLatch(): SubmitLatch {
  let window: SubmitWindow | undefined;
  let refusals = 0;

  function take(inWindow: SubmitWindow, asking: AskingTunnel): void {
    inWindow.state = "taken";
    inWindow.only = asking;
    asking.pass();
  }
  function refuse(asking: AskingTunnel): void {
    refusals += 1;
    asking.refuse();
  }
  /** Chromium's pool waits with any of its connections for any of its requests: the order is kept. */
  function hand(waiting: ReadonlySet<AskingTunnel>, key: string): void {
    for (const asking of waiting) ask(key, asking);
  }
  function ask(key: string, asking: AskingTunnel): void {
    if (window === undefined || !window.isTunnelled || window.key !== key) asking.pass();
    else if (window.state === "open") take(window, asking);
    else if (window.state === "taken") window.waiting.add(asking);
    else refuse(asking);
  }

  return {
    begin(origin) {
      const url = new URL(origin);
      const before = window;
      const isTunnelled = url.protocol === "https:";
      window = {
        key: originKey(url),
        isTunnelled,
        state: "open",
        only: undefined,
        waiting: new Set(),
      };
      if (before !== undefined) hand(before.waiting, before.key);
    },
    end() {
      const before = window;
      window = undefined;
      if (before !== undefined) hand(before.waiting, before.key);
    },
    askTunnel(key, asking) {
      ask(key, asking);
      return {
        ended() {
          if (window?.waiting.delete(asking) === true || window?.only !== asking) return;
          window.state = "spent";
          window.only = undefined;
          for (const late of window.waiting) refuse(late);
          window.waiting.clear();
        },
      };
    },
    askRequest(key, method) {
      if (window === undefined || window.isTunnelled || window.key !== key) return true;
      if (safeMethods.has(method)) return true;
      const isFirst = window.state === "open";
      window.state = "spent";
      if (!isFirst) refusals += 1;
      return isFirst;
    },
    refusals: () => refusals,
  };
}

const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

export function originKey(url: URL): string {
  const port = url.port === "" ? (url.protocol === "https:" ? "443" : "80") : url.port;
  return `${url.hostname.replace(/\.$/, "")}:${port}`;
}
