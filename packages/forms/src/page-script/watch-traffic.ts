import type { Page, Request } from "playwright";

export interface Traffic {
  isQuiet: () => boolean;
  close: () => void;
}

/** Requests that may change the page and are still out. */
export function watchTraffic(page: Page): Traffic {
  const out = new Set<Request>();
  const types = new Set(["document", "xhr", "fetch"]);
  const onRequest = (request: Request): void => {
    if (types.has(request.resourceType())) out.add(request);
  };
  const onEnd = (request: Request): void => void out.delete(request);
  page.on("request", onRequest);
  page.on("requestfinished", onEnd);
  page.on("requestfailed", onEnd);
  return {
    isQuiet: () => out.size === 0,
    close: () => {
      page.off("request", onRequest);
      page.off("requestfinished", onEnd);
      page.off("requestfailed", onEnd);
    },
  };
}
