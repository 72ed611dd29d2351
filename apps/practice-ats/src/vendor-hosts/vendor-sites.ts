import { lever } from "../lever/lever-site.ts";
import { smartrecruiters } from "../smartrecruiters/smartrecruiters-site.ts";
import { workday } from "../workday/workday-site.ts";
import type { VendorSite } from "./vendor-site.ts";

/** Every vendor there is a practice site of. */
export const vendorSites: readonly VendorSite[] = [lever, smartrecruiters, workday];

export const vendorHostNames: readonly string[] = vendorSites.flatMap(({ hosts }) => hosts);
