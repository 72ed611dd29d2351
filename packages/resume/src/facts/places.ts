import { namesDegree } from "./word-lists.ts";

const states =
  "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC|ON|QC|BC|AB|MB|SK|NS|NB|NSW|VIC|QLD";
const stateNames =
  "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming|Ontario|Quebec|British Columbia|Alberta";
const countries =
  "USA?|U\\.S\\.A?\\.?|United States(?: of America)?|UK|U\\.K\\.|United Kingdom|England|Scotland|Wales|Ireland|Germany|Deutschland|France|Spain|España|Italy|Italia|Portugal|Netherlands|Nederland|Belgium|Belgique|België|Switzerland|Schweiz|Suisse|Austria|Österreich|Poland|Polska|Czechia|Czech Republic|Sweden|Norway|Denmark|Finland|Iceland|Greece|Turkey|Türkiye|Russia|Ukraine|Romania|Bulgaria|Hungary|Serbia|Croatia|Slovenia|Slovakia|Estonia|Latvia|Lithuania|Canada|Mexico|México|Brazil|Brasil|Argentina|Chile|Colombia|Peru|Perú|India|China|Japan|South Korea|Korea|Taiwan|Hong Kong|Singapore|Malaysia|Indonesia|Thailand|Vietnam|Philippines|Australia|New Zealand|South Africa|Nigeria|Kenya|Egypt|Israel|UAE|United Arab Emirates|Saudi Arabia|Pakistan|Bangladesh|Sri Lanka";
const city = String.raw`\p{Lu}[\p{L}.'’-]*(?:[ -](?:de|la|del|of|am|an der|sur|\p{Lu}[\p{L}.'’-]*)){0,3}`;

const named = String.raw`${city},\s*(?:(?:${states}|${stateNames}|${countries})(?![\p{L}])(?:\s+\d{5})?(?:,\s*(?:${countries})(?!\p{L}))?|\p{Lu}{2,3}(?!\p{L}))`;
const remote = String.raw`(?:fully\s+)?remote|home\s?office|hybrid|worldwide`;

const whole = new RegExp(String.raw`^(?:${named}|(?:${remote}))(?:\s*\((?:${remote})\))?$`, "iu");
const wholeNamed = new RegExp(String.raw`^(?:${named})(?:\s*\((?:${remote})\))?$`, "u");
const within = new RegExp(named, "u");
const atEnd = new RegExp(String.raw`[,(–—-]\s*((?:${remote}))\)?$`, "iu");
const justCountry = new RegExp(String.raw`^(?:${countries}|${stateNames})$`, "u");

const isState = new RegExp(`^(?:${states})$`, "u");

/** Whether a text is nothing but a place. */
export function isPlace(text: string): boolean {
  const trimmed = withSmallLetters(text.trim());
  if (endsWithDegree(trimmed)) return false;
  if (justCountry.test(trimmed) || wholeNamed.test(trimmed)) return true;
  return whole.test(trimmed) && new RegExp(String.raw`^(?:${remote})`, "iu").test(trimmed);
}

/** A place within other words. */
export function findPlace(text: string): string | undefined {
  const small = withSmallLetters(text);
  if (small === text || small.length !== text.length) return placeIn(text);
  const place = placeIn(small);
  const at = small.indexOf(place ?? "");
  return place === undefined ? undefined : text.slice(at, at + place.length);
}

/** `LYON, FRANCE` as a person would write it; codes of states and countries keep their capitals. */
function withSmallLetters(text: string): string {
  if (text !== text.toUpperCase() || !/\p{Lu}{4}/u.test(text)) return text;
  return text.replaceAll(/(?<=\p{L})\p{L}+/gu, (rest, at: number) => {
    const isCode = rest.length < 3 && /[,(]\s*\p{L}$/u.test(text.slice(0, at));
    return isCode ? rest : rest.toLowerCase();
  });
}

function placeIn(text: string): string | undefined {
  const found = within.exec(text);
  if (found === null || endsWithDegree(found[0])) return atEnd.exec(text)?.[1];
  // "Meridian Trust, New York, NY": what looks like a state is the town.
  const after = text.slice(found.index + found[0].length);
  const rest = text.slice(found.index + found[0].indexOf(",") + 1);
  const isTown = /\p{Ll}$/u.test(found[0]) && /^,\s*\p{Lu}{2}(?!\p{L})/u.test(after);
  return (isTown ? within.exec(rest)?.[0] : undefined) ?? found[0];
}

/** "Nursing, BSN" looks like a town with its state. */
function endsWithDegree(text: string): boolean {
  const code = /,\s*(\p{Lu}{2,3})$/u.exec(text)?.[1];
  return code !== undefined && !isState.test(code) && namesDegree(code);
}
