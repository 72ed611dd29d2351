import type { Page, Request, Response } from "playwright";

export interface Traffic {
  isQuiet: () => boolean;
  close: () => void;
}

/** How long what is answered may still be on its way: an answer that no script reads never ends. */
const bodyMs = 500;
const types: ReadonlySet<string> = new Set(["document", "xhr", "fetch"]);

/** Requests that may change the page and are still out. */
export function watchTraffic(page: Page): Traffic {
  /** Each with the time its answer began, in milliseconds. */
  const out = new Map<Request, number | undefined>();
  const onRequest = (request: Request): void => {
    if (types.has(request.resourceType())) out.set(request, undefined);
  };
  const onResponse = (response: Response): void => {
    const request = response.request();
    if (out.has(request) && request.resourceType() !== "document") {
      out.set(request, performance.now());
    }
  };
  const onEnd = (request: Request): void => void out.delete(request);
  page.on("request", onRequest);
  page.on("response", onResponse);
  page.on("requestfinished", onEnd);
  page.on("requestfailed", onEnd);
  return {
    isQuiet: () => {
      const now = performance.now();
      return [...out.values()].every((since) => since !== undefined && now - since >= bodyMs);
    },
    close: () => {
      page.off("request", onRequest);
      page.off("response", onResponse);
      page.off("requestfinished", onEnd);
      page.off("requestfailed", onEnd);
    },
  };
}
