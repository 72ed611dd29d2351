import { describe, expect, test } from "vitest";
import { countCarriedValues } from "./carries-values.ts";
import type { GatePolicy } from "./gate-policy.ts";
import { type GateState, type HeldRequest, judgeRequest } from "./judge-request.ts";

const values = ["Ada Example", "ada@example.com", "+1 510 555 0123"];
const application = JSON.stringify({ name: "Ada Example", email: "ada@example.com" });
const policy: GatePolicy = { passes: [], submits: [] };
const form = { url: "https://jobs.example.com/apply", target: null };
const closed: GateState = { kind: "closed" };
const armed: GateState = { kind: "armed", form };
const released = { networkId: "n1", method: "POST", url: "https://jobs.example.com/api/apply" };
const spent: GateState = { kind: "spent", released };

function request(change: Partial<HeldRequest> = {}): HeldRequest {
  return {
    method: "POST",
    url: "https://jobs.example.com/api/apply",
    resourceType: "Fetch",
    networkId: "n2",
    isRedirected: false,
    ...(change.method === "GET" ? {} : { body: application }),
    ...change,
  };
}

function judge(change: Partial<HeldRequest>, state: GateState, known: Partial<GatePolicy> = {}) {
  return judgeRequest(request(change), state, { policy: { ...policy, ...known }, values });
}

const refusedAs = (why: string) => ({ kind: "refuse", why });

describe("before anything is approved", () => {
  test.each([
    ["an application", {}],
    ["a change without any value", { body: "x" }],
    [
      "a form as GET",
      { method: "GET", resourceType: "Document", url: "https://a.example/?e=ada%40example.com" },
    ],
    [
      "a script's GET with two values",
      { method: "GET", url: "https://a.example/p?e=ada@example.com&n=Ada+Example" },
    ],
    ["telemetry of somebody else", { url: "https://metrics.example.net/collect" }],
  ])("%s is refused", (_, change) => {
    expect(judge(change, closed)).toEqual(refusedAs("not_approved"));
  });

  test.each([
    ["a page", { method: "GET", resourceType: "Document", url: "https://a.example/jobs?gh_jid=7" }],
    [
      "a list searched by one value",
      { method: "GET", url: "https://a.example/places?q=Ada+Example" },
    ],
    ["a preflight", { method: "OPTIONS" }],
    ["the puzzle of a captcha service", { url: "https://newassets.hcaptcha.com/getcaptcha/x" }],
  ])("%s passes", (_, change) => {
    expect(judge(change, closed)).toEqual({ kind: "pass" });
  });

  test("what the site is known to send passes, unless it is the application itself", () => {
    const rule = { method: "POST" as const, address: "^https://jobs\\.example\\.com/api/" };
    expect(judge({}, closed, { passes: [rule] })).toEqual({ kind: "pass" });
    expect(judge({}, closed, { passes: [rule], submits: [rule] })).toEqual(
      refusedAs("not_approved"),
    );
  });

  test("a step passes while one is taken, a file alone while one is handed over", () => {
    const step: GateState = { kind: "closed", permit: "step" };
    const upload: GateState = { kind: "closed", permit: "upload" };
    const submits = [{ method: "POST" as const, address: "/api/apply$" }];
    expect(judge({}, step)).toEqual({ kind: "pass" });
    expect(judge({}, step, { submits })).toEqual(refusedAs("not_approved"));
    expect(judge({ body: "%PDF-1.7" }, upload)).toEqual({ kind: "pass" });
    expect(judge({}, upload)).toEqual(refusedAs("not_approved"));
  });
});

