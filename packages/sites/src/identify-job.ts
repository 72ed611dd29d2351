import { jobKeyOf } from "@valet/domain";
import { ashbyAddress } from "./ashby/address.ts";
import { bambooHrAddress } from "./bamboohr/address.ts";
import { breezyAddress } from "./breezy/address.ts";
import { greenhouseAddress } from "./greenhouse/address.ts";
import { icimsAddress } from "./icims/address.ts";
import type { JobAddress, ReadAddress } from "./job-address.ts";
import { leverAddress } from "./lever/address.ts";
import { recruiteeAddress } from "./recruitee/address.ts";
import { smartRecruitersAddress } from "./smartrecruiters/address.ts";
import { teamtailorAddress } from "./teamtailor/address.ts";
import { workableAddress } from "./workable/address.ts";
import { workdayAddress } from "./workday/address.ts";

/** Those that know a job by its host come before those that know it by a parameter alone. */
const readers: readonly ReadAddress[] = [
  leverAddress,
  workdayAddress,
  smartRecruitersAddress,
  icimsAddress,
  workableAddress,
  bambooHrAddress,
  recruiteeAddress,
  teamtailorAddress,
  breezyAddress,
  greenhouseAddress,
  ashbyAddress,
];

/** Which job an address names. Any web address is at least a job of a `generic` site. */
export function identifyJob(url: URL): JobAddress {
  for (const read of readers) {
    const address = read(url);
    if (address !== undefined) return address;
  }
  return { site: "generic", jobKey: jobKeyOf(url), formUrl: url };
}
