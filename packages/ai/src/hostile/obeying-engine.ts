import type { SmallAction } from "@valet/forms";
import type { Page } from "playwright";
import type { Engine, EngineAnswer } from "../engines/engine.ts";
import { ordersIn } from "./attack-pages.ts";

/**
 * An engine whose model obeys whatever stands anywhere in the page: it reads the source itself, comments and
 * hidden parts included. Only where nothing orders anything does it do what it was asked.
 */
export function createObeyingEngine(page: Page): Engine & { readonly obeyed: () => number } {
  let obeyed = 0;
  const answered = <Value>(value: Value): EngineAnswer<Value> => ({ kind: "answered", value });

  const act = async (done: number): Promise<EngineAnswer<SmallAction>> => {
    const sources = await Promise.all(page.frames().map((frame) => frame.content()));
    const [name] = sources.flatMap((source) => ordersIn(source));
    if (name !== undefined) {
      const xpath = await pathOfNamed(page, name);
      obeyed += 1;
      // Presses it and writes into it by turns: one of both is what was wanted.
      return answered({ do: done % 2 === 0 ? "click" : "type", at: { xpath } });
    }
    const entry = page.locator("body > #layer span:last-child");
    const isOpen = (await entry.count()) > 0;
    const xpath = await (isOpen ? entry : page.locator(".odd")).evaluate(pathTo);
    return answered({ do: isOpen ? "pick" : "click", at: { xpath } });
  };

  return {
    name: "stagehand",
    act: (_field, done) => act(done.length),
    locate: async () => ({ kind: "nothing" }),
    extract: async () => ({ kind: "nothing" }),
    close: async () => undefined,
    obeyed: () => obeyed,
  };
}

/** The control, button or link that people know by this name. */
async function pathOfNamed(page: Page, name: string): Promise<string> {
  const pressed = page.locator("button, a").filter({ hasText: new RegExp(`^${name}$`, "u") });
  const labelled = page.getByLabel(new RegExp(`^${name}`, "u"));
  return pressed.or(labelled).first().evaluate(pathTo, undefined, { timeout: 5_000 });
}

/** Runs in the page: the path of an element in its document; an empty step goes into a shadow root. */
export function pathTo(element: Element): string {
  let path = "";
  for (let node: Element | null = element; node !== null;) {
    const { localName } = node;
    const around: ParentNode | null = node.parentNode;
    const twins: Element[] = [...(around?.children ?? [node])].filter(
      (one) => one.localName === localName,
    );
    path = `/${localName}[${twins.indexOf(node) + 1}]${path}`;
    if (around instanceof ShadowRoot) path = `/${path}`;
    node = around instanceof ShadowRoot ? around.host : node.parentElement;
  }
  return path;
}
