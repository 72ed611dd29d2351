import type { Outcome, ReasonCode } from "@valet/contracts";

const platforms: Readonly<Record<string, string>> = {
  greenhouse: "Greenhouse",
  lever: "Lever",
  ashby: "Ashby",
  workday: "Workday",
  smartrecruiters: "SmartRecruiters",
  icims: "iCIMS",
  workable: "Workable",
  bamboohr: "BambooHR",
  recruitee: "Recruitee",
  teamtailor: "Teamtailor",
  breezy: "Breezy",
  generic: "own site",
};

export const taskStrings = {
  platform: (name: string) => platforms[name] ?? name,
  /** As the command line has them. */
  outcome: (outcome: Outcome) => outcome.replaceAll("_", " "),
  reason: (reason: ReasonCode) => reason.toLowerCase().replaceAll("_", " "),
} as const;
