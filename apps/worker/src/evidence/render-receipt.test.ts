import { expect, test } from "vitest";
import type { Receipt } from "./collect-receipt.ts";
import type { Rehearsal } from "./rehearsal.ts";
import { renderReceipt } from "./render-receipt.ts";

const receipt: Receipt = {
  version: 1,
  taskId: "00000000-0000-4000-8000-000000000001",
  jobUrl: "https://jobs.example.com/42",
  outcome: "confirmed",
  reason: null,
  message: "The site confirmed that your application arrived.",
  confirmation: { reference: "NW-1", signs: ["response_ok"], at: "2026-01-02T03:04:05.000Z" },
  submission: {
    state: "dispatched",
    digest: "v1:abc",
    approvalId: "00000000-0000-4000-8000-000000000002",
    sentAt: "2026-01-02T03:04:05.000Z",
  },
  mode: "autopilot",
  fields: [
    {
      label: "Name <script>alert(1)</script>",
      value: `"><img src=x onerror=alert(1)>`,
      source: "profile",
    },
  ],
  rehearsal: null,
  evidence: [{ kind: "screenshot_after_submit", sha256: "00ff", at: "2026-01-02T03:04:06.000Z" }],
  writtenAt: "2026-01-02T03:04:06.000Z",
};

test("a receipt says what was sent, when and how it was proved", () => {
  const page = renderReceipt(receipt, undefined);
  for (const text of [
    "Confirmed",
    "NW-1",
    "2026-01-02 03:04:05",
    "response ok",
    "standing consent",
  ]) {
    expect(page).toContain(text);
  }
});

test("what a site or a person wrote never becomes markup, and nothing is loaded from elsewhere", () => {
  const page = renderReceipt(receipt, new Uint8Array([1, 2, 3]));
  expect(page).not.toMatch(/<script|<img src=x/);
  expect(page).not.toMatch(/(src|href)="(?!data:)/);
  expect(page).toContain('src="data:image/jpeg;base64,AQID"');
});

test("an application that was not proved does not look like one that was", () => {
  const page = renderReceipt({ ...receipt, outcome: "unconfirmed", confirmation: null }, undefined);
  expect(page).toContain("Sent, arrival not proved");
  expect(page).not.toContain("Proved by");
});

test("a rehearsal shows what the button would have sent, and claims no approval", () => {
  const submission = { state: "prepared", digest: "v1:abc", approvalId: null, sentAt: null };
  const rehearsal: Rehearsal = {
    version: 1,
    digest: "v1:abc",
    request: {
      method: "POST",
      url: "https://jobs.example.com/apply",
      contentType: "multipart/form-data",
      entries: [
        { name: "token", value: "<b>f00</b>" },
        { name: "resume", fileName: "cv.pdf" },
      ],
    },
    notCarried: ["Country"],
    beyondTheForm: ["token"],
  };
  const shown: Receipt = {
    ...receipt,
    outcome: "not_submitted",
    submission,
    rehearsal,
  };
  const page = renderReceipt(shown, undefined);
  for (const text of ["POST https://jobs.example.com/apply", "cv.pdf", "Country", "&#60;b&#62;f00"])
    expect(page).toContain(text);
  expect(page).not.toContain("Approved by");
  const silent: Receipt = { ...shown, rehearsal: { ...rehearsal, request: null } };
  expect(renderReceipt(silent, undefined)).toContain("sent nothing");
});
