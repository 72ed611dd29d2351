import type { PersonWall } from "@valet/contracts";
import type { FormPage } from "@valet/forms";
import type { SiteSchema } from "./schema/published-schema.ts";
import type { SiteName } from "./site-names.ts";

/** Something on a page that this site is known by, or that the adapter relies on. */
export interface SiteHook {
  /** What it is, in words for `valet site check`. */
  readonly name: string;
  /** CSS selector within any frame of the page. */
  readonly selector: string;
  /** Which of the site's pages has it. */
  readonly on: "posting" | "form";
  /**
   * `step`: it marks one of several pages that share an address; `some`: not every such page has it.
   * Unless given, a page without it has drifted.
   */
  readonly presence?: "step" | "some";
  /** No other site calls anything so: it tells the site by itself. */
  readonly isUnmistakable?: true;
}

/** How a site shows that an application has arrived. Addresses are matched without query and fragment. */
export interface SiteOutcome {
  /** Of the page that follows on a stored application and on nothing else. */
  readonly confirmation?: RegExp;
  /** The request that sends the application. */
  readonly submit?: { readonly method: "POST"; readonly address: RegExp };
}

/** What Valet knows of one applicant-tracking system beyond what any form tells of itself. */
export interface SiteAdapter {
  readonly site: SiteName;
  readonly hooks: readonly SiteHook[];
  /** It reads the résumé as soon as it has it and writes over the form or draws it again. */
  readonly readsResume: boolean;
  /** What the site is known to ask of the person themselves, before its form or after the click. */
  readonly knownWalls: readonly PersonWall[];
  /** False while parts of the form that the site draws late are missing; without it any form is whole. */
  readonly isWhole?: (form: FormPage) => boolean;
  /** How long a form must stay as it is before it counts as drawn, in milliseconds; 0 where it comes at once. */
  readonly steadyMs?: number;
  readonly outcome?: SiteOutcome;
  /**
   * Requests that are sent like changes and are none, such as questions to the site's own data: they may
   * leave before anything is approved. Uploads and steps need no entry.
   */
  readonly passes?: readonly { readonly method: "POST"; readonly address: RegExp }[];
  /** Mends what a general reading gets wrong on this site. Pure. */
  readonly refine: (form: FormPage) => FormPage;
  /** How the site publishes what its forms ask; without it the page is all there is. */
  readonly schema?: SiteSchema;
}
