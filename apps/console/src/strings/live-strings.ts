import type { LiveNotice, LivePhase } from "../live-view/live-standing.ts";

const phases: Readonly<Record<LivePhase, string>> = {
  connecting: "Connecting …",
  view: "You are looking on. Valet is at work.",
  control: "You are in control. Valet waits until you hand back.",
  closed: "This application has no live browser now. It is shown here as soon as it has one.",
  stopped: "The live browser is not shown.",
};

/** As the API's own page of the live browser says them. */
const notices: Readonly<Record<LiveNotice, string>> = {
  session_over: "This browser is gone: the application went on without it, or has ended.",
  idle: "You have been away for a while, so control has ended and Valet goes on.",
  time_limit:
    "You have had control for the longest time there is, so it has ended and Valet goes on.",
  handed_back: "Handed back. Valet goes on.",
  not_reading: "Your connection was too slow to keep up. It is tried again by itself.",
  not_understood: "The connection was ended, because it was not understood.",
  sent: "You sent it. Valet looks what becomes of it.",
  not_allowed: "The login that this page was opened with has ended.",
  broken: "The connection broke. Nothing is lost: it is tried again by itself.",
};

export const liveStrings = {
  title: "Live browser",
  phases,
  notices,
  waitsForYou: "You are looking on. Valet waits for you: take control to act in this browser.",
  held: (since: string) =>
    `Another window of yours has had control of this browser since ${since}, so this one looks on. Hand it back there, or end its control here.`,
  ended: "This application has ended, and its browser is closed.",
  show: "Show the live browser",
  hide: "Hide",
  ownPage: "On a page of its own",
  take: "Take control",
  handBack: "Hand back",
  endTheirs: "End its control",
  again: "Connect again",
  screen: "The live browser",
  leaveHint: "The picture has your keyboard. F6 takes it out of the picture and back.",
  text: "Type or paste here, then send it to the field you clicked",
  typeIt: "Type it",
  clipboard: "Put it on its clipboard",
  keys: "Keys",
  keyNames: { 65289: "Tab", 65293: "Enter", 65288: "Backspace", 65307: "Escape" },
  pressed: "What would be sent",
  pressedLeft: (seconds: number) => `${seconds} s left`,
  pressedOver: "The time is over and nothing was sent. Press the button again to start anew.",
  back: "← The application",
  pageTitle: (job: string) => `${job}: live browser`,
  grid: {
    title: "Live browsers",
    intro:
      "Every application of yours that has a browser now. Here you look on; open one to take control.",
    none: "No application has a browser now. One that is started gets one and appears here by itself.",
    more: (count: number) => `and ${count} more, which the list of applications shows`,
    closed: "No browser now",
    loading: "Looking for live browsers …",
  },
} as const;
