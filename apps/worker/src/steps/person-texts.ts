import type { HumanStepKind, PersonWall, UnansweredQuestion } from "@valet/contracts";
import type { TaskEnd } from "@valet/db";
import { reasonsAtWall } from "@valet/domain";

/** What only the person can do before the form can be sent. */
export type PersonNeed =
  | { readonly kind: PersonWall }
  /** `fields`: what they alone can set; none where they have taken the browser by themselves. */
  | { readonly kind: "takeover"; readonly fields?: readonly UnansweredQuestion[] }
  | { readonly kind: "question"; readonly questions: readonly UnansweredQuestion[] };

interface NeedTexts {
  /** Why the person is needed and what to do. */
  readonly asks: string;
  /** The same, after the person has said that it was done. */
  readonly asksAgain: string;
  /** How it ends when nobody has done it in time. */
  readonly ends: string;
}

const atWalls: Readonly<Record<PersonWall, NeedTexts>> = {
  captcha: {
    asks: "The site asks for a captcha, which only a person may solve. Open the live view, solve it, then say that it is solved.",
    asksAgain:
      "The captcha is still there. Open the live view, solve it, then say that it is solved.",
    ends: "The site asked for a captcha, which only a person may solve, and nobody solved it in time. Nothing was sent. Start the application again.",
  },
  sign_in: {
    asks: "The site wants you to sign in or to make an account before it goes on. Open the live view, do it there, then say that it is done.",
    asksAgain: "The site still wants you to sign in. Open the live view, then say that it is done.",
    ends: "The site wanted you to sign in, and that was not done in time. Nothing was sent. Start the application again.",
  },
  email_code: {
    asks: "The site has sent a code or a link to your e-mail address. Say the code, or follow the link in the live view.",
    asksAgain:
      "The site did not take the code. Look for its newest e-mail and say the code once more; after several wrong ones a site may lock you out.",
    ends: "The site sent a code to your e-mail address, and nobody said it in time. Nothing was sent. Start the application again.",
  },
  consent: {
    asks: "The site asks for a consent of your own before it shows the form. Open the live view, decide there, then say that it is done.",
    asksAgain:
      "The site still asks for your consent. Open the live view, decide there, then say that it is done.",
    ends: "The site asked for a consent of your own, and nobody decided in time. Nothing was sent. Start the application again.",
  },
};

export function whyNeeded(need: PersonNeed): Pick<NeedTexts, "asks" | "asksAgain"> {
  if (need.kind === "takeover") return whyTakeOver(need.fields ?? []);
  if (need.kind !== "question") return atWalls[need.kind];
  const asks = `The form asks ${countOf(need.questions)} in what is stored about you. Answer ${need.questions.length === 1 ? "it" : "them"}, and the application goes on.`;
  return { asks, asksAgain: asks };
}

function whyTakeOver(fields: readonly UnansweredQuestion[]): Pick<NeedTexts, "asks" | "asksAgain"> {
  if (fields.length === 0) return { asks: takenOver, asksAgain: takenOver };
  const [what, them] =
    fields.length === 1 ? ["a field", "it"] : [`${fields.length} fields`, "them"];
  const how = `Take the browser over in the live view, set ${them} there, and hand it back.`;
  return {
    asks: `The form has ${what} that Valet cannot fill. ${how}`,
    asksAgain: `The form still shows nothing in ${what} that Valet cannot fill. ${how} If it does show your answer, say again that it is done.`,
  };
}

const takenOver =
  "You have taken the browser over, so nothing is done in it. Hand it back when you are done, and the application goes on from there.";

/** A wait that nobody has ended in time is closed, never taken for a yes. */
export function endUnhelped(step: {
  readonly kind: HumanStepKind;
  readonly questions: readonly UnansweredQuestion[];
}): TaskEnd {
  const { kind, questions } = step;
  switch (kind) {
    case "captcha":
    case "sign_in":
    case "email_code":
    case "consent":
      return { outcome: "not_submitted", reason: reasonsAtWall[kind], message: atWalls[kind].ends };
    case "question":
    case "attestation":
      return {
        outcome: "not_submitted",
        reason: "QUESTION_UNANSWERED",
        message: `The form asks ${countOf(questions)} in what is stored about you, and nobody answered in time. Nothing was sent. Add what is missing with \`valet profile set\` and apply again.`,
        questions: [...questions],
      };
    case "review":
    case "takeover":
      return {
        outcome: "not_submitted",
        reason: "REVIEW_EXPIRED",
        message:
          "Nobody was there in time to go on, so nothing was sent. Start the application again.",
      };
  }
}

function countOf(questions: readonly UnansweredQuestion[]): string {
  return questions.length === 1
    ? "1 required question that has no answer"
    : `${questions.length} required questions that have no answer`;
}
