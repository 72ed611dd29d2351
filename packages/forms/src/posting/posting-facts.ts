/** What a page says of the job it is about. Each is absent where the page does not say it, or says several. */
export interface PostingFacts {
  readonly company?: string;
  readonly title?: string;
  /** Places as the posting words them, several joined by "; ". */
  readonly location?: string;
}

const longestText = 300;

/** The facts in a page's structured data (schema.org `JobPosting`); none where it describes several jobs. */
export function postingFacts(texts: readonly string[]): PostingFacts {
  const objects = texts.flatMap((text) => objectsIn(parseJson(text)));
  const found = objects
    .filter((object) => [property(object, "@type")].flat().includes("JobPosting"))
    .map((posting) => ({
      ...named("company", nameOf(property(posting, "hiringOrganization"))),
      ...named("title", wordsOf(property(posting, "title"))),
      ...named("location", placesOf(posting)),
    }));
  const different = new Set(found.map((facts) => JSON.stringify(facts)));
  return different.size === 1 ? (found[0] ?? {}) : {};
}

function named(key: keyof PostingFacts, text: string): PostingFacts {
  return text === "" || text.length > longestText ? {} : { [key]: text };
}

/** Where the job is; for remote work the countries somebody must be in. */
function placesOf(posting: object): string {
  const given = [property(posting, "jobLocation")].flat();
  const required = [property(posting, "applicantLocationRequirements")].flat();
  const places = given.map((place) => addressOf(property(place, "address") ?? place));
  const named = places.some((place) => place !== "") ? places : required.map((one) => nameOf(one));
  return [...new Set(named)].filter((place) => place !== "").join("; ");
}

function addressOf(address: unknown): string {
  const parts = ["addressLocality", "addressRegion", "addressCountry"]
    .map((key) => nameOf(property(address, key)))
    .filter((part) => part !== "");
  return parts.length > 0 ? parts.join(", ") : nameOf(address);
}

/** A text, or what is called so. */
function nameOf(value: unknown): string {
  return wordsOf(value) === "" ? wordsOf(property(value, "name")) : wordsOf(value);
}

function wordsOf(value: unknown): string {
  return typeof value === "string" ? value.replace(/\s+/gu, " ").trim() : "";
}

function property(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The document itself, the entries of its lists and of `@graph`. */
function objectsIn(value: unknown): object[] {
  if (Array.isArray(value)) return value.flatMap((entry) => objectsIn(entry));
  if (typeof value !== "object" || value === null) return [];
  return [value, ...objectsIn(property(value, "@graph"))];
}
