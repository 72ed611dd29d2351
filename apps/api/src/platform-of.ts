/** Host names under which the vendors of application forms serve them. */
const vendors: readonly (readonly [platform: string, host: RegExp])[] = [
  ["greenhouse", /(^|\.)greenhouse\.io$/],
  ["lever", /(^|\.)lever\.co$/],
  ["ashby", /(^|\.)ashbyhq\.com$/],
  ["workday", /(^|\.)(myworkdayjobs|myworkdaysite|workday)\.com$/],
  ["smartrecruiters", /(^|\.)smartrecruiters\.com$/],
  ["icims", /(^|\.)icims\.com$/],
  ["workable", /(^|\.)workable\.com$/],
  ["bamboohr", /(^|\.)bamboohr\.com$/],
  ["jobvite", /(^|\.)jobvite\.com$/],
  ["recruitee", /(^|\.)recruitee\.com$/],
  ["teamtailor", /(^|\.)teamtailor\.com$/],
];

/** The applicant-tracking system that serves this address, else `generic`. */
export function platformOf(jobUrl: URL): string {
  const host = jobUrl.hostname.toLowerCase();
  return vendors.find(([, pattern]) => pattern.test(host))?.[0] ?? "generic";
}
