import { ValetError } from "@valet/contracts";
import type { Page } from "playwright";
import { raceWithSignal } from "./race-with-signal.ts";

const documentLimitMs = 30_000;

/**
 * Waits until the navigation that the session host began has brought a document and its DOM is there.
 * A new session's page is `about:blank` until then, which Playwright counts as loaded.
 *
 * @throws ValetError `PAGE_UNREACHABLE` when no document came.
 */
export async function waitForDocument(page: Page, signal: AbortSignal): Promise<void> {
  try {
    await raceWithSignal(
      page.waitForURL((url) => url.href !== "about:blank", {
        waitUntil: "domcontentloaded",
        timeout: documentLimitMs,
      }),
      signal,
    );
  } catch (error) {
    signal.throwIfAborted();
    throw unreachable(error);
  }
  if (page.url().startsWith("chrome-error:")) throw unreachable();
}

function unreachable(cause?: unknown): ValetError {
  return new ValetError(
    "PAGE_UNREACHABLE",
    "The job page could not be loaded: its site did not answer. Nothing was sent. Valet tries again; check the address if it stays so.",
    {},
    { cause },
  );
}
