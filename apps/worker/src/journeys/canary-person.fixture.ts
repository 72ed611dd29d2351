import { randomInt } from "node:crypto";
import type { Profile } from "@valet/contracts";
import type { Canaries } from "@valet/testkit";

/** Values that nobody but Valet's database, the person and the employer's site may ever see. */
export interface CanaryBook {
  /** Makes one of a person's own, which Valet keeps. */
  readonly kept: (name: string) => string;
  /** Makes one that stands in something which is refused. */
  readonly refused: (name: string) => string;
  /** One that somebody else made: keys, tickets, cookies, codes. */
  readonly secret: (name: string, value: string) => void;
  /** One that only Valet's own processes know. */
  readonly configured: (name: string, value: string) => void;
  readonly all: () => Canaries;
  readonly ofKind: (...kinds: readonly CanaryKind[]) => Canaries;
}

type CanaryKind = "kept" | "refused" | "secret" | "configured";

export function openCanaryBook(): CanaryBook {
  const written: { kind: CanaryKind; name: string; value: string }[] = [];
  const write = (kind: CanaryKind, name: string, value: string) => {
    if (written.some((one) => one.name === name)) throw new Error(`There is a canary "${name}".`);
    written.push({ kind, name, value });
    return value;
  };
  const canariesOf = (lines: typeof written): Canaries =>
    Object.fromEntries(lines.map(({ name, value }) => [name, value]));
  return {
    kept: (name) => write("kept", name, name.startsWith("phone") ? phoneDigits() : word()),
    refused: (name) => write("refused", name, word()),
    secret: (name, value) => void write("secret", name, value),
    configured: (name, value) => void write("configured", name, value),
    all: () => canariesOf(written),
    ofKind: (...kinds) => canariesOf(written.filter(({ kind }) => kinds.includes(kind))),
  };
}

const consonants = "bcdfghjklmnpqrstvwxz";

/** Letters alone, so that every form takes it: no word of any language, nor of any base64 by chance. */
function word(): string {
  const letters = Array.from({ length: 13 }, () => consonants[randomInt(consonants.length)]);
  return `Q${letters.join("")}`;
}

/** A number that can be dialled, so that forms take it. */
function phoneDigits(): string {
  return `303${randomInt(230, 899)}${String(randomInt(10_000)).padStart(4, "0")}`;
}

/** A person all of whose facts are canaries, as far as a form can take them. */
export function canaryProfile({ kept }: CanaryBook): Profile {
  const [first, last] = [kept("first name"), kept("last name")];
  return {
    basics: {
      name: `${first} ${last}`,
      email: `${kept("e-mail").toLowerCase()}@example.com`,
      phone: `+1 ${kept("phone")}`,
      url: `https://${kept("website").toLowerCase()}.example.com/`,
      summary: `Builds ${kept("summary")} of all kinds.`,
      location: {
        address: `7 ${kept("street")} Road`,
        postalCode: kept("postal code"),
        // Forms look it up in a list of theirs.
        city: "Denver",
        region: "Colorado",
        countryCode: "US",
      },
      profiles: [
        { network: "LinkedIn", url: `https://www.linkedin.com/in/${kept("LinkedIn")}` },
        { network: "GitHub", url: `https://github.com/${kept("GitHub")}` },
      ],
    },
    work: [
      {
        name: kept("employer"),
        position: kept("position"),
        location: kept("place of work"),
        startDate: "2018-03",
        summary: kept("what the work was"),
        highlights: [kept("success")],
      },
    ],
    education: [
      {
        institution: kept("school"),
        studyType: kept("degree"),
        area: kept("subject"),
        score: kept("mark"),
        courses: [kept("course")],
      },
    ],
    skills: [{ name: kept("skill"), keywords: [kept("keyword")] }],
    languages: [{ language: kept("language"), fluency: kept("fluency") }],
    projects: [{ name: kept("project"), description: kept("what the project was") }],
    interests: [{ name: kept("interest") }],
    application: {
      name: { first, last, preferred: kept("preferred name") },
      pronouns: kept("pronouns"),
      workAuthorization: [
        { country: "US", authorized: true, sponsorshipRequired: false, status: kept("visa") },
      ],
      over18: true,
      yearsOfExperience: 7,
      noticePeriod: kept("notice period"),
      startDate: "2027-01-15",
      salary: { expected: 120_000, currency: "USD", period: "year" },
      relocation: { willing: true, locations: [kept("where to move")] },
      clearance: kept("clearance"),
      travel: kept("travel"),
      referralSource: "Company website",
      previouslyEmployed: [kept("former employer")],
      demographics: { gender: kept("gender"), disability: kept("disability"), hispanic: "No" },
      consents: { privacy: true },
      savedAnswers: [
        { question: "Why do you want to work with us?", answer: kept("saved answer") },
        { question: `What is ${kept("saved question")}?`, answer: [kept("another saved answer")] },
        { question: "Which of these languages do you use?", answer: ["TypeScript"] },
      ],
    },
  };
}
