import { connect } from "node:net";
import { text } from "node:stream/consumers";

/** Commands that this Redis has done so far; it is asked in its own words. */
export async function readRedisCommands(url: string): Promise<number> {
  const { hostname, port, password } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  // Redis hangs up at the end; were we to do so first, it would not answer.
  socket.write(`AUTH ${password}\r\nINFO stats\r\nQUIT\r\n`);
  const count = /total_commands_processed:(\d+)/u.exec(await text(socket))?.[1];
  if (count === undefined) throw new Error("Redis does not say how many commands it has done.");
  return Number(count);
}
