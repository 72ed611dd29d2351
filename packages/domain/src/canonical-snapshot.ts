import { createHash } from "node:crypto";
import type { FieldValue, FormSnapshot, SnapshotField, SnapshotPage } from "@valet/contracts";

/**
 * The digest an approval is bound to: SHA-256 over canonical JSON of everything that would be sent
 * and where, hidden fields included. Source and confidence are left out: they explain a value and are not sent. The prefix
 * is the version of this form; another way of writing it needs another prefix.
 */
export function digestOf(snapshot: FormSnapshot): string {
  return `${versionPrefix}${hashOf(snapshot)}`;
}

/**
 * The same without what a wall asks for, such as the boxes of an emailed code: a person who was shown the
 * form, and then solves its captcha or says its code, approves the rest as it was.
 */
export function digestAtWall(snapshot: FormSnapshot): string {
  const pages = snapshot.pages.map((page) => ({
    ...page,
    fields: page.fields.filter(({ meaning }) => meaning !== "captcha"),
  }));
  return `${wallPrefix}${hashOf({ ...snapshot, pages })}`;
}

/** Whether the snapshot is what the digest stands for, whichever of the two it is. */
export function isDigestOf(digest: string, snapshot: FormSnapshot): boolean {
  const now = digest.startsWith(wallPrefix) ? digestAtWall(snapshot) : digestOf(snapshot);
  return now === digest;
}

const versionPrefix = "v2:";
const wallPrefix = "v2-wall:";

function hashOf(snapshot: FormSnapshot): string {
  const canonical = canonicalJson({
    version: snapshot.version,
    jobKey: snapshot.jobKey,
    pages: snapshot.pages.map(({ page, url, frame, query, target, fields, carried }) => ({
      page,
      url,
      frame,
      query,
      target,
      fields: fields.map(digestedField),
      carried: carried ?? [],
    })),
  });
  return createHash("sha256").update(canonical, "utf8").digest("hex");
}

function digestedField({ id, label, kind, value, visible, file }: SnapshotField) {
  return {
    id,
    label,
    kind,
    visible,
    value: value === null ? null : normalValue(value),
    file: file ?? null,
  };
}

function normalValue(value: FieldValue): FieldValue {
  return Array.isArray(value) ? [...value].sort() : value;
}

/** JSON with sorted keys and no spaces (RFC 8785 for the values we use: no floats, no exotic keys). */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value);
}

/**
 * The snapshot as it must look once a person's corrections stand on the page. Returns the ids that
 * name no field; then nothing may be approved.
 */
export function withOverrides(
  snapshot: FormSnapshot,
  overrides: Readonly<Record<string, FieldValue>>,
): { readonly snapshot: FormSnapshot; readonly unknown: readonly string[] } {
  const known = new Set(fieldsOf(snapshot).map((field) => field.id));
  const unknown = Object.keys(overrides).filter((id) => !known.has(id));
  const pages = snapshot.pages.map((page) => ({ ...page, fields: page.fields.map(override) }));
  return { snapshot: { ...snapshot, pages }, unknown };

  function override(field: SnapshotField): SnapshotField {
    const value = overrides[field.id];
    return value === undefined ? field : { ...field, value, source: "person", confidence: 1 };
  }
}

/** Every field over all pages, in page order. */
export function fieldsOf(snapshot: FormSnapshot): readonly SnapshotField[] {
  return snapshot.pages.flatMap((page: SnapshotPage) => page.fields);
}
