import type { CompleteList, Profile } from "@valet/contracts";
import { valueAt, withValueAt } from "../pointer.ts";
import type { FactField } from "./fact-fields.ts";

export interface PermitValues {
  readonly country: string;
  readonly authorized: string;
  readonly sponsorship: string;
  readonly status: string;
}

/** What stands in the form of a group: all of it as it is typed or chosen; nothing is "". */
export interface FactValues {
  readonly fields: Record<string, string>;
  readonly permits: PermitValues[];
  readonly citizenships: { readonly country: string }[];
  /** Whether the person has said which lists are complete. */
  readonly saysLists: boolean;
  readonly completeLists: CompleteList[];
}

const networks = "/basics/profiles/";

/** A name that a form can hold: dots and brackets mean something there. */
export function fieldName(pointer: string): string {
  return pointer.slice(1).replaceAll("/", "_");
}

export function valuesOf(profile: Profile, fields: readonly FactField[]): FactValues {
  const { workAuthorization = [], citizenships = [], completeLists } = profile.application ?? {};
  return {
    fields: Object.fromEntries(
      fields.map(({ pointer }) => [fieldName(pointer), textOf(factAt(profile, pointer))]),
    ),
    permits: workAuthorization.map(({ country, authorized, sponsorshipRequired, status }) => ({
      country,
      authorized: textOf(authorized),
      sponsorship: textOf(sponsorshipRequired),
      status: status ?? "",
    })),
    citizenships: citizenships.map((country) => ({ country })),
    saysLists: completeLists !== undefined,
    completeLists: completeLists ?? [],
  };
}

/** The profile with what one group says; what was left empty is taken away, all else stays. */
export function withFields(
  profile: unknown,
  fields: readonly FactField[],
  values: FactValues,
): unknown {
  return fields.reduce(
    (changed, field) =>
      withFact(changed, field, (values.fields[fieldName(field.pointer)] ?? "").trim()),
    profile,
  );
}

export function withPermits(profile: unknown, { permits, citizenships }: FactValues): unknown {
  const said = permits.filter(isSaid).map(({ country, authorized, sponsorship, status }) => ({
    country,
    ...(authorized === "" ? {} : { authorized: authorized === "yes" }),
    ...(sponsorship === "" ? {} : { sponsorshipRequired: sponsorship === "yes" }),
    ...(status.trim() === "" ? {} : { status: status.trim() }),
  }));
  const held = citizenships.map(({ country }) => country).filter((country) => country !== "");
  const changed = withValueAt(profile, "/application/workAuthorization", orNothing(said));
  return withValueAt(changed, "/application/citizenships", orNothing(held));
}

/** A row of which nothing was filled in is none. */
export function isSaid(permit: PermitValues): boolean {
  return Object.values(permit).some((value) => value !== "");
}

export function withLists(profile: unknown, { saysLists, completeLists }: FactValues): unknown {
  const said = saysLists ? [...completeLists] : undefined;
  return withValueAt(profile, "/application/completeLists", said);
}

/** What the profile says there; of a network the address. */
export function factAt(profile: unknown, pointer: string): unknown {
  if (!pointer.startsWith(networks)) return valueAt(profile, pointer);
  return valueAt(linkOf(profile, networkOf(pointer)), "/url");
}

function withFact(profile: unknown, { pointer, kind }: FactField, text: string): unknown {
  const put = parseFact(kind, text);
  if (!pointer.startsWith(networks)) return withValueAt(profile, pointer, put);
  const network = networkOf(pointer);
  const links = linksOf(profile);
  const known = linkOf(profile, network);
  const changed =
    known === undefined
      ? [...links, { network, url: put }]
      : links.map((link) => (link === known ? withValueAt(link, "/url", put) : link));
  // A link that says no more than its network says nothing.
  const told = changed.filter(
    (link) => valueAt(link, "/url") !== undefined || valueAt(link, "/username") !== undefined,
  );
  return withValueAt(profile, "/basics/profiles", orNothing(told));
}

function parseFact(kind: FactField["kind"], text: string): unknown {
  if (text === "") return undefined;
  const isYes = /^yes$/iu.test(text);
  const isNo = /^no(ne|t yet)?$|^never$/iu.test(text);
  switch (kind) {
    case "number":
      return Number(text.replaceAll(/(?<=\d)[ ,'’](?=\d{3}\b)/gu, ""));
    case "yes-no":
      return isYes;
    case "yes-or-words":
      return isYes || (isNo ? false : text);
    case "no-or-names":
      if (isNo) return false;
      return isYes || listed(text);
    case "texts":
      return listed(text);
    case "url":
      return /^[a-z][a-z\d+.-]*:/iu.test(text) ? text : `https://${text}`;
    case "currency":
      return text.toUpperCase();
    case "text":
    case "email":
    case "tel":
    case "date":
    case "country":
    case "period":
      return text;
  }
}

function textOf(value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.join(", ");
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function listed(text: string): readonly string[] {
  return text
    .split(/[,;\n]/u)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function orNothing<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

function networkOf(pointer: string): string {
  return pointer.slice(networks.length);
}

function linksOf(profile: unknown): readonly unknown[] {
  const links = valueAt(profile, "/basics/profiles");
  return Array.isArray(links) ? links : [];
}

function linkOf(profile: unknown, network: string): unknown {
  return linksOf(profile).find(
    (link) => String(valueAt(link, "/network")).toLowerCase() === network.toLowerCase(),
  );
}
