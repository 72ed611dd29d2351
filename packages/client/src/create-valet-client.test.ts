import { once } from "node:events";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { type ValetClient, createValetClient } from "./create-valet-client.ts";

const taskId = "0b0f3a86-0a52-4b3c-8a39-6a1b0e7a7d11";

async function against(
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<ValetClient> {
  const server = createServer((request, response) => void answer(request, response)).listen(
    0,
    "127.0.0.1",
  );
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // listening on TCP
  return createValetClient({ url: `http://127.0.0.1:${port}/`, apiKey: "key-1" });
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function frame(seq: number, type: "progress" | "failed"): string {
  const data =
    type === "progress"
      ? { step: "submit", pct: 80, message: "x" }
      : { code: "STEP_FAILED", message: "x", outcome: "not_submitted" };
  const at = "2026-01-01T00:00:00.000Z";
  return `id: ${seq}\nevent: ${type}\ndata: ${JSON.stringify({ seq, epoch: 1, taskId, at, type, data })}\n\n`;
}

test("a refusal is thrown with the server's code, message and details", async () => {
  const problem = { code: "TASK_IN_PROGRESS", message: "Already.", details: { taskId } };
  const client = await against((_, response) => json(response, 409, problem));
  await expect(client.getTask(taskId)).rejects.toMatchObject({ name: "ValetError", ...problem });
});

test("a server that is not there is API_UNREACHABLE, and so is a proxy that says so", async () => {
  const gone = createValetClient({ url: "http://127.0.0.1:1", apiKey: "key-1" });
  await expect(gone.getProfile()).rejects.toMatchObject({ code: "API_UNREACHABLE" });
  await expect(gone.followTask(taskId).next()).rejects.toMatchObject({ code: "API_UNREACHABLE" });
  const proxied = await against((_, response) => response.writeHead(502).end("Bad gateway"));
  await expect(proxied.getProfile()).rejects.toMatchObject({ code: "API_UNREACHABLE" });
});

test("an answer that does not fit the contract is not handed on", async () => {
  const client = await against((_, response) => json(response, 200, { resumes: [{ id: 7 }] }));
  await expect(client.listResumes()).rejects.toMatchObject({ code: "INTERNAL" });
});

test("requests carry key, path, query, headers and body as the route says", async () => {
  const seen: string[] = [];
  const client = await against(async (request, response) => {
    const body = (await request.toArray()).join("");
    const { authorization, "idempotency-key": key } = request.headers;
    seen.push([request.method, request.url, authorization, key, body].join(" "));
    json(response, 404, { code: "NOT_FOUND", message: "No." });
  });
  const body = { jobUrl: "https://jobs.test/1", resumeId: taskId, mode: "copilot" } as const;
  await client.createTask(body, { idempotencyKey: "k" }).catch(() => {});
  await client.listTasks({ state: "queued", limit: 2 }).catch(() => {});
  const more = { waiting: true, mode: "copilot", json: true } as const;
  await client.listTasks(more).catch(() => {});
  await client.getTask("a/b").catch(() => {});
  expect(seen).toEqual([
    `POST /tasks Bearer key-1 k ${JSON.stringify(body)}`,
    "GET /tasks?state=queued&limit=2 Bearer key-1  ",
    "GET /tasks?mode=copilot&waiting=true Bearer key-1  ",
    "GET /tasks/a%2Fb Bearer key-1  ",
  ]);
});

test("an aborted signal ends a call and a follower with its own reason", async () => {
  const client = await against(() => {});
  const reason = new Error("enough");
  const stop = new AbortController();
  const call = client.getProfile(stop.signal);
  const following = client.followTask(taskId, { signal: stop.signal }).next();
  stop.abort(reason);
  await expect(call).rejects.toBe(reason);
  await expect(following).rejects.toBe(reason);
});

test("a follower resumes where it broke, skips what it has, and ends after the last event", async () => {
  const asked: (string | undefined)[] = [];
  const client = await against((request, response) => {
    const header = request.headers["last-event-id"];
    asked.push(typeof header === "string" ? header : undefined);
    response.writeHead(200, { "content-type": "text/event-stream" });
    if (asked.length === 1) {
      response.write(`: hello\n\n${frame(1, "progress")}${frame(2, "progress")}`, () => {
        response.destroy();
      });
    } else if (asked.length === 2) {
      response.end(`${frame(2, "progress")}${frame(3, "progress")}`);
    } else {
      response.end(frame(4, "failed"));
    }
  });
  const seen: number[] = [];
  for await (const { seq } of client.followTask(taskId)) seen.push(seq);
  expect(seen).toEqual([1, 2, 3, 4]);
  expect(asked).toEqual([undefined, "2", "3"]);
});

test("a follower is told at once that there is no such task, also when it had followed before", async () => {
  let asked = 0;
  const client = await against((_, response) => {
    asked += 1;
    if (asked > 1) return json(response, 404, { code: "NOT_FOUND", message: "No." });
    response.writeHead(200, { "content-type": "text/event-stream" }).end(frame(1, "progress"));
  });
  const events = client.followTask(taskId);
  expect((await events.next()).value).toMatchObject({ seq: 1 });
  await expect(events.next()).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("after a reset a follower gives the log from the start again", async () => {
  const client = await against((_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(`event: reset\ndata: {}\n\n${frame(1, "failed")}`);
  });
  const seen: number[] = [];
  for await (const { seq } of client.followTask(taskId, { after: 50 })) seen.push(seq);
  expect(seen).toEqual([1]);
});
