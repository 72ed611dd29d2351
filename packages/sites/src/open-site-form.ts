import { setTimeout as delay } from "node:timers/promises";
import { type OpenApplicationFormInput, type OpenedForm, openApplicationForm } from "@valet/forms";
import type { SiteAdapter } from "./site-adapter.ts";

export interface SiteFormToOpen extends OpenApplicationFormInput {
  readonly adapter: SiteAdapter;
}

/** How long parts that the site draws late are waited for. */
const wholeTimeoutMs = 5_000;
const lookEveryMs = 250;

/** Like `openApplicationForm`, with what is known of the site told into the form. */
export async function openSiteForm(
  { adapter, ...input }: SiteFormToOpen,
  signal: AbortSignal,
): Promise<OpenedForm> {
  const startedAt = performance.now();
  for (;;) {
    const opened = await openApplicationForm({ ...input, steadyMs: adapter.steadyMs }, signal);
    if (opened.kind !== "form") return opened;
    const form = adapter.refine(opened.form);
    const isLate = performance.now() - startedAt > wholeTimeoutMs;
    if (isLate || adapter.isWhole?.(form) !== false) return { kind: "form", form };
    await delay(lookEveryMs, undefined, { signal });
  }
}
