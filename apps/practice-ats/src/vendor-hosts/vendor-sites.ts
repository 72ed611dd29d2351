import { ashby } from "../ashby/ashby-site.ts";
import { bamboohr } from "../bamboohr/bamboohr-site.ts";
import { breezy } from "../breezy/breezy-site.ts";
import { generic } from "../generic/generic-site.ts";
import { greenhouse } from "../greenhouse/greenhouse-site.ts";
import { icims } from "../icims/icims-site.ts";
import { lever } from "../lever/lever-site.ts";
import { recruitee } from "../recruitee/recruitee-site.ts";
import { smartrecruiters } from "../smartrecruiters/smartrecruiters-site.ts";
import { teamtailor } from "../teamtailor/teamtailor-site.ts";
import { workable } from "../workable/workable-site.ts";
import { workday } from "../workday/workday-site.ts";
import type { VendorSite } from "./vendor-site.ts";

/** Every vendor there is a practice site of, and an employer's own site that is nobody's. */
export const vendorSites: readonly VendorSite[] = [
  lever,
  greenhouse,
  ashby,
  workday,
  smartrecruiters,
  icims,
  workable,
  bamboohr,
  recruitee,
  teamtailor,
  breezy,
  generic,
];

/** Each once: employers' own pages frame the forms of several vendors. */
export const vendorHostNames: readonly string[] = [
  ...new Set(vendorSites.flatMap(({ hosts }) => hosts)),
];
