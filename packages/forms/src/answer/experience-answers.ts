import { type Fact, profileFact } from "../plan/fact.ts";
import { type AnswerRule, type AskedQuestion, isWritten } from "./asked-question.ts";
import { silenceOf } from "./list-silence.ts";
import { numberRange } from "./number-range.ts";
import { senseOf } from "./option-sense.ts";
import { spokenLanguages } from "./spoken-languages.ts";
import { yesNo } from "./worded-facts.ts";
import { isTurned } from "./negation.ts";
import { contentWords, plainWords, stem } from "./question-words.ts";

/** Work and projects as the résumé tells them. */
export const experienceAnswers: readonly AnswerRule[] = [
  minimumYears,
  currentWork,
  internshipCount,
  internships,
  games,
  hobbies,
  ownProject,
  codeLink,
  ...spokenLanguages,
];

/** "Do you have at least 3 years of …?": no part can be longer than the whole. */
function minimumYears({ closed, profile }: AskedQuestion): Fact | undefined {
  const total = profile.application?.yearsOfExperience;
  if (closed === undefined || total === undefined || isTurned(closed)) return undefined;
  const asked =
    /\b(?:have|possess|has)\b[^.?]{0,40}?\b(\d{1,2})\s*(?:\+|plus|or more)?\s*(?:years?|yrs?)\b([^.?]*)/u.exec(
      closed,
    );
  const [, digits, rest = ""] = asked ?? [];
  if (digits === undefined || !/\bexperience|\bworking|\bworked/u.test(closed)) return undefined;
  const ref = "/application/yearsOfExperience";
  if (total < Number(digits)) {
    return /\b(less|fewer|up to|under|at most|than)\b/u.test(closed)
      ? undefined
      : yesNo(false, ref, 0.88);
  }
  const isWhole =
    /^ (of )?(total |overall |professional |work |full[- ]time )*(work )?experience\W*$/u;
  return isWhole.test(rest) ? yesNo(true, ref, 0.85) : undefined;
}

/** "Who is your current employer?", "What is your present job title?": of the one row that has not ended. */
function currentWork({ text, options, profile }: AskedQuestion): Fact | undefined {
  if (options.length > 0 || text.length > 80 || !/\b(current|present)(ly)?\b/u.test(text))
    return undefined;
  if (
    /\b(salary|reason|leav\w*|why|years?|months?|how|number|start\w*|end|date|joined|industry|size|location|city|website|type|like|contact|may we|long|address|phone|since|visa|notice|manager|and)\b/u.test(
      text,
    )
  )
    return undefined;
  const open = (profile.work ?? [])
    .map((entry, index) => ({ entry, ref: `/work/${index}` }))
    .filter(({ entry: { endDate = "" } }) => endDate === "" || /^present$/iu.test(endDate));
  const [only] = open;
  if (open.length !== 1 || only === undefined) return undefined;
  if (/\b(employer|company)\b/u.test(text)) return profileFact(`${only.ref}/name`, only.entry.name);
  return /\b(job title|position|role|title)\b/u.test(text)
    ? profileFact(`${only.ref}/position`, only.entry.position)
    : undefined;
}

/** Kinds of employers that a résumé would name. */
const employerKinds =
  /\b(hedge funds?|prop(rietary)? ?(trading)?( firms?)?|trading firms?|investment banks?|market makers?|private equity|venture capital|consult(ing|ancy)( firms?)?|big four|law firms?|start-?ups?|faang|tech(nology)? compan(y|ies))\b/gu;

/** "Have you completed any internships? Any of them at a hedge fund?" */
function internships(question: AskedQuestion): Fact | undefined {
  const { text, profile, options, closed } = question;
  if (!/\b(internships?|interned)\b/u.test(text) || closed === undefined || isTurned(closed))
    return undefined;
  if (
    !/\b(have|did|do) you (ever |previously |already )?(had |have |done |completed |complete |held |any |relevant |prior |previous |interned |worked as an intern )/u.test(
      closed,
    )
  )
    return undefined;
  if (/\b(this|our|with us|offers?|interested|returning|summer 20\d\d)\b/u.test(closed))
    return undefined;
  const work = profile.work;
  if (work === undefined || work.length === 0) return undefined;
  const index = work.findIndex(({ position = "" }) => internWords.test(position));
  const kinds = [...text.matchAll(employerKinds)].map(([kind]) => kind);
  const ref = index === -1 ? "/work" : `/work/${index}`;
  const isOfKind = kinds.length === 0 || namesKind(JSON.stringify(work).toLowerCase(), kinds);
  if (kinds.length > 0 && isOfKind) return undefined;
  // "… in software engineering": what kind of internship it was is not for us to say.
  if (
    kinds.length === 0 &&
    /\b(internships?|interned|intern)\b.*\b(in|at|with|within|as|for)\b/u.test(closed)
  )
    return undefined;
  const has = index !== -1;
  const silence = has && isOfKind ? { confidence: 0.85 } : silenceOf(question, "work");
  if (silence === undefined) return undefined;
  const detailed = options.filter((option) => senseOf(option) === "yes");
  if (detailed.length < 2) {
    if (isWritten(question) && kinds.length === 0 && has) return undefined;
    return { ...yesNo(has && isOfKind, ref, 0), ...silence };
  }
  if (!has) return { ...yesNo(false, ref, 0), ...silence };
  const without = detailed.filter((option) =>
    /\bnot\b|\bother than\b|\boutside\b/u.test(plainWords(option)),
  );
  const [only] = without;
  return without.length === 1 && only !== undefined
    ? { texts: [only], source: "profile", ref, ...silence }
    : undefined;
}

