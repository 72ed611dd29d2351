import type { TextCell, TextDocument, TextLine } from "../layout/text-document.ts";
import { isHeadingText } from "../sections/heading-words.ts";
import { type Sourced, sourced } from "./sourced.ts";

export interface OnlineProfile {
  readonly network: string;
  readonly username?: string;
  readonly url?: string;
}

export interface Contacts {
  readonly email?: Sourced;
  readonly phone?: Sourced;
  readonly url?: Sourced;
  readonly profiles: readonly Sourced<OnlineProfile>[];
}

const email = /[\p{L}\d][\p{L}\d._%+-]*@[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.\p{L}{2,}/u;
const phone = /(?<![\w/.@-])(?:\+|00)?\(?\d[\d\s()./\u{2010}-\u{2013}-]{6,20}\d(?![\w/@])/gu;
const address =
  /(?:https?:\/\/)?(?:[\p{L}\d](?:[\p{L}\d-]*[\p{L}\d])?\.)+\p{L}{2,12}(?::\d+)?(?:\/[^\s,;|<>()]*)?/giu;

/** The endings under which people have pages; words that only look like addresses have others (`Node.js`). */
const endings =
  /\.(?:com|org|net|io|dev|me|co|ai|app|edu|gov|info|biz|tech|page|site|online|blog|xyz|us|uk|de|at|ch|fr|es|it|pt|nl|be|eu|ca|au|in|br|mx|pl|se|no|dk|fi|cz|ie|jp|cn|tr|ru|ua|gr|nz|za|sg|hk|tv|cc|name|design|studio|works|website|space|pro|team|digital|world|example|test)(?::\d+)?(?:\/|$)/iu;

/** Networks by the hosts of their pages. */
const networks: readonly (readonly [name: string, host: RegExp])[] = [
  ["LinkedIn", /(?:^|\.)linkedin\.com$/iu],
  ["GitHub", /(?:^|\.)github\.com$/iu],
  ["GitLab", /(?:^|\.)gitlab\.com$/iu],
  ["Twitter", /(?:^|\.)twitter\.com$/iu],
  ["X", /(?:^|\.)x\.com$/iu],
  ["Stack Overflow", /(?:^|\.)stackoverflow\.com$/iu],
  ["Medium", /(?:^|\.)medium\.com$/iu],
  ["Dribbble", /(?:^|\.)dribbble\.com$/iu],
  ["Behance", /(?:^|\.)behance\.net$/iu],
  ["Xing", /(?:^|\.)xing\.com$/iu],
  ["Google Scholar", /^scholar\.google\.[a-z.]+$/iu],
  ["ORCID", /(?:^|\.)orcid\.org$/iu],
  ["Kaggle", /(?:^|\.)kaggle\.com$/iu],
  ["Facebook", /(?:^|\.)facebook\.com$/iu],
  ["Instagram", /(?:^|\.)instagram\.com$/iu],
  ["YouTube", /(?:^|\.)youtube\.com$/iu],
  ["ResearchGate", /(?:^|\.)researchgate\.net$/iu],
  ["Mastodon", /mastodon/iu],
  ["Bluesky", /(?:^|\.)bsky\.app$/iu],
];

const networkName =
  /\b(linked\s?in|github|gitlab|twitter|stack\s?overflow|medium|dribbble|behance|xing|orcid|google scholar|kaggle|mastodon|instagram|facebook|youtube|researchgate|bluesky)\b/iu;

/**
 * How a person can be reached, from the lines where people say that of themselves; `lines` are those, the
 * most likely first. A link counts by its address where its text does not say it.
 */
export function findContacts(lines: readonly TextLine[], document: TextDocument): Contacts {
  const found = {
    email: firstOf(lines, (text) => email.exec(text)?.[0]),
    phone: firstOf(lines, findPhone),
  };
  const mailTo = mailInTwoLines(lines) ?? found.email ?? linkedMail(document, lines);
  const profiles = findProfiles(lines, document);
  const taken = new Set(profiles.map(({ text }) => text));
  const whole = lines.filter((_, index) => !endsWithinMail(lines[index - 1]?.text ?? ""));
  const url =
    firstOf(whole, (text) => findPage(text, taken)) ?? linkedPage(document, lines, profiles);
  return {
    ...(mailTo === undefined ? {} : { email: mailTo }),
    ...(found.phone === undefined ? {} : { phone: found.phone }),
    ...(url === undefined ? {} : { url }),
    profiles,
  };
}

/** The end of an address for mail that found no room in its line is no page. */
function endsWithinMail(text: string): boolean {
  return /@[\w.-]*$/u.test(text) && (text.endsWith("-") || !email.test(text));
}

function firstOf(
  lines: readonly TextLine[],
  find: (text: string) => string | undefined,
): Sourced | undefined {
  for (const line of lines) {
    const value = find(line.text);
    if (value !== undefined) return sourced(value, line, value, 0.99);
  }
  return undefined;
}

/** Years and numbers of houses are no telephones: those have 7 to 15 digits (ITU E.164). */
function findPhone(text: string): string | undefined {
  for (const [found] of text.matchAll(phone)) {
    const digits = found.replaceAll(/\D/gu, "");
    const isRange = /(?:19|20)\d{2}\s*[–-]\s*(?:19|20)\d{2}/u.test(found);
    const isDate = /^\s*(?:\d{1,2}[./-]){1,2}(?:19|20)\d{2}/u.test(found);
    if (digits.length >= 7 && digits.length <= 15 && !isRange && !isDate) return found.trim();
  }
  return undefined;
}

function addressesOf(text: string): readonly string[] {
  return [...text.matchAll(address)]
    .filter(({ 0: found, index }) => text[index - 1] !== "@" && text[index + found.length] !== "@")
    .map(([found]) => found.replace(/[.,;:]+$/u, ""));
}

function hostOf(url: string): string {
  return (/^(?:https?:\/\/)?(?:www\.)?([^/:\s]+)/iu.exec(url)?.[1] ?? "").toLowerCase();
}

function pathOf(url: string): string {
  return /^(?:https?:\/\/)?[^/\s]+\/([^?#]*)/iu.exec(url)?.[1] ?? "";
}

function networkOf(url: string): string | undefined {
  const host = hostOf(url);
  return networks.find(([, pattern]) => pattern.test(host))?.[0];
}

function findPage(text: string, taken: ReadonlySet<string>): string | undefined {
  return addressesOf(text).find(
    (url) => isPage(url) && networkOf(url) === undefined && !taken.has(url),
  );
}

function isPage(url: string): boolean {
  return /^https?:/iu.test(url) || endings.test(url);
}

function findProfiles(
  lines: readonly TextLine[],
  document: TextDocument,
): readonly Sourced<OnlineProfile>[] {
  const found = new Map<string, Sourced<OnlineProfile>>();
  const add = (one: Sourced<OnlineProfile>) => {
    if (!found.has(one.value.network)) found.set(one.value.network, one);
  };
  for (const [index, line] of lines.entries()) {
    for (const url of addressesOf(line.text)) {
      const network = networkOf(url);
      const username = usernameOf(url);
      if (network === undefined || username === undefined) continue;
      add(sourced({ network, username, url }, line, url, 0.99));
    }
    for (const cell of line.cells) {
      const named = networkName.exec(cell.text)?.[0];
      if (named === undefined) continue;
      const username = besideName(line, cell, named) ?? alignedName(cell, lines, index);
      if (username === undefined) continue;
      add(sourced({ network: networkNamed(named), username }, line, username, 0.9));
    }
  }
  for (const { url, text, place } of document.links) {
    const network = networkOf(url);
    const username = usernameOf(url);
    const line = lines.find(
      (one) => isSamePlace(one.place, place) && (text === "" || one.text.includes(text)),
    );
    if (network === undefined || username === undefined || line === undefined) continue;
    const known = found.get(network);
    if (known === undefined) add(sourced({ network, username, url }, line, text, 0.95));
    else if (known.value.url === undefined) {
      found.set(network, { ...known, value: { ...known.value, url } });
    }
  }
  return [...found.values()];
}

function usernameOf(url: string): string | undefined {
  const parts = pathOf(url)
    .split("/")
    .filter((part) => part !== "");
  const [first = "", second] = parts;
  if (/^(?:in|pub|users?|profile|u|citations)$/iu.test(first)) return second;
  return first === "" ? undefined : first.replace(/^@/u, "");
}

function networkNamed(text: string): string {
  const plain = text.replaceAll(/\s/gu, "").toLowerCase();
  return networks.find(([name]) => name.replaceAll(" ", "").toLowerCase() === plain)?.[0] ?? text;
}

const username = /^@?([\p{L}\d][\p{L}\d._-]{1,38})$/u;

function readUsername(text: string): string | undefined {
  const found = username.exec(text.trim())?.[1];
  return found === undefined || isHeadingText(found) || networkName.test(found) ? undefined : found;
}

/** `GitHub: ada` or `ada (GitHub)`, where the rest of the cell is one word, or the name alone and a cell after it. */
function besideName(line: TextLine, cell: TextCell, name: string): string | undefined {
  const rest = cell.text
    .replace(name, "")
    .replaceAll(/[():|•·,/-]/gu, " ")
    .trim();
  if (rest !== "") return readUsername(rest);
  const next = line.cells[line.cells.indexOf(cell) + 1];
  return next === undefined ? undefined : readUsername(next.text);
}

/** A name of a network alone, with the username right below or above it. */
function alignedName(
  cell: TextCell,
  lines: readonly TextLine[],
  index: number,
): string | undefined {
  for (const near of [lines[index + 1], lines[index - 1]]) {
    const aligned = near?.cells.find(
      ({ box }) => box.left < cell.box.right && box.right > cell.box.left,
    );
    const found = aligned === undefined ? undefined : readUsername(aligned.text);
    if (found !== undefined && networkName.exec(cell.text)?.[0] === cell.text.trim()) return found;
  }
  return undefined;
}

const laterEnding = /^[\p{L}\d-]*(?:\.\p{L}{2,}){1,2}$/u;
const cutEnding = /^\p{L}{1,3}$/u;

/** The rest of the last word stands right below its beginning, and there was no room for it. */
function isCutOff({ box, edge }: TextLine, below: TextLine): boolean {
  const perLetter = (below.box.right - below.box.left) / below.text.length;
  return Math.abs(below.box.left - box.left) < 2 && edge - box.right < 2 * perLetter;
}

/** In a narrow column an address may go on in the next line. */
function mailInTwoLines(lines: readonly TextLine[]): Sourced | undefined {
  for (const [index, line] of lines.entries()) {
    const begin = /\S+@[\p{L}\d.-]*$/u.exec(line.text)?.[0];
    const below = lines[index + 1];
    if (begin === undefined || below === undefined) continue;
    const isWhole = email.test(begin);
    const end = (isWhole ? cutEnding : laterEnding).exec(below.text)?.[0];
    if (end === undefined || (isWhole && !isCutOff(line, below))) continue;
    const value = email.exec(begin + end)?.[0];
    if (value !== undefined) return sourced(value, line, begin, 0.8);
  }
  return undefined;
}

function linkedMail({ links }: TextDocument, lines: readonly TextLine[]): Sourced | undefined {
  for (const { url, place, text } of links) {
    const value = /^mailto:([^?]+)/iu.exec(url)?.[1];
    const line = lines.find((one) => isSamePlace(one.place, place) && one.text.includes(text));
    if (value !== undefined && line !== undefined) return sourced(value, line, text, 0.95);
  }
  return undefined;
}

function linkedPage(
  { links }: TextDocument,
  lines: readonly TextLine[],
  profiles: readonly Sourced<OnlineProfile>[],
): Sourced | undefined {
  const known = new Set(profiles.map(({ value }) => value.url));
  for (const { url, text, place } of links) {
    if (!/^https?:/iu.test(url) || networkOf(url) !== undefined || known.has(url)) continue;
    const saysPage = /website|portfolio|homepage|home page|blog|webseite|site web|sitio/iu.test(
      text,
    );
    if (!saysPage && addressesOf(text).length === 0) continue;
    const line = lines.find((one) => isSamePlace(one.place, place) && one.text.includes(text));
    if (line !== undefined) return sourced(url, line, text, 0.8);
  }
  return undefined;
}

function isSamePlace(one: TextLine["place"], other: TextLine["place"]): boolean {
  if ("page" in one && "page" in other) return one.page === other.page;
  return "paragraph" in one && "paragraph" in other && one.paragraph === other.paragraph;
}
