import type { Page } from "../../offline/open-offline-browser.ts";
import type { FormField } from "@valet/contracts";
import { readForm } from "@valet/forms";

/** What the engine made of an element of a saved page. */
export interface FoundMeaning {
  readonly field: FormField;
  /** Place of the element in the list that `markElements` was given, in document order. */
  readonly mark: number;
}

const markAttribute = "data-bench-mark";

/** Fields by the marked elements they stand for; the marks are not there while the page is read. */
export async function readMarked(page: Page, signal: AbortSignal): Promise<FoundMeaning[]> {
  const { fields } = await readForm(page, signal);
  const selectors = fields.map(({ selector }) => selector);
  const marks = await page.evaluate(
    ({ selectors: wanted, attribute }) => {
      const marked: unknown = Reflect.get(window, attribute);
      const elements = Array.isArray(marked) ? marked : [];
      return wanted.map((selector) => {
        const path = typeof selector === "string" ? [selector] : selector;
        let root: ParentNode | null = document;
        for (const host of path.slice(0, -1)) {
          root = root?.querySelector(host)?.shadowRoot ?? null;
        }
        const found = root === null ? [] : [...root.querySelectorAll(path.at(-1) ?? "*")];
        return found.map((element) => elements.indexOf(element)).filter((index) => index >= 0);
      });
    },
    { selectors, attribute: markAttribute },
  );
  return fields.flatMap((field, index) => (marks[index] ?? []).map((mark) => ({ field, mark })));
}

/** Remembers elements outside the DOM and gives the value of one attribute of each. */
export async function markElements(
  page: Page,
  { selector, attribute }: { readonly selector: string; readonly attribute: string },
): Promise<string[]> {
  return page.evaluate(
    ({ selector: wanted, attribute: read, key }) => {
      const elements = [...document.querySelectorAll(wanted)];
      Reflect.set(window, key, elements);
      return elements.map((element) => element.getAttribute(read) ?? "");
    },
    { selector, attribute, key: markAttribute },
  );
}

/** Per selector the places of the remembered elements it names. */
export async function marksMatching(
  page: Page,
  selectors: readonly string[],
): Promise<readonly (readonly number[])[]> {
  return page.evaluate(
    ({ selectors: wanted, key }) => {
      const marked: unknown = Reflect.get(window, key);
      const elements = Array.isArray(marked) ? marked : [];
      return wanted.map((selector) =>
        elements.flatMap((element, index) =>
          element instanceof Element && element.matches(selector) ? [index] : [],
        ),
      );
    },
    { selectors, key: markAttribute },
  );
}
