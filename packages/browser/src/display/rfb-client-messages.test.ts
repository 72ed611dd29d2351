import { expect, test } from "vitest";
import { type RfbRules, createRfbReader } from "./rfb-client-messages.ts";

const viewer: RfbRules = { mayControl: () => false, allowsClipboard: true };
const controller: RfbRules = { mayControl: () => true, allowsClipboard: false };
const withClipboard: RfbRules = { mayControl: () => true, allowsClipboard: true };

const hello = Buffer.from("RFB 003.008\n\x01\x00");
const bytes = (...values: number[]) => Buffer.from(values);
const zeros = (type: number, length: number) =>
  Buffer.concat([bytes(type), Buffer.alloc(length - 1)]);

function cutText(length: number, body: number): Buffer {
  const head = zeros(6, 8);
  head.writeInt32BE(length, 4);
  return Buffer.concat([head, Buffer.alloc(body, 0x61)]);
}

/** What a display is shown with: passes for everybody. */
const shown = {
  SetPixelFormat: zeros(0, 20),
  SetEncodings: bytes(2, 0, 0, 2, 0, 0, 0, 7, 0xff, 0xff, 0xfe, 0xc8),
  FramebufferUpdateRequest: zeros(3, 10),
  EnableContinuousUpdates: zeros(150, 10),
  ClientFence: bytes(248, 0, 0, 0, 0, 0, 0, 0, 2, 9, 9),
};
/** What acts: passes for whoever has control. */
const acted = {
  KeyEvent: bytes(4, 1, 0, 0, 0, 0, 0, 0x61),
  PointerEvent: bytes(5, 1, 0, 10, 0, 10),
  QemuExtendedKey: zeros(255, 12),
};
const clipboard = {
  ClientCutText: cutText(5, 5),
  "an extended ClientCutText": cutText(-6, 6),
};
const never = {
  xvp: bytes(250, 0, 1, 2),
  SetDesktopSize: Buffer.concat([bytes(251, 0, 4, 0, 3, 0, 1, 0), Buffer.alloc(16)]),
  "gii, big end first": bytes(253, 0x81, 0, 2, 0, 1),
  "gii, little end first": bytes(253, 0x01, 2, 0, 0, 1),
};

function readAll(rules: RfbRules, message: Buffer, piece = Number.MAX_SAFE_INTEGER) {
  const reader = createRfbReader(rules);
  const passed: Buffer[] = [];
  let inputs = 0;
  const whole = Buffer.concat([hello, message]);
  for (let at = 0; at < whole.length; at += piece) {
    const verdict = reader.read(whole.subarray(at, Math.min(whole.length, at + piece)));
    if (verdict.kind === "broken") return { broken: verdict.why };
    passed.push(verdict.bytes);
    inputs += verdict.inputs;
  }
  const all = Buffer.concat(passed);
  const [head, rest] = [all.subarray(0, 14), all.subarray(14)];
  expect(head.subarray(0, 13)).toEqual(hello.subarray(0, 13));
  // Whatever the viewer asked for, it does not send the others away.
  expect(head[13]).toBe(1);
  return { passed: rest, inputs };
}

const nothing = { passed: Buffer.alloc(0), inputs: 0 };

test.each(Object.entries(shown))("%s passes for everybody", (_name, message) => {
  for (const rules of [viewer, controller]) {
    for (const piece of [1, 3, 1_000]) {
      expect(readAll(rules, message, piece)).toEqual({ passed: message, inputs: 0 });
    }
  }
});

test.each(Object.entries(acted))("%s passes for who has control alone", (_name, message) => {
  for (const piece of [1, 3, 1_000]) {
    expect(readAll(viewer, message, piece)).toEqual(nothing);
    expect(readAll(controller, message, piece)).toEqual({ passed: message, inputs: 1 });
  }
});

test.each(Object.entries(clipboard))("%s passes only where it is allowed", (_name, message) => {
  for (const piece of [1, 3, 1_000]) {
    expect(readAll(viewer, message, piece)).toEqual(nothing);
    expect(readAll(controller, message, piece)).toEqual(nothing);
    expect(readAll(withClipboard, message, piece)).toEqual({ passed: message, inputs: 1 });
  }
});

test.each(Object.entries(never))(
  "%s passes for nobody, and what follows is read",
  (_name, message) => {
    const followed = Buffer.concat([message, acted.KeyEvent]);
    for (const piece of [1, 1_000]) {
      expect(readAll(withClipboard, followed, piece)).toEqual({
        passed: acted.KeyEvent,
        inputs: 1,
      });
    }
  },
);

test.each([
  ["an unknown message", bytes(7)],
  ["QEMU's audio", bytes(255, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)],
  ["a fence with too much in it", bytes(248, 0, 0, 0, 0, 0, 0, 0, 65)],
  ["a clipboard that is too large", cutText(300_000, 0)],
  ["the longest extended clipboard there is", cutText(-(2 ** 31), 0)],
  ["more encodings than there can be", bytes(2, 0, 255, 255)],
])("%s ends the connection", (_name, message) => {
  expect(readAll(withClipboard, message)).toEqual({ broken: expect.any(String) });
});

test("another version and another kind of security end the connection", () => {
  for (const start of ["RFB 003.003\n\x01", "RFB 003.008\n\x02", "GET / HTTP/1.1\r\n"]) {
    expect(createRfbReader(controller).read(Buffer.from(start)).kind).toBe("broken");
  }
});

test("encodings that would change how messages look are left out", () => {
  const asked = bytes(2, 0, 0, 2, 0xff, 0xff, 0xfe, 0xc4, 0, 0, 0, 16); // -316, ZRLE
  expect(readAll(viewer, asked)).toEqual({ passed: bytes(2, 0, 0, 1, 0, 0, 0, 16), inputs: 0 });
});

test("control that ends in between ends with the next message", () => {
  let hasControl = true;
  const reader = createRfbReader({ mayControl: () => hasControl, allowsClipboard: false });
  const first = reader.read(Buffer.concat([hello, acted.KeyEvent]));
  hasControl = false;
  expect([first, reader.read(acted.KeyEvent)]).toMatchObject([{ inputs: 1 }, { inputs: 0 }]);
});

test("of 100,000 random messages, cut at random, a viewer gets through what shows and nothing else", () => {
  const random = randomNumbers(7);
  const showing: Buffer[] = Object.values(shown);
  const all = [...showing, ...Object.values({ ...acted, ...clipboard, ...never })];
  const reader = createRfbReader(viewer);
  reader.read(hello);
  for (let round = 0; round < 1_000; round += 1) {
    const sent = Array.from({ length: 100 }, () => pick(all, random));
    const expected = Buffer.concat(sent.filter((message) => showing.includes(message)));
    const passed: Buffer[] = [];
    const whole = Buffer.concat(sent);
    for (let at = 0, end = 0; at < whole.length; at = end) {
      end = at + 1 + random(40);
      const part = whole.subarray(at, end);
      const verdict = reader.read(part);
      if (verdict.kind === "broken" || verdict.inputs > 0) throw new Error("It let more through.");
      passed.push(verdict.bytes);
    }
    expect(Buffer.concat(passed).equals(expected)).toBe(true);
  }
});

function pick(messages: readonly Buffer[], random: (below: number) => number): Buffer {
  return messages[random(messages.length)] ?? nothing.passed;
}

/** The same ones each time. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
