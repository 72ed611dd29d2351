import RFB from "@novnc/novnc";
import { tellWhatIsNeeded } from "./needed.ts";
import { showPressed, watchPresses } from "./pressed.ts";

/** The page at `/tasks/ID/live`: shows a task's browser and, in control, lets a person act in it. */

type Mode = "view" | "control";
type State = "starting" | "key" | "connecting" | "view" | "control" | "ended";

interface Ticket {
  readonly url: string;
  readonly ticket: string;
  readonly mode: Mode;
  readonly control: string | null;
  readonly clipboard: boolean;
}

const keyName = "valet-api-key";
const [, , taskId = ""] = location.pathname.split("/");
const controlName = `valet-control-${taskId}`;

const screen = byId("screen", HTMLElement);
const state = byId("state", HTMLElement);
const take = byId("take", HTMLButtonElement);
const release = byId("release", HTMLButtonElement);
const again = byId("again", HTMLButtonElement);
const keyForm = byId("key-form", HTMLFormElement);
const keyField = byId("key", HTMLInputElement);
const textForm = byId("text-form", HTMLFormElement);
const pressed = byId("pressed", HTMLElement);
const copy = byId("copy", HTMLButtonElement);
const textField = byId("text", HTMLTextAreaElement);

let shown: RFB | undefined;
/** Grows with every connection, so that what an older one still says is not heard. */
let turn = 0;
let isTelling = false;
let stopWatching = (): void => {};

/** Where the panel below may be out of sight. */
const stoppedOnce = "Stopped. Look below at what it would send; the same press once more sends it.";
const handedBack = 4003;
const sentByPerson = 4006;

/** Why a connection ended, by its close code: `liveEndings` of the contract. */
const endings: Readonly<Record<number, string>> = {
  4000: "This browser is gone: the application went on without it, or has ended.",
  4001: "You have been away for a while, so control has ended and Valet goes on.",
  4002: "You have had control for the longest time there is, so it has ended and Valet goes on.",
  4003: "Handed back. Valet goes on.",
  4004: "Your connection was too slow to keep up.",
  4005: "The connection was ended, because it was not understood.",
  4006: "You sent it. Valet looks what becomes of it.",
  4007: "The key or login that this page was opened with has ended. Connect again with one that is good.",
};

function say(now: State, text: string): void {
  state.textContent = text;
  state.dataset["state"] = now;
  keyForm.hidden = now !== "key";
  take.hidden = now !== "view";
  release.hidden = now !== "control";
  again.hidden = now !== "ended";
  textForm.hidden = now !== "control";
}

