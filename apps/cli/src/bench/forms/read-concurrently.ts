import type { Page } from "../../offline/open-offline-browser.ts";
import { join } from "node:path";
import type { ScoreDeps } from "./form-score.ts";

const pagesAtOnce = 3;

/** Opens saved pages with scripts and network off, a few at a time; answers in the order of the files. */
export async function readingConcurrently<Answer>(
  { openBrowser }: ScoreDeps,
  { files, folder }: { readonly files: readonly string[]; readonly folder: string },
  read: (opened: { readonly page: Page; readonly file: string }) => Promise<Answer[]>,
): Promise<Answer[]> {
  const browser = await openBrowser({ javaScript: false });
  const answers: Answer[][] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < files.length; index = next++) {
      const file = files[index] ?? "";
      const { page, close } = await browser.open(join(folder, file), new AbortController().signal);
      try {
        answers[index] = await read({ page, file });
      } finally {
        await close();
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: pagesAtOnce }, work));
    return answers.flat();
  } finally {
    await browser.close();
  }
}
