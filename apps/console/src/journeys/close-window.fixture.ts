import type { Page } from "playwright";

/** Closes the window as somebody does who stays once they are asked. Gives what asked. Tests only. */
export async function closeAndStay(page: Page): Promise<string> {
  const asked = page.waitForEvent("dialog");
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  await dialog.dismiss();
  return dialog.type();
}

/** Closes the window whatever asks. Gives what asked. Tests only. */
export async function closeWindow(page: Page): Promise<readonly string[]> {
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  const closed = page.waitForEvent("close");
  await page.close({ runBeforeUnload: true });
  await closed;
  return asked;
}
