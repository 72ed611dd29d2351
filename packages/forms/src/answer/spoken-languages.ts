import { type Fact, profileFact } from "../plan/fact.ts";
import { type AnswerRule, type AskedQuestion, isWritten } from "./asked-question.ts";
import { optionsThatSay, senseOf } from "./option-sense.ts";
import { silenceOf } from "./list-silence.ts";
import { yesNo } from "./worded-facts.ts";
import { isTurned } from "./negation.ts";
import { plainWords } from "./question-words.ts";

/** Languages people speak; how well only where a fluency is stored or it is the language of their country. */
export const spokenLanguages: readonly AnswerRule[] = [whichLanguages, oneLanguage];

const tongueCodes =
  "en es fr de it pt nl pl sv no da fi ru uk cs sk hu ro bg el tr ar he hi ur bn pa ta zh ja ko vi th id ms ca cy ga".split(
    " ",
  );

const namers = ["en", "de", "fr", "es", "pt", "it", "nl", "pl"].map(
  (language) => new Intl.DisplayNames([language], { type: "language" }),
);

/** The English name by the name in eight languages, lower case and without accents. */
const tongueByName: ReadonlyMap<string, string> = new Map([
  ...tongueCodes.flatMap((code) => {
    const english = plainWords(namers[0]?.of(code));
    return namers.map((names): [string, string] => [plainWords(names.of(code)), english]);
  }),
  ["mandarin", "mandarin"],
  ["cantonese", "cantonese"],
  // As an adverb or in the case that follows "speak".
  ["po angielsku", "english"],
  ["po niemiecku", "german"],
]);

/** The languages people speak that a plain text names. */
function tonguesIn(text: string): string[] {
  const words = text.split(/[^\p{L}]+/u);
  const found = words.flatMap((word) => tongueByName.get(word) ?? []);
  return [...new Set(found)];
}

/** Countries where nearly everybody is schooled in one language. */
const countryTongues: Readonly<Record<string, string>> = {
  GB: "english",
  IE: "english",
  US: "english",
  AU: "english",
  NZ: "english",
  DE: "german",
  AT: "german",
  FR: "french",
  ES: "spanish",
  MX: "spanish",
  AR: "spanish",
  CO: "spanish",
  CL: "spanish",
  IT: "italian",
  PT: "portuguese",
  BR: "portuguese",
  NL: "dutch",
  PL: "polish",
  SE: "swedish",
  NO: "norwegian",
  DK: "danish",
  CZ: "czech",
  HU: "hungarian",
  RO: "romanian",
  BG: "bulgarian",
  GR: "greek",
  TR: "turkish",
  JP: "japanese",
  KR: "korean",
};

interface Spoken {
  readonly name: string;
  readonly fluency: string | undefined;
  /** The language of a country the person is a citizen of and lives in. */
  readonly isNative: boolean;
  readonly ref: string;
}

function spokenBy({ profile }: AskedQuestion): Spoken[] {
  const home = profile.basics?.location?.countryCode;
  const isCitizen =
    home !== undefined && profile.application?.citizenships?.includes(home) === true;
  return (profile.languages ?? []).map(({ language, fluency }, index) => {
    const name = tonguesIn(plainWords(language))[0] ?? plainWords(language);
    const isNative = isCitizen && countryTongues[home] === name;
    return { name, fluency, isNative, ref: `/languages/${index}` };
  });
}