const internWords = /\bintern(ship)?\b|\bplacement\b/iu;

/** "How many internships have you completed?": those of the list of work. */
function internshipCount(question: AskedQuestion): Fact | undefined {
  const { text, options, kind, profile } = question;
  if (
    !/\bhow many\b.{0,30}\binternships?\b/u.test(text) ||
    /\b(in|at|months|weeks|years)\b/u.test(text)
  )
    return undefined;
  const { work } = profile;
  const silence = silenceOf(question, "work");
  if (work === undefined || work.length === 0 || silence === undefined) return undefined;
  const count = work.filter(({ position = "" }) => internWords.test(position)).length;
  const found = { source: "profile", ref: "/work", ...silence } as const;
  if (options.length === 0) {
    return kind === "number" || kind === "text" ? { texts: [String(count)], ...found } : undefined;
  }
  const fitting = options.filter((option) => numberRange(option)?.holds(count) === true);
  const [only] = fitting;
  return fitting.length === 1 && only !== undefined ? { texts: [only], ...found } : undefined;
}

/** Interests as they are stored. */
function hobbies({ text, profile, options }: AskedQuestion): Fact | undefined {
  const asks =
    /\b(hobbies|(interests|activities|passions) (outside|beyond|apart)|extra-?curricular)\b/u;
  const interests = profile.interests ?? [];
  if (!asks.test(text) || options.length > 0 || interests.length === 0) return undefined;
  if (/\b(why|leadership|achievements?|words|sentences|volunteer\w*)\b/u.test(text))
    return undefined;
  return {
    texts: [interests.map(interestInWords).join(", ")],
    source: "profile",
    ref: "/interests",
    confidence: 0.75,
  };
}

type Interest = NonNullable<AskedQuestion["profile"]["interests"]>[number];

function interestInWords({ name = "", keywords = [] }: Interest): string {
  return keywords.length === 0 ? name : `${name} (${keywords.join(", ")})`;
}

function namesKind(text: string, kinds: readonly string[]): boolean {
  return kinds.some((kind) =>
    contentWords(kind)
      .map((word) => stem(word))
      .filter((word) => !["firm", "compan", "fund", "tech", "big"].includes(word))
      .some((word) => text.includes(word)),
  );
}

/** Interests that are games of thought; said as stored, without a rank that is not. */
const strategicGames =
  /\b(chess|poker|bridge|go|backgammon|shogi|scrabble|e-?sports|magic the gathering|board games?)\b/iu;

function games({ text, profile, options }: AskedQuestion): Fact | undefined {
  if (
    !/\b(strategic|strategy|board|competitive|mind|card) (\w+ ){0,4}?(games?|gaming)\b|\bchess\b.*\bpoker\b/u.test(
      text,
    ) ||
    options.length > 0
  )
    return undefined;
  const interests = profile.interests ?? [];
  const index = interests.findIndex(({ name = "" }) => strategicGames.test(name));
  const found = interests[index];
  if (found === undefined) return undefined;
  const words = interestInWords(found);
  return { texts: [words], source: "profile", ref: `/interests/${index}`, confidence: 0.75 };
}

/** "What can we look at?": where the person's code is public. */
function codeLink({ text, around, kind, profile, options }: AskedQuestion): Fact | undefined {
  const asks =
    /\b(code samples?|work samples?|repositor(y|ies)|something you('ve| have)? (built|made)|(what|something|anything) (can we|to|we can) look at|link to (a|an|your|any) (\w+ ){0,2}(projects?|code|work))\b/u;
  if (options.length > 0 || !["url", "text"].includes(kind)) return undefined;
  if (!asks.test(text) || /\b(why|describe|video|resume|cv|design|writing)\b/u.test(text))
    return undefined;
  const profiles = profile.basics?.profiles ?? [];
  const index = profiles.findIndex(
    ({ network, url }) => /^git(hub|lab)$/iu.test(network ?? "") && url !== undefined,
  );
  const isOfCode =
    kind === "url" || /\b(repositor|code|github|software)/u.test(`${text} ${around}`);
  const url = profiles[index]?.url;
  if (url === undefined || !isOfCode) return undefined;
  return {
    texts: [url],
    source: "profile",
    ref: `/basics/profiles/${index}/url`,
    confidence: 0.65,
    isConclusion: true,
  };
}

/** "Do you build things in your own time? Give an example": the first stored project, word for word. */
function ownProject({ text, profile, options }: AskedQuestion): Fact | undefined {
  const asks =
    /\b(own|spare|free) time\b|\b(personal|side|independent|hobby) (coding |programming |technical |software )?projects?\b|\bexploratory research\b/u;
  if (!asks.test(text) || options.length > 0) return undefined;
  if (
    /\b(team|shipped|users?|customers?|production|words|sentences|bullets|why|link|url)\b/u.test(
      text,
    )
  )
    return undefined;
  const [project] = profile.projects ?? [];
  if (project?.description === undefined || project.description === "") return undefined;
  return {
    texts: [project.description],
    source: "profile",
    ref: "/projects/0/description",
    confidence: 0.6,
    isConclusion: true,
  };
}
