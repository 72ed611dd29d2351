/**
 * Takes away what a page could send through without a request that the gate sees. A WebSocket behaves as one
 * whose server is not there, which every page has to reckon with.
 */
export const withoutSockets = `(() => {
  const Native = globalThis.WebSocket;
  if (Native === undefined || Native.prototype.isUnreachable) return;
  class WebSocket extends EventTarget {
    readyState = 0; bufferedAmount = 0; extensions = ""; protocol = ""; binaryType = "blob";
    onopen = null; onmessage = null; onerror = null; onclose = null;
    constructor(url) {
      super();
      this.url = new URL(url, globalThis.location.href).href;
      setTimeout(() => {
        this.readyState = 3;
        const close = new CloseEvent("close", { code: 1006, wasClean: false });
        for (const event of [new Event("error"), close]) {
          this["on" + event.type]?.call(this, event);
          this.dispatchEvent(event);
        }
      });
    }
    send() {
      if (this.readyState === 0) throw new DOMException("Still in CONNECTING state.", "InvalidStateError");
    }
    close() {}
    get isUnreachable() { return true; }
  }
  for (const [name, value] of Object.entries({ CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 })) {
    WebSocket[name] = WebSocket.prototype[name] = value;
  }
  globalThis.WebSocket = WebSocket;
  delete globalThis.WebSocketStream;
  delete globalThis.WebTransport;
})()`;
