import { ashby } from "../ashby/ashby-site.ts";
import { greenhouse } from "../greenhouse/greenhouse-site.ts";
import { icims } from "../icims/icims-site.ts";
import { lever } from "../lever/lever-site.ts";
import type { VendorSite } from "./vendor-site.ts";

/** Every vendor there is a practice site of. */
export const vendorSites: readonly VendorSite[] = [lever, greenhouse, ashby, icims];

/** Each once: employers' own pages frame the forms of several vendors. */
export const vendorHostNames: readonly string[] = [
  ...new Set(vendorSites.flatMap(({ hosts }) => hosts)),
];
