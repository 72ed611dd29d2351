import { describe, expect, onTestFinished } from "vitest";

import { createPracticeAts } from "./app.ts";
import { jobVariants } from "./job-catalogue.ts";
import { resumeFile, test, type Site } from "./site.fixture.ts";

const contact = {
  first_name: "Ada",
  last_name: "Example",
  email: "Ada@example.com",
  phone: "+1 303 555 0100",
  country: "US",
};

const greenhouseAnswers = {
  first_name: "Ada",
  last_name: "Example",
  email: "ada@example.com",
  country: "United States +1",
  phone: "303 555 0100",
  "candidate-location": "Denver",
  question_1001: "Yes",
  question_1002: "No",
};

describe("the ledger over HTTP", () => {
  test("the line of a request is on the disk when its answer arrives", async ({ site }) => {
    for (let round = 1; round <= 20; round += 1) {
      await postContact(site.url, `engineer-${round}`);
      expect(site.lines(`engineer-${round}`)).toMatchObject([
        { kind: "step", stored: true, applicantKey: "ada@example.com", fields: contact },
      ]);
      const { status } = await postGreenhouse(site.url, `engineer-${round}`);
      expect(status).toBe(200);
      expect(site.submits(`engineer-${round}`)).toHaveLength(1);
    }
  });

  test("without a disk to write to nothing is accepted", async () => {
    const practiceAts = await createPracticeAts({ ledgerPath: "/dev/full" });
    onTestFinished(async () => await practiceAts.close());
    const url = await practiceAts.listen({ port: 0 });
    expect((await postContact(url, "engineer")).status).toBe(500);
  });

  test("the same application sent twice is two submits", async ({ site }) => {
    await postGreenhouse(site.url, "engineer-40");
    await postGreenhouse(site.url, "engineer-40");
    expect(site.submits("engineer-40")).toHaveLength(2);
  });

  test("ledger.json shows what is in the file", async ({ site }) => {
    await postContact(site.url, "engineer-41");
    expect(await (await fetch(`${site.url}/ledger.json`)).json()).toEqual(site.lines());
  });

  test("a silent job stores the application and never answers", async ({ site }) => {
    await expect(postGreenhouse(site.url, "engineer-silent")).rejects.toThrow("fetch failed");
    expect(site.submits("engineer-silent")).toHaveLength(1);
  });

  test("what is invalid, closed or already applied to is in the ledger as not stored", async ({
    site,
  }) => {
    for (const name of ["engineer-invalid", "engineer-closed", "engineer-already-applied"]) {
      await postGreenhouse(site.url, name);
      expect(site.lines(name)).toMatchObject([{ kind: "application", stored: false }]);
    }
    await postGreenhouse(site.url, "engineer-42", { ...greenhouseAnswers, email: "nobody" });
    expect(site.lines("engineer-42")).toMatchObject([{ kind: "application", stored: false }]);
  });

  test("closing the server does not wait for a slow answer", async () => {
    const practiceAts = await createPracticeAts({ ledgerPath: "/dev/null", slowMs: 3_600_000 });
    const url = await practiceAts.listen({ port: 0 });
    const answer = fetch(`${url}/plain/jobs/engineer-slow/thanks?id=x`).then(
      ({ status }) => status,
      () => "cut off",
    );
    await practiceAts.close();
    expect([404, "cut off"]).toContain(await answer);
  });
});

describe("addresses", () => {
  test("the index links every job on both sites, and each link answers", async ({ site }) => {
    const index = await (await fetch(site.url)).text();
    const links = [...index.matchAll(/href="(\/[^"]+)"/g)].map((match) => match[1] ?? "");
    for (const { name } of jobVariants) {
      expect(links).toContain(`/plain/jobs/${name}`);
      expect(links).toContain(`/greenhouse/northwind/jobs/${name}`);
    }
    for (const link of links) {
      const { status } = await fetch(site.url + link);
      const others = [
        { sign: "/missing", answers: 404 },
        { sign: "/plain/jobs/engineer-turned-away", answers: 429 },
      ];
      const expected = others.find(({ sign }) => link.includes(sign))?.answers ?? 200;
      expect([link, status]).toEqual([link, expected]);
    }
  });

  test("a closed job answers 200 with its sentence and no form", async ({ site }) => {
    for (const path of [
      "/plain/jobs/engineer-closed",
      "/plain/jobs/engineer-closed/apply",
      "/greenhouse/northwind/jobs/engineer-closed",
    ]) {
      const response = await fetch(site.url + path);
      const text = await response.text();
      expect(response.status).toBe(200);
      expect(text).toContain("This job is no longer accepting applications");
      expect(text).not.toMatch(/<form|<script/);
    }
  });

  test("a confirmation number that no application has is not confirmed", async ({ site }) => {
    const response = await fetch(`${site.url}/plain/jobs/engineer/thanks?id=NW-00000000`);
    expect(response.status).toBe(404);
  });

  test("the server listens on loopback only", ({ site }) => {
    expect(new URL(site.url).hostname).toBe("127.0.0.1");
  });
});

async function postContact(url: string, job: string): Promise<Response> {
  return await fetch(`${url}/plain/jobs/${job}/apply`, {
    method: "POST",
    body: new URLSearchParams(contact),
    redirect: "manual",
  });
}

async function postGreenhouse(
  url: Site["url"],
  job: string,
  answers: Record<string, string> = greenhouseAnswers,
): Promise<Response> {
  const upload = new FormData();
  // Of another job, so that the lines of `job` are those of its submits alone.
  upload.append("job", "engineer-99");
  upload.append("file", new Blob([resumeFile.buffer]), resumeFile.name);
  const uploads = await fetch(`${url}/greenhouse/northwind/uploads`, {
    method: "POST",
    body: upload,
  });
  const { uploadId } = await uploads.json();
  return await fetch(`${url}/greenhouse/northwind/jobs/${job}/applications`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ answers: { ...answers, resume: uploadId } }),
  });
}
