import type { PageFacts } from "@valet/forms";
import { describe, expect, test } from "vitest";
import { type Liveness, livenessOf, type SeenPosting } from "./liveness-of.ts";

const uuid = "0f3b8d52-61c4-4a7e-9d2b-7a1c5e90b4d3";
const postings = {
  greenhouse: "https://job-boards.greenhouse.io/northwind/jobs/4001",
  lever: `https://jobs.lever.co/northwind/${uuid}`,
  ashby: `https://jobs.ashbyhq.com/northwind/${uuid}`,
  workday: "https://northwind.wd5.myworkdayjobs.com/Careers/job/Denver/Engineer_R1234",
  smartrecruiters: "https://jobs.smartrecruiters.com/Northwind/744000123-engineer",
  icims: "https://careers-northwind.icims.com/jobs/77/engineer/job",
  workable: "https://apply.workable.com/northwind/j/A0000000B7/",
  bamboohr: "https://northwind.bamboohr.com/careers/77",
  recruitee: "https://northwind.recruitee.com/o/engineer",
  teamtailor: "https://northwind.teamtailor.com/jobs/77-engineer",
  breezy: "https://northwind.breezy.hr/p/a0000000b7-engineer",
} as const;
const generic = "https://careers.northwind.example/jobs/77";
const applyWay = { text: "Apply", frame: "", selector: "#apply", href: null, sends: false };

interface Seen extends Partial<PageFacts>, Pick<Partial<SeenPosting>, "captchas" | "headers"> {
  readonly asked: string;
}

function seen({ asked, captchas = [], headers, ...facts }: Seen): Liveness {
  const page: PageFacts = {
    url: asked,
    title: "Engineer",
    httpStatus: 200,
    headings: ["Engineer"],
    text: "Engineer",
    alerts: [],
    invalidFields: 0,
    hasApplicationForm: false,
    applyWay: null,
    ...facts,
  };
  const asks = { asked: new URL(asked), facts: page, captchas };
  return livenessOf(headers === undefined ? asks : { ...asks, headers });
}

describe.each(Object.entries(postings))("a posting of %s", (_, asked) => {
  test("is open with its form, and with a way to it", () => {
    expect(seen({ asked, hasApplicationForm: true })).toEqual({ kind: "open", page: "form" });
    expect(seen({ asked, applyWay })).toEqual({ kind: "open", page: "posting" });
  });

  test("stays open whatever it says of its closing and of others", () => {
    const text = [
      "This position is not closed until filled.",
      "Applications close on 3 May.",
      "Postings that are no longer available are removed every night.",
      "Once the vacancy is closed we answer everybody.",
    ].join("\n");
    expect(seen({ asked, text, applyWay }).kind).toBe("open");
    expect(seen({ asked, text, hasApplicationForm: true }).kind).toBe("open");
  });

  test.each([404, 410])("is closed when the site answers %i", (httpStatus) => {
    expect(seen({ asked, httpStatus, text: "Not found" })).toEqual({ kind: "closed", by: "gone" });
  });

  test("is closed when the page says so, in any language", () => {
    for (const text of [
      "Sorry, this position is no longer available.",
      "Diese Stelle ist bereits besetzt.",
      "Ce poste a été pourvu.",
      "Ya no se aceptan solicitudes.",
      "Esta vaga foi encerrada.",
      "Questa posizione non è più disponibile.",
      "Deze vacature is gesloten.",
      "Oferta wygasła.",
    ]) {
      expect(seen({ asked, text })).toEqual({ kind: "closed", by: "words" });
    }
  });
});

