import { hostileWords } from "./hostile-words.ts";

/** What the site answers to the final submit. */
export type SubmitAnswer =
  | "accepted"
  | "slow"
  | "invalid"
  | "already-applied"
  | "soft-error"
  | "silent";

export interface JobVariant {
  readonly name: string;
  readonly description: string;
  readonly submitAnswer: SubmitAnswer;
  readonly isClosed: boolean;
  /**
   * `later`: none when the form is opened for the first time, optional from the second time on.
   * `strangers`: the same, but a browser that shows the cookie of its first visit is not asked.
   */
  readonly extraQuestion: "none" | "required" | "optional" | "later" | "strangers";
  /** Letters to copy from a picture before the plain site takes the application. */
  readonly hasCaptcha: boolean;
  /** The plain site asks for the notice period with a control that says neither what it is nor what it offers. */
  readonly hasOddWidget: boolean;
  /** The plain site fails to save the second page the first time, for no fault of what is on it. */
  readonly failsFirstSave: boolean;
  /** What it says would run as a script in a page that took words for markup; and it asks three hundred questions. */
  readonly hasHostileWords: boolean;
  /** The plain site lets nobody see it: too many requests, come again in a minute and a half. */
  readonly turnsAway: boolean;
}

export interface Job {
  /** As in the URL, with its number: `engineer-slow-7`. */
  readonly name: string;
  readonly title: string;
  readonly location: string;
  readonly variant: JobVariant;
}

export const company = "Northwind Practice";

const ordinary = {
  submitAnswer: "accepted",
  isClosed: false,
  extraQuestion: "none",
  hasCaptcha: false,
  hasOddWidget: false,
  failsFirstSave: false,
  hasHostileWords: false,
  turnsAway: false,
} as const;

/** Every job there is. Each also exists with a number behind it (`engineer-1`, `engineer-slow-7`). */
export const jobVariants: readonly JobVariant[] = [
  {
    ...ordinary,
    name: "engineer",
    description: "The ordinary posting: the application is stored and confirmed at once.",
  },
  {
    ...ordinary,
    name: "engineer-slow",
    submitAnswer: "slow",
    description: "Stored at once, but the confirmation takes about six seconds.",
  },
  {
    ...ordinary,
    name: "engineer-invalid",
    submitAnswer: "invalid",
    description:
      "The final submit is always rejected with field errors; the form keeps its values and nothing is stored.",
  },
  {
    ...ordinary,
    name: "engineer-closed",
    isClosed: true,
    description: "HTTP 200, no form: “This job is no longer accepting applications”.",
  },
  {
    ...ordinary,
    name: "engineer-unknown-question",
    extraQuestion: "required",
    description: "One more required free-text question, which nobody could answer from a profile.",
  },
  {
    ...ordinary,
    name: "engineer-question-optional",
    extraQuestion: "optional",
    description: "The same extra question, but it may be left empty.",
  },
  {
    ...ordinary,
    name: "engineer-changing",
    extraQuestion: "later",
    description:
      "The same extra question, which may be left empty, but only from the second time on that the form is opened.",
  },
  {
    ...ordinary,
    name: "engineer-remembering",
    extraQuestion: "strangers",
    description:
      "Changes in the same way, but not for a browser that comes back with the cookie it was given.",
  },
  {
    ...ordinary,
    name: "engineer-captcha",
    hasCaptcha: true,
    description:
      "The last page of the plain form wants the letters of a picture copied; without them nothing is stored.",
  },
  {
    ...ordinary,
    name: "engineer-odd",
    hasOddWidget: true,
    description:
      "The plain form asks for the notice period with a home-made list: no role, no control, its entries elsewhere in the page.",
  },
  {
    ...ordinary,
    name: "engineer-hiccup",
    failsFirstSave: true,
    description: "The second page of the plain form is not saved the first time it is sent.",
  },
  {
    ...ordinary,
    name: "engineer-turned-away",
    turnsAway: true,
    description: "The plain site answers 429 with Retry-After: 90, whoever asks.",
  },
  {
    ...ordinary,
    name: "engineer-hostile",
    hasHostileWords: true,
    description:
      "Its title and three hundred questions of the plain form are written as markup that would run, some of them from right to left.",
  },
  {
    ...ordinary,
    name: "engineer-already-applied",
    submitAnswer: "already-applied",
    description:
      "The final submit is answered with “You have already applied to this job”; not stored.",
  },
  {
    ...ordinary,
    name: "engineer-soft-error",
    submitAnswer: "soft-error",
    description:
      "HTTP 200 “Something went wrong, please try again later”, although the application was stored.",
  },
  {
    ...ordinary,
    name: "engineer-silent",
    submitAnswer: "silent",
    description:
      "Stored, then the socket is closed without an answer. A browser may send the request again by itself; each arrival is a line.",
  },
];

const variantByName = new Map(jobVariants.map((variant) => [variant.name, variant]));

export function findJob(name: string): Job | undefined {
  const number = /-(\d+)$/.exec(name);
  const variant = variantByName.get(number ? name.slice(0, number.index) : name);
  if (!variant) return undefined;
  const words = variant.hasHostileWords ? `Engineer ${hostileWords(0)}` : "Software Engineer";
  const title = number ? `${words} ${number[1]}` : words;
  return { name, title, location: "Denver, Colorado, United States", variant };
}

/** One opening of a job's form. */
export interface FormVisit {
  /** From 1 on. */
  readonly number: number;
  /** The browser showed the cookie of an earlier visit. */
  readonly isKnown: boolean;
}

/** The job as the site shows it on this visit. */
export function asVisited(job: Job, { number, isKnown }: FormVisit): Job {
  const { extraQuestion } = job.variant;
  if (extraQuestion !== "later" && extraQuestion !== "strangers") return job;
  const isAsked = number > 1 && !(extraQuestion === "strangers" && isKnown);
  return { ...job, variant: { ...job.variant, extraQuestion: isAsked ? "optional" : "none" } };
}

export function isStored(answer: SubmitAnswer): boolean {
  return answer !== "invalid" && answer !== "already-applied";
}
