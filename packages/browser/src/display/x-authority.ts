/** Any address: the display is reached on this machine alone. */
const familyWild = 0xffff;

/** An Xauthority file with one cookie, good for whichever display has it. See Xsecurity(7). */
export function xAuthority(cookie: Buffer): Buffer {
  return Buffer.concat([
    uint16(familyWild),
    counted(Buffer.alloc(0)), // of any host
    counted(Buffer.alloc(0)), // of any display number
    counted(Buffer.from("MIT-MAGIC-COOKIE-1")),
    counted(cookie),
  ]);
}

function counted(bytes: Buffer): Buffer {
  return Buffer.concat([uint16(bytes.length), bytes]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
