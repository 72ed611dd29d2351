import type { EngineName } from "@valet/contracts";
import { spawn } from "node:child_process";
import { once } from "node:events";

export interface PointingWorker {
  /** Resolves when its engine waits for the model. */
  readonly asking: Promise<void>;
  /** At once, as a machine dies. */
  readonly kill: () => Promise<void>;
}

/** A worker in a process of its own that asks an engine and gets no answer. */
export async function startPointingWorker(input: {
  readonly name: EngineName;
  readonly relayUrl: string;
}): Promise<PointingWorker> {
  const [browser, door] = ["../../../browser/src/index.ts", "../index.ts"].map((place) =>
    JSON.stringify(new URL(place, import.meta.url).href),
  );
  const code = `
    const { attachToBrowser } = await import(${browser});
    const { createBlanking, openEngine } = await import(${door});
    const { signal } = new AbortController();
    const { page } = await attachToBrowser(${JSON.stringify(input.relayUrl)}, signal);
    const complete = () => { console.log("asking"); return new Promise(() => setInterval(() => 0, 1000)); };
    const engine = await openEngine(${JSON.stringify(input.name)}, {
      relayUrl: ${JSON.stringify(input.relayUrl)}, page, model: { complete },
      blanking: createBlanking({ page, facts: [] }), log: { info() {}, warn() {} },
    }, signal);
    await engine.locate({ label: "City", kind: "combobox", options: [] }, signal);
  `;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", code], {
    cwd: import.meta.dirname,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  await once(child, "spawn");
  return {
    asking: once(child.stdout, "data").then(() => undefined),
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
