import type { ElementHandle, Frame } from "playwright";
import type { FormField } from "@valet/contracts";
import { type PageKit, pageKit } from "./page-kit.ts";

type PageFunction = (...args: never[]) => unknown;

/** A function that runs inside a page. Its source travels there: it may use its parts, `kit` and the DOM, nothing else. */
export type PageScript<Arg, Result> = (arg: Arg) => Result;

const kitSource = `(() => { ${Object.values(pageKit).map(String).join("\n")}
return { ${Object.keys(pageKit).join(", ")} }; })()`;

/** `parts` are the functions of the same file that `entry` calls by name. */
export function pageScript<Arg, Result>(
  entry: (kit: PageKit, arg: Arg) => Result,
  parts: readonly PageFunction[] = [],
): PageScript<Arg, Result> {
  const source = `(arg) => { const kit = ${kitSource};
${parts.map(String).join("\n")}
return (${String(entry)})(kit, arg); }`;
  const script = (arg: Arg): Result => entry(pageKit, arg);
  // Playwright sends a function by its text: this one's text brings the functions it calls.
  script.toString = () => source;
  return script;
}

export async function runInFrame<Arg, Result>(
  frame: Frame,
  { script, arg }: { readonly script: PageScript<Arg, Result>; readonly arg: Arg },
  signal: AbortSignal,
): Promise<Result> {
  signal.throwIfAborted();
  return frame.evaluate<Result, Arg>(script as PageScript<unknown, Result>, arg); // no handles in Arg
}

const firstElement = pageScript<FormField["selector"], Element | null>(
  (kit, selector) => kit.resolveAll(selector)[0] ?? null,
);

/** The element a selector names, or undefined when the page no longer holds it. */
export async function findElement(
  frame: Frame,
  selector: FormField["selector"],
  signal: AbortSignal,
): Promise<ElementHandle<Element> | undefined> {
  return findByScript(frame, { script: firstElement, arg: selector }, signal);
}

/** The element a script picks, or undefined when it picks none. */
export async function findByScript<Arg>(
  frame: Frame,
  { script, arg }: { readonly script: PageScript<Arg, Element | null>; readonly arg: Arg },
  signal: AbortSignal,
): Promise<ElementHandle<Element> | undefined> {
  signal.throwIfAborted();
  const handle = await frame.evaluateHandle<Element | null, Arg>(
    script as PageScript<unknown, Element | null>, // no handles in Arg
    arg,
  );
  return handle.asElement() ?? undefined;
}
