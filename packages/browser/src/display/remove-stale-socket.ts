import { once } from "node:events";
import { rm } from "node:fs/promises";
import { connect } from "node:net";

/** Where X displays of this machine listen, whoever started them. */
export const xSocketFolder = "/tmp/.X11-unix";

/** Removes a display's socket unless somebody listens on it: the number may be another's by now. */
export async function removeStaleSocket(number: number): Promise<void> {
  const file = `${xSocketFolder}/X${number}`;
  if (await isRefused(file)) await rm(file, { force: true });
}

async function isRefused(file: string): Promise<boolean> {
  const socket = connect(file);
  try {
    await once(socket, "connect");
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ECONNREFUSED";
  } finally {
    socket.destroy();
  }
}
