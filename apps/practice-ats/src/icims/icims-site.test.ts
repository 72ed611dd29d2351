import { expect, test } from "vitest";

import { resumeFile, startVendorClient } from "../vendor-hosts/vendor-client.fixture.ts";
import { icims } from "./icims-site.ts";

const host = "careers-northwind.icims.com";

function form(values: Readonly<Record<string, string>>): FormData {
  const body = new FormData();
  for (const [name, value] of Object.entries(values)) body.set(name, value);
  return body;
}

test("the posting is a frame of the same path", async () => {
  const { ask } = await startVendorClient();
  const { body } = await ask(icims.posting(3));
  expect(body).toContain('src="/jobs/7000003/opening/job?in_iframe=1"');
  expect((await ask(`${icims.posting(3)}?in_iframe=1`)).body).toContain("iCIMS_ApplyOnlineButton");
  expect((await ask(`${icims.posting(3)}?in_iframe=1&quirk=closed`)).body).toContain("no longer");
});

test("a code is asked for before the profile, and no step may be empty", async () => {
  const { ask, lines } = await startVendorClient();
  const login = `${host}/jobs/7000001/opening/login?in_iframe=1`;
  const refused = await ask(login, form({}));
  expect(refused.status).not.toBe(303);
  const profile = await ask(`${host}/jobs/7000001/opening/candidate?in_iframe=1`, form({}));
  expect(profile.body).toContain("is required");
  expect((await lines()).every(({ kind, stored }) => kind !== "application" && !stored)).toBe(true);
});

test("a résumé that is sent wipes what was typed and comes back as read", async () => {
  const { ask, lines } = await startVendorClient();
  const body = form({ upload_only: "1", "PersonProfileFields.FirstName": "Ada" });
  body.set("PortalProfileFields.Resume_File", resumeFile());
  const page = `${host}/jobs/7000003/opening/candidate?in_iframe=1&visit=practice`;
  const { status, location } = await ask(page, body);
  expect(status).toBe(303);
  const again = await ask(`${host}${location}`);
  expect(again.body).toContain('value="ADA"');
  expect(again.body).toContain("ada-example.pdf");
  expect(await lines()).toMatchObject([{ kind: "upload", stored: true }]);
});
