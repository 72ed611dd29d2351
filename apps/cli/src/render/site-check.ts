import type { PersonWall } from "@valet/contracts";
import type { Arrival, Drift, Liveness } from "@valet/sites";
import type { CheckedSite } from "../verbs/site.ts";
import { columnTable } from "./column-table.ts";

/** What `valet site check` says of one page to people. */
export function siteCheck(checked: CheckedSite & { readonly file: string }): string {
  const { file, site, by, on, hooks, fields, hasSubmit } = checked;
  const lines = [
    file,
    `${site} (known by ${by}), page: ${on}, ${fields} fields, ${hasSubmit ? "a" : "no"} button to go on`,
    `job: ${livenessWords(checked.liveness)}`,
    ...arrivalWords(checked.arrival),
    `adapter: ${driftWords(checked)}`,
    ...wallWords(checked.knownWalls),
  ];
  if (hooks.length === 0) return lines.join("\n");
  const rows = hooks.map(({ name, selector, isSeen }) => [
    isSeen ? "there" : "MISSING",
    name,
    selector,
  ]);
  return `${lines.join("\n")}\n${columnTable([["", "hook", "selector"], ...rows])}`;
}

function wallWords(walls: readonly PersonWall[]): string[] {
  return walls.length === 0
    ? []
    : [`may ask for you yourself: ${walls.map((wall) => wallNames[wall]).join(", ")}`];
}

const wallNames: Readonly<Record<PersonWall, string>> = {
  captcha: "a captcha",
  email_code: "a code sent by e-mail",
  sign_in: "an account",
  consent: "a consent of your own",
};

function livenessWords(liveness: Liveness): string {
  switch (liveness.kind) {
    case "open":
      return `open (${liveness.page})`;
    case "closed":
      return `closed: ${closedWords[liveness.by]}`;
    case "challenge":
      return `behind a challenge (${liveness.vendor}), which ${liveness.canBeSolved ? "a person can solve" : "nobody can solve here"}`;
    case "missing":
      return "there is no page at this address";
    case "already_applied":
      return "the site says that somebody has applied already";
    case "trouble":
      return "the site is in trouble or asks to wait";
    case "unknown":
      return "the page does not tell whether it is open";
  }
}

const closedWords: Readonly<Record<Extract<Liveness, { kind: "closed" }>["by"], string>> = {
  words: "the page says so",
  gone: "the site has no such posting any more",
  job_list: "the site shows its list of jobs instead",
};

function arrivalWords(arrival: Arrival | null): string[] {
  switch (arrival?.kind) {
    case undefined:
    case "asked_job":
      return [];
    case "moved":
      return [
        `the address leads to ${arrival.host}${arrival.isProved ? ", which names the same job" : ""}`,
      ];
    case "other_job":
      return [`the address leads to ANOTHER JOB: ${arrival.jobKey}`];
    case "no_job":
      return ["the address leads to a page of the site that names no job"];
    case "sign_in":
      return [`the address leads to a sign-in page at ${arrival.host}`];
    case "forbidden":
      return [`the address leads to ${arrival.host}, which does not let programs in`];
    case "other_site":
      return [`the address leads to ${arrival.host}, which nothing ties to the employer`];
  }
}

function driftWords({ drift, withheld }: CheckedSite): string {
  switch (drift.kind) {
    case "holds":
      return "everything it relies on is there";
    case "drifted":
      return `${drift.missing.length} of the things it relies on are missing`;
    case "falls_back":
      return "nothing it relies on is there: FALLS BACK TO GENERIC, the page is filled like one of an unknown site";
    case "no_adapter":
      return "none, the page is filled as one of an unknown site";
    case "unchecked":
      return `not checked, ${uncheckedWords(drift.why, withheld)}`;
  }
}

function uncheckedWords(why: Extract<Drift, { kind: "unchecked" }>["why"], withheld: number) {
  if (why === "not_open") return "the job is not open";
  if (why === "posting") return "it knows this site's forms only: give the address of the form";
  return withheld === 0
    ? "the page shows neither posting nor form"
    : `the page draws itself with requests that a check does not let out (${withheld})`;
}
