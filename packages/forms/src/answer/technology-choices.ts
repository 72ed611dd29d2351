import { type Fact, profileFact } from "../plan/fact.ts";
import { type AskedQuestion, takesSeveral } from "./asked-question.ts";
import { languageOf, languageSkills, languagesIn, technologiesIn } from "./known-technologies.ts";
import { nothingOption } from "./option-sense.ts";
import { plainWords, wantsWords } from "./question-words.ts";
import { hasSkillList, namesForSure, namesNone, namesTerm, unlisted } from "./skill-evidence.ts";

export const languageTopic =
  /\b(programming|coding|scripting|interview|development|computer|technical) languages?\b|\blanguages? (do you|are you|you) (use|code|program|prefer|know|feel|most|have)|\b(preferred|favou?rite|strongest|primary|main) (programming |coding )?language\b/u;

/** "What is your preferred programming language?": one of the listed skills, in their order. */
export function preferredLanguage(question: AskedQuestion): Fact | undefined {
  const { text, options } = question;
  if (!languageTopic.test(text)) return undefined;
  const isAboutCode =
    /\b(program(ming)?|coding|code|technical|interview|develop\w*|scripting|computer)\b/u.test(
      text,
    ) || options.some((option) => languageOf(option) !== undefined);
  if (!isAboutCode || /\b(communicat|correspond|speak|spoken)/u.test(text)) return undefined;
  const own = languageSkills(question.profile);
  const [best, second] = own;
  if (best === undefined) return undefined;
  if (options.length > 0) {
    const known = options.filter((option) => own.some(({ id }) => id === languageOf(option)));
    const [only] = known;
    if (only === undefined) return undefined;
    if (takesSeveral(question))
      return { texts: known, isList: true, source: "profile", ref: "/skills", confidence: 0.88 };
    return known.length === 1
      ? { texts: [only], source: "profile", ref: "/skills", confidence: 0.85 }
      : undefined;
  }
  if (/\b(why|describe|project|years|how (long|many|much))\b/u.test(text)) return undefined;
  if (/\brank|\bfirst and second|\btop (two|2|three|3)\b/u.test(text)) {
    const ranked = own
      .slice(0, /\b(three|3)\b/u.test(text) ? 3 : 2)
      .map(({ name }, index) => `${index + 1}. ${name}`);
    return second === undefined
      ? undefined
      : {
          texts: [ranked.join(", ")],
          source: "profile",
          ref: "/skills",
          confidence: 0.75,
          isConclusion: true,
        };
  }
  if (
    /\b(preferred|favou?rite|strongest|primary|main|most proficient)\b/u.test(text) &&
    !/\blanguages\b/u.test(text)
  ) {
    const named = profileFact(best.ref, best.name);
    const isOnly = second === undefined;
    // Being named first is not yet being preferred.
    return named && { ...named, confidence: 0.75, ...(isOnly ? {} : { isConclusion: true }) };
  }
  const isClosed = question.closed !== undefined && /^(are|do|have|can)\b/u.test(question.closed);
  const list = own.map(({ name }) => name).join(", ");
  if (isClosed && !wantsWords(text)) return undefined;
  return {
    texts: [isClosed && second !== undefined ? `Yes: ${list}.` : list],
    source: "profile",
    ref: "/skills",
    confidence: 0.8,
  };
}

/** "Which of these have you used?": the offered technologies that the profile names. */
export function knownOnes(question: AskedQuestion): Fact | undefined {
  const { text, options } = question;
  const asks =
    /\b(which|select|check|tick|indicate)\b.*\b(technolog\w+|tools?|languages?|frameworks?|software|skills?|platforms?|librar\w+|packages|programs)\b.*\b(used|use|know|experience|familiar|proficien\w+|worked|comfortable|competen\w+)/u;
  if (
    !asks.test(text) ||
    /\b(most|prefer|want|like to|interested|professional\w*|years)\b/u.test(text)
  )
    return undefined;
  if (!takesSeveral(question) || !hasSkillList(question)) return undefined;
  const named = options.filter((option) => technologiesIn(plainWords(option)).length > 0);
  if (named.length < 2 || named.length < options.length - 2) return undefined;
  const known = named.filter((option) => {
    const terms = technologiesIn(plainWords(option));
    return terms.every((term) => namesForSure(question, term));
  });
  if (known.length > 0)
    return { texts: known, isList: true, source: "profile", ref: "/skills", confidence: 0.8 };
  const nothing = nothingOption(options);
  return nothing === undefined ? undefined : unlisted(question, nothing);
}

/** "In which settings have you used X?": where work, projects and courses name it. */
export function settingsOfUse(question: AskedQuestion): Fact | undefined {
  const { text, options, profile } = question;
  const asks =
    /\b(settings?|contexts?|where|capacity|capacities|environments?)\b.*\b(used|written|done|developed|worked|programmed|gained|applied)\b/u;
  if (!asks.test(text) || options.length < 2) return undefined;
  const terms = technologiesIn(text);
  if (terms.length === 0) return undefined;
  const nothing = nothingOption(options);
  if (namesNone(question, terms) && nothing !== undefined) return unlisted(question, nothing);
  const places: readonly (readonly [RegExp, unknown, string])[] = [
    [
      /\b(personal|side|own|hobby|independent) (projects?|work|time)|\bprojects?\b/u,
      profile.projects,
      "/projects",
    ],
    [
      /\b(internship|workplace|work|professional|job|industry|employment)\b/u,
      profile.work,
      "/work",
    ],
    [
      /\b(class ?work|course ?work|courses?|university|academic|school|class)\b/u,
      profile.education,
      "/education",
    ],
  ];
  const named = languagesIn(text).length > 0 ? languagesIn(text) : terms;
  const used = places.filter(([, list]) =>
    named.some((term) => namesTerm(JSON.stringify(list ?? "").toLowerCase(), term)),
  );
  const chosen = used.flatMap(([words]) =>
    options.filter((option) => words.test(plainWords(option))).slice(0, 1),
  );
  const first = used[0];
  if (chosen.length === 0 || first === undefined) return undefined;
  if (!takesSeveral(question) && chosen.length > 1) return undefined;
  return {
    texts: [...new Set(chosen)],
    isList: true,
    source: "profile",
    ref: first[2],
    confidence: 0.8,
  };
}
