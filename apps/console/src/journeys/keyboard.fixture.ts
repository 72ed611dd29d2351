import type { Page } from "playwright";

const mostStops = 150;

/** Presses Tab until the focus is on what has this name, as somebody without a mouse does. Tests only. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  const seen: string[] = [];
  for (let stop = 0; stop < mostStops; stop += 1) {
    const now = await focusedName(page);
    if (name.test(now)) return;
    seen.push(now);
    await page.keyboard.press("Tab");
  }
  throw new Error(`No stop of the Tab key is called ${name}; there were: ${seen.join(" | ")}`);
}

/** As a screen reader would say it, near enough. */
async function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (!(focused instanceof HTMLElement) || focused === document.body) return "";
    const labelledBy = focused
      .getAttribute("aria-labelledby")
      ?.split(" ")
      .map((id) => document.getElementById(id)?.textContent ?? "")
      .join(" ");
    const labels =
      focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement
        ? [...(focused.labels ?? [])].map(({ textContent }) => textContent).join(" ")
        : "";
    const name = focused.getAttribute("aria-label") ?? labelledBy ?? "";
    return (name === "" ? `${labels} ${focused.textContent ?? ""}` : name).trim();
  });
}
