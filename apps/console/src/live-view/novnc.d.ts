/** What the console uses of noVNC, which brings no types. */
declare module "@novnc/novnc" {
  export default class RFB extends EventTarget {
    constructor(target: HTMLElement, channel: WebSocket, options?: { readonly shared?: boolean });
    viewOnly: boolean;
    scaleViewport: boolean;
    showDotCursor: boolean;
    qualityLevel: number;
    background: string;
    focus(): void;
    disconnect(): void;
    /** Presses and lets go of a key by its X keysym. */
    sendKey(keysym: number, code: string | null): void;
    clipboardPasteFrom(text: string): void;
  }
}
