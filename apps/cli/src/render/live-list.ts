import type { QueuePlace, TaskEvent } from "@valet/contracts";
import type { OutStream } from "../cli-context.ts";
import type { Colors } from "../output.ts";
import { eventLine } from "./event-line.ts";
import { shorten } from "./printable-text.ts";
import { stepListLines } from "./step-list.ts";
import { type TaskView, emptyTaskView, waitsBecause, withEvent } from "@valet/client";

const redrawMs = 100;

export interface LiveList {
  add(event: TaskEvent): void;
  /** Where it stands while it waits for its start; null once it was started. */
  setQueue(place: QueuePlace | null): void;
  readonly view: TaskView;
  /** Draws the last state and gives the terminal back. */
  close(): void;
}

export interface LiveListInput {
  readonly stream: OutStream;
  readonly colors: Colors;
  /** What an earlier list of the same application came to. */
  readonly view?: TaskView;
}

/** The step list of one application: redrawn in place on a terminal, appended lines elsewhere. */
export function createLiveList(input: LiveListInput): LiveList {
  return input.stream.isTTY === true ? createRedrawnList(input) : createAppendedList(input);
}

function createAppendedList({ stream, view: earlier = emptyTaskView }: LiveListInput): LiveList {
  let view = earlier;
  let told = "";
  return {
    get view() {
      return view;
    },
    add(event) {
      view = withEvent(view, event);
      stream.write(`${eventLine(event, view.startedAt ?? Date.parse(event.at))}\n`);
    },
    setQueue(place) {
      const waits = place === null ? undefined : waitsBecause(place);
      // When it may start moves on all the time.
      const news = `${place?.behind} ${place?.heldUpBy}`;
      if (waits === undefined || news === told) return;
      told = news;
      stream.write(`            queue          ${waits}\n`);
    },
    close: () => undefined,
  };
}

const hideCursor = "\u001B[?25l";
const showCursor = "\u001B[?25h";

function createRedrawnList(input: LiveListInput): LiveList {
  const { stream, colors } = input;
  let view = input.view ?? emptyTaskView;
  let waits: string | undefined;
  let drawnLines = 0;
  let isClosed = false;
  const draw = () => {
    // One column stays free: a full line would wrap on some terminals and spoil the count.
    const width = (stream.columns ?? 80) - 1;
    const steps = stepListLines({ view, now: Date.now(), width, colors });
    const lines = waits === undefined ? steps : [`  ${shorten(waits, width - 2)}`, ...steps];
    stream.write(`${redrawPrefix(drawnLines)}${lines.map((line) => `${line}\n`).join("")}`);
    drawnLines = lines.length;
  };
  stream.write(hideCursor);
  draw();
  const timer = setInterval(draw, redrawMs);
  return {
    get view() {
      return view;
    },
    add(event) {
      view = withEvent(view, event);
    },
    setQueue(place) {
      waits = place === null ? undefined : waitsBecause(place);
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      clearInterval(timer);
      draw();
      stream.write(showCursor);
    },
  };
}

/** Moves to the first line drawn before and clears from there to the end of the screen. */
function redrawPrefix(lines: number): string {
  return lines === 0 ? "" : `\u001B[${lines}A\r\u001B[0J`;
}
