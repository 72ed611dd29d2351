import type { ElementHandle, Frame, JSHandle } from "playwright";
import type { FormField } from "@valet/contracts";
import { type PageKit, pageKit } from "./page-kit.ts";

type PageFunction = (...args: never[]) => unknown;

interface PageInput<Arg> {
  readonly createKit: JSHandle<() => PageKit>;
  readonly arg: Arg;
}

/** What arrives in the page: the handle has become the function it stands for. */
interface ArrivedInput<Arg> {
  readonly createKit: () => PageKit;
  readonly arg: Arg;
}

/** A function that runs inside a page. Its source travels there: it may use its parts, the kit and the DOM, nothing else. */
export type PageScript<Arg, Result> = (input: ArrivedInput<Arg>) => Result;

// Each run has a kit of its own, whose caches hold while the page cannot change: a function runs to its end.
const createKitSource = `() => {
const controlCache = new Map(), nameCache = new Map(), idCache = new Map(), hostCache = new Map(), hiddenCache = new Map(), stepCache = new Map(), labelCache = new Map();
${Object.values(pageKit).map(String).join("\n")}
return { ${Object.keys(pageKit).join(", ")} }; }`;

const kits = new WeakMap<Frame, PageInput<unknown>["createKit"]>();

/** `parts` are the functions of the same file that `entry` calls by name. */
export function pageScript<Arg, Result>(
  entry: (kit: PageKit, arg: Arg) => Result,
  parts: readonly PageFunction[] = [],
): PageScript<Arg, Result> {
  const source = `({ createKit, arg }) => { const kit = createKit();
${parts.map(String).join("\n")}
return (${String(entry)})(kit, arg); }`;
  const script = ({ createKit, arg }: ArrivedInput<Arg>): Result => entry(createKit(), arg);
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
  const text = await withKit(frame, (createKit) =>
    frame.evaluate<string, PageInput<Arg>>(
      asText(script) as unknown as PageScript<unknown, string>, // no handles in Arg
      { createKit, arg },
    ),
  );
  return JSON.parse(text) as Result; // written by toText
}

const texts = new WeakMap<PageFunction, PageScript<never, string>>();

/** The debugger hands objects over property by property; one long text is many times faster. */
function asText<Arg, Result>(script: PageScript<Arg, Result>): PageScript<never, string> {
  const known = texts.get(script);
  if (known !== undefined) return known;
  // A document that has just begun has no body yet: to every script it is one still to come.
  const source = `(input) => { ${String(toText)}
if (document.body === null && document.readyState === "loading") {
  throw new Error("The page is navigating and changing the content.");
}
return toText((${String(script)})(input)); }`;
  const made = (): string => "";
  made.toString = () => source;
  texts.set(script, made);
  return made;
}

/** JSON that a page's own `toJSON` on arrays or objects, as old libraries add it, does not bend. */
function toText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((entry) => toText(entry)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${toText(entry)}`).join(",")}}`;
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
  const handle = await withKit(frame, (createKit) =>
    frame.evaluateHandle<Element | null, PageInput<Arg>>(
      script as unknown as PageScript<unknown, Element | null>, // no handles in Arg
      { createKit, arg },
    ),
  );
  return handle.asElement() ?? undefined;
}

/**
 * The kit is most of what a script needs and far larger than the script, so each document gets it once,
 * held by a handle that the page cannot see. A handle of a document that is gone is refused before
 * anything runs; only then is the run tried again.
 */
async function withKit<T>(
  frame: Frame,
  run: (createKit: PageInput<unknown>["createKit"]) => Promise<T>,
): Promise<T> {
  const known = kits.get(frame);
  if (known !== undefined) {
    try {
      return await run(known);
    } catch (thrown) {
      if (!isOfAnotherDocument(thrown)) throw thrown;
    }
  }
  const created = await frame.evaluateHandle<() => PageKit>(createKitSource);
  kits.set(frame, created);
  return run(created);
}

function isOfAnotherDocument(thrown: unknown): boolean {
  return (
    thrown instanceof Error &&
    /only in the context they were created|object has been collected|handle is disposed/iu.test(
      thrown.message,
    )
  );
}
