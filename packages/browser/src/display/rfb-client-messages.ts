/** Who may do what with a display; asked again for every message, since control can end at any moment. */
export interface RfbRules {
  /** Whether keys and pointer of this connection reach the display now. */
  mayControl(): boolean;
  /** Whether its clipboard does, while it has control. */
  readonly allowsClipboard: boolean;
}

export type RfbVerdict =
  /** What the display may hear of it, and how many inputs (keys, pointer, clipboard) are among it. */
  | { readonly kind: "pass"; readonly bytes: Buffer; readonly inputs: number }
  /** It is not RFB as we know it, so nothing after it can be told apart; the connection has to end. */
  | { readonly kind: "broken"; readonly why: string };

export interface RfbReader {
  /** Reads on; messages may be cut anywhere. After `broken` it must not be called again. */
  read(chunk: Buffer): RfbVerdict;
}

/**
 * Reads what a viewer says to a display (RFC 6143 and the registered extensions) and lets through what
 * `rules` allow. Input is dropped here, on the server, whatever the viewer's page does. What is not known
 * is never passed on.
 *
 * States: `version` → `security` → `init` → `message` ⇄ `rest`, the remainder of a long message.
 */
export function createRfbReader(rules: RfbRules): RfbReader {
  let state: State = "version";
  let pending: Buffer = Buffer.alloc(0);
  /** Of the message that is under way: how many bytes are missing, and whether they are passed on. */
  let rest = { left: 0, passes: false };

  /** The next piece of what waits, `undefined` when it is not complete yet. */
  function take(): Piece | undefined {
    if (state === "rest") {
      const part = cut(Math.min(rest.left, pending.length));
      rest.left -= part.length;
      if (rest.left === 0) state = "message";
      return { bytes: rest.passes ? part : nothing };
    }
    if (state === "message") return takeMessage();
    const { length, next, read } = handshake[state];
    if (pending.length < length) return undefined;
    const answer = read(cut(length));
    if (answer === undefined)
      return { broken: `the handshake's ${state} is not one that is offered` };
    state = next;
    return { bytes: answer };
  }

  function takeMessage(): Piece | undefined {
    const [type = 0] = pending;
    const kind = messages[type];
    if (kind === undefined) return { broken: `message type ${type} is not known` };
    if (pending.length < kind.headLength) return undefined;
    const length = kind.lengthOf === undefined ? kind.headLength : kind.lengthOf(pending);
    if (length === undefined || length > longestMessage) {
      return { broken: `a message of type ${type} is too long or of an unknown kind` };
    }
    if (kind.use === "encodings") {
      if (pending.length < length) return undefined;
      return { bytes: knownEncodings(cut(length)) };
    }
    const passes = mayPass(kind.use, rules);
    const head = cut(kind.headLength);
    rest = { left: length - kind.headLength, passes };
    if (rest.left > 0) state = "rest";
    return { bytes: passes ? head : nothing, isInput: passes && kind.use !== "display" };
  }

  function cut(length: number): Buffer {
    const part = pending.subarray(0, length);
    pending = pending.subarray(length);
    return part;
  }

  return {
    read(chunk) {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      const passed: Buffer[] = [];
      let inputs = 0;
      while (pending.length > 0) {
        const piece = take();
        if (piece === undefined) break;
        if ("broken" in piece) return { kind: "broken", why: piece.broken };
        if (piece.isInput === true) inputs += 1;
        passed.push(piece.bytes);
      }
      return { kind: "pass", bytes: Buffer.concat(passed), inputs };
    },
  };
}

type State = "version" | "security" | "init" | "message" | "rest";

type Piece = { readonly bytes: Buffer; readonly isInput?: boolean } | { readonly broken: string };

const nothing = Buffer.alloc(0);

/** A clipboard as large as the display accepts, and its head. */
const longestMessage = 256 * 1024 + 8;

/** One version and no security of VNC's own: who may connect was decided before. */
const handshake = {
  version: {
    length: 12,
    next: "security",
    read: (bytes: Buffer) => (bytes.toString("latin1") === "RFB 003.008\n" ? bytes : undefined),
  },
  security: {
    length: 1,
    next: "init",
    read: (bytes: Buffer) => (bytes[0] === 1 ? bytes : undefined),
  },
  // Never alone: one viewer must not send the others away.
  init: { length: 1, next: "message", read: () => Buffer.from([1]) },
} as const satisfies Partial<Record<State, unknown>>;

