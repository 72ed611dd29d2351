/** End of central directory record: signature, then counts, size and offset; then a comment. */
const endSignature = 0x06054b50;
const endBytes = 22;
const longestComment = 0xffff;
const entrySignature = 0x02014b50;
const entryBytes = 46;

/** Whether the bytes are a zip archive whose central directory lists a file of this name. */
export function hasZipEntry(bytes: Buffer, name: string): boolean {
  const end = findEnd(bytes);
  if (end === undefined) return false;
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (at + entryBytes > end || bytes.readUInt32LE(at) !== entrySignature) return false;
    const nameBytes = bytes.readUInt16LE(at + 28);
    const extraBytes = bytes.readUInt16LE(at + 30);
    const commentBytes = bytes.readUInt16LE(at + 32);
    if (bytes.toString("utf8", at + entryBytes, at + entryBytes + nameBytes) === name) return true;
    at += entryBytes + nameBytes + extraBytes + commentBytes;
  }
  return false;
}

function findEnd(bytes: Buffer): number | undefined {
  const first = Math.max(0, bytes.length - endBytes - longestComment);
  for (let at = bytes.length - endBytes; at >= first; at -= 1) {
    if (bytes.readUInt32LE(at) === endSignature) return at;
  }
  return undefined;
}
