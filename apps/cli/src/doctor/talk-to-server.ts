import { connect } from "node:net";
import { connect as connectTls } from "node:tls";

export interface ServerTalk {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** Sent as soon as the connection stands. */
  readonly send: Buffer | string;
  /** Whether what came so far is enough to judge. */
  readonly isComplete: (answer: Buffer) => boolean;
}

const timeoutMs = 3_000;

/** Says one thing to a TCP server and gives back its answer. @throws when there is none. */
export async function talkToServer(talk: ServerTalk): Promise<Buffer> {
  const { host, port, send, isComplete } = talk;
  const socket = talk.tls ? connectTls({ host, port, servername: host }) : connect({ host, port });
  socket.setTimeout(timeoutMs, () => socket.destroy(new Error("no answer within 3 s")));
  let answer = Buffer.alloc(0);
  try {
    socket.write(send);
    for await (const chunk of socket) {
      answer = Buffer.concat([answer, Buffer.from(chunk)]);
      if (isComplete(answer)) return answer;
    }
    throw new Error("it closed the connection");
  } finally {
    socket.destroy();
  }
}

/** Few words for people: the system's code where there is one. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown reason";
  if ("code" in error && typeof error.code === "string") return error.code;
  return error.message;
}
