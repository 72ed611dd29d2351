import { refuse } from "../refusal.ts";
import { type ZipEnd, findZipEnd } from "./find-zip-end.ts";

/** A file of an archive as its central directory states it. */
export interface ZipEntry {
  readonly name: string;
  /** Where its packed bytes begin. */
  readonly start: number;
  readonly packedBytes: number;
  /** As stated: it may be a lie. */
  readonly bytes: number;
  readonly isDeflated: boolean;
}

const mostEntries = 1_000;
/** All entries together. */
const mostBytes = 100 * 1024 * 1024;
const mostRatio = 100;
/** Small XML is packed as tightly as a bomb is. */
const leastBombBytes = 1024 * 1024;

const centralSignature = 0x02014b50;
const centralBytes = 46;
const localSignature = 0x04034b50;
const localBytes = 30;
/** The bit of an entry's flags for encrypted ones, that for strong encryption, and that for a hidden directory. */
const encryptedFlags = 0x0001 | 0x0040 | 0x2000;
/** The bit of an entry's flags that moves its sizes behind its bytes. */
const sizesLaterFlag = 0x0008;
const stored = 0;
const deflated = 8;

/**
 * What an archive holds, by its central directory, which is what every reader of it goes by; nothing is
 * unpacked.
 *
 * @throws ValetError `RESUME_UNREADABLE`: `damaged` for half an archive, `password` for an encrypted one,
 * `too_large` for a bomb, `unsafe` for one that two readers would unpack to different things, or outside of
 * its folder.
 */
export function readZipDirectory(archive: Buffer): readonly ZipEntry[] {
  const end = findZipEnd(archive);
  if (end === undefined) throw refuse("damaged");
  if (end.count > mostEntries) throw refuse("too_large");
  // Something stands before the archive or within it that is no part of it.
  if (end.directoryStart + end.directoryBytes !== end.at) throw refuse("unsafe");
  const entries = readEntries(archive, end);
  assertEachNamedOnce(entries);
  assertApart(entries, end);
  const total = entries.reduce((sum, { entry }) => sum + entry.bytes, 0);
  if (total > mostBytes || entries.some(isBomb)) throw refuse("too_large");
  return entries.map(({ entry }) => entry);
}

interface Located {
  readonly entry: ZipEntry;
  readonly localStart: number;
}

function readEntries(archive: Buffer, end: ZipEnd): readonly Located[] {
  const entries: Located[] = [];
  let at = end.directoryStart;
  for (let index = 0; index < end.count; index += 1) {
    if (at + centralBytes > end.at || archive.readUInt32LE(at) !== centralSignature) {
      throw refuse("damaged");
    }
    entries.push(readEntry(archive, at, end));
    at +=
      centralBytes +
      archive.readUInt16LE(at + 28) +
      archive.readUInt16LE(at + 30) +
      archive.readUInt16LE(at + 32);
  }
  // More entries than it counts.
  if (at !== end.at) throw refuse("unsafe");
  return entries;
}

function readEntry(archive: Buffer, at: number, end: ZipEnd): Located {
  const flags = archive.readUInt16LE(at + 8);
  const method = archive.readUInt16LE(at + 10);
  const packedBytes = archive.readUInt32LE(at + 20);
  const bytes = archive.readUInt32LE(at + 24);
  const nameBytes = archive.readUInt16LE(at + 28);
  const fileKind = archive.readUInt32LE(at + 38) >>> 28;
  const localStart = archive.readUInt32LE(at + 42);
  const nameStart = at + centralBytes;
  if (nameStart + nameBytes > end.at) throw refuse("damaged");
  const rawName = archive.subarray(nameStart, nameStart + nameBytes);
  const name = rawName.toString("utf8");
  if ((flags & encryptedFlags) !== 0) throw refuse("password");
  if (method !== stored && method !== deflated) throw refuse("damaged");
  if (!isFileOrFolder(fileKind) || leavesItsFolder(name)) throw refuse("unsafe");
  if (localStart + localBytes > end.directoryStart) throw refuse("damaged");
  if (archive.readUInt32LE(localStart) !== localSignature) throw refuse("damaged");
  const start =
    localStart +
    localBytes +
    archive.readUInt16LE(localStart + 26) +
    archive.readUInt16LE(localStart + 28);
  // There are readers that go by what stands before each entry: they have to find the same.
  const localName = archive.subarray(localStart + localBytes, localStart + localBytes + nameBytes);
  const localFlags = archive.readUInt16LE(localStart + 6);
  const saysSame =
    archive.readUInt16LE(localStart + 26) === nameBytes &&
    localName.equals(rawName) &&
    archive.readUInt16LE(localStart + 8) === method &&
    ((localFlags & sizesLaterFlag) !== 0 ||
      (archive.readUInt32LE(localStart + 18) === packedBytes &&
        archive.readUInt32LE(localStart + 22) === bytes));
  if (!saysSame || (method === stored && packedBytes !== bytes)) throw refuse("unsafe");
  if (start + packedBytes > end.directoryStart) throw refuse("damaged");
  return {
    entry: { name, start, packedBytes, bytes, isDeflated: method === deflated },
    localStart,
  };
}

/** As Unix states it; other systems state nothing. Links and devices are neither. */
function isFileOrFolder(fileKind: number): boolean {
  return fileKind === 0 || fileKind === 0x8 || fileKind === 0x4;
}

function leavesItsFolder(name: string): boolean {
  return (
    name === "" ||
    name.startsWith("/") ||
    /[\\\p{Cc}]|^[a-z]:/iu.test(name) ||
    name.split("/").includes("..")
  );
}

function assertEachNamedOnce(entries: readonly Located[]): void {
  // Names of parts are the same in either case.
  const names = new Set(entries.map(({ entry }) => entry.name.toLowerCase()));
  if (names.size !== entries.length) throw refuse("unsafe");
}

/** Entries that share bytes are how small archives become endless. */
function assertApart(entries: readonly Located[], end: ZipEnd): void {
  const inOrder = entries.toSorted((one, other) => one.localStart - other.localStart);
  if (inOrder[0] !== undefined && inOrder[0].localStart !== 0) throw refuse("unsafe");
  for (const [index, { entry }] of inOrder.entries()) {
    const next = inOrder[index + 1]?.localStart ?? end.directoryStart;
    if (entry.start + entry.packedBytes > next) throw refuse("unsafe");
  }
}

function isBomb({ entry }: Located): boolean {
  return entry.bytes > leastBombBytes && entry.bytes > mostRatio * Math.max(1, entry.packedBytes);
}
