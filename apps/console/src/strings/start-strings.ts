import type { ReadFact, ReadGroupName, Standing } from "../about-you/resume/read-facts.ts";

const many = (count: number, one: string) => `${count} ${one}${count === 1 ? "" : "s"}`;

const groups: Readonly<Record<ReadGroupName, string>> = {
  you: "You",
  links: "Links",
  work: "Work",
  education: "Education",
  skills: "Skills",
  languages: "Languages",
  projects: "Projects",
  certificates: "Certificates",
  awards: "Awards",
};

const standings: Readonly<Record<Standing, string>> = {
  new: "new",
  kept: "kept",
  differs: "you say otherwise",
  unused: "not used",
};

const leaves: Readonly<Record<string, string>> = {
  name: "Name",
  "work/name": "Employer",
  "skills/name": "Group",
  "projects/name": "Project",
  "certificates/name": "Certificate",
  label: "Title",
  email: "E-mail",
  phone: "Phone",
  url: "Address",
  address: "Place",
  summary: "Summary",
  network: "Network",
  username: "User name",
  position: "Position",
  location: "Place",
  startDate: "From",
  endDate: "Until",
  institution: "School",
  studyType: "Degree",
  area: "Subject",
  score: "Mark",
  level: "Level",
  keywords: "Skill",
  highlights: "Point",
  language: "Language",
  fluency: "How well",
  description: "What it is",
  issuer: "From",
  title: "Title",
  date: "Date",
};

export const startStrings = {
  title: "About you",
  intro:
    "What Valet may say of you in application forms. It says nothing that you have not kept here, and what it does not know it asks.",
  parts: "Parts of what Valet knows of you",
  resume: "Résumé",
  facts: "Facts forms ask for",
  answers: "Saved answers",
  drop: {
    title: "Your résumé",
    label: "Drop your résumé here: a PDF or DOCX file of at most 10 MB",
    choose: "Choose a file …",
    another: "Drop another résumé here, or",
    sending: (name: string) => `“${name}” is being sent …`,
    tooBig: (name: string, mb: string) =>
      `“${name}” has ${mb} MB, and a résumé may have 10. Nothing was sent. Export it with smaller pictures, or print it to a new PDF, and choose that.`,
    noFile:
      "That was no file, so nothing was sent. Drop a PDF or DOCX file from a folder, or choose it.",
    onlyOne: (name: string) => `Several were dropped; “${name}” is taken, the others are not.`,
  },
  shown: "Résumé that is shown",
  stages: {
    list: "What is done with the file",
    stored: "Stored",
    reading: "Being read",
    read: "Read",
    failed: "Could not be read",
  },
  again: "Have it read again",
  none: "No résumé is stored yet. An application needs one, and most of what forms ask stands in it.",
  loading: "Loading what is known of you …",
  understood: "What was understood",
  understoodHow:
    "Press a line, or move to it with the Tab key, to see where your résumé says it. Nothing is used before you keep it.",
  leaf: ({ group, leaf }: Pick<ReadFact, "group" | "leaf">) =>
    leaves[`${group}/${leaf}`] ?? leaves[leaf] ?? leaf,
  groups,
  standings,
  values: (count: number) => many(count, "value"),
  sure: (pct: number) => `${pct} % sure`,
  profileSays: (value: string) => `You say: ${value}. That counts.`,
  keepNew: (count: number) => `Keep ${many(count, "new thing")}`,
  keepWhat: (count: number) =>
    count === 1
      ? "One thing is new: a value, a position, a school. Kept, it answers forms; each can be corrected before and after."
      : `${count} things are new: values, positions, schools. Kept, they answer forms; each can be corrected before and after.`,
  allKept: "All of it is kept. Forms are answered with it.",
  next: "Next: facts that forms ask for besides",
  take: "Take the résumé's",
  takeOf: (what: string, value: string) => `Take the résumé's ${what}: ${value}`,
  correct: "Correct",
  correctOf: (what: string, value: string) => `Correct ${what}: ${value}`,
  save: "Save",
  leave: "Leave it",
  correctHint: (isEntry: boolean) =>
    isEntry ? "Saved as your own words, with the rest of this entry." : "Saved as your own words.",
  nowhere:
    "This was changed elsewhere meanwhile. Nothing was saved. Look at it once more and correct it then.",
  text: (name: string) => `Text of ${name}`,
  page: (page: number) => `Page ${page}`,
  standsThere: (text: string) => `Stands in the résumé: ${text}`,
  noText:
    "This résumé was read before its text was kept. Have it read again to see where each value stands.",
  board: {
    title: "Begin with your résumé",
    text: "Valet reads it, shows what it understood, and asks for what forms want besides. Without one nothing can be applied for.",
    open: "Give Valet your résumé",
  },
} as const;
