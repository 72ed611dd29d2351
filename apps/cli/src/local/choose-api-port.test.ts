import { once } from "node:events";
import { createServer } from "node:net";
import { freePort } from "@valet/stack";
import { expect, onTestFinished, test } from "vitest";
import { chooseApiPort } from "./choose-api-port.ts";

test("the asked-for port is taken when it is free", async () => {
  const port = await freePort();
  expect(await chooseApiPort(port)).toBe(port);
});

test("a port that is in use is refused, not replaced", async () => {
  const port = await freePort();
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  await expect(chooseApiPort(port)).rejects.toMatchObject({
    code: "PORT_TAKEN",
    message: expect.stringContaining(`Port ${port} is in use`),
  });
});
