import { expect, test } from "vitest";

import { seededPosting } from "../postings/seeded-posting.ts";
import { uuidOfSeed } from "../postings/seeds.ts";
import { readLedger, resumeFile } from "../site.fixture.ts";
import { startVendorSite } from "../vendor-hosts/start-vendor-site.fixture.ts";
import { ashbyForm } from "./ashby-form.ts";

const job = uuidOfSeed(2);

/** Everything a person would have sent, the file aside. */
function answers(): FormData {
  const body = new FormData();
  for (const { id, kind, choices } of ashbyForm(seededPosting(2), new Set()).fields) {
    if (kind !== "file") body.set(id, choices[0]?.label ?? "12");
  }
  body.set("_systemfield_email", "ada@example.com");
  body.set("_systemfield_phone", "+1 303 555 0142");
  body.set("_systemfield_resume", new File([resumeFile.buffer], resumeFile.name));
  return body;
}

test("the page asks for its questions, and an employer's board sends to its own page", async () => {
  const { ask } = await startVendorSite();
  const answer = await ask("jobs.ashbyhq.com/api/non-user-graphql?op=ApiJobPosting", {
    variables: { jobPostingId: job },
  });
  expect(JSON.parse(answer.body)).toMatchObject({
    data: {
      jobPosting: {
        id: job,
        applicationForm: {
          sections: [
            {
              fieldEntries: expect.arrayContaining([
                expect.objectContaining({
                  isRequired: true,
                  field: expect.objectContaining({ path: "_systemfield_resume", type: "File" }),
                }),
              ]),
            },
          ],
        },
      },
    },
  });
  const own = await ask(`jobs.ashbyhq.com/northwind/${job}?quirk=embed`);
  expect(own.location).toMatch(/careers\.northwind-practice\.com.*ashby_jid=/);
  const page = await ask(`careers.northwind-practice.com/careers?ashby_jid=${job}&quirk=embed`);
  expect(page.body).toContain(`/northwind/${job}/application?quirk=embed&amp;embed=js`);
});

test("a place must be chosen, the limit stores nothing, and each request has its line", async () => {
  const { ask, ledgerPath } = await startVendorSite();
  const address = `jobs.ashbyhq.com/api/practice-submit/northwind/${job}`;
  const typed = await ask(address, answers());
  expect(JSON.parse(typed.body)).toEqual({
    kind: "error",
    messages: ["Missing entry for required field: Location (City)"],
  });
  const complete = answers();
  complete.set("_systemfield_location_place", "place-1");
  expect(
    JSON.parse((await ask(`${address}?quirk=application-limit`, complete)).body),
  ).toMatchObject({ kind: "limit" });
  expect(JSON.parse((await ask(address, complete)).body)).toEqual({ kind: "success" });
  expect(readLedger(ledgerPath)).toMatchObject([
    { stored: false },
    { stored: false },
    { stored: true, site: "ashby", job, file: { name: resumeFile.name } },
  ]);
});
