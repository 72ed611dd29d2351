import {
  type CuttableProxy,
  type TestValet,
  everyCaseOr,
  openCuttableProxy,
  startValet,
  testEngineEnv,
  until,
} from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";

let valet: TestValet;
let proxies: Record<"postgres" | "sessionHost" | "engineApi" | "engine", CuttableProxy>;

beforeAll(async () => {
  valet = await startValet({ workers: 0 });
  const engine = testEngineEnv();
  const urls = {
    postgres: valet.databaseUrl,
    sessionHost: valet.sessionHost.url,
    engineApi: engine["HATCHET_CLIENT_API_URL"] ?? "",
    engine: `grpc://${engine["HATCHET_CLIENT_HOST_PORT"] ?? ""}`,
  };
  proxies = {
    postgres: await openProxy(urls.postgres),
    sessionHost: await openProxy(urls.sessionHost),
    engineApi: await openProxy(urls.engineApi),
    engine: await openProxy(urls.engine),
  };
  await valet.start("worker", {
    env: {
      DATABASE_URL: through(urls.postgres, proxies.postgres),
      VALET_SESSION_HOST_URL: new URL(through(urls.sessionHost, proxies.sessionHost)).origin,
      HATCHET_CLIENT_API_URL: new URL(through(urls.engineApi, proxies.engineApi)).origin,
      HATCHET_CLIENT_HOST_PORT: `127.0.0.1:${proxies.engine.port}`,
    },
  });
});
afterAll(async () => {
  await valet?.close();
  for (const proxy of Object.values(proxies ?? {})) await proxy.close();
});

function openProxy(url: string): Promise<CuttableProxy> {
  const { hostname, port } = new URL(url);
  return openCuttableProxy({ host: hostname, port: Number(port) });
}

function through(url: string, { port }: CuttableProxy): string {
  const changed = new URL(url);
  changed.host = `127.0.0.1:${port}`;
  return changed.href;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

async function readiness(): Promise<Answer> {
  const response = await fetch(`${String(valet.process("worker").info["url"])}/readyz`);
  return { status: response.status, body: await response.json() };
}

const ready: Answer = { status: 200, body: { ready: true, waitsFor: [] } };

function untilAnswer(what: string, expected: Answer): Promise<unknown> {
  let last: Answer | undefined;
  return until(what, async () => {
    last = await readiness();
    return JSON.stringify(last) === JSON.stringify(expected) && last;
  }).catch((error: unknown) => {
    throw new Error(`The worker answered ${JSON.stringify(last)}.`, { cause: error });
  });
}

test.each([
  ["postgres", /^Postgres: /],
  ["sessionHost", /^session host: The session host does not answer/],
  ["engineApi", /^Hatchet engine: its API does not answer$/],
  // The SDK goes on calling itself healthy here. It takes three heartbeats to tell.
  ...everyCaseOr([["engine", /^Hatchet engine: the last heartbeat/]] as const, []),
] as const)(
  "without %s a worker says that it is not ready and for what it waits",
  async (name, reason) => {
    await untilAnswer("the worker is ready", ready);
    await proxies[name].cut();
    const { body } = await until("the worker says so", async () => {
      const answer = await readiness();
      return answer.status === 503 && answer;
    });
    expect(body).toEqual({ ready: false, waitsFor: [expect.stringMatching(reason)] });
    await proxies[name].mend();
    await untilAnswer("the worker is ready again", ready);
  },
);