async function call(path: string, body?: unknown, method = "POST"): Promise<unknown> {
  // Without a key of its own this window has the login of the console, if there is one.
  const key = sessionStorage.getItem(keyName);
  const address = `/tasks/${encodeURIComponent(taskId)}${path === "" ? "" : `/${path}`}`;
  const response = await fetch(address, {
    method,
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  if (response.ok) return answer;
  throw Object.assign(new Error(messageOf(answer)), { status: response.status });
}

function messageOf(answer: unknown): string {
  const isProblem = typeof answer === "object" && answer !== null && "message" in answer;
  return isProblem ? String(answer.message) : "The server did not say why.";
}

/** `notice`: what to tell in place of the usual, once the picture is there. */
async function connect(mode: Mode, notice?: string): Promise<void> {
  turn += 1;
  const mine = turn;
  leave();
  shown?.disconnect();
  shown = undefined;
  say("connecting", "Connecting …");
  try {
    const control = mode === "control" ? sessionStorage.getItem(controlName) : null;
    const answer = await call("takeover", { mode, ...(control === null ? {} : { control }) });
    tellOnce();
    if (mine === turn) show(answer as Ticket, mine, notice); // as the contract of this very server says
  } catch (error) {
    if (mine === turn) fail(mode, error);
  }
}

/** From when the key is known to be good. */
function tellOnce(): void {
  if (isTelling) return;
  isTelling = true;
  tellWhatIsNeeded({
    panel: byId("needed", HTMLElement),
    read: () => call("", undefined, "GET"),
    giveUp: () => call("cancel"),
  });
}

/** Of control: nothing that is pressed from here on is ours. */
function leave(): void {
  stopWatching();
  showPressed(pressed, undefined);
}

function fail(mode: Mode, error: unknown): void {
  const text = error instanceof Error ? error.message : String(error);
  const status = error instanceof Error && "status" in error ? error.status : undefined;
  if (status === 401) {
    sessionStorage.removeItem(keyName);
    say("key", "Your API key is needed.");
    keyField.focus();
  } else if (mode === "control") {
    sessionStorage.removeItem(controlName);
    void connect("view", text);
  } else {
    say("ended", text);
  }
}

function show(
  { url, ticket, mode, control, clipboard }: Ticket,
  mine: number,
  notice = "You are looking on. Valet is at work.",
): void {
  copy.hidden = !clipboard;
  if (control !== null) sessionStorage.setItem(controlName, control);
  // The ticket is no part of the address: addresses are written down in many places.
  const socket = new WebSocket(url, ["binary", `ticket.${ticket}`]);
  socket.addEventListener("close", ({ code }) => {
    if (mine !== turn) return;
    shown = undefined;
    leave();
    if (code > 4000 && (code <= handedBack || code === sentByPerson)) {
      sessionStorage.removeItem(controlName);
    }
    if (code === sentByPerson) {
      void connect("view", endings[code]);
      return;
    }
    say("ended", endings[code] ?? "The connection broke. Nothing is lost: connect again.");
    again.focus();
  });
  const rfb = new RFB(screen, socket, { shared: true });
  rfb.viewOnly = mode === "view";
  rfb.scaleViewport = true;
  rfb.showDotCursor = mode === "control";
  rfb.background = "transparent";
  rfb.addEventListener("connect", () => {
    if (mine !== turn) return;
    shown = rfb;
    if (mode === "view") say("view", notice);
    else say("control", "You are in control. Valet waits until you hand back.");
    if (mode === "control") {
      rfb.focus();
      stopWatching = watchPresses(
        (after) => call(`events?after=${after}`, undefined, "GET"),
        (press) => {
          showPressed(pressed, press);
          say("control", press.approval === undefined ? press.message : stoppedOnce);
        },
      );
    }
  });
}

/** Past the display's keyboard, which has keys for some letters only. */
async function typeText(): Promise<void> {
  const control = sessionStorage.getItem(controlName);
  const text = textField.value.normalize("NFC");
  if (control === null || text === "") return;
  textField.disabled = true;
  try {
    await call("text", { control, text });
    textField.value = "";
  } catch (error) {
    say("control", error instanceof Error ? error.message : String(error));
  }
  textField.disabled = false;
  textField.focus();
}

function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const element = document.getElementById(id);
  if (element instanceof kind) return element;
  throw new Error(`This page has no ${id}.`);
}

take.addEventListener("click", () => void connect("control"));
again.addEventListener("click", () => {
  void connect(sessionStorage.getItem(controlName) === null ? "view" : "control");
});
release.addEventListener("click", () => {
  sessionStorage.removeItem(controlName);
  call("release").then(
    () => connect("view"),
    (error: unknown) => fail("view", error),
  );
});
keyForm.addEventListener("submit", (event) => {
  event.preventDefault();
  sessionStorage.setItem(keyName, keyField.value.trim());
  keyField.value = "";
  void connect("view");
});
textForm.addEventListener("submit", (event) => {
  event.preventDefault();
  void typeText();
});
copy.addEventListener("click", () => {
  shown?.clipboardPasteFrom(textField.value.normalize("NFC"));
  textField.value = "";
  shown?.focus();
});
for (const button of textForm.querySelectorAll<HTMLButtonElement>("[data-keysym]")) {
  button.addEventListener("click", () => shown?.sendKey(Number(button.dataset["keysym"]), null));
}

/** A link may bring the key behind `#key=`, which no server sees; it is taken out of the address at once. */
const brought = new URLSearchParams(location.hash.slice(1)).get("key");
if (brought !== null) {
  sessionStorage.setItem(keyName, brought);
  history.replaceState(null, "", location.pathname);
}
void connect(sessionStorage.getItem(controlName) === null ? "view" : "control");
