import { type SiteName, siteNames } from "./site-names.ts";

/** The domains under which each system shows postings and forms. */
const domains: Readonly<Record<Exclude<SiteName, "generic">, readonly string[]>> = {
  greenhouse: ["greenhouse.io"],
  lever: ["lever.co"],
  ashby: ["ashbyhq.com"],
  workday: ["myworkdayjobs.com", "myworkdaysite.com"],
  smartrecruiters: ["smartrecruiters.com"],
  icims: ["icims.com"],
  workable: ["workable.com"],
  bamboohr: ["bamboohr.com"],
  recruitee: ["recruitee.com"],
  teamtailor: ["teamtailor.com"],
  breezy: ["breezy.hr"],
};

/** Whose host an address is on; `generic` when it is none of the known systems'. */
export function siteOfHost({ hostname }: URL): SiteName {
  const host = hostname.toLowerCase();
  const found = Object.entries(domains).find(([, names]) =>
    names.some((name) => host === name || host.endsWith(`.${name}`)),
  );
  return siteNamed(found?.[0]);
}

function siteNamed(name: string | undefined): SiteName {
  return siteNames.find((one) => one === name) ?? "generic";
}
