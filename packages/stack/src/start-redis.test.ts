import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { quiet } from "./fixtures/quiet.ts";
import { tempState } from "./fixtures/temp-state.ts";
import { startRedis } from "./start-redis.ts";

test("Redis asks for a password and keeps nothing on disk", async () => {
  const server = await startRedis({ stateDir: tempState(), log: quiet });
  const { password } = new URL(server.url);
  const stranger = await ask(server.port, "PING");
  const friend = await ask(server.port, `AUTH ${password}\r\nCONFIG GET save`);
  await server.close();
  expect(stranger).toContain("NOAUTH");
  expect(friend).toBe("+OK\r\n*2\r\n$4\r\nsave\r\n$0\r\n\r\n+OK\r\n");
});

test("a missing redis-server is one line that names the fix", async () => {
  const starting = startRedis({ stateDir: tempState(), searchPath: "/nowhere", log: quiet });
  await expect(starting).rejects.toMatchObject({
    code: "REDIS_MISSING",
    message: expect.stringMatching(/^[^\n]*apt-get install [^\n]*redis-server[^\n]*$/),
  });
});

async function ask(port: number, command: string): Promise<string> {
  const socket = connect({ port, host: "127.0.0.1" });
  socket.write(`${command}\r\nQUIT\r\n`);
  return text(socket);
}
