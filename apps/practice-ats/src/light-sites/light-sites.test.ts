import { expect, test } from "vitest";

import { bamboohr } from "../bamboohr/bamboohr-site.ts";
import { breezy } from "../breezy/breezy-site.ts";
import { recruitee } from "../recruitee/recruitee-site.ts";
import { teamtailor } from "../teamtailor/teamtailor-site.ts";
import { resumeFile, startVendorClient } from "../vendor-hosts/vendor-client.fixture.ts";

test.each([bamboohr, recruitee, teamtailor, breezy].map((site) => [site.name, site] as const))(
  "%s leads from its posting to a form that refuses what is empty",
  async (_, site) => {
    const { ask, lines } = await startVendorClient();
    const address = site.posting(3);
    const posting = await ask(address);
    const path = /<a class="button" href="([^"]+)"/.exec(posting.body)?.[1] ?? "";
    const form = `${address.split("/")[0]}${path}`;
    expect((await ask(form)).body).toContain('data-practice="email"');
    expect(await ask(form, new FormData())).toMatchObject({ status: 422 });
    expect(await lines()).toMatchObject([{ kind: "application", stored: false, site: site.name }]);
    expect((await ask(`${address}?quirk=closed`)).body).toContain("no longer accepting");
  },
);

test("the résumé is told from the cover letter by its input, and a ticked box from its twin", async () => {
  const { ask, lines } = await startVendorClient();
  const body = new FormData();
  body.set("candidate[resume]", resumeFile());
  body.append("candidate[consent_given]", "0");
  body.append("candidate[resume_remote_url]", "/home/ada/cv.pdf");
  await ask(`${teamtailor.posting(3)}/applications/new`, body);
  const [line] = await lines();
  expect(line?.file?.name).toBe("ada-example.pdf");
  expect(line?.fields).toMatchObject({ honeypot_resume_remote_url: "/home/ada/cv.pdf" });
  expect(line?.fields["consent"] ?? "").toBe("");

  const letter = new FormData();
  letter.set("coverLetter", resumeFile());
  await ask(`${bamboohr.posting(3)}/apply`, letter);
  expect((await lines()).at(-1)).not.toHaveProperty("file");
});

test("the published form has the posting's questions", async () => {
  const { ask } = await startVendorClient();
  const { body } = await ask(`${bamboohr.posting(3)}/detail`);
  expect(JSON.parse(body)).toHaveProperty("result.formFields.customQuestions.0.question");
});

test("a challenge holds an application up until its letters are copied", async () => {
  const { ask, lines } = await startVendorClient();
  const form = `${recruitee.posting(3)}/c/new?quirk=challenge`;
  const { body } = await ask(form);
  expect(body).toContain('class="h-captcha challenge"');
  const picture = /base64,([^"]+)"/.exec(body)?.[1] ?? "";
  const letters = />([A-Z]{5})</.exec(Buffer.from(picture, "base64").toString())?.[1] ?? "";
  for (const answer of ["", letters]) {
    const sent = new FormData();
    sent.set("h-captcha-response", answer);
    const refused = (await ask(form, sent)).body;
    expect(refused.includes("Verify that you are a person")).toBe(answer === "");
  }
  expect((await lines()).map(({ stored }) => stored)).toEqual([false, false]);
});
