import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

export interface ChildReport {
  /** Modules loaded before the first use, and when all was over. */
  readonly loaded: readonly [before: string[], after: string[]];
  readonly answers: readonly unknown[];
  /** Whom its JavaScript opened a connection to. */
  readonly connections: readonly string[];
  readonly logged: readonly string[];
  /** Everything else that it said. */
  readonly output: string;
  /** What it left in its home. */
  readonly files: readonly string[];
}

export interface ChildInput {
  readonly engine: string;
  /** A module that is not there. */
  readonly missing?: string;
  /** What the model says, one answer a question. */
  readonly said: readonly string[];
  readonly label: string;
}

/** Asks an engine in a process of its own, which has nothing loaded yet and a home that is empty. */
export async function askInChild(input: ChildInput): Promise<ChildReport> {
  const home = await mkdtemp(path.join(tmpdir(), "valet-engine-home-"));
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ["--input-type=module", "--eval", codeFor(input)],
      { cwd: import.meta.dirname, env: { HOME: home, PATH: "/usr/bin:/bin" }, timeout: 60_000 },
    );
    const lines = stdout.trimEnd().split("\n");
    const report = JSON.parse(lines.at(-1) ?? "") as Omit<ChildReport, "output" | "files">; // written below
    return {
      ...report,
      output: [...lines.slice(0, -1), stderr].join(""),
      files: await readdir(home),
    };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

function codeFor({ engine, missing = "", said, label }: ChildInput): string {
  const door = JSON.stringify(new URL("../index.ts", import.meta.url).href);
  return `
    import { registerHooks } from "node:module";
    import { Socket } from "node:net";
    const seen = [], connections = [], logged = [];
    registerHooks({
      resolve(name, context, next) {
        if (name === ${JSON.stringify(missing)}) {
          throw Object.assign(new Error("Cannot find it"), { code: "ERR_MODULE_NOT_FOUND" });
        }
        return next(name, context);
      },
      load(url, context, next) {
        const [, found] = /node_modules\\/(@browserbasehq\\/stagehand|magnitude-core)\\//u.exec(url) ?? [];
        if (found !== undefined && !seen.includes(found)) seen.push(found);
        return next(url, context);
      },
    });
    const connect = Socket.prototype.connect;
    Socket.prototype.connect = function (...args) {
      connections.push(JSON.stringify(args[0]));
      return connect.apply(this, args);
    };
    const { openEngine } = await import(${door});
    const before = [...seen];
    const said = ${JSON.stringify(said)};
    const note = (fields, message) => logged.push(message);
    const { signal } = new AbortController();
    const engine = await openEngine(${JSON.stringify(engine)}, {
      relayUrl: "http://127.0.0.1:9/relay/none",
      page: {},
      model: { complete: async () => ({ kind: "answered", value: said.shift() ?? "", usage: {} }) },
      blanking: { blank: async (conversation) => ({ kind: "blanked", conversation }) },
      log: { info: note, warn: note },
    }, signal);
    const field = { label: ${JSON.stringify(label)}, kind: "text", options: [] };
    const answers = [];
    for (let count = said.length; count > 0; count -= 1) answers.push(await engine.act(field, [], signal));
    await engine.close();
    console.log(JSON.stringify({ loaded: [before, seen], answers, connections, logged }));
    process.exit(0);
  `;
}