/** "Which languages do you speak?" */
function whichLanguages(question: AskedQuestion): Fact | undefined {
  const { text, options } = question;
  const own = spokenBy(question);
  const asks =
    /\b(which|what|other|any) (\w+ )?languages? (do|can|are) you (speak|know)|\blanguages? (spoken|you speak)\b/u;
  if (own.length === 0 || !asks.test(text) || /\bfluen|\blevel|\bprogramming/u.test(text))
    return undefined;
  if (isWritten(question)) {
    const names = own.map(({ name }) => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`);
    return profileFact("/languages", names.join(", "));
  }
  const known = options.filter((option) => own.some(({ name }) => name === plainWords(option)));
  if (known.length === 0) return undefined;
  return { texts: known, isList: true, source: "profile", ref: "/languages", confidence: 0.85 };
}

const languageWords =
  /\b(speak|fluen|proficien|language|level|conversational|knowledge|written|rate|native|sprech|sprich|kenntnis|fliessend|niveau|sprache|langue|parle|couramment|habla|idioma|nivel|fluid|fala|fluente|parla|lingua|livello|spreek|vloeiend|taal|mowi|zna|jezyk|poziom|plynn)\w*/u;

/** "Do you speak Dutch?", "How well do you speak Dutch?" */
function oneLanguage(question: AskedQuestion): Fact | undefined {
  const { text, options, closed } = question;
  const own = spokenBy(question);
  const asked = tonguesIn(text);
  if (asked.length === 0 || own.length === 0 || !languageWords.test(text)) return undefined;
  if (
    /\b(first|native|other than|besides) (language|speaker|english)|\bmother tongue|\b(test|certificat|exam|course|class|muttersprache|langue maternelle)/u.test(
      text,
    )
  )
    return undefined;
  const found = asked.map((tongue) => own.find(({ name }) => name === tongue));
  const known = found.filter((spoken) => spoken !== undefined);
  // Foreign sentences are closed where a yes or a no is all they offer.
  const isChoice =
    options.length === 2 && options.every((option) => ["yes", "no"].includes(senseOf(option)));
  const isClosed = (closed !== undefined || isChoice) && !isTurned(closed ?? text);
  if (asked.length > 1 && (!isClosed || /\bor\b|\boder\b|\bou\b/u.test(text))) return undefined;
  if (known.length < found.length) {
    const silence = silenceOf(question, "languages");
    const nothing = optionsThatSay(options, "none");
    const said = isClosed
      ? yesNo(false, "/languages", 0)
      : oneOf(nothing, { ref: "/languages", confidence: 0 });
    return said && silence && { ...said, ...silence };
  }
  const [first] = known;
  if (first === undefined) return undefined;
  const asksLevel =
    /\b(fluen|proficien|level|business|advanced|professional|how well|rate|fliessend|verhandlungssicher|couramment|fluid|fluente|vloeiend|plynn)\w*/u.test(
      text,
    );
  if (!asksLevel) return isClosed ? yesNo(true, first.ref, 0.85) : undefined;
  if (!isClosed) return openLevel(question, first);
  const levels = known.map((spoken) => closedLevel(spoken));
  return (
    levels.find((level) => level?.isTrue !== true) ??
    (levels.includes(undefined) ? undefined : levels[0])
  );
}

const fluentWords =
  /\b(native|fluent|bilingual|mother tongue|full professional|c2|c1|fliessend|verhandlungssicher|muttersprach\w*)\b/u;
const basicWords = /\b(basic|beginner|elementary|a1|a2|grundkenntnisse|school)\b/u;

/** Whether somebody of a stored level is fluent; what lies between is for the person to say. */
function closedLevel({ fluency, isNative, ref }: Spoken): Fact | undefined {
  if (fluency === undefined) return isNative ? yesNo(true, ref, 0.8) : undefined;
  const plain = plainWords(fluency);
  if (fluentWords.test(plain)) return yesNo(true, `${ref}/fluency`, 0.88);
  return basicWords.test(plain) ? yesNo(false, `${ref}/fluency`, 0.85) : undefined;
}

function openLevel(
  { options }: AskedQuestion,
  { fluency, isNative, ref }: Spoken,
): Fact | undefined {
  if (fluency !== undefined) {
    return { texts: [fluency], source: "profile", ref: `${ref}/fluency`, confidence: 0.85 };
  }
  if (!isNative) return undefined;
  const native = options.filter((option) =>
    /\b(native|mother tongue|first language)\b/u.test(plainWords(option)),
  );
  return oneOf(native, { ref, confidence: 0.78 });
}

function oneOf(
  options: readonly string[],
  { ref, confidence }: { readonly ref: string; readonly confidence: number },
): Fact | undefined {
  const [only] = options;
  if (options.length !== 1 || only === undefined) return undefined;
  return { texts: [only], source: "profile", ref, confidence };
}
