import { crc32, deflateSync, inflateSync } from "node:zlib";
import { ValetError } from "@valet/contracts";

/** Eight bits a channel, row after row; `channels` is 3 or 4. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly bytes: Buffer;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const channelsOf = new Map([
  [2, 3],
  [6, 4],
]);

/** Reads a PNG as browsers write it: eight bits, in colour, not interlaced. */
export function readPng(png: Buffer): Pixels {
  const head = { width: 0, height: 0, channels: 0 };
  const parts: Buffer[] = [];
  let place = signature.length;
  while (place < png.length) {
    const length = png.readUInt32BE(place);
    const type = png.toString("latin1", place + 4, place + 8);
    const data = png.subarray(place + 8, place + 8 + length);
    if (type === "IHDR") {
      head.width = data.readUInt32BE(0);
      head.height = data.readUInt32BE(4);
      const isPlain = data[8] === 8 && data[12] === 0;
      head.channels = isPlain ? (channelsOf.get(data[9] ?? 0) ?? 0) : 0;
    }
    if (type === "IDAT") parts.push(data);
    place += length + 12;
  }
  if (head.channels === 0) {
    throw new ValetError("INTERNAL", "The browser's picture is of a kind that is not read here.");
  }
  return { ...head, bytes: unfilter(inflateSync(Buffer.concat(parts)), head) };
}

/** Undoes what makes rows easier to compress (PNG, section 9). Millions of bytes: no calls, no objects. */
function unfilter(rows: Buffer, { width, height, channels }: Omit<Pixels, "bytes">): Buffer {
  const size = width * channels;
  const out = Buffer.alloc(size * height);
  for (let y = 0; y < height; y += 1) {
    const filter = rows[y * (size + 1)] ?? 0;
    const from = y * (size + 1) + 1;
    const to = y * size;
    rows.copy(out, to, from, from + size);
    if (filter === 0) continue;
    for (let x = 0; x < size; x += 1) {
      const at = to + x;
      const left = x < channels ? 0 : (out[at - channels] ?? 0);
      const up = y === 0 ? 0 : (out[at - size] ?? 0);
      let guess = filter === 1 ? left : up;
      if (filter === 3) guess = (left + up) >> 1;
      if (filter === 4) {
        const corner = x < channels || y === 0 ? 0 : (out[at - size - channels] ?? 0);
        const toLeft = Math.abs(up - corner);
        const toUp = Math.abs(left - corner);
        const toCorner = Math.abs(left + up - corner - corner);
        guess = toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
      }
      out[at] = (out[at] ?? 0) + guess;
    }
  }
  return out;
}

export function writePng({ width, height, channels, bytes }: Pixels): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, channels === 4 ? 6 : 2, 0, 0, 0], 8);
  const size = width * channels;
  // No filter: the rows as they are.
  const rows = Buffer.alloc((size + 1) * height);
  for (let y = 0; y < height; y += 1) {
    bytes.copy(rows, y * (size + 1) + 1, y * size, (y + 1) * size);
  }
  return Buffer.concat([
    signature,
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(rows, { level: 6 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const out = Buffer.alloc(named.length + 8);
  out.writeUInt32BE(data.length, 0);
  named.copy(out, 4);
  out.writeUInt32BE(crc32(named), named.length + 4);
  return out;
}
