import type { PageKit } from "./page-kit.ts";
import { pageScript } from "./page-script.ts";

export interface PageWords {
  /** Status of the navigation that brought the page; null where the browser does not say. */
  readonly httpStatus: number | null;
  readonly isLoading: boolean;
  readonly headings: readonly string[];
  /** Visible words, a line per block, at most 20 000 characters. */
  readonly text: string;
}

/** What a page says in words. */
export const readWords = pageScript<null, PageWords>(
  (kit: PageKit) => {
    const [navigation] = performance.getEntriesByType("navigation");
    const status =
      navigation !== undefined && "responseStatus" in navigation
        ? Number(navigation.responseStatus)
        : 0;
    return {
      httpStatus: status === 0 ? null : status,
      isLoading: document.readyState === "loading",
      headings: kit
        .deepQuery(document, "h1, h2, [role=heading]")
        .filter((heading) => kit.isShown(heading))
        .map((heading) => (heading.textContent ?? "").replace(/\s+/gu, " ").trim()),
      text: [document.body, ...shownRoots(kit)]
        .map((element) => element.innerText)
        .join("\n")
        .slice(0, 20_000),
    };
  },
  [shownRoots],
);

/** What stands in shadow roots: the words of the page itself leave it out. */
function shownRoots(kit: PageKit): HTMLElement[] {
  return kit
    .rootsIn(document)
    .filter((root) => root !== document)
    .flatMap((root) => [...root.children])
    .filter((child) => child instanceof HTMLElement)
    .filter((child) => child.localName !== "style" && child.checkVisibility());
}
