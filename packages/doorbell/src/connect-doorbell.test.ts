import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { type TaskMessage, ValetError } from "@valet/contracts";
import { Secret, createLogger } from "@valet/runtime";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { type Doorbell, connectDoorbell } from "./connect-doorbell.ts";

const patience = { timeout: 8_000, interval: 20 };
const message = (seq: number, taskId = "t1"): TaskMessage => ({ type: "progress", taskId, seq });

let redis: RedisServer;
let prefixes = 0;

beforeAll(async () => {
  redis = await startRedis();
});

afterAll(() => redis.stop());

interface RedisServer {
  readonly url: string;
  readonly start: () => Promise<void>;
  /** As a crash would end it. */
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  let child: ChildProcess | undefined;
  async function start(): Promise<void> {
    child = spawn(
      "redis-server",
      ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    let text = "";
    for await (const chunk of child.stdout ?? []) {
      text += String(chunk);
      if (text.includes("Ready to accept connections")) break;
    }
    child.stdout?.resume();
  }
  async function kill(): Promise<void> {
    if (child === undefined) return;
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    child = undefined;
    await exited;
  }
  await start();
  return { url: `redis://127.0.0.1:${port}`, start, kill, stop: kill };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("No port was given.");
  return address.port;
}

interface Bench {
  readonly doorbell: Doorbell;
  readonly prefix: string;
  readonly lines: readonly { readonly msg: string }[];
}

async function connect(input: { url?: string; prefix?: string } = {}): Promise<Bench> {
  const lines: { msg: string }[] = [];
  const log = createLogger({
    name: "test",
    level: "info",
    destination: { write: (line) => void lines.push(JSON.parse(line)) },
  });
  prefixes += 1;
  const prefix = input.prefix ?? `p${prefixes}:`;
  const doorbell = await connectDoorbell({
    url: input.url ?? redis.url,
    channelPrefix: prefix,
    log,
  });
  onTestFinished(() => doorbell.close());
  return { doorbell, prefix, lines };
}

/** Records what arrives. */
function listen({ doorbell }: Bench, userId: string) {
  const messages: TaskMessage[] = [];
  const unsubscribe = doorbell.subscribe(userId, (arrived) => messages.push(arrived));
  return { messages, unsubscribe };
}

/** Rings until something arrives, since a subscription takes a moment. */
async function untilHeard(ring: () => void, messages: readonly TaskMessage[]): Promise<void> {
  const before = messages.length;
  await vi.waitFor(() => {
    ring();
    expect(messages.length).toBeGreaterThan(before);
  }, patience);
}

test("a ring reaches every listener of that person and nobody else", async () => {
  const bench = await connect();
  const other = await connect({ prefix: bench.prefix });
  const first = listen(bench, "ada");
  const second = listen(bench, "ada");
  const elsewhere = listen(other, "ada");
  const stranger = listen(bench, "grace");
  await untilHeard(() => bench.doorbell.ring("ada", message(1)), elsewhere.messages);

  bench.doorbell.ring("ada", message(2));
  bench.doorbell.ring("grace", message(3));

  await vi.waitFor(() => expect(stranger.messages).toEqual([message(3)]), patience);
  for (const { messages } of [first, second, elsewhere]) {
    await vi.waitFor(() => expect(messages.at(-1)).toEqual(message(2)), patience);
  }
});

test("the channel is the prefix, then tasks and the person's id", async () => {
  const bench = await connect();
  const raw = new Redis(redis.url);
  onTestFinished(() => raw.disconnect());
  await raw.subscribe(`${bench.prefix}tasks:ada`);
  const arrived = once(raw, "message");

  bench.doorbell.ring("ada", message(7));

  expect(await arrived).toEqual([`${bench.prefix}tasks:ada`, JSON.stringify(message(7))]);
});

test("installations with different prefixes do not hear each other", async () => {
  const one = await connect();
  const two = await connect();
  const inOne = listen(one, "ada");
  const inTwo = listen(two, "ada");
  await untilHeard(() => one.doorbell.ring("ada", message(1, "of-one")), inOne.messages);
  await untilHeard(() => two.doorbell.ring("ada", message(2, "of-two")), inTwo.messages);

  expect(new Set(inOne.messages.map((heard) => heard.taskId))).toEqual(new Set(["of-one"]));
  expect(new Set(inTwo.messages.map((heard) => heard.taskId))).toEqual(new Set(["of-two"]));
});

test("who has unsubscribed hears nothing, others on the channel still do", async () => {
  const bench = await connect();
  const leaving = listen(bench, "ada");
  const staying = listen(bench, "ada");
  await untilHeard(() => bench.doorbell.ring("ada", message(1)), staying.messages);

  leaving.unsubscribe();
  leaving.unsubscribe();
  const heardBefore = leaving.messages.length;
  await untilHeard(() => bench.doorbell.ring("ada", message(2)), staying.messages);
  expect(leaving.messages).toHaveLength(heardBefore);

  staying.unsubscribe();
  const raw = new Redis(redis.url);
  onTestFinished(() => raw.disconnect());
  await vi.waitFor(async () => {
    expect(await raw.pubsub("NUMSUB", `${bench.prefix}tasks:ada`)).toEqual([expect.anything(), 0]);
  }, patience);
});

test("nonsense on the channel and a listener that throws disturb nobody", async () => {
  const bench = await connect();
  bench.doorbell.subscribe("ada", () => {
    throw new Error("a fault of the listener");
  });
  const { messages } = listen(bench, "ada");
  await untilHeard(() => bench.doorbell.ring("ada", message(1)), messages);
  const raw = new Redis(redis.url);
  onTestFinished(() => raw.disconnect());

  await raw.publish(`${bench.prefix}tasks:ada`, "{");
  await raw.publish(`${bench.prefix}tasks:ada`, '{"seq":"one"}');

  await untilHeard(() => bench.doorbell.ring("ada", message(2)), messages);
  expect(bench.lines.map((line) => line.msg)).toEqual(
    expect.arrayContaining(["a doorbell message was not understood", "a doorbell listener failed"]),
  );
});

test("while Redis is down rings are dropped and counted, afterwards everything works again", async () => {
  const own = await startRedis();
  onTestFinished(() => own.stop());
  const bench = await connect({ url: own.url });
  const { doorbell, lines } = bench;
  const before = listen(bench, "ada");
  await untilHeard(() => doorbell.ring("ada", message(1)), before.messages);
  expect(doorbell.state()).toBe("ready");

  for (let crash = 1; crash <= 2; crash += 1) {
    await own.kill();
    await vi.waitFor(() => expect(doorbell.state()).toBe("down"), patience);
    const droppedBefore = doorbell.dropped();
    doorbell.ring("ada", message(2));
    doorbell.ring("ada", message(3));
    // One that was rung before the crash may be lost with it, and be counted only now.
    const atLeast = droppedBefore + 2;
    await vi.waitFor(() => expect(doorbell.dropped()).toBeGreaterThanOrEqual(atLeast), patience);
    const during = listen(bench, `grace-${crash}`);
    const left = listen(bench, `left-${crash}`);
    left.unsubscribe();

    await own.start();
    await vi.waitFor(() => expect(doorbell.state()).toBe("ready"), patience);
    await untilHeard(() => doorbell.ring("ada", message(4)), before.messages);
    await untilHeard(() => doorbell.ring(`grace-${crash}`, message(5)), during.messages);
    doorbell.ring(`left-${crash}`, message(6));
    await untilHeard(() => doorbell.ring("ada", message(7)), before.messages);
    expect(left.messages).toEqual([]);
  }
  expect(lines.map((line) => line.msg)).toEqual([
    "the doorbell is ready",
    "the doorbell is down, events arrive by polling",
    "the doorbell is ready",
    "the doorbell is down, events arrive by polling",
    "the doorbell is ready",
  ]);
});

test("a Redis that is missing at the start is one line that names the mend and no password", async () => {
  const port = await freePort();
  const url = new Secret(`redis://:canary-password@127.0.0.1:${port}`);
  const log = createLogger({ name: "test", level: "silent" });

  const error: unknown = await connectDoorbell({ url, channelPrefix: "", log }).catch(
    (thrown: unknown) => thrown,
  );

  expect(error).toBeInstanceOf(ValetError);
  expect(error).toMatchObject({
    code: "REDIS_UNAVAILABLE",
    message: expect.stringMatching(
      /^Redis does not answer \(ECONNREFUSED\): start it .*REDIS_URL.*$/,
    ),
  });
  expect(String(error)).not.toContain("canary");
});

test("a server that takes connections but says nothing is reported as well", async () => {
  const silent = createServer(() => {}).listen(0, "127.0.0.1");
  await once(silent, "listening");
  onTestFinished(() => void silent.close());
  const address = silent.address();
  if (address === null || typeof address === "string") throw new Error("No port was given.");
  const log = createLogger({ name: "test", level: "silent" });

  await expect(
    connectDoorbell({
      url: `redis://127.0.0.1:${address.port}`,
      channelPrefix: "",
      log,
      connectTimeoutMs: 50,
    }),
  ).rejects.toMatchObject({ code: "REDIS_UNAVAILABLE" });
});

test("closing leaves no connection, and what was rung before still goes out", async () => {
  const bench = await connect();
  const other = await connect({ prefix: bench.prefix });
  const { messages } = listen(other, "ada");
  await untilHeard(() => other.doorbell.ring("ada", message(1)), messages);
  const raw = new Redis(redis.url);
  onTestFinished(() => raw.disconnect());
  const connections = async () => (await raw.call("CLIENT", "LIST"))?.toString().trim().split("\n");
  const before = (await connections())?.length ?? 0;

  bench.doorbell.ring("ada", message(9));
  await bench.doorbell.close();
  await bench.doorbell.close();

  await vi.waitFor(() => expect(messages).toContainEqual(message(9)), patience);
  await vi.waitFor(async () => expect(await connections()).toHaveLength(before - 2), patience);
  bench.doorbell.ring("ada", message(10));
});
