import { createHash } from "node:crypto";
import { once } from "node:events";
import { PassThrough, Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { verifyBody } from "./verify-body.ts";

const { signal } = new AbortController();
const put = Buffer.from("the bytes that were put");
const expected = {
  key: "a/b",
  contentType: "text/plain",
  sha256: createHash("sha256").update(put).digest("hex"),
  byteSize: put.length,
  faultOf: (error: unknown) => error,
};

/** Gives each piece the time to go all the way. */
async function* oneByOne(pieces: readonly Buffer[]): AsyncGenerator<Buffer> {
  for (const piece of pieces) {
    yield piece;
    await turn();
  }
}

/** The bytes that came, and how it ended. */
async function readOut(body: Readable): Promise<{ bytes: Buffer; end: unknown }> {
  const chunks: Buffer[] = [];
  body.on("data", (chunk: Buffer) => chunks.push(chunk));
  const end = await finished(body).then(
    () => undefined,
    (error: unknown) => error,
  );
  return { bytes: Buffer.concat(chunks), end };
}

test.each([1, 5, put.length])("right bytes in pieces of %i come through", async (size) => {
  const pieces = Array.from({ length: Math.ceil(put.length / size) }, (_, at) =>
    put.subarray(at * size, (at + 1) * size),
  );
  const { bytes, end } = await readOut(
    verifyBody(Readable.from(oneByOne(pieces)), expected, signal),
  );

  expect(end).toBeUndefined();
  expect(bytes).toEqual(put);
});

test.each([
  ["changed", [put.subarray(0, 10), Buffer.from("x".repeat(put.length - 10))]],
  ["cut short", [put.subarray(0, 10)]],
  ["missing", []],
  ["longer", [put, Buffer.from("x")]],
])("a body that is %s ends as damaged, and before its whole length", async (_what, pieces) => {
  const { bytes, end } = await readOut(
    verifyBody(Readable.from(oneByOne(pieces)), expected, signal),
  );

  expect(end).toMatchObject({ code: "INTERNAL", details: { key: "a/b" } });
  expect(bytes.length).toBeLessThan(put.length);
});

test("a source that breaks off ends the body with what its fault means", async () => {
  const source = new PassThrough();
  const faultOf = (error: unknown) => new Error("meant", { cause: error });
  const body = verifyBody(source, { ...expected, faultOf }, signal);
  source.write(put.subarray(0, 10));
  source.destroy(new Error("reset"));

  expect((await readOut(body)).end).toMatchObject({
    message: "meant",
    cause: { message: "reset" },
  });
});

test("a source that breaks off before anybody reads is no uncaught error", async () => {
  const source = new PassThrough();
  const body = verifyBody(source, expected, signal);
  const closed = new Promise((resolve) => body.once("close", resolve));
  source.destroy(new Error("reset"));
  await closed;

  expect((await readOut(body)).end).toMatchObject({ message: "reset" });
});

test("whoever leaves a body, read or not, lets go of its source", async () => {
  const source = new PassThrough();
  verifyBody(source, expected, signal).destroy();
  await once(source, "close");

  expect(source.destroyed).toBe(true);
});

test("an abort ends a body whose source is stuck", async () => {
  const controller = new AbortController();
  const source = new PassThrough();
  const reading = readOut(verifyBody(source, expected, controller.signal));
  controller.abort(new Error("stop"));

  expect((await reading).end).toMatchObject({ name: "AbortError", cause: { message: "stop" } });
  expect(source.destroyed).toBe(true);
});

test("an abort that came before is no uncaught error either", async () => {
  const body = verifyBody(new PassThrough(), expected, AbortSignal.abort(new Error("stop")));
  await new Promise((resolve) => body.once("close", resolve));

  expect((await readOut(body)).end).toMatchObject({ name: "AbortError" });
});
