import { AsyncLocalStorage } from "node:async_hooks";
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { type CrashPlan, insertPoints, planVariable } from "./crash-plan.ts";

/*
 * Given to a process with `--import`: puts the crash points of its plan into the code while it is loaded.
 * At each the process asks the test's crash desk before it goes on. Production code knows nothing of this.
 */

/** Whose application it is, as far as it is known here. */
interface Clues {
  taskId?: string;
  sessionId?: string;
  intentId?: string;
}

const path = process.env[planVariable];
if (path !== undefined) {
  // Written by `openCrashDesk`.
  const plan = JSON.parse(readFileSync(path, "utf8")) as CrashPlan;
  const known = new AsyncLocalStorage<Clues>();

  async function ask(name: string, clues: Clues): Promise<void> {
    const body = JSON.stringify({ name, ...clues, pid: process.pid });
    await fetch(plan.url, { method: "POST", body }).catch(() => undefined);
  }
  /** Before an effect. Not async itself, so that what it knows stays with the caller. */
  const before = (name: string, variables: object): Promise<void> => {
    const clues = { ...known.getStore(), ...cluesIn(variables) };
    known.enterWith(clues);
    return ask(name, clues);
  };
  /** Behind an answer that is acted on at once. */
  const behind = async (name: string, variables: object, answer: unknown): Promise<unknown> => {
    const value = await answer;
    await before(name, variables);
    return value;
  };
  Object.assign(globalThis, { crashPoint: before, crashPointBehind: behind });

  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const points = plan.files[url];
      if (points === undefined || loaded.source === undefined) return loaded;
      const { source } = loaded;
      const text = typeof source === "string" ? source : new TextDecoder().decode(source);
      return { ...loaded, source: insertPoints(text, points) };
    },
  });
}

/** Looks into what the project calls by these names: ids, and rows and inputs that have them. */
function cluesIn(variables: object): Clues {
  const clues: Clues = {};
  for (const [name, value] of Object.entries(variables)) {
    if (typeof value === "string") note(clues, name, value);
    if (typeof value !== "object" || value === null) continue;
    const members = value as Record<string, unknown>; // only read, and only strings are kept
    if (typeof members["id"] === "string") note(clues, `${name}Id`, members["id"]);
    for (const key of ["taskId", "sessionId", "intentId"]) {
      const member = members[key];
      if (typeof member === "string") note(clues, key, member);
    }
    for (const key of ["task", "job"]) {
      const member = members[key];
      if (typeof member === "object" && member !== null) {
        Object.assign(clues, cluesIn({ [key]: member }));
      }
    }
  }
  return clues;
}

function note(clues: Clues, name: string, value: string): void {
  if (name === "taskId" || name === "sessionId" || name === "intentId") clues[name] = value;
}
