import { expect, test } from "vitest";

import { seededPosting } from "../postings/seeded-posting.ts";
import { readLedger, resumeFile } from "../site.fixture.ts";
import { startVendorSite } from "../vendor-hosts/start-vendor-site.fixture.ts";
import { allFields } from "./form-sections.ts";
import { seededForm } from "./seeded-form.ts";

test("the old host sends to the new one, and an employer's board to its own page with the frame", async () => {
  const { ask } = await startVendorSite();
  const old = await ask("boards.greenhouse.io/northwind/jobs/7000001?x=1");
  expect(old).toMatchObject({ status: 301 });
  expect(old.location).toMatch(/job-boards\.greenhouse\.io.*\/northwind\/jobs\/7000001\?x=1$/);
  const own = await ask("job-boards.greenhouse.io/northwind/jobs/7000001?quirk=embed");
  expect(own.location).toMatch(/careers\.northwind-practice\.com.*gh_jid=7000001/);
  const page = await ask("careers.northwind-practice.com/open-roles?gh_jid=7000001&quirk=embed");
  expect(page.body).toContain("/embed/job_app?quirk=embed&amp;for=northwind&amp;token=7000001");
  const framed = await ask("job-boards.greenhouse.io/embed/job_app?for=northwind&token=7000001");
  expect(framed.body).toContain('id="posting"');
});

test("the published schema lists the questions of the page", async () => {
  const { ask } = await startVendorSite();
  const path = "/v1/boards/northwind/jobs/7000001?questions=true";
  const schema: unknown = JSON.parse((await ask(`boards-api.greenhouse.io${path}`)).body);
  expect(schema).toMatchObject({
    id: 7000001,
    questions: expect.arrayContaining([
      expect.objectContaining({
        required: true,
        fields: [
          { name: "resume", type: "input_file", values: [] },
          { name: "resume_text", type: "textarea", values: [] },
        ],
      }),
    ]),
    location_questions: [expect.objectContaining({ required: true })],
  });
  expect(await ask("boards-api.greenhouse.io/v1/boards/northwind/jobs/12")).toMatchObject({
    status: 404,
  });
});

test("an incomplete application is refused, and each request has its line", async () => {
  const { ask, ledgerPath } = await startVendorSite();
  const address = "job-boards.greenhouse.io/northwind/jobs/7000001/applications";
  const answers = { first_name: "Ada", email: "ada@example.com", "candidate-location": "Denver" };
  const refused = await ask(address, { answers });
  expect(refused.status).toBe(422);
  expect(JSON.parse(refused.body)).toMatchObject({
    kind: "invalid",
    errors: { last_name: expect.any(String), "candidate-location": expect.any(String) },
  });
  expect(readLedger(ledgerPath)).toMatchObject([{ kind: "application", stored: false }]);
});

test("a mailed code is asked for, and nothing is stored before it is sent along", async () => {
  const { ask, ledgerPath } = await startVendorSite();
  const host = "job-boards.greenhouse.io/northwind";
  const upload = new FormData();
  upload.set("job", "7000001");
  upload.set("field", "resume");
  upload.set("file", new File([resumeFile.buffer], resumeFile.name));
  // Boundary: our own server's answer.
  const { uploadId } = JSON.parse((await ask(`${host}/uploads`, upload)).body) as {
    readonly uploadId: string;
  };
  const fields = allFields(seededForm(seededPosting(1), new Set()));
  const answers = {
    ...Object.fromEntries(fields.map(({ id, choices }) => [id, choices[0]?.label ?? "12"])),
    email: "ada@example.com",
    phone: "+1 303 555 0142",
    resume: uploadId,
    cover_letter: "",
    latitude: "39.74",
    longitude: "-104.98",
  };
  const address = `${host}/jobs/7000001/applications?quirk=code`;
  const first = await ask(address, { answers });
  expect(first.status).toBe(428);
  expect(JSON.parse(first.body)).toEqual({ kind: "captcha-failed", recipient: "ada@example.com" });
  expect((await ask(address, { answers, securityCode: "WRONG123" })).status).toBe(428);
  const mailed = readLedger(ledgerPath).findLast(({ kind }) => kind === "code");
  const securityCode = mailed?.fields["code"];
  expect(securityCode).toMatch(/^[\dA-F]{8}$/);
  expect((await ask(address, { answers, securityCode })).status).toBe(200);
  const lines = readLedger(ledgerPath).filter(({ kind }) => kind === "application");
  expect(lines.map(({ stored }) => stored)).toEqual([false, false, true]);
});
