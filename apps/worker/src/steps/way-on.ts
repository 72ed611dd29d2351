import type { Profile, UnansweredQuestion } from "@valet/contracts";
import type { TaskAnswer } from "@valet/db";
import { type FormPage, findFurtherSteps, findSavedAnswer } from "@valet/forms";
import type { SiteAdapter } from "@valet/sites";
import type { LiveSession } from "../live-sessions.ts";

/** What the button that leads on is known to do: `unproven` where it may as well send the application. */
export type WayOn = "leads_on" | "sends" | "unproven";

export interface PageToLeave {
  readonly page: LiveSession["page"];
  readonly adapter: SiteAdapter;
  readonly form: FormPage;
}

/** Known of sites with an adapter; elsewhere the page has to prove it, or the person said it of this site. */
export async function judgeWayOn(
  {
    page,
    adapter,
    form,
    profile,
    answers,
  }: PageToLeave & { readonly profile: Profile; readonly answers: readonly TaskAnswer[] },
  signal: AbortSignal,
): Promise<WayOn> {
  if (adapter.site !== "generic") return "leads_on";
  const asked = wayOnQuestion(form);
  const own = answers.findLast(({ question }) => question === asked.question);
  const said = (own ?? findSavedAnswer(profile, asked))?.answer;
  if (said !== undefined) return said === leadsOnWords ? "leads_on" : "sends";
  return (await findFurtherSteps({ page, form }, signal)) ? "leads_on" : "unproven";
}

/** Asked where the page tried to send something and nothing shows that it was no application. */
export function wayOnQuestion({ url, buttons }: FormPage): UnansweredQuestion {
  const { host } = new URL(url);
  return {
    fieldId: "way-on",
    question: `On ${host}, what does the button "${buttons.next?.text ?? ""}" do?`,
    options: [leadsOnWords, "It sends the application"],
  };
}

const leadsOnWords = "It leads to another page of the form";
