/** The record that ends an archive and says where its central directory lies. */
export interface ZipEnd {
  readonly at: number;
  /** Of the entries; one that does not fit here is more than a document has. */
  readonly count: number;
  readonly directoryStart: number;
  readonly directoryBytes: number;
}

const signature = Buffer.from("PK\u0005\u0006", "latin1");
const recordBytes = 22;
const longestComment = 0xffff;

/** Undefined when the bytes do not end as an archive does: with this record and its comment. */
export function findZipEnd(bytes: Buffer): ZipEnd | undefined {
  const first = Math.max(0, bytes.length - recordBytes - longestComment);
  let at = bytes.lastIndexOf(signature, Math.max(0, bytes.length - recordBytes));
  while (at >= first) {
    if (at + recordBytes + bytes.readUInt16LE(at + 20) === bytes.length) {
      return {
        at,
        count: bytes.readUInt16LE(at + 10),
        directoryBytes: bytes.readUInt32LE(at + 12),
        directoryStart: bytes.readUInt32LE(at + 16),
      };
    }
    if (at === 0) return undefined;
    at = bytes.lastIndexOf(signature, at - 1);
  }
  return undefined;
}