describe("armed", () => {
  const toForm = (method: string, url: string): GateState => ({
    kind: "armed",
    form: { ...form, target: { method, url } },
  });

  test("the approved form's own address is the application, with whatever query and body", () => {
    const state = toForm("POST", "https://jobs.example.com/apply");
    const native = {
      resourceType: "Document",
      url: "https://jobs.example.com/apply?src=1",
      body: "x",
    };
    expect(judge(native, state)).toEqual({ kind: "submit" });
    expect(judge({ ...native, url: "https://jobs.example.com/other" }, state)).toEqual(
      refusedAs("not_the_approved_form"),
    );
    expect(judge({ ...native, url: "https://evil.example/apply" }, state)).toEqual(
      refusedAs("not_the_approved_form"),
    );
  });

  test("a form that sends itself as a GET goes to the approved address alone", () => {
    const query = "?e=ada%40example.com&n=Ada+Example";
    const native = { method: "GET", resourceType: "Document" };
    const approved = { ...native, url: `https://jobs.example.com/apply${query}` };
    const elsewhere = { ...native, url: `https://evil.example/apply${query}` };
    const asGet = toForm("GET", "https://jobs.example.com/apply");
    for (const state of [asGet, armed]) {
      expect(judge(approved, state)).toEqual({ kind: "submit" });
      expect(judge(elsewhere, state)).toEqual(refusedAs("not_the_approved_form"));
    }
    const asPost = toForm("POST", "https://jobs.example.com/apply");
    expect(judge(approved, asPost)).toEqual(refusedAs("not_the_approved_form"));
    const script = { method: "GET", url: `https://replay.example.net/keys${query}` };
    expect(judge(script, armed)).toEqual(refusedAs("not_the_approved_form"));
  });

  test("a script's form is known by the values it carries to its own site", () => {
    expect(judge({}, armed)).toEqual({ kind: "submit" });
    expect(judge({ url: "https://api.example.com/v1/applications" }, armed)).toEqual({
      kind: "submit",
    });
    expect(judge({ url: "https://replay.example.net/keys" }, armed)).toEqual(
      refusedAs("not_the_approved_form"),
    );
    expect(judge({ body: "ada@example.com" }, armed)).toEqual(refusedAs("not_the_approved_form"));
  });

  test("where the site's own request is known nothing else counts", () => {
    const submits = [
      { method: "POST" as const, address: "^https://jobs\\.example\\.com/v2/send$" },
    ];
    expect(judge({}, armed, { submits })).toEqual(refusedAs("not_the_approved_form"));
    const known = { url: "https://jobs.example.com/v2/send?lang=en" };
    expect(judge(known, armed, { submits })).toEqual({ kind: "submit" });
  });

  test("two names below one country's second level are two sites", () => {
    const state: GateState = {
      kind: "armed",
      form: { url: "https://jobs.one.co.uk/apply", target: null },
    };
    expect(judge({ url: "https://api.two.co.uk/apply" }, state).kind).toBe("refuse");
    expect(judge({ url: "https://api.one.co.uk/apply" }, state).kind).toBe("submit");
  });
});

describe("once it has left", () => {
  test("nothing that changes something leaves any more", () => {
    expect(judge({}, spent)).toEqual(refusedAs("already_sent"));
    expect(judge({}, { kind: "deciding" })).toEqual(refusedAs("already_sent"));
    const other = { url: "https://metrics.example.net/collect", body: "x" };
    expect(judge(other, spent)).toEqual(refusedAs("already_sent"));
  });

  test("its redirects go on: to a page anywhere, as itself on the same origin only", () => {
    const on = { networkId: "n1", isRedirected: true };
    const thanks = {
      ...on,
      method: "GET",
      url: "https://thanks.example.org/?email=ada@example.com",
    };
    expect(judge(thanks, spent)).toEqual({ kind: "pass" });
    expect(judge({ ...on, url: "https://jobs.example.com/v2/apply" }, spent)).toEqual({
      kind: "continued",
    });
    expect(judge({ ...on, url: "https://other.example.com/apply" }, spent)).toEqual(
      refusedAs("other_origin"),
    );
  });

  test("the page of thanks may have a value in its address, the sent form may not come again", () => {
    const page = { method: "GET", resourceType: "Document" };
    const thanks = { ...page, url: "https://jobs.example.com/thanks?email=ada@example.com" };
    expect(judge(thanks, spent)).toEqual({ kind: "pass" });
    const again = { ...page, url: "https://jobs.example.com/api/apply?email=ada@example.com" };
    expect(judge(again, spent)).toEqual(refusedAs("already_sent"));
  });
});

test.each([
  ["as it is", { body: "ada@example.com" }],
  ["as a form", { body: "a=ada%40example.com&b=1" }],
  ["as a form with spaces", { body: "name=Ada+Example" }],
  ["as JSON with escapes", { body: '{"name":"Ada\\u0020Example"}' }],
  ["in the query", { url: "https://a.example/?n=Ada%20Example" }],
  ["in other case", { body: "ADA@EXAMPLE.COM" }],
  [
    "between parts",
    { body: '--b\r\nContent-Disposition: form-data; name="n"\r\n\r\nAda Example\r\n--b' },
  ],
])("a value is known %s", (_, sent) => {
  expect(countCarriedValues({ url: "https://a.example/", ...sent }, values)).toBe(1);
});

test("a value is not known in the path, nor one too short to tell", () => {
  expect(countCarriedValues({ url: "https://a.example/Ada Example" }, values)).toBe(0);
  expect(countCarriedValues({ url: "https://a.example/?s=CA", body: "Yes" }, ["CA", "Yes"])).toBe(
    0,
  );
});
