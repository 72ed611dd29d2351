import { expect, test } from "vitest";
import { Meaning } from "./meaning.ts";
import { type AnswerableMeaning, policyClasses } from "./policy-class.ts";

/** As every rule that answers from stored facts is declared. */
type Finders = Partial<Record<AnswerableMeaning, () => string>>;

test("a rule that answers an attestation, a password or a trap does not compile", () => {
  const finders: Finders = { "workAuth.authorized": () => "Yes" };
  // @ts-expect-error an attestation is always the person's
  const attestation: Finders = { "attestation.truth": () => "Yes" };
  // @ts-expect-error so is every other one
  const other: Finders = { "attestation.other": () => "Yes" };
  // @ts-expect-error nothing stored goes into a password
  const password: Finders = { "account.password": () => "x" };
  // @ts-expect-error nor into a field that people do not see
  const honeypot: Finders = { honeypot: () => "x" };
  expect([finders, attestation, other, password, honeypot]).toHaveLength(5);
});

test("every meaning has one class, those of the law, of pay and of the person in classes of their own", () => {
  expect(Object.keys(policyClasses).sort()).toEqual([...Meaning.options].sort());
  const inClass = (prefix: string) =>
    new Set(
      Meaning.options
        .filter((meaning) => meaning.startsWith(prefix))
        .map((meaning) => policyClasses[meaning]),
    );
  for (const [prefix, policy] of [
    ["workAuth.", "workAuthorization"],
    ["compliance.", "legal"],
    ["salary.", "salary"],
    ["eeo.", "demographic"],
    ["consent.", "consent"],
    ["attestation.", "attestation"],
  ] as const) {
    expect([prefix, inClass(prefix)]).toEqual([prefix, new Set([policy])]);
  }
});
