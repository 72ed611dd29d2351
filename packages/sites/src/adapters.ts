import { ashbyAdapter } from "./ashby/adapter.ts";
import { bamboohrAdapter } from "./bamboohr/adapter.ts";
import { breezyAdapter } from "./breezy/adapter.ts";
import { genericAdapter } from "./generic/adapter.ts";
import { greenhouseAdapter } from "./greenhouse/adapter.ts";
import { icimsAdapter } from "./icims/adapter.ts";
import { leverAdapter } from "./lever/adapter.ts";
import { recruiteeAdapter } from "./recruitee/adapter.ts";
import type { SiteAdapter } from "./site-adapter.ts";
import type { SiteName } from "./site-names.ts";
import { smartrecruitersAdapter } from "./smartrecruiters/adapter.ts";
import { teamtailorAdapter } from "./teamtailor/adapter.ts";
import { workableAdapter } from "./workable/adapter.ts";
import { workdayAdapter } from "./workday/adapter.ts";

/** The adapter of a task's platform; `generic` for a name that no adapter has. */
export function adapterOf(platform: string): SiteAdapter {
  return Object.values(adapters).find(({ site }) => site === platform) ?? genericAdapter;
}

export const adapters: Readonly<Record<SiteName, SiteAdapter>> = {
  greenhouse: greenhouseAdapter,
  lever: leverAdapter,
  ashby: ashbyAdapter,
  workday: workdayAdapter,
  smartrecruiters: smartrecruitersAdapter,
  icims: icimsAdapter,
  workable: workableAdapter,
  bamboohr: bamboohrAdapter,
  recruitee: recruiteeAdapter,
  teamtailor: teamtailorAdapter,
  breezy: breezyAdapter,
  generic: genericAdapter,
};
