import type { SiteAdapter } from "../site-adapter.ts";
import { bamboohrSchema } from "./schema.ts";

export const bamboohrAdapter: SiteAdapter = {
  site: "bamboohr",
  hooks: [
    {
      name: "drawn menus or buttons",
      selector: "[class^='fab-'], [class*=' fab-']",
      on: "form",
    },
    {
      name: "trap for programs",
      selector: "[name*=nickname_hpcsaf], [id*=nickname_hpcsaf]",
      on: "form",
      isUnmistakable: true,
    },
  ],
  readsResume: false,
  knownWalls: ["captcha"],
  refine: (form) => form,
  schema: bamboohrSchema,
};
