/** Where an application stands, as far as the live view tells it: `TaskDetail` of the contract. */
interface Standing {
  readonly state: string;
  readonly outcome: string | null;
  readonly message: string | null;
  readonly humanStep: { readonly reason: string; readonly expiresAt: string } | null;
}

export interface NeededInput {
  readonly panel: HTMLElement;
  readonly read: () => Promise<unknown>;
  /** Stops the application; nothing is sent. */
  readonly giveUp: () => Promise<unknown>;
}

const lookEveryMs = 1_000;
const ended = new Set(["completed", "failed", "cancelled"]);

/** Keeps telling what the person is needed for and how long they have, until the application has ended. */
export function tellWhatIsNeeded({ panel, read, giveUp }: NeededInput): void {
  const text = document.createElement("p");
  const left = document.createElement("p");
  left.className = "left";
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Give up";
  button.addEventListener("click", () => {
    if (!confirm("Stop this application? Nothing is sent, and it can be started again later."))
      return;
    giveUp().catch((error: unknown) => {
      left.textContent = error instanceof Error ? error.message : String(error);
    });
  });
  panel.replaceChildren(text, left, button);

  function show({ state, outcome, message, humanStep }: Standing): void {
    const isOver = ended.has(state);
    panel.hidden = !isOver && humanStep === null;
    button.hidden = isOver;
    if (isOver) {
      text.textContent = `This application has ended: ${(outcome ?? state).replace("_", " ")}. ${message ?? ""}`;
      left.textContent = "";
    } else if (humanStep !== null) {
      text.textContent = `Valet needs you. ${humanStep.reason}`;
      left.textContent = timeLeft(Date.parse(humanStep.expiresAt) - Date.now());
    }
  }

  async function look(): Promise<void> {
    const standing = (await read()) as Standing; // as the contract of this very server says
    show(standing);
    if (ended.has(standing.state)) return;
    setTimeout(lookOn, lookEveryMs);
  }

  function lookOn(): void {
    // What could not be read now is read the next time.
    look().catch(() => setTimeout(lookOn, lookEveryMs));
  }
  lookOn();
}

function timeLeft(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  if (seconds === 0) return "The time for it is over.";
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  if (hours > 0) return `${hours} h ${minutes} min left`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s left` : `${seconds} s left`;
}
