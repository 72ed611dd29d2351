import type { FormField } from "@valet/contracts";
import type { ElementHandle, Frame } from "playwright";
import { findByScript, pageScript } from "../page-script/page-script.ts";
import { type CalendarDay, parseDay } from "./date-text.ts";

const actionTimeoutMs = 3_000;
/** A year takes four. */
const erasures = 4;
const parts = ["month", "day", "year"] as const;

interface SectionToFind {
  readonly selector: FormField["selector"];
  readonly part: (typeof parts)[number];
}

const sectionFor = pageScript<SectionToFind, Element | null>((kit, { selector, part }) => {
  const group = kit.resolveAll(selector)[0];
  const sections = [...(group?.querySelectorAll("[role=spinbutton]") ?? [])];
  return sections.find((section) => kit.sectionPart(section) === part) ?? null;
});

/** Whether a date is entered as separate spin buttons that are no inputs. */
export function isSectioned(control: ElementHandle<Element>): Promise<boolean> {
  return control.evaluate((element) => element.querySelector("[role=spinbutton]") !== null);
}

/** A day, or a month where no day is known. */
export function parseSections(
  text: string,
): (Partial<CalendarDay> & Pick<CalendarDay, "year" | "month">) | undefined {
  const [, year, month] = /^(\d{4})-(\d{1,2})$/u.exec(text.trim()) ?? [];
  if (year === undefined || month === undefined) return parseDay(text);
  return { year: Number(year), month: Number(month) };
}

/** Day, month and year, each into its own part with real keys; undefined empties them. */
export async function fillSections(
  {
    frame,
    selector,
    day,
  }: {
    readonly frame: Frame;
    readonly selector: FormField["selector"];
    readonly day: (Pick<CalendarDay, "year" | "month"> & Partial<CalendarDay>) | undefined;
  },
  signal: AbortSignal,
): Promise<void> {
  const options = { timeout: actionTimeoutMs, signal };
  for (const part of parts) {
    const section = await findByScript(
      frame,
      { script: sectionFor, arg: { selector, part } },
      signal,
    );
    if (section === undefined) continue;
    await section.focus();
    if (day === undefined) {
      for (let press = 0; press < erasures; press += 1) await section.press("Backspace", options);
    } else if (day[part] !== undefined) {
      await section.type(String(day[part]).padStart(part === "year" ? 4 : 2, "0"), options);
    }
  }
  await frame.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
}
