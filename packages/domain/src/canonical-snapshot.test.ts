import type { FormSnapshot, SnapshotField, SnapshotPage } from "@valet/contracts";
import { expect, test } from "vitest";
import { canonicalJson, digestOf, withOverrides } from "./canonical-snapshot.ts";

const email: SnapshotField = {
  id: "email",
  label: "Email",
  kind: "email",
  meaning: "email",
  required: true,
  visible: true,
  value: "ada@example.com",
  source: "profile",
  confidence: 1,
};

function snapshotWith(
  field: SnapshotField,
  target = "https://jobs.example.com/apply",
): FormSnapshot {
  return {
    version: 1,
    jobKey: "jobs.example.com/42",
    pages: [
      {
        page: 1,
        url: "https://jobs.example.com/42",
        target: { action: target, method: "post", encoding: "multipart/form-data" },
        fields: [field],
      },
    ],
  };
}

function pageWith(change: Partial<SnapshotPage>): FormSnapshot {
  const snapshot = snapshotWith(email);
  return { ...snapshot, pages: snapshot.pages.map((page) => ({ ...page, ...change })) };
}

const digest = digestOf(snapshotWith(email));

test("the digest is pinned: changing the canonical form needs a new version prefix", () => {
  expect(digest).toBe("v2:a831a9400d9cccb61281436aac5f50e8f1efb0791a07f6fc51830bed661dca28");
});

test.each<[string, FormSnapshot]>([
  ["value", snapshotWith({ ...email, value: "eve@example.com" })],
  ["label", snapshotWith({ ...email, label: "Manager's email" })],
  ["visibility", snapshotWith({ ...email, visible: false })],
  ["attached bytes", snapshotWith({ ...email, file: { name: "cv.pdf", sha256: "00" } })],
  ["hidden value", pageWith({ carried: [{ name: "job_id", value: "01" }] })],
  ["frame", pageWith({ frame: "https://elsewhere.example.com" })],
  ["query", pageWith({ query: "02" })],
  ["target", snapshotWith(email, "https://elsewhere.example.com/apply")],
  [
    "number of fields",
    {
      ...snapshotWith(email),
      pages: snapshotWith(email).pages.map((page) => ({
        ...page,
        fields: [email, { ...email, id: "second" }],
      })),
    },
  ],
  ["job", { ...snapshotWith(email), jobKey: "jobs.example.com/43" }],
])("another %s gives another digest", (_, snapshot) => {
  expect(digestOf(snapshot)).not.toBe(digest);
});

test("where a value came from is not part of what is sent", () => {
  expect(digestOf(snapshotWith({ ...email, source: "person", confidence: 0.5 }))).toBe(digest);
});

test("corrections change exactly the named field and bind to their own digest", () => {
  const corrected = withOverrides(snapshotWith(email), { email: "new@example.com" });
  expect(corrected.unknown).toEqual([]);
  expect(digestOf(corrected.snapshot)).toBe(
    digestOf(snapshotWith({ ...email, value: "new@example.com" })),
  );
});

test("a correction of a field that is not there is named", () => {
  expect(withOverrides(snapshotWith(email), { salary: "1" }).unknown).toEqual(["salary"]);
});

test("canonical JSON does not depend on the order of keys", () => {
  expect(canonicalJson({ b: [1, { d: 2, c: null }], a: undefined })).toBe(
    '{"b":[1,{"c":null,"d":2}]}',
  );
});
