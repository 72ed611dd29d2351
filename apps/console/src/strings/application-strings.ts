import type {
  HumanStepKind,
  Outcome,
  StatedOutcome,
  TaskEvent,
  ValueSource,
} from "@valet/contracts";
import { waitText } from "@valet/client";
import type { FieldGroup } from "../application/review/review-changes.ts";

interface Names {
  readonly title: string;
  readonly employer: string;
}

const many = (count: number, one: string) => `${count} ${one}${count === 1 ? "" : "s"}`;

export const applicationStrings = {
  loading: "Loading this application …",
  progress: "Progress",
  back: "← All applications",
  gone: "This application is not here any more",
  posting: "Open the posting",
  since: (at: string) => `since ${at}`,
  waitsBecause: (why: string) => `It ${why}.`,
  waits: "Nothing has been opened yet. It starts by itself.",
  cancel: "Cancel …",
  cancelTitle: "Cancel this application?",
  cancelText:
    "Nothing has been sent. It ends here and its browser is closed. You can apply for the job again later.",
  cancelIt: "Cancel the application",
  keep: "Keep it",
  retry: "Try once more",
} as const;

export const stepStrings = {
  title: "Steps",
  marks: {
    waiting: "not begun",
    running: "running",
    asks: "waits for you",
    done: "done",
    failed: "failed",
    skipped: "skipped",
  },
  attempt: (number: number) => `try ${number}`,
  children: (count: number) => many(count, "part"),
  unreachable: "The engine does not answer, so this shows what Valet itself wrote down.",
  dashboard: "This run on the engine's dashboard",
} as const;

const pictureWords: Readonly<Record<string, string>> = {
  screenshot_filled_form: "The filled form",
  screenshot_person_needed: "Where it needed you",
  screenshot_before_submit: "Just before it was sent",
  screenshot_after_submit: "After it was sent",
  screenshot_failure: "Where it failed",
};

export const pictureStrings = {
  title: "Pictures",
  of: (kind: string) => pictureWords[kind] ?? kind.replaceAll("_", " "),
} as const;

export const eventStrings = {
  title: "Event log",
  showAll: (count: number) => `Show all ${count}`,
  describe: (event: TaskEvent): string => {
    switch (event.type) {
      case "state_change": {
        const { from, to } = event.data;
        return `${from.replaceAll("_", " ")} → ${to.replaceAll("_", " ")}`;
      }
      case "progress":
        return `${event.data.step} ${event.data.pct} %: ${event.data.message}`;
      case "field_review":
        return `${many(event.data.fields.length, "field")} ready to be reviewed`;
      case "human_needed":
        return waitText(event.data.kind);
      case "submit_pressed":
        return event.data.message;
      case "human_done":
        return `done by a person: ${event.data.outcome}`;
      case "completed":
        return `completed: ${event.data.outcome.replaceAll("_", " ")}`;
      case "failed":
        return `failed (${event.data.code}): ${event.data.message}`;
      case "resume_state":
        return `résumé: ${event.data.state}`;
    }
  },
} as const;

const titles: Readonly<Record<HumanStepKind, string>> = {
  review: "Your review",
  captcha: "A captcha only you can solve",
  email_code: "A code from your e-mail",
  sign_in: "The site wants you to sign in",
  consent: "The site asks for your consent",
  attestation: "Something only you can attest",
  question: "Questions only you can answer",
  takeover: "You have the browser",
};

const done: Readonly<Record<HumanStepKind, string>> = {
  review: "It is done",
  captcha: "It is solved",
  email_code: "I followed the link",
  sign_in: "I have signed in",
  consent: "I have decided",
  attestation: "It is done",
  question: "It is done",
  takeover: "Hand back",
};

export const askStrings = {
  titles,
  done,
  looking: "Valet looks at the page now and goes on if that is so.",
  code: (length: number | undefined) =>
    length === undefined ? "The code" : `The code, ${length} characters`,
  sendCode: "Send the code",
  draft:
    "A draft made from what is stored about you. It counts only once you send it: correct it first.",
  remember: "Remember my answers for every form that asks the same",
  answer: (count: number) => (count === 1 ? "Send my answer" : "Send my answers"),
  open: (count: number) => `${many(count, "question")} without an answer`,
  wrong:
    "The form takes no such answer. Give each question one, from its choices where it has some.",
} as const;

const sources: Readonly<Record<ValueSource, string>> = {
  profile: "profile",
  resume: "résumé",
  savedAnswer: "saved answer",
  person: "you",
  site: "already on the page",
};

const groups: Readonly<Record<FieldGroup, string>> = {
  all: "All",
  filled: "Filled",
  empty: "Left empty",
  unsure: "Less sure",
  changed: "Changed by you",
};

