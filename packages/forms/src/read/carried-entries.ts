import { createHash } from "node:crypto";
import type { CarriedEntry } from "@valet/contracts";
import type { RawEntry } from "./raw-page.ts";

export interface CarriedInput {
  readonly entries: readonly RawEntry[];
  /** Of the page and of the form's frame: a number that stands in one is the job's and no visit's. */
  readonly addresses: readonly string[];
}

/**
 * What a form sends by which name, in canonical order: of hidden fields, choices and the button the hash of
 * what they send, so that it can be compared and not read. Of what changes by itself while a person looks
 * (numbers of visits, tokens, clocks) only that it is there; captcha services put in and take out theirs.
 */
export function carriedEntries({ entries, addresses }: CarriedInput): CarriedEntry[] {
  return entries
    .filter(({ name }) => !captchaName.test(name))
    .map(({ name, value }) => ({ name, value: comparable({ name, value, addresses }) }))
    .sort((a, b) => compare(a.name, b.name) || compare(a.value ?? "", b.value ?? ""));
}

/** The query of an address in the same terms; undefined where it has none. */
export function carriedQuery(address: string, addresses: readonly string[]): string | undefined {
  const parameters = [...(URL.parse(address)?.searchParams ?? [])]
    .filter(([name]) => !trackingName.test(name))
    .map(([name, value]) => [name, comparable({ name, value, addresses })]);
  return parameters.length === 0 ? undefined : hashOf(JSON.stringify(parameters));
}

const captchaName = /captcha|turnstile/iu;
/** Where a visitor came from. */
const trackingName = /^(utm_.*|gclid|fbclid|msclkid|mc_[ce]id)$/iu;
const clockName = /(^|[_-])(ts|time|timer|timestamp|elapsed|duration|seconds|ms|clock)([_-]|$)/iu;

function comparable({
  name,
  value,
  addresses,
}: RawEntry & Pick<CarriedInput, "addresses">): string | null {
  if (value === null || value === "") return value;
  const isOfJob = addresses.some((address) => address.includes(value));
  const isClock = clockName.test(name) && /^[\d.:TZ+-]+$/u.test(value);
  return !isOfJob && (isClock || isMachineMade(value)) ? "*" : hashOf(value);
}

/** A UUID, a long hexadecimal number, the time now, or a long mixture of cases and digits. */
export function isMachineMade(value: string): boolean {
  if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$|^[\da-f]{16,}$/iu.test(value)) return true;
  if (/^1[5-9]\d{8}(\d{3})?(\.\d+)?$/u.test(value)) return true;
  const isMixed = /\d/u.test(value) && /[a-z]/u.test(value) && /[A-Z]/u.test(value);
  return isMixed && /^[\w+/=.~|:-]{16,}$/u.test(value) && !/^\w+:\/\//u.test(value);
}

function hashOf(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
