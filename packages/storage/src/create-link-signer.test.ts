import { Secret } from "@valet/runtime";
import { expect, test } from "vitest";
import { createLinkSigner } from "./create-link-signer.ts";

const key = new Secret("k".repeat(32));
const signer = createLinkSigner({ key, purpose: "file" });
const now = new Date("2026-01-01T00:00:00Z");
const claim = {
  key: "resumes/u1/r1",
  fileName: "Žofie 👩‍💻.pdf",
  contentType: "application/pdf",
  expiresAtMs: now.getTime() + 1_000,
};
const invalid = { kind: "refused", reason: "invalid" };

test("a token gives back its claim and fits into an address as it is", () => {
  const token = signer.sign(claim);

  expect(signer.read(token, now)).toEqual({ kind: "valid", claim });
  expect(encodeURIComponent(token)).toBe(token);
});

test("a token is good until its moment and not from then on", () => {
  const token = signer.sign(claim);

  expect(signer.read(token, new Date(claim.expiresAtMs - 1)).kind).toBe("valid");
  expect(signer.read(token, new Date(claim.expiresAtMs))).toEqual({
    kind: "refused",
    reason: "expired",
  });
});

test("a token in which any one letter is another is invalid", () => {
  const token = signer.sign(claim);
  const macAt = token.indexOf(".") + 1;
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ".split(
    "",
  );
  const accepted = token.split("").flatMap((letter, at) =>
    // Of the last letter of a MAC four spellings mean the same bytes.
    (at < macAt ? ["A", "b"] : alphabet)
      .filter((other) => other !== letter)
      .map((other) => token.slice(0, at) + other + token.slice(at + 1))
      .filter((altered) => signer.read(altered, now).kind === "valid"),
  );

  expect(accepted).toEqual([]);
});

test("a token cut short, made longer, empty or put together from two is invalid", () => {
  const token = signer.sign(claim);
  const other = signer.sign({ ...claim, key: "resumes/u2/r2" });
  const [signed = "", mac = ""] = token.split(".");
  const [otherSigned = ""] = other.split(".");
  const wrong = [
    "",
    ".",
    signed,
    `${signed}.`,
    `.${mac}`,
    token.slice(0, -1),
    `${token}=`,
    `${token}.`,
    `${token}.${mac}`,
    ` ${token}`,
    `${otherSigned}.${mac}`,
    `${mac}.${signed}`,
  ];

  expect(wrong.map((one) => signer.read(one, now))).toEqual(wrong.map(() => invalid));
});

test("a token of another key or purpose is invalid, also when it has expired", () => {
  const others = [
    createLinkSigner({ key: new Secret("o".repeat(32)), purpose: "file" }),
    createLinkSigner({ key, purpose: "ticket" }),
  ];
  const late = new Date(claim.expiresAtMs + 1);

  for (const other of others) expect(signer.read(other.sign(claim), late)).toEqual(invalid);
});
