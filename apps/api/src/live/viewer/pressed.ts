/** What the live view tells of a press of the button that sends: the event `submit_pressed` of the contract. */
export interface Pressed {
  readonly message: string;
  readonly approval?: {
    readonly expiresAt: string;
    readonly fields: readonly {
      readonly label: string;
      readonly value: string | readonly string[] | boolean | null;
      readonly file?: { readonly name: string };
    }[];
  };
}

interface Log {
  readonly events: readonly { readonly type: string; readonly data: unknown }[];
  readonly lastSeq: number;
}

const lookEveryMs = 500;
/** Beyond every log: the answer says where it ends. */
const beyond = 1_000_000_000;

/** Calls `onPressed` with what happens from now on, until it is stopped. */
export function watchPresses(
  read: (after: number) => Promise<unknown>,
  onPressed: (pressed: Pressed) => void,
): () => void {
  let after: number | undefined;
  let isStopped = false;

  async function look(): Promise<void> {
    const log = (await read(after ?? beyond)) as Log; // as the contract of this very server says
    if (isStopped) return;
    if (after !== undefined) {
      for (const { type, data } of log.events) {
        if (type === "submit_pressed") onPressed(data as Pressed);
      }
    }
    after = log.lastSeq;
  }

  function lookOn(): void {
    if (isStopped) return;
    // What could not be read now is read the next time.
    void look()
      .catch(() => undefined)
      .then(() => setTimeout(lookOn, lookEveryMs));
  }
  lookOn();
  return () => {
    isStopped = true;
  };
}

/** Shows what the press would send and counts the seconds down; `undefined` takes it away. */
export function showPressed(panel: HTMLElement, pressed: Pressed | undefined): void {
  panel.hidden = pressed === undefined;
  panel.replaceChildren();
  if (pressed === undefined) return;
  const message = document.createElement("p");
  message.textContent = pressed.message;
  panel.append(message);
  const { approval } = pressed;
  if (approval === undefined) return;
  const left = document.createElement("p");
  left.className = "left";
  const list = document.createElement("dl");
  for (const { label, value, file } of approval.fields) {
    const [term, told] = [document.createElement("dt"), document.createElement("dd")];
    term.textContent = label;
    told.textContent = file?.name ?? textOf(value);
    list.append(term, told);
  }
  panel.append(left, list);
  countDown(panel, left, Date.parse(approval.expiresAt));
}

function countDown(panel: HTMLElement, left: HTMLElement, until: number): void {
  if (!left.isConnected) return;
  const seconds = Math.ceil((until - Date.now()) / 1_000);
  if (seconds <= 0) {
    left.textContent =
      "The time is over and nothing was sent. Press the button again to start anew.";
    return;
  }
  left.textContent = `${seconds} s left`;
  setTimeout(() => countDown(panel, left, until), 250);
}

function textOf(value: string | readonly string[] | boolean | null): string {
  if (value === null || value === "") return "–";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" ? value : value.join(", ");
}
