import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { freePort } from "./free-port.ts";

test("the preferred port is taken while it is free, and another when it is not", async () => {
  const port = await freePort();
  expect(await freePort({ preferred: port })).toBe(port);
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  const other = await freePort({ preferred: port });
  server.close();
  expect(other).not.toBe(port);
  expect(await freePort({ preferred: port, except: new Set([port]) })).not.toBe(port);
});
