import { expect, test } from "vitest";

import { startVendorClient } from "../vendor-hosts/vendor-client.fixture.ts";
import { workable } from "./workable-site.ts";

test("an empty application is refused with its faults by field", async () => {
  const { ask, lines } = await startVendorClient();
  const address = `${workable.posting(3)}apply/`;
  expect((await ask(address)).body).toContain("practice-form");
  const { body } = await ask(address, new FormData());
  expect(JSON.parse(body)).toMatchObject({
    kind: "refused",
    errors: { resume: expect.anything() },
  });
  expect(await lines()).toMatchObject([{ site: "workable", job: "A000000003", stored: false }]);
});

test("no other code is a job", async () => {
  const { ask } = await startVendorClient();
  expect(await ask("apply.workable.com/northwind/j/B000000003/")).toMatchObject({ status: 404 });
  expect((await ask(`${workable.posting(3)}?quirk=closed`)).body).toContain("no longer accepting");
});
