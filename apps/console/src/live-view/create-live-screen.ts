import type RFB from "@novnc/novnc";
import type { ValetClient } from "@valet/client";
import { LiveMessage, type LiveMode, type LiveProtocol, type LiveTicket } from "@valet/contracts";
import { controlOfWindow, keepControl } from "./control-of-window.ts";
import {
  type LiveStanding,
  type NextMove,
  afterClose,
  afterRefusal,
  firstStanding,
  pauseMs,
} from "./live-standing.ts";

export interface LiveScreenInput {
  readonly client: ValetClient;
  readonly taskId: string;
  /** Where the picture goes. */
  readonly place: HTMLElement;
  /** Of many that are shown at once: looked at only, and small. */
  readonly isSmall: boolean;
  readonly onChange: (standing: LiveStanding) => void;
}

/** One live browser on this page, for as long as it is shown. */
export interface LiveScreen {
  readonly takeControl: () => void;
  /** Ends control, whichever window has it. */
  readonly handBack: () => Promise<void>;
  /** Tries at once what would be tried later, or not by itself. */
  readonly connectAgain: () => void;
  /** Enters text where the cursor stands, past the display's keyboard, which has keys for some letters only. */
  readonly typeText: (text: string) => Promise<void>;
  readonly putOnClipboard: (text: string) => void;
  /** By its X keysym. */
  readonly pressKey: (keysym: number) => void;
  readonly focus: () => void;
  readonly close: () => void;
}

/** Told between the pictures who has control. */
const protocols: readonly LiveProtocol[] = ["valet.live.1", "binary"];
/** How often it is looked whether an application that had no browser has one. */
const lookAgainMs = 3_000;

/**
 * Keeps one connection, with a ticket of its own each time, and connects again by itself. noVNC is fetched with
 * the first: who never looks at a live browser never loads it.
 */
export function createLiveScreen(input: LiveScreenInput): LiveScreen {
  const { client, taskId, place, isSmall, onChange } = input;
  const stop = new AbortController();
  let standing: LiveStanding = firstStanding;
  let shown: RFB | undefined;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Grows with every connection, so that what an older one still says is not heard. */
  let turn = 0;

  function tell(change: Partial<LiveStanding>): void {
    standing = { ...standing, ...change };
    if (!stop.signal.aborted) onChange(standing);
  }

  function disconnect(): void {
    clearTimeout(timer);
    turn += 1;
    shown?.disconnect();
    shown = undefined;
  }

  async function connect(mode: LiveMode): Promise<void> {
    disconnect();
    const mine = turn;
    const control = mode === "control" ? controlOfWindow(taskId) : undefined;
    try {
      const [{ default: Screen }, ticket] = await Promise.all([
        import("@novnc/novnc"),
        client.takeOverTask(
          taskId,
          { mode, ...(control === undefined ? {} : { control }) },
          stop.signal,
        ),
      ]);
      if (mine === turn) show(Screen, ticket);
    } catch (error) {
      if (mine === turn) follow(afterRefusal(error, mode), error);
    }
  }

  function show(Screen: typeof RFB, ticket: LiveTicket): void {
    const mine = turn;
    const { mode, control, clipboard } = ticket;
    if (control !== null) keepControl(taskId, control);
    // The ticket is no part of the address: addresses are written down in many places.
    const socket = new WebSocket(ticket.url, [...protocols, `ticket.${ticket.ticket}`]);
    socket.addEventListener("message", (message) => {
      if (typeof message.data !== "string") return;
      // noVNC, which listens after us, knows pictures alone.
      message.stopImmediatePropagation();
      if (mine === turn) hear(message.data);
    });
    socket.addEventListener("close", ({ code }) => {
      if (mine === turn) follow(afterClose(code, mode), undefined);
    });
    const screen = new Screen(place, socket, { shared: true });
    screen.viewOnly = mode === "view";
    screen.scaleViewport = true;
    screen.showDotCursor = mode === "control";
    screen.background = "transparent";
    if (isSmall) screen.qualityLevel = 2;
    shown = screen;
    screen.addEventListener("connect", () => {
      if (mine !== turn) return;
      failures = 0;
      tell({ phase: mode, hasClipboard: clipboard, isShown: true });
      if (mode === "control") screen.focus();
    });
  }

  function hear(text: string): void {
    tell({ heldSince: LiveMessage.parse(JSON.parse(text)).since });
  }

  function follow({ next, isAtOnce, keepsControl, notice }: NextMove, error: unknown): void {
    shown?.disconnect();
    shown = undefined;
    turn += 1;
    if (!keepsControl) keepControl(taskId, undefined);
    const phase = next === "view" || next === "control" ? "connecting" : next;
    tell({ phase, notice, error: next === "closed" ? undefined : error, isShown: false });
    if (next === "stopped") return;
    const afterMs = next === "closed" ? lookAgainMs : isAtOnce ? 0 : pauseMs(failures);
    failures += 1;
    const mode = next === "control" ? next : "view";
    timer = setTimeout(() => void connect(mode), afterMs);
  }

  const firstMode = isSmall || controlOfWindow(taskId) === undefined ? "view" : "control";
  void connect(firstMode);
  return {
    takeControl() {
      tell({ phase: "connecting", notice: undefined, error: undefined });
      void connect("control");
    },
    async handBack() {
      await client.releaseTask(taskId, stop.signal);
      keepControl(taskId, undefined);
      tell({ phase: "connecting", notice: "handed_back", error: undefined });
      await connect("view");
    },
    connectAgain() {
      tell({ phase: "connecting", notice: undefined, error: undefined });
      void connect(controlOfWindow(taskId) === undefined ? "view" : "control");
    },
    async typeText(text) {
      const control = controlOfWindow(taskId);
      if (control === undefined) return;
      await client.typeText(taskId, { control, text: text.normalize("NFC") }, stop.signal);
    },
    putOnClipboard(text) {
      shown?.clipboardPasteFrom(text.normalize("NFC"));
    },
    pressKey: (keysym) => shown?.sendKey(keysym, null),
    focus: () => shown?.focus(),
    close() {
      stop.abort();
      disconnect();
    },
  };
}
