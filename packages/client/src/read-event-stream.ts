/** One message of a `text/event-stream`, as the HTML standard dispatches it. */
export interface ServerSentEvent {
  /** The last id that the stream has given; empty before the first. */
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/**
 * Reads messages from a response body until it ends. Comments and unfinished messages give nothing;
 * `onBytes` is called for whatever arrives.
 */
export async function* readEventStream(
  body: ReadableStream<Uint8Array>,
  onBytes: () => void,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  let id = "";
  let event = "";
  let data: string[] = [];
  for await (const bytes of body) {
    onBytes();
    rest += decoder.decode(bytes, { stream: true });
    // A CR at the end may be the first half of a CRLF.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line === "") {
        if (data.length > 0)
          yield { id, event: event === "" ? "message" : event, data: data.join("\n") };
        event = "";
        data = [];
        continue;
      }
      const [, name, value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
      if (name === "id") id = value;
      if (name === "event") event = value;
      if (name === "data") data.push(value);
    }
  }
}
