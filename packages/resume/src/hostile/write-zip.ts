import { crc32, deflateRawSync } from "node:zlib";

/** An entry as an honest program would write it, unless it is told to lie. */
export interface ZipPart {
  readonly name: string;
  readonly bytes: Uint8Array | string;
  /** In place of how many there are, in both headers. */
  readonly statedBytes?: number;
  /** The same, in the header before the entry alone. */
  readonly localBytes?: number;
  readonly localName?: string;
  readonly method?: number;
  readonly localMethod?: number;
  readonly flags?: number;
  /** Of Unix: the kind of the file and who may do what with it. */
  readonly mode?: number;
  /** Shares the bytes of the entry with this index, and has none of its own. */
  readonly sameAs?: number;
  /** Stands in the bytes of the entry with this index, which has to hold `localRecord` of it. */
  readonly within?: number;
}

export interface ZipLies {
  readonly prefix?: Uint8Array;
  /** Whether the stated places count the prefix in. */
  readonly isPrefixCounted?: boolean;
  /** Between the entries and the directory. */
  readonly gap?: Uint8Array;
  readonly comment?: Uint8Array;
  readonly suffix?: Uint8Array;
  readonly count?: number;
  readonly directoryStart?: number;
}

interface Packed {
  readonly packed: Uint8Array;
  readonly bytes: number;
  readonly crc: number;
}

interface Written extends Packed {
  readonly part: ZipPart;
  readonly at: number;
}

export function writeZip(parts: readonly ZipPart[], lies: ZipLies = {}): Uint8Array {
  const none = new Uint8Array();
  const { prefix = none, gap = none, comment = none, suffix = none } = lies;
  const base = lies.isPrefixCounted === false ? 0 : prefix.length;
  const locals: Uint8Array[] = [];
  const written: Written[] = [];
  const known = new Map<unknown, Packed>();
  let at = base;
  for (const part of parts) {
    const twin = part.sameAs === undefined ? undefined : written[part.sameAs];
    if (twin !== undefined) {
      written.push({ ...twin, part: { ...twin.part, name: part.name } });
      continue;
    }
    const holder = part.within === undefined ? undefined : written[part.within];
    if (holder !== undefined) {
      written.push({ ...pack(part), part, at: holder.at + localHeader(holder).length });
      continue;
    }
    const twice = known.get(part.bytes) ?? pack(part);
    known.set(part.bytes, twice);
    const one = { ...twice, part, at };
    const local = [localHeader(one), one.packed];
    locals.push(...local);
    written.push(one);
    at += local.reduce((sum, { length }) => sum + length, 0);
  }
  const directory = Buffer.concat(written.map(directoryHeader));
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", "latin1");
  end.writeUInt16LE((lies.count ?? parts.length) & 0xffff, 8);
  end.writeUInt16LE((lies.count ?? parts.length) & 0xffff, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(lies.directoryStart ?? at + gap.length, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([prefix, ...locals, gap, directory, end, comment, suffix]);
}

/** An entry with what stands before it. */
export function localRecord(part: ZipPart): Uint8Array {
  const packed = pack(part);
  return Buffer.concat([localHeader({ ...packed, part, at: 0 }), packed.packed]);
}

function pack({ bytes, method }: ZipPart): Packed {
  const plain = Buffer.from(bytes);
  const packed = method === 0 ? plain : deflateRawSync(plain, { level: 9 });
  return { packed, bytes: plain.length, crc: crc32(plain) };
}

function localHeader({ part, packed, bytes, crc }: Written): Buffer {
  const name = Buffer.from(part.localName ?? part.name);
  const header = Buffer.alloc(30);
  header.write("PK\u0003\u0004", "latin1");
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(part.flags ?? 0, 6);
  header.writeUInt16LE(part.localMethod ?? part.method ?? 8, 8);
  header.writeUInt32LE(crc, 14);
  header.writeUInt32LE(packed.length, 18);
  header.writeUInt32LE(part.localBytes ?? part.statedBytes ?? bytes, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

function directoryHeader({ part, at, packed, bytes, crc }: Written): Buffer {
  const name = Buffer.from(part.name);
  const header = Buffer.alloc(46);
  header.write("PK\u0001\u0002", "latin1");
  header.writeUInt16LE(part.mode === undefined ? 20 : 0x0314, 4);
  header.writeUInt16LE(20, 6);
  header.writeUInt16LE(part.flags ?? 0, 8);
  header.writeUInt16LE(part.method ?? 8, 10);
  header.writeUInt32LE(crc, 16);
  header.writeUInt32LE(packed.length, 20);
  header.writeUInt32LE(part.statedBytes ?? bytes, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt32LE(((part.mode ?? 0) << 16) >>> 0, 38);
  header.writeUInt32LE(at, 42);
  return Buffer.concat([header, name]);
}
