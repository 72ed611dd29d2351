/** Every applicant-tracking system with an adapter, and `generic` for all other sites. */
export const siteNames = [
  "greenhouse",
  "lever",
  "ashby",
  "workday",
  "smartrecruiters",
  "icims",
  "workable",
  "bamboohr",
  "recruitee",
  "teamtailor",
  "breezy",
  "generic",
] as const;

export type SiteName = (typeof siteNames)[number];
