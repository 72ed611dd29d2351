import { expect, test } from "vitest";
import { effectsOf } from "./intent-machine.ts";
import { type DispatchEvidence, judgeDispatch } from "./judge-dispatch.ts";

const confirmed: DispatchEvidence = {
  page: "confirmation",
  response: { status: 302 },
  sessionAlive: true,
};

test("a good answer and a confirmation page together confirm", () => {
  expect(judgeDispatch(confirmed)).toEqual({
    verdict: { kind: "confirmed" },
    signs: ["response_ok", "confirmation_text", "form_gone"],
  });
});

test.each([
  ["the text alone", { ...confirmed, response: null }],
  ["the text after a server error", { ...confirmed, response: { status: 500 } }],
  ["the text after a request that got no answer", { ...confirmed, response: { status: null } }],
  ["a good answer with an error page", { ...confirmed, page: "site_error" as const }],
  ["a good answer with a page we do not know", { ...confirmed, page: "other" as const }],
  ["the form without errors", { ...confirmed, page: "form" as const }],
  ["a browser that was lost", { ...confirmed, sessionAlive: false }],
])("%s is not enough", (_, evidence) => {
  expect(judgeDispatch(evidence).verdict).toEqual({ kind: "unknown" });
});

test("a form with errors is a rejection, and the duplicate notice is its own verdict", () => {
  expect(judgeDispatch({ ...confirmed, page: "form_with_errors" }).verdict).toEqual({
    kind: "rejected",
  });
  expect(judgeDispatch({ ...confirmed, page: "already_applied" }).verdict).toEqual({
    kind: "already_applied",
  });
});

test.each([
  ["a request whose answer was never seen", null],
  ["a request whose connection failed", { status: null }],
  ["an answer that says the server failed", { status: 503 }],
])("errors on the form after %s may be the page's own: it may have arrived", (_, response) => {
  expect(judgeDispatch({ ...confirmed, page: "form_with_errors", response })).toEqual({
    verdict: { kind: "unknown" },
    signs: ["field_errors", "form_present"],
  });
});

test.each([
  ["captcha", "CAPTCHA_UNSOLVED"],
  ["email_code", "EMAIL_CODE_REQUIRED"],
  ["sign_in", "SIGN_IN_REQUIRED"],
  ["consent", "CONSENT_REQUIRED"],
] as const)("a %s after the click proves nothing and says what is wanted", (by, reason) => {
  const { verdict, signs } = judgeDispatch({ ...confirmed, page: by });
  expect({ verdict, signs }).toEqual({
    verdict: { kind: "walled", by },
    signs: ["response_ok", "wall"],
  });
  const effects = { event: "lose_track", outcome: "unconfirmed", reason };
  expect(effectsOf(verdict)).toEqual(effects);
  expect(judgeDispatch({ ...confirmed, page: by, sessionAlive: false }).verdict).toEqual({
    kind: "unknown",
  });
});

test("a site that answers in so many words that it wants a code first has stored nothing", () => {
  const asked = { ...confirmed, page: "email_code", response: { status: 428 } } as const;
  const { verdict } = judgeDispatch(asked);
  expect(effectsOf(verdict)).toEqual({
    event: "reject",
    outcome: "rejected",
    reason: "EMAIL_CODE_REQUIRED",
  });
  expect(judgeDispatch({ ...asked, page: "captcha" }).verdict).toMatchObject({ kind: "walled" });
  expect(judgeDispatch({ ...asked, page: "confirmation" }).verdict).toEqual({ kind: "unknown" });
});