export const reviewStrings = {
  title: "Look at what will be sent",
  intro: "This is what the form holds now, read back from the page. Nothing has been sent.",
  introRehearsal:
    "This is what the form holds now, read back from the page. It is a rehearsal: nothing will be sent, whatever you do.",
  fields: "Fields of the form",
  groupsLabel: "Which fields to show",
  groups,
  sources,
  sure: (pct: number, isSaid: boolean) => (isSaid ? `${pct} % sure` : `${pct} %`),
  required: "required",
  hidden: "not visible on the page",
  empty: "empty",
  ticked: "yes (ticked)",
  notTicked: "no (not ticked)",
  leftOut: (why: string) => `Left out: ${why}`,
  before: "On the page:",
  whenYouLooked: (words: string) =>
    words === "" ? "It was empty when you looked" : `When you looked: ${words}`,
  isNew: "Was not there when you looked",
  edit: "Change",
  editOf: (label: string) => `Change ${label}`,
  close: "Done",
  closeOf: (label: string) => `Done with ${label}`,
  undo: "Undo",
  undoOf: (label: string) => `Undo the change of ${label}`,
  choices: "Show the choices",
  more: (count: number) => `Show all ${count.toLocaleString("en")} characters`,
  less: "Show less",
  wrong: "The site's field takes no such value. Correct it, or undo your change.",
  changes: (count: number) =>
    count === 0 ? "You have changed nothing." : `You have changed ${many(count, "field")}:`,
  moreChanges: (count: number) => `and ${many(count, "more change")}, marked above`,
  approve: ({ title, employer }: Names) => `Approve and send to ${employer}: ${title}`,
  rehearse: ({ title, employer }: Names) => `Approve the rehearsal for ${employer}: ${title}`,
  once: "It is sent once, and only if the page still holds exactly this.",
  changed: (count: number) =>
    `The form has changed since you looked at it (${many(count, "field")}), so nothing was approved. What differs is marked below.`,
  looked: "I have seen what changed",
  lookFirst: "Look first at what has changed, and say so above.",
  mine: "You approved it. Valet writes your changes, compares the page with what you approved, and sends it once.",
  settled: (how: string) =>
    `This review is settled (${how}): in another window, in the live browser, or because its time was over. There is nothing left to approve here.`,
  sent: "What was sent",
  held: "What the form held",
  holdsSoFar: "What the form holds so far",
} as const;

const outcomes: Readonly<Record<Outcome, string>> = {
  confirmed: "Confirmed: it arrived",
  already_applied: "You had applied for this job before",
  rejected: "The site turned it away",
  unconfirmed: "Nobody knows whether it arrived",
  not_submitted: "Nothing was sent",
};

type Statement = StatedOutcome | "resubmit";

const statements: Readonly<Record<Statement, string>> = {
  confirmed: "It arrived",
  already_applied: "I had applied before",
  rejected: "They turned it away",
  not_submitted: "It did not arrive",
  resubmit: "Send it once more",
};

const means: Readonly<Record<Statement, string>> = {
  confirmed:
    "You have an e-mail from the employer, or see it in your account there. It is then kept as confirmed by you, and this job is not applied for again.",
  already_applied:
    "The site told you that it has an application of yours for this job. It is then kept so, and this job is not applied for again.",
  rejected:
    "The site told you that it did not take it. It is then kept so, and you may apply for this job again.",
  not_submitted:
    "You are sure that it did not reach the employer. It is then kept so, and you may apply for this job again.",
  resubmit:
    "A new application to the same job is started although nobody knows about this one. If the first arrived, the employer gets two.",
};

const confirm: Readonly<Record<Statement, string>> = {
  confirmed: "Keep it as confirmed",
  already_applied: "Keep it as already applied",
  rejected: "Keep it as rejected",
  not_submitted: "Keep it as not submitted",
  resubmit: "Send it once more",
};

export const resultStrings = {
  titles: outcomes,
  reference: "The site's reference",
  proof: "Proved by",
  reason: "Why",
  receipt: "Open the receipt",
  evidence: "Download all evidence",
  known: "What is known",
  signs: (signs: readonly string[]) =>
    signs.length === 0
      ? "No sign was seen that proves its arrival."
      : `Of the signs that prove an arrival together, only this was seen: ${signs.join(", ")}.`,
  knownFacts: [
    "Valet will not send it again by itself.",
    "The pictures, and the evidence, show the page as it was when it was last seen.",
    "An e-mail from the employer, or your account on their site, can tell.",
  ],
  say: "What became of it?",
  statements,
  means,
  confirm,
  risk: "The employer may then get it twice, and that is all right with me",
  back: "Back",
} as const;
