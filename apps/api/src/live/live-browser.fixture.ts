import { createServer } from "node:http";
import { once } from "node:events";
import {
  type BrowserAttachment,
  attachToBrowser,
  createSessionHostClient,
  waitForDocument,
} from "@valet/browser";
import { type ValetClient, createValetClient } from "@valet/client";
import { type Database, connectDb } from "@valet/db";
import { Secret, createLogger } from "@valet/runtime";
import { type TestValet, resumePdf, startValet } from "@valet/testkit";

/** A Valet whose tasks nobody works on, so that their browsers are the test's. */
export interface LiveValet {
  readonly valet: TestValet;
  readonly client: ValetClient;
  readonly database: Database;
  /** A task with a live browser at a page with one field. */
  openTask(): Promise<LiveTask>;
  close(): Promise<void>;
}

export interface LiveTask {
  readonly taskId: string;
  /** What stands in the page's field, read by a worker that comes and goes. */
  value(): Promise<string>;
}

/** Fills the window, so that wherever a person clicks below the bars is the field. */
const page = `<!doctype html><title>Live</title><style>* { margin: 0 } textarea { width: 100vw; height: 100vh }</style>
<textarea></textarea>`;

export async function startLiveValet(): Promise<LiveValet> {
  const site = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page);
  });
  site.listen(0, "127.0.0.1");
  await once(site, "listening");
  const address = site.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const valet = await startValet({
    workers: 0,
    env: {
      VALET_LOG_LEVEL: "debug",
      VALET_ALLOW_PRIVATE: `127.0.0.1:${port}`,
      VALET_MAX_SESSIONS: "12",
      VALET_LIVE_CLIPBOARD: "true",
      VALET_ALLOWED_ORIGINS: "https://console.example.com",
    },
  });
  const client = createValetClient({ url: valet.apiUrl, apiKey: valet.apiKey });
  const { url, token } = valet.sessionHost;
  const host = createSessionHostClient({ url, token: new Secret(token) });
  const log = createLogger({ name: "test", level: "silent" });
  const database = connectDb({
    url: valet.databaseUrl,
    applicationName: "test",
    maxConnections: 2,
    log,
  });
  const signal = AbortSignal.timeout(3_000_000);
  let count = 0;

  async function attach(sessionId: string, taskId: string): Promise<BrowserAttachment> {
    const { userId } = await database.db
      .selectFrom("tasks")
      .select("userId")
      .where("id", "=", taskId)
      .executeTakeFirstOrThrow();
    const input = { owner: "worker", taskId, userId };
    const { relayUrl } = await host.attachSession(sessionId, input, signal);
    return attachToBrowser(relayUrl, signal);
  }

  return {
    valet,
    client,
    database,
    async openTask() {
      count += 1;
      const { id: resumeId } = await client.uploadResume({ fileName: "cv.pdf", body: resumePdf() });
      const jobUrl = `http://127.0.0.1:${port}/jobs/${count}`;
      const { id: taskId } = await client.createTask({ jobUrl, resumeId, mode: "copilot" });
      const { userId } = await database.db
        .selectFrom("tasks")
        .select("userId")
        .where("id", "=", taskId)
        .executeTakeFirstOrThrow();
      const { sessionId } = await host.createSession({ taskId, userId, url: jobUrl }, signal);
      const first = await attach(sessionId, taskId);
      await waitForDocument(first.page, signal);
      await first.close();
      return {
        taskId,
        async value() {
          const worker = await attach(sessionId, taskId);
          const value = await worker.page.evaluate<string>(
            "document.querySelector('textarea').value",
          );
          await worker.close();
          return value;
        },
      };
    },
    async close() {
      await database.close();
      await valet.close();
      site.closeAllConnections();
      site.close();
    },
  };
}
