import {
  type TestValet,
  testEngineDatabaseUrl,
  testServiceOutput,
  testServices,
  watchRows,
} from "@valet/testkit";
import { Redis } from "ioredis";

/** Everything that left Valet's database since this was opened, place by place. */
export interface LeavingWatch {
  /** A caller's `fetch`, which is listened in on. */
  readonly fetch: typeof fetch;
  /** What callers sent and what they were given, refusals left out: there the values belong. */
  readonly calls: () => string;
  /** What a caller sent otherwise. */
  readonly tell: (text: string) => void;
  /** The answers that refused something, each a text of its own. */
  readonly refusals: () => readonly string[];
  /** Rows of Valet's own database, where the values belong as well. */
  readonly ownRows: () => Promise<ReadonlyMap<string, string>>;
  readonly places: () => Promise<ReadonlyMap<string, string>>;
  readonly close: () => Promise<void>;
}

/** Of Valet's own tables those whose rows are sent on or kept for operators: ids, states and counts. */
const messageTables = [
  "outbox",
  "notices",
  "webhook_deliveries",
  "step_runs",
  "session_hosts",
  "browser_sessions",
  "erasures",
];

export async function watchWhatLeaves(valet: TestValet): Promise<LeavingWatch> {
  const closers: (() => unknown)[] = [];
  const close = async () => {
    for (let end = closers.pop(); end !== undefined; end = closers.pop()) await end();
  };
  try {
    const engine = await watchRows(testEngineDatabaseUrl());
    closers.push(engine.close);
    const own = await watchRows(valet.databaseUrl);
    closers.push(own.close);
    const redis = new Redis(testServices().redisUrl);
    closers.push(() => redis.disconnect());
    const commands: string[] = [];
    const monitor = await redis.monitor();
    closers.push(() => monitor.disconnect());
    monitor.on("monitor", (_time, args: string[]) => void commands.push(args.join(" ")));
    const heard = listenIn();
    return {
      fetch: heard.fetch,
      calls: () => heard.calls.join("\n"),
      tell: (text) => void heard.calls.push(text),
      refusals: () => heard.refusals,
      ownRows: own.written,
      places: async () => {
        const places = new Map<string, string>();
        const add = (kind: string, texts: ReadonlyMap<string, string>) => {
          for (const [name, text] of texts) places.set(`${kind} ${name}`, text);
        };
        add("log of", await valet.output());
        add("log of the run's", await testServiceOutput());
        add("engine table", await engine.written());
        add("own table", ofTables(await own.written(), messageTables));
        add("metrics of", await metricsOf(valet));
        places.set("Redis", commands.join("\n"));
        places.set("refusals", heard.refusals.join("\n"));
        return places;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function listenIn() {
  const calls: string[] = [];
  const refusals: string[] = [];
  const listening: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const text = await response.clone().text();
    if (response.ok) calls.push(`${headersText(response.headers)}\n${text}`);
    else refusals.push(`${headersText(response.headers)}\n${text}`);
    const sent = new Request(input, init);
    calls.push(`${sent.url}\n${headersText(sent.headers)}`);
    if (typeof init?.body === "string") calls.push(init.body);
    if (init?.body instanceof FormData) {
      for (const part of init.body.values()) {
        if (part instanceof File) calls.push(part.name, await part.text());
      }
    }
    return response;
  };
  return { fetch: listening, calls, refusals };
}

function headersText(headers: Headers): string {
  return [...headers].map(([name, value]) => `${name}: ${value}`).join("\n");
}

function ofTables(
  rows: ReadonlyMap<string, string>,
  tables: readonly string[],
): ReadonlyMap<string, string> {
  return new Map([...rows].filter(([name]) => tables.includes(name.replace(/^\w+\./, ""))));
}

async function metricsOf(valet: TestValet): Promise<ReadonlyMap<string, string>> {
  const urls = {
    api: valet.apiUrl,
    worker: String(valet.process("worker-1").info["url"]),
    "session host": valet.sessionHost.url,
  };
  const texts = Object.entries(urls).map(async ([name, url]) => {
    const response = await fetch(`${url}/metrics`);
    if (!response.ok) throw new Error(`The metrics of the ${name} answer ${response.status}.`);
    return [name, await response.text()] as const;
  });
  return new Map(await Promise.all(texts));
}
