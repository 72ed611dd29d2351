import { icims } from "../icims/icims-site.ts";
import { lever } from "../lever/lever-site.ts";
import { workable } from "../workable/workable-site.ts";
import type { VendorSite } from "./vendor-site.ts";

/** Every vendor there is a practice site of. */
export const vendorSites: readonly VendorSite[] = [lever, icims, workable];

export const vendorHostNames: readonly string[] = vendorSites.flatMap(({ hosts }) => hosts);
