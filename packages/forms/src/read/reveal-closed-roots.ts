import type { CDPSession, Frame, Page } from "playwright";
import { pageKit } from "../page-script/page-kit.ts";

const rounds = 4;

/**
 * Lets the page scripts see into closed shadow roots, as far as the browser's debugger shows them. The
 * page's own scripts gain nothing but a map they would have to know the name of. Frames of another
 * process are left out, unless one is given in place of the page. Answers how many were revealed.
 */
export async function revealClosedRoots(place: Page | Frame): Promise<number> {
  let revealed = 0;
  const context = "context" in place ? place.context() : place.page().context();
  const session = await context.newCDPSession(place);
  try {
    for (const contextId of await mainWorlds(session)) {
      for (let round = 0; round < rounds; round += 1) {
        const count = await revealIn(session, contextId);
        if (count === 0) break;
        revealed += count;
      }
    }
    return revealed;
  } finally {
    await session.detach().catch(() => undefined);
  }
}

async function mainWorlds(session: CDPSession): Promise<number[]> {
  const worlds: number[] = [];
  session.on("Runtime.executionContextCreated", ({ context }) => {
    if (String(context.auxData?.["isDefault"]) === "true") worlds.push(context.id);
  });
  await session.send("Runtime.enable");
  return worlds;
}

const hostsExpression = `(() => {
${String(pageKit.shadowOf)}
const hostCache = new Map();
${String(pageKit.hostsIn)}
${String(pageKit.closedHosts)}
return closedHosts(); })()`;

const remember = `function (root) {
  const name = Symbol.for("valet.closedRoots");
  if (globalThis[name] === undefined) Object.defineProperty(globalThis, name, { value: new WeakMap() });
  globalThis[name].set(this, root); }`;

/** How many roots were found that were not known before. */
async function revealIn(session: CDPSession, contextId: number): Promise<number> {
  const { result } = await session.send("Runtime.evaluate", {
    expression: hostsExpression,
    contextId,
  });
  if (result.objectId === undefined) return 0;
  const { result: entries } = await session.send("Runtime.getProperties", {
    objectId: result.objectId,
    ownProperties: true,
  });
  const hosts = entries.flatMap(({ name, value }) =>
    value?.objectId !== undefined && /^\d+$/u.test(name) ? [value.objectId] : [],
  );
  const found = await Promise.all(hosts.map((hostId) => revealOne(session, { hostId, contextId })));
  return found.filter(Boolean).length;
}

async function revealOne(
  session: CDPSession,
  { hostId, contextId }: { readonly hostId: string; readonly contextId: number },
): Promise<boolean> {
  const { node } = await session.send("DOM.describeNode", { objectId: hostId });
  const root = node.shadowRoots?.find(({ shadowRootType }) => shadowRootType === "closed");
  if (root === undefined) return false;
  const { object } = await session.send("DOM.resolveNode", {
    backendNodeId: root.backendNodeId,
    executionContextId: contextId,
  });
  if (object.objectId === undefined) return false;
  await session.send("Runtime.callFunctionOn", {
    objectId: hostId,
    functionDeclaration: remember,
    arguments: [{ objectId: object.objectId }],
  });
  return true;
}