/** `display`: what is shown and how · `never`: nobody's business here. */
type Use = "display" | "encodings" | "input" | "clipboard" | "never";

interface MessageKind {
  readonly use: Use;
  /** Bytes up to where the whole length is known. */
  readonly headLength: number;
  /** Bytes of the whole message, for one whose length varies; `undefined` for an unknown kind of it. */
  readonly lengthOf?: (head: Buffer) => number | undefined;
}

const messages: Readonly<Record<number, MessageKind>> = {
  /** SetPixelFormat */
  0: { use: "display", headLength: 20 },
  /** SetEncodings */
  2: {
    use: "encodings",
    headLength: 4,
    lengthOf: (head) => (head.readUInt16BE(2) <= 256 ? 4 + 4 * head.readUInt16BE(2) : undefined),
  },
  /** FramebufferUpdateRequest */
  3: { use: "display", headLength: 10 },
  /** KeyEvent */
  4: { use: "input", headLength: 8 },
  /** PointerEvent; its longer form is never agreed on, see `knownEncodings`. */
  5: { use: "input", headLength: 6 },
  /** ClientCutText; a negative length means the extended clipboard. */
  6: { use: "clipboard", headLength: 8, lengthOf: (head) => 8 + Math.abs(head.readInt32BE(4)) },
  /** EnableContinuousUpdates */
  150: { use: "display", headLength: 10 },
  /** ClientFence; a longer payload than this is against its rules. */
  248: {
    use: "display",
    headLength: 9,
    lengthOf: (head) => (head.readUInt8(8) <= 64 ? 9 + head.readUInt8(8) : undefined),
  },
  /** xvp: would shut the machine down. */
  250: { use: "never", headLength: 4 },
  /** SetDesktopSize: the page keeps its size. */
  251: { use: "never", headLength: 8, lengthOf: (head) => 8 + 16 * head.readUInt8(6) },
  /** gii: other input devices. Bit 7 of its kind says which end of the length comes first. */
  253: {
    use: "never",
    headLength: 4,
    lengthOf: (head) =>
      4 + ((head.readUInt8(1) & 0x80) === 0 ? head.readUInt16LE(2) : head.readUInt16BE(2)),
  },
  /** QEMU: its extended key alone. */
  255: {
    use: "input",
    headLength: 12,
    lengthOf: (head) => (head.readUInt8(1) === 0 ? 12 : undefined),
  },
};

function mayPass(use: Exclude<Use, "encodings">, rules: RfbRules): boolean {
  switch (use) {
    case "display":
      return true;
    case "input":
      return rules.mayControl();
    case "clipboard":
      return rules.allowsClipboard && rules.mayControl();
    case "never":
      return false;
  }
}

/**
 * Without what we do not know. Some names a viewer gives here change what its later messages look
 * like: mouse buttons beyond the eighth (-316) make a pointer event longer.
 */
function knownEncodings(message: Buffer): Buffer {
  const names: number[] = [];
  for (let at = 4; at < message.length; at += 4) {
    const name = message.readInt32BE(at);
    if (isKnownEncoding(name)) names.push(name);
  }
  const bytes = Buffer.alloc(4 + 4 * names.length);
  bytes.writeUInt8(2, 0);
  bytes.writeUInt16BE(names.length, 2);
  names.forEach((name, index) => bytes.writeInt32BE(name, 4 + 4 * index));
  return bytes;
}

function isKnownEncoding(name: number): boolean {
  // How good a picture may be, and how small.
  return encodings.has(name) || (name >= -32 && name <= -23) || (name >= -256 && name <= -247);
}

const encodings: ReadonlySet<number> = new Set([
  0, // raw
  1, // copy
  2, // RRE
  5, // hextile
  7, // tight
  16, // ZRLE
  -223, // the display's size
  -224, // the last rectangle
  -239, // the cursor
  -258, // QEMU's extended key
  -261, // the keyboard's lights
  -307, // the display's name
  -308, // the display's size, extended
  -312, // fences
  -313, // continuous updates
  0x574d5664, // VMware's cursor
]);
