/**
 * Runs several processes of Valet as one machine and answers for all of them, where a platform gives
 * a machine one command: on Fly.io the session host with its worker.
 *
 *   node run-together.mjs ADDRESS:PORT MAIN=HEALTH_PORT MAIN=HEALTH_PORT …
 *
 * - A process that ends by itself is started again, alone: a worker may die while the browsers live.
 * - SIGTERM and SIGINT stop them one after the other, the last named first: a worker finishes the
 *   steps it has begun while its browsers are still there.
 * - `/readyz` on ADDRESS:PORT is 200 while every process's own /readyz is, otherwise 503.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

const restartDelayMs = 1_000;
const answerWithinMs = 2_000;

const { address, parts } = readArguments(process.argv.slice(2));
const stopping = new AbortController();
const running = parts.map((part) => keepRunning(part));
const server = createServer((request, response) => {
  void readiness(request.url).then(({ status, body }) => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
});
server.listen(address, () => say({ ready: true, address: server.address() }));
for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => void stop());

/** @param {string[]} given */
function readArguments([listenAt = "", ...texts]) {
  const address = pairOf(listenAt, ":");
  const parts = texts.map((text) => pairOf(text, "="));
  if (
    parts.length === 0 ||
    ![address, ...parts].every(({ name, port }) => name !== "" && isPort(port))
  ) {
    process.stderr.write("Usage: node run-together.mjs ADDRESS:PORT MAIN=HEALTH_PORT …\n");
    process.exit(2);
  }
  return {
    address: { host: address.name, port: address.port },
    parts: parts.map(({ name, port }) => ({ main: name, healthPort: port })),
  };
}

/**
 * @param {string} text
 * @param {string} separator
 */
function pairOf(text, separator) {
  const at = text.lastIndexOf(separator);
  return { name: text.slice(0, Math.max(at, 0)), port: Number(text.slice(at + 1) || Number.NaN) };
}

/** @param {number} port */
function isPort(port) {
  return Number.isInteger(port) && port >= 0 && port <= 65_535;
}

/** @param {{ main: string }} part */
function keepRunning({ main }) {
  const start = () => spawn(process.execPath, [main], { stdio: "inherit" });
  let child = start();
  const ended = (async () => {
    for (;;) {
      const [code, signal] = await once(child, "exit");
      if (stopping.signal.aborted) return;
      say({ restarting: main, code, signal });
      await delay(restartDelayMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      child = start();
    }
  })();
  return {
    // Once only: a process takes a second signal as "at once".
    stop: () => {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

async function stop() {
  stopping.abort();
  for (const part of running.toReversed()) await part.stop();
  server.closeAllConnections();
  server.close();
}

/** @param {string | undefined} path */
async function readiness(path) {
  if (path !== "/readyz") return { status: 404, body: { code: "NOT_FOUND" } };
  const answers = await Promise.all(
    parts.map(async (part) => ((await isReady(part)) ? [] : [part.main])),
  );
  const waitingFor = answers.flat();
  const ready = waitingFor.length === 0 && !stopping.signal.aborted;
  return { status: ready ? 200 : 503, body: { ready, waitingFor } };
}

/** @param {{ healthPort: number }} part */
async function isReady({ healthPort }) {
  try {
    const url = `http://127.0.0.1:${healthPort}/readyz`;
    return (await fetch(url, { signal: AbortSignal.timeout(answerWithinMs) })).ok;
  } catch {
    return false;
  }
}

/** @param {Record<string, unknown>} line */
function say(line) {
  process.stderr.write(`${JSON.stringify({ name: "run-together", ...line })}\n`);
}
