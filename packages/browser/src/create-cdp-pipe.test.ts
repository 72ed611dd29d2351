import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { createCdpPipe } from "./create-cdp-pipe.ts";

test("messages are put together wherever the chunks were cut, inside a letter too", async () => {
  const { pipe, fromBrowser } = openPipe();
  const calls = [pipe.call("One"), pipe.call("Two"), pipe.call("Three")];
  const bytes = Buffer.from(
    [1, 2, 3].map((id) => `${JSON.stringify({ id, result: { word: `Zoë ${id} 🙂` } })}\0`).join(""),
  );
  for (const byte of bytes) fromBrowser.write(Buffer.of(byte));
  expect(await Promise.all(calls)).toEqual([1, 2, 3].map((id) => ({ word: `Zoë ${id} 🙂` })));
});

test("a refused command is an error that names the command", async () => {
  const { pipe, fromBrowser } = openPipe();
  const call = pipe.call("Page.nonsense");
  fromBrowser.write(`${JSON.stringify({ id: 1, error: { code: -32_601, message: "no" } })}\0`);
  await expect(call).rejects.toMatchObject({
    code: "INTERNAL",
    details: { method: "Page.nonsense" },
  });
});

test("when the browser closes its end, what waits fails and later calls fail at once", async () => {
  const { pipe, fromBrowser } = openPipe();
  const waiting = pipe.call("Browser.getVersion");
  fromBrowser.end();
  await expect(waiting).rejects.toMatchObject({ code: "SESSION_LOST" });
  await pipe.closed;
  await expect(pipe.call("Browser.getVersion")).rejects.toMatchObject({ code: "SESSION_LOST" });
});

test("what is no message ends the pipe and nothing else", async () => {
  const { pipe, fromBrowser } = openPipe();
  fromBrowser.write("not json\0");
  await expect(pipe.closed).resolves.toBeUndefined();
});

test("a link that the browser ends is told so, and no other", async () => {
  const { pipe, fromBrowser } = openPipe();
  const closed: string[] = [];
  const open = async (name: string, id: number) => {
    const listener = { receive: () => undefined, closed: () => void closed.push(name) };
    const opening = pipe.openLink(listener);
    fromBrowser.write(`${JSON.stringify({ id, result: { sessionId: name } })}\0`);
    await opening;
  };
  await open("one", 1);
  await open("other", 2);
  const detached = { method: "Target.detachedFromTarget", params: { sessionId: "one" } };
  fromBrowser.write(`${JSON.stringify(detached)}\0`);
  await expect.poll(() => closed).toEqual(["one"]);
});

function openPipe() {
  const toBrowser = new PassThrough();
  const fromBrowser = new PassThrough();
  toBrowser.resume();
  return { pipe: createCdpPipe({ toBrowser, fromBrowser }), fromBrowser };
}
