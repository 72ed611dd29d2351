const many = (count: number, one: string) => `${count} ${one}${count === 1 ? "" : "s"}`;

export const answerStrings = {
  title: "Saved answers",
  intro:
    "Your own answers to questions of forms. One that asks the same again is answered with yours, however it writes the question.",
  loading: "Loading your answers …",
  none: "No answer is saved yet. When you answer a question of a form and have it remembered, it stands here.",
  noMatch: "No answer matches. Look for other words.",
  find: "Find in questions and answers",
  count: (shown: number, all: number) =>
    shown === all ? many(all, "answer") : `${shown} of ${many(all, "answer")}`,
  list: "Saved answers",
  forAll: "for every company",
  forOne: (company: string) => `for ${company} alone`,
  several: "several choices",
  text: "text",
  confirmed: (at: string) => `said ${at}`,
  more: (length: number) => `Show all ${length.toLocaleString("en")} characters`,
  less: "Show less",
  edit: "Change",
  editOf: (question: string) => `Change the answer to: ${question}`,
  forget: "Forget",
  forgetOf: (question: string) => `Forget the answer to: ${question}`,
  add: "Add an answer",
  question: "Question",
  questionUse: "As a form asks it. Case and punctuation do not matter.",
  answer: "Answer",
  severalUse: "One choice a line.",
  company: "Only for one company",
  companyUse: "Leave it empty for every company.",
  tooLong: (most: number) =>
    `An answer may have ${most.toLocaleString("en")} characters, and this has more. Nothing was saved. Make it shorter.`,
  save: "Save",
  leave: "Leave it",
  overtaken:
    "This answer was saved elsewhere after you typed here. What you typed replaces that once you save it.",
  saved: (question: string) => `Saved: ${question}`,
  forgotten: (question: string) => `Forgotten: ${question}`,
  sure: {
    title: "Forget this answer?",
    text: "Forms that ask this are no longer answered with it: you are asked again. What was sent with it stays as it is.",
    yes: "Forget it",
    no: "Keep it",
  },
} as const;