test.each([
  ["greenhouse", "https://job-boards.greenhouse.io/northwind?error=true"],
  ["lever", "https://jobs.lever.co/northwind"],
  ["ashby", "https://jobs.ashbyhq.com/northwind"],
  ["workday", "https://northwind.wd5.myworkdayjobs.com/en-US/Careers"],
  ["icims", "https://careers-northwind.icims.com/jobs/search?ss=1"],
  ["workable", "https://apply.workable.com/northwind/"],
  ["bamboohr", "https://northwind.bamboohr.com/careers"],
  ["recruitee", "https://northwind.recruitee.com/"],
  ["teamtailor", "https://northwind.teamtailor.com/jobs"],
  ["breezy", "https://northwind.breezy.hr/"],
  ["smartrecruiters", "https://careers.smartrecruiters.com/Northwind"],
] as const)("a %s posting that leads to the list of jobs is closed", (site, url) => {
  const text = "All our jobs";
  const closed = { kind: "closed", by: "job_list" };
  expect(seen({ asked: postings[site], url, text })).toEqual(closed);
  expect(seen({ asked: postings[site], url, text, applyWay })).toEqual(closed);
});

test("pages of the vendor that are not its list", () => {
  const asked = postings.icims;
  const url = "https://login.icims.com/u/login";
  expect(seen({ asked, url, text: "Sign in" }).kind).toBe("unknown");
  expect(seen({ asked, url: `${asked.slice(0, -3)}login` }).kind).toBe("unknown");
});

test("a Workday page that does not exist is a closed posting", () => {
  const headings = ["The page you are looking for doesn't exist."];
  expect(seen({ asked: postings.workday, headings })).toEqual({ kind: "closed", by: "gone" });
});

test("a missing page of an unknown site may be a wrong address, one that is gone is not", () => {
  expect(seen({ asked: generic, httpStatus: 404, text: "" })).toEqual({ kind: "missing" });
  expect(seen({ asked: generic, httpStatus: 410, text: "" }).kind).toBe("closed");
  expect(seen({ asked: generic, url: "https://careers.northwind.example/jobs" }).kind).toBe(
    "unknown",
  );
});

test("a search page that mentions what is no longer available is not a closed posting", () => {
  const text = "120 jobs found\nSome listings are no longer available.\nEngineer\nAnalyst";
  expect(seen({ asked: generic, text }).kind).toBe("unknown");
});

describe("a challenge", () => {
  const asked = postings.smartrecruiters;

  test("is told by what stands on the page", () => {
    const cloudflare = { vendor: "cloudflare", kind: "page", wall: true } as const;
    const block = { vendor: "datadome", kind: "block", wall: true } as const;
    expect(seen({ asked, captchas: [cloudflare], httpStatus: 403 })).toEqual({
      kind: "challenge",
      vendor: "cloudflare",
      canBeSolved: true,
    });
    expect(seen({ asked, captchas: [block] })).toMatchObject({ canBeSolved: false });
  });

  test("is told by the answer's header", () => {
    const headers = { "cf-mitigated": "challenge" };
    expect(seen({ asked, headers, httpStatus: 403, text: "" })).toMatchObject({
      kind: "challenge",
      vendor: "cloudflare",
    });
    const dataDome = { "x-datadome": "protected" };
    expect(seen({ asked, headers: dataDome, httpStatus: 403, text: "" })).toMatchObject({
      vendor: "datadome",
    });
    // The header stands on ordinary answers too.
    expect(seen({ asked, headers: dataDome, applyWay }).kind).toBe("open");
  });

  test("is not a captcha of the form, nor what was there before the form", () => {
    const box = { vendor: "recaptcha", kind: "checkbox", wall: true } as const;
    const badge = { vendor: "cloudflare", kind: "page", wall: false } as const;
    expect(seen({ asked, captchas: [box, badge], hasApplicationForm: true }).kind).toBe("open");
    const headers = { "cf-mitigated": "challenge" };
    expect(seen({ asked, headers, hasApplicationForm: true }).kind).toBe("open");
  });

  test("a refusal that says nothing is one that nobody can solve", () => {
    expect(seen({ asked, httpStatus: 403, text: "" })).toMatchObject({
      kind: "challenge",
      canBeSolved: false,
    });
    expect(seen({ asked, httpStatus: 429, text: "" })).toEqual({ kind: "trouble" });
  });
});

test("who applied before, and a site in trouble", () => {
  const asked = postings.lever;
  expect(seen({ asked, text: "You have already applied." })).toEqual({ kind: "already_applied" });
  expect(seen({ asked, httpStatus: 503, text: "" })).toEqual({ kind: "trouble" });
});
