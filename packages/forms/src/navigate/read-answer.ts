import type { PersonWall } from "@valet/contracts";
import type { Page } from "playwright";
import { readForm } from "../read/read-form.ts";
import { detectWalls } from "../walls/detect-walls.ts";
import { type SiteWall, judgeSiteWall } from "../walls/site-wall.ts";
import { type PageKind, classifyPage } from "./classify-page.ts";
import { readPageFacts } from "./read-page-facts.ts";

/** What a site says after the click; `wall`: it wants the person before it says anything. */
export type SiteAnswer = PageKind | { readonly kind: "wall"; readonly by: PersonWall };

/** Some walls open by themselves once they have looked at the browser. */
const graceMs = 5_000;

/** Reads what became of an application that was sent. Changes nothing. */
export async function readAnswer(page: Page, signal: AbortSignal): Promise<SiteAnswer> {
  const facts = await readPageFacts(page, signal);
  const answer = classifyPage(facts);
  if (answer.kind === "confirmation" || answer.kind === "already_applied") return answer;
  const { fields } = await readForm(page, signal);
  const wall = judgeSiteWall(facts, fields);
  // A form that waits for a code may well show that as an error.
  if (wall?.kind === "email_code") return { kind: "wall", by: wall.kind };
  if (answer.kind === "form_with_errors") return answer;
  const captchas = await detectWalls({ page, graceMs }, signal);
  if (captchas.some((captcha) => captcha.wall)) return { kind: "wall", by: "captcha" };
  return wall !== null && isForPerson(wall.kind) ? { kind: "wall", by: wall.kind } : answer;
}

/** The others are no use asking the person about: the site is shut or the visit too old. */
function isForPerson(kind: SiteWall["kind"]): kind is SiteWall["kind"] & PersonWall {
  return kind === "sign_in" || kind === "consent";
}
